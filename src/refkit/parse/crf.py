"""The labeller's model file, and the score of every label for every word of a reference.

All scores are whole numbers, so that every machine finds the same labels. The scores of all labels are kept side by
side in one large integer, 16 bits for each label: one addition adds them all. What a word form, a gap, a context … adds
is summed once and remembered as a numbered row; a reference is read as the numbers of its words and separators, from
which `few` and `many` find its rows and add them up.
"""

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from refkit.parse.features import (
    HERE,
    SEGMENT_MASK,
    common_features,
    context_features,
    core_of,
    effect_of,
    end_features,
    far_gap_features,
    gap_features,
    head_features,
    hint_features,
    mark_features,
    position_features,
    segment_features,
    separator_of,
    split_words,
    trait_features,
)
from refkit.parse.places import Places, colon_of
from refkit.parse.trim import touching

LANE = 2  # bytes of one label's score
# Every row of weights is shifted so that its least is 0, and none exceeds this: even the largest number of features
# that one word can have (165) keeps a score within its lane.
HIGHEST = 390
PLACES = ("-2:", "-1:", "+1:", "+2:")  # of a word that stands there
_LONGEST = 2000  # words; nothing that is longer is one reference, what follows stays without label
GAP_BEFORE, GAP_AFTER = 48, 32
_MOST_FORMS = 100_000
_MOST_GAPS = 20_000
Key = TypeVar("Key", bound=Hashable)


class Weights(dict[str, int]):
    """The weights of one feature for all labels, packed; 0 when the model does not know the feature."""

    def __init__(self, index: Mapping[str, int], weights: bytes, width: int) -> None:
        super().__init__()
        self.index, self._weights, self._size = index, weights, width * LANE

    def total(self, place: str, names: Iterable[str]) -> int:
        """The sum of the weights of some features at one place."""
        index = self.index
        return sum([self[name] for name in map(place.__add__, names) if name in index])

    def __missing__(self, name: str) -> int:
        row = self.index.get(name)
        if row is None:
            return 0
        packed = self[name] = int.from_bytes(self._weights[row * self._size : (row + 1) * self._size], "little")
        return packed

    def totals(self, names: Iterable[str], places: Iterable[str]) -> list[int]:
        """`total` for several places."""
        return [self.total(place, names) for place in places]


class Sums(dict[Key, int]):
    """What the features of one kind of key add up to at one place."""

    def __init__(self, weights: Weights, place: str, features: Callable[[Key], Iterable[str]]) -> None:
        super().__init__()
        self._weights, self._place, self._features = weights, place, features

    def __missing__(self, key: Key) -> int:
        found = self[key] = self._weights.total(self._place, self._features(key))
        return found


class Rows(list[int]):
    """Sums by number. The first ones add nothing: they stand for what is beyond the edges of a reference."""

    def __init__(self, width: int) -> None:
        super().__init__([0] * len(PLACES))
        self._size = width * LANE
        self._packed = bytearray()

    def put(self, *sums: int) -> int:
        """Append sums; gives the number of the first."""
        number = len(self)
        self.extend(sums)
        return number

    def packed(self) -> bytearray:
        """All rows one behind the other, little-endian, LANE bytes a label."""
        size = self._size
        self._packed += b"".join([row.to_bytes(size, "little") for row in self[len(self._packed) // size :]])
        return self._packed


class Keys(dict[int, int]):
    """The rows of one kind of key of `places`, by number."""

    def __init__(self, weights: Weights, rows: Rows, place: str, features: Callable[[int], Iterable[str]]) -> None:
        super().__init__()
        self._rows, self._sums = rows, Sums(weights, place, features)

    def __missing__(self, key: int) -> int:
        number = self[key] = self._rows.put(self._sums[key])
        return number


class Names(dict[str, int]):
    """Numbers names as they turn up; the empty one is 0."""

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.names = [""]

    def __missing__(self, name: str) -> int:
        number = self[name] = len(self.names)
        self.names.append(name)
        return number


class Forms(dict[str, int]):
    """Word forms by number, read at first sight. Number 0 is no word: what is beyond the edges of a reference.

    `columns` hold five numbers of each: its shape, mask and flags as in `features.Core`, its own row, the first of the
    rows that it adds at PLACES. The rows are a table of its own.
    """

    width = 5

    def __init__(self, kinds: Mapping[str, int], weights: Weights, labels: int, shapes: Names) -> None:
        super().__init__()
        self.rows = Rows(labels)
        self.columns = array("i", [0] * self.width)
        self._kinds, self._weights, self._shapes = kinds, weights, shapes
        self._common: dict[tuple[str, int], tuple[int, int]] = {}
        self._heads = Sums(weights, HERE, head_features)
        self._ends = Sums(weights, HERE, end_features)
        self._traits = Sums(weights, HERE, trait_features)

    def __missing__(self, text: str) -> int:
        shape, mask, flags, word, head, end, traits = core_of(text, self._kinds)
        weights, rows = self._weights, self.rows
        here, near = self._common.get((shape, mask)) or self._sum_common(shape, mask)
        here += self._heads[head] + self._ends[end] + self._traits[traits]
        # A word that the model does not know at its own place is unknown as a neighbour: `write_model` sees to that.
        if "0:w=" + word in weights.index:
            here += weights["0:w=" + word]
            near = rows.put(*[rows[near + at] + weights[f"{place}w={word}"] for at, place in enumerate(PLACES)])
        number = self[text] = len(self) + 1
        self.columns.extend((self._shapes[shape], mask & SEGMENT_MASK, flags, len(rows), near))
        rows.append(here)
        return number

    def _sum_common(self, shape: str, mask: int) -> tuple[int, int]:
        """What all words of one shape and the same kinds add: their own score, the first of the rows at PLACES."""
        names = common_features(shape, mask)
        near = self.rows.put(*self._weights.totals(names, PLACES))
        sums = self._common[shape, mask] = self._weights.total(HERE, names), near
        return sums


class Separators(dict[str, int]):
    """What stands between two words, by number, read at first sight. Number 0 is none.

    `columns` hold four numbers of each: its spelling, its effect and colon for `places`, and the first of its two rows,
    for the word after next and for the word before the last. `fronts` and `backs` say how many characters of it may
    belong to the value before and to the one behind.
    """

    width = 4

    def __init__(self, weights: Weights, rows: Rows, spellings: Names) -> None:
        super().__init__()
        self.columns = array("i", [0] * self.width)
        self.fronts, self.backs = [0], [0]
        self._weights, self._rows, self._spellings = weights, rows, spellings

    def __missing__(self, text: str) -> int:
        spelling = separator_of(text)
        row = self._rows.put(*self._weights.totals(far_gap_features(spelling), ("LL:", "RR:")))
        number = self[text] = len(self) + 1
        self.columns.extend((self._spellings[spelling], effect_of(spelling), colon_of(spelling), row))
        front, back = touching(text)
        self.fronts.append(front)
        self.backs.append(back)
        return number


class Gaps(dict[int, int]):
    """The first of the two rows of a gap: for the word after it, for the word before it.

    A key holds the number of the shape before it, from bit GAP_BEFORE on, that of the shape behind it, from GAP_AFTER
    on, and that of its separator's spelling.
    """

    def __init__(self, weights: Weights, rows: Rows, shapes: Names, spellings: Names) -> None:
        super().__init__()
        self._weights, self._rows, self._shapes, self._spellings = weights, rows, shapes.names, spellings.names
        self._behind, self._before = Sums(weights, "L:", mark_features), Sums(weights, "R:", mark_features)

    def __missing__(self, key: int) -> int:
        before, after = self._shapes[key >> GAP_BEFORE], self._shapes[key >> GAP_AFTER & 0xFFFF]
        separator = self._spellings[key & 0xFFFFFFFF]
        behind, ahead = self._weights.totals(gap_features(before, separator, after), ("L:", "R:"))
        number = self[key] = self._rows.put(self._behind[separator] + behind, self._before[separator] + ahead)
        return number


class Reading(NamedTuple):
    """One reference as the model reads it.

    `parts` are separators and words in turn; `words` numbers of forms, `separators` of separators, one more than there
    are words. `forced` are the words whose label is settled, `barred` those that cannot have a certain one.
    """

    parts: list[str]
    words: list[int]
    separators: list[int]
    forced: dict[int, int]
    barred: dict[int, int]


class Model:
    """The trained weights and what was summed of them so far."""

    def __init__(self, header: Mapping[str, Any], names: list[str], transitions: "array[int]", weights: bytes):
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
        self._weights = Weights(dict(zip(names, range(len(names)), strict=True)), weights, width)
        self._remember_nothing()

    def _begins(self, before: int, label: int) -> bool:
        """Whether a word with `label` begins another stretch than the word before it."""
        return self.labels[label].startswith("B-") or self.fields[before] != self.fields[label]

    def _remember_nothing(self) -> None:
        weights = self._weights
        self.rows = rows = Rows(self.width)
        self._shapes, spellings = Names(), Names()
        self.forms = Forms(self._kinds, weights, self.width, self._shapes)
        self.separators = Separators(weights, rows, spellings)
        self.gaps = Gaps(weights, rows, self._shapes, spellings)
        self.contexts = Keys(weights, rows, "C:", context_features)
        self.segments = Keys(weights, rows, "S:", segment_features)
        self.hints = Keys(weights, rows, "H:", hint_features)
        self.buckets = Keys(weights, rows, "P:", position_features)
        self.places = Places()

    def read(self, text: str) -> Reading:
        """A reference as numbers, of which `few` and `many` make the scores of every label for every word."""
        parts = split_words(text, _LONGEST)
        words, separators = map(self.forms.__getitem__, parts[1::2]), map(self.separators.__getitem__, parts[::2])
        return Reading(parts, list(words), list(separators), {}, {})

    def forget(self) -> None:
        """Bounds the memory of a long run."""
        if len(self.gaps) + len(self.separators) > _MOST_GAPS or self.places.crowded():
            self.places.forget()
            self._remember_nothing()
        elif len(self.forms) > _MOST_FORMS:
            self.forms = Forms(self._kinds, self._weights, self.width, self._shapes)


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The model that is installed with refkit; `training.train.write_model` says how the file is made."""
    data = zlib.decompress(Path(__file__).with_name("model.bin").read_bytes())
    size = struct.unpack_from("<I", data)[0]
    head, *names = data[4 : 4 + size].decode().splitlines()
    header = json.loads(head)
    matrix = 4 + size + 2 * len(header["labels"]) ** 2
    return Model(header, names, _numbers("h", data[4 + size : matrix]), data[matrix:])


def _numbers(kind: str, data: bytes) -> "array[int]":
    found = array(kind)
    found.frombytes(data)
    if sys.byteorder == "big":
        found.byteswap()
    return found
