"""Safe fixes: twice is once, they silence what they repair, and no new flaw appears."""

from bisect import bisect_right
from itertools import accumulate

import pytest

from tests.rules.references.agreement import HERE, annotated
from tests.rules.references.repairing import apply, lint, repaired

LISTS = {path.name: annotated(path)[0] for path in sorted((HERE / "data").glob("defective*.txt"))}
LISTS["references.txt"] = tuple((HERE.parents[2] / "data" / "references.txt").read_text("utf-8").splitlines())


def by_line(lines: tuple[str, ...]) -> dict[int, set[str]]:
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    found: dict[int, set[str]] = {}
    for item in lint(lines):
        found.setdefault(bisect_right(starts, item.start) - 1, set()).add(item.code)
    return found


@pytest.mark.parametrize("name", LISTS)
def test_repairing_twice_is_repairing_once(name: str) -> None:
    once = repaired(LISTS[name])
    assert repaired(once) == once


@pytest.mark.parametrize("name", LISTS)
def test_after_repair_no_safe_fix_is_left(name: str) -> None:
    assert [item for item in lint(repaired(LISTS[name])) if item.fix and item.fix.safety == "safe"] == []


@pytest.mark.parametrize("name", LISTS)
def test_repair_adds_no_flaw(name: str) -> None:
    before, after = by_line(LISTS[name]), by_line(repaired(LISTS[name]))
    assert {
        line: codes - before.get(line, set()) for line, codes in after.items() if codes - before.get(line, set())
    } == {}


@pytest.mark.parametrize("name", LISTS)
def test_a_safe_fix_alone_silences_its_finding(name: str) -> None:
    found = lint(LISTS[name])
    said = [(item.code, item.message) for item in found]
    firsts = {item.code: item for item in reversed(found) if item.fix and item.fix.safety == "safe"}
    for code, item in firsts.items():
        left = [(other.code, other.message) for other in lint(apply(LISTS[name], [item]))]
        assert left.count((code, item.message)) < said.count((code, item.message)), item.message


@pytest.mark.parametrize("name", LISTS)
def test_safe_repair_keeps_letters_of_names_and_years(name: str) -> None:
    for before, after in zip(LISTS[name], repaired(LISTS[name]), strict=True):
        year = [word for word in before.split() if word.strip("(),.”").isdigit() and len(word.strip("(),.”")) == 4]
        assert all(word.strip("(),.”") in after for word in year if word.strip("(),.”").isascii())


TITLES_BEFORE_NAMES = (
    ("Hashemi, Dr. Mohammad (2018), Public Law, Tehran: SAMT.", "Hashemi, Mohammad (2018), Public Law, Tehran: SAMT."),
    ("Dr. Hashemi, Mohammad (2018), Public Law, Tehran: SAMT.", "Hashemi, Mohammad (2018), Public Law, Tehran: SAMT."),
    ("Hashemi, Mohammad, Dr. (2018), Public Law, Tehran: SAMT.", "Hashemi, Mohammad (2018), Public Law, Tehran: SAMT."),
)


@pytest.mark.parametrize(("printed", "repair"), TITLES_BEFORE_NAMES, ids=["given", "family", "behind"])
def test_a_title_goes_without_the_comma_of_the_name(printed: str, repair: str) -> None:
    assert repaired((*LISTS["references.txt"], printed))[-1] == repair
