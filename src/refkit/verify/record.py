"""What a metadata source says about a DOI, as a frozen value; hostile or broken input is bounded here.

`trimmed` is what the cache keeps of an answer: the fields a comparison needs, none of them longer than its limit.
The readers accept any JSON: a field of the wrong type counts as absent.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from refkit.names import Name

MAX_TEXT = 2000  # characters; the longest true title among 2 700 records has 700
MAX_NAMES = 100
MAX_ITEMS = 20
_DEPTH = 6

_TEXT_LISTS = ("title", "subtitle", "original-title", "short-title", "container-title", "short-container-title")
_DATES = ("issued", "published", "published-print", "published-online", "published-other", "posted", "approved")
_KEPT = (
    *("DOI", "type", "volume", "issue", "page", "article-number", "publisher", "author", "editor", "ISBN", "ISSN"),
    *("update-to", "updated-by", "relation", "aliases", "institution", "event", "journal-issue", "subtype"),
    *_TEXT_LISTS,
    *_DATES,
)
# What a terminal would obey, or an editor not show: a record must not carry it into a report or a store
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_YEAR = re.compile("[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Update:
    """A notice about a work: its DOI, its kind in Crossref's words, and who said so."""

    doi: str
    kind: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One record; texts as registered, `years` all years of publication in any form, lowest first.

    `subtitles` belong to `titles`; `others` are short, original and translated titles. `updates` are notices about this
    work, `concerns` the works this record is a notice of. `published_as` are the DOIs of a preprint's later form.
    """

    doi: str
    type: str = ""
    titles: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    organisations: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    publisher: str = ""
    isbns: tuple[str, ...] = ()
    issns: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    concerns: tuple[Update, ...] = ()
    published_as: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    source: str = "crossref"


def trimmed(work: Mapping[str, Any], kept: Iterable[str] = _KEPT) -> dict[str, Any]:
    """The fields of an answer that a comparison needs, cut to their limits."""
    return {key: _cut(work[key], _DEPTH) for key in kept if work.get(key) is not None}


def _cut(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return value[:MAX_TEXT]
    if depth and isinstance(value, list):
        return [_cut(item, depth - 1) for item in value[:MAX_NAMES]]
    if depth and isinstance(value, dict):
        return {str(key)[:MAX_TEXT]: _cut(item, depth - 1) for key, item in list(value.items())[:MAX_NAMES]}
    return value if isinstance(value, int | float) else None


def from_crossref(work: Mapping[str, Any]) -> Record:
    """A Crossref record (the `message` of /works/{doi}, or an item of a list)."""
    return Record(
        doi=_text(work.get("DOI")),
        type=_text(work.get("type")),
        titles=_texts(work.get("title")),
        subtitles=_texts(work.get("subtitle")),
        others=_texts(work.get("original-title")) + _texts(work.get("short-title")),
        authors=_names(work.get("author")),
        editors=_names(work.get("editor")),
        organisations=tuple(_text(item.get("name")) for item in _dicts(work.get("institution"))),
        containers=_containers(work),
        years=tuple(sorted(set(_years(work)))),
        volume=_text(work.get("volume")),
        issue=_text(work.get("issue")),
        pages=_text(work.get("page")),
        article_number=_text(work.get("article-number")),
        publisher=_text(work.get("publisher")),
        isbns=_texts(work.get("ISBN")),
        issns=_texts(work.get("ISSN")),
        updates=_updates(work.get("updated-by")),
        concerns=_updates(work.get("update-to")),
        published_as=_related(work, "is-preprint-of"),
        aliases=_texts(work.get("aliases")),
    )


def _containers(work: Mapping[str, Any]) -> tuple[str, ...]:
    event = work.get("event")
    name = (_text(event.get("name")), _text(event.get("acronym"))) if isinstance(event, dict) else ()
    return tuple(
        text
        for text in (*_texts(work.get("container-title")), *_texts(work.get("short-container-title")), *name)
        if text
    )


def _years(work: Mapping[str, Any]) -> Iterator[int]:
    issue = work.get("journal-issue")
    for holder in (work, issue if isinstance(issue, dict) else {}):
        for key in _DATES:
            date = holder.get(key)
            parts = date.get("date-parts") if isinstance(date, dict) else None
            first = parts[0] if isinstance(parts, list) and parts else None
            year = first[0] if isinstance(first, list) and first else None
            if isinstance(year, int | str) and _YEAR.fullmatch(str(year)):
                yield int(year)


def _names(value: Any) -> tuple[Name, ...]:
    return tuple(name for name in map(_name, _dicts(value)) if name != Name())


def _name(item: Mapping[str, Any]) -> Name:
    family, given = _text(item.get("family")), _text(item.get("given"))
    if family:
        return Name(family=family, given=given, suffix=_text(item.get("suffix")))
    return Name(literal=_text(item.get("name")) or given)


def _updates(value: Any) -> tuple[Update, ...]:
    """The notices, each (DOI, kind) once with all who reported it."""
    found: dict[tuple[str, str], list[str]] = {}
    for item in _dicts(value):
        sources = found.setdefault((_text(item.get("DOI")).lower(), _kind(item)), [])
        if (source := _text(item.get("source"))) and source not in sources:
            sources.append(source)
    return tuple(Update(doi, kind, tuple(sources)) for (doi, kind), sources in found.items())


def _kind(item: Mapping[str, Any]) -> str:
    return _text(item.get("type")).strip().lower().replace("-", "_").replace(" ", "_")


def _related(work: Mapping[str, Any], relation: str) -> tuple[str, ...]:
    relations = work.get("relation")
    items = _dicts(relations.get(relation)) if isinstance(relations, dict) else ()
    found = [_text(item.get("id")).lower() for item in items if item.get("id-type") == "doi"]
    return tuple(dict.fromkeys(doi for doi in found if doi.startswith("10.")))


def from_datacite(attributes: Mapping[str, Any]) -> Record:
    """A DataCite record (the `attributes` of /dois/{doi})."""
    types = attributes.get("types")
    container = attributes.get("container")
    container = container if isinstance(container, dict) else {}
    titles = tuple(_text(item.get("title")) for item in _dicts(attributes.get("titles")))
    year = str(attributes.get("publicationYear") or "")
    return Record(
        doi=_text(attributes.get("doi")),
        type=_text(types.get("resourceTypeGeneral")).lower() if isinstance(types, dict) else "",
        titles=titles[:1],
        others=titles[1:MAX_ITEMS],
        authors=tuple(_creator(item) for item in _dicts(attributes.get("creators"))),
        containers=tuple(text for text in (_text(container.get("title")),) if text),
        years=(int(year),) if _YEAR.fullmatch(year) else (),
        volume=_text(container.get("volume")),
        issue=_text(container.get("issue")),
        publisher=_publisher(attributes.get("publisher")),
        source="datacite",
    )


def _publisher(value: Any) -> str:
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _creator(item: Mapping[str, Any]) -> Name:
    family = _text(item.get("familyName"))
    if family:
        return Name(family=family, given=_text(item.get("givenName")))
    name = _text(item.get("name"))
    family, comma, given = name.partition(",")
    if comma and item.get("nameType") != "Organizational":
        return Name(family=family.strip(), given=given.strip())
    return Name(literal=name)


def from_csl(item: Mapping[str, Any], source: str) -> Record:
    """A CSL-JSON item, as content negotiation at doi.org gives for any agency."""
    as_lists = {key: [item[key]] for key in _TEXT_LISTS if isinstance(item.get(key), str)}
    read = from_crossref({**item, **as_lists})
    return Record(**{**{name: getattr(read, name) for name in Record.__slots__}, "source": source})


def _text(value: Any) -> str:
    if isinstance(value, str):
        return _CONTROL.sub(" ", value[:MAX_TEXT])
    return str(value) if type(value) is int else ""


def _texts(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(text for text in map(_text, items[:MAX_ITEMS]) if text.strip())


def _dicts(value: Any) -> tuple[dict[str, Any], ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items[:MAX_NAMES] if isinstance(item, dict))
