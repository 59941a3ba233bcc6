"""Labels the words of a reference: author, title, container-title, …

A linear-chain conditional random field, trained by `training/`, decoded by Viterbi's algorithm in whole numbers, so
that every machine gives the same labels. What a word form, a gap, a context or a segment adds to the score is summed
once and remembered.
"""

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import exp
from pathlib import Path

from refkit.model import Span
from refkit.parse.features import (
    Core,
    Words,
    context_features,
    far_gap_features,
    gap_features,
    read_words,
    segment_features,
)
from refkit.parse.trim import trim

Row = list[int]
_FORCED = 1 << 24


@dataclass(frozen=True)
class Model:
    """The trained weights: `rows[name]` is the row of a feature in `weights`, one number per label."""

    labels: tuple[str, ...]
    slope: float
    kinds: dict[str, int]
    rows: dict[str, int]
    weights: "array[int]"
    transitions: tuple[tuple[int, ...], ...]  # [label][label before it]
    known: dict[str, Core] = field(default_factory=dict)
    sums: dict[object, Row] = field(default_factory=dict)

    def sum(self, role: str, names: Iterable[str]) -> Row:
        """The summed weights of named features at one place (`role`)."""
        width = len(self.labels)
        starts = [self.rows[role + name] * width for name in names if role + name in self.rows]
        rows = [self.weights[start : start + width] for start in starts]
        return [sum(column) for column in zip(*rows, strict=True)] if rows else [0] * width


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The model that is installed with refkit."""
    data = zlib.decompress(Path(__file__).with_name("model.bin").read_bytes())
    size = struct.unpack_from("<I", data)[0]
    head, *names = data[4 : 4 + size].decode().splitlines()
    header = json.loads(head)
    weights = array("h")
    weights.frombytes(data[4 + size :])
    if sys.byteorder == "big":
        weights.byteswap()
    labels = tuple(header["labels"])
    width = len(labels)
    transitions = tuple(tuple(weights[before * width + label] for before in range(width)) for label in range(width))
    kinds = {word: int(mask) for mask, words in header["kinds"].items() for word in words.split(" ")}
    rows = {name: width + index for index, name in enumerate(names)}
    return Model(labels, header["slope"], kinds, rows, weights, transitions)


def label(text: str, fixed: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The labelled spans of one reference, in reading order; `fixed` spans are kept as they are.

    Offsets count characters of `text`; confidence is from 0 to 1 (see `training/REPORT.md` for how it is found).
    """
    model = load_model()
    words = read_words(text, model.known, model.kinds)
    if not words.cores:
        return tuple(fixed)
    scores = _scores(model, words)
    forced = _force(model, words, scores, fixed)
    path, margins = _best_path(model, scores)
    found = _spans(model, text, words, path, margins, forced)
    return tuple(sorted((*found, *fixed), key=lambda span: span.start))


def label_many(texts: Iterable[str]) -> list[tuple[Span, ...]]:
    """The labelled spans of many references."""
    return [label(text) for text in texts]


def _scores(model: Model, words: Words) -> list[Row]:
    cached = _Sums(model)
    cores, gaps, count = words.cores, words.gaps, len(words.cores)
    own = [cached.own(core) for core in cores]
    nothing = [0] * len(model.labels)
    around = []
    for step, role in ((-2, "-2:"), (-1, "-1:"), (1, "+1:"), (2, "+2:")):
        rows = [cached.near(role, core) for core in cores]
        pad = [nothing] * min(abs(step), count)
        around.append(pad + rows[:step] if step < 0 else rows[step:] + pad)
    left = [cached.gap("L:", gap) for gap in gaps[:-1]]
    right = [cached.gap("R:", gap) for gap in gaps[1:]]
    far_left = [nothing, *(cached.far("LL:", gap[1]) for gap in gaps[: count - 1])]
    far_right = [*(cached.far("RR:", gap[1]) for gap in gaps[2:]), nothing]
    contexts = [cached.context(key) for key in words.layout.contexts]
    segments = [cached.segment(key) for key in words.layout.segments]
    rows_of = zip(own, *around, left, right, far_left, far_right, contexts, segments, strict=True)
    return [[sum(column) for column in zip(*rows, strict=True)] for rows in rows_of]


@dataclass(frozen=True, slots=True)
class _Sums:
    """Summed weights, each worked out once."""

    model: Model

    def own(self, core: Core) -> Row:
        return self._get(("0:", core), "0:", lambda: core.own)

    def near(self, role: str, core: Core) -> Row:
        return self._get((role, core.near), role, lambda: core.near)

    def gap(self, role: str, gap: tuple[str, str, str]) -> Row:
        return self._get((role, gap), role, lambda: gap_features(*gap))

    def far(self, role: str, separator: str) -> Row:
        return self._get((role, separator), role, lambda: far_gap_features(separator))

    def context(self, key: int) -> Row:
        return self._get(("C:", key), "C:", lambda: context_features(key))

    def segment(self, key: int) -> Row:
        return self._get(("S:", key), "S:", lambda: segment_features(key))

    def _get(self, key: object, role: str, names: Callable[[], Iterable[str]]) -> Row:
        row = self.model.sums.get(key)
        if row is None:
            row = self.model.sums[key] = self.model.sum(role, names())
        return row


def _force(model: Model, words: Words, scores: list[Row], fixed: Sequence[Span]) -> set[int]:
    """Makes the words of fixed spans keep their label; returns the indexes of those words."""
    forced = set()
    for span in fixed:
        begun = False
        for index, (start, end) in enumerate(words.spans):
            if end <= span.start or start >= span.end:
                continue
            names = (f"{'I' if begun else 'B'}-{span.field}", span.field, "O")
            name = next(name for name in names if name in model.labels)
            scores[index] = [-_FORCED] * len(model.labels)
            scores[index][model.labels.index(name)] = 0
            forced.add(index)
            begun = True
    return forced


def _best_path(model: Model, scores: list[Row]) -> tuple[list[int], list[int]]:
    """The best labels and, per word, by how much the best path beats every path with another label there."""
    forward, back = _pass(model.transitions, scores)
    columns = tuple(zip(*model.transitions, strict=True))
    backward = _pass(columns, scores[::-1])[0][::-1]
    last = forward[-1]
    label_ = last.index(max(last))
    path = [label_]
    for pointers in reversed(back[1:]):
        label_ = pointers[label_]
        path.append(label_)
    path.reverse()
    margins = []
    for index, chosen in enumerate(path):
        through = [a + b - e for a, b, e in zip(forward[index], backward[index], scores[index], strict=True)]
        best = through[chosen]
        through[chosen] = -_FORCED * 1000
        margins.append(best - max(through))
    return path, margins


def _pass(transitions: Sequence[Sequence[int]], scores: list[Row]) -> tuple[list[Row], list[list[int]]]:
    """Viterbi's recursion, exact; labels before are tried from the best on and given up when none can win."""
    highest = [max(row) for row in transitions]
    before = scores[0]
    found, back = [before], [[0] * len(before)]
    for emission in scores[1:]:
        order = sorted(range(len(before)), key=before.__getitem__, reverse=True)
        current, pointers = [], []
        for row, bound, score in zip(transitions, highest, emission, strict=True):
            best = before[order[0]] + row[order[0]]
            chosen = order[0]
            for candidate in order:
                value = before[candidate]
                if value + bound < best:
                    break
                value += row[candidate]
                if value > best or (value == best and candidate < chosen):
                    best, chosen = value, candidate
            current.append(best + score)
            pointers.append(chosen)
        found.append(current)
        back.append(pointers)
        before = current
    return found, back


def _spans(
    model: Model, text: str, words: Words, path: list[int], margins: list[int], forced: set[int]
) -> Iterable[Span]:
    """The labelled stretches between the fixed ones."""
    names = [model.labels[label_] for label_ in path]
    starts = [i for i in range(len(names)) if _begins(names, i) or i in forced or i - 1 in forced]
    for first, end in pairwise([*starts, len(names)]):
        name = names[first].removeprefix("B-").removeprefix("I-")
        if name == "O" or first in forced:
            continue
        floor = words.spans[first - 1][1] if first else 0
        ceiling = words.spans[end][0] if end < len(names) else len(text)
        a, b = trim(text, name, _widen(text, words.spans[first][0], words.spans[end - 1][1], floor, ceiling))
        if a < b:
            margin = min(margins[first:end])
            yield Span(name, text[a:b], a, b, round(1 / (1 + exp(-model.slope * margin / 256)), 3))


def _begins(names: list[str], index: int) -> bool:
    if index == 0 or names[index].startswith("B-"):
        return True
    return names[index].removeprefix("I-") != names[index - 1].removeprefix("I-").removeprefix("B-")


def _widen(text: str, start: int, end: int, floor: int, ceiling: int) -> tuple[int, int]:
    """Takes the punctuation that touches the words in; `trim` decides what of it belongs to the value."""
    while start > floor and not text[start - 1].isspace():
        start -= 1
    while end < ceiling and not text[end].isspace():
        end += 1
    return start, end
