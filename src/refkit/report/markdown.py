"""A Markdown page, made for `$GITHUB_STEP_SUMMARY`."""

import re
from collections.abc import Sequence

from refkit.report import View
from refkit.report.place import placed
from refkit.report.statistics import tally
from refkit.report.summary import lines as summary_lines
from refkit.text import one_line
from refkit.validate.result import Result

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def render(result: Result, view: View) -> str:
    """A summary and one table of findings, or of counts per rule."""
    table = _counts(result) if view.statistics else _findings(result)
    summary = "\n".join(f"- {_cell(line)}" for line in summary_lines(result))
    return f"## refkit\n\n{summary}\n" + (f"\n{table}" if table else "")


def _findings(result: Result) -> str:
    rows = [
        (f"{_cell(where.file)}:{where.line}", found.severity, found.code, _cell(found.key or ""), _cell(found.message))
        for _, found, where in placed(result)
    ]
    return _table(("place", "severity", "rule", "entry", "finding"), rows)


def _counts(result: Result) -> str:
    rows = [(str(count), str(fixable), code, name) for count, fixable, code, name in tally(result)]
    return _table(("findings", "fixable", "rule", "name"), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    lines = (head, tuple("---" for _ in head), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    """The text as it is, in one line: nothing in it can end the cell or become markup."""
    return _SPECIAL.sub(r"\\\1", one_line(text))
