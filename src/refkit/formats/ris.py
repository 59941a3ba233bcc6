"""RIS, the tagged format that reference managers import (Research Information Systems, tag list of 2011).

Text is plain: LaTeX and rich text are undone. What RIS has no tag for (a DOR, a Solar Hijri year) goes into `N1`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from refkit.formats.csl_json import Item, to_item
from refkit.latex import strip_markup
from refkit.model import Entry
from refkit.text import between

_TYPES = {
    "article-journal": "JOUR", "article-newspaper": "NEWS", "article-magazine": "MGZN", "article": "UNPB",
    "bill": "BILL", "book": "BOOK", "chapter": "CHAP", "classic": "CLSWK", "dataset": "DATA", "entry": "CHAP",
    "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART",
    "hearing": "HEAR", "legal_case": "CASE", "legislation": "STAT", "manuscript": "MANSCPT", "map": "MAP",
    "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP", "paper-conference": "CPAPER",
    "patent": "PAT", "periodical": "SER", "personal_communication": "PCOMM", "post-weblog": "BLOG", "post": "BLOG",
    "report": "RPRT", "review": "JOUR", "review-book": "JOUR", "software": "COMP", "song": "SOUND",
    "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
_NAMES = (
    ("author", "AU"),
    ("editor", "A2"),
    ("container-author", "A2"),
    ("collection-editor", "A3"),
    ("translator", "A4"),
)
_TEXTS = (
    ("title", "TI"), ("title-short", "ST"), ("container-title", "T2"), ("container-title-short", "J2"),
    ("collection-title", "T3"), ("volume", "VL"), ("issue", "IS"), ("number-of-volumes", "NV"),
    ("chapter-number", "SE"), ("publisher", "PB"), ("publisher-place", "CY"), ("edition", "ET"), ("genre", "M3"),
    ("ISBN", "SN"), ("ISSN", "SN"), ("DOI", "DO"), ("URL", "UR"), ("language", "LA"), ("PMID", "AN"),
    ("call-number", "CN"), ("abstract", "AB"), ("note", "N1"), ("annote", "RN"),
)  # fmt: skip
_SERIALS = frozenset(["article-journal", "article-newspaper", "article-magazine", "review", "review-book"])
_PAGES = re.compile(r"([^\s,-]+)-([^\s,-]+)")


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """The entries as RIS records, in order, a blank line between them."""
    return between((_record(to_item(entry)) for entry in entries), "\n")


def _record(item: Item) -> str:
    lines = [("TY", _TYPES.get(item["type"], "GEN")), *_lines(item), ("ER", "")]
    return "".join(
        f"{tag}  - {' '.join(value.split())}".rstrip(" ") + "\n" if value else f"{tag}  - \n" for tag, value in lines
    )


def _lines(item: Item) -> Iterator[tuple[str, str]]:
    for variable, tag in _NAMES:
        for name in item.get(variable, ()):
            yield tag, _name(name)
    yield from _dates(item)
    for variable, tag in _TEXTS:
        if value := item.get(variable):
            yield tag, strip_markup(str(value))
    yield from _numbers(item)
    for word in re.split(r"\s*[,;]\s*", str(item.get("keyword", ""))):
        if word:
            yield "KW", word
    for label, name in (("DOR", "dor"), ("Solar Hijri year", "solar-year")):
        if value := item.get("custom", {}).get(name):
            yield "N1", f"{label}: {value}"
    if item["id"]:
        yield "ID", str(item["id"])


def _name(name: dict[str, str]) -> str:
    if literal := name.get("literal"):
        return "et al." if literal == "others" else literal
    family = f"{name.get('non-dropping-particle', '')} {name.get('family', '')}".strip()
    given = f"{name.get('given', '')} {name.get('dropping-particle', '')}".strip()
    return ", ".join(part for part in (family, given, name.get("suffix", "")) if part)


def _dates(item: Item) -> Iterator[tuple[str, str]]:
    if date := item.get("issued"):
        parts = date.get("date-parts")
        yield "PY", str(parts[0][0]) if parts else str(date.get("literal", ""))
        if parts and (len(parts[0]) > 1 or len(parts) > 1 or date.get("season")):
            yield "DA", _date(date)
    if date := item.get("accessed"):
        yield "Y2", _date(date)


def _date(date: dict[str, Any]) -> str:
    """A date as RIS writes it: year/month/day/words."""
    parts = date.get("date-parts")
    if not parts:
        return str(date.get("literal", ""))
    numbers = [f"{number:02d}" for number in parts[0]] + ["", ""]
    words = "–" + "/".join(f"{number:02d}" for number in parts[1]) if len(parts) > 1 else ""
    if season := date.get("season"):
        words = ("spring", "summer", "autumn", "winter")[(int(season) - 1) % 4]
    return "/".join([*numbers[:3], words])


def _numbers(item: Item) -> Iterator[tuple[str, str]]:
    number, page = str(item.get("number", "")), str(item.get("page", ""))
    if number and item["type"] in _SERIALS:
        yield "C7", number
        page = "" if page == number else page
    elif number or item.get("collection-number"):
        yield "M1", number or str(item["collection-number"])
    if match := _PAGES.fullmatch(page):
        yield "SP", match[1]
        yield "EP", match[2]
    elif page:
        yield "SP", page
