"""The view of `refkit parse --show`: each reference with its labelled spans in colour, doubtful ones first."""

from collections.abc import Iterable, Iterator

from refkit.model import ParsedReference, Span
from refkit.text import printable

_COLOURS = {
    "author": "36",
    "editor": "36",
    "translator": "36",
    "title": "32",
    "second-title": "32",
    "container-title": "33",
    "series": "33",
    "publisher": "35",
    "place": "35",
    "date": "34",
    "accessed": "34",
    "label": "2",
    "leftover": "31",
}
_SURE = 0.9  # spans below are underlined, and listed with their confidence


def view(references: Iterable[ParsedReference]) -> Iterator[str]:
    """The references as text with ANSI colours, which whoever prints them may strip."""
    for parsed in sorted(references, key=confidence):
        yield _view(parsed)


def confidence(parsed: ParsedReference) -> float:
    """How sure the reading of a reference is: that of its least sure span, nothing when text is left over."""
    return 0.0 if parsed.leftover else min((span.confidence for span in parsed.spans), default=0.0)


def _view(parsed: ParsedReference) -> str:
    head = f"line {parsed.reference.line}  {parsed.entry.key}  @{parsed.entry.type}  {confidence(parsed):.2f}"
    spans = sorted((*parsed.spans, *parsed.leftover), key=lambda span: span.start)
    doubtful = [
        f"    {span.field} {span.confidence:.2f}: {printable(span.text)}" for span in spans if span.confidence < _SURE
    ]
    return "\n".join([_paint(head, "1"), f"  {_coloured(parsed.reference.text, spans)}", *doubtful]) + "\n"


def _coloured(text: str, spans: list[Span]) -> str:
    pieces, end = [], 0
    for span in spans:
        style = _COLOURS.get(span.field, "37") + (";4" if span.confidence < _SURE else "")
        pieces += [printable(text[end : span.start]), _paint(printable(span.text), style)]
        end = max(end, span.end)
    return "".join([*pieces, printable(text[end:])])


def _paint(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"
