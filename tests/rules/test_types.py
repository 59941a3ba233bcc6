import pytest

from refkit.model import Severity
from tests.rules.linting import codes, fixed, lint, store

OWN = ("RK101", "RK102", "RK103", "RK104", "RK105", "RK106", "RK107")
CLEAN = [
    pytest.param("@article{a, author = {S}, title = {T}, journal = {J}, year = 2019}", "bibtex", id="article"),
    pytest.param(
        "@article{a, author = {S}, title = {T}, journaltitle = {J}, date = {2019}}", "biblatex", id="biblatex article"
    ),
    pytest.param("@article{a, author = {S}, title = {T}, eprint = {1901.00001}, year = 2019}", "bibtex", id="preprint"),
    pytest.param("@book{a, editor = {S}, title = {T}, publisher = {P}, year = 2019}", "bibtex", id="edited book"),
    pytest.param(
        "@incollection{a, author = {S}, title = {T}, crossref = {b}}"
        " @book{b, editor = {S}, title = {B}, publisher = {P}, year = 2019}",
        "bibtex",
        id="inherits",
    ),
    pytest.param(
        "@inproceedings{a, author = {S}, title = {T}, xdata = {x}} @xdata{x, booktitle = {B}, date = {2019}}",
        "biblatex",
        id="xdata",
    ),
    pytest.param("@online{a, title = {T}, url = {https://example.org}}", "biblatex", id="online"),
    pytest.param("@set{a, entryset = {b, c}} @misc{b, title = {T}} @misc{c, title = {T}}", "biblatex", id="set"),
    pytest.param(
        "@unpublished{a, author = {S}, title = {T}, note = {Draft}, year = {forthcoming}}", "bibtex", id="unpublished"
    ),
    pytest.param(
        "@ieeetranbstctl{c, ctluse_forced_etal = {yes}, ctldash_repeated_names = {}}", "bibtex", id="style control"
    ),
    pytest.param(
        "@misc{a, title = {T}, owner = {x}, timestamp = {y}, bdsk-url-1 = {z},"
        " mendeley-groups = {g}, file = {f}, groups = {h}}",
        "bibtex",
        id="fields of tools",
    ),
    pytest.param(
        "@misc{a, title = {T}, abstract = {}, keywords = {}, file = {}}", "bibtex", id="empty fields of tools"
    ),
    pytest.param("@misc{a, title = {None}, note = {Unknown}}", "bibtex", id="words that are titles"),
    pytest.param(
        "@misc{a, title = {T}, optnote = {x}, author+an = {1=highlight}, zotero-key = {k}, x-my-own = {y}}",
        "bibtex",
        id="marked fields",
    ),
    pytest.param(
        "@book{a, author = {S}, title = {T}, publisher = {P}, year = 2019, pages = {xii+300}}",
        "bibtex",
        id="number of pages",
    ),
    pytest.param("@misc{a, author = {{World Health Organization}}, title = {T}}", "bibtex", id="organisation"),
    pytest.param("@misc{a, author = {Press, William and Council, Andy}, title = {T}}", "bibtex", id="people"),
    pytest.param(
        "@thesis{a, author = {S}, title = {T}, type = {phdthesis}, institution = {I}, date = {2019}}",
        "biblatex",
        id="thesis",
    ),
    pytest.param(
        "@article{a, author = {S}, title = {T}, journaltitle = {J}, pubstate = {forthcoming}}",
        "biblatex",
        id="forthcoming",
    ),
]


@pytest.mark.parametrize(("text", "dialect"), CLEAN)
def test_clean(text: str, dialect: str) -> None:
    assert codes(text, *OWN, dialect=dialect) == []


FOUND = [
    pytest.param("@artcile{a, title = {T}}", "RK101", "@article{a, title = {T}}", id="misspelt type"),
    pytest.param("@InProceeding{a, title = {T}}", "RK101", "@inproceedings{a, title = {T}}", id="letter missing"),
    pytest.param("@wibble{a, title = {T}}", "RK101", None, id="invented type"),
    pytest.param("@phdthesis{a, author = {S}, title = {T}, year = 2019}", "RK102", None, id="school missing"),
    pytest.param(
        "@book{a, author = {S}, title = {T}, publisher = {}, year = 2019}", "RK102", None, id="publisher empty"
    ),
    pytest.param("auhtor = {Smith, John}", "RK103", "author = {Smith, John}", id="misspelt field"),
    pytest.param("@article{a, jounral = {J}}", "RK103", "@article{a, journal = {J}}", id="misspelt journal"),
    pytest.param("wibble = {x}", "RK103", None, id="invented field"),
    pytest.param("journaltitle = {J}", "RK104", "journal = {J}", id="journaltitle"),
    pytest.param("location = {Paris}", "RK104", "address = {Paris}", id="location"),
    pytest.param("date = {2019}", "RK104", "year = {2019}", id="date"),
    pytest.param("date = {2019-05}", "RK104", "year = {2019},\n  month = {5}", id="date with month"),
    pytest.param("publisher = {TODO},\n  year = {2019}", "RK105", "year = {2019}", id="TODO"),
    pytest.param("note = {},\n  year = {2019}", "RK105", "year = {2019}", id="empty"),
    pytest.param("title = {T},\n  year = {????}", "RK105", "title = {T}", id="question marks at the end"),
    pytest.param("author = {Unknown}, title = {T}", "RK105", "title = {T}", id="unknown author"),
    pytest.param(
        "@article{a, title = {T}, booktitle = {Proceedings of X}}",
        "RK106",
        "@inproceedings{a, title = {T}, booktitle = {Proceedings of X}}",
        id="article in proceedings",
    ),
    pytest.param(
        "@inproceedings{a, title = {T}, journal = {Woods}}",
        "RK106",
        "@article{a, title = {T}, journal = {Woods}}",
        id="paper in journal",
    ),
    pytest.param(
        "@book{a, title = {T}, booktitle = {B}, pages = {12--34}}",
        "RK106",
        "@incollection{a, title = {T}, booktitle = {B}, pages = {12--34}}",
        id="chapter as book",
    ),
    pytest.param(
        "author = {Organization, World Health}", "RK107", "author = {{World Health Organization}}", id="turned round"
    ),
    pytest.param("author = {The growth of trees}, title = {The growth of trees}", "RK107", None, id="title as author"),
]


@pytest.mark.parametrize(("snippet", "code", "repaired"), FOUND)
def test_found_and_fixed(snippet: str, code: str, repaired: str | None) -> None:
    assert codes(snippet, code) == [code]
    assert fixed(snippet, code) == (repaired or snippet)


def test_biblatex_names_of_old_fields() -> None:
    assert fixed("@article{a, journal = {J}, address = {Paris}, year = {2019}}", "RK104", "biblatex") == (
        "@article{a, journaltitle = {J}, location = {Paris}, year = {2019}}"
    )


def test_dialect_of_a_file_is_that_of_most_entries() -> None:
    biblatex = "".join(
        f"@online{{k{n}, title = {{T}}, url = {{https://example.org/{n}}}, date = {{2019}}}}\n" for n in (1, 2)
    )
    odd = "@article{x, author = {S}, title = {T}, journal = {J}, date = {2019}}\n"
    assert [(item.key, item.field) for item in lint(biblatex + odd, "RK104", dialect="auto")] == [("x", "journal")]


def test_author_may_be_missing_but_not_the_title() -> None:
    found = lint("@article{a, journal = {J}, year = 2019}", "RK102")
    assert {item.field: item.severity for item in found} == {"author": Severity.WARNING, "title": Severity.ERROR}


def test_own_field_is_mentioned_once() -> None:
    text = "".join(f"@misc{{k{n}, wibble = {{x}}}}\n" for n in range(9))
    assert [item.severity for item in lint(text, "RK103")] == [Severity.INFO]


def test_edit_of_the_type_leaves_the_key_alone() -> None:
    assert fixed("@artcile{artcile, title = {T}}", "RK101") == "@article{artcile, title = {T}}"


def test_store_wraps_fields() -> None:
    assert store("title = {T}").startswith("@misc{a,")
