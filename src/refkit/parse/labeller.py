"""Labels the words of a reference: author, title, container-title, …

A linear-chain conditional random field that `training/` makes: see `features` for what it looks at, `crf` for its
weights, `few` and `many` for how the best labels are found.
"""

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import accumulate, islice
from math import exp
from operator import attrgetter
from types import ModuleType

from refkit.model import Span
from refkit.parse.crf import Model, Reading, load_model
from refkit.parse.few import Answer, best_labels
from refkit.parse.trim import trim

_FEW = 150  # references for which numpy is not worth its loading time
_BATCH = 2048
Stretch = tuple[str, int, int, int]  # field, start, end, margin


def label(text: str, fixed: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The labelled spans of one reference, in reading order; `fixed` spans are kept as they are.

    Offsets count characters of `text`. The confidence of a span is that of its least certain word: the distance
    between the best labelling and the best one with another label there, as a logistic function fitted on held-out
    references.
    """
    return label_many((text,), (fixed,))[0]


def label_many(
    texts: Iterable[str], fixed: Iterable[Sequence[Span]] = (), confident: bool = True
) -> list[tuple[Span, ...]]:
    """The labelled spans of many references; `fixed` holds the fixed spans of each (none when it is empty).

    Without `confident` the confidences are not worked out, and are all 1.
    """
    model = load_model()
    found: list[tuple[Span, ...]] = []
    given, spans_of = iter(texts), iter(fixed)
    while batch := list(islice(given, _BATCH)):
        kept = list(islice(spans_of, len(batch))) or [()] * len(batch)
        found += _label_batch(model, batch, kept, confident)
        model.forget()
    return found


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What is fixed in a reference: words with a label of their own, words before which a stretch must end, spans."""

    words: frozenset[int] = frozenset()
    cuts: frozenset[int] = frozenset()
    spans: Sequence[Span] = ()


_NOTHING = _Fixed()
_START = attrgetter("start")


def _label_batch(
    model: Model, texts: list[str], fixed: list[Sequence[Span]], confident: bool
) -> Iterator[tuple[Span, ...]]:
    readings = [model.read(text) for text in texts]
    kept = [_fix(model, reading, spans) if spans else _NOTHING for reading, spans in zip(readings, fixed, strict=True)]
    for text, reading, known, answer in zip(texts, readings, kept, _answers(model, readings, confident), strict=True):
        found = _stretches(model, text, reading, answer, known)
        if confident:
            spans = [Span(field, text[a:b], a, b, _confidence(model, margin)) for field, a, b, margin in found]
        else:
            spans = [Span(field, text[a:b], a, b) for field, a, b, _ in found]
        yield tuple(sorted((*spans, *known.spans), key=_START)) if known.spans else tuple(spans)


def _answers(model: Model, readings: list[Reading], confident: bool) -> list[Answer]:
    if len(readings) <= _FEW:
        return [best_labels(model, reading, confident) for reading in readings]
    answers: list[Answer] = _load_many().best_labels_of_many(model, readings, confident)
    return answers


@lru_cache(maxsize=1)
def _load_many() -> ModuleType:
    """`many`, and with it numpy, whose linear algebra would start threads that nothing here has use for."""
    name = "OPENBLAS_NUM_THREADS"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        return import_module("refkit.parse.many")
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


def stretches(model: Model, text: str) -> list[Stretch]:
    """What `label` finds, with margins instead of confidences: what `training/` fits the confidence on."""
    reading = model.read(text)
    return _stretches(model, text, reading, best_labels(model, reading), _NOTHING)


def _fix(model: Model, reading: Reading, spans: Sequence[Span]) -> _Fixed:
    """Makes the words of fixed spans keep their label."""
    edges = list(accumulate(map(len, reading.parts), initial=0))
    starts, ends = edges[1:-1:2], edges[2::2]
    words: set[int] = set()
    cuts: set[int] = set()
    for span in spans:
        first, end = bisect_right(ends, span.start), bisect_left(starts, span.end)
        for index in range(first, end):
            names = (f"{'B' if index == first else 'I'}-{span.field}", span.field, "O")
            reading.forced[index] = next(model.place[name] for name in names if name in model.place)
        if f"I-{span.field}" in model.place:  # what follows does not go on with the span
            reading.barred[end] = model.place[f"I-{span.field}"]
        words.update(range(first, end))
        cuts.update((first, end))
    return _Fixed(frozenset(words), frozenset(cuts), spans)


def _stretches(model: Model, text: str, reading: Reading, answer: Answer, fixed: _Fixed) -> list[Stretch]:
    """The labelled stretches between the fixed ones."""
    labels, margins = answer
    fields, separators = model.fields, reading.separators
    fronts, backs = model.separators.fronts, model.separators.backs
    edges = list(accumulate(map(len, reading.parts), initial=0))
    found: list[Stretch] = []
    free = 0  # nothing begins before
    for first, end in _runs(model, labels, fixed.cuts):
        field = fields[labels[first]]
        if not field or first in fixed.words:
            continue
        # The punctuation that touches the words is taken in: `trim` decides what of it belongs to the value.
        begin = edges[2 * first + 1] - backs[separators[first]]
        stop = edges[2 * end] + fronts[separators[end]]
        if begin < free:
            begin = free
        if fixed.spans:
            begin = max([begin, *(span.end for span in fixed.spans if span.end <= edges[2 * first + 1])])
            stop = min([stop, *(span.start for span in fixed.spans if span.start >= edges[2 * end])])
        if not (text[begin].isalnum() and text[stop - 1].isalnum()):
            begin, stop = trim(text, field, (begin, stop))
        if begin < stop:
            free = stop
            found.append((field, begin, stop, min(margins[first:end]) if margins else 0))
    return found


def _runs(model: Model, labels: list[int], cuts: frozenset[int]) -> Iterator[tuple[int, int]]:
    """First word and end of every stretch of words that belong together."""
    begins = model.begins
    first = 0
    for index in range(1, len(labels)):
        if begins[labels[index - 1]][labels[index]] or index in cuts:
            yield first, index
            first = index
    if labels:
        yield first, len(labels)


@lru_cache(maxsize=8192)  # of the usual margins
def _confidence(model: Model, margin: int) -> float:
    odds = model.offset + model.slope * margin / model.scale
    return round(1 / (1 + exp(-min(odds, 50.0))), 3)
