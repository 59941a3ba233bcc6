"""What a check may know beyond its subject, computed once per file; and the edits that rules share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from refkit.model import Bibliography, Edit, Entry, Field
from refkit.regex import regex

_ONLY_BIBLATEX = frozenset(
    "date journaltitle location subtitle booksubtitle booktitleaddon maintitle eventtitle eventdate origdate langid "
    "eprinttype eprintclass pubstate titleaddon journalsubtitle sortname editortype xdata entrysubtype".split()
)
_ONLY_BIBLATEX_TYPES = frozenset(
    "online collection mvbook mvcollection mvproceedings mvreference report thesis xdata set suppbook suppperiodical "
    "suppcollection bookinbook reference inreference".split()
)
_ONLY_BIBTEX = frozenset("journal year address school archiveprefix primaryclass hyphenation".split())
_NOT_INHERITED = frozenset(
    "crossref xref xdata ids entryset entrysubtype execute label options presort related relatedoptions relatedstring "
    "relatedtype shorthand shorthandintro sortkey key title doi url urldate pages pagetotal abstract keywords note "
    "file isbn eprint".split()
)
_TITLES = ("title", "subtitle", "titleaddon")
_HOST_TITLE = {
    "mvbook": "maintitle",
    "mvcollection": "maintitle",
    "mvproceedings": "maintitle",
    "mvreference": "maintitle",
    "periodical": "journaltitle",
}


@dataclass(frozen=True)
class Context:
    """The file a check looks at.

    `dialect` is "bibtex" or "biblatex". `selected` are the codes to run, None for all that are on by default.
    `whole` maps the offset of an entry to the entry with the fields it inherits. `sort` is the
    configured order of entries ("key", "author", "year", "type"), empty for any.
    """

    dialect: str = "bibtex"
    today: date = field(default_factory=date.today)
    text: str = ""
    selected: frozenset[str] | None = None
    whole: Mapping[int, Entry] = field(default_factory=dict)
    sort: str = ""

    def full(self, entry: Entry) -> Entry:
        """The entry with what it inherits through `crossref` and `xdata`."""
        return self.whole.get(entry.start, entry) if self.whole else entry


def context_of(
    bibliography: Bibliography,
    dialect: str = "auto",
    today: date | None = None,
    selected: frozenset[str] | None = None,
    sort: str = "",
) -> Context:
    """The context of a file; `dialect` "auto" is decided by the fields and types that most entries use."""
    return Context(
        dialect=_dialect(bibliography) if dialect == "auto" else dialect,
        today=today or date.today(),
        text=bibliography.source.text,
        selected=selected,
        whole=_whole_entries(bibliography),
        sort=sort,
    )


def _dialect(bibliography: Bibliography) -> str:
    biblatex = bibtex = 0
    for entry in bibliography.entries:
        names = {item.name for item in entry.fields}
        biblatex += entry.type in _ONLY_BIBLATEX_TYPES or not names.isdisjoint(_ONLY_BIBLATEX)
        bibtex += not names.isdisjoint(_ONLY_BIBTEX)
    return "biblatex" if biblatex > bibtex else "bibtex"


def _whole_entries(bibliography: Bibliography) -> dict[int, Entry]:
    children = [entry for entry in bibliography.entries if entry.field("crossref") or entry.field("xdata")]
    if not children:
        return {}
    by_key = {entry.key.lower(): entry for entry in reversed(bibliography.entries)}
    return {entry.start: _whole(entry, by_key, frozenset({entry.key.lower()})) for entry in children}


def _whole(entry: Entry, by_key: Mapping[str, Entry], seen: frozenset[str]) -> Entry:
    fields = {item.name: item for item in entry.fields}
    for name in ("xdata", "crossref"):
        for key in (part.strip().lower() for part in entry.get(name).split(",")):
            parent = by_key.get(key)
            if parent is None or key in seen or len(seen) > 8:
                continue
            for item in _inherited(_whole(parent, by_key, seen | {key}), name == "xdata"):
                fields.setdefault(item.name, item)
    return replace(entry, fields=tuple(fields.values()))


def _inherited(parent: Entry, everything: bool) -> Iterator[Field]:
    for item in parent.fields:
        if everything or item.name not in _NOT_INHERITED:
            yield item
        if not everything and item.name in _TITLES:
            host = _HOST_TITLE.get(parent.type, "booktitle")
            yield item._replace(name=item.name.replace("title", host, 1) if item.name != "subtitle" else "booksubtitle")


_AFTER_FIELD = regex(r"[ \t]{0,200}(,?)[ \t]{0,200}(\r\n|\n|\r)?")


def removal(item: Field, text: str) -> Edit:
    """Take the field out, with its comma and, when it stands alone on its line, the line."""
    after = _AFTER_FIELD.match(text, item.end)
    if after is None:
        return Edit(item.start, item.end, "")
    indent = _before_blanks(text, item.start, " \t")
    alone = not indent or text[indent - 1] in "\r\n"
    if alone:
        return Edit(indent if after[2] else item.start, after.end(), "")
    if after[1]:
        return Edit(item.start, after.start(2) if after[2] else after.end(), "")
    comma = _before_blanks(text, item.start, " \t\r\n") - 1
    return Edit(comma if text[comma] == "," else item.start, item.end, "")


def _before_blanks(text: str, start: int, blanks: str) -> int:
    while start and text[start - 1] in blanks:
        start -= 1
    return start


def renaming(item: Field, name: str) -> Edit:
    """Give the field another name."""
    return Edit(item.start, item.start + len(item.name), name)


def addition(after: Field, name: str, value: str, text: str) -> Edit:
    """Put a new field behind another, laid out like it."""
    start = max(text.rfind("\n", 0, after.start), text.rfind("\r", 0, after.start)) + 1
    before = text[start : after.start]
    end = "\r\n" if text[max(start - 2, 0) : start] == "\r\n" else "\n"
    glue = f",{end}{before}" if start and not before.strip() else ", "
    return Edit(after.end, after.end, f"{glue}{name} = {{{value}}}")
