"""Runs the rules of a store over a text, for the tables of the families."""

from datetime import date

from refkit.bibtex import apply_edits, load
from refkit.model import Edit, Finding, Source
from refkit.rules import run_entry_rules
from refkit.rules.context import context_of

TODAY = date(2026, 11, 1)


def store(snippet: str) -> str:
    """A file that holds the snippet: entries as they are, fields inside an entry."""
    return snippet if "@" in snippet.partition("{")[0] or snippet.endswith("}\n") else f"@misc{{a,\n  {snippet}\n}}\n"


def lint(text: str, *codes: str, dialect: str = "bibtex", encoding: str = "utf-8") -> list[Finding]:
    """The findings of the given rules, of all that are on by default without a code."""
    bibliography = load(Source("a.bib", text, encoding))
    selected = frozenset(codes) or None
    order = "key" if "RK607" in codes else ""
    return run_entry_rules(bibliography, context_of(bibliography, dialect, TODAY, selected, sort=order))


def codes(snippet: str, *selected: str, dialect: str = "bibtex") -> list[str]:
    """The codes found in a snippet."""
    return [found.code for found in lint(store(snippet), *selected, dialect=dialect)]


def edits_of(findings: list[Finding]) -> tuple[Edit, ...]:
    """The edits of the findings' fixes, without those that overlap an earlier one."""
    chosen: list[Edit] = []
    end = -1
    for edit in sorted(
        {edit for found in findings if found.fix for edit in found.fix.edits}, key=lambda e: (e.start, e.end)
    ):
        if edit.start >= end:
            chosen.append(edit)
            end = edit.end
    return tuple(chosen)


def fixed(snippet: str, code: str, dialect: str = "bibtex") -> str:
    """The snippet after the fixes of one rule; field snippets come back without the entry around them."""
    text = store(snippet)
    repaired = apply_edits(text, edits_of(lint(text, code, dialect=dialect)))
    if text == snippet:
        return repaired
    return repaired.removeprefix("@misc{a,").removesuffix("}\n").strip().removesuffix(",")
