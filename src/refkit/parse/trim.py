"""Where a labelled value begins and ends: separators, stray brackets and quotation marks are left outside."""

from refkit.parse.patterns import BLANK
from refkit.regex import regex

_QUOTES = "\"'`´“”„‟‘’‚‛«»‹›"
_DASHES = "–—-"
_LEADING = frozenset(" \t,،;؛:.!/)]}>°º№|" + _QUOTES + _DASHES)
_TRAILING = frozenset(" \t,،;؛:/|>([" + _QUOTES + _DASHES)
_ALWAYS_LEADING, _ALWAYS_TRAILING = "".join(_LEADING), "".join(_TRAILING)
_BLANKS = regex(r"\s")
_OPENER = {")": "(", "]": "[", "}": "{", ">": "<"}
_CLOSER = {opener: closer for closer, opener in _OPENER.items()}
_NAMES = frozenset({"author", "editor", "translator"})


def trim(text: str, field: str, span: tuple[int, int]) -> tuple[int, int]:
    """The part of `text[start:end]` that is the value of `field`."""
    start, end = span
    if start < end and text[start].isalnum() and text[end - 1].isalnum():
        return span
    while start < end:
        start = _first(text, start, end)
        end = _last(text, start, end, field)
        if end - start > 2 and text[start] in "([" and _partner(text, start, end) == end - 1:
            start, end = start + 1, end - 1
        else:
            return start, end
    return start, start


def touching(separator: str) -> tuple[int, int]:
    """How much of what stands between two words may belong to the value before, and to the one behind.

    That is what touches the word, without what `trim` always leaves outside.
    """
    pieces = _BLANKS.split(separator)
    return len(pieces[0].rstrip(_ALWAYS_TRAILING)), len(pieces[-1].lstrip(_ALWAYS_LEADING))


def _first(text: str, start: int, end: int) -> int:
    while start < end:
        mark = text[start]
        if mark not in _LEADING and not (mark in "([<" and _partner(text, start, end) < 0):
            return start
        start += 1
    return start


def _last(text: str, start: int, end: int, field: str) -> int:
    while start < end:
        mark = text[end - 1]
        if mark in _OPENER and mark != ">":
            if text.count(_OPENER[mark], start, end) >= text.count(mark, start, end):
                return end
        elif mark == ".":
            if _keeps_stop(text[start:end], field):
                return end
        elif mark not in _TRAILING:
            return end
        end -= 1
    return end


def _keeps_stop(value: str, field: str) -> bool:
    """Whether a final full stop belongs to an abbreviation: an initial, or an abbreviated journal title."""
    word = value.replace(",", " ").replace(";", " ").split(" ")[-1].rstrip(".")
    if field in _NAMES:
        return len(word) <= 2 or "." in word or word.lower() in {"jr", "sr"}
    if field == "place":
        return len(word) <= 2
    return field == "container-title" and len(word) <= 5 and "." in value[:-1]


def _partner(text: str, start: int, end: int) -> int:
    """Index of the bracket that closes the one at `start`, or -1."""
    opener = text[start]
    closer = _CLOSER[opener]
    depth = 0
    for index in range(start, end):
        if text[index] == opener:
            depth += 1
        elif text[index] == closer:
            depth -= 1
            if not depth:
                return index
    return -1


TRAILING = ' \t,;:.،؛([-–—”"' + BLANK
_ABBREVIATED = regex(
    r"(?:(?<![^\W\d_])(?:[^\W\d_]|جی|سی|دی|بی|اف|ال|ام|ان|کی|وی|اچ|آر|اس|تی)|"
    r"\b(?:Inc|Ltd|Co|Corp|Jr|Sr|al|St|Univ|Dr))\.$"
)


def skip(text: str, start: int, characters: str) -> int:
    """Where the first other character stands at or after `start`."""
    while start < len(text) and text[start] in characters:
        start += 1
    return start


def inner(text: str, start: int, end: int, keep: str = "") -> tuple[int, int]:
    """`start:end` without blanks and separators at its ends.

    A closing mark in `keep` stays; a full stop stays behind an initial or an abbreviation such as "Inc.".
    """
    while start < end and text[start] in " \t,;:.،؛-–—)]" + BLANK:
        start += 1
    while end > start and text[end - 1] in TRAILING and text[end - 1] not in keep:
        if text[end - 1] == "." and _ABBREVIATED.search(text, max(start, end - 8), end):
            break
        end -= 1
    return start, end


def shift(span: tuple[int, int], by: int) -> tuple[int, int]:
    """A span as it stands in a text whose part it is in."""
    return span[0] + by, span[1] + by
