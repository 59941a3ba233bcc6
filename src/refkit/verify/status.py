"""What has happened to a work since it appeared: retraction, concern, correction, a later version. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from refkit.verify.record import Record, Update, from_crossref
from refkit.verify.titles import RETRACTED

# Crossref's update types. After the first four a work is not to be cited as valid.
RETRACTING = {
    "retraction": "retracted",
    "partial_retraction": "retracted in part",
    "withdrawal": "withdrawn",
    "removal": "removed",
}
CONCERN = "expression_of_concern"
_AMENDING = {
    CONCERN: "subject of an expression of concern",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "addendum": "supplemented",
    "clarification": "clarified",
    "new_version": "replaced by a new version",
    "new_edition": "replaced by a new edition",
}
_VERSIONS = frozenset({"new_version", "new_edition"})
_SOURCES = {"publisher": "publisher", "retraction-watch": "Retraction Watch"}


@dataclass(frozen=True, slots=True)
class Status:
    """`retracted` and `updated` say in words what happened, with the notice and who reported it; "" when nothing did.

    `published_as` is the DOI of a preprint's published form.
    """

    retracted: str = ""
    updated: str = ""
    published_as: str = ""


def status(record: Record, notices: Iterable[Mapping[str, Any]] = ()) -> Status:
    """The status by the record's own fields, by the notices that name it, and by a mark in its title."""
    events = tuple(_events(record, notices))
    retracted = [_words(event, RETRACTING) for event in events if event.kind in RETRACTING]
    if not retracted and (mark := _mark(record)):
        retracted = [f"{mark} (by its registered title)"]
    updated = [_words(event, _AMENDING) for event in events if event.kind in _AMENDING]
    published = next((doi for doi in record.published_as if doi != record.doi.lower()), "")
    if published:
        updated.append(f"preprint, since published as {published}")
    return Status("; ".join(retracted), "; ".join(updated), published)


def _events(record: Record, notices: Iterable[Mapping[str, Any]]) -> Iterator[Update]:
    """Each notice about the work once, the gravest kinds first."""
    own = record.doi.lower()
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    stated = [*record.updates, *(update for update in record.concerns if update.doi == own)]
    for notice in map(from_crossref, notices):
        stated += [
            Update(notice.doi.lower(), update.kind, update.sources) for update in notice.concerns if update.doi == own
        ]
    for update in stated:
        if update.doi == own and update.kind in _VERSIONS:
            continue  # a version that replaces itself
        known = found.get((update.doi, update.kind), ())
        found[update.doi, update.kind] = tuple(dict.fromkeys((*known, *update.sources)))
    order = [*RETRACTING, *_AMENDING]
    for doi, kind in sorted(found, key=lambda pair: order.index(pair[1]) if pair[1] in order else len(order)):
        yield Update(doi, kind, found[doi, kind])


def _words(update: Update, words: Mapping[str, str]) -> str:
    sources = ", ".join(_SOURCES.get(source, source) for source in update.sources)
    return f"{words[update.kind]} by {update.doi}" + (f" (source: {sources})" if sources else "")


def _mark(record: Record) -> str:
    for title in record.titles:
        if found := RETRACTED.match(title):
            return "withdrawn" if "with" in found["kind"].lower() else "retracted"
    return ""
