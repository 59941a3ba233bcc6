"""The fix loop on its own, with small made-up rules."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.model import Bibliography, Block, BlockKind, Edit, Entry, Finding, Fix, Safety, Severity, Source
from refkit.validate.fixing import ROUNDS, apply, choose, repair
from refkit.validate.linting import Linted

Rule = Callable[[str], Iterable[Finding]]


def _finding(code: str, *edits: tuple[int, int, str], safety: Safety = Safety.SAFE) -> Finding:
    made = tuple(Edit(*edit) for edit in edits)
    return Finding(code, "x", Severity.INFO, "m", min(edit.start for edit in made), 0, fix=Fix(safety, made))


def _lint(*rules: Rule) -> Callable[[Source], Linted]:
    """Lint by the rules; each "@" of the text is an entry."""

    def lint(source: Source) -> Linted:
        places = [index for index, char in enumerate(source.text) if char == "@"]
        blocks = tuple(Block(BlockKind.ENTRY, at, at + 1, Entry("misc", "a", (), at, at + 1)) for at in places)
        findings = tuple(found for rule in rules for found in rule(source.text))
        return Linted(Bibliography(source, blocks), findings, findings)

    return lint


def _replacing(code: str, old: str, new: str, safety: Safety = Safety.SAFE) -> Rule:
    """A rule that wants the first `old` replaced by `new`."""

    def rule(text: str) -> Iterable[Finding]:
        at = text.find(old)
        return [_finding(code, (at, at + len(old), new), safety=safety)] if at >= 0 else []

    return rule


def _fixed(text: str, *rules: Rule, allowed: Safety = Safety.SAFE) -> tuple[str, list[str]]:
    lint = _lint(*rules)
    done, rounds = repair(lint(Source("a.bib", text)), lint, allowed)
    return done.source.text, [found.code for findings in rounds for found in findings]


SWAPS = {"RK309": ("a", "A"), "RK310": ("A", "a"), "RK401": ("c", "C"), "RK404": ("ab", "y"), "RK403": ("A", "Ä")}
REPAIRS = {
    "nothing-to-do": ("xyz", ["RK309"], "xyz", []),
    "one": ("cab", ["RK309"], "cAb", ["RK309"]),
    "side-by-side": ("a-c", ["RK309", "RK401"], "A-C", ["RK401", "RK309"]),
    "one-leads-to-the-next": ("a", ["RK309", "RK403"], "Ä", ["RK309", "RK403"]),
    "several-of-a-kind": ("aaa", ["RK309"], "AAA", ["RK309"] * 3),
    "identifiers-win-an-overlap": ("xabc", ["RK309", "RK404"], "xyc", ["RK404"]),
    "undo-each-other": ("a-c", ["RK309", "RK310", "RK401"], "a-C", ["RK401"]),
}


@pytest.mark.parametrize(("text", "codes", "result", "fixed"), REPAIRS.values(), ids=REPAIRS)
def test_repair(text: str, codes: list[str], result: str, fixed: list[str]) -> None:
    assert _fixed(text, *(_replacing(code, *SWAPS[code]) for code in codes)) == (result, fixed)


def test_unsafe_fixes_are_left() -> None:
    assert _fixed("abc", _replacing("RK309", "b", "B", Safety.UNSAFE)) == ("abc", [])


def test_a_fix_that_loses_an_entry_is_left_out() -> None:
    assert _fixed("a@b", _replacing("RK309", "@", ""), _replacing("RK401", "b", "c")) == ("a@c", ["RK401"])


def test_a_fix_that_never_comes_to_rest_is_left_out() -> None:
    assert _fixed("a-b", _replacing("RK309", "a", "aa"), _replacing("RK401", "b", "c")) == ("a-c", ["RK401"])


def test_unsafe_fixes_when_allowed() -> None:
    rules = [_replacing("RK309", "b", "B", Safety.UNSAFE), _replacing("RK309", "c", "C")]
    assert _fixed("abc", *rules, allowed=Safety.UNSAFE) == ("aBC", ["RK309", "RK309"])


def test_at_most_ten_rounds() -> None:
    text = "a" * (ROUNDS + 1)
    assert _fixed(text, _replacing("RK309", "a", "b")) == (text, [])


def test_a_fix_without_edits_asks_for_utf8() -> None:
    def rule(text: str) -> Iterable[Finding]:
        return [Finding("RK007", "x", Severity.INFO, "m", 0, 0, fix=Fix(Safety.SAFE, ()))]

    def lint(source: Source) -> Linted:
        return _lint(*([] if source.encoding == "utf-8" else [rule]))(source)

    done, _ = repair(lint(Source("a.bib", "é", "cp1252")), lint, Safety.SAFE)
    assert done.source == Source("a.bib", "é", "utf-8")


ORDERS = {
    "identifiers-dates-marks-layout": (["RK812", "RK801", "RK309", "RK401"], ["RK401", "RK309", "RK801", "RK812"]),
    "dates-before-marks": (["RK503", "RK301"], ["RK301", "RK503"]),
    "marks-before-order": (["RK607", "RK704"], ["RK704", "RK607"]),
}


@pytest.mark.parametrize(("codes", "order"), ORDERS.values(), ids=ORDERS)
def test_order(codes: list[str], order: list[str]) -> None:
    findings = [_finding(code, (10 * place, 10 * place + 1, "")) for place, code in enumerate(codes)]
    assert [found.code for found in choose(findings)] == order


def test_findings_that_share_a_fix_are_fixed_once() -> None:
    first = _finding("RK309", (0, 1, "x"))
    second = Finding("RK309", "x", Severity.INFO, "m", 0, 0, fix=first.fix)
    assert apply("abc", choose([first, second])) == "xbc"


edits = st.tuples(st.integers(0, 20), st.integers(0, 20), st.text("xy", max_size=2)).map(
    lambda item: (min(item[:2]), max(item[:2]), item[2])
)


@given(st.lists(st.tuples(st.sampled_from(["RK401", "RK309", "RK812"]), edits), max_size=12))
def test_chosen_fixes_never_overlap_and_the_rest_is_untouched(wanted: list[tuple[str, tuple[int, int, str]]]) -> None:
    text = "abcdefghijklmnopqrst"
    chosen = choose([_finding(code, edit) for code, edit in wanted])
    touched = {place for found in chosen for edit in _edits(found) for place in range(edit.start, edit.end)}
    kept = "".join(char for place, char in enumerate(text) if place not in touched)
    assert "".join(char for char in apply(text, chosen) if char not in "xy") == kept


def _edits(found: Finding) -> tuple[Edit, ...]:
    return found.fix.edits if found.fix else ()
