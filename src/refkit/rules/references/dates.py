"""Dates in a reference list: years behind the authors, access dates, dates of newspapers."""

import re
from collections.abc import Iterator

from refkit.dates import Date, ascii_digits, exists, find_named, gregorian_year, is_solar, month_number
from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import check, in_reference, rule
from refkit.rules.references.found import Printed
from refkit.rules.references.habits import date_form_of
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import Marks

_DOUBLED = re.compile(r"[/.-]\s{0,2}[/.-]")
_SEPARATORS = re.compile(r"\s{0,2}([/.-])(?:\s{0,2}[/.-])?\s{0,2}")
_PERSIAN_DIGITS = re.compile("[۰-۹٠-٩]+")
_URL_DATE = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})[/-]([0-9]{1,2}|[a-z]{3,9})[/-]([0-9]{1,2})(?![0-9])", re.IGNORECASE
)
_YEARS = re.compile(r"[0-9۰-۹٠-٩]{4}")


def _numbers(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date in figures, read as day/month where the year stands last."""
    parts = [int(part) for part in re.findall(r"[0-9]+", text)]
    if len(parts) != 3:
        return None
    return (parts[0], parts[1], parts[2]) if parts[0] > 999 else (parts[2], parts[1], parts[0])


def read_printed(marks: Marks, date: Printed) -> Date | None:
    """A printed date, None when no calendar has it; year 0 where it has only month and day."""
    text = marks.text[date.start : date.end]
    if not date.numeric:
        named = find_named(text)
        return named[0] if named else None
    numbers = _numbers(text)
    if numbers is None:
        return None
    year, month, day = numbers
    if exists(year, month, day):
        return Date(year, month, day)
    return Date(year, day, month) if exists(year, day, month) else None


def issued_date(marks: Marks) -> Date | None:
    """When the work appeared: the year, with the day when a newspaper's date or the link shows it."""
    if marks.issued is None or not marks.issued.year[0].isdigit():
        return None
    year = int(ascii_digits(marks.issued.year))
    year = gregorian_year(year) if is_solar(year) else year
    in_parentheses = find_named(marks.issued.rest) if marks.issued.rest else None
    if in_parentheses:
        return Date(year, in_parentheses[0].month, in_parentheses[0].day)
    for date in marks.dates:
        read = read_printed(marks, date) if marks.access is None or date != marks.access.date else None
        if read and read.day and read.year in (0, year):
            return Date(year, read.month, read.day)
    return _date_in_link(marks, year) or Date(year)


def _date_in_link(marks: Marks, year: int) -> Date | None:
    for link in marks.links:
        match = _URL_DATE.search(marks.text, link.start, link.end)
        if match and int(match[1]) == year:
            month = int(match[2]) if match[2].isdigit() else month_number(match[2]) or 0
            if exists(year, month, int(match[3])):
                return Date(year, month, int(match[3]))
    return None


@rule("RK807", "date-punctuation", Severity.WARNING, fix=Safety.SAFE)
def date_punctuation(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A date in figures holds blanks or a doubled slash.

    Why: such a date is not read as one, and a line can break inside it.
    Bad: `Stroul, Dana (2024), “Threats”, Policy Institute, https://example.org/s.pdf, (Accessed on: 17/5//2024).`
    Good: `Stroul, Dana (2024), “Threats”, Policy Institute, https://example.org/s.pdf, (Accessed on: 17/5/2024).`
    """
    marks = context.marks(parsed)
    for date in marks.dates:
        printed = marks.text[date.start : date.end]
        if not date.numeric:
            continue
        clean = _SEPARATORS.sub(r"\1", printed)
        edit = (date.start, date.end, clean)
        if _DOUBLED.search(printed):
            message = f"Doubled slash in the date “{printed}”: “{clean}”."
            yield in_reference(parsed, "RK807", date.start, date.end, message, edit)
        elif clean != printed:
            message = f"Spaces inside the date “{printed}”: “{clean}”."
            yield in_reference(parsed, "RK807", date.start, date.end, message, edit, severity=Severity.INFO)


@check("RK303")
def impossible_date(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A printed date that no calendar has."""
    marks = context.marks(parsed)
    for date in marks.dates:
        printed = marks.text[date.start : date.end]
        numbers = _numbers(printed) if date.numeric else None
        if numbers and is_solar(numbers[0]):
            continue
        is_access = marks.access is not None and date == marks.access.date
        if read_printed(marks, date) is None and (is_access or (date.numeric and "/" in printed)):
            yield in_reference(parsed, "RK303", date.start, date.end, f"“{printed}” is not a calendar date.")


@check("RK308")
def access_date_form(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """An access date that can be read two ways, or is not in the form the list uses."""
    marks = context.marks(parsed)
    usual = context.habits.date_form
    for date in marks.dates:
        printed = _SEPARATORS.sub(r"\1", marks.text[date.start : date.end])
        read = read_printed(marks, date)
        if read is None:
            continue
        form = date_form_of(printed) if date.numeric else "words"
        if form in ("d/m/yyyy", "d-m-yyyy") and read.month <= 12 and read.day <= 12 and read.month != read.day:
            message = f"“{marks.text[date.start : date.end]}” can be read day/month or month/day."
            yield in_reference(parsed, "RK308", date.start, date.end, message, severity=Severity.WARNING)
        is_access = marks.access is not None and date == marks.access.date
        if usual and form != usual and is_access and read.day:
            message = f"Date “{marks.text[date.start : date.end]}” is not in the {usual} form used by the list."
            edits = _in_form(read, usual)
            yield in_reference(
                parsed, "RK308", date.start, date.end, message,
                *((date.start, date.end, new) for new in edits), severity=Severity.INFO, safety=Safety.SAFE,
            )  # fmt: skip


def _in_form(date: Date, form: str) -> Iterator[str]:
    """The date in the list's form, unless it would become one that can be read two ways."""
    if form.startswith("d") and (date.day > 12 or date.day == date.month):
        yield form.replace("yyyy", str(date.year)).replace("d", str(date.day), 1).replace("m", str(date.month), 1)
    elif form == "yyyy-m-d":
        yield date.iso


@check("RK306")
def accessed_before_issued(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The access date lies before the publication date."""
    marks = context.marks(parsed)
    accessed = read_printed(marks, marks.access.date) if marks.access else None
    issued = issued_date(marks)
    if not (marks.access and accessed and accessed.year and issued) or is_solar(accessed.year):
        return
    start, end = marks.access.date.start, marks.access.date.end
    before = accessed.year < issued.year or (
        bool(issued.day and accessed.day)
        and accessed.year == issued.year
        and accessed.iso < issued.iso
        and _certain(marks)
    )
    if before:
        message = f"Access date “{marks.text[start:end]}” is earlier than the publication date {issued.iso}."
        yield in_reference(parsed, "RK306", start, end, message, severity=Severity.ERROR)


def _certain(marks: Marks) -> bool:
    """Whether the access date cannot be a month/day date that was read as day/month."""
    assert marks.access is not None
    text = marks.text[marks.access.date.start : marks.access.date.end]
    numbers = _numbers(text) if marks.access.date.numeric else None
    return numbers is None or numbers[2] > 12 or numbers[1] == numbers[2]


@rule("RK824", "access-date-copied", Severity.INFO)
def access_date_copied(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The access date is the very day of publication.

    Why: few people read a page on the day it appears; the date was probably copied from the page.
    Bad: `Grove, Thomas (2019), “Russia”, The Times, June 24, https://example.org/a, (Accessed on: 24/6/2019).`
    Good: `Grove, Thomas (2019), “Russia”, The Times, June 24, https://example.org/a, (Accessed on: 30/9/2019).`
    """
    marks = context.marks(parsed)
    accessed = read_printed(marks, marks.access.date) if marks.access else None
    issued = issued_date(marks)
    if marks.access and accessed and issued and issued.day and accessed == issued:
        message = "Access date equals the publication date; it was probably copied."
        yield in_reference(parsed, "RK824", marks.access.date.start, marks.access.date.end, message)


@rule("RK825", "date-behind-link", Severity.WARNING, fix=Safety.UNSAFE)
def date_behind_link(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The date of publication stands behind the link.

    Why: behind a link a date is taken for the date of access.
    Bad: `Gabuev, Alexander (2019), “Multilateralism”, Carnegie Center, https://example.org/m, August 20.`
    Good: `Gabuev, Alexander (2019), “Multilateralism”, Carnegie Center, August 20, https://example.org/m.`
    """
    marks = context.marks(parsed)
    if not marks.links or marks.issued is None:
        return
    for date in marks.dates:
        is_access = marks.access is not None and date == marks.access.date
        before = marks.plain[max(0, date.start - 12) : date.start].rstrip()
        if date.start > marks.links[0].end and not is_access and not date.numeric and before.endswith((",", ".")):
            printed = marks.text[date.start : date.end]
            label = marks.labels[0]
            at = label.start if label else marks.links[0].start
            end = date.end + len(re.match(r"[,.]?\s*", marks.text[date.end :])[0])  # type: ignore[index]
            message = f"Publication date “{printed}” stands after the URL."
            edits = ((at, at, f"{printed}, "), (date.start, end, ""))
            yield in_reference(parsed, "RK825", date.start, date.end, message, *edits)


@check("RK809")
def solar_hijri_year(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A Solar Hijri year in a reference that is otherwise in Latin letters."""
    marks = context.marks(parsed)
    issued = marks.issued
    if issued is None or not issued.year[0].isdigit() or context.habits.solar:
        return
    year = int(ascii_digits(issued.year))
    if is_solar(year) and marks.script == "LATIN" and not _dual(marks):
        start = marks.plain.index(issued.year, issued.start)
        printed = marks.text[start : start + 4]
        wanted = str(gregorian_year(year))
        message = f"Year “{printed}” is a Solar Hijri year; add 621 (or 622) for the Gregorian year: {wanted}."
        edit = (start, start + 4, wanted)
        yield in_reference(
            parsed, "RK809", start, start + 4, message, edit, severity=Severity.WARNING, safety=Safety.UNSAFE
        )


def _dual(marks: Marks) -> tuple[str, str] | None:
    """The Gregorian and the Solar year of a parenthesis that holds both."""
    if marks.issued is None:
        return None
    years = _YEARS.findall(marks.issued.year + marks.issued.rest)
    solar = [year for year in years if is_solar(int(ascii_digits(year)))]
    other = [year for year in years if 1800 < int(ascii_digits(year)) < 2100]
    return (other[0], solar[0]) if solar and other else None


@rule("RK818", "year-in-two-calendars", Severity.INFO, fix=Safety.SAFE)
def dual_calendar(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The year is given in two calendars.

    Why: most styles and programs take one year; the second is read as part of the first or as a page.
    Bad: `Khatib, Lina (2014/1393), Media and Politics in Lebanon, London: I.B. Tauris.`
    Good: `Khatib, Lina (2014), Media and Politics in Lebanon, London: I.B. Tauris.`
    """
    marks = context.marks(parsed)
    both = _dual(marks)
    if both and marks.issued and marks.script == "LATIN":
        start, end = marks.issued.start + 1, marks.issued.end - 1
        message = f"Year given in two calendars: “{marks.text[start:end]}”."
        yield in_reference(parsed, "RK818", start, end, message, (start, end, ascii_digits(both[0])))


@check("RK811")
def persian_digits(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """Persian or Arabic-Indic digits in a reference in Latin letters."""
    marks = context.marks(parsed)
    text = marks.text
    if text.isascii() or marks.script != "LATIN":
        return
    for match in _PERSIAN_DIGITS.finditer(text):
        message = f"Persian or Arabic-Indic digits in “{match[0]}”: “{ascii_digits(match[0])}”."
        edit = (match.start(), match.end(), ascii_digits(match[0]))
        yield in_reference(parsed, "RK811", match.start(), match.end(), message, edit, severity=Severity.WARNING)


@rule("RK819", "status-instead-of-year", Severity.INFO)
def status_not_year(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A status such as "forthcoming" or "n.d." stands where the year is expected.

    Why: it was true when the list was written; look whether the work has appeared since.
    Bad: `Zandi, Davood (forthcoming), Threat Perception in Foreign Policy, Tehran: SAMT.`
    Good: `Zandi, Davood (2023), Threat Perception in Foreign Policy, Tehran: SAMT.`
    """
    issued = context.marks(parsed).issued
    if issued and not issued.year[0].isdigit():
        message = f"“{issued.year}” instead of a year."
        yield in_reference(parsed, "RK819", issued.start, issued.end, message)
