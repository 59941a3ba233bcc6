"""Names for findings that survive moving, sorting and editing other entries."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from refkit.model import Finding
from refkit.validate.result import FileResult


def fingerprints(file: FileResult, name: str | None = None) -> Iterator[tuple[Finding, str]]:
    """Each finding of the file with its fingerprint: file name, rule, key, field, and a number among equals.

    A finding without a key is known by the text it is about.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for found in file.findings:
        place = (found.key, found.field or "") if found.key else (file.source.text[found.start : found.end], "")
        identity = (name or file.source.name, found.code, *place)
        seen[identity] += 1
        yield found, sha256("\0".join((*identity, str(seen[identity]))).encode()).hexdigest()[:32]
