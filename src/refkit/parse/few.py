"""Finds the best labels of one reference, and by how much each beats every other label, in plain Python.

`many` works out the same numbers with numpy, which takes long to load. For every word and label, the best score of
all label sequences with that label there is known; the distance between the best label and the second tells how sure
the answer is.
"""

from array import array
from collections.abc import Iterator, Sequence
from operator import add
from struct import unpack
from typing import NamedTuple

from refkit.parse.crf import GAP_AFTER, GAP_BEFORE, LANE, Model, Reading
from refkit.parse.places import buckets, segments

FORBIDDEN = -6_000  # weight of a transition that never occurs
# Whatever is further behind the best than this is taken to be this far behind: nothing so far behind can win, and
# all numbers fit into 16 bits.
FAR = 12_000
FAR_WORD = 8_000
_FEW = 4
Row = Sequence[int]


class Answer(NamedTuple):
    """A label for each word; margins, empty when nobody asked for them."""

    labels: list[int]
    margins: list[int]


def best_labels(model: Model, reading: Reading, margins: bool = True) -> Answer:
    """Labels and margins of one reference."""
    rows = list(_scores(model, reading))
    if not rows:
        return Answer([], [])
    transitions = model.transitions
    forward = _pass(tuple(zip(*transitions, strict=True)), rows)
    labels = _trace(transitions, forward)
    return Answer(labels, _margins(labels, forward, _pass_back(transitions, rows)) if margins else [])


def _scores(model: Model, reading: Reading) -> Iterator[list[int]]:
    """For each word, how far each label is behind the best one."""
    size = model.width * LANE
    for index, column in enumerate(_rows(model, reading)):
        if index in reading.forced:
            yield [0 if label == reading.forced[index] else -FAR_WORD for label in range(model.width)]
        else:
            row = _shifted(unpack(f"<{model.width}H", sum(column).to_bytes(size, "little")), FAR_WORD)
            if index in reading.barred:
                row[reading.barred[index]] = -FAR_WORD
            yield row


def _rows(model: Model, reading: Reading) -> Iterator[tuple[int, ...]]:
    """For each word the rows whose sum is its score."""
    if not reading.words:
        return iter(())
    shapes, masks, flags, words, near = _columns(model.forms.columns, model.forms.width, reading.words)
    spellings, effects, colons, separators = _columns(
        model.separators.columns, model.separators.width, reading.separators
    )
    contexts, hints = model.places.read(flags, effects, colons)
    held = segments(flags, masks, effects)
    edges = zip((0, *shapes), (*shapes, 0), spellings, strict=True)
    gaps = [model.gaps[before << GAP_BEFORE | after << GAP_AFTER | spelling] for before, after, spelling in edges]
    forms, rows = model.forms.rows.__getitem__, model.rows.__getitem__
    return zip(
        map(forms, words),
        map(forms, (0, 0, *near)),
        map(forms, (0, *[word + 1 for word in near])),
        map(forms, (*[word + 2 for word in near[1:]], 0)),
        map(forms, (*[word + 3 for word in near[2:]], 0, 0)),
        map(rows, gaps),
        map(rows, [gap + 1 for gap in gaps[1:]]),
        map(rows, (0, *separators)),
        map(rows, (*[separator + 1 for separator in separators[2:]], 0)),
        map(rows, map(model.contexts.__getitem__, contexts)),
        map(rows, map(model.hints.__getitem__, hints)),
        map(rows, [model.segments[key] for key, count in held for _ in range(count)]),
        map(rows, map(model.buckets.__getitem__, buckets(len(words)))),
        strict=False,
    )


def _columns(table: "array[int]", width: int, numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The columns of some lines of a table."""
    return zip(*[table[width * number : width * (number + 1)] for number in numbers], strict=True)


def _shifted(row: Row, farthest: int = FAR) -> list[int]:
    """The same row with the best at 0 and none below `-farthest`."""
    best = max(row)
    return [score - best if best - score < farthest else -farthest for score in row]


def _pass(to_label: Sequence[Row], rows: Sequence[Row]) -> list[list[int]]:
    """For every word, how far the best sequence up to it that ends in each label is behind the best of all."""
    neighbours = list(map(_neighbours, to_label))
    before = list(rows[0])
    found = [before]
    for row in rows[1:]:
        before = _shifted(list(map(add, _best_before(neighbours, before), row)))
        found.append(before)
    return found


def _pass_back(from_label: Sequence[Row], rows: Sequence[Row]) -> list[list[int]]:
    """The same for the sequences that follow each label, from the last word to the first."""
    neighbours = list(map(_neighbours, from_label))
    after = [0] * len(from_label)
    found = [after]
    for row in rows[:0:-1]:
        after = _shifted(_best_before(neighbours, list(map(add, after, row))))
        found.append(after)
    return found[::-1]


def _trace(transitions: Sequence[Row], forward: Sequence[Row]) -> list[int]:
    """The labels of the best sequence, found from its end."""
    label = forward[-1].index(max(forward[-1]))
    labels = [label]
    to_label = tuple(zip(*transitions, strict=True))
    for row in reversed(forward[:-1]):
        total = list(map(add, row, to_label[label]))
        label = total.index(max(total))
        labels.append(label)
    return labels[::-1]


def _margins(labels: Sequence[int], forward: Sequence[Row], backward: Sequence[Row]) -> list[int]:
    found = []
    for label, ahead, behind in zip(labels, forward, backward, strict=True):
        total = list(map(add, ahead, behind))
        best, total[label] = total[label], -4 * FAR
        found.append(max(0, best - max(total)))
    return found


def _neighbours(row: Row) -> tuple[Row, int, tuple[int, ...]]:
    """A row of transitions, its highest, and, when only a few labels may stand next to this one, these."""
    allowed = tuple(label for label, weight in enumerate(row) if weight > FORBIDDEN)
    return row, max(row), allowed if len(allowed) <= _FEW else ()


def _best_before(neighbours: Sequence[tuple[Row, int, tuple[int, ...]]], before: Sequence[int]) -> list[int]:
    """For every label the highest of `before[other] + row[other]`.

    The others are tried from the best on, and given up as soon as none can win any more.
    """
    ranked = sorted(zip(before, range(len(before)), strict=True), reverse=True)
    top = ranked[0][0]
    found = []
    for row, bound, allowed in neighbours:
        best = top + FORBIDDEN
        if allowed:
            for label in allowed:
                if before[label] + row[label] > best:
                    best = before[label] + row[label]
        else:
            for value, label in ranked:
                if value + bound <= best:
                    break
                if value + row[label] > best:
                    best = value + row[label]
        found.append(best)
    return found
