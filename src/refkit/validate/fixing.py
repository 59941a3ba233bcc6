"""Applying fixes: edits of one round never overlap; the text is linted again until no fix is left."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from refkit.model import Edit, Finding, Safety, Source
from refkit.validate.linting import Linted
from refkit.validate.result import Rounds

ROUNDS = 10
# Identifiers before dates, these before punctuation, layout last; what overlaps waits for the next round.
_ORDER = {"RK4": 0, "RK9": 0, "RK3": 1, "RK1": 2, "RK0": 3, "RK6": 3}
_ORDER_DEFAULT = 2
_LAYOUT = frozenset({"RK812"})

Lint = Callable[[Source], Linted]


def repair(start: Linted, lint: Lint, allowed: Safety) -> tuple[Linted, Rounds]:
    """Apply fixes up to the safety `allowed` until none is left; the repaired file, and what was fixed in each round.

    Left out are the fixes of rules that undo each other, and of rules whose fixes would lose an entry.
    """
    refused: frozenset[str] = frozenset()
    while True:
        current, fixed, culprits = _settle(start, lint, allowed, refused)
        if not culprits:
            return current, fixed
        refused |= culprits


def _settle(
    start: Linted, lint: Lint, allowed: Safety, refused: frozenset[str]
) -> tuple[Linted, Rounds, frozenset[str]]:
    """The file after at most ROUNDS rounds, what was fixed in each, and the codes that did harm or never rest."""
    current = start
    fixed: list[tuple[Finding, ...]] = []
    for _ in range(ROUNDS):
        chosen = choose(_fixable(current.findings, allowed, refused))
        changed = _changed(current, chosen)
        if changed == current.source:
            return current, tuple(fixed), frozenset()
        following = lint(changed)
        if len(following.entries) < len(current.entries):
            return current, tuple(fixed), _harmful(current, chosen, lint)
        current = following
        fixed.append(chosen)
    left = choose(_fixable(current.findings, allowed, refused))
    return current, tuple(fixed), frozenset(found.code for found in left)


def _changed(current: Linted, chosen: Sequence[Finding]) -> Source:
    """The file with the fixes applied; a fix without edits asks for UTF-8 instead of the file's encoding."""
    source = current.source
    encoding = "utf-8" if any(found.fix and not found.fix.edits for found in chosen) else source.encoding
    return replace(source, text=apply(source.text, chosen), encoding=encoding)


def _harmful(current: Linted, chosen: Sequence[Finding], lint: Lint) -> frozenset[str]:
    """The codes whose fixes alone lose an entry; all of them when it takes several."""
    codes = frozenset(found.code for found in chosen)

    def loses(code: str) -> bool:
        alone = _changed(current, [found for found in chosen if found.code == code])
        return len(lint(alone).entries) < len(current.entries)

    return frozenset(filter(loses, codes)) or codes


def _fixable(findings: Iterable[Finding], allowed: Safety, refused: frozenset[str]) -> list[Finding]:
    return [found for found in findings if is_fixable(found, allowed) and found.code not in refused]


def is_fixable(found: Finding, allowed: Safety) -> bool:
    """Whether the finding has a fix that may be applied."""
    return found.fix is not None and (found.fix.safety is Safety.SAFE or allowed is Safety.UNSAFE)


def choose(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings whose fixes can be applied together: the first by kind, then by place, wins an overlap."""
    from refkit.bibtex import compatible

    in_order = sorted(findings, key=lambda item: (_rank(item.code), item.start, item.code))
    chosen = {id(fix) for fix in compatible(found.fix for found in in_order if found.fix)}
    return tuple(found for found in in_order if id(found.fix) in chosen)


def _rank(code: str) -> int:
    return _ORDER["RK6"] if code in _LAYOUT else _ORDER.get(code[:3], _ORDER_DEFAULT)


def apply(text: str, findings: Iterable[Finding]) -> str:
    """The text with the fixes of the findings applied; findings may share one."""
    from refkit.bibtex import apply_edits

    return apply_edits(text, edits_of(findings))


def edits_of(findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The edits of the findings' fixes, those of a shared fix once."""
    fixes = {id(found.fix): found.fix for found in findings if found.fix}
    return tuple(edit for fix in fixes.values() for edit in fix.edits)
