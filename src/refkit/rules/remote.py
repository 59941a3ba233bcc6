"""RK9: what the comparison with Crossref and the other DOI agencies found, as findings.

These rules look at a verdict and at the entry it is about; they ask nobody themselves. "Could not be checked" is never
shown as right, and "not found" never means that a work does not exist.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from refkit.errors import NO_NETWORK
from refkit.latex import from_text
from refkit.model import Edit, Entry, Field, Finding, Fix, ParsedReference, Safety, Severity, Verdict, VerdictKind
from refkit.rules import CHECKS, RULES, finding, in_entry, in_field, in_reference, rule

_SHOWN = 160  # characters of a value in a message
_COMPARED = (VerdictKind.MISMATCH, VerdictKind.RETRACTED)
_VERBATIM = frozenset({"doi", "year", "volume", "number"})
_REPLACEABLE = _VERBATIM | {"title", "journal", "booktitle", "pages"}
# The fields after which a DOI stands in the order of the store
_BEFORE_DOI = frozenset(
    "author editor title subtitle journal journaltitle booktitle year date month volume number pages eid publisher "
    "address location edition series".split()
)
_SPANS = {
    "journal": "container-title",
    "booktitle": "container-title",
    "year": "date",
    "number": "issue",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """The entry a verdict is about, and the reference it was read from when it stands in a plain-text list."""

    entry: Entry
    parsed: ParsedReference | None = None


def run_verdict_rules(
    entries: Sequence[Entry], verdicts: Sequence[Verdict], references: Sequence[ParsedReference] = ()
) -> list[Finding]:
    """The findings of all verdicts; `references`, in the order of `entries`, place them in a plain-text list."""
    parsed: Sequence[ParsedReference | None] = references or [None] * len(entries)
    checks = [function for _, looks_at, function in CHECKS if looks_at is Verdict]
    return [
        found
        for entry, reference, verdict in zip(entries, parsed, verdicts, strict=True)
        for function in checks
        for found in function(verdict, Subject(entry, reference))
    ]


@rule("RK901", "doi-not-registered", Severity.ERROR, Safety.UNSAFE)
def doi_not_registered(verdict: Verdict, subject: Subject) -> Iterator[Finding]:
    """No agency has registered the DOI.

    Crossref does not know it, and doi.org says that no other agency does. Usually a slip: a letter lost, figures
    exchanged, a sign that clings to its end. The fix replaces it by the DOI that a search or the repair of likely
    slips suggests, and only if that DOI belongs to the work; it is unsafe, so look at it first.

    Why: the link leads nowhere, and a reader cannot find the work by it.
    Bad: `doi = {10.15826/qr.2022.4.72}`
    Good: `doi = {10.15826/qr.2022.4.727}`
    """
    if verdict.kind is VerdictKind.NOT_REGISTERED:
        message = f"{_short(verdict.doi)} is registered with no DOI agency{_suggestion(verdict)}"
        yield _at_field(subject, "RK901", "doi", message, verdict.candidate.doi if verdict.candidate else None)


@rule("RK902", "doi-of-another-work", Severity.ERROR, Safety.UNSAFE)
def doi_of_another_work(verdict: Verdict, subject: Subject) -> Iterator[Finding]:
    """The DOI belongs to another work.

    The record's title, authors and numbers are not those of the entry; or the DOI is that of the whole book, of the
    issue, of a notice or of a review.

    Why: the DOI resolves, so nobody notices; a wrong DOI is also the usual mark of an invented reference.
    Bad: the DOI of Part II on Part I
    Good: the DOI of Part I
    """
    if verdict.kind is not VerdictKind.WRONG_DOI:
        return
    title = next((item.record for item in verdict.fields if item.field == "title"), "")
    whose = f" (“{_short(title)}”)" if title else ""
    message = (
        f"{_short(verdict.doi)}: {verdict.reason or 'the record is that of another work'}{whose}{_suggestion(verdict)}"
    )
    yield _at_field(subject, "RK902", "doi", message, verdict.candidate.doi if verdict.candidate else None)


@rule("RK903", "field-differs-from-record", Severity.WARNING, Safety.UNSAFE)
def field_differs_from_record(verdict: Verdict, subject: Subject) -> Iterator[Finding]:
    """A field says something else than the record that the DOI leads to.

    Compared are title, first author (and authors of whom the record knows nothing), year, journal or book, volume,
    issue and pages; a year more or less, initials, abbreviations, accents and a missing subtitle are no difference. The
    record may be wrong too: the fix, which takes its value, is unsafe.

    Why: a reader who looks for the wrong volume or year does not find the work.
    Bad: `year = {2021}` for a work registered with 2023
    Good: `year = {2023}`
    """
    if verdict.kind not in _COMPARED:
        return
    for item in verdict.fields:
        message = f"{item.field} is “{_short(item.entry)}”; the record has “{_short(item.record)}”"
        yield _at_field(subject, "RK903", item.field, message, item.record, printed=item.entry)
    if verdict.kind is VerdictKind.MISMATCH and not verdict.fields:
        yield _at_field(subject, "RK903", "doi", f"{_short(verdict.doi)}: {verdict.reason}", None)


@rule("RK904", "doi-missing", Severity.INFO, Safety.UNSAFE)
def doi_missing(verdict: Verdict, subject: Subject) -> Iterator[Finding]:
    """Crossref knows a DOI of this work, and the entry has none, or has something else in its place.

    Found by a search (`--find-dois`), accepted only when title, author, year and numbers agree and no second work
    comes near. Adding it is unsafe: compare the title first.

    Why: with its DOI a work can be found, checked and linked.
    Bad: an article without `doi`
    Good: `doi = {10.15826/qr.2022.4.727}`
    """
    candidate = verdict.candidate
    if candidate is None or verdict.kind not in (VerdictKind.FOUND, VerdictKind.INVALID):
        return
    message = f"Crossref knows this work as {_short(candidate.doi)} (score {candidate.score:.2f})"
    if verdict.kind is VerdictKind.INVALID:
        yield _at_field(subject, "RK904", "doi", message, candidate.doi)
    else:
        yield _with_new_doi(subject, message, candidate.doi)


@rule("RK905", "retracted-or-corrected", Severity.ERROR)
def retracted_or_corrected(verdict: Verdict, subject: Subject) -> Iterator[Finding]:
    """The work was retracted or withdrawn; or corrected, which is only worth knowing.

    By the publisher's notices and Retraction Watch as Crossref has them, the source named. A correction is an info, an
    expression of concern a warning. Citing the notice itself is no flaw.

    Why: a retracted work must not be cited as if it were valid.
    Bad: a retracted article among the evidence
    Good: another source, or the retraction named in the text
    """
    if verdict.kind is VerdictKind.RETRACTED:
        yield _at_field(subject, "RK905", "doi", f"{_short(verdict.doi)}: {verdict.reason}", None)
    elif verdict.kind is VerdictKind.UPDATED and verdict.candidate is None:
        grave = "concern" in (verdict.reason or "")
        severity = Severity.WARNING if grave else Severity.INFO
        yield _at_field(subject, "RK905", "doi", f"{_short(verdict.doi)}: {verdict.reason}", None, severity=severity)


@rule("RK906", "preprint-since-published", Severity.WARNING)
def preprint_since_published(verdict: Verdict, subject: Subject) -> Iterator[Finding]:
    """The preprint has been published in the meantime.

    Why: readers expect the version that was reviewed; the preprint may differ from it.
    Bad: `doi = {10.1101/2020.01.01.000001}` when the article has appeared
    Good: the journal, volume, pages and DOI of the article
    """
    if verdict.kind is VerdictKind.UPDATED and verdict.candidate is not None:
        yield _at_field(subject, "RK906", "doi", f"{_short(verdict.doi)}: {verdict.reason}", None)


@rule("RK907", "not-found", Severity.INFO)
def not_found(verdict: Verdict, subject: Subject) -> Iterator[Finding]:
    """The work could not be verified: a search found nothing that fits, or the DOI's agency gives no record.

    Many books, reports and journals are not in Crossref; this says nothing about whether the work exists.

    Why: somebody has to look the work up in a catalogue.
    Bad: an article that no search finds
    Good: the same, looked up and silenced with the reason
    """
    if verdict.kind is VerdictKind.UNVERIFIABLE and verdict.source is not None:
        yield _at_field(subject, "RK907", "title", f"could not be verified: {verdict.reason}", None)
    elif verdict.kind is VerdictKind.OTHER_AGENCY and verdict.reason and "nothing was compared" in verdict.reason:
        yield _at_field(subject, "RK907", "doi", f"could not be verified: {verdict.reason}", None)


@rule("RK909", "check-not-completed", Severity.INFO)
def check_not_completed(verdict: Verdict, subject: Subject) -> Iterator[Finding]:
    """A source that was asked gave no usable answer, so nothing is known about the entry.

    With `--fail-on-incomplete` the exit code is 3. Nothing is reported where `--offline` kept refkit from asking or
    where there is no network at all: the summary says so once.

    Why: an entry that was not checked must not look as if it were right.
    Bad: Crossref did not answer in time
    Good: run it again later; what was answered is in the cache
    """
    reason = verdict.reason or ""
    if verdict.kind is VerdictKind.UNCHECKED and verdict.source is not None and not reason.endswith(NO_NETWORK):
        yield _at_field(subject, "RK909", "doi", f"not checked: {reason}", None)


def _suggestion(verdict: Verdict) -> str:
    if verdict.candidate is None:
        return ""
    return f"; this work is {_short(verdict.candidate.doi)} (score {verdict.candidate.score:.2f})"


def _short(text: str | None) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _at_field(
    subject: Subject,
    code: str,
    name: str,
    message: str,
    replacement: str | None,
    printed: str | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding at a field, or at the entry when it has no such field; `replacement` becomes the fix."""
    severity = severity or RULES[code].severity
    if subject.parsed is not None:
        return _in_list(subject.parsed, code, name, message, replacement, severity)
    entry = subject.entry
    field = _field(entry, name)
    if field is None:
        return in_entry(entry, code, message, field=name, severity=severity)
    if replacement is None or field.name not in _REPLACEABLE or not _is_whole(field, printed):
        return in_field(entry, field, code, message, severity=severity)
    return in_field(entry, field, code, message, (0, len(field.value), _written(name, replacement)), severity=severity)


def _field(entry: Entry, name: str) -> Field | None:
    names = {"doi": ("doi", "url"), "journal": ("journal", "journaltitle", "booktitle"), "year": ("year", "date")}
    return next((field for option in names.get(name, (name,)) if (field := entry.field(option))), None)


def _is_whole(field: Field, printed: str | None) -> bool:
    """Whether the compared text is the whole field: a year inside a full date is not replaced."""
    return field.name != "date" and (printed is None or "\n" not in field.value)


def _written(name: str, value: str) -> str:
    if name == "pages":
        return value.replace("–", "-").replace("--", "-").replace("-", "--")
    return value if name in _VERBATIM else from_text(value)


def _in_list(
    parsed: ParsedReference, code: str, name: str, message: str, replacement: str | None, severity: Severity
) -> Finding:
    """A finding in a plain-text list, at the words the field was read from, else at the whole reference."""
    span = parsed.span(_SPANS.get(name, name))
    if span is None:
        return in_reference(parsed, code, 0, len(parsed.reference.text), message, field=name, severity=severity)
    is_value = name == "doi" or span.text.strip() == parsed.entry.get(name).strip()
    edits = [(span.start, span.end, replacement)] if replacement and is_value and name in _REPLACEABLE else []
    return in_reference(parsed, code, span.start, span.end, message, *edits, field=name, severity=severity)


def _with_new_doi(subject: Subject, message: str, doi: str) -> Finding:
    """The finding that a DOI is missing, with the field to add, behind the last one that stands before a DOI."""
    entry = subject.entry
    placed = [field for field in entry.fields if field.name in _BEFORE_DOI and field.end >= 0]
    if subject.parsed is not None:
        return in_reference(subject.parsed, "RK904", 0, len(subject.parsed.reference.text), message, field="doi")
    found = in_entry(entry, "RK904", message, field="doi")
    if not placed:
        return found
    edit = Edit(placed[-1].end, placed[-1].end, f",\n  doi = {{{doi}}}")
    return finding(
        "RK904", found.start, found.end, message, key=entry.key, field="doi", fix=Fix(Safety.UNSAFE, (edit,))
    )
