"""The result that the golden files show; `python tests/report/sample.py` writes them anew."""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from refkit import __version__
from refkit.model import (
    Candidate,
    Difference,
    Edit,
    Entry,
    Finding,
    Fix,
    Safety,
    Severity,
    Source,
    Verdict,
    VerdictKind,
)
from refkit.report import FORMATS, View, render
from refkit.validate import FileResult, Result

HERE = Path(__file__).parent
VIEWS = {
    **{name: (name, View(width=80)) for name in FORMATS},
    "statistics": ("concise", View(statistics=True)),
    "statistics-markdown": ("markdown", View(statistics=True)),
    "colour": ("text", View(colour=True, width=60)),
}


def sample() -> Result:
    """A store and a list with findings, and a store without."""
    files = tomllib.loads((HERE / "sample.toml").read_text(encoding="utf-8"))["file"]
    return Result(tuple(_file(item) for item in files))


def _file(item: dict[str, Any]) -> FileResult:
    source = Source(item["name"], item["text"])
    findings = tuple(_finding(item["text"], found) for found in item.get("finding", ()))
    verdicts = tuple(_verdict(item["text"], verdict) for verdict in item.get("verdict", ()))
    entries = tuple(Entry("article", key, ()) for key in item["entries"])
    return FileResult(source, source, findings, entries, verdicts, silenced=item.get("silenced", 0))


def _finding(text: str, item: dict[str, Any]) -> Finding:
    start = text.index(item["where"])
    edits = tuple(Edit(text.index(old), text.index(old) + len(old), new) for old, new in item.get("edits", ()))
    fix = Fix(Safety(item.get("safety", "safe")), edits) if edits else None
    severity, end = Severity(item["severity"]), start + len(item["where"])
    name = f"name-of-{item['code'].lower()}"
    return Finding(item["code"], name, severity, item["message"], start, end, item.get("key"), item.get("field"), fix)


def _verdict(text: str, item: dict[str, Any]) -> Verdict:
    return Verdict(
        item["key"],
        item.get("doi"),
        VerdictKind(item["kind"]),
        text.index(f"@article{{{item['key']}"),
        tuple(Difference(*difference) for difference in item.get("fields", ())),
        Candidate(*item["candidate"]) if "candidate" in item else None,
        item.get("source"),
        item.get("reason"),
    )


def shown(name: str) -> str:
    """The report under one of VIEWS, without what changes with refkit's version and its rules' manuals."""
    output_format, view = VIEWS[name]
    text = render(sample(), output_format, view).replace(f'"{__version__}"', '"VERSION"')
    if name != "sarif":
        return text
    log = json.loads(text)
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        for part in ("shortDescription", "help", "name"):
            rule.pop(part)
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def golden(name: str) -> Path:
    """The golden file of one of VIEWS."""
    return HERE / "golden" / f"{re.sub('[^a-z-]', '', name)}.txt"


if __name__ == "__main__":
    for each in VIEWS:
        golden(each).write_text(shown(each), encoding="utf-8")
    sys.stdout.write(f"wrote {len(VIEWS)} files\n")
