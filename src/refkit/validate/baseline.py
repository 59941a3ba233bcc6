"""A baseline: the findings that a bibliography had when refkit came to it; only new ones are reported."""

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from refkit.errors import ConfigError, StoreError
from refkit.files import replace_file
from refkit.validate.fingerprints import fingerprints
from refkit.validate.result import FileResult, Result

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings as fingerprints, each with what it was about; file names are seen from the baseline's folder."""

    path: Path
    known: frozenset[str]


def read_baseline(path: Path) -> Baseline:
    """Read a baseline file; raises ConfigError when there is none, or when it is not one."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["baseline_version"] != _VERSION:
            raise ConfigError(f"{path}: is a baseline of another version of refkit; write it again")
        return Baseline(path, frozenset(str(item["fingerprint"]) for item in document["findings"]))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); make it with --write-baseline") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: is not a baseline; make it with --write-baseline") from error


def write_baseline(path: Path, result: Result) -> int:
    """Write all findings of the result as the baseline; returns how many. Raises ConfigError when that fails."""
    findings = [
        {"fingerprint": mark, "file": name, "code": found.code, "key": found.key, "field": found.field}
        for file in result.files
        for name in (_name(path, file),)
        for found, mark in fingerprints(file, name)
    ]
    document = {"baseline_version": _VERSION, "findings": findings}
    try:
        replace_file(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
    except StoreError as error:
        raise ConfigError(str(error)) from error
    return len(findings)


def without_known(result: Result, baseline: Baseline) -> Result:
    """The result without the findings of the baseline."""
    return replace(result, files=tuple(_new_only(file, baseline) for file in result.files))


def _new_only(file: FileResult, baseline: Baseline) -> FileResult:
    marked = fingerprints(file, _name(baseline.path, file))
    left = tuple(found for found, mark in marked if mark not in baseline.known)
    return replace(file, findings=left, silenced=file.silenced + len(file.findings) - len(left))


def _name(baseline: Path, file: FileResult) -> str:
    name = file.source.name
    return name if name == "-" else Path(os.path.relpath(name, baseline.parent)).as_posix()
