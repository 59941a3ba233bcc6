"""RK3: dates; volumes and pages are in `pages`."""

import re
from collections import Counter
from collections.abc import Iterator

from refkit.dates import MONTH_MACROS, MONTHS, ascii_digits, exists, read_numeric
from refkit.dates import find_named as find_named_date
from refkit.model import Bibliography, Entry, Field, Finding, Safety, Severity
from refkit.regex import regex
from refkit.rules import check, in_field, is_literal, rule
from refkit.rules.context import Context

_DATES = ("date", "urldate", "eventdate", "origdate")
_YEAR = regex(r"[0-9]{4}")
_YEARS = regex(r"(?<![0-9])[0-9]{4}(?![0-9])")
_STATUS = regex(
    r"(?:in[\s-]?press|forthcoming|to\s+(?:appear|be\s+published)|submitted|accepted|in\s+preparation|preprint|unpublished|"
    r"under\s+review|online\s+first|advance\s+online|ahead\s+of\s+print|im\s+druck|im\s+erscheinen|à\s+paraître|en\s+prensa|"
    r"[0-9]{4}\s*\((?:to appear|in press|forthcoming|submitted|accepted|online)|"
    r"undated|s\.\s?a\.|o\.\s?j\.|working paper|زیر چاپ|در دست چاپ)\b.*",
    re.IGNORECASE,
)
_YEAR_FORMS = regex(
    r"(?:(?:c|ca|circa|um|vor|nach|before|after|fl)\.?\s*)?[\[(<]?(?:(?:c|ca|circa)\.?\s*)?[0-9]{3,4}s?[?!]?[\])>]?[?]?"
    r"(?:\s*(?:/|--?|–|,|and|und|\\&)\s*[\[(]?(?:[0-9]{1,2}|[0-9]{4}|date|present|today)?[\])]?)?[?]?(?:\s*(?:\[[0-9]{4}\]|\([0-9]{4}\)))?",
    re.IGNORECASE,
)
_ERA = regex(r"-?[0-9]{1,4}\s*(?:BCE?|CE|AD|A\.D\.|B\.C\.)|-[0-9]{1,4}", re.IGNORECASE)
_EDTF_ONE = (
    r"(?:-?[0-9X]{4}|[yY]-?[0-9]{5,12})(?:-(?:[0-9]{2}|XX)(?:-(?:[0-9]{2}|XX)"
    r"(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?[?~%]?"
)
_EDTF = regex(rf"{_EDTF_ONE}(?:/(?:{_EDTF_ONE}|\.\.|open|unknown)?)?|(?:/|\.\./|unknown/|open/){_EDTF_ONE}")
_LOOSE_ISO = regex(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")


@rule("RK301", "year-not-a-year", Severity.ERROR, fix=Safety.UNSAFE, fields=("year", "date"))
def year_not_a_year(entry: Entry, context: Context) -> Iterator[Finding]:
    """The year is not a number of four digits.

    Why: styles sort and label by the year; what is no year is dropped or sorted to the end.
    Bad: `year = {20003}`
    Good: `year = {2003}`
    """
    year = entry.field("year")
    if year and not _YEAR.fullmatch(year.value):
        yield from _bad_year(entry, year)
    date = entry.field("date")
    if date and not _EDTF.fullmatch(date.value.strip()):
        yield from _bad_date(entry, date)


def _bad_year(entry: Entry, field: Field) -> Iterator[Finding]:
    value = ascii_digits(field.value).replace("{", "").replace("}", "").replace("~", " ").strip()
    if not value or _is_placeholder(value) or _ERA.fullmatch(value) or _STATUS.match(value) or "\\" in value:
        return
    if len(value) == 4 if value.isdigit() else _YEAR_FORMS.fullmatch(value):
        return
    years = _YEARS.findall(value)
    if years:
        edits = [(0, len(field.value), years[0])] if len(years) == 1 else []
        message = f"the year holds more than a year: “{value}”"
        yield in_field(entry, field, "RK301", message, *edits, severity=Severity.WARNING)
    else:
        yield in_field(entry, field, "RK301", f"not a year of four digits: “{value}”", *_guessed_year(field.value))


def _guessed_year(value: str) -> list[tuple[int, int, str]]:
    """A year with one digit doubled has lost nothing: `20003` is 2003, `19998` is 1998."""
    if not re.fullmatch("[12][0-9]{4}", value):
        return []
    for index in range(4):
        shorter = value[:index] + value[index + 1 :]
        if value[index] == value[index + 1] and 1500 <= int(shorter) <= 2099:
            return [(0, len(value), shorter)]
    return []


def _is_placeholder(value: str) -> bool:
    return value.strip("[](). ").lower().replace(" ", "") in (
        "n.d",
        "nd",
        "s.d",
        "sd",
        "???",
        "????",
        "??",
        "?",
        "tba",
        "tbd",
        "todo",
        "n/a",
    )


def _bad_date(entry: Entry, field: Field) -> Iterator[Finding]:
    value = field.value.strip()
    if not value or _is_placeholder(value) or "\\" in value:
        return
    loose = _LOOSE_ISO.fullmatch(value.replace("/", "-") if value.count("/") == 2 else value)
    edits = []
    if loose:
        edits = [(0, len(field.value), "-".join(part.zfill(2) for part in loose.groups() if part))]
    elif (named := find_named_date(value)) and named[2] - named[1] == len(value) and named[0].year:
        edits = [(0, len(field.value), named[0].iso)]
    yield in_field(entry, field, "RK301", f"not a date in ISO 8601: “{value}”", *edits)


@rule("RK302", "year-out-of-range", Severity.ERROR, fields=("year", "date"))
def year_out_of_range(entry: Entry, context: Context) -> Iterator[Finding]:
    """The year of publication lies in the future, or before printing began.

    Why: such a year is a slip of the keyboard, and the work cannot be found under it.
    Bad: `year = {2917}`
    Good: `year = {2017}`
    """
    for name in ("year", "date"):
        field = entry.field(name)
        match = _YEARS.match(field.value.strip()) if field else None
        if not field or not match:
            continue
        year = int(match[0])
        if year > context.today.year + 1:
            yield in_field(entry, field, "RK302", f"the year {year} is in the future")
        elif year < 1300 and is_modern(entry):
            yield in_field(entry, field, "RK302", f"the year {year} is before printing with movable type (1450)")


def is_modern(entry: Entry) -> bool:
    """Whether something about the entry exists only since the age of journals and presses."""
    if entry.type in (
        "inproceedings",
        "conference",
        "phdthesis",
        "mastersthesis",
        "techreport",
        "online",
        "thesis",
        "report",
    ):
        return True
    return any(field.name in _MODERN and field.value for field in entry.fields)


_MODERN = frozenset(("journal", "journaltitle", "doi", "volume", "number", "publisher", "isbn", "issn", "booktitle"))


@rule("RK303", "impossible-date", Severity.ERROR, fields=("date", "urldate", "eventdate", "origdate", "month", "day"))
def impossible_date(entry: Entry, context: Context) -> Iterator[Finding]:
    """A date that no calendar has.

    Why: it is a slip in the day or the month; biber refuses such dates.
    Bad: `urldate = {2021-02-30}`
    Good: `urldate = {2021-02-28}`
    """
    for name in _DATES:
        field = entry.field(name)
        if field and field.value[:1].isdigit():
            for match in _ISO.finditer(field.value):
                if not _is_possible(match):
                    yield in_field(entry, field, "RK303", f"“{match[0]}” is no date of the calendar", at=match.span())
            yield from _impossible_numeric(entry, field)
    for name, last in (("month", 12), ("day", 31)):
        field = entry.field(name)
        value = ascii_digits(field.value).strip() if field else ""
        if (
            field
            and value.isascii()
            and value.isdigit()
            and not 1 <= int(value[:9]) <= last
            and not 21 <= int(value[:9]) <= 24
        ):
            yield in_field(entry, field, "RK303", f"there is no {name} {value}")


_ISO = regex(r"(?<![0-9X-])([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?![0-9X-])")
_NUMERIC = regex(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")


def _is_possible(match: re.Match[str]) -> bool:
    year, month = int(match[1]), int(match[2])
    if 21 <= month <= 41 and not match[3]:  # EDTF: seasons, quarters, semesters
        return True
    return exists(year, month, int(match[3] or 1))


def _impossible_numeric(entry: Entry, field: Field) -> Iterator[Finding]:
    match = _NUMERIC.fullmatch(field.value.strip())
    if match and read_numeric(match[0]) is None:
        yield in_field(entry, field, "RK303", f"“{match[0]}” is no date of the calendar")


@rule("RK304", "month-not-a-macro", Severity.INFO, fix=Safety.SAFE, fields=("month",))
def month_not_a_macro(entry: Entry, context: Context) -> Iterator[Finding]:
    """The month is written out instead of the macro or a number.

    Why: the macros `jan` to `dec` let the style choose language and abbreviation, and sort.
    Bad: `month = {March}`
    Good: `month = mar`
    """
    field = entry.field("month")
    if field is None or not is_literal(field):
        return
    number = MONTHS.get(field.value.strip().rstrip(".").casefold())
    if number:
        yield in_field(
            entry,
            field,
            "RK304",
            f"month as text: write {MONTH_MACROS[number - 1]}",
            (-1, len(field.value) + 1, MONTH_MACROS[number - 1]),
        )


@rule("RK305", "dates-disagree", Severity.WARNING, fields=("date", "year"))
def dates_disagree(entry: Entry, context: Context) -> Iterator[Finding]:
    """Two fields give different dates of publication.

    Why: BibTeX prints one and biblatex the other, so one of them is wrong.
    Bad: `year = {2004}, date = {2005-03}`
    Good: `year = {2005}, date = {2005-03}`
    """
    year, date = entry.field("year"), entry.field("date")
    if date is None:
        return
    stated = _ISO_DATE.match(date.value.strip())
    if stated is None:
        return
    if year and (years := _YEARS.findall(year.value)) and not _in_range(years, date.value):
        yield in_field(entry, date, "RK305", f"the date is {date.value}, but the year is {year.value}")
    month = entry.field("month")
    number = _month(month.value) if month else None
    if month and stated[2] and number and number != int(stated[2]) and "/" not in date.value:
        yield in_field(entry, month, "RK305", f"the month is {month.value}, but the date is {date.value}")


_ISO_DATE = regex(r"([0-9]{4})(?:-([0-9]{2}))?")


def _in_range(years: list[str], date: str) -> bool:
    ends = _YEARS.findall(date)
    return not ends or any(min(ends) <= year <= max(ends) for year in years)


def _month(value: str) -> int | None:
    text = ascii_digits(value).strip().rstrip(".").casefold()
    if text.isascii() and text.isdigit():
        return int(text[:4])
    return MONTHS.get(text)


@rule(
    "RK306",
    "accessed-before-published",
    Severity.WARNING,
    fields=("urldate", "lastaccessed", "lastchecked", "accessed"),
)
def accessed_before_published(entry: Entry, context: Context) -> Iterator[Finding]:
    """The page was looked at before the work appeared.

    Why: one of the two dates is wrong.
    Bad: `year = {2021}, urldate = {2019-03-01}`
    Good: `year = {2021}, urldate = {2021-03-01}`
    """
    issued = _YEARS.findall(entry.get("year") or entry.get("date"))
    for name in ("urldate", "lastaccessed", "lastchecked", "accessed"):
        field = entry.field(name)
        seen = _YEARS.findall(field.value) if field else []
        if field and issued and seen and min(issued) > max(seen) >= "1990":
            yield in_field(entry, field, "RK306", f"accessed in {max(seen)}, but published in {min(issued)}")


@rule("RK308", "access-date-form", Severity.INFO, fix=Safety.UNSAFE, fields=("urldate",))
def access_date_form(entry: Entry, context: Context) -> Iterator[Finding]:
    """The access date is not in ISO form, and may be read two ways.

    Why: 10/5/2019 is the tenth of May or the fifth of October; biber accepts ISO 8601 only.
    Bad: `urldate = {10/5/2019}`
    Good: `urldate = {2019-05-10}`
    """
    field = entry.field("urldate")
    value = field.value.strip() if field else ""
    if field is None or not value or _EDTF.fullmatch(value):
        return
    numeric = _NUMERIC.fullmatch(value)
    if numeric and int(numeric[1]) <= 12 and int(numeric[2]) <= 12 and numeric[1].lstrip("0") != numeric[2].lstrip("0"):
        iso = f"{numeric[3]}-{int(numeric[2]):02d}-{int(numeric[1]):02d}"
        yield in_field(
            entry, field, "RK308", f"“{value}” can be read day/month or month/day", (0, len(field.value), iso)
        )
        return
    iso = _iso(value)
    if iso:
        yield in_field(entry, field, "RK308", f"access date not in ISO form: {iso}", (0, len(field.value), iso))


def _iso(value: str) -> str:
    loose = _LOOSE_ISO.fullmatch(value.replace("/", "-").replace(".", "-"))
    if loose and exists(int(loose[1]), int(loose[2]), int(loose[3] or 1)):
        return "-".join(part.zfill(2) for part in loose.groups() if part)
    named = find_named_date(value)
    if named and named[0].year and named[2] - named[1] == len(value):
        return named[0].iso
    date = read_numeric(value) if _NUMERIC.fullmatch(value) else None
    return date.iso if date else ""


@check("RK308")
def access_dates_mixed(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Notes that give access dates in another form than most of the file's."""
    dated = [
        (entry, field, match)
        for entry in bibliography.entries
        for field in entry.fields
        if field.name in ("note", "howpublished") and (match := _ACCESSED.search(field.value))
    ]
    forms = Counter(_form(match[1]) for *_, match in dated)
    if len(forms) < 2:
        return
    usual = forms.most_common(1)[0][0]
    for entry, field, match in dated:
        if _form(match[1]) != usual:
            message = f"access date “{match[1]}” is written differently from the others of the file"
            yield in_field(entry, field, "RK308", message, at=match.span(1))


_ACCESSED = regex(
    r"(?:accessed|retrieved|visited|viewed|checked|zugriff am|abgerufen am|consulté le)(?:\s+on)?[:\s]{1,3}"
    r"([0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/., ]{1,2}[0-9]{1,4}"
    r"|[A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4})",
    re.IGNORECASE,
)


def _form(date: str) -> str:
    return re.sub("[A-Za-z]+", "M", re.sub("[0-9]{4}", "Y", re.sub("(?<![0-9])[0-9]{1,2}(?![0-9])", "d", date)))
