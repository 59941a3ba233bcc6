"""What an entry claims about its work, as plain text ready for comparison. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from refkit.dates import ascii_digits, is_solar
from refkit.latex import to_text
from refkit.model import Entry
from refkit.names import Name, parse_names

_YEAR = re.compile("(?<![0-9])[12][0-9]{3}(?![0-9])")
_DIGITS = re.compile("[0-9]+")
_ARTICLE_NUMBER_FIELDS = ("eid", "articleno", "article-number", "art_number")
_CONTAINER_FIELDS = ("journal", "journaltitle", "booktitle", "maintitle", "series")
_PREPRINT = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|chemrxiv|ssrn|preprint|research square|psyarxiv|osf)\b", re.IGNORECASE
)
# Not BibTeX, but printed; read literally it would be a person called Al
_ET_AL = re.compile(
    r",?\s{0,3}(?:\band\s{1,3})?(?:[\[(]?\bet\.?\s{0,3}al\b\.?[\])]?|\bи\s{1,3}др\.?|\bو\s{1,3}(?:همکاران|دیگران))\s*$",
    re.IGNORECASE,
)
_MAX = 4000


@dataclass(frozen=True, slots=True)
class Printed:
    """An entry's claims; texts without LaTeX, "" or empty when not printed.

    `titles` are the title and its other forms, `years` as printed with the Gregorian readings of a Solar Hijri year.
    `host` is the container, `hosts` all that may be one. `edited` says that the names are editors.
    """

    type: str
    titles: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    edited: bool = False
    host: str = ""
    hosts: tuple[str, ...] = ()
    year: str = ""
    years: tuple[int, ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    organisations: tuple[str, ...] = ()
    isbn: str = ""
    issn: str = ""
    is_preprint: bool = False


def read_entry(entry: Entry) -> Printed:
    """The claims of an entry."""
    authors, editors = _names(entry, "author"), _names(entry, "editor")
    hosts = tuple(text for name in _CONTAINER_FIELDS if (text := _text(entry, name)))
    year = _text(entry, "year") or _text(entry, "date")
    return Printed(
        type=entry.type,
        titles=tuple(_titles(entry)),
        names=authors or editors,
        edited=not authors and bool(editors),
        host=hosts[0] if hosts else "",
        hosts=hosts,
        year=year,
        years=tuple(sorted(set(_years(year, _text(entry, "solaryear"))))),
        volume=_text(entry, "volume"),
        issue=_text(entry, "number") or _text(entry, "issue"),
        pages=_text(entry, "pages"),
        article_number=next((text for name in _ARTICLE_NUMBER_FIELDS if (text := _text(entry, name))), ""),
        organisations=tuple(
            text for name in ("publisher", "institution", "organization", "school") if (text := _text(entry, name))
        ),
        isbn=_text(entry, "isbn"),
        issn=_text(entry, "issn"),
        is_preprint=_PREPRINT.search(" ".join(hosts)) is not None,
    )


def _text(entry: Entry, name: str) -> str:
    return to_text(entry.get(name)[:_MAX])


def _names(entry: Entry, name: str) -> tuple[Name, ...]:
    return tuple(
        Name(*(to_text(part) for part in (n.family, n.given, n.particle, n.dropping_particle, n.suffix, n.literal)))
        for n in parse_names(_ET_AL.sub(" and others", entry.get(name)[:_MAX]))
    )


def _titles(entry: Entry) -> Iterator[str]:
    title, subtitle = _text(entry, "title"), _text(entry, "subtitle")
    if title and subtitle:
        yield f"{title}: {subtitle}"
    for name in ("title", "origtitle", "titleaddon", "shorttitle", "usera"):
        text = _text(entry, name)
        if text and (name == "title" or len(text.split()) >= 3):
            yield text


def _years(*texts: str) -> Iterator[int]:
    for text in texts:
        for match in _YEAR.findall(ascii_digits(text))[:2]:
            year = int(match)
            yield year
            if is_solar(year):
                yield from (year + 621, year + 622)
