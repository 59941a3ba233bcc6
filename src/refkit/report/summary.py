"""The closing lines of a report for people."""

from refkit.model import Safety, Severity, VerdictKind
from refkit.validate.result import Result

_NOT_ASKED = (VerdictKind.UNCHECKED, VerdictKind.UNVERIFIABLE, VerdictKind.INVALID)


def lines(result: Result) -> list[str]:
    """What was found, what can be fixed, what is silenced, and what was not checked and why."""
    first = [_found(result), _fixable(result), _silenced(result), _verdicts(result)]
    return [*filter(None, first), *unchecked(result)]


def unchecked(result: Result) -> list[str]:
    """How many DOIs were not checked, a line for each reason."""
    return [
        f"{counted(count, 'DOI', 'DOIs')} unchecked: {reason}" for reason, count in sorted(result.unchecked().items())
    ]


def counted(count: int, one: str, many: str) -> str:
    """`1 entry`, `2 entries`."""
    return f"{count} {one if count == 1 else many}"


def _found(result: Result) -> str:
    entries = counted(sum(len(file.entries) for file in result.files), "entry", "entries")
    severities = result.severities()
    if not severities:
        return f"No findings in {entries}."
    names = {
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.INFO: ("info", "infos"),
    }
    parts = ", ".join(counted(severities[level], *names[level]) for level in Severity if severities[level])
    return f"{counted(severities.total(), 'finding', 'findings')} in {entries}: {parts}."


def _fixable(result: Result) -> str:
    fixes = [found.fix for file in result.files for found in file.findings if found.fix]
    safe = sum(fix.safety is Safety.SAFE for fix in fixes)
    unsafe = len(fixes) - safe
    if safe and unsafe:
        return f"{safe} can be fixed with --fix, {unsafe} more with --fix --unsafe-fixes."
    if fixes:
        return f"{len(fixes)} can be fixed with {'--fix' if safe else '--fix --unsafe-fixes'}."
    return ""


def _silenced(result: Result) -> str:
    count = sum(file.silenced for file in result.files)
    return f"{counted(count, 'finding is', 'findings are')} silenced." if count else ""


def _verdicts(result: Result) -> str:
    """The verdicts that a record stands behind; the rest is told apart, or there was nothing to ask about."""
    kinds = result.kinds()
    told = [kind for kind in VerdictKind if kinds[kind] and kind not in _NOT_ASKED]
    parts = ", ".join(f"{kinds[kind]} {kind}" for kind in told)
    return f"Compared with the records: {parts}." if parts else ""
