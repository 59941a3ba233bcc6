"""The nouns of refkit as frozen values.

Positions inside a file are offsets in characters of the decoded text, counted from 0, ends exclusive;
`Source.position` turns them into the lines and columns (from 1) that people and reports see.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from refkit.text import line_starts


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Safety(StrEnum):
    """Safe: the fix cannot change which work is cited, nor any text outside the defect."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True)
class Source:
    """One file that was read: `name` as the user gave it (`-` for standard input), `text` decoded, line ends kept.

    `encoding` is the Python codec it was read with; "utf-8-sig", "utf-16-le" and "utf-16-be" say that a byte order
    mark stood before the text.
    """

    name: str
    text: str
    encoding: str = "utf-8"

    @cached_property
    def _starts(self) -> list[int]:
        return line_starts(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `text[start:end]` of the file by `replacement`."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair as data: edits that belong together, none overlapping another."""

    safety: Safety
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw found by one rule, at `start:end` of the file's text."""

    code: str
    name: str
    severity: Severity
    message: str
    start: int
    end: int
    key: str | None = None
    field: str | None = None
    fix: Fix | None = None


class Field(NamedTuple):
    """One field of an entry.

    `value` is the text between the delimiters, LaTeX kept, macros and `#` resolved; an undefined macro stands for its
    name, so that `month = jan` has the value "jan". `start:end` is the whole `name = {value}` in the file, without a
    comma; the name begins at `start` and is as long as `name`. `raw_start:end` is the value as written, delimiters
    included. `value_start:value_end` is the text inside the delimiters (`text[value_start:value_end] == value`), both
    -1 when the value is not one literal (a macro, a concatenation, unquoted words) or was not read from a file.
    """

    name: str
    value: str
    start: int = -1
    end: int = -1
    value_start: int = -1
    value_end: int = -1
    raw_start: int = -1


@dataclass(frozen=True, slots=True)
class Entry:
    """One structured item of a bibliography; `type` and field names in lower case, `key` as written."""

    type: str
    key: str
    fields: tuple[Field, ...]
    start: int = -1
    end: int = -1
    key_start: int = -1
    key_end: int = -1
    _by_name: dict[str, Field] = field(default_factory=dict, init=False, repr=False, compare=False)

    def field(self, name: str) -> Field | None:
        """The first field of that name."""
        if not self._by_name:  # rules ask thousands of times
            self._by_name.update((item.name, item) for item in reversed(self.fields))
        return self._by_name.get(name)

    def get(self, name: str) -> str:
        """The value of a field, empty when the entry has none."""
        found = self.field(name)
        return found.value if found else ""


class BlockKind(StrEnum):
    """What a stretch of a .bib file is; the blocks of a file cover it without gap."""

    ENTRY = "entry"
    STRING = "string"
    PREAMBLE = "preamble"
    COMMENT = "comment"  # @comment{…}
    TEXT = "text"  # whatever stands between entries; BibTeX ignores it
    BROKEN = "broken"  # an entry that cannot be read; kept byte for byte


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a .bib file, `text[start:end]`; `entry` for entries, `reason` for broken ones."""

    kind: BlockKind
    start: int
    end: int
    entry: Entry | None = None
    reason: str = ""


class FlawKind(StrEnum):
    """What is wrong, or odd, in the syntax of a .bib file; the value says where the flaw's `start:end` lies."""

    BROKEN = "broken"  # the place at which an entry stops being readable; its block is BROKEN
    UNCLOSED_BRACE = "unclosed-brace"  # the opening brace; the block is BROKEN
    UNCLOSED_QUOTE = "unclosed-quote"  # the opening quote; the block is BROKEN
    MISSING_COMMA = "missing-comma"  # empty, where the comma belongs
    EXTRA_COMMA = "extra-comma"  # the comma
    MISSING_VALUE = "missing-value"  # the field name; the field is read with an empty value
    UNQUOTED_VALUE = "unquoted-value"  # the words that need delimiters; the field is read with them as value
    BAD_FIELD_NAME = "bad-field-name"  # a field name with spaces; the field is read
    ENTRY_IN_VALUE = "entry-in-value"  # `@type{key,` that leads a line inside a value: is a brace missing above it?
    SPACED_TYPE = "spaced-type"  # from `@` to the entry type; BibTeX reads such an entry, many programs do not
    COMMENTED_FIELD = "commented-field"  # a `%` comment inside an entry: biber skips it, BibTeX stumbles over it
    COMMENTED_ENTRY = "commented-entry"  # `% @article{…`: text for biber and refkit, an entry for BibTeX
    STRAY_TEXT = "stray-text"  # text between entries that looks like (the rest of) an entry
    UNDEFINED_MACRO = "undefined-macro"  # the macro
    UNUSED_MACRO = "unused-macro"  # the name in @string
    DISAGREEMENT = "disagreement"  # the head of an entry that bibtexparser reads differently, for no reason above


@dataclass(frozen=True, slots=True)
class SyntaxFlaw:
    """One observation of the reader at `text[start:end]`; `edits` repair it where the repair is evident."""

    kind: FlawKind
    start: int
    end: int
    message: str
    key: str | None = None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Bibliography:
    """All blocks of one .bib file in order; `strings` maps @string macros (lower case) to their text.

    `flaws` are the observations of the reader, by position.
    """

    source: Source
    blocks: tuple[Block, ...]
    strings: Mapping[str, str] = field(default_factory=dict)
    flaws: tuple[SyntaxFlaw, ...] = ()

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The readable entries in file order."""
        return tuple(block.entry for block in self.blocks if block.entry is not None)


class Reference(NamedTuple):
    """One item of a reference list, still a string.

    `text` is one line: line breaks and hyphenation inside the reference are healed. `start` is the offset of its first
    character in the file; `offsets[i]` the offset of `text[i]`, empty when the text stands in the file as it is.
    `number` is a printed list number such as "12", outside the text. `author` is the author a dash ("———") or
    a word such as "ders." stands for. `line` is the line of the file, from 1, in which the reference begins.
    """

    text: str
    start: int = 0
    offsets: tuple[int, ...] = ()
    number: str = ""
    author: str = ""
    line: int = 1

    def offset(self, index: int) -> int:
        """Offset in the file of `text[index]`; `index` may be `len(text)`."""
        if not self.offsets:
            return self.start + index
        if index < len(self.offsets):
            return self.offsets[index]
        return self.offsets[-1] + 1


class Span(NamedTuple):
    """A labelled stretch `text[start:end]` of a reference: which field it belongs to and how sure that is (0 to 1)."""

    field: str
    text: str
    start: int
    end: int
    confidence: float = 1.0


class ParsedReference(NamedTuple):
    """A reference that has been read: its labelled spans, the entry they make, and the text that fits nowhere."""

    reference: Reference
    spans: tuple[Span, ...]
    entry: Entry
    leftover: tuple[Span, ...] = ()

    def span(self, name: str) -> Span | None:
        """The first span of that field."""
        for candidate in self.spans:
            if candidate.field == name:
                return candidate
        return None


@dataclass(frozen=True)
class ReferenceList:
    """A plain-text list that has been read."""

    source: Source
    references: tuple[ParsedReference, ...]


class VerdictKind(StrEnum):
    """What a check against a metadata source found."""

    VERIFIED = "verified"
    MISMATCH = "mismatch"
    WRONG_DOI = "wrong-doi"
    NOT_REGISTERED = "not-registered"
    OTHER_AGENCY = "other-agency"
    RETRACTED = "retracted"
    UPDATED = "updated"
    FOUND = "found"
    UNVERIFIABLE = "unverifiable"
    INVALID = "invalid"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: what the entry says, what the record says."""

    field: str
    entry: str
    record: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A DOI that a search suggests, with its score from 0 to 1."""

    doi: str
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking one entry; `start` is the entry's offset in the file.

    `source` is who was asked (None: nobody); `record` a hash of the record that was compared.
    """

    key: str
    doi: str | None
    kind: VerdictKind
    start: int = 0
    fields: tuple[Difference, ...] = ()
    candidate: Candidate | None = None
    source: str | None = None
    reason: str | None = None
    record: str | None = None
