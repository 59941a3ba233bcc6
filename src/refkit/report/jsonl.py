"""One JSON object a line: each finding (it has a `code`), then each verdict (it has a `verdict`)."""

from refkit.report import View
from refkit.report.json import dump, finding_object, verdict_object
from refkit.validate.result import Result


def render(result: Result, view: View) -> str:
    """The findings and verdicts of the JSON report, a line each."""
    findings = [finding_object(file, found) for file in result.files for found in file.findings]
    verdicts = [verdict_object(file, verdict) for file in result.files for verdict in file.verdicts]
    return "".join(f"{dump(item)}\n" for item in (*findings, *verdicts))
