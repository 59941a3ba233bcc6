"""refkit parse: document text -> references -> labelled spans -> entries."""

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from refkit.model import Entry, ParsedReference, Reference, ReferenceList, Source, Span
from refkit.parse.conventions import claim_conventional
from refkit.parse.entries import make_entry
from refkit.parse.keys import Keys
from refkit.parse.labelled import claim_labelled
from refkit.parse.layout import claim_layout, find_year
from refkit.parse.patterns import FREE, LEFTOVER, Draft, claim_marked, in_order, start_draft
from refkit.parse.split import split
from refkit.regex import regex

if TYPE_CHECKING:
    from multiprocessing.pool import AsyncResult, Pool

Batch = tuple[Reference, ...]
ReadBatch = Callable[[Batch], list[ParsedReference]]
LONGEST = 20_000  # characters; what is longer is no reference, and is kept whole instead of being read
_BATCH = 1_024  # references that the labeller decodes at once
_LETTER_OR_DIGIT = regex(r"[^\W_]")
_EDGE = " \t\r\n.,;:()[]{}“”„«»\"'‘’‹›-–—/|،؛"


@dataclass(frozen=True, slots=True)
class Reading:
    """How references are read: keys that are `taken`, spans below `min_confidence` left over, processes.

    Without `confident` nobody works out how sure each span is, and all have the confidence 1.
    """

    taken: frozenset[str] = frozenset()
    min_confidence: float = 0.0
    jobs: int = 1
    confident: bool = True


def read_list(source: Source, one_per_line: bool = False) -> ReferenceList:
    """Read a plain-text reference list: one entry per reference, in reading order, keys assigned."""
    return ReferenceList(source, tuple(read_references(split(source.text, one_per_line))))


def read_references(references: Iterable[Reference], reading: Reading = Reading()) -> Iterator[ParsedReference]:
    """Read references one after another, in order; only a few thousand are in memory at a time."""
    keys = Keys(reading.taken)
    stream = iter(references)
    batches = iter(lambda: tuple(islice(stream, _BATCH)), ())
    read = partial(_read_batch, min_confidence=reading.min_confidence, confident=reading.confident)
    with ExitStack() as stack:
        results: Iterator[list[ParsedReference]] = map(read, batches)
        if reading.jobs > 1:
            from multiprocessing import Pool

            pool = stack.enter_context(Pool(reading.jobs, gc.disable))
            results = _in_order(pool, read, batches, 2 * reading.jobs)
        for parsed in chain.from_iterable(results):
            entry = parsed.entry
            key = keys.free(entry.key)
            yield parsed if key == entry.key else parsed._replace(entry=Entry(entry.type, key, entry.fields))


def _in_order(pool: "Pool", read: ReadBatch, batches: Iterable[Batch], most: int) -> Iterator[list[ParsedReference]]:
    """What the processes of a pool read, in order; no more than `most` batches are handed out at a time."""
    waiting: deque[AsyncResult[list[ParsedReference]]] = deque()
    for batch in batches:
        waiting.append(pool.apply_async(read, (batch,)))
        if len(waiting) > most:
            yield waiting.popleft().get()
    while waiting:
        yield waiting.popleft().get()


def parse_reference(reference: Reference) -> ParsedReference:
    """Read one reference; every letter and digit of its text is in a span or in the leftover."""
    return _read_batch((reference,))[0]


def _read_batch(
    references: Sequence[Reference], min_confidence: float = 0.0, confident: bool = True
) -> list[ParsedReference]:
    drafts = [start_draft(reference.text) for reference in references]
    unknown = [draft for draft in drafts if len(draft.text) <= LONGEST and not _claim_known_layout(draft)]
    for draft in unknown:
        claim_conventional(draft)
    claim_labelled(unknown, confident or min_confidence > 0)
    return [_finish(reference, draft, min_confidence) for reference, draft in zip(references, drafts, strict=True)]


def _claim_known_layout(draft: Draft) -> bool:
    claim_marked(draft)
    year = find_year(draft)
    if year:
        claim_layout(draft, year)
    return year is not None


def _finish(reference: Reference, draft: Draft, min_confidence: float) -> ParsedReference:
    doubtful = [span for span in draft.spans if span.confidence < min_confidence or span.field == LEFTOVER]
    spans = in_order(span for span in draft.spans if span not in doubtful) if doubtful else in_order(draft.spans)
    leftover = _leftover(draft)
    if doubtful:
        leftover = in_order((*(span._replace(field=LEFTOVER) for span in doubtful), *leftover))
    return ParsedReference(reference, spans, make_entry(spans, leftover, reference.author), leftover)


def _leftover(draft: Draft) -> tuple[Span, ...]:
    """The stretches with letters or digits that nothing has claimed."""
    if not _LETTER_OR_DIGIT.search(draft.free):
        return ()
    found = []
    for match in FREE.finditer(draft.free):
        start, end = match.span()
        piece = match[0].lstrip(_EDGE)
        start, piece = end - len(piece), piece.rstrip(_EDGE)
        if any(map(str.isalnum, piece)):
            end = start + len(piece)
            found.append(Span(LEFTOVER, draft.text[start:end], start, end, 0.0))
    return tuple(found)
