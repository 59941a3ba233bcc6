"""One check: the questions in the order that needs fewest requests, and the verdicts that follow from the answers.

First all DOIs in batches, then the notices about those that were found, the agency of those that were not, and last
the searches, which only add a suggestion to a bad verdict (or look for missing DOIs, when asked to).
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from refkit.errors import SourceError
from refkit.model import Candidate, Verdict, VerdictKind
from refkit.verify import search
from refkit.verify.check import Progress, without_doi
from refkit.verify.lock import record_hash
from refkit.verify.match import Match, Relation, match
from refkit.verify.options import Options
from refkit.verify.printed import Printed, read_entry
from refkit.verify.record import Record, from_crossref, from_csl, from_datacite
from refkit.verify.service import RefusedError
from refkit.verify.sources import Body, NotAskedError, Sources, primary_of
from refkit.verify.status import status
from refkit.verify.subject import Subject

# A search only adds a suggestion to a bad verdict, and three take a second: they begin only while there is time, the
# most useful first. With `find_dois` they may take as long as the check.
SUGGESTION_SECONDS = 18.0
MAX_SUGGESTIONS = 30
_FAULTY = (VerdictKind.NOT_REGISTERED, VerdictKind.WRONG_DOI)


@dataclass(frozen=True, slots=True)
class _Absent:
    """A DOI of which no record was found; `agency` None says that it is not registered anywhere."""

    agency: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    """A record with the notices about it; `primary` is its DOI when the one asked for is an alias."""

    record: Record
    notices: tuple[Mapping[str, Any], ...] | SourceError = ()
    primary: str = ""
    digest: str | None = None


Lookup = _Found | _Absent | SourceError


def verdicts(
    subjects: Sequence[Subject], options: Options, progress: Callable[[Progress], None] | None
) -> tuple[Verdict, ...]:
    """The verdicts on all subjects, in order."""
    counter = _Counter(progress, len({subject.doi for subject in subjects if subject.doi}))
    sources = Sources(options, options.seconds(len(subjects)), counter.count)
    try:
        lookups = look_up([subject.doi for subject in subjects if subject.doi], sources)
        printed = [read_entry(subject.entry) for subject in subjects]
        found = [_verdict(subject, claims, lookups) for subject, claims in zip(subjects, printed, strict=True)]
        return _with_suggestions(subjects, printed, found, sources)
    finally:
        sources.cache.close()


class _Counter:
    """Turns the sources' counts into progress."""

    def __init__(self, progress: Callable[[Progress], None] | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        self._cached = 0

    def count(self, asked: int, cached: int) -> None:
        """So many more answers came from a source, so many from the cache."""
        self._done += asked + cached
        self._cached += cached
        self._total = max(self._total, self._done)
        if self._progress:
            self._progress(Progress(self._done, self._total, self._cached))


def look_up(dois: Sequence[str], sources: Sources) -> dict[str, Lookup]:
    """What is known of each DOI (lower case): the record with its notices, the agency, or why nothing is."""
    works = sources.works(list(dict.fromkeys(dois)))
    found: dict[str, Lookup] = {doi: body for doi, body in works.items() if isinstance(body, SourceError)}
    records = {doi: body for doi, body in works.items() if isinstance(body, dict)}
    found |= _with_notices(records, sources)
    return found | _elsewhere([doi for doi, body in works.items() if body is None], sources)


def _with_notices(bodies: Mapping[str, Mapping[str, Any]], sources: Sources) -> dict[str, Lookup]:
    notices = sources.notices([primary_of(body) or doi for doi, body in bodies.items()])
    found: dict[str, Lookup] = {}
    for doi, body in bodies.items():
        primary = primary_of(body)
        about = notices.get(primary or doi)
        known = about if isinstance(about, SourceError) else tuple(_dicts(about))
        digest = record_hash([body, None if isinstance(known, SourceError) else known])
        found[doi] = _Found(from_crossref(body), known, primary, digest)
    return found


def _dicts(body: Body) -> Iterator[Mapping[str, Any]]:
    yield from (item for item in (body if isinstance(body, list) else ()) if isinstance(item, dict))


def _elsewhere(dois: Sequence[str], sources: Sources) -> dict[str, Lookup]:
    """DOIs that Crossref does not know: whose are they, and what does their agency say?"""
    if not dois:
        return {}
    agencies = sources.agencies(dois)
    found: dict[str, Lookup] = {}
    by_agency: dict[str, list[str]] = {}
    for doi, agency in agencies.items():
        if isinstance(agency, str):
            by_agency.setdefault(agency.lower(), []).append(doi)
        else:
            found[doi] = agency if isinstance(agency, SourceError) else _Absent(None)
    found |= _aliases(by_agency.pop("crossref", []), sources)
    found |= _records_of("DataCite", sources.datacite(by_agency.pop("datacite", [])), from_datacite)
    for dois_there in by_agency.values():
        agency = str(agencies[dois_there[0]])
        found |= _records_of(agency, sources.csl_items(dois_there), partial(from_csl, source=agency.lower()))
    return found


def _records_of(
    agency: str, bodies: Mapping[str, Body | SourceError], read: Callable[[Mapping[str, Any]], Record]
) -> dict[str, Lookup]:
    """An agency's records; the DOI is known to be registered there also when no record could be had."""
    return {
        doi: _Found(read(body), digest=record_hash(body)) if isinstance(body, dict) and body else _Absent(agency)
        for doi, body in bodies.items()
    }


def _aliases(dois: Sequence[str], sources: Sources) -> dict[str, Lookup]:
    """DOIs that doi.org counts as Crossref's and Crossref has no record of: aliases of another DOI, or an error."""
    found: dict[str, Lookup] = {}
    primaries = sources.primaries(dois) if dois else {}
    targets = {doi: primary for doi, primary in primaries.items() if isinstance(primary, str)}
    works = sources.works(list(targets.values())) if targets else {}
    bodies = {primary: body for primary, body in works.items() if isinstance(body, dict)}
    records = _with_notices(bodies, sources) if bodies else {}
    for doi in dois:
        lookup = records.get(targets.get(doi, ""))
        if isinstance(lookup, _Found):
            found[doi] = replace(lookup, primary=targets[doi])
        else:
            # one of the two is wrong for the moment; neither answer is to be believed tomorrow
            sources.cache.forget("work", [doi])
            sources.cache.forget("alias", [doi])
            found[doi] = RefusedError("doi.org says it is registered with Crossref, and Crossref has no record of it")
    return found


def _verdict(subject: Subject, printed: Printed, lookups: Mapping[str, Lookup]) -> Verdict:
    if not subject.doi:
        return without_doi(subject)
    lookup = lookups[subject.doi]
    if isinstance(lookup, SourceError):
        asked = None if isinstance(lookup, NotAskedError) else "crossref"
        return replace(subject.verdict(VerdictKind.UNCHECKED, str(lookup)), source=asked)
    if isinstance(lookup, _Absent):
        if lookup.agency is None:
            reason = "Crossref does not know it, and doi.org says that no agency registered it"
            return replace(subject.verdict(VerdictKind.NOT_REGISTERED, reason), source="doi.org")
        reason = f"it is registered with {lookup.agency}, whose record could not be had; nothing was compared"
        return replace(subject.verdict(VerdictKind.OTHER_AGENCY, reason), source=lookup.agency.lower())
    return _compared(subject, printed, lookup)


def _compared(subject: Subject, printed: Printed, lookup: _Found) -> Verdict:
    found = match(printed, lookup.record)
    source, digest = lookup.record.source, lookup.digest
    base = replace(subject.verdict(VerdictKind.VERIFIED), fields=found.differences, source=source, record=digest)
    if found.relation is Relation.OTHER:
        if _answers_for_another(lookup):
            return replace(base, kind=VerdictKind.UNCHECKED, fields=(), reason="Crossref answered for another DOI")
        return replace(base, kind=VerdictKind.WRONG_DOI, reason=found.reason)
    if lookup.record.source != "crossref":
        kind = VerdictKind.MISMATCH if found.differences else VerdictKind.OTHER_AGENCY
        return replace(base, kind=kind, reason=_joined(*found.remarks))
    return _with_status(base, found, lookup)


def _answers_for_another(lookup: _Found) -> bool:
    """Whether nothing but the answer itself says that the record belongs to the DOI that was asked for."""
    return bool(lookup.primary) and lookup.record.doi.lower() == lookup.primary and not lookup.record.titles


def _with_status(base: Verdict, found: Match, lookup: _Found) -> Verdict:
    """A retraction outranks a mismatch, a mismatch a correction; nothing is verified while notices are unknown."""
    notices = lookup.notices
    state = status(lookup.record, () if isinstance(notices, SourceError) else notices)
    alias = f"it is an alias of {lookup.primary}" if lookup.primary else ""
    remarks = _joined(*found.remarks, alias)
    if state.retracted:
        return replace(base, kind=VerdictKind.RETRACTED, reason=_joined(state.retracted, remarks))
    if found.differences:
        return replace(base, kind=VerdictKind.MISMATCH, reason=_joined(state.updated, remarks))
    if found.relation is Relation.DOUBTFUL:
        reason = "too little agrees to tell whether it is the same work"
        return replace(base, kind=VerdictKind.MISMATCH, reason=_joined(reason, remarks))
    if state.updated:
        published = Candidate(state.published_as, 1.0) if state.published_as else None
        return replace(base, kind=VerdictKind.UPDATED, candidate=published, reason=_joined(state.updated, remarks))
    if isinstance(notices, SourceError):
        reason = f"the record fits, but retractions could not be asked for: {notices}"
        return replace(base, kind=VerdictKind.UNCHECKED, reason=reason)
    return replace(base, reason=_joined(remarks))


def _joined(*parts: str | None) -> str | None:
    return "; ".join(part for part in parts if part) or None


def _with_suggestions(
    subjects: Sequence[Subject], printed: Sequence[Printed], found: Sequence[Verdict], sources: Sources
) -> tuple[Verdict, ...]:
    """The verdicts, with what a search suggests for the faulty ones and for those without a DOI."""
    chosen = list(_to_search(subjects, printed, found, sources.options))
    queries = {index: search.query(printed[index]) for index in chosen}
    until = sources.deadline if sources.options.find_dois else _end_of_suggestions(sources)
    answers = sources.searches(list(dict.fromkeys(queries.values())), search.ROWS, until) if queries else {}
    result = list(found)
    unsettled = []
    for index, text in queries.items():
        result[index] = _suggested(result[index], printed[index], answers[text])
        if result[index].kind is VerdictKind.NOT_REGISTERED and result[index].candidate is None:
            unsettled.append(index)
    if time.time() < until:
        _repair(unsettled, subjects, printed, result, sources)
    return tuple(result)


def _end_of_suggestions(sources: Sources) -> float:
    """Until when to search for suggestions: not at all when nothing about the DOIs was new."""
    return sources.began + SUGGESTION_SECONDS if sources.asked else 0.0


def _to_search(
    subjects: Sequence[Subject], printed: Sequence[Printed], found: Sequence[Verdict], options: Options
) -> list[int]:
    """Which entries are searched for: the worst verdicts first, up to the limit."""
    faulty = [
        index
        for kind in _FAULTY
        for index, verdict in enumerate(found)
        if verdict.kind is kind and search.is_searchable(subjects[index].entry, printed[index])
    ]
    if not options.find_dois:
        return faulty[:MAX_SUGGESTIONS]
    missing = [
        index
        for index, subject in enumerate(subjects)
        if not subject.doi and search.is_searchable(subject.entry, printed[index])
    ]
    return faulty + missing


def _suggested(verdict: Verdict, printed: Printed, answer: Body | SourceError) -> Verdict:
    """The verdict with the hit that stands out; for an entry without a DOI this makes it FOUND."""
    lacks_doi = verdict.kind is VerdictKind.UNVERIFIABLE
    if isinstance(answer, SourceError):
        if not lacks_doi:
            return verdict
        asked = None if isinstance(answer, NotAskedError) else "crossref"
        return replace(verdict, kind=VerdictKind.UNCHECKED, source=asked, reason=f"no search: {answer}")
    records = [from_crossref(item) for item in _dicts(answer)]
    hits = [hit for hit in search.fitting(printed, records) if hit.record.doi.lower() != (verdict.doi or "").lower()]
    best, equals = search.choose(hits, printed)
    if best is not None:
        kind = VerdictKind.FOUND if lacks_doi else verdict.kind
        return replace(verdict, kind=kind, candidate=best.candidate, source=verdict.source or "crossref")
    if equals:
        listed = ", ".join(hit.record.doi for hit in equals)
        return replace(
            verdict, source=verdict.source or "crossref", reason=_joined(verdict.reason, f"these fit alike: {listed}")
        )
    if lacks_doi:
        return replace(
            verdict, source="crossref", reason="it has no DOI, and a search of Crossref found no work that fits"
        )
    return verdict


def _repair(
    indices: Sequence[int],
    subjects: Sequence[Subject],
    printed: Sequence[Printed],
    result: list[Verdict],
    sources: Sources,
) -> None:
    """Try the likely slips of DOIs that are not registered; one that resolves must also be the entry's work."""
    slips = {index: search.slips(subjects[index].shown or "", subjects[index].raw) for index in indices}
    wanted = list(dict.fromkeys(slip for found in slips.values() for slip in found))
    bodies = sources.slips(wanted) if wanted else {}
    for index, candidates in slips.items():
        for slip in candidates:
            body = bodies.get(slip)
            if not isinstance(body, dict):
                continue
            record = from_crossref(body)
            found = match(printed[index], record)
            if found.relation is Relation.SAME:
                hit = search.Hit(record, found, search.score(found))
                result[index] = replace(result[index], candidate=hit.candidate)
                break
