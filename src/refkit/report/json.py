"""The JSON report; its shape is a contract, described in docs/validate.md and in report.schema.json."""

import json
import re
from typing import Any

from refkit import __version__
from refkit.model import Edit, Finding, Fix, Severity, Source, Verdict, VerdictKind
from refkit.report import View
from refkit.report.place import place
from refkit.validate.result import FileResult, Result

SCHEMA_VERSION = "1.0"
# What JSON lets stand in a text, but a terminal may obey or reorder.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def render(result: Result, view: View) -> str:
    """One JSON object for the whole run."""
    severities, kinds = result.severities(), result.kinds()
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "refkit", "version": __version__},
        "findings": [finding_object(file, found) for file in result.files for found in file.findings],
        "verdicts": [verdict_object(file, verdict) for file in result.files for verdict in file.verdicts],
        "summary": {
            "files": len(result.files),
            "entries": sum(len(file.entries) for file in result.files),
            "findings": {level.value: severities[level] for level in Severity},
            "verdicts": {kind.value: kinds[kind] for kind in VerdictKind if kinds[kind]},
        },
    }
    return dump(document, indent=2) + "\n"


def dump(document: Any, indent: int | None = None) -> str:
    """JSON text in readable Unicode, with nothing in it that a terminal would obey."""
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def finding_object(file: FileResult, found: Finding) -> dict[str, Any]:
    """One finding as the contract has it."""
    where = place(file.source, found.start, found.end)
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity,
        "message": found.message,
        "file": where.file,
        "line": where.line,
        "column": where.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
        "key": found.key,
        "field": found.field,
        "text": where.text,
        "fix": _fix(file.source, found.fix) if found.fix else None,
    }


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    return {"safety": fix.safety, "edits": [_edit(source, edit) for edit in fix.edits]}


def _edit(source: Source, edit: Edit) -> dict[str, Any]:
    where = place(source, edit.start, edit.end)
    return {
        "line": where.line,
        "column": where.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
        "replacement": edit.replacement,
    }


def verdict_object(file: FileResult, verdict: Verdict) -> dict[str, Any]:
    """One verdict as the contract has it."""
    candidate = verdict.candidate
    return {
        "file": file.source.name,
        "line": file.source.position(max(verdict.start, 0))[0],
        "key": verdict.key,
        "doi": verdict.doi,
        "verdict": verdict.kind,
        "fields": [{"field": item.field, "entry": item.entry, "record": item.record} for item in verdict.fields],
        "candidate": {"doi": candidate.doi, "score": candidate.score} if candidate else None,
        "source": verdict.source,
        "reason": verdict.reason,
    }
