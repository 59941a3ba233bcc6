"""The rules: one module per family, one function per rule.

A rule declares its code, name, severity and fix with `@rule`, and its manual in the docstring. What it looks at is the
annotation of its first parameter: `Entry` or `Bibliography` (a .bib store), `ParsedReference` or `ReferenceList` (a
plain-text list). The second parameter is the `Context` of the file. A second function for a code that exists, because
the same flaw shows in both, says `@check(code)`. Call `load()` before looking at `RULES` or running checks.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from refkit.model import Bibliography, Edit, Entry, Field, Finding, Fix, ParsedReference, Safety, Severity
from refkit.rules.context import Context

Check = Callable[..., Iterator[Finding]]
AnyCheck = TypeVar("AnyCheck", bound=Check)

families = MappingProxyType(
    {
        "RK0": "File and syntax",
        "RK1": "Types and fields",
        "RK2": "Names",
        "RK3": "Dates, volumes and pages",
        "RK4": "Identifiers and links",
        "RK5": "Titles and venues",
        "RK6": "Duplicates, keys and order",
        "RK7": "Unicode, LaTeX and HTML",
        "RK8": "Reference text and language",
        "RK9": "Comparison with the record",
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what `refkit rule CODE` explains. A rule with `default` False runs only when it is selected."""

    code: str
    name: str
    severity: Severity
    fix: Safety | None
    manual: str
    default: bool = True


RULES: dict[str, Rule] = {}
CHECKS: list[tuple[str, type, Check]] = []
_LOOKS_AT: dict[Check, frozenset[str]] = {}


def rule(
    code: str,
    name: str,
    severity: Severity,
    fix: Safety | None = None,
    *,
    fields: tuple[str, ...] = (),
    default: bool = True,
) -> Callable[[AnyCheck], AnyCheck]:
    """Declare a rule; the docstring of the function is its manual (what, why, bad, good).

    A check of entries that names `fields` is called only for entries that have one of them.
    """

    def declare(function: AnyCheck) -> AnyCheck:
        if code in RULES:
            raise ValueError(f"rule {code} is declared twice")
        RULES[code] = Rule(code, name, severity, fix, function.__doc__ or "", default)
        return check(code, fields=fields)(function)

    return declare


def check(code: str, *, fields: tuple[str, ...] = ()) -> Callable[[AnyCheck], AnyCheck]:
    """Declare a further function that looks for the flaw of a rule; `fields` as in `rule`."""

    def declare(function: AnyCheck) -> AnyCheck:
        subject = next(iter(function.__annotations__.values()))
        CHECKS.append((code, subject, function))
        _LOOKS_AT[function] = frozenset(fields)
        return function

    return declare


@cache
def load() -> None:
    """Import every family, those of plain-text lists too, so that `RULES` and `CHECKS` are complete."""
    _load(__name__, __path__)


def _load(package: str, folders: Any) -> None:
    for _, name, is_package in pkgutil.iter_modules(folders):
        module = importlib.import_module(f"{package}.{name}")
        if is_package:
            _load(module.__name__, module.__path__)


def run_entry_rules(bibliography: Bibliography, context: Context) -> list[Finding]:
    """The findings of all selected checks of the file and of each of its entries, in file order."""
    load()
    runs = [item for item in CHECKS if is_selected(item[0], context)]
    found: list[Finding] = []
    for _, subject, function in runs:
        if subject is Bibliography:
            found.extend(function(bibliography, context))
    checks = [(function, _LOOKS_AT[function]) for _, subject, function in runs if subject is Entry]
    plans: dict[tuple[str, ...], list[Check]] = {}
    for entry in bibliography.entries:
        names = tuple([field.name for field in entry.fields])
        plan = plans.get(names)
        if plan is None:
            plan = plans[names] = [function for function, fields in checks if not fields or fields.intersection(names)]
        for function in plan:
            found.extend(function(entry, context))
    return sorted(found, key=lambda item: (item.start, item.code))


def is_selected(code: str, context: Context) -> bool:
    """Whether the rule runs: it was selected or, without a selection, is on by default."""
    return RULES[code].default if context.selected is None else code in context.selected


def finding(code: str, start: int, end: int, message: str, **more: Any) -> Finding:
    """A finding of rule `code` at file offsets; `severity`, `key`, `field` and `fix` may be given."""
    found = RULES[code]
    return Finding(code, found.name, more.pop("severity", found.severity), message, start, end, **more)


def in_reference(
    parsed: ParsedReference, code: str, start: int, end: int, message: str, *edits: tuple[int, int, str], **more: Any
) -> Finding:
    """A finding at `text[start:end]` of a reference; each edit is (start, end, replacement) in the same text.

    The fix has the safety the rule declares, unless `safety` says otherwise.
    """
    offset = parsed.reference.offset
    safety = more.pop("safety", RULES[code].fix)
    if edits and safety is not None:
        more["fix"] = Fix(safety, tuple(Edit(offset(a), offset(b), new) for a, b, new in edits))
    return finding(code, offset(start), offset(end), message, key=parsed.entry.key, **more)


def in_entry(entry: Entry, code: str, message: str, *edits: Edit, **more: Any) -> Finding:
    """A finding about an entry as a whole, shown at its key; the edits are in file offsets."""
    start, end = (entry.key_start, entry.key_end) if entry.key_start >= 0 else (entry.start, entry.start)
    return finding(code, max(start, 0), max(end, 0), message, key=entry.key, **_with_fix(code, edits, more))


def in_field(
    entry: Entry,
    field: Field,
    code: str,
    message: str,
    *edits: tuple[int, int, str],
    at: tuple[int, int] | None = None,
    **more: Any,
) -> Finding:
    """A finding in a field, at `value[at[0]:at[1]]` or the whole value; each edit is (start, end, replacement) in it.

    `also` may add edits in file offsets. A value that is no literal (a macro, a concatenation) is shown as a whole
    and not fixed.
    """
    more = {"field": field.name, "key": entry.key, **more}
    also: tuple[Edit, ...] = more.pop("also", ())
    if not is_literal(field):
        more.pop("safety", None)
        return finding(code, max(field.start, 0), max(field.end, 0), message, **more)
    origin = field.value_start
    patches = (*(Edit(origin + start, origin + end, new) for start, end, new in edits), *also)
    start, end = at or (0, len(field.value))
    return finding(code, origin + start, origin + end, message, **_with_fix(code, patches, more))


def _with_fix(code: str, edits: tuple[Edit, ...], more: dict[str, Any]) -> dict[str, Any]:
    safety = more.pop("safety", RULES[code].fix)
    if edits and safety is not None:
        more["fix"] = Fix(safety, edits)
    return more


def is_literal(field: Field) -> bool:
    """Whether the value stands in the file as it is, so that it can be patched."""
    return field.value_start >= 0 and field.value_end - field.value_start == len(field.value)
