"""refkit parse: document text -> references -> labelled spans -> entries."""

import re
from collections.abc import Iterable

from refkit.model import ParsedReference, Reference, ReferenceList, Source, Span
from refkit.parse.entries import make_entry, with_key
from refkit.parse.keys import assign_keys
from refkit.parse.labelled import claim_labelled
from refkit.parse.layout import claim_layout, find_year
from refkit.parse.patterns import BLANK, Draft, claim_marked, in_order, start_draft
from refkit.parse.split import split

_LONGEST = 20_000  # characters; what is longer is no reference, and is kept whole instead of being read
_LEFT = re.compile(f"[^{BLANK}]+")
_EDGE = " \t\r\n.,;:()[]{}“”„«»\"'‘’‹›-–—/|،؛"


def read_list(source: Source, one_per_line: bool = False) -> ReferenceList:
    """Read a plain-text reference list: one entry per reference, in reading order, keys assigned."""
    return ReferenceList(source, tuple(parse_references(split(source.text, one_per_line))))


def parse_references(references: Iterable[Reference], taken: Iterable[str] = ()) -> list[ParsedReference]:
    """Read references and give their entries citation keys that differ from `taken`."""
    parsed = [parse_reference(reference) for reference in references]
    keyed = assign_keys([each.entry for each in parsed], taken)
    return [
        ParsedReference(each.reference, each.spans, entry, each.leftover)
        for each, entry in zip(parsed, keyed, strict=True)
    ]


def parse_reference(reference: Reference) -> ParsedReference:
    """Read one reference; every letter and digit of its text is in a span or in the leftover."""
    draft = start_draft(reference.text)
    if len(reference.text) <= _LONGEST:
        _claim(draft)
    spans = in_order(draft.spans)
    leftover = _leftover(draft)
    entry = make_entry(spans, reference.author)
    return ParsedReference(reference, spans, with_key(entry, ""), leftover)


def _claim(draft: Draft) -> None:
    claim_marked(draft)
    year = find_year(draft)
    if year:
        claim_layout(draft, year)
    else:
        claim_labelled(draft)


def _leftover(draft: Draft) -> tuple[Span, ...]:
    pieces = []
    for match in _LEFT.finditer(draft.free):
        start, end = match.span()
        while start < end and draft.free[start] in _EDGE:
            start += 1
        while end > start and draft.free[end - 1] in _EDGE:
            end -= 1
        if any(map(str.isalnum, draft.free[start:end])):
            pieces.append(Span("leftover", draft.text[start:end], start, end, 0.0))
    return tuple(pieces)
