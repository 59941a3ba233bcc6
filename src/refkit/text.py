"""Small pure helpers for text: lines, terminal safety."""

import re
from collections.abc import Sequence
from typing import Any, cast

_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines of `text` begin; LF, CRLF and CR end a line."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def printable(text: str) -> str:
    """`text` with control characters and bidi overrides made visible, so that no terminal obeys them."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def near(word: str, words: Sequence[str], limit: int | None = None) -> str | None:
    """The one of `words` that `word` is, or is a misspelling of; None when none is near.

    A misspelling is at most a quarter of its letters away (Damerau-Levenshtein), or `limit` letters.
    """
    if word in words:
        return word
    allowed = limit if limit is not None else len(word) // 4
    candidates = [other for other in words if allowed and abs(len(other) - len(word)) <= allowed]
    if not candidates:
        return None
    from rapidfuzz.distance import DamerauLevenshtein

    distances = [DamerauLevenshtein.distance(word, other, score_cutoff=allowed) for other in candidates]
    best = min(distances)
    return candidates[distances.index(best)] if best <= allowed else None


class _LazyPattern:
    """Stands for a compiled regular expression until one of its methods is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)  # asked for only once
        return found


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled when it is first used; hundreds of them would slow each start."""
    return cast(re.Pattern[str], _LazyPattern(pattern, flags))
