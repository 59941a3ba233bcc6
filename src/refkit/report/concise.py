"""`path:line:column: CODE message`, one finding a line, as editors and `errorformat` read it."""

from refkit.report import View
from refkit.report.place import placed
from refkit.report.statistics import counts
from refkit.text import one_line
from refkit.validate.result import Result


def render(result: Result, view: View) -> str:
    """One line per finding, or the counts per rule."""
    if view.statistics:
        return counts(result)
    return "".join(
        f"{one_line(where.file)}:{where.line}:{where.column}: {found.code} {one_line(found.message)}\n"
        for _, found, where in placed(result)
    )
