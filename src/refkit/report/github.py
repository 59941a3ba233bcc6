"""Workflow commands of GitHub Actions: an annotation on the line of each finding."""

from refkit.model import Finding, Severity
from refkit.report import View
from refkit.report.place import Place, placed
from refkit.text import printable
from refkit.validate.result import Result

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(result: Result, view: View) -> str:
    """One `::error …::message` a finding."""
    return "".join(_command(found, where) for _, found, where in placed(result))


def _command(found: Finding, where: Place) -> str:
    about = ":".join(part for part in (found.key, found.field) if part)
    properties = {"file": where.file, "line": where.line, "endLine": where.end_line, "col": where.column}
    # GitHub ignores columns of an annotation that spans lines.
    if where.end_line == where.line:
        properties["endColumn"] = where.end_column
    properties["title"] = f"{found.code} {about}".rstrip()
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_LEVELS[found.severity]} {listed}::{_data(found.message)}\n"


def _data(text: str) -> str:
    """Escaped as the runner undoes it; a line end would begin a new command."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
