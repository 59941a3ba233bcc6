"""How an entry is laid out: field order, indentation, braces. Values keep their meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from refkit.bibtex.grammar import BRACE, MONTHS
from refkit.model import BlockKind, Entry, Field

# The order that docs/format.md promises; between its names stand those that say the same in biblatex or qualify them.
FIELD_ORDER = (
    "author shortauthor editor editora editorb editorc editortype translator annotator commentator bookauthor"
    " title subtitle titleaddon shorttitle origtitle maintitle mainsubtitle maintitleaddon"
    " journal journaltitle journalsubtitle shortjournal booktitle booksubtitle booktitleaddon"
    " issuetitle issuesubtitle eventtitle eventdate venue"
    " year date solaryear origdate month day volume volumes part number issue chapter eid articleno pages pagetotal"
    " publisher organization institution school address location edition howpublished type version series"
    " doi eprint eprinttype archiveprefix eprintclass primaryclass pmid pmcid"
    " url urldate dor isbn issn isrn language langid origlanguage hyphenation"
    " crossref xref xdata related relatedtype relatedstring entryset"
    " note addendum pubstate keywords abstract annote annotation file"
).split()
RANK: Mapping[str, int] = MappingProxyType({name: rank for rank, name in enumerate(FIELD_ORDER)})


@dataclass(frozen=True, slots=True)
class Layout:
    """How `refkit format` lays out; `indent` in spaces, `align` puts the `=` of an entry under each other.

    `sort` orders the entries: "none" keeps the order of the file, else "key", "author", "year" or "type".
    """

    indent: int = 2
    align: bool = False
    sort: str = "none"


DEFAULT = Layout()


@dataclass(frozen=True, slots=True)
class Piece:
    """A block without the white space around it, `text[start:end]` of the file, and how it is to be written."""

    kind: BlockKind
    start: int
    end: int
    written: str
    entry: Entry | None = None


def write_entry(entry: Entry) -> str:
    """The entry as BibTeX text in the layout of the store, ending with a line feed.

    For entries that were made, not read: values are written out, so a macro becomes its text; only months in short
    English form (`jan`) are written as macros. Braces that have no partner become `\\lbrace` and `\\rbrace`.
    """
    fields = [(field.name, _written(field)) for field in in_order(entry.fields)]
    return compose(entry.type, entry.key, fields, DEFAULT, "\n") + "\n"


def in_order(fields: Sequence[Field]) -> list[Field]:
    """Fields in the order of the store; unknown ones follow as they stood."""
    return sorted(fields, key=lambda field: RANK.get(field.name, len(RANK)))


def compose(kind: str, key: str, fields: Sequence[tuple[str, str]], layout: Layout, newline: str) -> str:
    """One entry from its type, key and fields as (name, value with delimiters)."""
    indent = " " * layout.indent
    width = max((len(name) for name, _ in fields), default=0) if layout.align else 0
    lines = [f"{indent}{name:{width}} = {value}," for name, value in fields]
    return newline.join((f"@{kind}{{{key},", *lines, "}"))


def _written(field: Field) -> str:
    if field.name == "month" and field.value.lower() in MONTHS:
        return field.value.lower()
    return f"{{{balanced(field.value)}}}"


def balanced(value: str) -> str:
    """`value` with each brace that has no partner written as a command; BibTeX counts escaped braces too."""
    if "{" not in value and "}" not in value and not value.endswith("\\"):
        return value
    if _backslashes(value, len(value)) % 2:
        value = value[:-1] + "\\textbackslash{}"
    unpaired = _unpaired_braces(value)
    pieces, position = [], 0
    for offset in unpaired:
        escaped = _backslashes(value, offset) % 2
        pieces.append(value[position : offset - escaped])
        pieces.append("\\lbrace{}" if value[offset] == "{" else "\\rbrace{}")
        position = offset + 1
    return "".join((*pieces, value[position:]))


def _backslashes(value: str, offset: int) -> int:
    """How many backslashes stand directly before `offset`."""
    start = offset
    while start > 0 and value[start - 1] == "\\":
        start -= 1
    return offset - start


def _unpaired_braces(value: str) -> list[int]:
    closing: list[int] = []
    opening: list[int] = []
    for brace in BRACE.finditer(value):
        if brace[0] == "{":
            opening.append(brace.start())
        elif opening:
            opening.pop()
        else:
            closing.append(brace.start())
    return sorted(closing + opening)
