"""Edits as patches by position: whatever no edit names stays as it is, byte for byte."""

from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter

from refkit.model import Edit, Fix


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edits made; each counts its offsets in `text` as given.

    The edits may come in any order; insertions at one place keep theirs. Raises ValueError when one lies outside the
    text or overlaps another.
    """
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=attrgetter("start", "end")):
        if not position <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit.start}:{edit.end} overlaps another or lies outside the text")
        pieces += (text[position : edit.start], edit.replacement)
        position = edit.end
    return "".join((*pieces, text[position:]))


def compatible(fixes: Iterable[Fix]) -> tuple[Fix, ...]:
    """The fixes that can be made in one round: the earlier one wins, one that touches a changed place has to wait."""
    starts: list[int] = []
    ends: list[int] = []
    chosen = []
    for fix in fixes:
        if any(_touches(starts, ends, edit) for edit in fix.edits):
            continue
        chosen.append(fix)
        for edit in fix.edits:
            index = bisect_right(starts, edit.start)
            starts.insert(index, edit.start)
            ends.insert(index, edit.end)
    return tuple(chosen)


def _touches(starts: list[int], ends: list[int], edit: Edit) -> bool:
    """Whether the edit overlaps or borders a taken stretch; the stretches are in order, none overlaps another."""
    index = bisect_right(starts, edit.end)
    return index > 0 and ends[index - 1] >= edit.start
