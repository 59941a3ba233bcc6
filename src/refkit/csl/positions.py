"""Where a cite stands in the document: first, subsequent, ibid, near an earlier note (CSL 1.0.2, "Position")."""

from collections.abc import Sequence
from typing import NamedTuple

from refkit.csl.context import Cite

NEAR_NOTE_DISTANCE = 5


class Cluster(NamedTuple):
    """One citation: what is cited together, in note number `note` (0 in the running text)."""

    cites: tuple[Cite, ...]
    note: int = 0


def place(clusters: Sequence[Cluster], distance: int = NEAR_NOTE_DISTANCE) -> list[Cluster]:
    """The clusters of a document, in order, with the position of every cite filled in."""
    first_notes: dict[str, int] = {}
    last_notes: dict[str, int] = {}
    out: list[Cluster] = []
    before: dict[bool, Cluster] = {}  # notes and running text each have their own last citation
    for cluster in clusters:
        placed: list[Cite] = []
        for cite in cluster.cites:
            previous = placed[-1] if placed else _only(before.get(cluster.note > 0), cluster)
            placed.append(_placed(cite, previous, cluster.note, first_notes, last_notes, distance))
        for cite in placed:
            first_notes.setdefault(cite.id, cluster.note)
            last_notes[cite.id] = cluster.note
        out.append(Cluster(tuple(placed), cluster.note))
        before[cluster.note > 0] = _with_note(before.get(cluster.note > 0), out[-1])
    return out


def _with_note(before: Cluster | None, now: Cluster) -> Cluster:
    """The citation, with all that its note holds so far when it is not the first in there."""
    if before is None or not now.note or before.note != now.note:
        return now
    return Cluster((*before.cites, *now.cites), now.note)


def _only(before: Cluster | None, now: Cluster) -> Cite | None:
    """The last cite before, when its citation has but one item, and its note nothing else where this is the next."""
    if before is None or now.note - before.note > 1:
        return None
    return before.cites[-1] if len({cite.id for cite in before.cites}) == 1 else None


def _placed(
    cite: Cite, previous: Cite | None, note: int, first: dict[str, int], last: dict[str, int], distance: int
) -> Cite:
    same_citation = previous is not None and previous.id == cite.id
    if cite.id not in first and not same_citation:
        return cite._replace(position="first", near=False, note=note)
    position = _ibid(cite, previous) if previous is not None and previous.id == cite.id else "subsequent"
    near = note - last.get(cite.id, note) <= distance and note > 0
    return cite._replace(position=position, near=near, first_note=first.get(cite.id, note), note=note)


def _ibid(cite: Cite, previous: Cite) -> str:
    if not previous.locator:
        return "ibid-with-locator" if cite.locator else "ibid"
    if not cite.locator:
        return "subsequent"
    same = (cite.locator, cite.label) == (previous.locator, previous.label)
    return "ibid" if same else "ibid-with-locator"
