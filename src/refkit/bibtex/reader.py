"""Reads one entry: quickly when it is plain, else carefully, with an observation for each oddity.

The careful reader goes by BibTeX: every brace counts, also one after a backslash; a quote inside braces is text. Where
BibTeX would give up and what was meant is evident (a comma is missing), it reads on and records a flaw.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from re import Match, Pattern

from refkit.bibtex import grammar
from refkit.model import Edit, Entry, Field, FlawKind, SyntaxFlaw

# A concatenation that grows beyond this stands for itself as written: macros made of macros can double at each step.
_LONGEST = 10_000


@dataclass(slots=True)
class Reading:
    """What is known while one text is read: macros so far, flaws so far, each `@` that stands first on its line."""

    text: str
    starts: Sequence[int]
    strings: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    flaws: list[SyntaxFlaw] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    key: str | None = None
    _closing: dict[int, int] | None = None

    def next_start(self, offset: int) -> int:
        """Offset of the next line-leading `@` after `offset`, or the end of the text."""
        index = bisect_right(self.starts, offset)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def closing(self, opening: int) -> int:
        """Offset of the brace that closes the one at `opening`, -1 when none does."""
        found = _closing_within(self.text, opening, self.next_start(opening))
        if found != -1:
            return found
        if self._closing is None:
            self._closing = _all_closing(self.text, opening)
        return self._closing.get(opening, -1)

    def flaw(self, kind: FlawKind, start: int, end: int, message: str, *edits: Edit) -> None:
        """Record an observation about the entry being read."""
        length = len(self.text)
        self.flaws.append(SyntaxFlaw(kind, min(start, length), min(end, length), message, self.key, edits))

    def lower(self, name: str) -> str:
        """`name` in lower case, one object for all its uses; of the same length, so that offsets stay right."""
        known = self.names.get(name)
        if known is None:
            lowered = name.lower()
            known = self.names[name] = lowered if len(lowered) == len(name) else name
        return known

    def macro(self, start: int, end: int) -> str:
        """The text of the macro at `start:end`; an undefined one stands for its name and is recorded."""
        name = self.text[start:end]
        lowered = name.lower()
        self.used.add(lowered)
        known = self.strings.get(lowered)
        if known is not None:
            return known
        if lowered not in grammar.STYLE_MACROS and not lowered.startswith("ieee_"):
            self.flaw(FlawKind.UNDEFINED_MACRO, start, end, f"@string {name} is not defined above this place")
        return name


class UnreadableError(Exception):
    """An entry that cannot be read: why, and the place."""

    def __init__(self, kind: FlawKind, start: int, message: str, end: int | None = None) -> None:
        super().__init__(message)
        self.kind, self.start, self.message = kind, start, message
        self.end = start + 1 if end is None else end


def _closing_within(text: str, opening: int, limit: int) -> int:
    depth = 0
    for brace in grammar.BRACE.finditer(text, opening, limit):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return -1


def _all_closing(text: str, start: int) -> dict[int, int]:
    """One pass for the whole rest of the text, so that many unclosed braces cost no more than one."""
    pairs: dict[int, int] = {}
    open_braces: list[int] = []
    for brace in grammar.BRACE.finditer(text, start):
        if brace[0] == "{":
            open_braces.append(brace.start())
        elif open_braces:
            pairs[open_braces.pop()] = brace.start()
    return pairs


def read_plain(reading: Reading, head: Match[str], limit: int) -> tuple[tuple[Field, ...], int] | None:
    """The fields and the end of an entry in plain form, None for any other; nothing beyond `limit` is looked at.

    Plain form is what BibTeX, biber and bibtexparser read alike: braces, no `#`, each comma where it belongs, nothing
    commented out.
    """
    text, names, lower = reading.text, reading.names, reading.lower
    match = grammar.PLAIN_FIELD.match
    position = head.end()
    fields: list[Field] = []
    while (found := match(text, position, limit)) is not None:
        position = found.end()
        start, name_end = found.span(1)
        group = found.lastindex or 0
        value_start, value_end = found.span(group)
        written = text[start:name_end]
        name = names.get(written) or lower(written)
        if group == 5:
            value = reading.macro(value_start, value_end)
            fields.append(Field(name, value, start, value_end, -1, -1, value_start))
        elif group == 4:
            fields.append(
                Field(name, text[value_start:value_end], start, value_end, value_start, value_end, value_start)
            )
        else:
            value = text[value_start:value_end]
            fields.append(Field(name, value, start, value_end + 1, value_start, value_end, value_start - 1))
        if text[position - 1] != ",":
            break
    closed = grammar.PLAIN_CLOSE.match(text, position, limit)
    return (tuple(fields), closed.end()) if closed else None


def read_entry(reading: Reading, head: Match[str]) -> Entry:
    """The entry that begins at `head`. Raises UnreadableError."""
    text = reading.text
    close = "}" if text[head.end() - 1] == "{" else ")"
    reading.key = None
    key_start, key_end, position = _read_key(reading, skip(reading, head.end()), close)
    reading.key = text[key_start:key_end]
    fields: list[Field] = []
    while (position := skip(reading, position)) < len(text) and text[position] != close:
        if text[position] == ",":
            comma = Edit(position, position + 1, "")
            reading.flaw(FlawKind.EXTRA_COMMA, position, position + 1, "a comma too many", comma)
            position += 1
            continue
        found = _read_field(reading, position, close)
        fields.append(found)
        position = _after_field(reading, found, head, close)
    if position >= len(text):
        raise UnreadableError(
            FlawKind.UNCLOSED_BRACE, head.end() - 1, "the entry is not closed before the end of the file"
        )
    kind = reading.lower(head[2])
    return Entry(kind, reading.key, tuple(fields), head.start(), position + 1, key_start, key_end)


def skip(reading: Reading, position: int) -> int:
    """The next place that is neither white space nor a `%` comment."""
    text = reading.text
    while True:
        position = _after(grammar.SPACE, text, position)
        if not text.startswith("%", position):
            return position
        end = _after(grammar.LINE_REST, text, position)
        reading.flaw(FlawKind.COMMENTED_FIELD, position, end, "a `%` comment inside an entry, which BibTeX cannot read")
        position = end


def _after(pattern: Pattern[str], text: str, position: int) -> int:
    """Where a pattern that also matches nothing stops."""
    found = pattern.match(text, position)
    return found.end() if found else position


def _read_key(reading: Reading, start: int, close: str) -> tuple[int, int, int]:
    """Start and end of the citation key, and where its fields begin."""
    text = reading.text
    raw_end = _after(grammar.KEY if close == "}" else grammar.KEY_IN_PARENTHESES, text, start)
    end = start + len(text[start:raw_end].rstrip())
    after = _after(grammar.SPACE, text, raw_end)
    if text.startswith(",", after):
        return start, end, after + 1
    if text.startswith(close, after):
        return start, end, after
    equals = grammar.KEY_WITH_EQUALS.match(text, start)
    if equals and text.startswith("=", raw_end):
        return equals.start(1), equals.end(1), equals.end()
    words = text[start:end].split()
    if text.startswith("=", raw_end) and len(words) == 2:
        end = start + len(words[0])
        return _key_without_comma(reading, start, end)
    if words and grammar.FIELD_NAME.match(text, after):
        return _key_without_comma(reading, start, end)
    message = "a comma is expected after the citation key" if words else "a citation key is expected"
    if text.startswith("=", raw_end):
        raise UnreadableError(FlawKind.BROKEN, start, "the entry has no citation key", max(end, start + 1))
    raise UnreadableError(FlawKind.BROKEN, min(after, len(text)), message)


def _key_without_comma(reading: Reading, start: int, end: int) -> tuple[int, int, int]:
    reading.key = reading.text[start:end]
    reading.flaw(FlawKind.MISSING_COMMA, end, end, "a comma is missing after the citation key", Edit(end, end, ","))
    return start, end, end


def _read_field(reading: Reading, start: int, close: str) -> Field:
    text = reading.text
    found = grammar.FIELD_NAME.match(text, start)
    if found:
        return _read_value(reading, reading.lower(found[1]), start, found.end(), close)
    spaced = grammar.SPACED_NAME.match(text, start)
    if spaced and (name := spaced[1].rstrip()):
        message = f"a field name has no spaces: {name}"
        reading.flaw(FlawKind.BAD_FIELD_NAME, start, start + len(name), message)
        return _read_value(reading, reading.lower(name), start, spaced.end(), close)
    name_end = _after(grammar.BARE, text, start)
    if name_end > start:
        message = f"`=` is expected after the field name {text[start:name_end]}"
        raise UnreadableError(FlawKind.BROKEN, start, message, name_end)
    raise UnreadableError(FlawKind.BROKEN, start, f"a field name or `{close}` is expected, not `{text[start]}`")


def _read_value(reading: Reading, name: str, start: int, position: int, close: str) -> Field:
    """The field `name` at `start`; its value begins after `position`."""
    text = reading.text
    raw_start = position = skip(reading, position)
    part, value_start, value_end, end = _read_part(reading, position, close)
    if value_start == -1 and end == raw_start:
        message = f"the field {name} has no value"
        reading.flaw(FlawKind.MISSING_VALUE, start, start + len(name), message)
    texts = [part]
    while (joint := grammar.CONCATENATION.match(text, end)) is not None:
        position = skip(reading, joint.end())
        part, _, _, end = _read_part(reading, position, close)
        if end == position:
            raise UnreadableError(FlawKind.BROKEN, joint.end() - 1, "a value is expected after `#`")
        texts.append(part)
        value_start = value_end = -1
    value = "".join(texts) if len(texts) == 1 or sum(map(len, texts)) <= _LONGEST else text[raw_start:end]
    return Field(name, value, start, end, value_start, value_end, raw_start)


def _read_part(reading: Reading, start: int, close: str) -> tuple[str, int, int, int]:
    """One operand of `#`: its text, start and end of the text when it is literal (else -1), and where it ends."""
    text = reading.text
    if text.startswith("{", start):
        end = reading.closing(start)
        if end == -1:
            raise UnreadableError(FlawKind.UNCLOSED_BRACE, start, "this brace is never closed")
        return text[start + 1 : end], start + 1, end, end + 1
    if text.startswith('"', start):
        end = _closing_quote(reading, start)
        return text[start + 1 : end], start + 1, end, end + 1
    end = _after(grammar.BARE, text, start)
    if end == start or not grammar.AFTER_VALUE.match(text, end):
        return _read_unquoted(reading, start, close)
    word = text[start:end]
    if word.isascii() and word.isdigit():
        return word, start, end, end
    if "0" <= word[0] <= "9":
        return _unquoted(reading, start, end)
    return reading.macro(start, end), -1, -1, end


def _closing_quote(reading: Reading, start: int) -> int:
    """The quote that closes the one at `start`: the next one outside braces."""
    text, position = reading.text, start + 1
    while (found := grammar.QUOTE_OR_BRACE.search(text, position)) is not None:
        if found[0] == '"':
            return found.start()
        if found[0] == "}":
            break
        end = reading.closing(found.start())
        if end == -1:
            raise UnreadableError(FlawKind.UNCLOSED_BRACE, found.start(), "this brace is never closed")
        position = end + 1
    raise UnreadableError(FlawKind.UNCLOSED_QUOTE, start, "this quote is never closed")


def _read_unquoted(reading: Reading, start: int, close: str) -> tuple[str, int, int, int]:
    text, position = reading.text, start
    words = grammar.UNQUOTED if close == "}" else grammar.UNQUOTED_IN_PARENTHESES
    while text.startswith("{", end := _after(words, text, position)):
        position = reading.closing(end) + 1
        if position == 0:
            raise UnreadableError(FlawKind.UNCLOSED_BRACE, end, "this brace is never closed")
    end = start + len(text[start:end].rstrip())
    return _unquoted(reading, start, end) if end > start else ("", -1, -1, start)


def _unquoted(reading: Reading, start: int, end: int) -> tuple[str, int, int, int]:
    """Words without delimiters are read as what they say; braces around them are the repair."""
    edits = (Edit(start, start, "{"), Edit(end, end, "}"))
    reading.flaw(FlawKind.UNQUOTED_VALUE, start, end, "a text value needs braces", *edits)
    return reading.text[start:end], -1, -1, end


def _after_field(reading: Reading, found: Field, head: Match[str], close: str) -> int:
    """Where the next field may begin: after the comma, or at once when the comma is missing."""
    text, end = reading.text, found.end
    position = skip(reading, end)
    if text.startswith(",", position):
        return position + 1
    if position >= len(text) or text.startswith(close, position):
        return position
    if grammar.FIELD_NAME.match(text, position):
        message = f"a comma is missing after the field {found.name}"
        reading.flaw(FlawKind.MISSING_COMMA, end, end, message, Edit(end, end, ","))
        return position
    if text[position] == "@" and position in (reading.next_start(end), reading.next_start(position - 1)):
        raise _runs_on(reading, found, head)
    message = f"a comma or `{close}` is expected after the field {found.name}, not `{text[position]}`"
    raise UnreadableError(FlawKind.BROKEN, position, message)


def _runs_on(reading: Reading, found: Field, head: Match[str]) -> UnreadableError:
    """The next entry begins inside this one: which brace is open, the field's or the entry's?

    A field whose closing brace leads its line has most likely taken the brace that was meant to close the entry.
    """
    line = reading.text[found.raw_start : found.end - 1]
    if found.value_start > found.raw_start and line.rstrip(" \t").endswith(("\n", "\r")):
        return UnreadableError(FlawKind.UNCLOSED_BRACE, found.raw_start, f"the value of {found.name} is not closed")
    message = "the entry is not closed before the next one begins"
    return UnreadableError(FlawKind.UNCLOSED_BRACE, head.end() - 1, message)


def read_value_of_block(reading: Reading, position: int, head: Match[str]) -> tuple[str, int]:
    """The value that @string or @preamble holds after `position`, and the end of the block. Raises UnreadableError."""
    text = reading.text
    close = "}" if text[head.end() - 1] == "{" else ")"
    found = _read_value(reading, head[2].lower(), head.start(2), position, close)
    end = skip(reading, found.end)
    if text.startswith(",", end):
        end = skip(reading, end + 1)
    if not text.startswith(close, end):
        raise UnreadableError(FlawKind.BROKEN, min(end, len(text)), f"`{close}` is expected after the value")
    return found.value, end + 1
