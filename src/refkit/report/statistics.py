"""Counts per rule, for `--statistics`."""

from collections import Counter

from refkit.validate.result import Result


def tally(result: Result) -> list[tuple[int, int, str, str]]:
    """Count, how many of it are fixable, code and name of each rule that found something; most frequent first."""
    findings = [found for file in result.files for found in file.findings]
    every = Counter((found.code, found.name) for found in findings)
    fixable = Counter(found.code for found in findings if found.fix)
    return sorted(
        ((count, fixable[code], code, name) for (code, name), count in every.items()),
        key=lambda row: (-row[0], row[2]),
    )


def counts(result: Result) -> str:
    """A plain table of the counts."""
    rows = tally(result)
    widest = len(str(rows[0][0])) if rows else 1
    return "".join(
        f"{count:>{widest}}  {code}  {name}{f'  ({fixable} fixable)' if fixable else ''}\n"
        for count, fixable, code, name in rows
    )
