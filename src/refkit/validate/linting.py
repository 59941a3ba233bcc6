"""Reading a file as store or list, running the rules over it, and silencing what is not to be reported."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, partial

from refkit.files import is_store
from refkit.model import Bibliography, Entry, Finding, ReferenceList, Source
from refkit.rules import run_entry_rules
from refkit.rules.context import Context, context_of
from refkit.rules.suppressions import read_suppressions, silence
from refkit.validate.ignores import ignored_in_file, unused_ignores, without_ignored
from refkit.validate.result import Options
from refkit.validate.selection import with_severity

REMOTE = "RK9"  # the family whose findings come from verdicts

Subject = Bibliography | ReferenceList


@dataclass(frozen=True)
class Linted:
    """A file that was read and linted.

    `all_findings` is what the rules found, `findings` what is to be reported of it, in file order; `silenced` counts
    the rest.
    """

    subject: Subject
    all_findings: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    silenced: int = 0

    @property
    def source(self) -> Source:
        """The file."""
        return self.subject.source

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of a store, or those that the references of a list make, each with its place in the file."""
        if isinstance(self.subject, Bibliography):
            return self.subject.entries
        return tuple(replace(parsed.entry, start=parsed.reference.start) for parsed in self.subject.references)


def lint(source: Source, options: Options) -> Linted:
    """Read the file and run the selected rules of its kind."""
    codes = options.selection.codes
    if is_store(source):
        from refkit.bibtex import load

        bibliography = load(source)
        context = context_of(bibliography, options.dialect, options.today, codes, sort=options.sort)
        return linted(bibliography, run_entry_rules(bibliography, context), options)

    from refkit.parse import read_list
    from refkit.rules.references import run_list_rules

    references = read_list(source)
    context = Context(today=options.today, text=source.text, selected=codes)
    return linted(references, run_list_rules(references, context), options)


def linted(subject: Subject, found: Iterable[Finding], options: Options) -> Linted:
    """Sort out which findings are to be reported, and add RK010 for what silences nothing."""
    codes = options.selection.codes
    chosen = tuple(item for item in found if item.code in codes)
    unsorted = Linted(subject, chosen, ())
    judged = partial(_is_judged, codes=codes)
    in_file = ignored_in_file(subject.source.name, options.root, options.per_file_ignores)
    # A citation key silences an entry of the store; the reference it was read from still has the flaw.
    by_key = options.per_entry_ignores if isinstance(subject, Bibliography) else {}
    kept, used = without_ignored(chosen, in_file, by_key)
    suppressions = read_suppressions(subject) if isinstance(subject, Bibliography) else ()
    left, useless = silence(kept, suppressions, judged, options.today)
    useless.extend(unused_ignores(unsorted.entries, by_key, used, judged))
    added = [item for item in useless if item.code in codes and not item.code.startswith(tuple(in_file))]
    reported = with_severity([*left, *added], options.selection.severities)
    in_order = sorted(reported, key=lambda item: (item.start, item.end, item.code))
    return replace(unsorted, findings=tuple(in_order), silenced=len(chosen) - len(left))


def _is_judged(code: str, codes: frozenset[str]) -> bool:
    """Whether rules of that code or prefix ran; those about records may lack an answer."""
    return not code.startswith(REMOTE) and any(item.startswith(code) for item in codes)
