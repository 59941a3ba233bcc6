import json
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.formats import ris
from refkit.formats.csl_entry import to_entry
from refkit.formats.csl_json import edition, pages, to_item, write
from refkit.model import Entry, Field


def make(kind: str, **fields: str) -> Entry:
    return Entry(kind, "k", tuple(Field(name, value) for name, value in fields.items()))


TYPES = {
    "article": (make("article", journal="J"), "article-journal"),
    "newspaper": (make("article", journal="J", entrysubtype="newspaper"), "article-newspaper"),
    "magazine": (make("article", journaltitle="J", entrysubtype="magazine"), "article-magazine"),
    "preprint": (make("article", eprint="2101.00001"), "article"),
    "book": (make("book"), "book"),
    "collection": (make("collection"), "book"),
    "inbook-of-bibtex": (make("inbook", title="B", chapter="3"), "book"),
    "inbook-of-biblatex": (make("inbook", booktitle="B"), "chapter"),
    "incollection": (make("incollection", booktitle="B"), "chapter"),
    "proceedings-paper": (make("inproceedings"), "paper-conference"),
    "conference": (make("conference"), "paper-conference"),
    "techreport": (make("techreport"), "report"),
    "phdthesis": (make("phdthesis"), "thesis"),
    "thesis": (make("thesis", type="phdthesis"), "thesis"),
    "unpublished": (make("unpublished"), "manuscript"),
    "online": (make("online"), "webpage"),
    "misc-webpage": (make("misc", entrysubtype="webpage"), "webpage"),
    "misc-dataset": (make("misc", entrysubtype="dataset"), "dataset"),
    "misc-map": (make("misc", entrysubtype="map"), "map"),
    "misc-blog": (make("misc", entrysubtype="blog"), "post-weblog"),
    "misc-unknown-subtype": (make("misc", entrysubtype="leaflet"), "document"),
    "misc-with-a-link": (make("misc", url="https://a.b"), "webpage"),
    "misc-with-a-link-in-howpublished": (make("misc", howpublished=r"\url{https://a.b}"), "webpage"),
    "misc": (make("misc"), "document"),
    "unknown": (make("gizmo"), "document"),
    "patent": (make("patent"), "patent"),
    "software": (make("software"), "software"),
}


@pytest.mark.parametrize(("entry", "kind"), TYPES.values(), ids=TYPES)
def test_types(entry: Entry, kind: str) -> None:
    assert to_item(entry)["type"] == kind


ARTICLE = {"journal": "J"}
FIELDS: dict[str, tuple[Entry, dict[str, Any]]] = {
    "people": (
        make("book", author="van Gogh, Vincent and {World Bank} and others"),
        {
            "author": [
                {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
                {"literal": "World Bank"},
                {"literal": "others"},
            ]
        },
    ),
    "accents-in-names": (
        make("book", author=r"G{\"o}del, Kurt"),
        {"author": [{"family": "Gödel", "given": "Kurt"}]},
    ),
    "editors": (make("book", editor="A, B"), {"editor": [{"family": "A", "given": "B"}]}),
    "compilers": (
        make("book", editor="A, B", editortype="compiler"),
        {"compiler": [{"family": "A", "given": "B"}]},
    ),
    "subtitle": (make("book", title="A", subtitle="B"), {"title": "A: B"}),
    "subtitle-after-a-question": (make("book", title="A?", subtitle="B"), {"title": "A? B"}),
    "title-addition": (make("book", title="A", titleaddon="B"), {"title": "A. B"}),
    "rich-title": (
        make("book", title=r"The {NATO} \emph{Titanic} {\&} H$_2$O"),
        {"title": 'The <span class="nocase">NATO</span> <i>Titanic</i> & H<sub>2</sub>O'},
    ),
    "volume-of-a-work": (make("book", title="A", maintitle="M"), {"title": "M", "volume-title": "A"}),
    "chapter-of-a-volume": (
        make("incollection", title="C", booktitle="A", maintitle="M"),
        {"title": "C", "container-title": "M", "volume-title": "A"},
    ),
    "journal": (make("article", journal=r"A \& B"), {"container-title": "A & B"}),
    "journal-of-biblatex": (make("article", journaltitle="A", journalsubtitle="B"), {"container-title": "A: B"}),
    "site": (
        make("misc", entrysubtype="webpage", howpublished="The Iran Primer"),
        {"container-title": "The Iran Primer"},
    ),
    "publisher-of-a-page": (
        make("misc", entrysubtype="webpage", publisher="Atlantic Council"),
        {"publisher": "Atlantic Council"},
    ),
    "link-in-howpublished": (make("misc", howpublished=r"\url{http://a.b/~c}"), {"URL": "http://a.b/~c"}),
    "issue": (make("article", number="2", **ARTICLE), {"issue": "2"}),
    "issue-of-biblatex": (make("article", number="2", issue="Spring", **ARTICLE), {"issue": "2, Spring"}),
    "number-in-series": (make("book", series="S", number="7"), {"collection-title": "S", "collection-number": "7"}),
    "number-of-report": (make("techreport", number="7", institution="I"), {"number": "7", "publisher": "I"}),
    "report-in-series": (
        make("techreport", number="7", series="S"),
        {"number": "7", "collection-title": "S"},
    ),
    "article-number": (make("article", eid="201", **ARTICLE), {"number": "201", "page": "201"}),
    "article-number-and-pages": (
        make("article", eid="201", pages="1--37", **ARTICLE),
        {"number": "201", "page": "1-37"},
    ),
    "school": (make("phdthesis", school="MIT"), {"publisher": "MIT", "genre": "PhD thesis"}),
    "persian-thesis": (make("mastersthesis", language="fa"), {"genre": "پایان‌نامه کارشناسی ارشد"}),
    "thesis-kind": (make("thesis", type="mathesis"), {"genre": "Master’s thesis"}),
    "own-kind": (make("phdthesis", type="Dissertation"), {"genre": "Dissertation"}),
    "two-publishers": (make("book", publisher="P", organization="O"), {"publisher": "P; O"}),
    "place": (make("book", location="Tehran"), {"publisher-place": "Tehran"}),
    "doi-with-prefix": (make("article", doi=r"https://doi.org/10.1000/a\_b"), {"DOI": "10.1000/a_b"}),
    "not-a-doi": (make("article", doi="10.x"), {"DOI": "10.x"}),
    "url": (make("misc", url=r"http://a/\~b\_c%20d"), {"URL": "http://a/~b_c%20d"}),
    "arxiv": (
        make("article", eprint="2101.00001", archiveprefix="arXiv"),
        {"URL": "https://arxiv.org/abs/2101.00001", "publisher": "arXiv", "number": "arXiv:2101.00001"},
    ),
    "in-press": (make("article", year="in press", **ARTICLE), {"status": "in press"}),
    "status": (make("article", pubstate="inpress", **ARTICLE), {"status": "in press"}),
    "version": (make("software", version="v2.1"), {"version": "2.1"}),
    "word-for-a-version": (make("software", version="vista"), {"version": "vista"}),
    "arxiv-as-journal": (
        make("article", journal="arXiv preprint arXiv:1706.03762", title="T"),
        {
            "type": "article",
            "container-title": None,
            "number": "arXiv:1706.03762",
            "publisher": "arXiv",
            "URL": "https://arxiv.org/abs/1706.03762",
        },
    ),
    "chapter-of-bibtex": (
        make("inbook", title="Whole", chapter="Part", pages="1--2"),
        {"type": "chapter", "title": "Part", "container-title": "Whole", "chapter-number": None},
    ),
    "patent-words": (
        make("patent", type="patentus", location="countryus and countryde"),
        {"genre": "U.S. patent", "publisher-place": "US and DE"},
    ),
    "series-words": (make("article", series="newseries", **ARTICLE), {"collection-title": "new series"}),
    "dropping-particle": (
        make("thesis", author="de Geer, Ingrid", options="useprefix=false"),
        {"author": [{"family": "Geer", "given": "Ingrid", "dropping-particle": "de"}]},
    ),
    "two-languages": (make("book", language="langlatin and langgerman", langid="german"), {"language": "de"}),
    "language-word": (make("book", language="langlatin"), {"language": "la"}),
    "accessed": (make("misc", urldate="2019-08-20"), {"accessed": {"date-parts": [[2019, 8, 20]]}}),
    "accessed-in-words": (make("misc", urldate="20 August 2019"), {"accessed": {"date-parts": [[2019, 8, 20]]}}),
    "language-code": (make("book", language="fa", langid="persian"), {"language": "fa"}),
    "language-of-babel": (make("book", langid="british"), {"language": "en-GB"}),
    "language-name": (make("book", language="German and English"), {"language": "de"}),
    "language-tag": (make("book", language="pt-BR"), {"language": "pt-BR"}),
    "dor": (
        make("article", dor="20.1001.1.20088221.2017.8.26.2.4", solaryear="1396"),
        {"custom": {"dor": "20.1001.1.20088221.2017.8.26.2.4", "solar-year": "1396"}},
    ),
}


@pytest.mark.parametrize(("entry", "expected"), FIELDS.values(), ids=FIELDS)
def test_fields(entry: Entry, expected: dict[str, Any]) -> None:
    item = to_item(entry)
    assert {name: item.get(name) for name in expected} == expected


@pytest.mark.parametrize("name", ["language", "genre", "issued", "page", "custom", "author", "title"])
def test_what_an_entry_does_not_say_is_absent(name: str) -> None:
    assert name not in to_item(make("misc", year="n.d.", language="gibberish"))


DATES: dict[str, tuple[dict[str, str], dict[str, Any] | None]] = {
    "year": ({"year": "2019"}, {"date-parts": [[2019]]}),
    "persian-digits": ({"year": "۱۳۹۸"}, {"date-parts": [[1398]]}),
    "month-macro": ({"year": "2019", "month": "jun"}, {"date-parts": [[2019, 6]]}),
    "month-name": ({"year": "2019", "month": "Juni", "day": "24"}, {"date-parts": [[2019, 6, 24]]}),
    "month-number": ({"year": "2019", "month": "06"}, {"date-parts": [[2019, 6]]}),
    "day-in-month": ({"year": "2019", "month": "June 24"}, {"date-parts": [[2019, 6, 24]]}),
    "months": ({"year": "2019", "month": "June/July"}, {"date-parts": [[2019, 6], [2019, 7]]}),
    "days": ({"year": "2019", "month": "jun", "day": "24--26"}, {"date-parts": [[2019, 6, 24], [2019, 6, 26]]}),
    "season": ({"year": "2019", "month": "Spring"}, {"date-parts": [[2019]], "season": 1}),
    "unknown-month": ({"year": "2019", "month": "Smarch"}, {"date-parts": [[2019]]}),
    "years": ({"year": "1998--1999"}, {"date-parts": [[1998], [1999]]}),
    "short-years": ({"year": "2019/20"}, {"date-parts": [[2019], [2020]]}),
    "letter": ({"year": "2020a"}, {"date-parts": [[2020]]}),
    "circa": ({"year": "c. 1905"}, {"date-parts": [[1905]], "circa": True}),
    "doubtful": ({"year": "1905?"}, {"date-parts": [[1905]], "circa": True}),
    "before-christ": ({"year": "44 BC"}, {"date-parts": [[-44]]}),
    "in-press": ({"year": "in press"}, None),
    "year-nought": ({"year": "0000"}, {"date-parts": [[0]]}),
    "words-for-a-year": ({"year": "n. Chr. 12"}, {"literal": "n. Chr. 12"}),
    "days-in-month": ({"year": "2019", "month": "July 6-11"}, {"date-parts": [[2019, 7, 6], [2019, 7, 11]]}),
    "no-date": ({"year": "n.d."}, None),
    "nothing": ({}, None),
    "iso": ({"date": "2019-06-24", "year": "2018"}, {"date-parts": [[2019, 6, 24]]}),
    "time": ({"date": "2019-06-24T10:00:00Z"}, {"date-parts": [[2019, 6, 24]]}),
    "edtf-range": ({"date": "2019-06-24/2019-07-02"}, {"date-parts": [[2019, 6, 24], [2019, 7, 2]]}),
    "edtf-open": ({"date": "2019/"}, {"date-parts": [[2019]], "literal": "2019–"}),
    "edtf-season": ({"date": "2019-21"}, {"date-parts": [[2019]], "season": 1}),
    "edtf-circa": ({"date": "1905~"}, {"date-parts": [[1905]], "circa": True}),
    "edtf-decade": ({"date": "199X"}, {"date-parts": [[1990], [1999]], "circa": True}),
    "edtf-negative": ({"date": "-0044"}, {"date-parts": [[-44]]}),
    "date-in-words": ({"date": "24 June 2019"}, {"date-parts": [[2019, 6, 24]]}),
    "month-that-is-none": ({"date": "2019-13"}, {"date-parts": [[2019]]}),
    "words": ({"date": "some day"}, {"literal": "some day"}),
}


@pytest.mark.parametrize(("fields", "date"), DATES.values(), ids=DATES)
def test_dates(fields: dict[str, str], date: dict[str, Any] | None) -> None:
    assert to_item(make("misc", **fields)).get("issued") == date


@pytest.mark.parametrize(
    ("value", "text"),
    [("12--34", "12-34"), ("12–34", "12-34"), ("1, 5--7", "1, 5-7"), ("e12", "e12"), ("12 --- 34", "12-34"), ("", "")],
)
def test_pages(value: str, text: str) -> None:
    assert pages(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Second", "2"),
        ("2nd", "2"),
        ("3rd ed.", "3"),
        ("4", "4"),
        ("fifth edition", "5"),
        ("Revised", "Revised"),
        ("2nd rev.", "2nd rev."),
    ],
)
def test_editions(value: str, text: str) -> None:
    assert edition(value) == text


ROUND = {
    "article": make(
        "article",
        author="Smith, John and {World Bank} and others",
        title="A {NATO} tale",
        journal=r"A \& B",
        year="2019",
        month="jun",
        day="24",
        volume="3",
        number="2",
        pages="1--9",
        doi="10.1/a_b",
        language="fa",
        langid="persian",
    ),
    "eid": make("article", journal="J", title="T", eid="e12", year="2019"),
    "eid-and-pages": make("article", journal="J", title="T", eid="e12", pages="1--9"),
    "newspaper": make("article", journal="J", title="T", entrysubtype="newspaper"),
    "webpage": make("misc", title="T", publisher="P", url="https://a.b", urldate="2019-06-24", entrysubtype="webpage"),
    "site": make("misc", title="T", howpublished="Site", url="https://a.b", entrysubtype="webpage"),
    "dataset": make("misc", title="T", entrysubtype="dataset"),
    "chapter": make(
        "incollection",
        author="Gogh, Vincent",
        editor="von A, B",
        title="T",
        booktitle="B",
        pages="1--9",
        publisher="P",
        address="London",
    ),
    "book": make("book", title="T", edition="2", series="S", number="4", isbn="9780306406157"),
    "report": make("techreport", title="T", number="7", institution="I", type="Working paper"),
    "phd": make("phdthesis", title="T", school="S"),
    "master": make("mastersthesis", title="T", school="S"),
    "master-fa": make("mastersthesis", title="ت", school="S", language="fa", langid="persian"),
    "years": make("book", title="T", year="1998--1999"),
    "season": make("book", title="T", year="1998", month="spring"),
    "circa": make("book", title="T", year="1905", date="1905~"),
    "in-press": make("book", title="T", year="in press"),
    "status": make("book", title="T", year="2020", pubstate="in press"),
    "version": make("misc", title="T", version="2.1", entrysubtype="software"),
    "solar": make("book", title="T", year="2021", dor="20.1001.1.20088221.2017.8.26.2.4", solaryear="1400"),
    "markup": make("book", title=r"\emph{A} \textbf{b}\textsuperscript{2} 50\% \#1"),
    "proceedings-paper": make("inproceedings", title="T", booktitle="B"),
    "conference-event": make("inproceedings", title="T", eventtitle="E", eventdate="2019-06-24/2019-06-26"),
}


@pytest.mark.parametrize("entry", ROUND.values(), ids=ROUND)
def test_entries_survive_a_round_trip(entry: Entry) -> None:
    back = to_entry(to_item(entry))
    assert (back.type, back.key, {f.name: f.value for f in back.fields}) == (
        entry.type,
        "k",
        {f.name: f.value for f in entry.fields},
    )


LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="<>")
TEXT = st.text(LETTERS, min_size=1).map(lambda text: normalize("NFC", text))
VARIABLES = ("title", "container-title", "publisher", "volume", "publisher-place")


@given(st.fixed_dictionaries(dict.fromkeys(VARIABLES, TEXT)))
def test_items_survive_a_round_trip(values: dict[str, str]) -> None:
    item = {"id": "k", "type": "chapter", **values}
    assert to_item(to_entry(item)) == item


NAMES = (
    "author editor title journal booktitle year month day date urldate number pages eid doi url type language".split()
)
VALUES = [
    "",
    "{}",
    "{",
    "}",
    "\\",
    "$",
    "and",
    "others",
    "{A, B} and",
    "2019-13-45",
    "--",
    "1--2--3",
    "June 31",
    "\\url{",
]
VALUES += ["<i>", "</i>", "فارسی", "-0044", "c. ", "[", "2019/..", "0000", "99999", "x" * 40, ",,,", "family=, given="]
KINDS = ["article", "book", "misc", "online", "inbook", "thesis", "gizmo"]


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES)))
def test_any_entry_is_converted(kind: str, fields: dict[str, str]) -> None:
    item = to_item(make(kind, **fields))
    assert to_item(to_entry(item))["id"] == "k"
    assert "".join(ris.write([make(kind, **fields)])).endswith("ID  - k\nER  - \n")


def test_an_entry_without_a_key_has_an_empty_id() -> None:
    assert to_item(Entry("misc", "", ()))["id"] == ""


def test_the_file_is_an_array_in_order() -> None:
    text = "".join(write([make("book", title="کتاب"), make("misc", title="B")]))
    assert [item["title"] for item in json.loads(text)] == ["کتاب", "B"]


def test_no_entry_is_an_empty_array() -> None:
    assert json.loads("".join(write([]))) == []
