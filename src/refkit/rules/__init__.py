"""The rules: one module per family, one function per rule.

A rule declares its code, name, severity and fix with `@rule`, and its manual in the docstring. What it looks at is the
annotation of its first parameter: `Entry` or `Bibliography` (a .bib store), `ParsedReference` or `ReferenceList` (a
plain-text list). A second function for a code that exists, because the same flaw shows in both, says `@check(code)`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints

from refkit.model import Edit, Finding, Fix, ParsedReference, Safety, Severity

Check = Callable[..., Iterator[Finding]]
AnyCheck = TypeVar("AnyCheck", bound=Check)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what `refkit rule CODE` explains."""

    code: str
    name: str
    severity: Severity
    fix: Safety | None
    manual: str


RULES: dict[str, Rule] = {}
CHECKS: list[tuple[str, type, Check]] = []


def rule(code: str, name: str, severity: Severity, fix: Safety | None = None) -> Callable[[AnyCheck], AnyCheck]:
    """Declare a rule; the docstring of the function is its manual (what, why, bad, good)."""

    def declare(function: AnyCheck) -> AnyCheck:
        if code in RULES:
            raise ValueError(f"rule {code} is declared twice")
        RULES[code] = Rule(code, name, severity, fix, function.__doc__ or "")
        return check(code)(function)

    return declare


def check(code: str) -> Callable[[AnyCheck], AnyCheck]:
    """Declare a further function that looks for the flaw of a rule."""

    def declare(function: AnyCheck) -> AnyCheck:
        hints = get_type_hints(function)
        subject = next(hint for name, hint in hints.items() if name != "return")
        CHECKS.append((code, subject, function))
        return function

    return declare


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
