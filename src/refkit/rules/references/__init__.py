"""Rules for plain-text reference lists: what only the printed text shows.

Each check looks at one `ParsedReference`, or at the whole `ReferenceList`, and at a `ListContext`: the scan of every
reference, made once, and the habits of the list. A flaw of form is a departure from those habits.
"""

from refkit.model import Finding, ParsedReference, ReferenceList, Severity
from refkit.rules import CHECKS, is_selected, load
from refkit.rules.context import Context
from refkit.rules.references.list_context import list_context

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def run_list_rules(reference_list: ReferenceList, context: Context) -> list[Finding]:
    """The findings of all selected checks of a reference list and of each of its references, in file order."""
    load()
    seen = list_context(reference_list, context)
    checks = [item for item in CHECKS if is_selected(item[0], context)]
    found: list[Finding] = []
    for _, subject, function in checks:
        if subject is ReferenceList:
            found.extend(function(reference_list, seen))
    alone = [function for _, subject, function in checks if subject is ParsedReference]
    for parsed in reference_list.references:
        for function in alone:
            found.extend(function(parsed, seen))
    return _without_repetition(found)


def _without_repetition(found: list[Finding]) -> list[Finding]:
    """Sorted by position; of findings of one rule at one place the gravest."""
    found.sort(key=lambda item: (item.start, item.end, item.code, _WEIGHT[item.severity]))
    kept: dict[tuple[int, int, str, str], Finding] = {}
    for item in found:
        kept.setdefault((item.start, item.end, item.code, item.message), item)
    return list(kept.values())
