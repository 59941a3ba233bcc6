"""Elements that a reference lacks: journal, pages, volume, publisher, report number, link, date of access."""

import re
from collections.abc import Iterator

from refkit.model import Finding, ParsedReference, Severity
from refkit.rules import in_reference, rule
from refkit.rules.references.hosts import (
    is_article,
    looks_like_chapter,
    publisher_behind_pages,
    swallowed_journal,
)
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import Marks
from refkit.words import REPORT_SERIES, is_periodical, is_publisher

_VOLUME_ISSUE = re.compile(r"[0-9]{1,4}\s?\([0-9]{1,4}(?:[-–/][0-9]{1,4})?\)")
_NUMBER_OF_REPORT = re.compile(
    r"\b(?:no|nr|number|paper|report|series)\b\.?\s?[0-9]|[A-Z]{1,4}[-/ ]?[0-9]{2,}|[0-9]{2,}", re.IGNORECASE
)
_PAGES_UNLABELLED = re.compile(r"\b(?:art|article|e[0-9]+)\b|, [0-9]{1,5}\s?[-–]\s?[0-9]{1,5}(?=[,.;])", re.IGNORECASE)


@rule("RK815", "element-missing", Severity.WARNING)
def element_missing(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A reference lacks its journal, pages, volume, publisher, report number, link or date of access.

    Why: without it the work cannot be found, or no style can print the reference.
    Bad: `Smith, Adam (2016), “Tariffs and Trade”, Vol. 4, No. 1, pp. 3-9.`
    Good: `Smith, Adam (2016), “Tariffs and Trade”, Trade Review, Vol. 4, No. 1, pp. 3-9.`
    """
    marks = context.marks(parsed)
    if not context.follows_list(marks):
        return
    for what in (
        _missing_journal,
        _missing_pages,
        _missing_volume,
        _missing_publisher,
        _missing_report_number,
        _missing_link,
    ):
        yield from what(parsed, marks, context)


def _report(
    parsed: ParsedReference, start: int, end: int, message: str, severity: Severity = Severity.WARNING
) -> Finding:
    return in_reference(parsed, "RK815", start, max(end, start + 1), message, severity=severity)


def _missing_journal(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    parts = marks.parts
    numbers = marks.number("volume") or marks.number("issue")
    if swallowed_journal(marks, context.habits.journals):
        return
    is_article_like = marks.number("volume") or (not marks.links and (numbers or marks.codes))
    if marks.title and not parts and marks.in_word is None and is_article_like:
        start = numbers.start if numbers else marks.title.start
        end = numbers.end if numbers else marks.title.end
        yield _report(parsed, start, end, "Article without journal name.", Severity.ERROR)
    elif marks.open_title >= 0 and numbers and is_article(marks):
        start, end = parts[-1] if parts else (marks.body, marks.host_end)
        last = marks.text[start:end]
        long = len(last.split()) > 6 and not is_periodical(last)
        if len(parts) < 2 or long or ":" in last:
            yield _report(parsed, numbers.start, numbers.end, "Article without journal name.", Severity.ERROR)


def _missing_pages(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    if "pages" not in context.habits.labelled or "year" not in context.habits.commas or marks.number("pages"):
        return
    is_web = bool(marks.links) or bool(marks.access)
    if (
        marks.in_word
        and (marks.title or marks.open_title >= 0 or _VOLUME_ISSUE.search(marks.host) is None)
        and not is_web
    ):
        end = len(marks.text[: marks.host_end].rstrip(" \xa0,."))
        yield _report(parsed, marks.in_word[1], end, "No page numbers.")
    elif marks.number("volume") and marks.title and not is_web and not _PAGES_UNLABELLED.search(marks.bare):
        number = marks.number("issue") or marks.number("volume")
        assert number is not None
        yield _report(parsed, number.start, number.end, "No page numbers.")


def _missing_volume(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    parts = marks.parts
    pages = marks.number("pages")
    if "volume" not in context.habits.labelled or pages is None or not marks.title or marks.in_word or not parts:
        return
    if (
        marks.number("volume")
        or marks.number("issue")
        or len(parts) > 1
        or looks_like_chapter(marks, context.habits.commas)
    ):
        return
    start, end = parts[-1]
    host = marks.text[start:end]
    known = is_periodical(host) or host in context.habits.journals
    if not _VOLUME_ISSUE.search(host) and (known or not (marks.dates or marks.links)):
        yield _report(parsed, start, end, "No volume or issue number.")


def _missing_publisher(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    head = context.head(parsed)
    parts = [marks.text[start:end] for start, end in marks.parts]
    if "title" not in context.habits.commas or marks.number("volume") or marks.number("issue"):
        return
    if marks.open_title >= 0:
        parts = _without_titles(parts)
    is_web = bool(marks.links)
    if (
        is_web
        and head.kind != "organisation"
        and not marks.in_word
        and (marks.title or marks.open_title >= 0)
        and not parts
    ):
        label = marks.labels[0]
        start, end = (label.start, label.end) if label else (marks.links[0].start, marks.links[0].end)
        yield _report(parsed, start, end, "No publisher or responsible body.")
    elif is_web and head.kind == "title" and not marks.title and not parts and marks.text[0] not in '“"':
        yield _report(parsed, 0, len(marks.head.rstrip(" ,")), "No publisher or responsible body.")
    elif (
        looks_like_chapter(marks, context.habits.commas) and len(parts) == 1 and not publisher_behind_pages(marks)
    ) or (_is_bare_book(marks, parts, context) and head.kind != "organisation"):
        start, end = marks.parts[0][0], marks.parts[-1][1]
        yield _report(parsed, start, end, "No publisher or responsible body.")


def _without_titles(parts: list[str]) -> list[str]:
    """Of an unclosed title all its parts go: the first, and those that repeat its words."""
    first = set(re.findall(r"[^\W\d_]{4,}", parts[0].casefold())) if parts else set()
    kept = []
    for part in parts[1:]:
        words = set(re.findall(r"[^\W\d_]{4,}", part.casefold()))
        if not words or 2 * len(words & first) < len(words):
            kept.append(part)
    return kept


def _is_bare_book(marks: Marks, parts: list[str], context: ListContext) -> bool:
    if marks.title or marks.open_title >= 0 or marks.links or marks.codes or marks.in_word or not parts:
        return False
    if len(parts) > 1 and not (
        parts[-1].startswith(("and ", "or ")) and not re.search(r"\bPress|Books|Verlag", parts[-1])
    ):
        return False
    return (
        not marks.numbers
        and ". " not in parts[0]
        and "(" not in parts[0]
        and not is_publisher(parts[0])
        and marks.quotes.stray == ()
    )


def _missing_report_number(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    series = REPORT_SERIES.search(marks.bare, marks.tail, marks.host_end)
    if series is None or marks.title is None or marks.numbers:
        return
    part = next(((start, end) for start, end in marks.parts if start <= series.start() < end), None)
    if part and "paper" in series[0].lower() and not _NUMBER_OF_REPORT.search(marks.text[marks.tail : marks.host_end]):
        yield _report(parsed, *part, "Working paper without its number.")


def _missing_link(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    behind = marks.text[marks.access.date.end :].lstrip(" ,)") if marks.access else ""
    if marks.access and not marks.links and not marks.codes and not behind.startswith(("from ", "at ", "via ")):
        start, end = marks.access.start, marks.access.date.end
        yield _report(parsed, start, end, "Access date without a URL.")
    if context.habits.access_note and marks.links and not marks.access and not marks.codes:
        link = marks.links[0]
        yield _report(parsed, link.start, link.end, "Web reference without access date.")
