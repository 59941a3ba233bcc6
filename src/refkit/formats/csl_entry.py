"""CSL-JSON items -> BibTeX entries; the table of what becomes of what is in csl_json.py."""

import re
from typing import Any

from refkit import languages
from refkit.formats.csl_dates import date_fields, to_edtf
from refkit.formats.csl_json import CSL_TYPES, ITEM_TYPES, MARKUP, NAMES, PLAIN, SERIALS, THESES, Item
from refkit.latex import from_markup, from_text
from refkit.model import Entry, Field
from refkit.names import OTHERS, Name, format_names

ENTRY_TYPES = {
    "article-journal": "article", "review": "article", "review-book": "article", "book": "book", "classic": "book",
    "chapter": "incollection", "entry": "incollection", "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection", "paper-conference": "inproceedings", "report": "techreport",
    "thesis": "phdthesis", "manuscript": "unpublished", "pamphlet": "booklet", "article-newspaper": "article",
    "article-magazine": "article",
}  # fmt: skip
# The order of the store, then what else an item can say.
FIELD_ORDER = (
    "author editor translator title journal booktitle howpublished year month day volume number eid pages publisher "
    "school institution address edition series type chapter doi url urldate dor isbn issn pmid pmcid language langid "
    "solaryear entrysubtype note"
).split()


def to_entry(item: Item) -> Entry:
    """The BibTeX entry of a CSL-JSON item; variables that BibTeX has no field for are left out."""
    kind = str(item.get("type", "document"))
    entry_type = _entry_type(item, kind)
    fields: dict[str, str] = {}
    for table, write_value in ((MARKUP, from_markup), (PLAIN, from_text)):
        for name, variable in table.items():
            if name not in ("annotation",) and item.get(variable):
                fields[name] = write_value(str(item[variable]))
    _put_names(fields, item)
    _put_titles(fields, item, entry_type)
    _put_numbers(fields, item, kind)
    _put_publisher(fields, item, entry_type)
    _put_dates(fields, item)
    _put_rest(fields, item)
    if subtype := _entry_subtype(kind, entry_type):
        fields["entrysubtype"] = subtype
    ordered = sorted(fields, key=lambda name: FIELD_ORDER.index(name) if name in FIELD_ORDER else len(FIELD_ORDER))
    return Entry(
        entry_type, str(item.get("id", "")), tuple(Field(name, fields[name]) for name in ordered if fields[name])
    )


def _entry_type(item: Item, kind: str) -> str:
    genre = str(item.get("genre", ""))
    if kind == "thesis" and re.search(r"master|m\.?\s?a\b|m\.?\s?sc|کارشناسی", genre, re.IGNORECASE):
        return "mastersthesis"
    return ENTRY_TYPES.get(kind, "misc")


def _entry_subtype(kind: str, entry_type: str) -> str:
    if kind in ("article-newspaper", "article-magazine"):
        return kind.removeprefix("article-")
    if ITEM_TYPES.get(entry_type) == kind or kind == "document":
        return ""
    return kind if kind in CSL_TYPES else ""


def _put_names(fields: dict[str, str], item: Item) -> None:
    variables = {"editor": "editor"} | NAMES
    for name, variable in variables.items():
        if names := item.get(variable):
            fields[name] = format_names(_name(each) for each in names)


def _name(name: dict[str, Any]) -> Name:
    if name.get("literal") == "others":
        return OTHERS
    keys = ("family", "given", "non-dropping-particle", "dropping-particle", "suffix", "literal")
    return Name(*(from_text(str(name.get(key, ""))) for key in keys))


def _put_titles(fields: dict[str, str], item: Item, entry_type: str) -> None:
    fields["title"] = from_markup(str(item.get("title", "")))
    container = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
    if text := str(item.get("container-title", "")):
        fields[container.get(entry_type, "howpublished" if entry_type == "misc" else "booktitle")] = from_markup(text)


def _put_numbers(fields: dict[str, str], item: Item, kind: str) -> None:
    number, page = str(item.get("number", "")), str(item.get("page", ""))
    if kind in SERIALS:
        fields["number"] = from_text(str(item.get("issue", "")))
        if number:
            fields["eid"] = from_text(number)
            page = "" if page == number else page
    else:
        fields["number"] = from_text(str(item.get("collection-number", "") or number))
        fields["issue"] = from_text(str(item.get("issue", "")))
    fields["pages"] = from_text(re.sub(r"\s*[-–—]\s*", "–", page)).replace("–", "--")
    fields["edition"] = from_text(str(item.get("edition", "")))
    fields["chapter"] = from_text(str(item.get("chapter-number", "")))


def _put_publisher(fields: dict[str, str], item: Item, entry_type: str) -> None:
    name = {"phdthesis": "school", "mastersthesis": "school", "techreport": "institution"}.get(entry_type, "publisher")
    fields[name] = from_text(str(item.get("publisher", "")))
    fields["address"] = from_text(str(item.get("publisher-place", "")))


def _put_dates(fields: dict[str, str], item: Item) -> None:
    if isinstance(date := item.get("issued"), dict):
        fields.update(date_fields(date))
    if status := str(item.get("status", "")):
        fields["pubstate" if "year" in fields else "year"] = from_text(status)
    if version := str(item.get("version", "")):
        fields["version"] = from_text(version)
    for variable, name in (("accessed", "urldate"), ("event-date", "eventdate"), ("original-date", "origdate")):
        if isinstance(date := item.get(variable), dict):
            fields[name] = from_text(to_edtf(date))


def _put_rest(fields: dict[str, str], item: Item) -> None:
    for variable, name in (("DOI", "doi"), ("URL", "url")):
        fields[name] = str(item.get(variable, "")).replace("{", "%7B").replace("}", "%7D")  # keeps the file readable
    genre = str(item.get("genre", ""))
    if genre not in {name for names in THESES.values() for name in names}:
        fields["type"] = from_text(genre)
    if tag := str(item.get("language", "")):
        found = languages.by_any(tag)
        fields["language"] = tag
        fields["langid"] = found.babel if found else ""
    custom = item.get("custom")
    if isinstance(custom, dict):
        fields["dor"], fields["solaryear"] = str(custom.get("dor", "")), str(custom.get("solar-year", ""))
