"""The labeller's model file, and the score of every label for every word of a reference.

All scores are whole numbers, so that every machine finds the same labels. The scores of all labels for one word are
kept side by side in one large integer, 16 bits for each label: one addition adds them all. What a word form, a gap, a
context … adds is summed once and remembered.
"""

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from refkit.parse.features import (
    CORE,
    SEGMENT_MASK,
    common_features,
    context_features,
    core_of,
    effect_of,
    far_gap_features,
    gap_features,
    hint_features,
    position_features,
    segment_features,
    separator_of,
)
from refkit.parse.places import Places, buckets, colon_of, segments

LANE = 2  # bytes of one label's score
# Every row of weights is shifted so that its least is 0, and none exceeds this: even the largest number of features
# that one word can have (162) keeps a score within its lane.
HIGHEST = 400
PLACES = ("0:", "-2:", "-1:", "+1:", "+2:")  # the word itself, the words around it
_LONGEST = 2000  # words; nothing that is longer is one reference, what follows stays without label
_MOST_REMEMBERED = 50_000


class Rows(dict[str, int]):
    """The weights of one feature for all labels, packed; 0 when the model does not know the feature."""

    def __init__(self, index: Mapping[str, int], weights: "array[int]", width: int) -> None:
        super().__init__()
        self.index, self._weights, self._width = index, weights, width

    def total(self, place: str, names: Iterable[str]) -> int:
        """The sum of the weights of some features at one place."""
        index = self.index
        return sum([self[name] for name in map(place.__add__, names) if name in index])

    def __missing__(self, name: str) -> int:
        row = self.index.get(name)
        if row is None:
            return 0
        weights = self._weights[row * self._width : (row + 1) * self._width]
        packed = self[name] = int.from_bytes(struct.pack(f"<{self._width}H", *weights), "little")
        return packed


class Sums(dict[int, int]):
    """The scores that one kind of key of `places` adds, packed; summed at first sight."""

    def __init__(self, place: str, rows: Rows, features: Callable[[int], Iterable[str]]) -> None:
        super().__init__()
        self._place, self._rows, self._features = place, rows, features

    def __missing__(self, key: int) -> int:
        total = self[key] = self._rows.total(self._place, self._features(key))
        return total


class Form(NamedTuple):
    """A word form: what `places` needs of it, and the scores that it adds at each of PLACES."""

    shape: str
    mask: int
    flags: int
    here: int
    two_before: int
    before: int
    after: int
    two_after: int


class Forms(dict[str, Form]):
    """Word forms, read at first sight."""

    def __init__(self, kinds: Mapping[str, int], rows: Rows) -> None:
        super().__init__()
        self._kinds, self._rows = kinds, rows
        self._common: dict[tuple[str, int], tuple[int, ...]] = {}

    def __missing__(self, text: str) -> Form:
        shape, mask, flags, word, own = core_of(text, self._kinds)
        rows = self._rows
        sums = self._common.get((shape, mask)) or self._sum_common(shape, mask)
        # A word that the model does not know at its own place is unknown as a neighbour: `write_model` sees to that.
        if word and PLACES[0] + word in rows.index:
            sums = tuple([known + rows[place + word] for known, place in zip(sums, PLACES, strict=True)])
        here = sums[0] + rows.total(PLACES[0], own)
        form = self[text] = Form(shape, mask & SEGMENT_MASK, flags, here, *sums[1:])
        return form

    def _sum_common(self, shape: str, mask: int) -> tuple[int, ...]:
        names = common_features(shape, mask)
        sums = tuple(sum(self._rows[place + name] for name in names) for place in PLACES)
        self._common[shape, mask] = sums
        return sums


class Separator(NamedTuple):
    """What stands between two words, its effect on `places`, and the scores that it adds one word further away.

    `front` and `back` are how many characters of it touch the word before and the word behind.
    """

    spelling: str
    effect: int
    colon: int
    front: int
    back: int
    after: int
    before: int


class Separators(dict[str, Separator]):
    """Separators, read at first sight."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, text: str) -> Separator:
        spelling = separator_of(text)
        names = far_gap_features(spelling)
        after, before = self._rows.total("LL:", names), self._rows.total("RR:", names)
        front, back = _touching(text), _touching(text[::-1])
        found = self[text] = Separator(spelling, effect_of(spelling), colon_of(spelling), front, back, after, before)
        return found


def _touching(separator: str) -> int:
    """How many characters of a separator stand before its first blank."""
    for index, mark in enumerate(separator):
        if mark.isspace():
            return index
    return len(separator)


class Gaps(dict[tuple[str, str, str], tuple[int, int]]):
    """A gap's scores for the word after it and for the word before it; keys as `gap_features` takes them."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def __missing__(self, key: tuple[str, str, str]) -> tuple[int, int]:
        names = gap_features(*key)
        found = self[key] = self._rows.total("L:", names), self._rows.total("R:", names)
        return found


@dataclass(frozen=True, slots=True)
class Reading:
    """One reference as the model reads it: `parts` are separators and words in turn, `scores` LANE bytes a label."""

    parts: list[str]
    separators: list[Separator]
    scores: list[bytes]


class Model:
    """The trained weights and what was summed of them so far."""

    def __init__(self, header: Mapping[str, Any], names: list[str], transitions: "array[int]", rows: "array[int]"):
        self.labels: tuple[str, ...] = tuple(header["labels"])
        self.width = width = len(self.labels)
        self.scale = int(header["scale"])
        self.offset, self.slope = float(header["offset"]), float(header["slope"])
        self.features = len(names)
        self.transitions = [list(transitions[row : row + width]) for row in range(0, width * width, width)]
        self.fields = ["" if label == "O" else label.removeprefix("B-").removeprefix("I-") for label in self.labels]
        self.begins = [[self._begins(before, label) for label in range(width)] for before in range(width)]
        self.place = {label: index for index, label in enumerate(self.labels)}
        self._kinds: dict[str, int] = {}
        for mask, words in header["kinds"].items():
            self._kinds.update(dict.fromkeys(words.split(" "), int(mask)))
        self._rows = Rows({name: row for row, name in enumerate(names)}, rows, width)
        self._remember_nothing()

    def _begins(self, before: int, label: int) -> bool:
        """Whether a word with `label` begins another stretch than the word before it."""
        return self.labels[label].startswith("B-") or self.fields[before] != self.fields[label]

    def _remember_nothing(self) -> None:
        rows = self._rows
        self.forms = Forms(self._kinds, rows)
        self._separators = Separators(rows)
        self._gaps = Gaps(rows)
        self._contexts = Sums("C:", rows, context_features)
        self._segments = Sums("S:", rows, segment_features)
        self._hints = Sums("H:", rows, hint_features)
        self._positions: dict[int, list[int]] = {}
        self._places = Places()

    def read(self, text: str) -> Reading:
        """Scores every label for every word of a reference."""
        parts = CORE.split(text, _LONGEST)
        forms = list(map(self.forms.__getitem__, parts[1::2]))
        if not forms:
            return Reading(parts, [], [])
        separators = list(map(self._separators.__getitem__, parts[::2]))
        shapes, masks, flags, own, *near = zip(*forms, strict=True)
        spellings, effects, colons, _, _, after, before = zip(*separators, strict=True)
        contexts, hints = self._places.read(flags, effects, colons)
        gaps = list(map(self._gaps.__getitem__, zip(("", *shapes), spellings, (*shapes, ""), strict=True)))
        columns = zip(
            own,
            (0, 0, *near[0]),
            (0, *near[1]),
            (*near[2][1:], 0),
            (*near[3][2:], 0, 0),
            gaps,
            gaps[1:],
            (0, *after),
            (*before[2:], 0),
            map(self._contexts.__getitem__, contexts),
            map(self._hints.__getitem__, hints),
            self._positions.get(len(forms)) or self._sum_positions(len(forms)),
            chain.from_iterable(
                [[self._segments[key]] * count for key, count in segments(flags, masks, effects)]
            ),
            strict=False,
        )
        size = self.width * LANE
        scores = [
            (a + b + c + d + e + left[0] + right[1] + f + g + h + i + j + k).to_bytes(size, "little")
            for a, b, c, d, e, left, right, f, g, h, i, j, k in columns
        ]
        return Reading(parts, separators, scores)

    def _sum_positions(self, count: int) -> list[int]:
        """The scores that the positions of `count` words add."""
        found = [self._rows.total("P:", position_features(*place)) for place in buckets(count)]
        self._positions[count] = found
        return found

    def forced(self, label: str) -> bytes:
        """Scores with which every other label is far behind."""
        return (0xFFFF << 8 * LANE * self.place[label]).to_bytes(self.width * LANE, "little")

    def forget(self) -> None:
        """Bounds the memory of a long run."""
        if len(self.forms) + len(self._gaps) + len(self._separators) > _MOST_REMEMBERED or self._places.crowded():
            self._remember_nothing()


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The model that is installed with refkit; `training.train.write_model` says how the file is made."""
    data = zlib.decompress(Path(__file__).with_name("model.bin").read_bytes())
    size = struct.unpack_from("<I", data)[0]
    head, *names = data[4 : 4 + size].decode().splitlines()
    header = json.loads(head)
    matrix = 4 + size + 2 * len(header["labels"]) ** 2
    return Model(header, names, _numbers("h", data[4 + size : matrix]), _numbers("H", data[matrix:]))


def _numbers(kind: str, data: bytes) -> "array[int]":
    found = array(kind)
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found
