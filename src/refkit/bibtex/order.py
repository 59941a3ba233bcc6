"""Sorting: entries change places within a section, each with the comment that belongs to it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from refkit.bibtex.layout import Piece
from refkit.model import BlockKind, Entry
from refkit.names import parse_names
from refkit.text import line_starts

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)(?:[ \t]*+(?:\r\n|\n|\r))+")
_LINE_END = re.compile(r"[\r\n]")


@dataclass(frozen=True, slots=True)
class _Unit:
    """What moves, or stays, together: text, the gap before it, and its entry if there is one."""

    gap: str
    text: str
    entry: Entry | None = None
    kind: BlockKind = BlockKind.TEXT


def sorted_text(pieces: Sequence[Piece], gaps: Sequence[str], by: str, newline: str) -> str | None:
    """The text of the file with the entries of each section in order, None when they are in order already.

    `gaps` are the stretches of white space before each piece and after the last one. A section ends at whatever is no
    entry and belongs to none: @string, @preamble, @comment, a broken entry, text that stands alone. Text directly above
    an entry, or behind it on its line, goes with it. A crossref parent follows its children, as BibTeX wants it.
    """
    units = tuple(_joined(list(_split(pieces, gaps))))
    levels = _levels([unit.entry for unit in units if unit.entry])
    parts: list[str] = []
    changed = False
    for is_section, group in groupby(units, key=lambda unit: unit.entry is not None):
        section = tuple(group)
        ordered = sorted(section, key=lambda unit: _rank(unit.entry, by, levels)) if is_section else section
        for index, (before, unit) in enumerate(zip(section, ordered, strict=True)):
            parts += (before.gap if index == 0 or before is unit else newline * 2, unit.text)
            changed = changed or before is not unit
    return "".join((*parts, gaps[-1])) if changed else None


def _split(pieces: Sequence[Piece], gaps: Sequence[str]) -> Iterator[_Unit]:
    """One unit a piece, but text apart by whether it belongs to the entry before, to the one after, or to none."""
    for index, piece in enumerate(pieces):
        if piece.kind is not BlockKind.TEXT:
            yield _Unit(gaps[index], piece.written, piece.entry, piece.kind)
            continue
        gap, text = gaps[index], piece.written
        line = _LINE_END.search(text)
        if index and pieces[index - 1].entry and not _LINE_END.search(gap) and line:
            yield _Unit(gap, text[: line.start()])
            rest = text[line.start() :]
            text = rest.lstrip(" \t\r\n")
            gap = rest[: len(rest) - len(text)]
        if index == 0 or _LINE_END.search(gap):
            # The indentation goes with its line.
            indent = len(gap.rstrip(" \t"))
            gap, text = gap[:indent], gap[indent:] + text
        *_, blank = (None, *_BLANK_LINE.finditer(text))
        if blank:
            yield _Unit(gap, text[: blank.start()])
            gap, text = blank[0], text[blank.end() :]
        yield _Unit(gap, text)


def _joined(units: Sequence[_Unit]) -> Iterator[_Unit]:
    """Each entry joined with the text directly above it and behind it on its line."""
    waiting: _Unit | None = None
    for unit in units:
        glued = waiting is not None and _line_ends(unit.gap) == (0 if waiting.entry else 1)
        if waiting is None:
            waiting = unit
        elif glued and _belongs(waiting, unit):
            entry = waiting.entry or unit.entry
            waiting = _Unit(waiting.gap, waiting.text + unit.gap + unit.text, entry, BlockKind.ENTRY)
        else:
            yield waiting
            waiting = unit
    if waiting is not None:
        yield waiting


def _belongs(first: _Unit, second: _Unit) -> bool:
    if first.entry:
        return second.kind is BlockKind.TEXT
    return first.kind is BlockKind.TEXT and second.entry is not None


def _line_ends(gap: str) -> int:
    return len(line_starts(gap)) - 1


def ranks(entries: Sequence[Entry], by: str) -> list[tuple[int, tuple[str, ...]]]:
    """What each entry is sorted by, for `by` "key", "author", "year" or "type"."""
    levels = _levels(entries)
    return [_rank(entry, by, levels) for entry in entries]


def _levels(entries: Sequence[Entry]) -> Mapping[str, int]:
    """For each crossref parent how many generations refer to it; at most ten, so that a circle ends."""
    parents = {entry.key.lower(): entry.get("crossref").strip().lower() for entry in entries}
    levels: dict[str, int] = {}
    for key in parents:
        parent = parents[key]
        for level in range(1, 11):
            if not parent:
                break
            levels[parent] = max(level, levels.get(parent, 0))
            parent = parents.get(parent, "")
    return levels


def _rank(entry: Entry | None, by: str, levels: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    if entry is None:
        return 0, ()
    key = entry.key.casefold()
    year = (entry.get("year") or entry.get("date"))[:4]
    rank = {
        "key": (key,),
        "year": (year, key),
        "type": (entry.type, key),
    }.get(by) or (_family(entry), year, key)
    return levels.get(entry.key.lower(), 0), rank


def _family(entry: Entry) -> str:
    names = parse_names(entry.get("author") or entry.get("editor"))
    return (names[0].family or names[0].literal).casefold() if names else ""
