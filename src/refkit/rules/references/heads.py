"""What stands before the year: people, an organisation, or the title of a work without author."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from refkit.words import given_names, is_organisation

_SEPARATOR = re.compile(
    r"\s*(?:[,،]\s*)?(?<![^\s,;،])(?:and|und|et|en|и|و)(?!\S)\s*|\s*(?:,\s*)?&\s*|\s*[;؛]\s*|\s*[,،]\s*"
)
_INITIALS = re.compile(r"(?:[^\W\d_a-zа-я]\.?[\s‐-]{0,2}){1,4}")
_DEGREE = re.compile(
    r"(?:j\.? ?d|ph\.? ?d|m\.? ?d|d\.? ?phil|ll\.? ?[bmd]|m\.? ?b\.? ?a|m\.? ?sc|m\.? ?phil|b\.? ?sc|"
    r"esq|dr|prof|professor|"
    r"m\.? ?p|retd?|mag|dipl|doktor)\.?",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(
    r"(?:dr|prof|professor|sir|gen|col|lt|maj|hon|mr|mrs|ms|ayatollah|engineer|eng)\.?\s+(?=[^\W\d_])", re.IGNORECASE
)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_ROLE = re.compile(r"[(\[]?\s*(?:eds?|editors?|hrsg|hg|trans|comps?)\b\.?\s*[)\]]?\.?", re.IGNORECASE)
_ROLES_AT_END = re.compile(r"[(\[](?:eds?|editors?|hrsg|hg|trans|comps?)\b\.?[)\]]\.?$", re.IGNORECASE)
_ET_AL = re.compile(r"\bet\.?\s+al\b\.?|\band others\b|\bu\.\s?a\.|و همکاران", re.IGNORECASE)
_SENTENCE_WORDS = frozenset(
    "of the in for with to from on at by its into about against under over between during".split()
)
_PARTICLES = frozenset(
    "de der den van von zu zur del della di da do dos das du la le las los ten ter op bin ibn ben bint el al af av zum"
    " and und et y en e i oğlu qizi zadeh pour ud ul".split()
)
ALSO_FAMILY = frozenset(
    "ali hassan hussein hasan ahmad ahmed mohammad mohammed muhammad khan abbas omar osman ibrahim karim salem "
    "saleh george james john thomas martin paul henry charles david peter simon lewis scott kelly taylor gregory "
    "arthur allen allan alexander andrew anthony daniel dean douglas edward francis gordon graham grant howard "
    "lawrence leo louis michael mitchell neil nelson owen ray robert roberts rose ross roy russell stanley "
    "stewart stuart terry vincent wallace walter warren wayne william williams kim lee park min jan ernst franz "
    "friedrich hans heinrich hermann jakob joseph karl konrad kurt lorenz ludwig otto werner nader rahim hamid "
    "amir saeed said aziz jalal kamal malik rashid salim sharif taher zaki anwar bashir idris ismail jaber khalil "
    "mahmoud mahmood mansour mustafa nasser nasr rahman rahmat saad sami tariq yousef yusuf zaman mirza mehta "
    "singh marin martinez chen wang li liu lin wu yang zhang huang jordan bailey barry blair bruce carroll clark "
    "craig curtis duncan dylan elliott emerson evan fabian felix floyd forrest franklin garrett glen harvey hugh "
    "ira irwin jay jerome joel keith kenneth kent kirk lane lloyd luke lynn marshall mason max miles morgan "
    "morris murray norman oliver oscar otis parker perry philip ralph reed rex riley rodney roger ronald royce "
    "rudolf ryan scot sidney theodore todd tracy troy tyler vernon victor wade wesley weston wilson winston".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'‘‐][^\W\d_]+)*\.?")


class Person(NamedTuple):
    """One printed name at `start:end`; `form` is "inverted" (Family, Given), "direct" or "single"."""

    start: int
    end: int
    family: str
    given: str
    form: str


class Mark(NamedTuple):
    """Something in a head that is no name: a degree, a connective; its text at `start:end`."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a reference: kind "people", "organisation", "title" or "none"."""

    kind: str
    people: tuple[Person, ...] = ()
    connectives: tuple[Mark, ...] = ()
    degrees: tuple[Mark, ...] = ()
    et_al: Mark | None = None
    roles: tuple[Mark, ...] = ()


def read_head(text: str) -> Head:
    """Read what stands before the year; positions are those of `text`."""
    body = text.rstrip(" \xa0,.:;")
    if not body:
        return Head("none")
    if text.rstrip(" \xa0,").endswith(".") and len(body) + 1 <= len(text):
        body = text[: len(body) + 1]
    if body[0] in '“"«„‘' or _is_title(body):
        return Head("title")
    if (
        "," not in body
        and ";" not in body
        and (is_organisation(re.sub(r"s\b", "", body)) or is_organisation(body) or body.isupper())
    ):
        return Head("organisation")
    return _read_people(body)


def _is_title(body: str) -> bool:
    if ":" not in body and (is_organisation(body) or is_organisation(re.sub(r"s\b", "", body))):
        return False
    if any(mark in body for mark in (":", "?", "!", "“", "”", " – ", " — ")):
        return True
    words = _WORD.findall(body)
    small = [word for word in words if word[0].islower() and word.rstrip(".") not in _PARTICLES]
    if any(word in _SENTENCE_WORDS for word in small):
        return True
    return len(small) >= 2 and not _ET_AL.search(body)


class _Segment(NamedTuple):
    text: str
    start: int
    separator: str


def _segments(body: str) -> Iterator[_Segment]:
    at = 0
    separator = ""
    for match in _SEPARATOR.finditer(body):
        if match.end() == match.start():
            continue
        if match.start() > at:
            yield _Segment(body[at : match.start()], at, separator)
            separator = match[0].strip()
        else:
            separator = f"{separator}{match[0].strip()}".replace(",,", ",")
        at = match.end()
    if at < len(body):
        yield _Segment(body[at:], at, separator)


def _connectives(body: str) -> Iterator[Mark]:
    for match in _SEPARATOR.finditer(body):
        text = match[0].strip().replace(" ", "").replace("\xa0", "")
        if text and text not in ",،":
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Mark("connective", text, start, match.end() - (len(match[0]) - len(match[0].rstrip())))


def _read_people(body: str) -> Head:
    hidden = _ET_AL.search(body)
    et_al = Mark("et al.", hidden[0], hidden.start(), hidden.end()) if hidden else None
    named = body[: hidden.start()] if hidden else body
    people: list[Person] = []
    degrees: list[Mark] = []
    roles: list[Mark] = []
    role = None if hidden else _ROLES_AT_END.search(body)
    if role:
        roles.append(Mark("role", role[0], role.start(), role.end()))
        named = body[: role.start()]
    segments = list(_segments(named.rstrip(" ,")))
    index = 0
    while index < len(segments):
        index += _read_segment(segments, index, people, degrees, roles)
    return Head("people", tuple(people), tuple(_connectives(named)), tuple(degrees), et_al, tuple(roles))


def _read_segment(
    segments: list[_Segment], index: int, people: list[Person], degrees: list[Mark], roles: list[Mark]
) -> int:
    """Sort the segment into people, degrees or roles; how many segments it took."""
    segment = segments[index]
    end = segment.start + len(segment.text)
    segment = _without_title(segment, degrees)
    if _ROLE.fullmatch(segment.text):
        roles.append(Mark("role", segment.text, segment.start, end))
    elif people and _DEGREE.fullmatch(segment.text) and segment.separator in ",،" and people[-1].given:
        degrees.append(Mark("degree", segment.text, segment.start, end))
    elif not (people and _SUFFIX.fullmatch(segment.text)):
        following = segments[index + 1] if index + 1 < len(segments) else None
        joined = following is not None and following.separator in ",،"
        if following and joined and _is_inverted(segment.text, following.text, segments, index):
            end = following.start + len(following.text)
            following = _without_title(following, degrees)
            people.append(Person(segment.start, end, segment.text, following.text, "inverted"))
            return 2
        people.append(_direct(segment))
    return 1


def _without_title(segment: _Segment, degrees: list[Mark]) -> _Segment:
    """The name behind "Dr." and its like, which goes to the degrees."""
    before = _TITLE_BEFORE.match(segment.text)
    if before is None:
        return segment
    degrees.append(Mark("degree", before[0].strip(), segment.start, segment.start + before.end()))
    return _Segment(segment.text[before.end() :], segment.start + before.end(), segment.separator)


def _direct(segment: _Segment) -> Person:
    words = segment.text.split()
    end = segment.start + len(segment.text)
    if len(words) < 2:
        return Person(segment.start, end, segment.text.strip(), "", "single")
    return Person(segment.start, end, words[-1], " ".join(words[:-1]), "direct")


def _is_inverted(text: str, following: str, segments: list[_Segment], index: int) -> bool:
    if _DEGREE.fullmatch(following) and " " in text.strip():
        return False
    if is_initials(following):
        return True
    if _SUFFIX.fullmatch(following) or _ROLE.fullmatch(following):
        return False
    several, multiple = " " in text.strip(), " " in following.strip()
    if index == 0:
        given_first = several and text.split()[0].casefold() in given_names()
        return not (given_first and multiple and len(segments) > 2)
    if several and (text.split()[0].casefold() in given_names() or multiple or is_initials(text.split()[0])):
        return False
    return not multiple or (following.split()[0].casefold() in given_names() and not several)


def is_initials(text: str) -> bool:
    """Whether the text is nothing but initials."""
    return _INITIALS.fullmatch(text.strip()) is not None and len(text) <= 12


def is_given(word: str) -> bool:
    """Whether the word is a given name; some of them (`ALSO_FAMILY`) are family names as well."""
    return word.casefold() in given_names() or word.casefold() in ALSO_FAMILY
