"""Finds the best labels of a reference, and by how much they beat every other labelling.

The same numbers are worked out in two ways: in pure Python for a few references, with numpy (which takes long to load)
for many. For every word and label, the best score of all label sequences with that label there is known; the highest
is the answer, its distance to the second is how sure the answer is.
"""

from collections.abc import Sequence
from itertools import chain, pairwise
from operator import add
from struct import unpack
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grid: TypeAlias = NDArray[np.int16]

Row = Sequence[int]
Answer = tuple[list[int], list[int]]  # per word: label, margin
FORBIDDEN = -6_000  # weight of a transition that never occurs
_FEW = 4
_CHUNK = 512  # references decoded side by side
_LONG = 200  # words; longer ones would fill the chunk with empty cells
# Whatever is further behind the best than this is taken to be this far behind: nothing so far behind can win, and
# all numbers fit into 16 bits.
_FAR = 12_000
_FAR_WORD = 8_000


def best_labels(transitions: Sequence[Row], scores: Sequence[bytes]) -> Answer:
    """Labels and margins of one reference; `transitions[before][label]`, `scores` as `crf.Model.read` gives them."""
    width = len(transitions)
    rows = [_shifted(unpack(f"<{width}H", packed), _FAR_WORD) for packed in scores]
    forward = _pass(tuple(zip(*transitions, strict=True)), rows)
    backward = _pass_back(transitions, rows)
    labels, margins = [], []
    for ahead, behind in zip(forward, backward, strict=True):
        total = list(map(add, ahead, behind))
        best = max(total)
        label = total.index(best)
        total[label] = -4 * _FAR
        labels.append(label)
        margins.append(best - max(total))
    return labels, margins


def _shifted(row: Row, farthest: int = _FAR) -> list[int]:
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


def best_labels_of_many(transitions: Sequence[Row], many: Sequence[Sequence[bytes]]) -> list[Answer]:
    """`best_labels` of many references, none of them empty."""
    order = sorted(range(len(many)), key=lambda index: -len(many[index]))
    answers: list[Answer] = [([], [])] * len(many)
    while order and len(many[order[0]]) > _LONG:
        index = order.pop(0)
        answers[index] = best_labels(transitions, many[index])
    for start in range(0, len(order), _CHUNK):
        indexes = order[start : start + _CHUNK]
        for index, answer in zip(indexes, _decode(transitions, [many[i] for i in indexes]), strict=True):
            answers[index] = answer
    return answers


def _decode(transitions: Sequence[Row], chunk: Sequence[Sequence[bytes]]) -> list[Answer]:
    """`best_labels` of references sorted from long to short."""
    import numpy as np

    lengths = np.array([len(scores) for scores in chunk])
    ends = np.cumsum(lengths)
    steps = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    lanes = np.repeat(np.arange(len(chunk)), lengths)
    flat = np.frombuffer(b"".join(chain.from_iterable(chunk)), "<u2").reshape(-1, len(transitions)).astype(np.int32)
    grid = np.zeros((lengths[0], len(transitions), len(chunk)), np.int16)
    grid[steps, :, lanes] = np.maximum(flat - flat.max(axis=1, keepdims=True), -_FAR_WORD)
    active = np.searchsorted(-lengths, -np.arange(lengths[0])).tolist()  # references longer than each step
    matrix = np.array(transitions, np.int16)
    total = _grid_pass(matrix, grid, active)
    total += _grid_pass_back(np.ascontiguousarray(matrix.T), grid, active)
    table = total[steps, :, lanes]
    labels = table.argmax(axis=1)
    rows = np.arange(len(table))
    best = table[rows, labels]
    table[rows, labels] = np.iinfo(np.int16).min
    found = labels.tolist(), (best.astype(np.int32) - table.max(axis=1)).tolist()
    return [(found[0][start:end], found[1][start:end]) for start, end in pairwise([0, *ends.tolist()])]


def _grid_pass(matrix: "Grid", grid: "Grid", active: list[int]) -> "Grid":
    """`_pass` for all references at once; axes are word, label, reference."""
    found = grid.copy()
    for step in range(1, len(grid)):
        now = found[step, :, : active[step]]
        now += _grid_best(matrix, found[step - 1, :, : active[step]])
        _shift(now)
    return found


def _grid_pass_back(matrix: "Grid", grid: "Grid", active: list[int]) -> "Grid":
    """`_pass_back` for all references at once."""
    import numpy as np

    found = np.zeros_like(grid)
    for step in range(len(grid) - 1, 0, -1):
        after = found[step, :, : active[step]] + grid[step, :, : active[step]]
        now = found[step - 1, :, : active[step]]
        now[:] = _grid_best(matrix, after)
        _shift(now)
    return found


def _shift(rows: "Grid") -> None:
    import numpy as np

    rows -= rows.max(axis=0)
    np.maximum(rows, np.int16(-_FAR), out=rows)


def _grid_best(matrix: "Grid", before: "Grid") -> "Grid":
    """`_best_before` for all references at once."""
    import numpy as np

    best: Grid = matrix[0][:, None] + before[0]
    sums = np.empty_like(best)
    for row, scores in zip(matrix[1:, :, None], before[1:], strict=True):
        np.add(row, scores, out=sums)
        np.maximum(best, sums, out=best)
    return best
