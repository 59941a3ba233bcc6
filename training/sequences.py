"""References as the sequences of named features that the trainer reads.

The names carry where a feature stands: `0:` the word itself, `-1:` and `+1:` its neighbours, `L:` and `R:` the gaps
around it, `LL:` and `RR:` the gaps beyond, `C:` the context, `P:` the position, `S:` the segment, `H:` the hints.
`refkit.parse.crf` sums weights by the same names.
"""

from collections.abc import Iterator
from functools import lru_cache

from refkit.parse.features import (
    HERE,
    SEGMENT_MASK,
    Core,
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
    word_features,
)
from refkit.parse.places import Places, buckets, colon_of, segments

_PLACES = Places()


class Reader:
    """Turns references into feature sequences; remembers word forms."""

    def __init__(self, kinds: dict[str, int]) -> None:
        self._core = lru_cache(maxsize=None)(lambda form: core_of(form, kinds))

    def sequence(self, text: str) -> list[list[str]]:
        """The features of every word of a reference."""
        parts = split_words(text)
        return _features([self._core(word) for word in parts[1::2]], parts[::2])


def _features(cores: list[Core], between: list[str]) -> list[list[str]]:
    separators = [separator_of(separator) for separator in between]
    shapes = ["", *(core[0] for core in cores), ""]
    flags = [core[2] for core in cores]
    effects = [effect_of(separator) for separator in separators]
    contexts, hints = _PLACES.read(flags, effects, [colon_of(separator) for separator in separators])
    held = segments(flags, [core[1] & SEGMENT_MASK for core in cores], effects)
    in_segments = [key for key, count in held for _ in range(count)]
    positions = buckets(len(cores))
    found: list[list[str]] = []
    for index, core in enumerate(cores):
        features = [HERE + name for name in (*_shared(core), *_own(core))]
        for step in (-2, -1, 1, 2):
            if 0 <= index + step < len(cores):
                features += [f"{step:+}:{name}" for name in _shared(cores[index + step])]
        features += _gaps(index, separators, shapes)
        features += ["C:" + name for name in context_features(contexts[index])]
        features += ["P:" + name for name in position_features(positions[index])]
        features += ["S:" + name for name in segment_features(in_segments[index])]
        features += ["H:" + name for name in hint_features(hints[index])]
        found.append(features)
    return found


def _shared(core: Core) -> tuple[str, ...]:
    """What the words around see of a word, too."""
    shape, mask, _, word, *_ = core
    return (*common_features(shape, mask), *word_features(word))


def _own(core: Core) -> tuple[str, ...]:
    """What only the word itself sees."""
    *_, head, end, traits = core
    return (*head_features(head), *end_features(end), *trait_features(traits))


def _gaps(index: int, separators: list[str], shapes: list[str]) -> Iterator[str]:
    for role, gap in (("L:", index), ("R:", index + 1)):
        found = (*mark_features(separators[gap]), *gap_features(shapes[gap], separators[gap], shapes[gap + 1]))
        yield from (role + name for name in found)
    if index:
        yield from ("LL:" + name for name in far_gap_features(separators[index - 1]))
    if index + 2 < len(separators):
        yield from ("RR:" + name for name in far_gap_features(separators[index + 2]))
