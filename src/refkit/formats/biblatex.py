"""biblatex: the same entries in the data model that biber reads (biblatex manual, section 2).

BibTeX's types and field names become those of biblatex; `year`, `month`, `day` become one `date` in EDTF.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from refkit import languages
from refkit.bibtex import write_entry
from refkit.formats.bibtex import rename, renamed
from refkit.formats.csl_dates import issued, to_edtf
from refkit.formats.csl_json import edition, item_type
from refkit.latex import to_text
from refkit.model import Entry, Field
from refkit.text import between

_TYPES = {
    "conference": "inproceedings", "techreport": "report", "phdthesis": "thesis", "mastersthesis": "thesis",
    "electronic": "online", "www": "online",
}  # fmt: skip
_KINDS = {"techreport": "techreport", "phdthesis": "phdthesis", "mastersthesis": "mathesis"}
_MISC = {
    "webpage": "online", "post": "online", "post-weblog": "online", "dataset": "dataset", "software": "software",
    "patent": "patent", "graphic": "image", "song": "audio", "motion_picture": "video", "legislation": "legislation",
    "legal_case": "jurisdiction", "treaty": "legal", "personal_communication": "letter", "performance": "performance",
    "standard": "standard", "entry-encyclopedia": "inreference", "entry-dictionary": "inreference",
    "periodical": "periodical",
}  # fmt: skip
_NAMES = {
    "journal": "journaltitle", "address": "location", "annote": "annotation", "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass", "hyphenation": "langid",
}  # fmt: skip
_SPOKEN_SUBTYPES = frozenset(["webpage", "dataset", "software", "patent", "periodical", "performance", "standard"])


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """The entries as biblatex text in the layout of the store, a blank line between them."""
    return between((write_entry(to_biblatex(entry)) for entry in entries), "\n")


def to_biblatex(entry: Entry) -> Entry:
    """The entry in biblatex's data model; one that is already so stays as it is."""
    kind = _type(entry)
    fields = renamed(entry, _NAMES)
    if entry.type in _KINDS:
        fields.setdefault("type", _KINDS[entry.type])
    if fields.get("entrysubtype") in _SPOKEN_SUBTYPES and kind != "misc":
        del fields["entrysubtype"]
    if kind in ("thesis", "report"):
        rename(fields, "school", "institution")
        rename(fields, "publisher", "institution")
    if kind == "online":
        rename(fields, "howpublished", "organization")
        rename(fields, "publisher", "organization")
    if kind == "article" and "number" not in fields and not (fields.get("issue") or "").isalpha():
        rename(fields, "issue", "number")
    _merge_date(fields)
    if "edition" in fields:
        fields["edition"] = edition(fields["edition"])
    if found := languages.by_any(to_text(fields.get("language", ""))):
        fields["language"] = found.babel
    return replace(entry, type=kind, fields=tuple(Field(name, value) for name, value in fields.items() if value))


def _type(entry: Entry) -> str:
    if entry.type == "misc":
        return _MISC.get(item_type(entry), "misc") if entry.get("entrysubtype") else "misc"
    return _TYPES.get(entry.type, entry.type)


def _merge_date(fields: dict[str, str]) -> None:
    """`year`, `month`, `day` as one `date`, where they are a date and not words."""
    if "date" in fields or "year" not in fields:
        return
    date = issued(lambda name: fields.get(name, ""))
    if date is None or "literal" in date:
        return
    fields["date"] = to_edtf(date)
    for name in ("year", "month", "day"):
        fields.pop(name, None)
