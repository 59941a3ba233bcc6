"""Variables written into the note field, one a line as "variable: value", the way Zotero users do for fields that its
forms lack (Zotero documentation, "Citing fields from Extra")."""

import re
from collections.abc import Mapping
from typing import Any

from refkit.csl.sorting import DATE_VARIABLES, NAME_VARIABLES

_LINE = re.compile(r"([A-Za-z][-_A-Za-z]{1,40}) ?: *(\S.*)")
_BRACED = re.compile(r"\{:([-_A-Za-z]{1,40}): ?([^{}\n]*)\}")
# Known in citation data by other spellings than their own.
_CASED = {name.lower(): name for name in ("DOI", "ISBN", "ISSN", "PMID", "PMCID", "URL")}


def with_note_fields(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The item with the variables that its note spells out; what it has already is not replaced, but for its type."""
    note = item.get("note")
    if not isinstance(note, str) or ":" not in note:
        return item
    found = [match.groups() for match in _BRACED.finditer(note)]
    lines = _BRACED.sub("", note).split("\n")
    while lines and (match := _LINE.fullmatch(lines[0].strip())):
        found.append((match[1], match[2]))
        lines.pop(0)
    if not found:
        return item
    changed: dict[str, Any] = {**item, "note": "\n".join(lines).strip()}
    for name, value in found:
        _add(changed, item, _CASED.get(name.lower(), name.replace(" ", "-").replace("_", "-").lower()), value.strip())
    return changed


def _add(changed: dict[str, Any], item: Mapping[str, Any], name: str, value: str) -> None:
    if name in NAME_VARIABLES:
        if name not in item:
            changed[name] = [*changed.get(name, []), _name(value)]
    elif name == "type" or not item.get(name):
        changed[name] = {"raw": value} if name in DATE_VARIABLES else value


def _name(value: str) -> dict[str, str]:
    family, found, given = (part.strip() for part in value.partition("||"))
    return {"family": family, "given": given} if found else {"literal": family}
