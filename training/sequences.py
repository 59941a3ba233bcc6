"""References as the sequences of named features that the trainer reads.

The names carry where a feature stands: `0:` the word itself, `-1:` and `+1:` its neighbours, `L:` and `R:` the gaps
around it, `LL:` and `RR:` the gaps beyond, `C:` the context, `S:` the segment. `refkit.parse.labeller` sums weights by
the same names.
"""

from collections.abc import Iterator

from refkit.parse.features import (
    Core,
    Words,
    context_features,
    far_gap_features,
    gap_features,
    read_words,
    segment_features,
)


class Reader:
    """Turns references into feature sequences; remembers word forms."""

    def __init__(self, kinds: dict[str, int]) -> None:
        self._kinds = kinds
        self._known: dict[str, Core] = {}

    def sequence(self, text: str) -> list[list[str]]:
        """The features of every word."""
        words = read_words(text, self._known, self._kinds)
        return [list(_features(words, index)) for index in range(len(words.cores))]


def _features(words: Words, index: int) -> Iterator[str]:
    cores, gaps, count = words.cores, words.gaps, len(words.cores)
    yield from ("0:" + name for name in cores[index].own)
    for step in (-2, -1, 1, 2):
        if 0 <= index + step < count:
            yield from (f"{step:+}:{name}" for name in cores[index + step].near)
    yield from ("L:" + name for name in gap_features(*gaps[index]))
    yield from ("R:" + name for name in gap_features(*gaps[index + 1]))
    if index:
        yield from ("LL:" + name for name in far_gap_features(gaps[index - 1][1]))
    if index + 2 < len(gaps):
        yield from ("RR:" + name for name in far_gap_features(gaps[index + 2][1]))
    yield from ("C:" + name for name in context_features(words.layout.contexts[index]))
    yield from ("S:" + name for name in segment_features(words.layout.segments[index]))
