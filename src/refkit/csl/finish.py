"""From the output tree to a flat, settled run of texts and marks: punctuation, quotes, flip-flop of styles."""

from typing import NamedTuple

from refkit.csl.locale import Locale
from refkit.csl.richtext import FIXED, SINGLE
from refkit.csl.tree import Node, Piece


class Mark(NamedTuple):
    """Where a setting begins (`opens`) or ends. Kinds: the styling attributes, "display", "link"; "quote" only
    before quotes are settled."""

    kind: str
    value: str
    opens: bool


Token = str | Mark
_QUOTE_OPEN = Mark("quote", "", True)
_PRINTED = {tag: Mark("quote", tag, True) for tag in (SINGLE, "“", "‘")}
_CURLY = {"“": ("“", "”"), "‘": ("‘", "’")}
_FIXED = Mark(FIXED, "", True)
_QUOTE_CLOSE = Mark("quote", "", False)
_ENDS = ".,;:!? "
# What becomes of two marks that meet: keep the first, or the second; both where not listed.
_FIRST, _SECOND = 1, 2
_MEET = {
    **dict.fromkeys(("!.", "!:", "?.", "?:", "؟.", "؟:", ":.", ";:", ";.", "!!", "??", "..", "::", ";;", ",,"), _FIRST),
    **dict.fromkeys((":!", ":?", ";!", ";?", "  "), _SECOND),
}
_MOVABLE = ",.!?"


class Quotes(NamedTuple):
    """The quotation marks of a locale and whether commas and stops go inside."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    punctuation_inside: bool

    @classmethod
    def of(cls, locale: Locale) -> "Quotes":
        """The marks a locale's terms give."""
        return cls(
            (locale.text("open-quote", "“"), locale.text("close-quote", "”")),
            (locale.text("open-inner-quote", "‘"), locale.text("close-inner-quote", "’")),
            locale.flag("punctuation-in-quote"),
        )


def finish(piece: Piece, quotes: Quotes, links: bool = False) -> list[Token]:
    """The settled run: texts and properly nested marks, ready for a writer."""
    tokens: list[Token] = []
    _flatten(piece, tokens, links)
    return _settle(_join(tokens, quotes.punctuation_inside), quotes)


def _flatten(piece: Piece, out: list[Token], links: bool) -> None:
    if isinstance(piece, str):
        if piece:
            out.append(piece)
        return
    if piece.format.display:
        out.append(Mark("display", piece.format.display, True))
        _flatten_affixed(piece, out, links)
        out.append(Mark("display", piece.format.display, False))
    elif piece.tag == FIXED:
        out.append(_FIXED)
    else:
        _flatten_affixed(piece, out, links)


def _flatten_affixed(piece: Node, out: list[Token], links: bool) -> None:
    format = piece.format
    href = _href(piece) if links else ""
    if format.prefix and "//" not in format.prefix:
        out.append(format.prefix)
    if href:
        out.append(Mark("link", href, True))
    if format.prefix and "//" in format.prefix:  # the beginning of the address belongs to the link
        out.append(format.prefix)
    _flatten_inside(piece, out, links)
    if href:
        out.append(Mark("link", href, False))
    if format.suffix:
        out.append(format.suffix)


def _flatten_inside(piece: Node, out: list[Token], links: bool) -> None:
    format = piece.format
    if format.quotes:
        out.append(_PRINTED.get(piece.tag, _QUOTE_OPEN))
    for kind, value in reversed(format.styles):
        out.append(Mark(kind, value, True))
    delimiter = format.delimiter
    started = False
    for kid in piece.kids:
        before = len(out)
        if started and delimiter:
            out.append(delimiter)
        _flatten(kid, out, links)
        if len(out) == before + (started and bool(delimiter)):
            del out[before:]
        else:
            started = True
    for kind, value in format.styles:
        out.append(Mark(kind, value, False))
    if format.quotes:
        out.append(_QUOTE_CLOSE)


_RESOLVERS = {
    "DOI": "https://doi.org/",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
    "URL": "",
}


def _href(piece: Node) -> str:
    """The address a node of a linking variable points to (CSL 1.0.2, appendix on links), empty for other nodes."""
    if piece.tag not in _RESOLVERS:
        return ""
    text = "".join(kid for kid in piece.kids if isinstance(kid, str))
    return text if text.startswith(("http://", "https://")) else _RESOLVERS[piece.tag] + text


class _Joiner:
    """Appends tokens and settles the punctuation that meets; `last` is the index of the last text, -1 for none."""

    def __init__(self, inside: bool) -> None:
        self.inside = inside
        self.out: list[Token] = []
        self.last = -1

    def add(self, text: str) -> None:
        while text and self.last >= 0:
            previous = self.out[self.last]
            assert isinstance(previous, str)
            meeting = _MEET.get(previous[-1:] + text[0])
            if meeting == _SECOND and not self.inside and self.after_quote():
                break
            if meeting == _FIRST:
                text = text[1:]
            elif meeting == _SECOND:
                self.cut(previous[:-1])
            elif text[0] in _MOVABLE and self.inside and self.after_quote():
                self.out[self.last] = previous + text[0]
                text = text[1:]
            else:
                break
        if text:
            self.out.append(text)
            self.last = len(self.out) - 1

    def cut(self, shorter: str) -> None:
        """Replace the last text by a shorter one; an empty one makes the text before it the last."""
        self.out[self.last] = shorter
        if shorter:
            return
        self.last -= 1
        while self.last >= 0 and (not isinstance(self.out[self.last], str) or not self.out[self.last]):
            token = self.out[self.last]
            if isinstance(token, Mark) and (token.kind == "display" or (token.kind == "quote" and token.opens)):
                self.last = -1
                return
            self.last -= 1

    def after_quote(self) -> bool:
        return _QUOTE_CLOSE in self.out[self.last + 1 :]

    def mark(self, mark: Mark) -> None:
        if mark is _FIXED:
            self.last = -1
            return
        self.out.append(mark)
        if mark.kind == "display" or (mark.kind == "quote" and mark.opens):
            self.last = -1


def _join(tokens: list[Token], inside: bool) -> list[Token]:
    joiner = _Joiner(inside)
    out = joiner.out
    for token in tokens:
        if isinstance(token, Mark):
            joiner.mark(token)
        elif joiner.last < 0 or token[0] not in _ENDS:
            out.append(token)
            joiner.last = len(out) - 1
        else:
            joiner.add(token)
    return [token for token in out if token]


def _settle(tokens: list[Token], quotes: Quotes) -> list[Token]:
    """Quote marks by depth; a style inside the same style is turned back to normal."""
    out: list[Token] = []
    state: dict[str, str] = {}
    stack: list[tuple[str, str | None]] = []
    pairs: list[tuple[str, str]] = []
    for token in tokens:
        if isinstance(token, str):
            out.append(token)
        elif token.kind == "quote":
            if token.opens:
                pairs.append(_pair(token.value, len(pairs), quotes))
                out.append(pairs[-1][0])
            else:
                out.append(pairs.pop()[1])
        elif token.kind in ("display", "link"):
            out.append(token)
        elif token.opens:
            _open(token, state, stack, out)
        else:
            _close(token, state, stack, out)
    return _merge(out)


def _pair(printed: str, depth: int, quotes: Quotes) -> tuple[str, str]:
    """The quotation marks at a depth of nesting. Curly ones that were printed in a value are read as the locale's own
    where it has such marks, and stay as they are where it has not."""
    if printed in _CURLY and printed not in (quotes.outer[0], quotes.inner[0]):
        return _CURLY[printed]
    inner = depth % 2 == 1 or (not depth and printed in (SINGLE, quotes.inner[0]))
    return quotes.inner if inner else quotes.outer


_RESET = {"vertical-align": "baseline", "text-decoration": "none"}


def _open(mark: Mark, state: dict[str, str], stack: list[tuple[str, str | None]], out: list[Token]) -> None:
    normal = _RESET.get(mark.kind, "normal")
    current = state.get(mark.kind, normal)
    value = normal if mark.value == current else mark.value
    if value == current:
        stack.append(("", None))
        return
    stack.append((value, state.get(mark.kind)))
    state[mark.kind] = value
    out.append(Mark(mark.kind, value, True))


def _close(mark: Mark, state: dict[str, str], stack: list[tuple[str, str | None]], out: list[Token]) -> None:
    value, before = stack.pop()
    if not value:
        return
    if before is None:
        state.pop(mark.kind, None)
    else:
        state[mark.kind] = before
    out.append(Mark(mark.kind, value, False))


def _merge(tokens: list[Token]) -> list[Token]:
    """Neighbouring texts as one, marks around nothing removed."""
    out: list[Token] = []
    texts: list[str] = []
    for token in tokens:
        if isinstance(token, str):
            texts.append(token)
            continue
        if texts:
            out.append("".join(texts))
            texts.clear()
        last = out[-1] if out else None
        if isinstance(last, Mark) and not token.opens and last.opens:
            out.pop()
        else:
            out.append(token)
    if texts:
        out.append("".join(texts))
    return out
