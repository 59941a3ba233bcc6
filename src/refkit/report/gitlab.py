"""GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/."""

from refkit.model import Severity
from refkit.report import View
from refkit.report.json import dump
from refkit.report.place import place
from refkit.validate.fingerprints import fingerprints
from refkit.validate.result import Result

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(result: Result, view: View) -> str:
    """A JSON array with an object per finding."""
    issues = []
    for file in result.files:
        for found, mark in fingerprints(file):
            where = place(file.source, found.start, found.end)
            lines = {"begin": where.line, "end": where.end_line}
            issues.append(
                {
                    "description": f"{found.code} {found.message}",
                    "check_name": found.code,
                    "fingerprint": mark,
                    "severity": _LEVELS[found.severity],
                    "location": {"path": where.file, "lines": lines},
                }
            )
    return dump(issues, indent=2) + "\n"
