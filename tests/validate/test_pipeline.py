"""One file through the pipeline, with the rules as they are."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refkit.files import decode, is_store
from refkit.model import Finding, Safety, Severity, Source
from refkit.validate import FileResult, Options, Selection, to_bytes, to_diff, validate

OPTIONS = Options(today=date(2026, 11, 1))
FIX = replace(OPTIONS, fix=Safety.SAFE)
STORE = """% A comment that stays
@article{smith2020alpha,
  author = {Smith, Ann},
  title = {Alpha},
  journal = {Journal of Letters},
  year = {2020},
  volume = {3},
  pages = {12-34},
  doi = {https://doi.org/10.1000/xyz},
}

@book{karimi2015beta,
  author    = "Karimi, Hassan",
  title     = "Beta",
  publisher = {Tehran University Press},
  year      = 2015
}
"""


def _run(text: str, options: Options = OPTIONS, name: str = "a.bib") -> FileResult:
    return validate(Source(name, text), options)


def _codes(result: FileResult) -> list[str]:
    return [found.code for found in result.findings]


KINDS = {
    "name": ("a.bib", "nothing like it", True),
    "long-name": ("a.BIBTEX", "", True),
    "content": ("a.txt", "words\n  @article{a,\n}", True),
    "stdin": ("-", "@book (a,\n)", True),
    "list": ("a.txt", "Smith, A. (2020). Alpha. mail@home{x}", False),
    "at-inside-a-line": ("-", "write to @article{a}", False),
}


@pytest.mark.parametrize(("name", "text", "store"), KINDS.values(), ids=KINDS)
def test_store_or_list(name: str, text: str, store: bool) -> None:
    assert is_store(Source(name, text)) is store


def test_findings_of_a_store_in_file_order() -> None:
    result = _run(STORE)
    assert _codes(result) == ["RK309", "RK402"]
    assert [(found.key, found.field) for found in result.findings] == [
        ("smith2020alpha", "pages"),
        ("smith2020alpha", "doi"),
    ]


def test_fix_touches_the_defects_alone() -> None:
    fixed = _run(STORE, FIX)
    assert fixed.source.text == STORE.replace("12-34", "12--34").replace("https://doi.org/", "")
    assert _codes(fixed) == []
    assert sorted(found.code for found in fixed.fixed) == ["RK309", "RK402"]


def test_one_fix_among_many_entries_changes_one_line() -> None:
    good = "".join(STORE[STORE.index("@book") :].replace("2015beta", f"2015b{number}") for number in range(500))
    before = good + STORE[STORE.index("@article") :].replace("https://doi.org/", "") + good.replace("2015b", "2015c")
    options = replace(FIX, selection=Selection(select=("RK309",)))
    after = _run(before, options).source.text
    changed = [new for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert changed == ["  pages = {12--34},"]


DIFF = """--- a.bib
+++ a.bib
@@ -5,7 +5,7 @@
   journal = {Journal of Letters},
   year = {2020},
   volume = {3},
-  pages = {12-34},
+  pages = {12--34},
   doi = {https://doi.org/10.1000/xyz},
 }
"""


def test_diff() -> None:
    assert to_diff(_run(STORE, replace(FIX, selection=Selection(select=("RK309",))))).removesuffix(" \n") == DIFF


def test_diff_without_a_last_line_end() -> None:
    diff = to_diff(_run("@misc{a, title={T}, pages={1-2}}", replace(FIX, selection=Selection(select=("RK309",)))))
    assert diff.splitlines()[-2:] == ["+@misc{a, title={T}, pages={1--2}}", "\\ No newline at end of file"]


SILENT = {
    "comment": ("% refkit: ignore RK309\n" + STORE[STORE.index("@") :], OPTIONS, ["RK402"]),
    "file-comment": ("% refkit: file-ignore RK309, RK402\n" + STORE, OPTIONS, []),
    "ignore": (STORE, replace(OPTIONS, selection=Selection(ignore=("RK3",))), ["RK402"]),
    "select": (STORE, replace(OPTIONS, selection=Selection(select=("RK309",))), ["RK309"]),
    "per-file": (STORE, replace(OPTIONS, per_file_ignores={"*.bib": ("RK4",)}), ["RK309"]),
    "per-file-folder": (STORE, replace(OPTIONS, per_file_ignores={"**/a.bib": ("RK4",)}), ["RK309"]),
    "per-file-other": (STORE, replace(OPTIONS, per_file_ignores={"old/*.bib": ("RK4",)}), ["RK309", "RK402"]),
    "per-entry": (STORE, replace(OPTIONS, per_entry_ignores={"smith2020alpha": {"RK309": "so printed"}}), ["RK402"]),
    "per-entry-other": (STORE, replace(OPTIONS, per_entry_ignores={"karimi": {"RK309": "why"}}), ["RK309", "RK402"]),
}


@pytest.mark.parametrize(("text", "options", "codes"), SILENT.values(), ids=SILENT)
def test_silence(text: str, options: Options, codes: list[str]) -> None:
    assert _codes(_run(text, options)) == codes


def test_silenced_findings_are_counted_and_not_fixed() -> None:
    text = "% refkit: ignore RK309, RK402\n" + STORE[STORE.index("@") :]
    result = _run(text, FIX)
    assert (result.source.text, result.silenced) == (text, 2)


def test_a_setting_that_silences_nothing_is_reported() -> None:
    options = replace(OPTIONS, per_entry_ignores={"karimi2015beta": {"RK309": "why"}})
    [found] = [item for item in _run(STORE, options).findings if item.code == "RK010"]
    assert (found.key, STORE[found.start : found.end]) == ("karimi2015beta", "karimi2015beta")


def test_a_suppression_of_rules_not_run_is_left_in_peace() -> None:
    options = replace(OPTIONS, selection=Selection(select=("RK0",)))
    assert _codes(_run("% refkit: file-ignore RK309, RK901\n" + STORE, options)) == []


def test_severity_by_setting() -> None:
    options = replace(OPTIONS, selection=Selection(severity={"RK3": Severity.ERROR}))
    assert [found.severity for found in _run(STORE, options).findings] == [Severity.ERROR, Severity.WARNING]


ENCODINGS = {
    "latin-1": STORE.replace("Alpha", "Über"),
    "cp1252": STORE.replace("Alpha", "Über – das"),
    "utf-16": STORE.replace("Alpha", "فرسایش"),
    "utf-8-sig": STORE,
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_other_encodings_are_a_finding_and_the_rest_works(encoding: str) -> None:
    source = decode("a.bib", ENCODINGS[encoding].encode(encoding))
    assert _codes(validate(source, OPTIONS)) == ["RK007", "RK309", "RK402"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_other_encodings_of_a_list_are_a_finding(encoding: str) -> None:
    text = "Müller, Anna (2019), “Soil Erosion”, Journal of Soils, Vol. 12, No. 3, pp. 101-108.\n"
    readable = text if encoding != "latin-1" else text.replace("“", '"').replace("”", '"')
    assert _codes(validate(decode("a.txt", readable.encode(encoding)), OPTIONS))[0] == "RK007"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_fixing_keeps_every_other_character(encoding: str) -> None:
    text = ENCODINGS[encoding]
    fixed = validate(decode("a.bib", text.encode(encoding)), FIX)
    expected = text.replace("12-34", "12--34").replace("https://doi.org/", "")
    assert decode("a.bib", to_bytes(fixed)).text == expected


def test_what_the_old_encoding_cannot_hold_is_written_as_utf8() -> None:
    source = Source("a.bib", "Ω", "cp1252")
    assert to_bytes(FileResult(source, source, ())) == "Ω".encode()


LIST = Path(__file__).parents[2] / "data" / "references.txt"
PIECES = st.lists(
    st.sampled_from([STORE, STORE[:200], "@misc{x, title = {a & b}, year = 20x}\n", "% x\n", "{", "\r\n"])
)
MORE = st.text('@{}",=#% \n\tabAB12-–يی\u200c\x07', max_size=60)


@settings(max_examples=60, deadline=None)
@given(st.tuples(PIECES, MORE, PIECES).map(lambda parts: "".join((*parts[0], parts[1], *parts[2]))))
def test_fixing_twice_is_fixing_once(text: str) -> None:
    once = _run(f"% {text}", FIX)
    assert _run(once.source.text, FIX).source.text == once.source.text


@settings(max_examples=60, deadline=None)
@given(st.tuples(PIECES, MORE).map(lambda parts: "".join((*parts[0], parts[1]))))
def test_findings_lie_inside_the_file(text: str) -> None:
    result = _run(f"% {text}")
    assert all(0 <= found.start <= found.end <= len(result.source.text) for found in result.findings)


def test_fixing_the_list_twice_is_fixing_it_once() -> None:
    once = validate(Source("references.txt", LIST.read_text(encoding="utf-8")), FIX)
    assert validate(once.source, FIX).source.text == once.source.text


def test_no_fix_of_the_list_adds_a_finding() -> None:
    source = Source("references.txt", LIST.read_text(encoding="utf-8"))
    before, after = validate(source, OPTIONS), validate(source, FIX)
    assert _tally(after.findings) - _tally(before.findings) == Counter()


def _tally(findings: tuple[Finding, ...]) -> Counter[tuple[str, str | None]]:
    return Counter((found.code, found.key) for found in findings)
