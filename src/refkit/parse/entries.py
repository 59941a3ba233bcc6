"""Labelled spans -> entry: repairs that the text itself settles, field by field, and the entry type."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from refkit import languages
from refkit.dates import (
    MONTH_MACROS,
    SEASON_NAMES,
    SEASONS,
    ascii_digits,
    find_named,
    gregorian_year,
    is_solar,
    month_number,
    read_date,
    to_gregorian,
)
from refkit.identifiers import doi_of_link, normalise_doi, with_scheme
from refkit.latex import from_text
from refkit.model import Entry, Field, Span
from refkit.names import OTHERS, Name, format_names
from refkit.parse.host import REPORT_NAME
from refkit.parse.keys import key_stem
from refkit.parse.patterns import PERSIAN_ORDINALS, language_of
from refkit.parse.people import read_people
from refkit.parse.roles import REPEATED
from refkit.regex import regex
from refkit.words import (
    CONFERENCE,
    DATASET,
    THESIS,
    is_newspaper,
    is_periodical,
    is_publisher,
    is_surely_periodical,
)

_SPACES = regex(r"[\s\u00a0\u2000-\u200a\u202f\u3000]+")
_ODD = regex("[\u2010\u2011\u00ad\u200b\ufeff\u200e\u200f]")
_ARXIV = regex(r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?")
_EDITION_WORD = regex(r"\s*\b(?:edition|edn|ed|auflage|aufl)\b\.?$", re.IGNORECASE)
_IN = regex(r"in|در|nel|nella|dans|en|в кн", re.IGNORECASE)
_YEARS = regex("[12][0-9]{3}")
_DASHES = regex(r"\s*[-–—‐−‑]+\s*")
_REPORT = regex(rf"{REPORT_NAME.pattern}|\btech\. ?rep|\breport\b", re.IGNORECASE)
_SCHEME = regex(r"^(?:h+t{1,3}p{1,3}(s)?|ftp)\s?[:;]\s?/{1,3}", re.IGNORECASE)

Fields = dict[str, str]


def make_entry(spans: Iterable[Span], leftover: Sequence[Span] = (), hidden_author: str = "") -> Entry:
    """The entry that the spans of one reference make; its key is the stem, whether or not others have it, too.

    Leftover text is kept in `annote`. `hidden_author` is the author that a dash or "ders." stands for.
    """
    found: dict[str, list[Span]] = {}
    for span in spans:
        found.setdefault(span.field, []).append(span)
    fields: Fields = {}
    for name, read in _READERS.items():
        if name in found:
            read(fields, found[name])
    if hidden_author and ("author" not in fields or REPEATED.match(found["author"][0].text)):
        fields["author"] = _names([hidden_author])
    _add_dates(fields, found)
    _add_article_number(fields)
    kind, subtype = entry_type(fields, found)
    if subtype:
        fields["entrysubtype"] = subtype
    _rename(fields, kind)
    _add_language(fields, found)
    if leftover:
        fields["annote"] = from_text("; ".join(plain(span.text) for span in leftover))
    return Entry(kind, key_stem(fields, kind), tuple([Field(name, value) for name, value in fields.items() if value]))


# ------------------------------------------------------------------ readers of single fields


def plain(text: str) -> str:
    """Printed text with single blanks, ordinary hyphens and composed letters."""
    if text.isascii():
        return text if text.isprintable() and "  " not in text and text == text.strip() else " ".join(text.split())
    return unicodedata.normalize("NFC", " ".join(_ODD.sub(_plain_hyphen, text).split()))


def _plain_hyphen(match: re.Match[str]) -> str:
    return "-" if match[0] in "\u2010\u2011" else ""


def _text(name: str) -> Callable[[Fields, list[Span]], None]:
    def read(fields: Fields, spans: list[Span]) -> None:
        fields[name] = from_text(", ".join([plain(span.text) for span in spans]))

    return read


def _read_edition(fields: Fields, spans: list[Span]) -> None:
    """ "2nd edition" is `2nd`: styles print the word themselves."""
    edition = ascii_digits(_EDITION_WORD.sub("", plain(spans[0].text)))
    fields["edition"] = PERSIAN_ORDINALS.get(edition, from_text(edition))


def _read_identifier(fields: Fields, spans: list[Span]) -> None:
    match = _ARXIV.search(spans[0].text)
    if match:
        fields["eprint"], fields["eprinttype"] = match[1], "arxiv"
    else:
        fields["note"] = from_text("; ".join(plain(span.text) for span in spans))


def _first(name: str) -> Callable[[Fields, list[Span]], None]:
    def read(fields: Fields, spans: list[Span]) -> None:
        fields[name] = ascii_digits(plain(spans[0].text))

    return read


def _names(texts: Iterable[str]) -> str:
    """Printed lists of people as one BibTeX field; who is named again, as GOST does behind "/", is named once."""
    lists = [_read_names(text) for text in texts]
    if len(lists) == 1:
        return format_names(lists[0])
    names: dict[tuple[str, str], Name] = {}
    for name in chain.from_iterable(lists):
        person = name.family or name.literal, _initials(name.given)
        if person not in names or len(name.given) > len(names[person].given):
            names[person] = name
    return format_names(sorted(names.values(), key=OTHERS.__eq__))


def _initials(given: str) -> str:
    return "".join(word[0] for word in given.replace(".", " ").replace("-", " ").split())


def _read_names(text: str) -> tuple[Name, ...]:
    printed = plain(text)
    people = read_people(printed)
    return people if from_text(printed) == printed else tuple(Name(*map(from_text, name)) for name in people)


def _people(name: str) -> Callable[[Fields, list[Span]], None]:
    def read(fields: Fields, spans: list[Span]) -> None:
        fields[name] = _names([span.text for span in spans])

    return read


def _read_title(fields: Fields, spans: list[Span]) -> None:
    fields["title"] = from_text(": ".join([plain(span.text).rstrip(" ,،;؛") for span in spans]))


def _read_title_mark(fields: Fields, spans: list[Span]) -> None:
    title = fields.get("title", "")
    if title and not title.endswith(("?", "!")):
        fields["title"] = title + spans[0].text


def _read_container(fields: Fields, spans: list[Span]) -> None:
    text = ", ".join([plain(span.text) for span in spans])
    fields["container-title"] = from_text(text[:1].upper() + text[1:])


def _read_pages(fields: Fields, spans: list[Span]) -> None:
    fields["pages"] = _DASHES.sub("--", ascii_digits(plain(spans[0].text)).strip(" .,;:()[]"))


def _read_number(name: str) -> Callable[[Fields, list[Span]], None]:
    def read(fields: Fields, spans: list[Span]) -> None:
        number = ascii_digits(plain(spans[0].text))
        fields[name] = PERSIAN_ORDINALS.get(number, _DASHES.sub("--", number))

    return read


def _read_doi(fields: Fields, spans: list[Span]) -> None:
    text = spans[0].text.replace(" ", "")
    fields["doi"] = normalise_doi(text) or text


def _read_url(fields: Fields, spans: list[Span]) -> None:
    fields["url"] = url = printed_url(spans[0].text)
    doi = doi_of_link(url)
    if doi:
        fields.setdefault("doi", doi)  # a printed one replaces it


def printed_url(text: str) -> str:
    """The link without blanks, its scheme repaired or added."""
    url = _SPACES.sub("", text)
    match = _SCHEME.match(url)
    if match and not url.casefold().startswith(("http://", "https://", "ftp://")):
        url = f"http{match[1] or ''}://{url[match.end() :]}"
    return with_scheme(url)


_READERS: dict[str, Callable[[Fields, list[Span]], None]] = {
    "author": _people("author"),
    "editor": _people("editor"),
    "translator": _people("translator"),
    "title": _read_title,
    "title-mark": _read_title_mark,
    "second-title": _text("note"),
    "container-title": _read_container,
    "volume": _read_number("volume"),
    "volumes": _first("volumes"),
    "issue": _read_number("number"),
    "pages": _read_pages,
    "publisher": _text("publisher"),
    "place": _text("address"),
    "edition": _read_edition,
    "series": _text("series"),
    "genre": _text("type"),
    "doi": _read_doi,
    "url": _read_url,
    "dor": _first("dor"),
    "isbn": _first("isbn"),
    "issn": _first("issn"),
    "arxiv": _read_identifier,
    "identifier": _read_identifier,
    "pmid": _first("pmid"),
    "pmcid": _first("pmcid"),
    "note": _text("note"),
}


# ------------------------------------------------------------------ dates


def _add_dates(fields: Fields, found: dict[str, list[Span]]) -> None:
    if "date" in found:
        _add_issued(fields, found["date"][0].text, " ".join(span.text for span in found.get("date-more", ())))
    if "accessed" in found:
        accessed = read_date(found["accessed"][0].text)
        if accessed is None:
            fields["urldate"] = from_text(plain(found["accessed"][0].text))
        else:
            fields["urldate"] = (to_gregorian(accessed) if is_solar(accessed.year) else accessed).iso


def _add_issued(fields: Fields, text: str, more: str) -> None:
    printed = ascii_digits(text)
    years = _YEARS.findall(printed)
    if not years:
        fields.setdefault("pubstate", from_text(plain(text)))
        return
    year = int(years[0])
    if is_solar(year) and len(years) == 1:
        fields["year"], fields["solaryear"] = str(gregorian_year(year)), str(year)
    elif is_solar(year):
        fields["year"], fields["solaryear"] = years[1], years[0]
    else:
        fields["year"] = years[0]
        if len(years) == 2 and is_solar(int(years[1])):
            fields["solaryear"] = years[1]
    solar_day = (find_named(more) or find_named(f"{more} {year}")) if more else None
    if solar_day and is_solar(solar_day[0].year) and solar_day[0].day:
        day = to_gregorian(solar_day[0])
        fields["year"], fields["month"], fields["day"] = str(day.year), MONTH_MACROS[day.month - 1], str(day.day)
    else:
        _add_month(fields, more or printed)


def _add_month(fields: Fields, text: str) -> None:
    if text.strip().isdecimal():
        return
    named = find_named(text) or find_named(f"{text} 2000")
    first_word = re.match(r"\s*([^\W\d_]+)", text)
    month, day = (named[0].month, named[0].day) if named else (None, 0)
    if first_word and not re.search("[0-9]", text):
        month = month_number(first_word[1])
    full = read_date(text)
    if full and full.month:
        month, day = full.month, full.day
    season = SEASONS.get(first_word[1].casefold()) if first_word else None
    if month:
        fields["month"] = MONTH_MACROS[month - 1]
        if day:
            fields["day"] = str(day)
    elif season:
        fields["month"] = SEASON_NAMES[season - 1]


def _add_article_number(fields: Fields) -> None:
    """An article number printed as issue: the DOI ends in it, behind the volume and up to two figures of the issue."""
    number, doi, volume = fields.get("number", ""), fields.get("doi", ""), fields.get("volume", "")
    if len(number) < 3 or not number.isdigit() or not doi.endswith(number):
        return
    head = doi.removesuffix(number).rstrip("0")
    behind_volume = volume and any(head[: len(head) - figures].endswith(volume) for figures in range(3))
    if behind_volume or not head[-1:].isdigit():
        fields["eid"] = fields.pop("number")


# ------------------------------------------------------------------ type


def entry_type(fields: Fields, found: dict[str, list[Span]]) -> tuple[str, str]:
    """The BibTeX entry type and, where BibTeX has none of its own, the `entrysubtype`."""
    container, publisher = fields.get("container-title", ""), fields.get("publisher", "")
    in_book = bool(container) and any(_IN.fullmatch(span.text) for span in found.get("label", ()))
    thesis = next((span for span in found.get("genre", ()) if THESIS.search(span.text)), None)
    if thesis:
        return _thesis_type(thesis.text)
    if _is_report(fields, found):
        return "techreport", ""
    if is_newspaper(container):
        return "article", "newspaper"
    if container and (in_book or "editor" in fields) and not _is_numbered_periodical(fields, container):
        return _book_part(container)
    if _is_volume_of_book(fields, container):
        return "book", ""
    if fields.get("volume") or fields.get("number") or fields.get("eid"):
        return "article", ""
    if container:
        return _periodical_or_part(container, fields)
    return _standalone_type(fields, publisher)


def _is_report(fields: Fields, found: dict[str, list[Span]]) -> bool:
    """A number of a series of papers, or what calls itself a report; a book in a series of books is none."""
    genres = found.get("genre", ())
    if (genres and "number" in fields) or any(_REPORT.search(genre.text) for genre in genres):
        return True
    return "volume" not in fields and any(REPORT_NAME.search(series.text) for series in found.get("series", ()))


def _is_numbered_periodical(fields: Fields, container: str) -> bool:
    """A volume with an issue, or a volume of what can only be a journal: "In: Zeitschrift für Soziologie 12"."""
    return "volume" in fields and ("number" in fields or is_surely_periodical(container))


def _is_volume_of_book(fields: Fields, container: str) -> bool:
    """A volume and a place or publisher, but neither host nor issue: one volume of a book, or of a series."""
    imprint = "address" in fields or "publisher" in fields
    return imprint and not container and "volume" in fields and "number" not in fields


def _thesis_type(text: str) -> tuple[str, str]:
    master = re.search(r"master|m\.? ?a\b|m\.? ?sc|کارشناسی", text, re.IGNORECASE)
    return ("mastersthesis", "") if master else ("phdthesis", "")


def _book_part(container: str) -> tuple[str, str]:
    return ("inproceedings", "") if CONFERENCE.search(container) else ("incollection", "")


def _periodical_or_part(container: str, fields: Fields) -> tuple[str, str]:
    if "978-" in fields.get("doi", "") or ("publisher" in fields and "url" not in fields):
        return _book_part(container)
    if "pages" in fields:
        return ("article", "") if is_periodical(container) else _book_part(container)
    if "doi" in fields or "url" not in fields or is_surely_periodical(container):
        return "article", ""
    return "misc", "dataset" if _is_dataset(fields) else "webpage"


def _is_dataset(fields: Fields) -> bool:
    return DATASET.search(f"{fields.get('title', '')} {fields.get('url', '')}") is not None


def _standalone_type(fields: Fields, publisher: str) -> tuple[str, str]:
    if "url" in fields or "urldate" in fields:
        if _is_dataset(fields):
            return "misc", "dataset"
        return ("book", "") if is_publisher(publisher) else ("misc", "webpage")
    if publisher or "address" in fields:
        return "book", ""
    return ("article", "") if "doi" in fields else ("misc", "")


_CONTAINER_NAMES = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHER_NAMES = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}


def _rename(fields: Fields, kind: str) -> None:
    """Host and publisher under the names BibTeX has for them in this entry type; a web site is `howpublished`."""
    for name, renamed in (
        ("container-title", _CONTAINER_NAMES.get(kind, "howpublished")),
        ("publisher", _PUBLISHER_NAMES.get(kind, "publisher")),
    ):
        value = fields.pop(name, "")
        if value:
            fields[renamed] = value


def _add_language(fields: Fields, found: dict[str, list[Span]]) -> None:
    language = language_of(found["language"][0].text) if "language" in found else None
    if language is None:
        code = languages.guess(fields.get("title", ""))
        language = languages.by_code(code) if code else None
    if language:
        fields["language"], fields["langid"] = language.code, language.babel
