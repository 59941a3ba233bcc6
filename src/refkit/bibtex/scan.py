"""Reads a .bib file into blocks that cover it without gap."""

import gc
import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from re import Match

from refkit.bibtex import grammar
from refkit.bibtex.opinion import reads_alike
from refkit.bibtex.reader import Reading, UnreadableError, read_entry, read_plain, read_value_of_block, skip
from refkit.model import Bibliography, Block, BlockKind, Edit, Entry, FlawKind, Source

_SPECIAL = ("comment", "preamble", "string")
_ANY_TEXT = re.compile(r"\S")


def load(source: Source) -> Bibliography:
    """Read a .bib file. Never raises: what cannot be read becomes a BROKEN block with its reason.

    The blocks cover the text without gap. An entry is whatever BibTeX or biber would read: any letter case, braces or
    parentheses, white space within its head; duplicate keys and fields are kept. Two things differ from BibTeX: an
    entry behind `%` is text, as for biber, and where an error is evident (a missing comma, words without braces) the
    entry is read as it was meant. `Bibliography.flaws` tells each such place, with the edits that repair it, by
    `FlawKind`.

    `strings` holds the macros at the end of the file; a value is resolved with those defined above it.
    """
    with _without_collector():
        return _load(source)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Reading makes many small values and no cycles; the collector would walk them all again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load(source: Source) -> Bibliography:
    reading = Reading(source.text, _line_leading(source.text))
    macros: dict[str, tuple[int, int]] = {}
    blocks = tuple(_with_text(reading, _blocks(reading, macros)))
    if any(block.entry for block in blocks):
        for name, (start, end) in macros.items():
            if name not in reading.used:
                reading.key = None
                reading.flaw(FlawKind.UNUSED_MACRO, start, end, f"@string {name} is not used in this file")
    flaws = sorted(reading.flaws, key=lambda flaw: (flaw.start, flaw.end))
    return Bibliography(source, blocks, reading.strings, tuple(flaws))


def _line_leading(text: str) -> list[int]:
    """Offsets of each `@` with nothing but white space before it on its line."""
    starts = []
    offset = text.find("@")
    while offset != -1:
        before = offset - 1
        while before >= 0 and text[before] not in "\r\n" and text[before].isspace():
            before -= 1
        if before < 0 or text[before] in "\r\n":
            starts.append(offset)
        offset = text.find("@", offset + 1)
    return starts


def _with_text(reading: Reading, blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks with the text between them."""
    end = 0
    after_entry = False
    for block in blocks:
        if block.start > end:
            yield _text_block(reading, end, block.start, after_entry)
        yield block
        end = block.end
        after_entry = block.entry is not None
    if end < len(reading.text):
        yield _text_block(reading, end, len(reading.text), after_entry)


def _text_block(reading: Reading, start: int, end: int, after_entry: bool) -> Block:
    reading.key = None
    if _ANY_TEXT.search(reading.text, start, end):
        _observe_text(reading, start, end, after_entry)
    return Block(BlockKind.TEXT, start, end)


def _observe_text(reading: Reading, start: int, end: int, after_entry: bool) -> None:
    """Text that looks like an entry, or like what is left of one."""
    text = reading.text
    leftover = grammar.LEFTOVER.match(text, start, end) if after_entry else None
    stray = leftover or grammar.STRAY_HEAD.search(text, start, end) or grammar.STRAY_FIELD.search(text, start, end)
    if stray:
        stray_start = start + len(text[start:end]) - len(text[start:end].lstrip()) if leftover else stray.start()
        stray_end = start + len(text[start:end].rstrip())
        message = (
            "a brace closes the entry too early; this is left over" if leftover else "looks like an entry, but is not"
        )
        reading.flaw(FlawKind.STRAY_TEXT, stray_start, stray_end, message)


def _blocks(reading: Reading, macros: dict[str, tuple[int, int]]) -> Iterator[Block]:
    text = reading.text
    position = 0
    while (mark := grammar.MARK.search(text, position)) is not None:
        position = mark.start()
        if mark[0] == "%":
            position = _pass_comment(reading, position)
            continue
        head = grammar.HEAD.match(text, position)
        if head is None or not _begins_block(text, head):
            position += 1
            continue
        block = _read_block(reading, head, macros)
        yield block
        position = block.end


def _pass_comment(reading: Reading, start: int) -> int:
    """The end of a `%` line; an entry that is commented out is observed."""
    rest = grammar.LINE_REST.match(reading.text, start)
    end = rest.end() if rest else start + 1
    reading.key = None
    found = grammar.COMMENTED_HEAD.search(reading.text, start, end)
    if found:
        message = "an entry is commented out; BibTeX reads it all the same"
        reading.flaw(FlawKind.COMMENTED_ENTRY, start, end, message)
    return end


def _begins_block(text: str, head: Match[str]) -> bool:
    """Whether `@word{` in an unusual place begins a block, and is not an address such as `me@home (office)`."""
    start = head.start()
    glued = start > 0 and (text[start - 1].isalnum() or text[start - 1] in "._-")
    if not glued and (not head[1] or head[2].lower() in _SPECIAL):
        return True
    return grammar.KEY_COMMA.match(text, head.end()) is not None


def _read_block(reading: Reading, head: Match[str], macros: dict[str, tuple[int, int]]) -> Block:
    kind = head[2].lower()
    if kind == "comment":
        return Block(BlockKind.COMMENT, head.start(), _comment_end(reading, head))
    flaws = len(reading.flaws)
    try:
        if kind == "string":
            return _string_block(reading, head, macros)
        if kind == "preamble":
            return _preamble_block(reading, head)
        return _entry_block(reading, head)
    except UnreadableError as error:
        del reading.flaws[flaws:]
        end = _broken_end(reading, head)
        # What was expected may turn out to be missing only where the next block begins.
        start = min(error.start, end - 1)
        reading.flaw(error.kind, start, max(start, min(error.end, end)), error.message)
        return Block(BlockKind.BROKEN, head.start(), end, reason=error.message)


def _comment_end(reading: Reading, head: Match[str]) -> int:
    """@comment ends with its brace; without a matching one it is a line that begins with a word."""
    text = reading.text
    end = reading.closing(head.end() - 1) if text[head.end() - 1] == "{" else -1
    if end != -1:
        return end + 1
    rest = grammar.LINE_REST.match(text, head.end())
    return rest.end() if rest else head.end()


def _entry_block(reading: Reading, head: Match[str]) -> Block:
    start, flaws = head.start(), len(reading.flaws)
    entry = _plain_entry(reading, start)
    plain = entry is not None and not grammar.ESCAPED_BRACE.search(reading.text, start, entry.end)
    if entry is None:
        entry = read_entry(reading, head)
    if head[1]:
        message = "many programs do not see an entry with a space after `@`"
        edit = Edit(start + 1, head.start(2), "")
        reading.flaw(FlawKind.SPACED_TYPE, start, head.end(2), message, edit)
    if not plain:
        _observe_entry_in_value(reading, entry)
    if not plain and len(reading.flaws) == flaws:
        _compare(reading, head, entry)
    return Block(BlockKind.ENTRY, start, entry.end, entry)


def _observe_entry_in_value(reading: Reading, entry: Entry) -> None:
    """What looks like the next entry inside a value: most likely a brace or quote is missing above it."""
    start = reading.next_start(entry.start)
    while start < entry.end:
        head = grammar.HEAD.match(reading.text, start)
        if head and grammar.KEY_COMMA.match(reading.text, head.end()):
            message = "an entry begins inside a value: is a brace or quote missing above it?"
            reading.flaw(FlawKind.ENTRY_IN_VALUE, start, head.end(), message)
            return
        start = reading.next_start(start)


def _plain_entry(reading: Reading, start: int) -> Entry | None:
    """The entry at `start` if it is in plain form."""
    head = grammar.PLAIN_HEAD.match(reading.text, start)
    if head is None:
        return None
    flaws, reading.key = len(reading.flaws), head[2]
    plain = read_plain(reading, head, reading.next_start(start))
    if plain is None:
        del reading.flaws[flaws:]
        return None
    return Entry(reading.lower(head[1]), head[2], plain[0], start, plain[1], *head.span(2))


def reread(text: str) -> Entry | None:
    """The one entry that is all of `text`; None when it is anything else. Macros stand for their names."""
    reading = Reading(text, _line_leading(text))
    head = grammar.HEAD.match(text)
    if head is None or head[2].lower() in _SPECIAL:
        return None
    try:
        entry = _plain_entry(reading, 0) or read_entry(reading, head)
    except UnreadableError:
        return None
    return entry if entry.end == len(text) else None


def _compare(reading: Reading, head: Match[str], entry: Entry) -> None:
    if not reads_alike(reading.text[entry.start : entry.end], entry, reading.text):
        message = "bibtexparser, and programs like it, read this entry differently from BibTeX"
        reading.flaw(FlawKind.DISAGREEMENT, head.start(), head.end(), message)


def _string_block(reading: Reading, head: Match[str], macros: dict[str, tuple[int, int]]) -> Block:
    text = reading.text
    reading.key = None
    name = grammar.FIELD_NAME.match(text, skip(reading, head.end()))
    if name is None:
        raise UnreadableError(FlawKind.BROKEN, head.end(), "@string needs a name, `=` and a value")
    value, position = read_value_of_block(reading, name.end(), head)
    lowered = name[1].lower()
    reading.strings[lowered] = value
    macros[lowered] = name.span(1)
    return Block(BlockKind.STRING, head.start(), position)


def _preamble_block(reading: Reading, head: Match[str]) -> Block:
    reading.key = None
    _, position = read_value_of_block(reading, head.end(), head)
    return Block(BlockKind.PREAMBLE, head.start(), position)


def _broken_end(reading: Reading, head: Match[str]) -> int:
    """Where to read on: after the entry's own closing brace, but at the latest where the next entry begins."""
    text = reading.text
    limit = _next_head(reading, head.end())
    if text[head.end() - 1] == "{":
        end = reading.closing(head.end() - 1)
        if end != -1 and end < limit:
            return end + 1
    return max(head.end(), head.end() + len(text[head.end() : limit].rstrip()))


def _next_head(reading: Reading, position: int) -> int:
    """The next line that begins with the head of a block, or the end of the text."""
    for index in range(bisect_left(reading.starts, position), len(reading.starts)):
        if grammar.HEAD.match(reading.text, reading.starts[index]):
            return reading.starts[index]
    return len(reading.text)
