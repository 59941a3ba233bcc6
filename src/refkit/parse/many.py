"""`few.best_labels` for many references at once, with numpy."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, pairwise
from typing import NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from refkit.parse.crf import GAP_AFTER, GAP_BEFORE, Forms, Model, Reading, Rows, Separators
from refkit.parse.few import FAR, FAR_WORD, FORBIDDEN, Answer, best_labels
from refkit.parse.places import BEYOND, BREAK, BUCKETS, DIGITS, END, PLAIN, QUOTE, SYMBOLS, YEAR, Places

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


class _Layout(NamedTuple):
    """Where the words of a chunk stand: lengths of the references, their ends in the row of all words.

    Of every word its step and lane, the number of the word in its reference and that of the reference; `active` says
    how many references are longer than each step.
    """

    lengths: Numbers
    ends: Numbers
    steps: Numbers
    lanes: Numbers
    active: list[int]

    @classmethod
    def of(cls, chunk: Sequence[Reading]) -> Self:
        """The layout of references sorted from long to short."""
        lengths = np.array([len(reading.words) for reading in chunk])
        ends = np.cumsum(lengths)
        steps = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
        lanes = np.repeat(np.arange(len(chunk)), lengths)
        active = np.searchsorted(-lengths, -np.arange(lengths[0])).tolist()
        return cls(lengths, ends, steps, lanes, active)


def _decode(model: Model, chunk: Sequence[Reading], margins: bool) -> list[Answer]:
    """`best_labels` of references sorted from long to short."""
    layout = _Layout.of(chunk)
    _, ends, steps, lanes, active = layout
    grid: Grid = np.zeros((len(active), model.width, len(chunk)), np.int16)
    grid[steps, :, lanes] = _scores(model, chunk, layout)
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


# ------------------------------------------------------------------ scores
# The words of a chunk stand one behind the other: two empty places first, and two behind each reference. A separator
# has the place of the word behind it.


def _scores(model: Model, chunk: Sequence[Reading], layout: _Layout) -> Grid:
    """For every word and label how far the label is behind the best one."""
    words = _flat([reading.words for reading in chunk], 2)
    between = _flat([reading.separators for reading in chunk], 1)
    shapes, masks, flags, own, near = _columns(model.forms, words)
    spellings, effects, colons, separators = _columns(model.separators, between)
    at = np.arange(len(layout.lanes)) + 2 * layout.lanes + 2  # the places of the words
    gaps = _gaps(model, shapes, spellings, at)
    quotes = np.add.reduceat(effects & QUOTE, 2 + layout.ends - layout.lengths + 2 * np.arange(len(chunk)))
    symbols = flags[at] + effects[at] + colons[at + 1]
    contexts, hints = _walk(model.places, symbols, (quotes >= 2 * QUOTE).astype(np.intp), layout)
    whole = (
        _look_up(model.contexts, contexts),
        _look_up(model.hints, hints),
        _segments(model, flags[at], masks[at], effects[at], layout),
        _look_up(model.buckets, _positions(layout)),
    )
    rows, forms = (_table(table, model.width) for table in (model.rows, model.forms.rows))  # all are known by now
    total = rows(gaps)
    total[:-1] += rows(gaps[1:] + 1)
    total[2:] += forms(near[:-2])
    total[1:] += forms(near[:-1] + 1)
    total[:-1] += forms(near[1:] + 2)
    total[:-2] += forms(near[2:] + 3)
    total[1:] += rows(separators[:-1])
    total[:-2] += rows(separators[2:] + 1)
    total += forms(own)
    total = total[at]
    for numbers in whole:
        total += rows(numbers)
    behind = total.astype(np.int32)
    behind -= behind.max(axis=1, keepdims=True)
    found: Grid = np.maximum(behind, -FAR_WORD).astype(np.int16)
    for start, reading in zip((layout.ends - layout.lengths).tolist(), chunk, strict=True):
        for index, label in reading.barred.items():
            found[start + index, label] = -FAR_WORD
        for index, label in reading.forced.items():
            found[start + index] = -FAR_WORD
            found[start + index, label] = 0
    return found


def _flat(columns: Sequence[Sequence[int]], gap: int) -> Numbers:
    """The columns one behind the other, two zeros first and `gap` zeros behind each."""
    zeros = [0] * gap
    return np.fromiter(chain((0, 0), *[chain(column, zeros) for column in columns]), np.intp)


def _columns(known: Forms | Separators, numbers: Numbers) -> Numbers:
    """What is known of some words or separators: a row for each column."""
    found: Numbers = np.frombuffer(known.columns, np.int32).reshape(-1, known.width)[numbers].T.astype(np.intp)
    return found


def _table(rows: Rows, width: int) -> Callable[[Numbers], Grid]:
    """Gives the rows of many numbers."""
    return partial(np.take, np.frombuffer(rows.packed(), "<u2").reshape(-1, width), axis=0)


def _look_up(known: Mapping[int, int], keys: Numbers) -> Numbers:
    """What is known of each key."""
    several, places = np.unique(keys, return_inverse=True)
    return np.array([known[key] for key in several.tolist()], np.intp)[places]


def _gaps(model: Model, shapes: Numbers, spellings: Numbers, at: Numbers) -> Numbers:
    """The first row of the gap at each place."""
    between = np.zeros(len(shapes), bool)
    between[at] = between[at + 1] = True
    places = np.flatnonzero(between)
    keys = shapes[places - 1] << GAP_BEFORE | shapes[places] << GAP_AFTER | spellings[places]
    found = np.zeros_like(shapes)
    found[places] = list(map(model.gaps.__getitem__, keys.tolist()))  # too many are seen once for `_look_up`
    return found


def _positions(layout: _Layout) -> Numbers:
    """`places.buckets` of all references."""
    bucket = np.array([*BUCKETS, BEYOND])
    to_end = layout.lengths[layout.lanes] - 1 - layout.steps
    found: Numbers = bucket[np.minimum(layout.steps, len(BUCKETS))] << 5 | bucket[np.minimum(to_end, len(BUCKETS))]
    return found


def _segments(model: Model, flags: Numbers, masks: Numbers, effects: Numbers, layout: _Layout) -> Numbers:
    """The row of every word's segment, as `places.segments` finds them."""
    first = np.zeros(len(flags), bool)
    first[layout.ends - layout.lengths] = True
    starts = np.flatnonzero(first | (effects & BREAK > 0))
    held = np.diff(starts, append=len(flags))
    following = np.where(flags & YEAR > 0, 2, np.where(flags & DIGITS > 0, 1, 3))
    following[first] = 0
    keys = np.bitwise_or.reduceat(masks, starts) << 8 | np.minimum(held, 7) << 2
    keys |= np.append(following[starts[1:]], 0)
    return np.repeat(_look_up(model.segments, keys), held)


def _walk(places: Places, symbols: Numbers, quoted: Numbers, layout: _Layout) -> tuple[Numbers, Numbers]:
    """Keys of contexts and hints, as `Places.read` finds them."""
    table = _steps(places)
    grid = np.zeros((len(layout.active), len(layout.lengths)), np.intp)
    grid[layout.steps, layout.lanes] = table.columns_of(symbols)
    ahead, behind = np.empty_like(grid), np.empty_like(grid)
    now = PLAIN + quoted
    for step, count in enumerate(layout.active):
        ahead[step, :count] = now[:count] = table.follow(now[:count], grid[step, :count])
    now[:] = END
    for step, count in reversed([*enumerate(layout.active)]):
        behind[step, :count] = now[:count] = table.follow(now[:count], grid[step, :count])
    contexts, hints = np.array([(place.context, place.hint) for place in places.known], np.intp).T
    before, after = ahead[layout.steps, layout.lanes], behind[layout.steps, layout.lanes]
    return contexts[before], hints[before] | hints[after]


class _Steps:
    """The automata of `places` as one table, from place and symbol to the next place, filled in as they turn up."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._column = np.full(SYMBOLS, -1, np.intp)  # of each symbol
        self._symbols: list[int] = []  # of each column
        self._table = np.full((512, 64), -1, np.intp)

    def columns_of(self, symbols: Numbers) -> Numbers:
        """The columns of symbols."""
        found = self._column[symbols]
        for symbol in np.unique(symbols[found < 0]).tolist():
            self._column[symbol] = len(self._symbols)
            self._symbols.append(symbol)
        return self._column[symbols]

    def follow(self, places: Numbers, columns: Numbers) -> Numbers:
        """Where each symbol leads from each place."""
        self._fit(len(self._places.known), len(self._symbols))
        found: Numbers = self._table[places, columns]
        if found.min() < 0:
            missing = found < 0
            for place, column in set(zip(places[missing].tolist(), columns[missing].tolist(), strict=True)):
                self._table[place, column] = self._places.known[place][self._symbols[column]].number
            found = self._table[places, columns]
        return found

    def _fit(self, places: int, symbols: int) -> None:
        rows, columns = self._table.shape
        if places > rows or symbols > columns:
            missing = ((0, rows if places > rows else 0), (0, columns if symbols > columns else 0))
            self._table = np.pad(self._table, missing, constant_values=-1)


@lru_cache(maxsize=1)
def _steps(places: Places) -> _Steps:
    return _Steps(places)


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
