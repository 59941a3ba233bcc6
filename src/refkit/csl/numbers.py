"""Numbers: what is numeric, ranges of pages, ordinals and Roman numerals (CSL 1.0.2, "Number", "Page ranges")."""

import re
from functools import lru_cache

from refkit.csl.locale import Locale

NUMBER_VARIABLES = frozenset(
    "chapter-number citation-number collection-number edition first-reference-note-number issue locator number "
    "number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version "
    "volume".split()
)
_ROMAN_TEXT = r"(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_UPPER_ROMAN = _ROMAN_TEXT.upper()
_TOKEN = rf"(?:[A-Za-z]{{0,12}}[0-9]+[A-Za-z]{{0,12}}|{_ROMAN_TEXT})(?![A-Za-z0-9])"
_NUMERIC = re.compile(rf"-?{_TOKEN}(?:\s*(?:\\?[-–/]|, |&|;| and | et )\s*{_TOKEN})*\Z")
_PLURAL = re.compile(rf"{_TOKEN}\s*(?:[-–&;]|, (?:and |et |& )?| and | et )\s*{_TOKEN}")
_SEGMENT = re.compile(r"(\s*(?:, |&|;)\s*)")
_BOUNDARY = rf"{_TOKEN}|{_UPPER_ROMAN}(?![A-Za-z0-9])"
_RANGE = re.compile(rf"(.*?)(?<![A-Za-z0-9])({_BOUNDARY})\s?[-–]\s?({_BOUNDARY})\Z", re.S)
_TIGHT = re.compile(r"(?<=[0-9A-Za-z]) - (?=[0-9A-Za-z])")
_BOUND = re.compile(r"([A-Za-z]*)([0-9]+)([A-Za-z]*)\Z")
_DIGITS = re.compile(r"[0-9]+")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_TEXT = 400


@lru_cache(maxsize=8192)
def is_numeric(text: str) -> bool:
    """Whether the text is a number, a range or a list of numbers; affixes such as "D2", "2nd" allowed."""
    text = text.strip()
    return len(text) < _MAX_TEXT and bool(_NUMERIC.match(text))


@lru_cache(maxsize=8192)
def is_plural(text: str) -> bool:
    """Whether the text names more than one thing: a range or a list of numbers."""
    return bool(_PLURAL.match(text.strip()))


def roman(number: int) -> str:
    """A number from 1 to 4999 in lower-case Roman numerals; others as they are."""
    if not 0 < number < 5000:
        return str(number)
    out = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out.append(letters * count)
    return "".join(out)


def ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """A number with the locale's ordinal suffix, agreeing with a noun of that gender."""
    return f"{number}{_ordinal_suffix(number, locale, gender)}"


def _ordinal_suffix(number: int, locale: Locale, gender: str) -> str:
    for digits, default in ((number, "whole-number"), (number % 100, "last-two-digits"), (number % 10, "last-digit")):
        if not 0 <= digits < 100:
            continue
        term = locale.find(f"ordinal-{digits:02d}", "long", gender)
        if term is None:
            continue
        match = term.match or ("last-digit" if digits < 10 else "last-two-digits")
        if match == default or (default == "whole-number" and number < 100 and match == "last-two-digits"):
            return term.single
        if number == digits and match == "last-digit" and number < 10:
            return term.single
    found = locale.term("ordinal", "long", gender=gender)
    return found or ""


def long_ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """A number from 1 to 10 as a word ("first"); others as an ordinal with digits."""
    found = locale.term(f"long-ordinal-{number:02d}", gender=gender) if 0 < number <= 10 else None
    return found or ordinal(number, locale, gender)


def format_number(text: str, form: str, locale: Locale, gender: str = "") -> str:
    """A number variable in one of the forms of cs:number; text around the digits is kept."""
    text = page_range(text, "", "–")
    if form in ("", "numeric"):
        return text
    return re.sub(r"(?<![A-Za-z0-9.])[0-9]{1,9}(?![A-Za-z0-9])", lambda m: _form(int(m[0]), form, locale, gender), text)


def _form(number: int, form: str, locale: Locale, gender: str) -> str:
    if form == "roman":
        return roman(number)
    if form == "long-ordinal":
        return long_ordinal(number, locale, gender)
    return ordinal(number, locale, gender)


@lru_cache(maxsize=8192)
def page_range(text: str, range_format: str, delimiter: str) -> str:
    """Ranges in the style's format ("expanded", "minimal", "minimal-two", "chicago-15", "chicago-16"), or only with
    the right dash when the style names none. An escaped hyphen stays a hyphen."""
    if ("-" not in text and "–" not in text) or len(text) > _MAX_TEXT:
        return text
    parts = _SEGMENT.split(text)
    for index in range(0, len(parts), 2):
        parts[index] = _one_range(parts[index], range_format, delimiter)
    return "".join(parts).replace("\\-", "-")


def _one_range(text: str, range_format: str, delimiter: str) -> str:
    match = _RANGE.match(text)
    if match is None or match[1].endswith("\\"):
        return _TIGHT.sub("-", text)
    before, first, last = match.groups()
    if not _comparable(first, last):
        return f"{before}{first}-{last}"
    if range_format and not before:
        last = _shape(first, last, range_format)
    return f"{before}{first}{delimiter}{last}"


def _comparable(first: str, last: str) -> bool:
    """Whether both are numbers with the same letters before, the second perhaps without, or both Roman numerals."""
    begin, end = _BOUND.match(first), _BOUND.match(last)
    if begin is None or end is None:
        return begin is end
    return begin[1] == end[1]


def _shape(first: str, last: str, range_format: str) -> str:
    begin, end = _BOUND.match(first), _BOUND.match(last)
    if begin is None or end is None or begin[3] or end[3] or end[1] not in ("", begin[1]):
        return last
    full = begin[2][: max(0, len(begin[2]) - len(end[2]))] + end[2]
    if int(full) <= int(begin[2]):
        return last
    if range_format == "expanded":
        return begin[1] + full
    if len(full) != len(begin[2]):
        return last if range_format != "minimal" else full
    return _shorten(begin[2], full, range_format)


def _shorten(begin: str, end: str, range_format: str) -> str:
    if range_format == "minimal":
        return _changed(begin, end, 1)
    if range_format == "minimal-two":
        return _changed(begin, end, 2)
    if range_format == "chicago-16":
        return _chicago(begin, end, 2)
    return _chicago_15(begin, end)


def _changed(begin: str, end: str, least: int) -> str:
    """The changed digits of `end`, at least `least` of them."""
    same = 0
    while same < len(end) - least and begin[same] == end[same]:
        same += 1
    return end[same:]


def _chicago(begin: str, end: str, least: int) -> str:
    if len(begin) < 3 or begin.endswith("00"):
        return end
    if begin[-2] == "0":
        return _changed(begin, end, 1)
    return _changed(begin, end, least)


def _chicago_15(begin: str, end: str) -> str:
    """As chicago-16, but four digits are given in full when three or more of them change."""
    short = _chicago(begin, end, 2)
    return end if len(begin) == 4 and len(short) >= 3 else short


def first_page(text: str) -> str:
    """The first page of a range or list."""
    return re.split(r"\s*[-–,;&]", text.strip(), maxsplit=1)[0].strip()


def leading_number(text: str) -> int | None:
    """The first number in the text."""
    match = _DIGITS.search(text)
    return int(match[0][:9]) if match else None
