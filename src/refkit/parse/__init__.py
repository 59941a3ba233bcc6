"""refkit parse: document text -> references -> labelled spans -> entries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from refkit.model import ParsedReference, Reference, ReferenceList, Source, Span
from refkit.parse.entries import make_entry
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
    return read_lists([source], one_per_line)[0]


def read_lists(sources: Sequence[Source], one_per_line: bool = False, taken: Iterable[str] = ()) -> list[ReferenceList]:
    """Read lists that go into one bibliography: all citation keys differ from each other and from `taken`."""
    parsed = [[parse_reference(reference) for reference in split(each.text, one_per_line)] for each in sources]
    keyed = iter(assign_keys([reference.entry for references in parsed for reference in references], taken))
    return [
        ReferenceList(source, tuple(replace(reference, entry=next(keyed)) for reference in references))
        for source, references in zip(sources, parsed, strict=True)
    ]


def parse_reference(reference: Reference) -> ParsedReference:
    """Read one reference; every letter and digit of its text is in a span or in the leftover."""
    draft = start_draft(reference.text)
    if len(reference.text) <= _LONGEST:
        _claim(draft)
    spans = in_order(draft.spans)
    leftover = _leftover(draft)
    return ParsedReference(reference, spans, make_entry(spans, leftover, reference.author), leftover)


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
