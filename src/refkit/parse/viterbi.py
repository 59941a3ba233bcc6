"""Finds the best labels of a reference, and by how much they beat every other labelling.

The same numbers are worked out in two ways: in pure Python for a few references, with numpy (which takes long to load)
for many. For every word and label, the best score of all label sequences with that label there is known; the highest
is the answer, its distance to the second is how sure the answer is.
"""

from collections.abc import Sequence
from itertools import pairwise
from struct import unpack
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grid: TypeAlias = NDArray[np.int32]

Row = Sequence[int]
Answer = tuple[list[int], list[int]]  # per word: label, margin
_CHUNK = 256  # references decoded side by side


def best_labels(transitions: Sequence[Row], scores: Sequence[bytes]) -> Answer:
    """Labels and margins of one reference; `transitions[before][label]`, `scores` as `crf.Model.read` gives them."""
    width = len(transitions)
    rows = [unpack(f"<{width}I", packed) for packed in scores]
    to_label = tuple(zip(*transitions, strict=True))
    forward = _pass(to_label, rows)
    backward = _pass(transitions, rows[::-1])[::-1]
    labels, margins = [], []
    for ahead, behind, row in zip(forward, backward, rows, strict=True):
        total = [a + b - score for a, b, score in zip(ahead, behind, row, strict=True)]
        best = max(total)
        label = total.index(best)
        total[label] = -1 << 60
        labels.append(label)
        margins.append(best - max(total))
    return labels, margins


def _pass(to_label: Sequence[Row], rows: Sequence[Row]) -> list[list[int]]:
    """The best score of every label at every word, from the first word on; exact.

    The labels before are tried from the best on, and given up as soon as none can win any more.
    """
    bounds = [(row, max(row)) for row in to_label]
    before = list(rows[0])
    found = [before]
    for row in rows[1:]:
        order = sorted(range(len(before)), key=before.__getitem__, reverse=True)
        ranked = [(before[label], label) for label in order]
        current = []
        for (transition, bound), score in zip(bounds, row, strict=True):
            best = -1 << 60
            for value, label in ranked:
                if value + bound <= best:
                    break
                if value + transition[label] > best:
                    best = value + transition[label]
            current.append(best + score)
        found.append(current)
        before = current
    return found


def best_labels_of_many(transitions: Sequence[Row], many: Sequence[Sequence[bytes]]) -> list[Answer]:
    """`best_labels` of many references, none of them empty."""
    order = sorted(range(len(many)), key=lambda index: -len(many[index]))
    answers: list[Answer] = [([], [])] * len(many)
    for start in range(0, len(order), _CHUNK):
        indexes = order[start : start + _CHUNK]
        for index, answer in zip(indexes, _decode(transitions, [many[i] for i in indexes]), strict=True):
            answers[index] = answer
    return answers


def _decode(transitions: Sequence[Row], chunk: Sequence[Sequence[bytes]]) -> list[Answer]:
    """`best_labels` of references sorted from long to short."""
    import numpy as np

    width, lengths = len(transitions), np.array([len(scores) for scores in chunk])
    ends = np.cumsum(lengths)
    steps = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    lanes = np.repeat(np.arange(len(chunk)), lengths)
    flat = np.frombuffer(b"".join([b"".join(scores) for scores in chunk]), "<u4").reshape(-1, width).astype(np.int32)
    flat -= flat.max(axis=1, keepdims=True)
    grid = np.zeros((lengths[0], width, len(chunk)), np.int32)
    grid[steps, :, lanes] = flat
    active = [int((lengths > step).sum()) for step in range(lengths[0])]
    matrix = np.array(transitions, np.int32)
    total = _grid_pass(matrix, grid, active) + _grid_pass_back(matrix, grid, active)
    table = total[steps, :, lanes]
    labels = table.argmax(axis=1)
    rows = np.arange(len(table))
    best = table[rows, labels]
    table[rows, labels] = np.iinfo(np.int32).min
    margins = best - table.max(axis=1)
    edges = [0, *ends.tolist()]
    pairs = labels.tolist(), margins.tolist()
    return [(pairs[0][start:end], pairs[1][start:end]) for start, end in pairwise(edges)]


def _grid_pass(matrix: "Grid", grid: "Grid", active: list[int]) -> "Grid":
    found = grid.copy()
    for step in range(1, len(grid)):
        count = active[step]
        found[step, :, :count] += _best_before(matrix, found[step - 1, :, :count])
    return found


def _grid_pass_back(matrix: "Grid", grid: "Grid", active: list[int]) -> "Grid":
    import numpy as np

    found = np.zeros_like(grid)
    turned = np.ascontiguousarray(matrix.T)
    for step in range(len(grid) - 2, -1, -1):
        count = active[step + 1]
        after = found[step + 1, :, :count] + grid[step + 1, :, :count]
        found[step, :, :count] = _best_before(turned, after)
    return found


def _best_before(matrix: "Grid", before: "Grid") -> "Grid":
    """For every label and reference the highest of `before[other] + matrix[other, label]`."""
    import numpy as np

    best: Grid = matrix[0][:, None] + before[0]
    for other in range(1, len(matrix)):
        np.maximum(best, matrix[other][:, None] + before[other], out=best)
    return best
