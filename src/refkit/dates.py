"""Dates as people print them: day/month/year, month names in twelve languages, Solar Hijri years.

Solar Hijri (the calendar of Iran) begins in March: year 1400 is March 2021 to March 2022, so year + 621 or + 622.
"""

import re
from dataclasses import dataclass

from refkit.regex import regex

_MONTH_NAMES = (
    "january jan januar janvier janv enero ene gennaio genn janeiro januari ocak январь января янв січень jänner",
    "february feb febr februar février févr febrero febbraio febbr fevereiro februari şubat февраль февраля фев лютий",
    "march mar märz maerz mars marzo março maart mart март марта мар березень mär",
    "april apr avril avr abril aprile aprili nisan апрель апреля апр квітень abr",
    "may mai mayo maggio magg maio mei mayıs май мая травень",
    "june jun juni juin junio giugno giu junho haziran июнь июня июн червень",
    "july jul juli juillet juil julio luglio lug julho temmuz июль июля июл липень",
    "august aug août aout agosto ago augustus ağustos август августа авг серпень",
    "september sep sept septembre septiembre settembre sett setembro eylül сентябрь сентября сен сент вересень",
    "october oct oktober okt octobre octubre ottobre ott outubro ekim октябрь октября окт жовтень",
    "november nov novembre noviembre novembro kasım ноябрь ноября ноя листопад",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro aralık декабрь декабря дек грудень",
)
MONTH_MACROS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # of BibTeX styles
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_SOLAR_MONTH_NAMES = (
    "فروردین farvardin",
    "اردیبهشت ordibehesht",
    "خرداد khordad",
    "تیر tir",
    "مرداد mordad",
    "شهریور shahrivar",
    "مهر mehr",
    "آبان aban",
    "آذر azar",
    "دی dey",
    "بهمن bahman",
    "اسفند esfand",
)
SOLAR_MONTHS = {name: number for number, names in enumerate(_SOLAR_MONTH_NAMES, 1) for name in names.split()}
_FOREIGN_DIGIT = regex("[۰-۹٠-٩]")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SEPARATOR = r"\s{0,3}[/.\-‐–—]{1,2}\s{0,3}"
NUMERIC_DATE = regex(
    rf"(?<![0-9])(?:(?P<y1>[12][0-9]{{3}}){_SEPARATOR}(?P<m1>[0-9]{{1,2}}){_SEPARATOR}(?P<d1>[0-9]{{1,2}})"
    rf"|(?P<d2>[0-9]{{1,2}}){_SEPARATOR}(?P<m2>[0-9]{{1,2}}){_SEPARATOR}(?P<y2>[12][0-9]{{3}}))(?![0-9])"
)
_WORD = r"(?P<month>[^\W\d_]{2,12}\.?)"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|\.|º)?"
_YEAR = r"(?P<year>[12][0-9]{3})"
NAMED_DATES = tuple(
    regex(rf"(?<![^\W_]){form}(?![0-9])", re.IGNORECASE)
    for form in (
        rf"{_DAY}\s{{0,2}}(?:of\s|de\s|d[’']\s?)?{_WORD},?\s{{1,2}}(?:de\s)?{_YEAR}",
        rf"{_WORD}\s{{1,2}}{_DAY},?\s{{1,2}}{_YEAR}",
        rf"{_YEAR},?\s{{1,2}}{_WORD}\s{{1,2}}{_DAY}",
        rf"{_WORD},?\s{{1,2}}{_YEAR}",
        rf"{_YEAR},\s{{0,2}}{_WORD}",
        rf"{_WORD}\s{{1,2}}{_DAY}(?!\s*[-–,]\s*[0-9])",
        rf"{_DAY}\s{{1,2}}{_WORD}",
    )
)


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date; `month` and `day` are 0 where not given, `year` 0 when only day and month are printed."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """ISO 8601: `2019`, `2019-06` or `2019-06-24`."""
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


_SEASON_WORDS = (
    "spring frühling fruehling frühjahr printemps primavera lente весна بهار",
    "summer sommer été ete verano estate zomer лето تابستان",
    "autumn fall herbst automne otoño autunno herfst осень پاییز",
    "winter hiver invierno inverno зима زمستان",
)
SEASON_NAMES = tuple(words.split()[0] for words in _SEASON_WORDS)
SEASONS = {word: number for number, words in enumerate(_SEASON_WORDS, 1) for word in words.split()}


def ascii_digits(text: str) -> str:
    """`text` with Persian and Arabic-Indic digits as ASCII digits; length and everything else kept."""
    return text.translate(_DIGITS) if not text.isascii() and _FOREIGN_DIGIT.search(text) else text


def month_number(word: str) -> int | None:
    """1 to 12 for a Gregorian month name or abbreviation in any of the known languages."""
    return MONTHS.get(word.rstrip(".").casefold())


def exists(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has this day."""
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return not (month == 2 and day == 29 and not leap)


def is_solar(year: int) -> bool:
    """Whether a year of publication can only be meant as Solar Hijri (1300 to 1420 are 1921 to 2041)."""
    return 1300 <= year <= 1420


def gregorian_year(solar_year: int) -> int:
    """The Gregorian year in which most of a Solar Hijri year lies."""
    return solar_year + 621


def to_gregorian(date: Date) -> Date:
    """A Solar Hijri date in the Gregorian calendar; without a day only the year is certain."""
    if not date.day:
        return Date(gregorian_year(date.year))
    from persiantools.jdatetime import JalaliDate

    try:
        day = JalaliDate(date.year, date.month, date.day).to_gregorian()  # type: ignore[no-untyped-call]
    except ValueError:
        return Date(gregorian_year(date.year))
    return Date(day.year, day.month, day.day)


def read_numeric(text: str) -> Date | None:
    """The first date in figures, read as day/month/year unless that is impossible; None when no calendar has it."""
    match = NUMERIC_DATE.search(ascii_digits(text))
    if match is None:
        return None
    year = int(match["y1"] or match["y2"])
    first, second = (int(match["d1"]), int(match["m1"])) if match["y1"] else (int(match["d2"]), int(match["m2"]))
    if is_solar(year):
        return Date(year, second, first) if 1 <= second <= 12 and 1 <= first <= 31 else None
    if exists(year, second, first):
        return Date(year, second, first)
    if exists(year, first, second):
        return Date(year, first, second)
    return None


def find_named(text: str) -> tuple[Date, int, int] | None:
    """The first date with a month name and where it stands: `24 June 2019`, `June 24, 2019`, `June 2019`, `June 24`.

    A Solar Hijri month goes with a Solar Hijri year only; such a date is given as printed.
    """
    plain = ascii_digits(text)
    for pattern in NAMED_DATES:
        for match in pattern.finditer(plain):
            groups = match.groupdict()
            year, day = int(groups.get("year") or 0), int(groups.get("day") or 0)
            month = SOLAR_MONTHS.get(match["month"].casefold()) if is_solar(year) else month_number(match["month"])
            if month and (not day or (day <= 31 and is_solar(year)) or exists(year or 2000, month, day)):
                return Date(year, month, day), match.start(), match.end()
    return None


def read_date(text: str) -> Date | None:
    """The first date printed in `text`: in figures, with a month name, or a bare year; Solar years stay as printed."""
    numeric = read_numeric(text)
    if numeric:
        return numeric
    named = find_named(text)
    if named and named[0].year:
        return named[0]
    year = re.search(r"(?<![0-9])[12][0-9]{3}(?![0-9])", ascii_digits(text))
    return Date(int(year[0])) if year else None
