"""The lock file: what was verified when, so that a run without network can tell whether it still holds.

`references.lock.json` stands beside `references.bib`. It keeps each verdict with a hash of what the entry said and a
hash of the record; an entry that says something else now counts as unchecked.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from refkit.errors import StoreError
from refkit.files import replace_file
from refkit.model import Candidate, Difference, Entry, Verdict, VerdictKind
from refkit.verify.options import LOCK_SUFFIX

SCHEMA_VERSION = "1.0"
# Notes, keywords and file names may change without a new check
_COMPARED = frozenset(
    "author editor title subtitle journal journaltitle booktitle maintitle series year date solaryear volume number "
    "issue pages eid articleno publisher institution organization school isbn issn doi url origtitle titleaddon".split()
)


def lock_path(store: Path) -> Path:
    """Where the lock file of a store is: beside it, `references.lock.json` for `references.bib`."""
    return store.with_suffix(LOCK_SUFFIX)


def entry_hash(entry: Entry) -> str:
    """A hash of what an entry claims; layout, notes and the citation key do not count."""
    claims = sorted((field.name, " ".join(field.value.split())) for field in entry.fields if field.name in _COMPARED)
    return _hash([entry.type, claims])


def record_hash(record: Any) -> str:
    """A hash of what a source said."""
    return _hash(record)


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def write_lock(store: Path, entries: Sequence[Entry], verdicts: Sequence[Verdict], today: date) -> Path:
    """Write the lock file of a store and give its path; an entry that stayed unchecked keeps what was known of it.

    Raises StoreError when the file cannot be written.
    """
    known = _read(lock_path(store))
    entries_locked: dict[str, Any] = {}
    for entry, verdict in zip(entries, verdicts, strict=True):
        kept = known.get(entry.key)
        digest = entry_hash(entry)
        if verdict.kind is not VerdictKind.UNCHECKED and not _is_same(kept, digest, verdict):
            kept = _locked(verdict, digest, today)
        if kept is not None and kept.get("entry") == digest:
            entries_locked[entry.key] = kept
    document = {"schema_version": SCHEMA_VERSION, "entries": dict(sorted(entries_locked.items()))}
    path = lock_path(store)
    replace_file(path, (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode())
    return path


def _is_same(kept: Mapping[str, Any] | None, digest: str, verdict: Verdict) -> bool:
    """Whether the lock already says so, about the same record: its date then stays, and the file does not change."""
    if kept is None:
        return False
    return (kept.get("entry"), kept.get("record"), kept.get("verdict")) == (digest, verdict.record, verdict.kind)


def _locked(verdict: Verdict, digest: str, today: date) -> dict[str, Any]:
    candidate = verdict.candidate
    return {
        "verdict": verdict.kind.value,
        "doi": verdict.doi,
        "checked": today.isoformat(),
        "entry": digest,
        "record": verdict.record,
        "source": verdict.source,
        "reason": verdict.reason,
        "fields": [{"field": item.field, "entry": item.entry, "record": item.record} for item in verdict.fields],
        "candidate": {"doi": candidate.doi, "score": candidate.score} if candidate else None,
    }


def with_lock(store: Path, entries: Sequence[Entry], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, where nothing could be asked completed from the lock file, when there is one."""
    known = _read(lock_path(store))
    if not known:
        return tuple(verdicts)
    return tuple(_completed(entry, verdict, known) for entry, verdict in zip(entries, verdicts, strict=True))


def _completed(entry: Entry, verdict: Verdict, known: Mapping[str, Any]) -> Verdict:
    kept = known.get(entry.key)
    if verdict.kind is not VerdictKind.UNCHECKED or kept is None:
        return verdict
    if kept.get("entry") != entry_hash(entry):
        reason = f"the entry has changed since it was checked on {kept.get('checked')}"
        return replace(verdict, source="lock file", reason=reason)
    return _restored(verdict, kept) or verdict


def _restored(verdict: Verdict, kept: Mapping[str, Any]) -> Verdict | None:
    """The locked verdict; None when the file was edited into something else."""
    try:
        candidate = kept["candidate"]
        return replace(
            verdict,
            kind=VerdictKind(kept["verdict"]),
            fields=tuple(Difference(str(i["field"]), str(i["entry"]), str(i["record"])) for i in kept["fields"]),
            candidate=Candidate(str(candidate["doi"]), float(candidate["score"])) if candidate else None,
            source=kept["source"],
            reason=kept["reason"],
            record=kept["record"],
        )
    except (KeyError, TypeError, ValueError):
        return None


def _read(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(f"{path}: is not a lock file that can be read; delete it, and write it anew") from error
    entries = document.get("entries") if isinstance(document, dict) else None
    if not isinstance(entries, dict):
        raise StoreError(f"{path}: is not a lock file; delete it, and write it anew with --write-lock")
    return {key: value for key, value in entries.items() if isinstance(value, dict)}
