"""Page ranges, and article numbers that stand for an issue."""

import re
from collections.abc import Iterator

from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import check, in_reference
from refkit.rules.references.found import Number
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import Marks

_ARTICLE_NUMBER_IN_DOI = re.compile(
    r"10\.3390/[a-z]+(?P<volume>[0-9]{1,3})(?P<issue>[0-9]{2})(?P<article>[0-9]{4})", re.IGNORECASE
)
_RANGE = re.compile(r"(?P<first>[0-9]{1,6})\s?(?P<dash>[-‐‑–—−]{1,2})\s?(?P<last>[0-9]{1,6})")


@check("RK310")
def page_range(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The last page is smaller than the first, or shortened."""
    marks = context.marks(parsed)
    for number in marks.numbers:
        match = _RANGE.fullmatch(marks.text[number.number : number.end]) if number.kind == "pages" else None
        if match is None or int(match["last"]) >= int(match["first"]):
            continue
        first, last = match["first"], match["last"]
        where = match[0]
        full = first[: len(first) - len(last)] + last
        if len(last) < len(first) and int(full) > int(first):
            if context.habits.elided_pages:
                continue
            edit = (number.number, number.end, f"{first}{match['dash']}{full}")
            message = f"Shortened page range “{where}”."
            yield in_reference(
                parsed, "RK310", number.number, number.end, message, edit, severity=Severity.INFO, safety=Safety.SAFE
            )
        else:
            message = f"Last page is smaller than the first: “{where}”."
            edits = [(number.number, number.end, f"{last}{match['dash']}{first}")] if len(first) == len(last) else []
            yield in_reference(
                parsed,
                "RK310",
                number.number,
                number.end,
                message,
                *edits,
                severity=Severity.ERROR,
                safety=Safety.UNSAFE,
            )


@check("RK309")
def page_dash(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A page range with another dash than the list's."""
    marks = context.marks(parsed)
    usual = context.habits.page_dash
    for number in marks.numbers if usual else ():
        match = _RANGE.fullmatch(marks.text[number.number : number.end]) if number.kind == "pages" else None
        if match and match["dash"] != usual:
            start = number.number + match.start("dash")
            message = f"Page range with an odd dash: “{match[0]}”; the list writes “{usual}”."
            edit = (start, start + len(match["dash"]), usual)
            yield in_reference(parsed, "RK309", number.number, number.end, message, edit, severity=Severity.INFO)


@check("RK311")
def article_number_as_issue(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """An article number stands where the issue is expected."""
    marks = context.marks(parsed)
    issue = marks.number("issue")
    volume = marks.number("volume")
    if issue is None or volume is None:
        return
    value = marks.text[issue.number : issue.end]
    if not value.isdigit() or len(value) < 3:
        return
    in_doi = False
    for code in marks.codes:
        match = _ARTICLE_NUMBER_IN_DOI.fullmatch(marks.text[code.start : code.end])
        in_doi = in_doi or bool(match and int(match["article"]) == int(value))
    pages = marks.number("pages")
    from_one = pages is not None and marks.text[pages.number : pages.end].startswith(("1-", "1–"))
    if in_doi or (from_one and not _may_count_on(marks, volume, value)) or len(value) >= 5:
        where = marks.text[issue.start : issue.end]
        message = f"“{where}” is an article number, not an issue."
        yield in_reference(parsed, "RK311", issue.start, issue.end, message, severity=Severity.WARNING)


def _may_count_on(marks: Marks, volume: Number, issue: str) -> bool:
    """Whether issues counted through all volumes, at most one a month, can have come to this number."""
    number = marks.text[volume.number : volume.end]
    return number.isdigit() and int(issue) <= 12 * int(number)
