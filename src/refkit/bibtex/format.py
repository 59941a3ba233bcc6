"""`refkit format`: the layout of a whole file, as edits. An entry changes only when it reads back the same."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from refkit.bibtex.edits import apply_edits
from refkit.bibtex.layout import DEFAULT, Layout, Piece, compose, in_order
from refkit.bibtex.scan import load, reread
from refkit.model import Bibliography, BlockKind, Edit, Entry, FlawKind, SyntaxFlaw
from refkit.text import line_starts

_HARMLESS = frozenset({FlawKind.UNDEFINED_MACRO, FlawKind.UNUSED_MACRO, FlawKind.SPACED_TYPE, FlawKind.DISAGREEMENT})
_SPACE = " \t\r\n"
_ROUNDS = 4
_KEY_LINE_END = re.compile(r"[ \t]*+,[ \t]*+(\r\n|\n|\r)")


def format_bibliography(bibliography: Bibliography, layout: Layout = DEFAULT) -> str:
    """The text of the file in the layout of the store; formatting it again changes nothing.

    Comments, @string, @preamble, text between entries, broken entries and entries with a flaw in their syntax stay
    byte for byte; between entries stands one blank line. No value changes: quotes become braces, a bare number gets
    them, macros and concatenations stay as written.
    """
    return apply_edits(bibliography.source.text, format_edits(bibliography, layout))


def format_edits(bibliography: Bibliography, layout: Layout = DEFAULT) -> tuple[Edit, ...]:
    """What `format_bibliography` changes, as edits of the file's text in order."""
    source = bibliography.source
    edits = _layout_edits(bibliography, layout)
    if layout.sort == "none":
        return edits
    laid_out = _with_text(bibliography, apply_edits(source.text, edits)) if edits else bibliography
    ordered = _settled(laid_out, layout)
    return edits if ordered == laid_out.source.text else (Edit(0, len(source.text), ordered),)


def _layout_edits(bibliography: Bibliography, layout: Layout) -> tuple[Edit, ...]:
    """The edits without sorting; none at all when they would change how a file with flaws is read."""
    edits = _edits(bibliography, layout)
    if not edits or all(flaw.kind in _HARMLESS for flaw in bibliography.flaws):
        return edits
    again = _with_text(bibliography, apply_edits(bibliography.source.text, edits))
    settled = _same_blocks(bibliography, again) and not _edits(again, layout)
    return edits if settled else ()


def _settled(bibliography: Bibliography, layout: Layout) -> str:
    """The text sorted and laid out in turn until nothing changes; as given when it does not come to rest."""
    current = bibliography
    for _ in range(_ROUNDS):
        following = _sorted_once(current, layout)
        if following.source.text == current.source.text:
            return current.source.text
        current = following
    return bibliography.source.text


def _sorted_once(bibliography: Bibliography, layout: Layout) -> Bibliography:
    """The file with its entries in order and laid out; itself when it is so already."""
    from refkit.bibtex.order import sorted_text

    newline, pieces, gaps = _arranged(bibliography, layout)
    ordered = sorted_text(pieces, gaps, layout.sort, newline)
    if ordered is None:
        return bibliography
    again = _with_text(bibliography, ordered)
    if not _same_blocks(bibliography, again):
        return bibliography
    edits = _layout_edits(again, layout)
    return _with_text(again, apply_edits(ordered, edits)) if edits else again


def _with_text(bibliography: Bibliography, text: str) -> Bibliography:
    return load(replace(bibliography.source, text=text))


def _arranged(bibliography: Bibliography, layout: Layout) -> tuple[str, tuple[Piece, ...], tuple[str, ...]]:
    """The line end of the file, its pieces, and the white space wanted before each and after the last."""
    flawed = _flawed(bibliography)
    newline = _newline(bibliography, flawed)
    pieces = tuple(_pieces(bibliography, layout, flawed, newline))
    return newline, pieces, tuple(_gaps(bibliography.source.text, pieces, newline))


def unformatted(bibliography: Bibliography) -> tuple[SyntaxFlaw, ...]:
    """The flaws that keep an entry from being laid out, because how it is meant is not certain."""
    in_text = (FlawKind.STRAY_TEXT, FlawKind.COMMENTED_ENTRY)
    return tuple(flaw for flaw in bibliography.flaws if flaw.kind not in _HARMLESS and flaw.kind not in in_text)


def _newline(bibliography: Bibliography, flawed: frozenset[int]) -> str:
    """The line end of the file: that after the first key which has one, since there it survives formatting."""
    text = bibliography.source.text
    for entry in bibliography.entries:
        if entry.start not in flawed and (found := _KEY_LINE_END.match(text, entry.key_end)):
            return found[1]
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")


def _pieces(bibliography: Bibliography, layout: Layout, flawed: frozenset[int], newline: str) -> Iterator[Piece]:
    text = bibliography.source.text
    for block in bibliography.blocks:
        written = text[block.start : block.end]
        start, end = block.start, block.end
        if block.kind is BlockKind.TEXT:
            start += len(written) - len(written.lstrip(_SPACE))
            written = written.strip(_SPACE)
            end = start + len(written)
        elif block.entry and block.start not in flawed:
            written = _laid_out(text, written, block.entry, layout, newline)
        if written:
            yield Piece(block.kind, start, end, written, block.entry)


def _flawed(bibliography: Bibliography) -> frozenset[int]:
    """Starts of the blocks that must stay as they are."""
    starts = [block.start for block in bibliography.blocks]
    return frozenset(starts[bisect_right(starts, flaw.start) - 1] for flaw in unformatted(bibliography))


def _laid_out(text: str, written: str, entry: Entry, layout: Layout, newline: str) -> str:
    """The entry in the wanted layout, or as written when that would not read back the same."""
    content = _content(text, entry)
    fields = [(name, f"{{{value}}}" if literal else value) for name, value, literal in content]
    candidate = compose(entry.type, text[entry.key_start : entry.key_end], fields, layout, newline)
    if candidate == written:
        return written
    again = reread(candidate)
    same = again is not None and (again.type, again.key) == (entry.type, entry.key)
    return candidate if again and same and _content(candidate, again) == content else written


def _content(text: str, entry: Entry) -> list[tuple[str, str, bool]]:
    """Name, value and whether it is literal, of each field in the order of the store; a macro as written."""
    return [
        (field.name, field.value, True)
        if field.value_start != -1
        else (field.name, text[field.raw_start : field.end], False)
        for field in in_order(entry.fields)
    ]


def _gaps(text: str, pieces: Sequence[Piece], newline: str) -> Iterator[str]:
    """The white space wanted before each piece, and after the last one."""
    left, end = None, 0
    for piece in pieces:
        yield _gap(text[end : piece.start], left, piece.kind, newline)
        left, end = piece.kind, piece.end
    rest = text[end:]
    yield rest if left is BlockKind.BROKEN else (_line_tail(rest) if left is BlockKind.TEXT else "") + newline


def _gap(gap: str, left: BlockKind | None, right: BlockKind, newline: str) -> str:
    if BlockKind.BROKEN in (left, right):
        return gap
    indent = gap[line_starts(gap)[-1] :] if right is BlockKind.TEXT else ""
    if left is None:
        return indent
    tail = _line_tail(gap) if left is BlockKind.TEXT else ""
    lines = len(line_starts(gap)) - 1
    if BlockKind.TEXT in (left, right):
        return tail + newline * min(lines, 2) + indent if lines else gap
    if BlockKind.ENTRY in (left, right):
        return newline * 2
    return newline * min(max(lines, 1), 2)


def _line_tail(gap: str) -> str:
    """Blanks before the first line end: they end a line of text, which stays byte for byte."""
    return gap[: len(gap) - len(gap.lstrip(" \t"))]


def _edits(bibliography: Bibliography, layout: Layout) -> tuple[Edit, ...]:
    """None for a text without any BibTeX in it."""
    _, pieces, gaps = _arranged(bibliography, layout)
    if all(piece.kind is BlockKind.TEXT for piece in pieces):
        return ()
    return tuple(_differences(bibliography.source.text, pieces, gaps))


def _differences(text: str, pieces: Sequence[Piece], gaps: Sequence[str]) -> Iterator[Edit]:
    end = 0
    for piece, gap in zip(pieces, gaps, strict=False):
        if text[end : piece.start] != gap:
            yield Edit(end, piece.start, gap)
        if text[piece.start : piece.end] != piece.written:
            yield Edit(piece.start, piece.end, piece.written)
        end = piece.end
    if text[end:] != gaps[-1]:
        yield Edit(end, len(text), gaps[-1])


def _same_blocks(before: Bibliography, after: Bibliography) -> bool:
    """Whether both hold the same blocks, in whatever order."""
    return sorted(_identities(before)) == sorted(_identities(after))


def _identities(bibliography: Bibliography) -> Iterator[tuple[str, ...]]:
    for block in bibliography.blocks:
        if block.entry:
            fields = (part for field in in_order(block.entry.fields) for part in (field.name, field.value))
            yield (block.entry.type, block.entry.key, *fields)
        elif block.kind is not BlockKind.TEXT:
            yield (bibliography.source.text[block.start : block.end],)
