import pytest

from refkit.bibtex import Layout, format_bibliography, load
from refkit.model import Source
from refkit.rules import run_entry_rules
from refkit.rules.context import context_of
from tests.rules.linting import codes, fixed

OWN = ("RK601", "RK602", "RK603", "RK604", "RK606")
ISBN = "isbn = {978-3-540-72816-0}"
WORK = "author = {Smith, John}, title = {The growth of trees}, year = 2019"
CLEAN = [
    pytest.param(f"@book{{a, {WORK}, volume = 1}} @book{{b, {WORK}, volume = 2}}", id="volumes"),
    pytest.param(f"@book{{a, {WORK}, edition = {{2}}}} @book{{b, {WORK}}}", id="editions"),
    pytest.param(
        "@book{a, title = {The growth of trees, part I}} @book{b, title = {The growth of trees, part II}}",
        id="parts",
    ),
    pytest.param(
        f"@article{{a, {WORK}, eprint = {{1901.00001}}}} @article{{b, {WORK}, journal = {{Woods}}}}", id="preprint"
    ),
    pytest.param(
        f"@article{{a, {WORK}, journal = {{Woods}}}} @inproceedings{{b, {WORK}, booktitle = {{Proc.}}}}",
        id="talk and article",
    ),
    pytest.param(
        f"@article{{a, {WORK}, pages = {{1--9}}}} @article{{b, {WORK}, pages = {{10--19}}}}",
        id="two parts on other pages",
    ),
    pytest.param(
        "@article{a, title = {Introduction}, year = 2019} @article{b, title = {Introduction}, year = 2019}",
        id="generic title",
    ),
    pytest.param(
        "@misc{a, title = {Growth of trees}, url = {https://a.org}} @misc{b, title = {Growth of trees}, url = {https://b.org}}",
        id="two pages without author",
    ),
    pytest.param(f"@book{{a, {WORK}}} @book{{b, {WORK.replace('2019', '2009')}}}", id="other year"),
    pytest.param(f"@book{{a, {WORK}}} @book{{b, {WORK.replace('Smith', 'Jones')}}}", id="other author"),
    pytest.param(
        "@article{a, title = {Erratum: The growth of trees}} @article{b, title = {The growth of trees}}",
        id="erratum",
    ),
    pytest.param(
        f"@incollection{{a, title = {{A}}, pages = {{1--9}}, {ISBN}}}"
        f" @incollection{{b, title = {{B}}, pages = {{10--19}}, {ISBN}}}",
        id="chapters of one book",
    ),
    pytest.param(
        f"@incollection{{a, title = {{A}}, crossref = {{b}}, {ISBN}}} @book{{b, title = {{B}}, {ISBN}}}",
        id="chapter and its book",
    ),
    pytest.param(
        "@misc{smith-2019:trees_a.b+c/d, title = {A}} @misc{müller2019, title = {B}} @misc{DBLP:conf/a/B, title = {C}}",
        id="usual keys",
    ),
    pytest.param("@incollection{a, title = {A}, crossref = {b}} @book{b, title = {B}}", id="parent behind"),
    pytest.param("@misc{a, related = {b, c}} @misc{b, title = {B}, ids = {c}}", id="alias"),
    pytest.param("@misc{a, xdata = {x}} @xdata{x, title = {B}}", id="xdata"),
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert codes(text, *OWN) == []


FOUND = [
    pytest.param("@misc{a, title = {A}} @misc{a, title = {B}}", "RK601", id="same key"),
    pytest.param("@misc{a, title = {A}} @misc{A, title = {B}}", "RK601", id="same but for case"),
    pytest.param(
        "@misc{a, doi = {10.1145/3292500}} @misc{b, doi = {https://doi.org/10.1145/3292500}}", "RK602", id="DOI as URL"
    ),
    pytest.param("@misc{a, doi = {10.1000/ABC}} @misc{b, doi = {10.1000/abc}}", "RK602", id="DOI in other case"),
    pytest.param(
        "@misc{a, eprint = {1901.00001}} @misc{b, eprint = {arXiv:1901.00001v2}}", "RK602", id="arXiv version"
    ),
    pytest.param(
        "@book{a, isbn = {978-3-540-72816-0}} @book{b, isbn = {3540728163}}", "RK602", id="ISBN-13 and ISBN-10"
    ),
    pytest.param(f"@book{{a, {WORK}}} @book{{b, {WORK}}}", "RK603", id="same work"),
    pytest.param(
        "@book{a, author = {J. Smith}, title = {{The} Growth of Trees}, year = 2019}"
        " @book{b, author = {Smith, John}, title = {The growth of trees}, date = {2019-05}}",
        "RK603",
        id="other spelling",
    ),
    pytest.param(
        '@book{a, author = {M{\\"u}ller, J.}, title = {Wald und B{\\"a}ume}, year = 2019}'
        " @book{b, author = {Müller, J.}, title = {Wald und Bäume}, year = 2019}",
        "RK603",
        id="TeX and Unicode",
    ),
    pytest.param("@misc{smith#2019, title = {A}}", "RK604", id="hash"),
    pytest.param("@misc{, title = {A}}", "RK604", id="empty"),
    pytest.param("@incollection{a, title = {A}, crossref = {b}}", "RK606", id="parent missing"),
    pytest.param(
        "@book{b, title = {B}} @incollection{a, title = {A}, crossref = {b}}", "RK606", id="parent before child"
    ),
]


@pytest.mark.parametrize(("text", "code"), FOUND)
def test_found(text: str, code: str) -> None:
    assert codes(text, code) == [code]


def test_circle() -> None:
    assert codes("@book{a, crossref = {b}} @book{b, crossref = {a}}", "RK606", dialect="biblatex") == ["RK606", "RK606"]


def test_parent_may_stand_first_in_biblatex() -> None:
    assert (
        codes("@book{b, title = {B}} @incollection{a, title = {A}, crossref = {b}}", "RK606", dialect="biblatex") == []
    )


def test_bad_key_is_repaired_unless_something_refers_to_it() -> None:
    assert fixed("@misc{smith#2019, title = {A}}", "RK604") == "@misc{smith2019, title = {A}}"
    referred = "@misc{x, related = {smith#2019}}\n@misc{smith#2019, title = {A}}"
    assert fixed(referred, "RK604") == referred


A, B, CHILD = "@misc{a, year = {2020}}", "@book{b, year = {2019}}", "@inbook{c, crossref = {a}}"
SORTED = {
    "no order asked for": ("", f"{B}\n\n{A}\n"),
    "by key": ("key", f"{A}\n\n{B}\n"),
    "by year": ("year", f"{B}\n\n{A}\n"),
    "by type": ("type", f"{B}\n\n{A}\n"),
    "a parent behind its child": ("key", f"{CHILD}\n\n{A}\n"),
    "a comment that stands alone begins a section": ("key", f"{B}\n\n% Papers\n\n{A}\n"),
    "a macro begins a section": ("key", f'{B}\n\n@string{{x = "y"}}\n\n{A}\n'),
}
UNSORTED = {
    "by key": ("key", f"{B}\n\n{A}\n"),
    "by year": ("year", f"{A}\n\n{B}\n"),
    "by type": ("type", f"{A}\n\n{B}\n"),
    "under a comment of its own": ("key", f"{B}\n\n% the first\n{A}\n"),
}


def _out_of_order(text: str, by: str) -> list[str | None]:
    bibliography = load(Source("a.bib", text))
    context = context_of(bibliography, selected=frozenset({"RK607"}), sort=by)
    return [found.key for found in run_entry_rules(bibliography, context)]


@pytest.mark.parametrize(("by", "text"), SORTED.values(), ids=SORTED)
def test_entries_in_order(by: str, text: str) -> None:
    assert _out_of_order(text, by) == []


@pytest.mark.parametrize(("by", "text"), UNSORTED.values(), ids=UNSORTED)
def test_entries_out_of_order_are_put_so_by_format(by: str, text: str) -> None:
    layout = Layout(sort=by)
    assert len(_out_of_order(text, by)) == 1
    assert _out_of_order(format_bibliography(load(Source("a.bib", text)), layout), by) == []
