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
    before: dict[bool, _Before] = {}  # notes and running text are apart
    for cluster in clusters:
        placed: list[Cite] = []
        for cite in cluster.cites:
            previous = placed[-1] if placed else _only(before.get(cluster.note > 0), cluster)
            placed.append(_placed(cite, previous, cluster.note, first_notes, last_notes, distance))
            first_notes.setdefault(cite.id, cluster.note)
            last_notes[cite.id] = cluster.note
        out.append(Cluster(tuple(placed), cluster.note))
        last = before.get(cluster.note > 0)
        ids = last.ids if last and cluster.note and last.cluster.note == cluster.note else set()
        ids.update(cite.id for cite in placed)
        before[cluster.note > 0] = _Before(out[-1], ids)
    return out


class _Before(NamedTuple):
    """The citation before, and all items that its note holds so far."""

    cluster: Cluster
    ids: set[str]


def _only(before: _Before | None, now: Cluster) -> Cite | None:
    """The cite before, when it is all that its citation holds, and its note holds no other item."""
    if before is None or now.note - before.cluster.note > 1 or len(before.cluster.cites) != 1:
        return None
    return before.cluster.cites[0] if len(before.ids) == 1 or not before.cluster.note else None


def _placed(
    cite: Cite, previous: Cite | None, note: int, first: dict[str, int], last: dict[str, int], distance: int
) -> Cite:
    if cite.id not in first:
        return cite._replace(position="first", near=False, note=note)
    position = _ibid(cite, previous) if previous is not None and previous.id == cite.id else "subsequent"
    first_note = 0 if first[cite.id] == note else first[cite.id]  # no need to point to the note one reads
    near = note - last[cite.id] <= distance and note > 0
    return cite._replace(position=position, near=near, first_note=first_note, note=note)


def _ibid(cite: Cite, previous: Cite) -> str:
    if not previous.locator:
        return "ibid-with-locator" if cite.locator else "ibid"
    if not cite.locator:
        return "subsequent"
    same = (cite.locator, cite.label) == (previous.locator, previous.label)
    return "ibid" if same else "ibid-with-locator"
