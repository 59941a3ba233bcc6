"""What stands between title and labels: journal, book, publisher, place."""

import re
from collections.abc import Iterator
from functools import lru_cache

from refkit.rules.references.marks import Marks
from refkit.words import is_publisher, is_surely_periodical

_COMMA = re.compile(r"\s*[,،](?=\s|$)\s*")
_OPEN_TO_CLOSE = {"(": ")", "[": "]"}


@lru_cache(maxsize=8192)
def host_parts(marks: Marks) -> tuple[tuple[int, int], ...]:
    """The elements `text[start:end]` between title (or year) and labelled parts, split at commas outside brackets."""
    return tuple(_split(marks.bare, marks.tail, marks.host_end))


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    depth = 0
    at = start
    for index in range(start, end):
        character = text[index]
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif (
            character in ",،"
            and not depth
            and (index + 1 >= end or not text[index + 1].isalnum() or text[index + 1].isalpha())
        ):
            yield from _trimmed(text, at, index)
            at = index + 1
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in '?!,.;”"'):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",.;("):
        end -= 1
    if start < end:
        yield start, end


def is_article(marks: Marks) -> bool:
    """Whether the reference shows a volume, as journal articles do, and no host book."""
    volume = marks.number("volume")
    return (
        volume is not None
        and marks.in_word is None
        and (marks.number("pages") is not None or marks.number("issue") is not None)
    )


def journal(marks: Marks) -> tuple[int, int] | None:
    """Where the name of the journal stands: the last element before the volume."""
    if not is_article(marks):
        return None
    parts = host_parts(marks)
    return parts[-1] if parts and (marks.title or len(parts) > 1) else None


def looks_like_journal(text: str) -> bool:
    """Whether hardly anything but a journal is called so."""
    return is_surely_periodical(text) and not is_publisher(text)
