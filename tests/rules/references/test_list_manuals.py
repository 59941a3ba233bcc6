"""The manual of each list rule is true in a list of the style its examples are written in."""

import re

import pytest

from refkit.model import ParsedReference, ReferenceList
from refkit.rules import CHECKS, RULES, load
from tests.rules.references.agreement import HERE
from tests.rules.references.repairing import apply, lint

load()
CONTEXT = tuple((HERE / "context_list.txt").read_text("utf-8").splitlines())
CODES = sorted(
    code
    for code, subject, function in CHECKS
    if subject in (ParsedReference, ReferenceList) and RULES[code].manual == function.__doc__
)
SECOND = {"RK832": ("Karimi, Hassan (2011), Rivers and Roads, Tehran: SAMT.",)}  # what only two references show


def example(code: str, label: str) -> tuple[str, ...]:
    found = re.search(rf"^    {label}: `(.+?)`", RULES[code].manual, re.MULTILINE)
    assert found, f"{code} has no {label}"
    at = 0 if code == "RK833" and label == "Bad" else len(CONTEXT)
    return (*CONTEXT[:at], found[1], *SECOND.get(code, ()), *CONTEXT[at:])


def found_in(lines: tuple[str, ...]) -> list[str]:
    return [item.code for item in lint(lines)]


def test_the_context_is_clean() -> None:
    assert lint(CONTEXT) == []


@pytest.mark.parametrize("code", CODES)
def test_bad_is_found(code: str) -> None:
    assert code in found_in(example(code, "Bad"))


@pytest.mark.parametrize("code", CODES)
def test_good_is_silent(code: str) -> None:
    assert code not in found_in(example(code, "Good"))


@pytest.mark.parametrize("code", CODES)
def test_a_safe_repair_of_bad_silences_the_rule_and_adds_nothing(code: str) -> None:
    lines = example(code, "Bad")
    own = [item for item in lint(lines) if item.code == code and item.fix and item.fix.safety == "safe"]
    if not own:
        pytest.skip("has no safe fix")
    assert set(found_in(apply(lines, own))) <= set(found_in(lines)) - {code}
