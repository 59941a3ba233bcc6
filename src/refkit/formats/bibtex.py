"""BibTeX as the store has it: entries of biblatex become what classic BibTeX styles print.

Types that BibTeX lacks become `@misc` with `entrysubtype`; `date` becomes `year`, `month`, `day`; subtitles join their
titles. Fields without a counterpart stay as they are: BibTeX ignores them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from refkit import languages
from refkit.bibtex import write_entry
from refkit.formats.csl_dates import date_fields, edtf
from refkit.formats.csl_json import item_type, language_tag
from refkit.latex import to_text, to_verbatim
from refkit.model import Entry, Field
from refkit.text import between

_TYPES = {
    "report": "techreport", "mvbook": "book", "collection": "book", "mvcollection": "book", "reference": "book",
    "mvreference": "book", "bookinbook": "incollection", "suppbook": "incollection", "suppcollection": "incollection",
    "inreference": "incollection", "mvproceedings": "proceedings", "suppperiodical": "article",
}  # fmt: skip
_KNOWN = frozenset(
    """article book booklet conference inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings
    techreport unpublished""".split()
)
_MASTERS = frozenset(["mathesis", "mastersthesis"])
_NAMES = {
    "journaltitle": "journal", "location": "address", "annotation": "annote", "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass", "hyphenation": "langid",
}  # fmt: skip
_SUBTITLES = {
    "subtitle": "title", "booksubtitle": "booktitle", "mainsubtitle": "maintitle", "journalsubtitle": "journal",
}  # fmt: skip


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """The entries as BibTeX text in the layout of the store, a blank line between them."""
    return between((write_entry(to_bibtex(entry)) for entry in entries), "\n")


def to_bibtex(entry: Entry) -> Entry:
    """The entry in classic BibTeX; one that is already so stays as it is."""
    kind, subtype = _type(entry)
    fields = renamed(entry, _NAMES)
    if subtype:
        fields.setdefault("entrysubtype", subtype)
    if kind == "techreport" and fields.get("type") == kind:
        del fields["type"]
    if kind in ("phdthesis", "mastersthesis") and entry.type == "thesis":
        fields.pop("type", None)
        rename(fields, "institution", "school")
    for part, whole in _SUBTITLES.items():
        _join(fields, whole, part)
    _split_date(fields)
    if tag := language_tag(entry):
        found = languages.by_any(tag)
        fields["language"] = tag
        fields.setdefault("langid", found.babel if found else "")
    return replace(entry, type=kind, fields=tuple(Field(name, value) for name, value in fields.items() if value))


def _type(entry: Entry) -> tuple[str, str]:
    if entry.type in _KNOWN:
        return entry.type, ""
    if entry.type == "thesis":
        return ("mastersthesis" if to_text(entry.get("type")) in _MASTERS else "phdthesis"), ""
    if entry.type in _TYPES:
        return _TYPES[entry.type], ""
    subtype = item_type(entry)
    return "misc", "" if subtype == "document" else subtype


def renamed(entry: Entry, names: Mapping[str, str]) -> dict[str, str]:
    """The fields under their new names; where both names are used, the later field keeps its own."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        name = names.get(field.name, field.name)
        fields.setdefault(field.name if name in fields else name, field.value)
    return fields


def rename(fields: dict[str, str], old: str, new: str) -> None:
    """Move a field to a new name unless that is taken."""
    if old in fields and new not in fields:
        fields[new] = fields.pop(old)


def _join(fields: dict[str, str], whole: str, part: str) -> None:
    if part in fields and fields.get(whole):
        glue = " " if fields[whole].endswith(("?", "!", ":")) else ": "
        fields[whole] += glue + fields.pop(part)


def _split_date(fields: dict[str, str]) -> None:
    """`date` as `year`, `month`, `day` where these can say it; it stays where they cannot."""
    date = edtf(to_verbatim(fields["date"])) if "date" in fields else None
    if date is None:
        return
    split = date_fields(date)
    if "date" not in split:
        del fields["date"]
    for name, value in split.items():
        fields.setdefault(name, value)
