"""BibTeX <-> biblatex."""

import pytest

from refkit.formats import biblatex, bibtex
from refkit.formats.biblatex import to_biblatex
from refkit.formats.bibtex import to_bibtex
from refkit.model import Entry, Field


def make(kind: str, **fields: str) -> Entry:
    return Entry(kind, "k", tuple(Field(name, value) for name, value in fields.items()))


def plain(entry: Entry) -> tuple[str, dict[str, str]]:
    return entry.type, {field.name: field.value for field in entry.fields}


# BibTeX, biblatex; each becomes the other
PAIRS = {
    "article": (
        make("article", journal="J", year="2019", month="jun", day="4", number="2", langid="persian", language="fa"),
        make("article", journaltitle="J", number="2", langid="persian", language="persian", date="2019-06-04"),
    ),
    "report": (
        make("techreport", institution="I", year="2019", address="Bonn"),
        make("report", institution="I", location="Bonn", type="techreport", date="2019"),
    ),
    "doctoral thesis": (
        make("phdthesis", school="S", year="2019"),
        make("thesis", institution="S", type="phdthesis", date="2019"),
    ),
    "master's thesis": (
        make("mastersthesis", school="S", year="2019"),
        make("thesis", institution="S", type="mathesis", date="2019"),
    ),
    "web page": (
        make("misc", organization="O", url="u", urldate="2019-01-02", entrysubtype="webpage"),
        make("online", organization="O", url="u", urldate="2019-01-02"),
    ),
    "dataset": (make("misc", title="T", entrysubtype="dataset"), make("dataset", title="T")),
    "newspaper": (
        make("article", journal="J", entrysubtype="newspaper"),
        make("article", journaltitle="J", entrysubtype="newspaper"),
    ),
    "years": (make("book", year="1998--1999"), make("book", date="1998/1999")),
    "words for a year": (make("book", year="in press"), make("book", year="in press")),
    "season": (make("book", year="2019", month="spring"), make("book", date="2019-21")),
    "preprint": (
        make("article", eprint="1", archiveprefix="arXiv", primaryclass="cs"),
        make("article", eprint="1", eprinttype="arXiv", eprintclass="cs"),
    ),
    "unknown fields stay": (make("book", dor="20.1", solaryear="1400"), make("book", dor="20.1", solaryear="1400")),
}


@pytest.mark.parametrize(("classic", "modern"), PAIRS.values(), ids=PAIRS)
def test_to_biblatex(classic: Entry, modern: Entry) -> None:
    assert plain(to_biblatex(classic)) == plain(modern)


@pytest.mark.parametrize(("classic", "modern"), PAIRS.values(), ids=PAIRS)
def test_to_bibtex(classic: Entry, modern: Entry) -> None:
    assert plain(to_bibtex(modern)) == plain(classic)


@pytest.mark.parametrize("entry", [pair[0] for pair in PAIRS.values()], ids=PAIRS)
def test_bibtex_stays_bibtex(entry: Entry) -> None:
    assert to_bibtex(entry) == entry


@pytest.mark.parametrize("entry", [pair[1] for pair in PAIRS.values()], ids=PAIRS)
def test_biblatex_stays_biblatex(entry: Entry) -> None:
    assert to_biblatex(entry) == entry


TO_BIBTEX = {
    "subtitles": (
        make("collection", title="A", subtitle="B"),
        ("book", {"title": "A: B"}),
    ),
    "subtitle after a question": (make("book", title="A?", subtitle="B"), ("book", {"title": "A? B"})),
    "date that year and month cannot say": (
        make("book", date="2019-06-24/2019-07-02"),
        ("book", {"date": "2019-06-24/2019-07-02", "year": "2019"}),
    ),
    "a year of its own wins": (make("book", date="2019", year="2020"), ("book", {"year": "2020"})),
    "both journal fields": (
        make("article", journal="A", journaltitle="B"),
        ("article", {"journal": "A", "journaltitle": "B"}),
    ),
    "patent": (make("patent", title="T"), ("misc", {"title": "T", "entrysubtype": "patent"})),
}


@pytest.mark.parametrize(("entry", "expected"), TO_BIBTEX.values(), ids=TO_BIBTEX)
def test_what_bibtex_lacks(entry: Entry, expected: tuple[str, dict[str, str]]) -> None:
    assert plain(to_bibtex(entry)) == expected


def test_what_is_written() -> None:
    entry = make("phdthesis", title="T", school="S", year="2019")
    assert "".join(biblatex.write([entry])) == (
        "@thesis{k,\n  title = {T},\n  date = {2019},\n  institution = {S},\n  type = {phdthesis},\n}\n"
    )
    assert (
        "".join(bibtex.write([entry, entry])).count(
            "@phdthesis{k,\n  title = {T},\n  year = {2019},\n  school = {S},\n}\n"
        )
        == 2
    )
