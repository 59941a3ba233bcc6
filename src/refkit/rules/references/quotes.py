"""Where the double quotation marks of a reference open and close."""

import re
from typing import NamedTuple

_MARKS = re.compile('["“”„‟«»]')
_CLOSERS = {"“": "”“", "„": "“”„", "‟": "”", "«": "»", "»": "«", '"': '"', "”": "”"}
_CURLY = frozenset("“”„‟")


class Quoted(NamedTuple):
    """A quoted stretch `text[start:end]`, its marks included; `depth` 1 and more inside another quotation.

    `outer` is the opening mark of the quotation around it, whether or not that is closed.
    """

    start: int
    end: int
    opening: str
    closing: str
    depth: int
    outer: str = ""

    @property
    def form(self) -> str:
        """The two marks, such as `“”`."""
        return self.opening + self.closing


class Quotes(NamedTuple):
    """The quotations of a reference in order, and the marks that have no partner."""

    pairs: tuple[Quoted, ...] = ()
    unclosed: tuple[int, ...] = ()
    stray: tuple[int, ...] = ()


def find_quotes(text: str) -> Quotes:
    """Pair the double quotation marks of `text`; single ones are apostrophes too often to be paired."""
    opened: list[tuple[int, str]] = []
    pairs: list[Quoted] = []
    stray: list[int] = []
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        if opened and _closes(mark, opened[-1][1], text, at):
            start, opening = opened.pop()
            pairs.append(Quoted(start, at + 1, opening, mark, len(opened), opened[-1][1] if opened else ""))
        elif _opens(mark, text, at):
            opened.append((at, mark))
        else:
            stray.append(at)
    pairs.sort(key=lambda pair: pair.start)
    return Quotes(tuple(pairs), tuple(at for at, _ in opened), tuple(stray))


def _closes(mark: str, opening: str, text: str, at: int) -> bool:
    if mark in _CLOSERS[opening] and mark != opening:
        return True
    if mark == opening:
        before = text[at - 1] if at else " "
        return mark in _CLOSERS[opening] and not (starts_word(text, at) and (before.isspace() or before in "(["))
    if starts_word(text, at):
        return False
    return '"' in (mark, opening) or (mark in _CURLY and opening in _CURLY)


def _opens(mark: str, text: str, at: int) -> bool:
    if mark in "“„‟«":
        return True
    return starts_word(text, at)


def starts_word(text: str, at: int) -> bool:
    """Whether the mark at `at` stands before a word and behind a blank or bracket, as an opening mark does."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in "([{—–-/,.:;‘'“„") and not after.isspace() and after not in ",.;:)]}"
