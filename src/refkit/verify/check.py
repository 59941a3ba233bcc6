"""Entries -> verdicts, the way in: what can be settled without a source is settled here, before anything is loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from refkit.model import Entry, Verdict, VerdictKind
from refkit.verify.options import CACHE_NAME, NOT_CACHED, Options
from refkit.verify.subject import Subject, read_subject


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check is: answers at hand, of how many known to be needed; of those, how many from the cache."""

    done: int
    total: int
    cached: int


def check(
    entries: Sequence[Entry], options: Options | None = None, progress: Callable[[Progress], None] | None = None
) -> tuple[Verdict, ...]:
    """One verdict for each entry, in order; nothing is raised for what a source does or fails to do.

    `progress` is called from this thread whenever answers have come in.
    """
    options = options or Options()
    subjects = [read_subject(entry) for entry in entries]
    if options.offline and not (options.cache_folder() / CACHE_NAME).exists():
        return tuple(_without_cache(subject) for subject in subjects)
    if options.find_dois or any(subject.doi for subject in subjects):
        from refkit.verify.run import verdicts

        return verdicts(subjects, options, progress)
    return tuple(without_doi(subject) for subject in subjects)


def _without_cache(subject: Subject) -> Verdict:
    return subject.verdict(VerdictKind.UNCHECKED, NOT_CACHED) if subject.doi else without_doi(subject)


def without_doi(subject: Subject) -> Verdict:
    """The verdict on an entry for which no source is asked."""
    if subject.invalid:
        return subject.verdict(VerdictKind.INVALID, subject.invalid)
    return subject.verdict(VerdictKind.UNVERIFIABLE, "it has no DOI")
