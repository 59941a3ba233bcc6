"""What publishers write into the suffix of a DOI: year, volume, page, ISSN, ISBN, whole book or part.

The patterns were read off DOIs as registered with Crossref. A year in a DOI is mostly that of acceptance, so `before`
and `after` say by how many years the year of publication may differ.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from refkit.regex import regex


@dataclass(frozen=True, slots=True)
class Suffix:
    """What a DOI says; None and 0 where it says nothing. `part` is True for a chapter, False for a whole book."""

    year: int = 0
    volume: str = ""
    page: str = ""
    issn: str = ""
    isbn: str = ""
    part: bool | None = None
    before: int = 1
    after: int = 4


_ISBN = "97[89]-?(?:[0-9]-?){9}[0-9]"
_PATTERNS = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        # American Physical Society: journal, volume, page
        r"10\.1103/(?:PhysRev(?:Lett|[A-EX])?|RevModPhys|PhysRev[A-Za-z]+)\.(?P<volume>[0-9]+)\.(?P<page>[A-Z]?[0-9]+)",
        # IOP: ISSN, volume, issue, and a page or a number of the article
        r"10\.1088/(?P<issn>[0-9]{4}-[0-9]{3}[0-9X])/(?P<volume>[0-9]+)/[0-9]+[a-z]?/[A-Z]?[0-9]+",
        # SICI of Wiley and others: ISSN (date) volume : issue < page
        r"10\.[0-9]+/\(SICI\)(?P<issn>[0-9]{4}-[0-9]{3}[0-9X])\((?P<exact>[12][0-9]{3})[0-9/]*\)"
        r"(?P<volume>[0-9]+):[^<]*<(?P<page>[A-Z]?[0-9]+)::.*",
        # Copernicus: journal, volume, page, year
        r"10\.5194/[a-z]+-(?P<volume>[0-9]+)-(?P<page>[0-9]+)-(?P<exact>[12][0-9]{3})",
        # Elsevier: journal, year of acceptance
        r"10\.1016/j\.[a-z]+\.(?P<year>(?:19|20)[0-9]{2})\.[0-9]{2}\.[0-9]+",
        # Elsevier and others: PII with ISSN and the year in two digits
        r"10\.1016/S(?P<issn>[0-9]{4}-[0-9]{3}[0-9X])\((?P<short>[0-9]{2})\)[0-9]+-[0-9X]",
        # Wiley: ISSN, year
        r"10\.(?:1111|1046)/j\.(?P<issn>[0-9]{4}-[0-9]{3}[0-9X])\.(?P<year>(?:19|20)[0-9]{2})\.[0-9]+\.x",
        # Springer and Nature: journal, year in three digits
        r"10\.(?:1007|1038|1186|1140)/s[0-9]{5}-(?P<three>0[0-4][0-9])-[0-9]+-[0-9a-z]",
        # IEEE: journal or conference, year
        r"10\.1109/[A-Z0-9-]+\.(?P<year>(?:19|20)[0-9]{2})\.[0-9]+",
        # American Mathematical Society: ISSN, year
        r"10\.1090/S(?P<issn>[0-9]{4}-[0-9]{3}[0-9X])-(?P<year>(?:19|20)[0-9]{2})-[0-9]+-[0-9X]",
        # BioMed Central until 2014: ISSN, volume, article
        r"10\.1186/(?P<issn>[0-9]{4}-[0-9]{3}[0-9X])-(?P<volume>[0-9]+)-(?P<page>[0-9]+)",
        # Oxford: journal, volume, issue, page
        r"10\.1093/[a-z]+/(?P<volume>[0-9]+)\.[0-9]+\.(?P<page>[0-9]+)",
        # National Academy of Sciences: year, number, volume
        r"10\.1073/pnas\.[0-9]{7}(?P<volume>[0-9]{3})",
        # Astronomy & Astrophysics: ISSN, year of acceptance
        r"10\.1051/(?P<issn>0004-6361):(?P<year>(?:19|20)[0-9]{2})[0-9]{4}",
        r"10\.1051/(?P<issn>0004-6361)/(?P<year>20[0-9]{2})[0-9]{5}",
        # Annual Reviews: journal, volume, day
        r"10\.1146/annurev\.[a-z]+\.(?P<volume>[0-9]+)\.[0-9]{6}\.[0-9]{6}",
        # American Chemical Society and others: none. Books, whole and in parts:
        rf"10\.(?:1007|1057)/(?P<isbn>{_ISBN})(?P<chapter>_[0-9]+)?",
        rf"10\.1016/B(?P<isbn>{_ISBN})\.(?:X[0-9]{{4}}-[0-9X]|(?P<chapter>[0-9]{{5}}-[0-9X]))",
        rf"10\.(?:1002|1515|4324|1201|1142|7551)/(?P<isbn>{_ISBN})(?P<chapter>\.ch[0-9]+|-[0-9]{{1,3}}|[./][0-9]{{1,3}})?",
        rf"10\.1017/(?:CBO|CHO|CHOL)?(?P<isbn>{_ISBN})(?P<chapter>\.[0-9]{{3}})?",
        rf"10\.1093/(?:acprof:oso|oso|oxfordhb|acref)/(?P<isbn>{_ISBN})\.(?:001\.0001|(?P<chapter>00[0-9]\.[0-9]{{4}}))",
    )
)


@lru_cache(maxsize=4096)
def read_suffix(doi: str) -> Suffix | None:
    """What the DOI says about its work, None when its publisher's pattern is not known."""
    for pattern in _PATTERNS:
        match = pattern.fullmatch(doi)
        if match:
            return _suffix(match.groupdict())
    return None


def _suffix(groups: dict[str, str | None]) -> Suffix:
    said = {name: value or "" for name, value in groups.items()}
    year, exact = said.get("year", ""), said.get("exact", "")
    short = said.get("short", "")
    if short:
        year = f"{'19' if int(short) > 40 else '20'}{short}"
    if three := said.get("three"):
        year = f"2{three}"
    is_book = "isbn" in said
    return Suffix(
        year=int(exact or year or 0),
        volume=said.get("volume", ""),
        page=said.get("page", ""),
        issn=said.get("issn", "").replace("-", "").upper(),
        isbn=said.get("isbn", "").replace("-", ""),
        part=bool(said.get("chapter")) if is_book else None,
        before=99 if short else 1,  # such numbers were given to old volumes when they were digitised
        after=1 if exact else 5,
    )
