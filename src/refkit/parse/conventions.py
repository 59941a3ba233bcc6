"""What some traditions print in a form of their own, claimed before the labeller reads the rest.

Days in figures ("12.3.2004"), numbers of volumes ("2 voll."), articles as lawyers cite them ("4 Harv. L. Rev. 193"),
and the statement of responsibility and the medium of GOST. Each is claimed only where it is set off from its
surroundings: the same words in a title stay in the title.
"""

import re

from refkit.dates import month_number, read_numeric
from refkit.parse.patterns import Draft
from refkit.parse.person import CAPITAL
from refkit.regex import regex

_DAY_SIGN = regex(r"[0-9](?:[./]\s?(?:19|20)|-[01][0-9]-)")  # most references have none, and it is searched faster
_DAY = regex(
    r"(?<![0-9./-])(?:[0-3]?[0-9]\.\s?[01]?[0-9]\.\s?(?:19|20)[0-9]{2}|[0-3]?[0-9]/[01]?[0-9]/(?:19|20)[0-9]{2}|"
    r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?=\s{0,3}(?:[,.;)\]\ue000]|$))"
)
_BEFORE_DAY = regex(r"(?:^|[,(\[–—:;\ue000]|\b(?:vom|am|on|dated|от))\s{0,3}$")
_YEAR = regex(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_BEHIND_LINK = regex(r"[^\w]*(?:Stand|Abruf|zuletzt)?[^\w]*")
_VOLUMES_SIGNS = ("vols", "voll", "volumes", "Bde", "Bände", "tomes")
_VOLUMES = regex(
    r"(?:^|[,.;(])\s{0,3}(?P<count>[0-9]{1,2})\s?(?P<word>(?:vols|volumes|voll|Bde|Bände|tomes)\b\.?)"
    r"(?=\s{0,3}(?:[,.;:()\ue000]|$))"
)
_LAW_REVIEW = regex(
    r",\s(?P<volume>[0-9]{1,3})\s(?P<container>[A-Z][^\s0-9,()]*(?:\s(?:[A-Z&][^\s0-9,()]*|of|the|and|for|on|in)){0,8})"
    r"\s(?P<pages>[0-9]{1,5})(?:,\s(?P<note>[0-9]+(?:[-–][0-9]+)?))?\s\((?:[^()0-9]{0,20}\s)?(?P<date>[0-9]{4})\)"
)
_LAW_FIELDS = {"container": "container-title", "volume": "volume", "pages": "pages", "note": "note", "date": "date"}
_BY_INITIALS = rf"(?:{CAPITAL}\. ?){{1,3}}{CAPITAL}[^\W\d_]+(?:-[^\W\d_]+)*"
_BY_PATRONYMIC = rf"{CAPITAL}[^\W\d_]+(?:-[^\W\d_]+)* {CAPITAL}[^\W\d_]+ {CAPITAL}[^\W\d_]+(?:[оеь]вич|[оеи]вна|ична)"
_RESPONSIBLE = regex(
    rf"(?<=\s/\s)(?:{_BY_PATRONYMIC}|{_BY_INITIALS}(?:, {_BY_INITIALS})*+(?:,? \[?(?:и др|et al)\.?\]?)?)"
    r"(?=\s*(?://|[–—;]|\.\s|\.?-|$))"
)
_EDITED = regex(
    rf"(?:^|[/;.,:]\s{{0,3}})(?P<label>(?:[Пп]од\s(?:(?:общ|науч)\.\s)?ред(?:\.|акцией)|(?:[Оо]тв|[Гг]л|[Нн]ауч)\.\sред\.))\s"
    rf"(?P<editors>{_BY_INITIALS}(?:(?:,|\sи)\s{_BY_INITIALS})*+)"
)
_THESIS = regex(r"(?<=[:.]\s)(?:автореф(?:ерат|\.)\s)?(?:дис(?:сертация|\.)[^/–—]{0,80}\bнаук)\b", re.IGNORECASE)
_MEDIUM_SIGNS = ("Текст", "ресурс", "[Text]")
_MEDIUM = regex(
    r"\[(?:Текст|Электронный ресурс|Text)\]|\bТекст : (?:непосредственный|электронный)(?=\s*(?://|[.–—]|$))|"
    r"\bЭлектронный ресурс\b(?=\s*(?://|[.:\]–—]|$))"
)


def claim_conventional(draft: Draft) -> None:
    """Claim whatever such a form marks beyond doubt."""
    _claim_law_review(draft)
    _claim_day(draft)
    _claim_medium(draft)
    _claim_responsible(draft)
    _claim_edited(draft)
    _claim_thesis(draft)
    _claim_volumes(draft)


def _has(text: str, signs: tuple[str, ...]) -> bool:
    return bool([sign for sign in signs if sign in text])


def _claim_day(draft: Draft) -> None:
    """A day that is set off: the date of issue where no year is printed besides, that of access behind a link."""
    match = _DAY.search(draft.free) if _DAY_SIGN.search(draft.free) else None
    if not match or not read_numeric(match[0]) or not _BEFORE_DAY.search(draft.free, 0, match.start()):
        return
    link = max((span.end for span in draft.spans if span.field == "url"), default=-1)
    if 0 <= link <= match.start() and _BEHIND_LINK.fullmatch(draft.text, link, match.start()):
        if not draft.has("accessed"):
            draft.claim("accessed", *match.span())
    elif not (_YEAR.search(draft.free, 0, match.start()) or _YEAR.search(draft.free, match.end())):
        draft.claim("date", *match.span())


def _claim_volumes(draft: Draft) -> None:
    """How many volumes a work has: "2 vols."."""
    match = _VOLUMES.search(draft.free) if _has(draft.free, _VOLUMES_SIGNS) else None
    if match:
        draft.claim("volumes", *match.span("count"))
        draft.label(*match.span("word"))


def _claim_law_review(draft: Draft) -> None:
    """Volume, journal, first page, pinpoint and year: "4 Harv. L. Rev. 193, 195–96 (1890)"."""
    match = _LAW_REVIEW.search(draft.free) if "(" in draft.free else None
    if match and not month_number(match["container"].rstrip(".")):
        for group, name in _LAW_FIELDS.items():
            draft.claim(name, *match.span(group))


def _claim_responsible(draft: Draft) -> None:
    """The people behind a slash with their initials: "Title / I. I. Ivanov, P. P. Petrov // Journal"."""
    match = _RESPONSIBLE.search(draft.free) if " / " in draft.free else None
    if match:
        draft.claim("author", *match.span())


def _claim_edited(draft: Draft) -> None:
    """ "Под ред. Г. С. Шапиро"."""
    match = _EDITED.search(draft.free) if "ред" in draft.free else None
    if match:
        draft.label(*match.span("label"))
        draft.claim("editor", *match.span("editors"))


def _claim_thesis(draft: Draft) -> None:
    """ "дис. ... канд. физ.-мат. наук" behind the title of a thesis."""
    match = _THESIS.search(draft.free) if "ис" in draft.free else None
    if match:
        draft.claim("genre", *match.span())


def _claim_medium(draft: Draft) -> None:
    """ "[Текст]" and its like say no more than that the work is printed, or is not."""
    if _has(draft.free, _MEDIUM_SIGNS):
        for match in _MEDIUM.finditer(draft.free):
            draft.label(*match.span())
