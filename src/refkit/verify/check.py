"""Entries -> verdicts, the way in: what can be settled without a source is settled here, before anything is loaded."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

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
    if options.offline and not _holds_answers(options.cache_folder() / CACHE_NAME):
        return tuple(_without_cache(subject) for subject in subjects)
    if options.find_dois or any(subject.doi for subject in subjects):
        from refkit.verify.run import verdicts

        return verdicts(subjects, options, progress)
    return tuple(without_doi(subject) for subject in subjects)


def _holds_answers(path: Path) -> bool:
    """Whether the cache can be of use; one that cannot be read is left to those who repair it."""
    if not path.exists():
        return False
    import sqlite3

    try:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute("SELECT 1 FROM answers LIMIT 1").fetchone() is not None
    except sqlite3.Error:
        return True


def _without_cache(subject: Subject) -> Verdict:
    return subject.verdict(VerdictKind.UNCHECKED, NOT_CACHED) if subject.doi else without_doi(subject)


def without_doi(subject: Subject) -> Verdict:
    """The verdict on an entry for which no source is asked."""
    if subject.invalid:
        return subject.verdict(VerdictKind.INVALID, subject.invalid)
    return subject.verdict(VerdictKind.UNVERIFIABLE, "it has no DOI")
