"""Dates: reading CSL-JSON dates, rendering cs:date (CSL 1.0.2, "Date")."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from refkit.csl.locale import Locale
from refkit.csl.numbers import ordinal
from refkit.csl.textcase import apply_case
from refkit.csl.tree import Format, Node, Piece, format_of, wrap
from refkit.csl.xml import Element

PARTS = ("year", "month", "day")
_FIRST_SEASON = 13


class Day(NamedTuple):
    """One end of a date; month 13 to 16 are seasons, 0 means the part is missing; year 0 an open end."""

    year: int
    month: int = 0
    day: int = 0


class Date(NamedTuple):
    """A date variable: one day, or two for a range; or a literal text."""

    start: Day | None
    end: Day | None = None
    literal: str = ""
    circa: bool = False


def read_date(value: Any) -> Date | None:
    """A CSL-JSON date; None when it says nothing."""
    if isinstance(value, str):
        return _read_raw(value) if value else None
    if not isinstance(value, dict):
        return None
    circa = bool(value.get("circa")) and str(value.get("circa")) not in ("0", "false")
    date = _read_parts(value)
    if date is None and value.get("raw"):
        date = _read_raw(str(value["raw"]))
    if date is None and value.get("literal"):
        date = Date(None, literal=str(value["literal"]))
    return date._replace(circa=date.circa or circa) if date else None


def _read_parts(value: dict[str, Any]) -> Date | None:
    lists = value.get("date-parts")
    if not isinstance(lists, list) or not lists:
        return None
    days = [_day(parts) for parts in lists[:2] if isinstance(parts, list)]
    if not days or days[0] is None:
        return None
    season = _integer(value.get("season"))
    start = days[0]
    if season and not start.month:
        start = Day(start.year, _season(season + 12 if season < 5 else season))
    return Date(start, days[1] or Day(0) if len(days) > 1 else None)


def _day(parts: list[Any]) -> Day | None:
    numbers = [_integer(part) for part in parts[:3]]
    if not numbers or not numbers[0]:
        return None
    month = numbers[1] if len(numbers) > 1 else 0
    day = numbers[2] if len(numbers) > 2 else 0
    return Day(numbers[0], _season(month), day if 0 < day < 32 else 0)


def _season(month: int) -> int:
    """Months as they are; the codes 21 to 24 (EDTF) and 13 to 16 are seasons."""
    if _FIRST_SEASON <= month <= 24:
        return (month - _FIRST_SEASON) % 4 + _FIRST_SEASON
    return month if 0 < month < _FIRST_SEASON else 0


def _integer(value: Any) -> int:
    text = str(value).strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else 0


_EDTF = re.compile(r"(-?[0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?([?~%])?\Z")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
            "spr",
            "sum",
            "fal",
            "win",
        ),
        1,
    )
    for name in (names,)
} | {"aut": 15, "ocak": 1, "şub": 2, "nis": 4, "haz": 6, "tem": 7, "ağu": 8, "eyl": 9, "eki": 10, "kas": 11, "ara": 12}
_WORD_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s+(?:([0-9]{1,2})(?:st|nd|rd|th)?,?\s+)?([0-9]{4})\Z")
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\s+([^\W\d_]{3,12})\.?,?\s+([0-9]{4})\Z")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\Z")
_YEAR = re.compile(r"(-?[0-9]{1,4})\s?(BC|BCE|AD|CE)?\Z", re.I)
_MONTH_RANGE = re.compile(r"([^\W\d_]{3,12})\s*[-–]\s*([^\W\d_]{3,12})\s+([0-9]{4})\Z")


def _read_raw(text: str) -> Date | None:
    """Text such as "2000-01-02", "2000/2001", "January 2, 2000"; anything else is taken literally."""
    text = text.strip()
    circa = text.lower().startswith(("ca.", "c.", "circa", "about")) or text.endswith(("?", "~"))
    bare = re.sub(r"^(?:ca\.?|c\.|circa|about)\s*|[?~]$|^\[|\]$", "", text, flags=re.I).strip()
    days = _read_range(bare)
    if days is None:
        return Date(None, literal=text) if text else None
    return Date(days[0], days[1] if len(days) > 1 else None, circa=circa)


def _read_range(text: str) -> list[Day] | None:
    months = _MONTH_RANGE.match(text)
    if months and all(months[i][:3].lower() in _MONTHS for i in (1, 2)):
        return [Day(int(months[3]), _MONTHS[months[i][:3].lower()]) for i in (1, 2)]
    day = _read_day(text)
    if day:
        return [day]
    for separator in ("/", " - ", "–", "--", "-"):
        first, found, last = text.partition(separator)
        start = _read_day(first.strip()) if found else None
        if start:
            end = Day(0) if last.strip() in ("", "..", "open") else _read_day(last.strip())
            if end:
                return [start, end]
    return None


def _read_day(text: str) -> Day | None:
    match = _EDTF.match(text)
    if match:
        return Day(int(match[1]), _season(int(match[2] or 0)), int(match[3] or 0))
    match = _WORD_FIRST.match(text)
    if match and match[1][:3].lower() in _MONTHS:
        return Day(int(match[3]), _MONTHS[match[1][:3].lower()], int(match[2] or 0))
    match = _DAY_FIRST.match(text)
    if match and match[2][:3].lower() in _MONTHS:
        return Day(int(match[3]), _MONTHS[match[2][:3].lower()], int(match[1]))
    match = _SLASHED.match(text)
    if match:
        return Day(int(match[3]), int(match[1]), int(match[2]))
    match = _YEAR.match(text)
    if match:
        year = int(match[1])
        return Day(-year if (match[2] or "").upper().startswith("B") else year)
    return None


class DatePart(NamedTuple):
    """One cs:date-part as compiled."""

    name: str
    form: str
    format: Format
    case: str
    strip_periods: bool
    range_delimiter: str


class DateFormat(NamedTuple):
    """A compiled cs:date: its parts in order, what goes between them."""

    parts: tuple[DatePart, ...]
    delimiter: str


def compile_date(element: Element, locale: Locale) -> DateFormat:
    """The parts of a cs:date; for a localized one those of the locale, overridden by the style's own."""
    form = element.get("form")
    if not form:
        return DateFormat(tuple(_part(child) for child in element.all("date-part")), element.get("delimiter"))
    localized = locale.dates.get(form)
    if localized is None:
        return DateFormat((), "")
    wanted = element.get("date-parts", "year-month-day").split("-")
    own = {child.get("name"): child.attributes for child in element.all("date-part")}
    parts = []
    for child in localized.all("date-part"):
        if child.get("name") in wanted:
            extra = {k: v for k, v in own.get(child.get("name"), {}).items() if k not in ("prefix", "suffix")}
            parts.append(_part(Element("date-part", {**child.attributes, **extra})))
    return DateFormat(tuple(parts), localized.get("delimiter"))


def _part(element: Element) -> DatePart:
    return DatePart(
        element.get("name"),
        element.get("form"),
        format_of(element),
        element.get("text-case"),
        element.get("strip-periods") == "true",
        element.get("range-delimiter", "–"),
    )


# The year's piece gets the year suffix appended, by a function of the caller.
YearHook = Callable[[str], Piece]


def render_date(date: Date, shape: DateFormat, locale: Locale, year: YearHook) -> Piece | None:
    """A date in the given shape; None when none of its parts is wanted."""
    start, end = date.start, date.end
    if start is None:
        return None
    if end is not None and not end.year:
        return _open_range(start, shape, locale, year)
    if end is None or end == start:
        return _join(_render(start, shape.parts, locale, year), shape.delimiter)
    return _render_range(start, end, shape, locale, year)


def _open_range(start: Day, shape: DateFormat, locale: Locale, year: YearHook) -> Piece | None:
    shown = _join(_stripped(_render(start, shape.parts, locale, year)), shape.delimiter)
    return None if shown is None else Node([shown, shape.parts[-1].range_delimiter])


def _render_range(start: Day, end: Day, shape: DateFormat, locale: Locale, year: YearHook) -> Piece | None:
    differing = _differing(start, end)
    moving = [part for part in shape.parts if part.name in differing]
    if not moving:
        return _join(_render(start, shape.parts, locale, year), shape.delimiter)
    first, last = shape.parts.index(moving[0]), shape.parts.index(moving[-1])
    middle = shape.parts[first : last + 1]
    delimiter = next(part.range_delimiter for name in PARTS for part in middle if part.name == name)
    once = _join(_stripped(_render(start, middle, locale, year)), shape.delimiter)
    twice = _join(_unprefixed(_render(end, middle, locale, year)), shape.delimiter)
    if once is None or twice is None:
        return _join(_render(start, shape.parts, locale, year), shape.delimiter)
    before = _render(start, shape.parts[:first], locale, year)
    after = _render(start, shape.parts[last + 1 :], locale, year)
    return _join([*before, Node([once, delimiter, twice]), *after], shape.delimiter)


def _differing(start: Day, end: Day) -> tuple[str, ...]:
    if start.year != end.year:
        return PARTS
    return PARTS[1:] if start.month != end.month else PARTS[2:]


def _stripped(pieces: list[Piece]) -> list[Piece]:
    """The pieces with the suffix of the last one taken off, as a range delimiter follows."""
    if pieces and isinstance(pieces[-1], Node) and pieces[-1].format.suffix:
        last = pieces[-1]
        pieces[-1] = Node(last.kids, last.format._replace(suffix=""), last.tag)
    return pieces


def _unprefixed(pieces: list[Piece]) -> list[Piece]:
    """The pieces with the prefix of the first one taken off, as a range delimiter goes before."""
    if pieces and isinstance(pieces[0], Node):
        pieces[0] = Node(pieces[0].kids, pieces[0].format._replace(prefix=""), pieces[0].tag)
    return pieces


def _join(pieces: list[Piece], delimiter: str) -> Piece | None:
    if not pieces:
        return None
    return pieces[0] if len(pieces) == 1 else Node(pieces, Format(delimiter=delimiter))


def _render(day: Day, parts: tuple[DatePart, ...], locale: Locale, year: YearHook) -> list[Piece]:
    pieces = []
    for part in parts:
        shown = _render_part(day, part, locale, year)
        if shown:
            pieces.append(wrap(_decorate(shown, part), part.format))
            era = _era(day.year, locale) if part.name == "year" else ""
            if era:
                pieces[-1] = Node([pieces[-1], era])
    return pieces


def _era(year: int, locale: Locale) -> str:
    """What is put behind years before Christ and years of less than four digits."""
    if year < 0:
        return locale.text("bc", "BC")
    return locale.text("ad", "AD") if year < 1000 else ""


def _decorate(shown: Piece, part: DatePart) -> Piece:
    if part.strip_periods and isinstance(shown, str):
        shown = shown.replace(".", "")
    return apply_case(shown, part.case) if part.case else shown


def _render_part(day: Day, part: DatePart, locale: Locale, year: YearHook) -> Piece:
    if part.name == "year":
        return year(_year(day.year, part.form)) if day.year else ""
    if part.name == "month":
        return _month(day.month, part.form, locale)
    return _day_of_month(day, part.form, locale)


def _year(year: int, form: str) -> str:
    return f"{year % 100:02d}" if form == "short" and year > 999 else str(abs(year))


def _month(month: int, form: str, locale: Locale) -> str:
    if not month:
        return ""
    if month >= _FIRST_SEASON:
        return "" if form.startswith("numeric") else locale.text(f"season-{month - 12:02d}")
    if form == "numeric":
        return str(month)
    if form == "numeric-leading-zeros":
        return f"{month:02d}"
    return locale.text(f"month-{month:02d}", form=form or "long")


def _day_of_month(day: Day, form: str, locale: Locale) -> str:
    if not day.day or not day.month:
        return ""
    if form == "numeric-leading-zeros":
        return f"{day.day:02d}"
    if form == "ordinal" and (day.day == 1 or not locale.flag("limit-day-ordinals-to-day-1")):
        month = locale.find(f"month-{day.month:02d}")
        return ordinal(day.day, locale, month.gender if month else "")
    return str(day.day)


def sort_text(date: Date, parts: tuple[str, ...] = PARTS) -> str:
    """A text that sorts as the date does, only by the given parts."""
    if date.start is None:
        return date.literal
    days = [date.start] if date.end is None else [date.start, date.end]
    return " ".join("".join(_digits(day, name) for name in PARTS if name in parts) for day in days)


def _digits(day: Day, name: str) -> str:
    if name == "year":
        return f"{day.year + 100000:06d}"
    if name == "month":
        month = day.month if day.month < _FIRST_SEASON else (day.month - _FIRST_SEASON) * 3 + 1
        return f"{month:02d}"
    return f"{day.day:02d}"
