"""Document text -> references."""

import re

from refkit.model import Reference

_LINE = re.compile(r"[^\r\n]+")


def split(text: str, one_per_line: bool = False) -> list[Reference]:
    """The references of a document, in reading order."""
    references = []
    for match in _LINE.finditer(text):
        line = match[0].rstrip()
        lead = len(line) - len(line.lstrip())
        if line.strip():
            references.append(Reference(line.strip(), match.start() + lead))
    return references
