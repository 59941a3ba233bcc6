"""Text: its lines, what a terminal may be shown of it, the nearest known word."""

import re
from collections.abc import Iterable, Iterator, Sequence

_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# Slips that are common enough to be known without measuring distances.
_COMMON_SLIPS = {
    "availble": "available", "avaliable": "available", "availabe": "available", "avaiable": "available",
    "availiable": "available", "avilable": "available", "avalable": "available", "avialable": "available",
    "acessed": "accessed", "accesed": "accessed", "acccessed": "accessed", "accssed": "accessed",
    "retreived": "retrieved", "retrived": "retrieved", "retrieived": "retrieved", "retirived": "retrieved",
}  # fmt: skip


def line_starts(text: str) -> list[int]:
    """Offsets at which the lines of `text` begin; LF, CRLF and CR end a line."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def between(pieces: Iterable[str], gap: str) -> Iterator[str]:
    """The pieces, with `gap` in front of all but the first."""
    before = ""
    for piece in pieces:
        yield before + piece
        before = gap


def printable(text: str) -> str:
    """`text` with control characters and bidi overrides made visible, so that no terminal obeys them."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def one_line(text: str) -> str:
    """`text` as `printable` has it, in one line with single spaces."""
    return " ".join(printable(text).split())


def near(word: str, words: Sequence[str], limit: int | None = None) -> str | None:
    """The one of `words` that `word` is, or is a misspelling of; None when none is near.

    A misspelling is at most a quarter of its letters away (Damerau-Levenshtein), or `limit` letters.
    """
    known = word if word in words else _COMMON_SLIPS.get(word)
    if known in words:
        return known
    allowed = limit if limit is not None else len(word) // 4
    candidates = [other for other in words if allowed and _may_be_near(word, other, allowed)]
    if not candidates:
        return None
    from rapidfuzz.distance import DamerauLevenshtein

    distances = [DamerauLevenshtein.distance(word, other, score_cutoff=allowed) for other in candidates]
    best = min(distances)
    return candidates[distances.index(best)] if best <= allowed else None


def _may_be_near(word: str, other: str, allowed: int) -> bool:
    """Whether lengths and letters leave room for so few edits: each edit changes at most two members of the set."""
    return abs(len(other) - len(word)) <= allowed and len(set(word) ^ set(other)) <= 2 * allowed
