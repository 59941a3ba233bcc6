from dataclasses import replace

import pytest

from refkit.bibtex import apply_edits, load
from refkit.model import Candidate, Difference, Finding, Safety, Severity, Source, Verdict, VerdictKind
from refkit.parse import read_list
from refkit.rules import load as load_rules
from refkit.rules.remote import run_verdict_rules

STORE = """@article{karami,
  author = {Karami, Ali},
  title = {Rivers of {Europe} & Asia},
  journal = {Journal of Rivers},
  year = {2019},
  volume = 12,
  pages = {1--9},
  doi = {10.1234/abc},
}

@book{bare,
  title = {Lakes},
  year = {1990}
}
"""
LIST = "Karami, A. (2019). Rivers of Europe. Journal of Rivers, 12(3), 1-9. https://doi.org/10.1234/abc\n"
BASE = Verdict("karami", "10.1234/abc", VerdictKind.VERIFIED, source="crossref")
BETTER = Candidate("10.1234/abd", 0.97)


def findings(verdict: Verdict, key: str = "karami") -> list[Finding]:
    load_rules()
    bibliography = load(Source("x.bib", STORE))
    entry = next(entry for entry in bibliography.entries if entry.key == key)
    return run_verdict_rules([entry], [verdict])


def fixed(found: Finding) -> str:
    assert found.fix is not None
    return apply_edits(STORE, found.fix.edits)


SILENT = [
    pytest.param(BASE, id="verified"),
    pytest.param(replace(BASE, reason="the record has 2020 as the year"), id="verified with a remark"),
    pytest.param(Verdict("karami", None, VerdictKind.UNVERIFIABLE, reason="it has no DOI"), id="nobody asked"),
    pytest.param(Verdict("karami", "10.1234/abc", VerdictKind.UNCHECKED, reason="offline"), id="offline"),
    pytest.param(replace(BASE, kind=VerdictKind.OTHER_AGENCY, source="datacite"), id="compared with DataCite"),
    pytest.param(Verdict("karami", "20.1001", VerdictKind.INVALID, reason="a DOR"), id="invalid is RK401"),
]
LOUD = [
    pytest.param(replace(BASE, kind=VerdictKind.NOT_REGISTERED), "RK901", Severity.ERROR, "10.1234/abc", id="901"),
    pytest.param(replace(BASE, kind=VerdictKind.WRONG_DOI), "RK902", Severity.ERROR, "10.1234/abc", id="902"),
    pytest.param(
        replace(BASE, kind=VerdictKind.MISMATCH, fields=(Difference("year", "2019", "2015"),)),
        "RK903",
        Severity.WARNING,
        "2019",
        id="903",
    ),
    pytest.param(
        replace(BASE, kind=VerdictKind.MISMATCH, fields=(Difference("volume", "12", "13"),)),
        "RK903",
        Severity.WARNING,
        "12",
        id="903 not a literal in braces",
    ),
    pytest.param(
        Verdict("karami", None, VerdictKind.FOUND, candidate=BETTER), "RK904", Severity.INFO, "karami", id="904"
    ),
    pytest.param(
        replace(BASE, kind=VerdictKind.RETRACTED, reason="retracted by 10.1/n"), "RK905", Severity.ERROR, None, id="905"
    ),
    pytest.param(
        replace(BASE, kind=VerdictKind.UPDATED, reason="corrected by 10.1/n"),
        "RK905",
        Severity.INFO,
        None,
        id="corrected",
    ),
    pytest.param(
        replace(BASE, kind=VerdictKind.UPDATED, reason="subject of an expression of concern by 10.1/n"),
        "RK905",
        Severity.WARNING,
        None,
        id="concern",
    ),
    pytest.param(
        replace(BASE, kind=VerdictKind.UPDATED, reason="since published", candidate=BETTER),
        "RK906",
        Severity.WARNING,
        None,
        id="906",
    ),
    pytest.param(
        Verdict("karami", None, VerdictKind.UNVERIFIABLE, source="crossref"), "RK907", Severity.INFO, None, id="907"
    ),
    pytest.param(
        replace(BASE, kind=VerdictKind.UNCHECKED, reason="Crossref answered 503"),
        "RK909",
        Severity.INFO,
        None,
        id="909",
    ),
]


@pytest.mark.parametrize("verdict", SILENT)
def test_silent(verdict: Verdict) -> None:
    assert findings(verdict) == []


@pytest.mark.parametrize(("verdict", "code", "severity", "marked"), LOUD)
def test_loud(verdict: Verdict, code: str, severity: Severity, marked: str | None) -> None:
    (found,) = findings(verdict)
    assert (found.code, found.severity, found.key) == (code, severity, "karami")
    assert marked is None or marked in STORE[found.start : found.end]


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        pytest.param(
            replace(BASE, kind=VerdictKind.NOT_REGISTERED, candidate=BETTER), "doi = {10.1234/abd}", id="repaired DOI"
        ),
        pytest.param(
            replace(BASE, kind=VerdictKind.WRONG_DOI, candidate=BETTER), "doi = {10.1234/abd}", id="found DOI"
        ),
        pytest.param(
            replace(BASE, kind=VerdictKind.MISMATCH, fields=(Difference("pages", "1--9", "11-19"),)),
            "pages = {11--19}",
            id="pages",
        ),
        pytest.param(
            replace(BASE, kind=VerdictKind.MISMATCH, fields=(Difference("title", "Rivers", "Lakes & 5% of {x}"),)),
            r"title = {Lakes \& 5\% of \textbraceleft{}x\textbraceright{}}",
            id="title is escaped",
        ),
    ],
)
def test_fix_is_unsafe_and_takes_the_record(verdict: Verdict, expected: str) -> None:
    (found,) = findings(verdict)
    assert found.fix is not None
    assert found.fix.safety is Safety.UNSAFE
    assert expected in fixed(found)


@pytest.mark.parametrize(("key", "before"), [("karami", "10.1234/abc"), ("bare", "1990")])
def test_added_doi_keeps_the_entry_readable(key: str, before: str) -> None:
    (found,) = findings(Verdict(key, None, VerdictKind.FOUND, candidate=BETTER), key)
    entries = {entry.key: entry for entry in load(Source("x.bib", fixed(found))).entries}
    assert BETTER.doi in [field.value for field in entries[key].fields if field.name == "doi"]
    assert set(entries) == {"karami", "bare"}


def test_author_is_shown_and_left_alone() -> None:
    difference = Difference("author", "Karami, Ali", "Saberi, Mina")
    (found,) = findings(replace(BASE, kind=VerdictKind.MISMATCH, fields=(difference,)))
    assert found.fix is None
    assert "Saberi" in found.message


def test_long_values_are_cut_in_messages() -> None:
    difference = Difference("title", "Rivers", "x" * 5000)
    (found,) = findings(replace(BASE, kind=VerdictKind.MISMATCH, fields=(difference,)))
    assert len(found.message) < 500


def test_in_a_list_the_words_are_marked() -> None:
    load_rules()
    references = read_list(Source("x.txt", LIST)).references
    entry = references[0].entry
    verdict = replace(BASE, key=entry.key, kind=VerdictKind.MISMATCH, fields=(Difference("volume", "12", "13"),))
    (found,) = run_verdict_rules([entry], [verdict], references)
    assert LIST[found.start : found.end] == "12"
    assert found.fix is not None
    assert "13(3)" in apply_edits(LIST, found.fix.edits)
