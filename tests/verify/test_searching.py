import pytest

from refkit.model import Entry, Field
from refkit.names import Name
from refkit.verify.printed import read_entry
from refkit.verify.record import Record, Update, from_crossref, from_csl, from_datacite, trimmed
from refkit.verify.search import choose, fitting, is_searchable, query, slips
from refkit.verify.status import status
from refkit.verify.subject import read_subject


@pytest.mark.parametrize(
    ("printed", "true"),
    [
        pytest.param("10.1234/abc.5678/pdf", "10.1234/abc.5678", id="ending of a page"),
        pytest.param("10.1234/abc‐5678", "10.1234/abc-5678", id="another hyphen"),
        pytest.param("10.1234/abc.567O", "10.1234/abc.5670", id="O for 0"),
        pytest.param("10.1234/abc.567l", "10.1234/abc.5671", id="l for 1"),
        pytest.param("10.1234/abc.5687", "10.1234/abc.5678", id="neighbours"),
        pytest.param("10.1324/abc.5678", "10.1234/abc.5678", id="neighbours in the prefix"),
        pytest.param("10.1234/abc_5678", "10.1234/abc-5678", id="underscore"),
    ],
)
def test_slips(printed: str, true: str) -> None:
    assert true in slips(printed)


@pytest.mark.parametrize("doi", ["10.1234/a", "10.1234/" + "ab" * 5000, "10.1234/((((((("])
def test_few_slips_are_tried(doi: str) -> None:
    assert len(slips(doi)) <= 20
    assert doi not in slips(doi)


def entry(kind: str = "article", **fields: str) -> Entry:
    return Entry(kind, "key", tuple(Field(*pair) for pair in fields.items()))


ENTRY = entry(author="Karami, Ali", title="{Rivers} of southern Europe", journal="Journal of Rivers", year="1398")
WORK = Record(
    "10.1/a", "journal-article", ("Rivers of southern Europe",), authors=(Name("Karami", "A."),), years=(2019,)
)


def test_query_is_plain_and_bounded() -> None:
    assert query(read_entry(ENTRY)) == "Rivers of southern Europe Karami 2020 Journal of Rivers"
    assert len(query(read_entry(entry(title="a b " * 5000)))) <= 400


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        pytest.param(entry(title="A work"), True, id="article"),
        pytest.param(entry("online", title="A page"), False, id="web page"),
        pytest.param(entry("misc", title="Something"), False, id="misc"),
        pytest.param(entry(title="News", journal="Tehran Times"), False, id="newspaper"),
        pytest.param(entry(title="A study", journal="Times of Science", volume="3"), True, id="journal with volumes"),
        pytest.param(entry(author="Karami, A."), False, id="no title"),
    ],
)
def test_what_is_searched(candidate: Entry, expected: bool) -> None:
    assert is_searchable(candidate, read_entry(candidate)) is expected


def test_the_published_form_comes_before_the_preprint() -> None:
    preprint = Record("10.1101/p", "posted-content", WORK.titles, authors=WORK.authors, years=(2019,))
    best, equals = choose(fitting(read_entry(ENTRY), [preprint, WORK]), read_entry(ENTRY))
    assert best is not None
    assert (best.record.doi, equals) == ("10.1/a", ())


def test_two_alike_are_no_answer() -> None:
    twin = Record("10.1/b", "journal-article", WORK.titles, authors=WORK.authors, years=(2019,))
    best, equals = choose(fitting(read_entry(ENTRY), [WORK, twin]), read_entry(ENTRY))
    assert best is None
    assert {hit.record.doi for hit in equals} == {"10.1/a", "10.1/b"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Record("10.1/c", "component", WORK.titles, authors=WORK.authors, years=(2019,)), id="figure"),
        pytest.param(Record("10.1/c", "journal-article", WORK.titles, authors=(Name("Fox", "E."),)), id="author"),
        pytest.param(Record("10.1/c", "journal-article", WORK.titles, authors=WORK.authors, years=(1990,)), id="year"),
        pytest.param(Record("10.1/c", "journal-article", ("Lakes of Asia",), authors=WORK.authors), id="title"),
    ],
)
def test_what_does_not_fit(other: Record) -> None:
    assert fitting(read_entry(ENTRY), [other]) == []


NOTICE = {
    "DOI": "10.1/n",
    "title": ["Retraction"],
    "update-to": [{"DOI": "10.1/A", "type": "retraction", "source": "publisher"}],
}


@pytest.mark.parametrize(
    ("record", "notices", "retracted", "updated"),
    [
        pytest.param(WORK, [], "", "", id="nothing"),
        pytest.param(WORK, [NOTICE], "retracted by 10.1/n (source: publisher)", "", id="by a notice"),
        pytest.param(
            Record("10.1/a", updates=(Update("10.1/n", "withdrawal"),)), [], "withdrawn by 10.1/n", "", id="own"
        ),
        pytest.param(
            Record("10.1/a", updates=(Update("10.1/n", "erratum"),)), [], "", "corrected by 10.1/n", id="erratum"
        ),
        pytest.param(Record("10.1/a", updates=(Update("10.1/a", "new_version"),)), [], "", "", id="version of itself"),
        pytest.param(
            Record("10.1/a", concerns=(Update("10.1/a", "retraction"),)), [], "retracted by 10.1/a", "", id="itself"
        ),
        pytest.param(
            Record("10.1/a", concerns=(Update("10.1/b", "retraction"),)), [], "", "", id="a notice is no victim"
        ),
        pytest.param(
            Record("10.1/a", titles=("RETRACTED: On X",)), [], "retracted (by its registered title)", "", id="mark"
        ),
        pytest.param(Record("10.1/a", titles=("Retraction: On X",)), [], "", "", id="title of a notice"),
        pytest.param(
            Record("10.1/a", updates=(Update("10.1/e", "correction"), Update("10.1/n", "retraction"))),
            [],
            "retracted by 10.1/n",
            "corrected by 10.1/e",
            id="both",
        ),
        pytest.param(
            Record("10.1/a", published_as=("10.1/j",)), [], "", "preprint, since published as 10.1/j", id="preprint"
        ),
        pytest.param(Record("10.1/a", updates=(Update("10.1/n", "unheard_of"),)), [], "", "", id="unknown kind"),
    ],
)
def test_status(record: Record, notices: list[dict[str, object]], retracted: str, updated: str) -> None:
    found = status(record, notices)
    assert (found.retracted, found.updated) == (retracted, updated)


@pytest.mark.parametrize(
    ("fields", "shown", "invalid"),
    [
        pytest.param({"doi": "https://doi.org/10.1234/AbC"}, "10.1234/AbC", "", id="address"),
        pytest.param({"doi": r"10.1234/a\_b"}, "10.1234/a_b", "", id="LaTeX"),
        pytest.param({"url": "https://doi.org/10.1234/abc"}, "10.1234/abc", "", id="in url"),
        pytest.param({"url": "https://example.org/10.1234/abc"}, None, "", id="address of a page"),
        pytest.param({"doi": "https://doi.org/20.1001.1.17350409.1400.24.80.1.3"}, None, "DOR", id="DOR"),
        pytest.param({"doi": "hdl:20.500.12345/67"}, None, "Handle", id="handle"),
        pytest.param({"doi": "n/a"}, None, "not shaped like a DOI", id="words"),
    ],
)
def test_doi_slot(fields: dict[str, str], shown: str | None, invalid: str) -> None:
    subject = read_subject(entry(**fields))
    assert invalid in subject.invalid
    assert invalid or (subject.shown, subject.doi) == (shown, (shown or "").lower())


def test_records_of_other_agencies() -> None:
    attributes = {
        "doi": "10.5281/zenodo.1",
        "titles": [{"title": "Data on rivers"}, {"title": "Daten"}],
        "creators": [{"name": "Karami, Ali"}, {"name": "The Group", "nameType": "Organizational"}],
        "publicationYear": 2020,
        "publisher": {"name": "Zenodo"},
        "container": {"title": "Rivers"},
    }
    record = from_datacite(attributes)
    assert (record.titles, record.others, record.years) == (("Data on rivers",), ("Daten",), (2020,))
    assert record.authors == (Name("Karami", "Ali"), Name(literal="The Group"))
    item = {"DOI": "10.1/j", "title": "On rivers", "issued": {"date-parts": [["2020"]]}, "container-title": "Rivers"}
    assert from_csl(item, "jalc") == Record(
        "10.1/j", titles=("On rivers",), years=(2020,), containers=("Rivers",), source="jalc"
    )


def test_what_is_kept_of_an_answer_is_bounded() -> None:
    kept = trimmed(
        {"DOI": "10.1/a", "title": ["x" * 10_000_000], "reference": [{}], "author": [{"family": "a"}] * 9999}
    )
    assert len(str(kept)) < 10_000
    assert "reference" not in kept
    assert from_crossref({"title": {"a": 1}, "author": 3, "issued": {"date-parts": [[None]]}}) == Record("")
