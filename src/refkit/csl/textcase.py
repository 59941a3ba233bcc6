"""The text-case attribute (CSL 1.0.2, "Text-case"): over a whole piece, markup and protected words respected."""

import re
from collections.abc import Callable

from refkit.csl.richtext import NOCASE
from refkit.csl.tree import Format, Node, Piece

# The specification's list of words that title case leaves in lower case.
_STOP = frozenset(
    "a about above across afore after against al along alongside amid amidst among amongst an and anenst apropos apud "
    "around as aside astride at athwart atop barring before behind below beneath beside besides between beyond but by "
    "c ca circa d d' d’ de despite down during et except for forenenst from given in inside into lest like modulo "
    "near next nor notwithstanding of off on onto or out over per plus qua sans since so than that the through "
    "thru throughout thruout till to toward towards under underneath until unto up upon v v. van versus via vis-à-vis "
    "von vs vs. with within without yet".split()
)
_WORD = re.compile(r"[^\s\-–—/:]+")
_SENTENCE_END = ":?!"
_OPENERS = "\"'“‘«([{"
_CLOSERS = "\"'”’»)]}.,;:?!"


def apply_case(piece: Piece, case: str, english: bool = True) -> Piece:
    """The piece in the wanted case; title case only for English, as the specification says."""
    if case == "title":
        return _whole(piece, _title) if english else piece
    if case == "uppercase":
        return _each(piece, str.upper)
    if case == "lowercase":
        return _each(piece, str.lower)
    change = {"capitalize-first": _capitalize_first, "capitalize-all": _capitalize_all, "sentence": _sentence}.get(case)
    return _whole(piece, change) if change else piece


def upper_turkish(piece: Piece) -> Piece:
    """Upper case with the dotted and dotless i of Turkish and Azerbaijani."""
    return _each(piece, lambda text: text.replace("i", "İ").replace("ı", "I").upper())


def _each(piece: Piece, change: Callable[[str], str]) -> Piece:
    if isinstance(piece, str):
        return change(piece)
    if piece.tag == NOCASE:
        return piece
    return Node([_each(kid, change) for kid in piece.kids], _affixes(piece.format, change), piece.tag)


def _affixes(format: Format, change: Callable[[str], str]) -> Format:
    if not (format.prefix or format.suffix or format.delimiter):
        return format
    prefix, suffix, delimiter = change(format.prefix), change(format.suffix), change(format.delimiter)
    return Format(prefix, suffix, delimiter, format.styles, format.quotes, format.display)


def _whole(piece: Piece, change: Callable[[str, list[bool]], str]) -> Piece:
    """Apply a change that must see the text as one; it keeps the length and gets a mask of what is protected."""
    if isinstance(piece, str):
        return change(piece, [False] * len(piece)) if piece else piece
    texts: list[str] = []
    mask: list[bool] = []

    def note(text: str, protected: bool) -> None:
        texts.append(text)
        mask.extend([protected] * len(text))

    _collect(piece, False, note)
    text = change("".join(texts), mask)
    position = 0

    def take(old: str) -> str:
        nonlocal position
        position += len(old)
        return text[position - len(old) : position]

    return _rebuild(piece, take)


def _collect(piece: Piece, protected: bool, note: Callable[[str, bool], None]) -> None:
    if isinstance(piece, str):
        note(piece, protected)
        return
    protected = protected or piece.tag == NOCASE
    note(piece.format.prefix, True)
    for index, kid in enumerate(piece.kids):
        if index:
            note(piece.format.delimiter, True)
        _collect(kid, protected, note)
    note(piece.format.suffix, True)


def _rebuild(piece: Piece, take: Callable[[str], str]) -> Piece:
    """The piece with its texts replaced in the order `_collect` saw them; affixes stay as they are."""
    if isinstance(piece, str):
        return take(piece)
    take(piece.format.prefix)
    kids: list[Piece] = []
    for index, kid in enumerate(piece.kids):
        if index:
            take(piece.format.delimiter)
        kids.append(_rebuild(kid, take))
    take(piece.format.suffix)
    return Node(kids, piece.format, piece.tag)


def _upper(letter: str) -> str:
    raised = letter.upper()
    return raised if len(raised) == 1 else letter


def _raise(text: str, index: int) -> str:
    return text[:index] + _upper(text[index]) + text[index + 1 :]


def _first_letter(text: str, start: int = 0, end: int | None = None) -> int:
    """Index of the first character that is no opening mark."""
    index = start
    end = len(text) if end is None else end
    while index < end and (text[index] in _OPENERS or text[index].isspace()):
        index += 1
    return index


def _capitalize_first(text: str, mask: list[bool]) -> str:
    index = _first_letter(text)
    while index < len(text) and mask[index] and text[index] in " ":
        index += 1
    if index >= len(text) or mask[index]:
        return text
    word = text[index:].split(maxsplit=1)[0]
    return text if word != word.lower() else _raise(text, index)


def _capitalize_all(text: str, mask: list[bool]) -> str:
    letters = list(text)
    for match in re.finditer(r"\S+", text):
        index = _first_letter(text, match.start(), match.end())
        word = match[0]
        if index < match.end() and not mask[index] and word == word.lower():
            letters[index] = _upper(letters[index])
    return "".join(letters)


def _sentence(text: str, mask: list[bool]) -> str:
    """Lower case but for the first word, which keeps its own and gains a capital."""
    words = list(re.finditer(r"\S+", text))
    first_end = words[0].end() if words and not text.isupper() else 0
    letters = [
        letter if mask[i] or i < first_end or len(letter.lower()) != 1 else letter.lower()
        for i, letter in enumerate(text)
    ]
    return _capitalize_first("".join(letters), mask)


def _title(text: str, mask: list[bool]) -> str:
    words = list(_WORD.finditer(text))
    letters = list(text)
    for number, match in enumerate(words):
        start = _first_letter(text, match.start(), match.end())
        if start >= match.end() or mask[start]:
            continue
        core = text[start : match.end()].rstrip(_CLOSERS)
        forced = number == 0 or number == len(words) - 1 or _begins(text, match.start())
        leads = text[match.end() : match.end() + 1] == "-" and text[match.start() - 1 : match.start()] != "-"
        if core and _rises(core, text[start : match.end()], forced or leads):
            letters[start] = _upper(letters[start])
    return "".join(letters)


def _begins(text: str, start: int) -> bool:
    """Whether the word at `start` follows a colon, a question mark or an exclamation mark."""
    index = start - 1
    while index >= 0 and text[index].isspace():
        index -= 1
    return 0 <= index < start - 1 and text[index] in _SENTENCE_END


def _rises(core: str, word: str, forced: bool) -> bool:
    """Whether title case gives this word a capital: words with a capital of their own are left alone."""
    if core != core.lower():
        return False
    if forced:
        return True
    return core not in _STOP and word not in _STOP and len(core) > 1 and not core.startswith(("d'", "d’", "l’é"))
