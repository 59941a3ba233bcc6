"""Each report against its golden file, its schema, and what a hostile file may try."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.cli import REPORTS
from refkit.model import Finding, Severity, Source
from refkit.report import FORMATS, View, render
from refkit.validate import FileResult, Result

from .sample import HERE, VIEWS, golden, sample, shown

DOCS = Path(__file__).parents[2] / "docs"
# What a terminal would obey, or let reorder the line.
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]")


@pytest.mark.parametrize("name", VIEWS)
def test_golden(name: str) -> None:
    assert shown(name) == golden(name).read_text(encoding="utf-8")


def test_the_command_line_offers_all_formats() -> None:
    assert REPORTS == FORMATS


def test_json_keeps_to_the_published_schema() -> None:
    schema = json.loads((DOCS / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(render(sample(), "json", View())), schema)


def test_sarif_keeps_to_the_standard() -> None:
    schema = json.loads((HERE / "sarif-subset.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(render(sample(), "sarif", View())), schema)


def test_sarif_points_at_its_rules() -> None:
    run = json.loads(render(sample(), "sarif", View()))["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[item["ruleIndex"]] for item in run["results"]] == [item["ruleId"] for item in run["results"]]


def test_fingerprints_outlive_a_move() -> None:
    first = sample().files[0]
    moved = replace(first, source=Source("refs.bib", "\n\n\n" + first.source.text))
    moved = replace(
        moved, findings=tuple(replace(item, start=item.start + 3, end=item.end + 3) for item in first.findings)
    )
    assert _fingerprints(Result((first,))) == _fingerprints(Result((moved,)))


def test_fingerprints_differ() -> None:
    marks = _fingerprints(sample())
    assert len(set(marks)) == len(marks) == 8


def _fingerprints(result: Result) -> list[str]:
    run = json.loads(render(result, "sarif", View()))["runs"][0]
    return [item["partialFingerprints"]["ruleKeyField/v1"] for item in run["results"]]


def test_junit_counts_what_it_holds() -> None:
    suites = ElementTree.fromstring(render(sample(), "junit", View())).findall("testsuite")
    counted = [(int(suite.get("tests", "")), int(suite.get("failures", ""))) for suite in suites]
    assert counted == [(len(suite.findall("testcase")), len(suite.findall("testcase/failure"))) for suite in suites]


def test_clean_run() -> None:
    clean = Source("a.bib", "@book{a,}\n")
    result = Result((FileResult(clean, clean, ()),))
    assert [render(result, name, View()) for name in ("text", "concise", "github")] == [
        "No findings in 0 entries.\n",
        "",
        "",
    ]


texts = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize("name", FORMATS)
@given(text=texts, message=texts, key=st.none() | texts, data=st.data())
def test_no_file_can_harm_a_terminal(name: str, text: str, message: str, key: str | None, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = Finding("RK402", "doi-with-resolver", Severity.WARNING, message, start, end, key)
    source = Source(f"a{message}.bib", text)
    report = render(Result((FileResult(source, source, (found,)),)), name, View(width=40))
    assert not HARMFUL.search(report)


@pytest.mark.parametrize("name", ["json", "jsonl", "gitlab", "sarif"])
@given(text=texts, message=texts)
def test_json_stays_json(name: str, text: str, message: str) -> None:
    source = Source("a.bib", text)
    result = Result((FileResult(source, source, (Finding("RK402", "x", Severity.INFO, message, 0, len(text)),)),))
    report = render(result, name, View())
    assert json.loads(report) is not None


@given(message=texts)
def test_one_github_command_a_finding(message: str) -> None:
    source = Source("a,b:c.bib", "x")
    result = Result((FileResult(source, source, (Finding("RK402", "x", Severity.INFO, message, 0, 1),)),))
    report = render(result, "github", View())
    assert report.startswith("::notice file=a%2Cb%3Ac.bib,line=1,")
    assert len(re.split("[\r\n]", report)) == 2


WIDTHS = {
    "latin": ("title = {Ünicode tìtle}", "tìtle", 17),
    "wide": ("title = {日本語 tìtle}", "tìtle", 16),
    "combining": ("title = {Unico\u0301de title}", "title", 17),
}


@pytest.mark.parametrize(("line", "where", "column"), WIDTHS.values(), ids=WIDTHS)
def test_carets_stand_under_the_text(line: str, where: str, column: int) -> None:
    source = Source("a.bib", line)
    found = Finding("RK402", "x", Severity.INFO, "m", line.rindex(where), line.rindex(where) + len(where))
    report = render(Result((FileResult(source, source, (found,)),)), "text", View())
    assert report.splitlines()[4] == " " * (6 + column) + "^" * len(where)


@given(line=st.text("ab \t,é", max_size=300), width=st.integers(20, 120), data=st.data())
def test_excerpts_stay_within_the_width(line: str, width: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    source = Source("a.bib", line)
    found = Finding("RK402", "x", Severity.INFO, "m", start, end)
    report = render(Result((FileResult(source, source, (found,)),)), "text", View(width=width))
    assert all(len(part) <= width + 2 for part in report.split("\n\n")[0].splitlines()[3:])
