"""The report for people: findings grouped by entry, each with its text marked, and a summary."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from refkit.model import Finding, Severity
from refkit.report import View
from refkit.report.place import Place, place
from refkit.report.statistics import counts
from refkit.report.summary import lines as summary_lines
from refkit.report.verdicts import table
from refkit.text import one_line, printable
from refkit.validate.result import FileResult, Result

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_INDENT = "      "
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_RIGHT_TO_LEFT_RUN = re.compile(f"[{_RIGHT_TO_LEFT}]+(?:[\u200c\u200d .,:;0-9«»()/-]+[{_RIGHT_TO_LEFT}]+)*")
_REST = re.compile(r"[^\r\n]*")
_INDENTATION = re.compile(r"[ \t]*")
_ISOLATE, _POP = "\u2068", "\u2069"
_ZERO_WIDTH = ("Mn", "Me", "Cf")


def render(result: Result, view: View) -> str:
    """The findings of each file and the values that differ from the records, or the counts per rule; the summary."""
    if view.statistics:
        parts = [counts(result)]
    else:
        parts = ["\n".join(_file(file, view)) + "\n" for file in result.files if file.findings]
        parts.append(table([verdict for file in result.files for verdict in file.verdicts], view.width))
    summary = "".join(f"{line}\n" for line in _summary(result, view))
    return "\n".join((*filter(None, parts), summary))


def _summary(result: Result, view: View) -> Iterator[str]:
    style = "yellow" if any(file.findings for file in result.files) else "green"
    for number, line in enumerate(summary_lines(result)):
        text = _isolated(one_line(line))
        yield _paint(text, style, view) if number == 0 else text


def _file(file: FileResult, view: View) -> Iterator[str]:
    yield _paint(_isolated(one_line(file.source.name)), "bold", view)
    for key, findings in groupby(file.findings, key=lambda found: found.key):
        group = tuple(findings)
        line, _ = file.source.position(group[0].start)
        yield _paint(f"  {_isolated(one_line(key))}, line {line}" if key else f"  line {line}", "bold", view)
        for found in group:
            yield from _finding(found, place(file.source, found.start, found.end), file, view)


def _finding(found: Finding, where: Place, file: FileResult, view: View) -> Iterator[str]:
    severity = _paint(found.severity, _COLOURS[found.severity], view)
    mark = _paint(" [*]", "green", view) if found.fix else ""
    yield f"    {severity} {found.code}{mark} {_isolated(one_line(found.message))}"
    yield from _excerpt(found, where, file, view)


def _excerpt(found: Finding, where: Place, file: FileResult, view: View) -> Iterator[str]:
    """The line of the finding, cut to the width, and under it the mark and what the fix puts there."""
    before, marked, after = _cut(file.source.text, found, where, view.width - len(_INDENT))
    if not (before + marked + after).strip():
        return
    proposal = _proposal(found)
    colour = _COLOURS[found.severity]
    if _RIGHT_TO_LEFT_RUN.search(before + marked + after):
        # Columns mean nothing where the terminal reorders the line: repeat the text instead of pointing at it.
        yield f"{_INDENT}{_ISOLATE}{before}{_paint(marked, colour, view)}{after}{_POP}"
        yield f"{_INDENT}{_paint(f'^ {_ISOLATE}{marked}{_POP}{proposal}', colour, view)}"
        return
    yield f"{_INDENT}{before}{_paint(marked, colour, view)}{after}"
    carets = "^" * max(_columns(marked), 1)
    yield f"{_INDENT}{' ' * _columns(before)}{_paint(carets + proposal, colour, view)}"


def _cut(text: str, found: Finding, where: Place, width: int) -> tuple[str, str, str]:
    """What stands before, in and after the finding in its line, harmless to a terminal and about `width` long.

    Never looks further than `width`: a line may be a megabyte long and hold thousands of findings.
    """
    line_start = found.start - where.column + 1
    ahead = _REST.match(text, found.start, found.start + width)
    line_end = ahead.end() if ahead else found.start
    end = found.end if where.end_line == where.line else line_end
    first = found.start - max(width // 3, width - 1 - (line_end - found.start))
    lead = "…" if first > line_start else ""
    if not lead:
        indented = _INDENTATION.match(text, line_start, found.start)
        first = indented.end() if indented else line_start
    last = min(first + width - 2, line_end)
    marked = text[found.start : min(end, last)] + ("…" if end > last else "")
    after = text[end:last] + ("…" if end <= last < line_end else "")
    return _shown(lead + text[first : found.start]), _shown(marked), _shown(after)


def _proposal(found: Finding) -> str:
    """` → replacement` when the fix replaces just the marked text."""
    if found.fix is None or len(found.fix.edits) != 1:
        return ""
    edit = found.fix.edits[0]
    if (edit.start, edit.end) != (found.start, found.end) or not edit.replacement.strip():
        return ""
    return f" → {_isolated(one_line(edit.replacement))}"


def _shown(text: str) -> str:
    return printable(text.replace("\t", " "))


def _isolated(text: str) -> str:
    """The text with each right-to-left run isolated, so that it cannot reorder its neighbours."""
    return _RIGHT_TO_LEFT_RUN.sub(lambda match: f"{_ISOLATE}{match[0]}{_POP}", text)


def _columns(text: str) -> int:
    """Columns the text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_column(char) for char in text)


def _column(char: str) -> int:
    if unicodedata.category(char) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _paint(text: str, style: str, view: View) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if view.colour and text else text
