"""`few.best_labels` for many references at once, with numpy."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, pairwise
from typing import NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from refkit.parse.crf import Model, Reading, Rows
from refkit.parse.few import FAR, FAR_WORD, FORBIDDEN, Answer, best_labels

Grid: TypeAlias = NDArray[np.int16]  # axes: word, label, reference
Numbers: TypeAlias = NDArray[np.intp]
_CHUNK = 1024  # references that are decoded side by side
_LONG = 200  # words; longer ones would fill the chunk with empty cells


def best_labels_of_many(model: Model, readings: Sequence[Reading], margins: bool = True) -> list[Answer]:
    """Labels and margins of each reference."""
    order = sorted(range(len(readings)), key=lambda index: -len(readings[index].words))
    answers: list[Answer] = [Answer([], [])] * len(readings)
    long = 0
    while long < len(order) and len(readings[order[long]].words) > _LONG:
        answers[order[long]] = best_labels(model, readings[order[long]], margins)
        long += 1
    kept = [index for index in order[long:] if readings[index].words]
    for start in range(0, len(kept), _CHUNK):
        indexes = kept[start : start + _CHUNK]
        found = _decode(model, [readings[index] for index in indexes], margins)
        for index, answer in zip(indexes, found, strict=True):
            answers[index] = answer
    return answers


def _decode(model: Model, chunk: Sequence[Reading], margins: bool) -> list[Answer]:
    """`best_labels` of references sorted from long to short."""
    lengths = np.array([len(reading.words) for reading in chunk])
    ends = np.cumsum(lengths)
    steps = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    lanes = np.repeat(np.arange(len(chunk)), lengths)
    grid: Grid = np.zeros((lengths[0], model.width, len(chunk)), np.int16)
    grid[steps, :, lanes] = _scores(model, chunk)[np.arange(ends[-1]) + 2 * lanes + 2]
    active = np.searchsorted(-lengths, -np.arange(lengths[0])).tolist()  # references longer than each step
    links = _Links.of(model)
    forward = _pass(links, grid, active)
    labels = _trace(links, forward, active)[steps, lanes]
    parts = list(pairwise([0, *ends.tolist()]))
    found: list[int] = labels.tolist()
    if not margins:
        return [Answer(found[start:end], []) for start, end in parts]
    total = (forward + _pass_back(links, grid, active))[steps, :, lanes].astype(np.int32)
    rows = np.arange(len(total))
    best = total[rows, labels]
    total[rows, labels] = -4 * FAR
    sure: list[int] = np.maximum(best - total.max(axis=1), 0).tolist()
    return [Answer(found[start:end], sure[start:end]) for start, end in parts]


class _Links(NamedTuple):
    """The transitions: of every label to every other, and of those that go on within a field.

    The labels from `inner` on, `I-…`, stand behind `B-…` (their `begins`) or themselves only.
    """

    matrix: Grid  # before, label
    inner: int
    begins: list[int]

    @classmethod
    def of(cls, model: Model) -> Self:
        """The transitions of a model."""
        inner = next((place for place, label in enumerate(model.labels) if label.startswith("I-")), model.width)
        begins = [model.place[label.replace("I-", "B-", 1)] for label in model.labels[inner:]]
        return cls(np.array(model.transitions, np.int16), inner, begins)

    def best_before(self, before: Grid) -> Grid:
        """For every label the highest of `before[other] + matrix[other][label]`."""
        inner, best = self.inner, np.empty_like(before)
        outer, sums = best[:inner], np.empty_like(before[:inner])
        np.add(self.matrix[0, :inner, None], before[0], out=outer)
        for row, scores in zip(self.matrix[1:, :inner, None], before[1:], strict=True):
            np.add(row, scores, out=sums)
            np.maximum(outer, sums, out=outer)
        begun, within = self._inner_weights()
        np.maximum(begun + before[self.begins], within + before[inner:], out=best[inner:])
        np.maximum(best[inner:], np.int16(FORBIDDEN), out=best[inner:])
        return best

    def best_after(self, after: Grid) -> Grid:
        """For every label the highest of `matrix[label][other] + after[other]`."""
        inner, best, sums = self.inner, np.empty_like(after), np.empty_like(after)
        np.add(self.matrix[:, 0, None], after[0], out=best)
        for row, scores in zip(self.matrix.T[1:inner, :, None], after[1:inner], strict=True):
            np.add(row, scores, out=sums)
            np.maximum(best, sums, out=best)
        begun, within = self._inner_weights()
        best[self.begins] = np.maximum(best[self.begins], begun + after[inner:])
        np.maximum(best[inner:], within + after[inner:], out=best[inner:])
        np.maximum(best, after.max(axis=0) + np.int16(FORBIDDEN), out=best)
        return best

    def _inner_weights(self) -> tuple[Grid, Grid]:
        inside = range(self.inner, len(self.matrix))
        return self.matrix[self.begins, inside, None], self.matrix[inside, inside, None]


def _scores(model: Model, chunk: Sequence[Reading]) -> Grid:
    """For every word and label how far the label is behind the best one; two rows before each reference say nothing."""
    rows, forms = (_table(table, model.width) for table in (model.rows, model.forms.rows))
    near = _flat([reading.near for reading in chunk], 2)
    gaps = _flat([reading.gaps for reading in chunk], 1)
    separators = _flat([reading.separator_rows for reading in chunk], 1)
    total = rows(gaps)
    total[:-1] += rows(gaps[1:] + 1)
    total[2:] += forms(near[:-2])
    total[1:] += forms(near[:-1] + 1)
    total[:-1] += forms(near[1:] + 2)
    total[:-2] += forms(near[2:] + 3)
    total[1:] += rows(separators[:-1])
    total[:-2] += rows(separators[2:] + 1)
    total += forms(_flat([reading.words for reading in chunk], 2))
    for column in ("contexts", "hints", "segments", "positions"):
        total += rows(_flat([getattr(reading, column) for reading in chunk], 2))
    behind = total.astype(np.int32)
    behind -= behind.max(axis=1, keepdims=True)
    found: Grid = np.maximum(behind, -FAR_WORD).astype(np.int16)
    start = 2
    for reading in chunk:
        for index, label in reading.barred.items():
            found[start + index, label] = -FAR_WORD
        for index, label in reading.forced.items():
            found[start + index] = -FAR_WORD
            found[start + index, label] = 0
        start += len(reading.words) + 2
    return found


def _table(rows: Rows, width: int) -> Callable[[Numbers], Grid]:
    """Gives the rows of many numbers."""
    return partial(np.take, np.frombuffer(rows.packed(), "<u2").reshape(-1, width), axis=0)


def _flat(columns: Sequence[Sequence[int]], gap: int) -> Numbers:
    """The columns one behind the other, two zeros first and `gap` zeros behind each."""
    zeros = (0,) * gap
    return np.fromiter(chain((0, 0), chain.from_iterable([(*column, *zeros) for column in columns])), np.intp)


def _pass(links: _Links, grid: Grid, active: list[int]) -> Grid:
    """For every word, how far the best sequence up to it that ends in each label is behind the best of all."""
    found = grid.copy()
    for step in range(1, len(grid)):
        now = found[step, :, : active[step]]
        now += links.best_before(found[step - 1, :, : active[step]])
        _shift(now)
    return found


def _pass_back(links: _Links, grid: Grid, active: list[int]) -> Grid:
    """The same for the sequences that follow each label, from the last word to the first."""
    found = np.zeros_like(grid)
    for step in range(len(grid) - 1, 0, -1):
        now = found[step - 1, :, : active[step]]
        now[:] = links.best_after(found[step, :, : active[step]] + grid[step, :, : active[step]])
        _shift(now)
    return found


def _shift(rows: Grid) -> None:
    rows -= rows.max(axis=0)
    np.maximum(rows, np.int16(-FAR), out=rows)


def _trace(links: _Links, forward: Grid, active: list[int]) -> Numbers:
    """The labels of the best sequences, found from their ends; axes are word, reference."""
    found: Numbers = np.zeros((len(forward), forward.shape[2]), np.intp)
    for step in range(len(forward) - 1, -1, -1):
        going_on = active[step + 1] if step + 1 < len(forward) else 0
        total = forward[step, :, : active[step]].copy()
        total[:, :going_on] += links.matrix[:, found[step + 1, :going_on]] if going_on else 0
        found[step, : active[step]] = total.argmax(axis=0)
    return found
