"""Whether two names of a journal, book or series mean the same container. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from refkit.verify.fold import fold, plain

SAME = 0.80  # of the likeness of the whole names
_COVERED = 0.75  # of the words of the shorter name; proceedings are named in many ways
_SMALL = frozenset(("a", "an", "and", "for", "in", "of", "on", "the", "to"))
_STOP = frozenset(
    "a an and at by for from in of on the to with de der des di du la le les el los las et und fur y e i o da do das "
    "dos del della van het voor og och i pour sur proceedings proc annual".split()
)
_PROCEEDINGS = re.compile(
    r"\b(?:proc|proceedings|international|int|intl|conference|conf|symposium|symp|workshop|congress|lecture notes)\b"
)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]")
_SUBTITLE = re.compile(r"\s*[:;=/(\[]|\s[-–—]\s|\.\s")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b|\b[0-9]{1,3}(?:st|nd|rd|th)\b")
# ISO 4 contractions whose letters are not a beginning of the word are found by `_shortens`; these are other names
_OTHER_NAMES = {
    "pnas": "proceedings of the national academy of sciences",
    "jama": "journal of the american medical association",
    "bmj": "british medical journal",
    "nejm": "new england journal of medicine",
}


def same(mine: str, theirs: Sequence[str]) -> bool:
    """Whether the printed name is one of the registered names, in full, abbreviated, or as an acronym."""
    return any(_same(form, other) for form in _forms(mine) for name in theirs for other in _forms(name))


@lru_cache(maxsize=2048)
def _forms(name: str) -> tuple[str, ...]:
    """The folded name, the name without what follows a colon or bracket, and what stands in brackets."""
    text = plain(name)
    whole = fold(text)
    head = fold(_SUBTITLE.split(text, maxsplit=1)[0])
    inside = [fold(match) for match in _BRACKETED.findall(text)]
    without = fold(_BRACKETED.sub(" ", text))
    forms = [whole, without, *(form for form in (head, *inside) if len(form) >= 3)]
    forms += [_OTHER_NAMES[form] for form in forms if form in _OTHER_NAMES]
    return tuple(dict.fromkeys(form for form in forms if form))


@lru_cache(maxsize=8192)
def _same(mine: str, theirs: str) -> bool:
    from rapidfuzz import fuzz

    if mine == theirs:
        return True
    # "sur" is a small word in French, and in English "Am. Jour. Sur." a shortened one
    if any(_shortened(_weighty(mine, small), _weighty(theirs, small)) for small in (_STOP, _SMALL)):
        return True
    left, right = _weighty(mine, _STOP), _weighty(theirs, _STOP)
    if _PROCEEDINGS.search(mine) and _PROCEEDINGS.search(theirs):
        short, full = sorted((_nouns(mine), _nouns(theirs)), key=len)
        covered = sum(any(_shortens(word, other) or _shortens(other, word) for other in full) for word in short)
        return covered >= 2 and covered >= _COVERED * len(short)
    # a word more or less makes another journal ("Ecology" and "Behavioral Ecology"), a letter does not
    return len(left) == len(right) and fuzz.ratio(" ".join(left), " ".join(right)) >= 90


def _nouns(folded: str) -> tuple[str, ...]:
    """What tells one conference from another: not the year, the number and the words all of them have."""
    return tuple(word for word in _PROCEEDINGS.sub(" ", _YEAR.sub(" ", folded)).split() if word not in _STOP)


def _weighty(folded: str, small: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in folded.split() if word not in small) or tuple(folded.split())


def _shortened(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if left == right:
        return True
    return any(_abbreviates(*pair) or _acronym(*pair) for pair in ((left, right), (right, left)))


def _abbreviates(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether each word of `short` shortens the word of `full` in the same place; none is left over."""
    return len(short) == len(full) and all(_shortens(a, b) for a, b in zip(short, full, strict=True))


def _shortens(short: str, word: str) -> bool:
    """A beginning of the word ("Phys"), or a contraction of it that keeps its first letter ("Natl", "Dtsch")."""
    if word.startswith(short):
        return True
    if len(short) < 3 or short[0] != word[0] or len(short) * 2 > len(word) + 5:
        return False
    letters = iter(word)
    return all(letter in letters for letter in short)


def _acronym(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return len(short) == 1 and len(full) >= 3 and short[0] == "".join(word[0] for word in full)
