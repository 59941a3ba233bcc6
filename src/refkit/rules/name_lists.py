"""Name fields as lists with places: what the rules of names look at, at the offsets at which they report."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from refkit.model import Entry, Field
from refkit.regex import regex

NAMES = (
    "author", "editor", "translator", "editora", "editorb", "editorc", "bookauthor", "annotator", "commentator",
    "introduction", "foreword", "afterword", "holder", "inventor",
)  # fmt: skip
_NAME_FIELDS = frozenset(NAMES)
_ENTITY = regex(r"&(?:#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,30});")


class Piece(NamedTuple):
    """One name of a list: its text and where `value[start:end]` it stands."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1 << 15)
def pieces(value: str) -> tuple[Piece, ...]:
    """The names of a BibTeX name field, cut at `and` outside braces, with their places; empty ones are kept."""
    plain = outside(value)
    cuts = [(match.start(), match.end()) for match in _AND.finditer(plain)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(value)]
    return tuple(_trimmed(value, start, end) for start, end in zip(starts, ends, strict=True))


_AND = regex(r"(?:(?<=\s)|^)and(?:(?=\s)|$)", re.IGNORECASE)


def _trimmed(value: str, start: int, end: int) -> Piece:
    text = value[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Piece(text, start, start + len(text))


def outside(value: str) -> str:
    """`value` with everything in braces, and HTML entities, blanked out by `\\x00`; same length."""
    if "&" in value:
        value = _ENTITY.sub(lambda match: "\0" * len(match[0]), value)
    if "{" not in value:
        return value
    parts, depth, last = [], 0, 0
    for match in _BRACE.finditer(value):
        if match[0] == "{":
            if depth == 0:
                parts.append(value[last : match.start()])
                last = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                parts.append("\0" * (match.end() - last))
                last = match.end()
    parts.append(value[last:] if depth == 0 else "\0" * (len(value) - last))
    return "".join(parts)


_BRACE = regex("[{}]")


def name_lists(entry: Entry) -> Iterator[tuple[Field, str]]:
    """The name fields of an entry with their text outside braces."""
    for field in entry.fields:
        if field.name in _NAME_FIELDS and "=" not in field.value:
            yield field, outside(field.value)
