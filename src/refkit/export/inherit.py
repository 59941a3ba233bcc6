"""Fields that an entry takes over from another: `crossref` and `xdata`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from refkit.model import Entry, Field

NO_WORKS = frozenset(["xdata", "set"])  # types that only serve other entries
# Fields that an entry does not take over from the one its `crossref` names (biblatex manual, appendix B).
_OWN_FIELDS = frozenset(
    """author title subtitle titleaddon shorttitle shortauthor sorttitle sortkey crossref xref xdata entryset ids label
    keywords abstract annotation annote note doi url urldate pages eid""".split()
)
_WHOLE_TITLES = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}


def with_inherited(entries: Sequence[Entry]) -> list[Entry]:
    """Each work with the fields that it takes from the entry its `crossref` or `xdata` names.

    Entries of NO_WORKS are left out.
    """
    works = [entry for entry in entries if entry.type not in NO_WORKS]
    if not any(entry.field("crossref") or entry.field("xdata") for entry in works):
        return works
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    return [_inherit(entry, by_key) for entry in works]


def _inherit(entry: Entry, by_key: dict[str, Entry]) -> Entry:
    fields = {field.name: field for field in reversed(entry.fields)}
    for name in re.split(r"\s*,\s*", entry.get("xdata").strip()):
        if whole := by_key.get(name.lower()):
            for field in whole.fields:
                fields.setdefault(field.name, field)
    if whole := by_key.get(entry.get("crossref").strip().lower()):
        for field in whole.fields:
            name = _WHOLE_TITLES.get(field.name, field.name)
            if name not in _OWN_FIELDS:
                fields.setdefault(name, Field(name, field.value))
    return replace(entry, fields=tuple(fields.values()))
