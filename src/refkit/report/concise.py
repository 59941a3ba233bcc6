"""`path:line:column: CODE message`, one finding a line, as editors and `errorformat` read it."""

from refkit.report import View
from refkit.report.place import placed
from refkit.report.statistics import counts
from refkit.text import printable
from refkit.validate.result import Result


def render(result: Result, view: View) -> str:
    """One line per finding, or the counts per rule."""
    if view.statistics:
        return counts(result)
    return "".join(
        f"{_line(where.file)}:{where.line}:{where.column}: {found.code} {_line(found.message)}\n"
        for _, found, where in placed(result)
    )


def _line(text: str) -> str:
    return " ".join(printable(text).split())
