"""Applies the safe fixes of list rules to a list of lines; those that overlap wait for a further round."""

from refkit.model import Edit, Finding, Safety
from refkit.rules.context import Context
from refkit.rules.references import run_list_rules
from tests.rules.references.agreement import read_list


def lint(lines: tuple[str, ...]) -> list[Finding]:
    """The findings of a list, one line one reference."""
    return run_list_rules(read_list(lines), Context())


def apply(lines: tuple[str, ...], findings: list[Finding]) -> tuple[str, ...]:
    """The lines with the safe fixes of the findings made."""
    edits: list[Edit] = []
    taken: list[tuple[int, int]] = []
    for found in findings:
        if found.fix and found.fix.safety is Safety.SAFE:
            wanted = [(edit.start, max(edit.end, edit.start + 1)) for edit in found.fix.edits]
            if all(end <= start or stop <= begin for begin, end in wanted for start, stop in taken):
                taken += wanted
                edits += found.fix.edits
    text = "".join(f"{line}\n" for line in lines)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return tuple(text.split("\n")[:-1])


def repaired(lines: tuple[str, ...], rounds: int = 8) -> tuple[str, ...]:
    """The lines after all safe fixes."""
    for _ in range(rounds):
        after = apply(lines, lint(lines))
        if after == lines:
            break
        lines = after
    return lines
