"""Edits shown as a unified diff, in time that grows with the file and the edits only."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from refkit.bibtex.edits import apply_edits
from refkit.model import Edit
from refkit.text import line_starts

CONTEXT = 3
# Beyond this many lines a changed stretch is shown whole: matching its lines takes quadratic time.
_MATCHED = 400


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines `start:end` of the old text, counted from 0, become `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]


def unified_diff(name: str, text: str, edits: Sequence[Edit]) -> str:
    """What the edits change in the file `name`, as a unified diff that `patch` and `git apply` read; empty if nothing.

    The edits must not overlap. Lines keep their line ends; a missing one at the end of the file is marked.
    """
    old = _lines(text)
    hunks = list(_hunks(old, list(_changes(text, old, edits))))
    return f"--- {name}\n+++ {name}\n" + "".join(hunks) if hunks else ""


def _lines(text: str) -> list[str]:
    starts = line_starts(text)
    ends = [*starts[1:], len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True) if end > start]


def _changes(text: str, old: Sequence[str], edits: Sequence[Edit]) -> Iterator[_Change]:
    starts = line_starts(text)
    for first, last, group in _stretches(starts, sorted(edits, key=attrgetter("start", "end"))):
        start = starts[first]
        end = starts[last] if last < len(starts) else len(text)
        inside = [Edit(edit.start - start, edit.end - start, edit.replacement) for edit in group]
        new = _lines(apply_edits(text[start:end], inside))
        yield from _matched(old[first:last], new, first)


def _stretches(starts: Sequence[int], edits: Sequence[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Stretches of whole lines, each with the edits inside it."""
    group: list[Edit] = []
    first = last = 0
    for edit in edits:
        begin, end = bisect_right(starts, edit.start) - 1, bisect_right(starts, edit.end)
        if group and begin >= last:
            yield first, last, group
            group = []
        if not group:
            first, last = begin, end
        group.append(edit)
        last = max(last, end)
    if group:
        yield first, last, group


def _matched(old: Sequence[str], new: Sequence[str], offset: int) -> Iterator[_Change]:
    """The lines that differ, without those that are the same on both sides."""
    head = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    offset += head
    if len(before) > _MATCHED or len(after) > _MATCHED:
        yield _Change(offset, offset + len(before), tuple(after))
        return
    from difflib import SequenceMatcher

    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Change(offset + i, offset + j, tuple(after[k:m]))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines both begin with."""
    for index, (left, right) in enumerate(zip(old, new, strict=False)):
        if left != right:
            return index
    return min(len(old), len(new))


def _hunks(old: Sequence[str], changes: Sequence[_Change]) -> Iterator[str]:
    shift = 0
    for group in _near(changes):
        start, end = max(0, group[0].start - CONTEXT), min(len(old), group[-1].end + CONTEXT)
        lines: list[str] = []
        position = start
        for change in group:
            lines += [" " + line for line in old[position : change.start]]
            lines += ["-" + line for line in old[change.start : change.end]]
            lines += ["+" + line for line in change.lines]
            position = change.end
        lines += [" " + line for line in old[position:end]]
        growth = sum(len(change.lines) - (change.end - change.start) for change in group)
        old_range, new_range = _range(start, end - start), _range(start + shift, end - start + growth)
        shift += growth
        yield f"@@ -{old_range} +{new_range} @@\n" + "".join(map(_ended, lines))


def _near(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Changes whose context lines meet, together."""
    group: list[_Change] = []
    for change in changes:
        if group and change.start - group[-1].end > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _range(start: int, count: int) -> str:
    """The line range of a hunk head; an empty one names the line before it."""
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"


def _ended(line: str) -> str:
    return line if line.endswith(("\n", "\r")) else line + "\n\\ No newline at end of file\n"
