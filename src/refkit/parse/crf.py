"""The labeller's model file, and the score of every label for every word of a reference.

All scores are whole numbers, so that every machine finds the same labels. The scores of all labels for one word are
kept side by side in one large integer, 32 bits for each label: one addition adds them all. What a word form, a gap, a
context … adds is summed once and remembered.
"""

import json
import re
import struct
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

from refkit.parse.features import (
    CORE,
    Core,
    context_features,
    core_of,
    effect_of,
    far_gap_features,
    gap_features,
    hint_features,
    layout,
    segment_features,
    separator_of,
)

Key = TypeVar("Key", str, int, tuple[str, str, str], tuple[str, ...])
Gap = tuple[str, str, str]  # shape before, separator, shape after
_OWN = "0:"
LANE = 4  # bytes
_LONGEST = 2000  # words; nothing that is longer is one reference, what follows stays without label
_MOST_REMEMBERED = 200_000
_SHIFT = 32768  # weights are stored without sign; as all labels are shifted alike, no score needs to be shifted back


class Forms(dict[str, Core]):
    """Word forms, read at first sight."""

    def __init__(self, kinds: Mapping[str, int]) -> None:
        super().__init__()
        self.kinds = kinds

    def __missing__(self, form: str) -> Core:
        core = self[form] = core_of(form, self.kinds)
        return core


class Sums(dict[Key, int], Generic[Key]):
    """The scores that one kind of key adds at one place, packed; summed at first sight."""

    def __init__(self, role: str, rows: "Rows", features: Callable[[Key], Iterable[str]]) -> None:
        super().__init__()
        self._role, self._rows = role, rows
        self._features: Callable[[Key], Iterable[str]] = features

    def __missing__(self, key: Key) -> int:
        role, rows = self._role, self._rows
        total = self[key] = sum([rows[role + name] for name in self._features(key)])
        return total


class WordSums(dict[str, int]):
    """The scores that a word form adds at one place, packed: what its kind adds, and what it adds itself."""

    def __init__(self, role: str, rows: "Rows", forms: Forms) -> None:
        super().__init__()
        self._role, self._rows, self._forms = role, rows, forms
        self._common = Sums[tuple[str, ...]](role, rows, lambda names: names)

    def __missing__(self, form: str) -> int:
        core, rows = self._forms[form], self._rows
        total = self._common[core.common]
        if core.word:
            total += rows[self._role + core.word]
        if self._role == _OWN:
            total += sum([rows[_OWN + name] for name in core.own])
        self[form] = total
        return total


class Rows(dict[str, int]):
    """The weights of one feature for all labels, packed; 0 when the model does not know the feature."""

    def __init__(self, index: Mapping[str, int], weights: "array[int]", width: int) -> None:
        super().__init__()
        self._index, self._weights, self._width = index, weights, width

    def __missing__(self, name: str) -> int:
        row = self._index.get(name)
        if row is None:
            return 0
        weights = self._weights[row * self._width : (row + 1) * self._width]
        packed = self[name] = int.from_bytes(struct.pack(f"<{self._width}I", *weights), "little")
        return packed


@dataclass(frozen=True, slots=True)
class Reading:
    """One reference as the model reads it: `parts` are separators and words in turn, `scores` LANE bytes a label."""

    parts: list[str]
    scores: list[bytes]


class Model:
    """The trained weights and what was summed of them so far."""

    def __init__(self, header: dict[str, Any], names: list[str], weights: "array[int]") -> None:
        self.labels: tuple[str, ...] = tuple(header["labels"])
        self.scale = int(header["scale"])
        self.offset, self.slope = float(header.get("offset", 0)), float(header["slope"])
        self.features = len(names)
        self.width = len(self.labels)
        flat = [weight - _SHIFT for weight in weights[: self.width**2]]
        self.transitions = [flat[row : row + self.width] for row in range(0, len(flat), self.width)]
        self.fields = [re.sub("^[BI]-|^O$", "", label) for label in self.labels]
        self.begins = [[self._begins(before, label) for label in range(self.width)] for before in range(self.width)]
        self.place = {label: index for index, label in enumerate(self.labels)}
        kinds: dict[str, int] = {}
        for mask, words in header["kinds"].items():
            kinds.update(dict.fromkeys(words.split(" "), int(mask)))
        index = {name: self.width + row for row, name in enumerate(names)}
        self._make_tables(kinds, Rows(index, weights, self.width))

    def _begins(self, before: int, label: int) -> bool:
        """Whether a word with `label` begins another stretch than the word before it."""
        return self.labels[label].startswith("B-") or self.fields[before] != self.fields[label]

    def _make_tables(self, kinds: Mapping[str, int], rows: Rows) -> None:
        self._rows = rows
        forms = self.forms = Forms(kinds)
        self._own = WordSums(_OWN, rows, forms)
        self._near = [WordSums(role, rows, forms) for role in ("-2:", "-1:", "+1:", "+2:")]
        self._gaps = [Sums[Gap](role, rows, lambda gap: gap_features(*gap)) for role in ("L:", "R:")]
        self._far = [Sums[str](role, rows, far_gap_features) for role in ("LL:", "RR:")]
        self._contexts = Sums[int]("C:", rows, context_features)
        self._segments = Sums[int]("S:", rows, segment_features)
        self._hints = Sums[int]("H:", rows, hint_features)

    def read(self, text: str) -> Reading:
        """Scores every label for every word of a reference."""
        parts = CORE.split(text, _LONGEST)
        words = parts[1::2]
        cores = list(map(self.forms.__getitem__, words))
        separators = list(map(separator_of, parts[::2]))
        shapes = [core.shape for core in cores]
        contexts, segments, hints = layout(
            [core.flags for core in cores], [core.mask for core in cores], list(map(effect_of, separators))
        )
        gaps = list(zip(chain(("",), shapes), separators, chain(shapes, ("",)), strict=True))
        (before2, before, after, after2), (left, right), (far_left, far_right) = self._near, self._gaps, self._far
        nothing = (0,)
        columns = zip(
            map(self._own.__getitem__, words),
            chain((0, 0), map(before2.__getitem__, words)),
            chain(nothing, map(before.__getitem__, words)),
            chain(map(after.__getitem__, words[1:]), nothing),
            chain(map(after2.__getitem__, words[2:]), (0, 0)),
            map(left.__getitem__, gaps),
            map(right.__getitem__, gaps[1:]),
            chain(nothing, map(far_left.__getitem__, separators)),
            chain(map(far_right.__getitem__, separators[2:]), nothing),
            map(self._contexts.__getitem__, contexts),
            map(self._segments.__getitem__, segments),
            map(self._hints.__getitem__, hints),
            strict=False,
        )
        size = self.width * LANE
        scores = [
            (a + b + c + d + e + f + g + h + i + j + k + m).to_bytes(size, "little")
            for a, b, c, d, e, f, g, h, i, j, k, m in columns
        ]
        return Reading(parts, scores)

    def forced(self, label: str) -> bytes:
        """Scores that let no other label win."""
        return (1 << 24 + 8 * LANE * self.place[label]).to_bytes(self.width * LANE, "little")

    def forget(self) -> None:
        """Bounds the memory of a long run."""
        if len(self.forms) > _MOST_REMEMBERED:
            self._make_tables(self.forms.kinds, self._rows)


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The model that is installed with refkit."""
    data = zlib.decompress(Path(__file__).with_name("model.bin").read_bytes())
    size = struct.unpack_from("<I", data)[0]
    head, *names = data[4 : 4 + size].decode().splitlines()
    weights = array("H")
    weights.frombytes(data[4 + size :])
    if sys.byteorder == "big":
        weights.byteswap()
    return Model(json.loads(head), names, weights)
