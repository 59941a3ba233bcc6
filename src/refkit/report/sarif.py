"""SARIF 2.1.0 for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from typing import Any
from urllib.parse import quote

from refkit import __version__
from refkit.model import Edit, Finding, Fix, Severity, Source
from refkit.report import View
from refkit.report.json import dump
from refkit.report.place import place
from refkit.report.summary import unchecked
from refkit.rules import RULES, Rule, load
from refkit.validate.fingerprints import fingerprints
from refkit.validate.result import FileResult, Result

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_FINGERPRINT = "ruleKeyField/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(result: Result, view: View) -> str:
    """One SARIF log with one run."""
    load()
    codes = sorted({found.code for file in result.files for found in file.findings})
    run = {
        "tool": {"driver": {"name": "refkit", "version": __version__, "rules": [_rule(RULES[code]) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(result)}],
        "results": [
            _result(file, found, mark, codes.index(found.code))
            for file in result.files
            for found, mark in fingerprints(file)
        ],
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(declared: Rule) -> dict[str, Any]:
    manual = "\n".join(line.strip() for line in declared.manual.strip().splitlines())
    return {
        "id": declared.code,
        "name": declared.name,
        "shortDescription": {"text": manual.partition("\n")[0] or declared.name},
        "help": {"text": manual or declared.name, "markdown": manual or declared.name},
        "defaultConfiguration": {"level": _LEVELS[declared.severity]},
    }


def _result(file: FileResult, found: Finding, mark: str, rule_index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[found.severity],
        "message": {"text": found.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(file.source),
                    "region": _region(file.source, found.start, found.end),
                }
            }
        ],
        "partialFingerprints": {_FINGERPRINT: mark},
    }
    if found.key:
        name = f"{found.key}.{found.field}" if found.field else found.key
        result["locations"][0]["logicalLocations"] = [{"fullyQualifiedName": name}]
    if found.fix and found.fix.edits:
        result["fixes"] = [_fix(file.source, found.fix)]
    return result


def _artifact(source: Source) -> dict[str, str]:
    return {"uri": quote(source.name.replace("\\", "/"), safe="/")}


def _region(source: Source, start: int, end: int) -> dict[str, int]:
    where = place(source, start, end)
    return {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    replacements = [_replacement(source, edit) for edit in fix.edits]
    return {
        "description": {"text": f"{fix.safety} fix"},
        "artifactChanges": [{"artifactLocation": _artifact(source), "replacements": replacements}],
    }


def _replacement(source: Source, edit: Edit) -> dict[str, Any]:
    deleted = {"deletedRegion": _region(source, edit.start, edit.end)}
    return {**deleted, "insertedContent": {"text": edit.replacement}} if edit.replacement else deleted


def _notifications(result: Result) -> list[dict[str, Any]]:
    return [{"level": "warning", "message": {"text": line}} for line in unchecked(result)]
