"""Comments that silence a rule, and RK010."""

from datetime import date

import pytest

from refkit.model import Bibliography, Block, BlockKind, Edit, Entry, Finding, Severity, Source
from refkit.rules import load
from refkit.rules.suppressions import read_suppressions, silence

load()
TODAY = date(2026, 11, 1)
ENTRY = "@misc{a, note = {FLAW}}\n"


def _bibliography(text: str) -> Bibliography:
    """Blocks by hand: each line that begins with `@` is an entry, the rest is text."""
    blocks: list[Block] = []
    start = 0
    for line in text.splitlines(keepends=True):
        entry = Entry("misc", "a", (), start, start + len(line)) if line.startswith("@") else None
        kind = BlockKind.ENTRY if entry else BlockKind.TEXT
        blocks.append(Block(kind, start, start + len(line), entry))
        start += len(line)
    return Bibliography(Source("a.bib", text), tuple(blocks))


def _left(text: str, judged: bool = True) -> tuple[list[int], list[str]]:
    """Which FLAWs are left, by number, and the messages of RK010."""
    places = [index for index in range(len(text)) if text.startswith("FLAW", index)]
    flaws = [Finding("RK104", "x", Severity.INFO, "m", place, place + 4) for place in places]
    kept, added = silence(flaws, read_suppressions(_bibliography(text)), lambda code: judged, TODAY)
    return [places.index(item.start) for item in kept], [item.message for item in added]


CLEAN = {
    "no-comment": (ENTRY, [0]),
    "plain-comment": ("% refkit is nice\n" + ENTRY, [0]),
    "above-the-entry": ("% refkit: ignore RK104\n" + ENTRY, []),
    "prefix": ("% refkit: ignore RK1\n" + ENTRY, []),
    "lower-case": ("% refkit: ignore rk104\n" + ENTRY, []),
    "spaces": ("  %refkit :  ignore  RK104  \n" + ENTRY, []),
    "reason": ("% refkit: ignore RK104 -- the editor wants it so\n" + ENTRY, []),
    "until-today": ("% refkit: ignore RK104 until 2026-11-01\n" + ENTRY, []),
    "text-between": ("% refkit: ignore RK104\n\nsome words\n" + ENTRY, []),
    "two-comments": ("% refkit: ignore RK104\n% refkit: ignore RK1 until 2027-01-01\n" + ENTRY, []),
    "only-the-next-entry": ("% refkit: ignore RK104\n" + ENTRY + ENTRY, [1]),
    "whole-file": (ENTRY + "% refkit: file-ignore RK104\n" + ENTRY, []),
    "inside-an-entry": ("@misc{b, note = { % refkit: ignore RK104 }}\n" + ENTRY, [0]),
    "crlf": ("% refkit: ignore RK104\r\n" + ENTRY, []),
}


@pytest.mark.parametrize(("text", "left"), CLEAN.values(), ids=CLEAN)
def test_suppressions_at_work(text: str, left: list[int]) -> None:
    assert _left(text) == (left, [])


USELESS = {
    "finds-nothing": ("% refkit: ignore RK104\n@misc{b}\n", "RK104 finds nothing here; remove the suppression"),
    "wrong-rule": ("% refkit: ignore RK301\n" + ENTRY, "RK301 finds nothing here; remove the suppression"),
    "expired": ("% refkit: ignore RK104 until 2026-10-31\n" + ENTRY, "this suppression of RK104 ended on 2026-10-31"),
    "no-entry": (ENTRY + "% refkit: ignore RK104\n", "no entry follows this suppression of RK104"),
    "unknown-code": ("% refkit: ignore RK191\n" + ENTRY, "RK191 is no rule of refkit"),
    "no-code": ("% refkit: ignore\n" + ENTRY, "“ignore” is no suppression that refkit understands"),
    "no-such-verb": ("% refkit: ignor RK104\n" + ENTRY, "“ignor RK104” is no suppression"),
    "no-such-day": ("% refkit: ignore RK104 until 2026-02-30\n" + ENTRY, "“ignore RK104 until 2026-02-30” is no"),
    "words-after": ("% refkit: ignore RK104 because\n" + ENTRY, "“ignore RK104 because” is no suppression"),
}


@pytest.mark.parametrize(("text", "message"), USELESS.values(), ids=USELESS)
def test_suppressions_of_no_use(text: str, message: str) -> None:
    [told] = _left(text)[1]
    assert told.startswith(message)


@pytest.mark.parametrize(
    ("text", "told"),
    [("% refkit: ignore RK301\n@misc{b}\n", 0), ("% refkit: ignore RK301 until 2020-01-01\n@misc{b}\n", 1)],
)
def test_nothing_is_said_about_rules_that_did_not_run(text: str, told: int) -> None:
    assert len(_left(text, judged=False)[1]) == told


FIXES = {
    "the-line": ("x\n% refkit: ignore RK104\n@misc{b}\n", "x\n@misc{b}\n"),
    "first-of-two": ("% refkit: ignore RK301, RK104\n" + ENTRY, "% refkit: ignore RK104\n" + ENTRY),
    "last-of-two": ("% refkit: ignore RK104, RK301 -- why\n" + ENTRY, "% refkit: ignore RK104 -- why\n" + ENTRY),
    "unknown-code": ("% refkit: ignore RK191\n" + ENTRY, "% refkit: ignore RK191\n" + ENTRY),
    "no-line-end": (ENTRY + "% refkit: ignore RK104", ENTRY),
}


@pytest.mark.parametrize(("text", "fixed"), FIXES.values(), ids=FIXES)
def test_fix(text: str, fixed: str) -> None:
    places = [index for index in range(len(text)) if text.startswith("FLAW", index)]
    flaws = [Finding("RK104", "x", Severity.INFO, "m", place, place + 4) for place in places]
    _, [found] = silence(flaws, read_suppressions(_bibliography(text)), lambda code: True, TODAY)
    edits: tuple[Edit, ...] = found.fix.edits if found.fix else ()
    for edit in edits:
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    assert text == fixed


def test_the_finding_marks_the_code() -> None:
    text = "% refkit: ignore RK104, RK301\n" + ENTRY
    found = silence((), read_suppressions(_bibliography(text)), lambda code: True, TODAY)[1]
    assert [text[item.start : item.end] for item in found] == ["RK104", "RK301"]
