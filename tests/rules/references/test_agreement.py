"""The rules against lists that were annotated by hand before the rules were tuned."""

from pathlib import Path

import pytest

from tests.rules.references.agreement import HERE, annotated, codes_of, compare, gold_57, lists_of

LINES_57 = tuple((HERE.parents[2] / "data" / "references.txt").read_text("utf-8").splitlines())
CLEAN = dict(lists_of(HERE / "data" / "clean.txt"))


@pytest.mark.parametrize("name", CLEAN)
def test_clean_lists_of_any_style_have_no_errors_or_warnings(name: str) -> None:
    assert compare(CLEAN[name], ()).false_alarms == ()


def test_clean_references_lose_nothing_when_mixed_into_one_list() -> None:
    lines = tuple(line for name in ("house", "apa", "harvard", "chicago", "ieee") for line in CLEAN[name])
    assert [item.message for _, item in compare(lines, ()).false_alarms if item.code not in ("RK833", "RK506")] == []


def test_errors_and_warnings_of_the_paper_are_found() -> None:
    found = compare(LINES_57, gold_57())
    assert found.recall(grave=True) >= 0.98 and found.false_alarms == ()


def test_infos_of_the_paper_are_found() -> None:
    assert compare(LINES_57, gold_57()).recall(grave=False) >= 0.98


DEFECTIVE = sorted(path.name for path in (HERE / "data").glob("defective*.txt"))


@pytest.mark.parametrize("name", DEFECTIVE)
def test_flaws_of_other_lists_are_found(name: str) -> None:
    found = compare(*annotated(HERE / "data" / name))
    assert found.recall(grave=True) >= 0.95 and found.recall(grave=False) >= 0.9


@pytest.mark.parametrize("name", DEFECTIVE)
def test_other_lists_have_no_false_alarms(name: str) -> None:
    assert compare(*annotated(HERE / "data" / name)).false_alarms == ()


def test_every_annotated_kind_has_a_code() -> None:
    kinds = {flaw.kind for name in DEFECTIVE for flaw in annotated(HERE / "data" / name)[1]}
    assert all(codes_of(kind) for kind in kinds | {flaw.kind for flaw in gold_57() if flaw.detectable})


KINDS = Path(__file__).parents[3] / "../shared/facts/reference-defects.md"


@pytest.mark.skipif(not KINDS.exists(), reason="the table of kinds is not here")
def test_every_detectable_kind_is_shown_by_some_list() -> None:
    rows = [row.split("|") for row in KINDS.read_text("utf-8").splitlines() if row.count("|") > 5]
    wanted = {row[1].strip() for row in rows[2:] if row[-3].strip() in ("yes", "partly")}
    shown = {flaw.kind for name in DEFECTIVE for flaw in annotated(HERE / "data" / name)[1]}
    assert wanted - shown - {flaw.kind for flaw in gold_57()} == set()
