"""Fields that an entry takes over from another: `crossref` and `xdata`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from refkit.model import Entry, Field

# Fields that an entry does not take over from the one its `crossref` names (biblatex manual, appendix B).
_OWN_FIELDS = frozenset(
    """author title subtitle titleaddon shorttitle shortauthor sorttitle sortkey crossref xref xdata entryset ids label
    keywords abstract annotation annote note doi url urldate pages eid""".split()
)
_WHOLE_TITLES = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}


def with_inherited(entries: Sequence[Entry]) -> list[Entry]:
    """Each entry with the fields that it takes from the entry its `crossref` or `xdata` names."""
    if not any(entry.field("crossref") or entry.field("xdata") for entry in entries):
        return list(entries)
    by_key = {entry.key.lower(): entry for entry in reversed(entries)}
    return [_inherit(entry, by_key) for entry in entries if entry.type != "xdata"]


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
