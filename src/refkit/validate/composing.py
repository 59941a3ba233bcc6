"""Several rounds of edits as one: what they change together in the text they began with."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from refkit.bibtex import apply_edits
from refkit.model import Edit


@dataclass(frozen=True, slots=True)
class _Stretch:
    """`start:end` of the text in the middle, which edits touch; `growth` is what the first edits made it longer by."""

    start: int
    end: int
    growth: int


def compose_all(text: str, rounds: Iterable[Sequence[Edit]]) -> tuple[Edit, ...]:
    """The edits of `text` that do what the rounds do one after the other; each counts in the text the last one left."""
    composed: tuple[Edit, ...] = ()
    current = text
    for edits in rounds:
        in_order = sorted(edits, key=lambda edit: (edit.start, edit.end))
        composed = tuple(_compose(current, composed, in_order))
        current = apply_edits(current, in_order)
    return composed


def _compose(middle: str, first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[Edit]:
    """`first` led to the text `middle`, `second` leads on from it; both in order."""
    starts = [edit.start for edit in second]
    grown = 0
    for stretch in _merged([*_made(first), *(_Stretch(edit.start, edit.end, 0) for edit in second)]):
        inside = second[bisect_left(starts, stretch.start) : bisect_right(starts, stretch.end)]
        moved = [Edit(edit.start - stretch.start, edit.end - stretch.start, edit.replacement) for edit in inside]
        start = stretch.start - grown
        grown += stretch.growth
        yield Edit(start, stretch.end - grown, apply_edits(middle[stretch.start : stretch.end], moved))


def _made(edits: Sequence[Edit]) -> Iterator[_Stretch]:
    """Where the replacements of edits stand in the text they led to."""
    grown = 0
    for edit in edits:
        start = edit.start + grown
        growth = len(edit.replacement) - (edit.end - edit.start)
        grown += growth
        yield _Stretch(start, edit.end + grown, growth)


def _merged(stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """The stretches in order, those that overlap or touch as one."""
    current: _Stretch | None = None
    for stretch in sorted(stretches, key=lambda item: (item.start, item.end)):
        if current is not None and stretch.start <= current.end:
            current = _Stretch(current.start, max(current.end, stretch.end), current.growth + stretch.growth)
            continue
        if current is not None:
            yield current
        current = stretch
    if current is not None:
        yield current
