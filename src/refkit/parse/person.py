"""One printed name -> its parts: which words are the family name, which the given names.

The form settles most: initials, capitals, particles, brackets. Where it does not, what the words usually are does
(`refkit.words.leaning`): "Kozhanov Nikolay" and "Xi Jinping" begin with the family name, "Nikolay Kozhanov" does not.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from refkit.names import Name
from refkit.regex import regex
from refkit.words import FAMILY, GIVEN, double_families, eastern_families, leaning

CAPITAL = r"[^\W\d_-z\u0430-\u0451]"  # of two stretches: with more, each use takes milliseconds to compile
_SHORT = rf"(?:{CAPITAL}|Yu|Ya|Ch|Sh|Zh|Kh|Ts|Yo|Ye)"
RUSSIAN_SHORT = "Ал|Ант|Вл|Вс|Вяч|Дж|Евг|Ив|Конст|Мих|Ник|Ст|Фр|Эд"  # given names cut to more than a letter
_CUT_SHORT = rf"(?:{CAPITAL}[bcdfghj-np-tvwxz]{{1,2}}|{RUSSIAN_SHORT})\."
_WORD_IN_CAPITALS = regex(r"(?=[^\W\d_]{4})[^\W\d_]*[AEIOUYÄÖÜÉАЕИОУЫЭЮЯ]")
INITIALS = regex(rf"{_SHORT}\.?(?:[\s‐‑-]*{_SHORT}\.?){{0,4}}|{_CUT_SHORT}(?:\s?(?:{_SHORT}\.|{_CUT_SHORT}))*")
DOTTED = regex(rf"{CAPITAL}[^\W\d_]{{0,2}}\.")
SUFFIX = regex(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
PARTICLES = frozenset(
    "von van vom v. zu zum zur der den de del della di da do dos das du des la le las los ten ter op 't bin ibn "
    "ben bint el al af av d’ d' фон де ван дер ля".split()
)
_HEADS = frozenset(
    "Van Von Vander De Del Della Dalla Dal Degli Dello Delle Des Dell’ Di Da Dos Du La Le Les Lo Los Al El Bin Ibn Abu "
    "Ter Ten Ван Фон Де Ди Ла Ле".split()
)
_ALSO_GIVEN = frozenset("Al El Bin Ibn Abu Lo".split())
_OF_ORGANISATIONS = frozenset("of on for the für по".split())
_NATIONS = frozenset("british american european iranian russian chinese international national global royal".split())
_FAMILY_TAILS = frozenset(
    "pour poor zadeh zade nejad nezhad nejhad nia niya nasab fard far manesh rad asl tabar khah doost dust moghaddam"
    " moghadam kia jr".split()
)
_PATRONYMIC = regex(r"[^\W\d_]+(?:ович|евич|ьич|овна|евна|ична|ovich|evich|ovna|evna)", re.IGNORECASE)
_IN_BRACKETS = regex(rf"(?P<family>[^()]{{2,60}}?),?\s?\((?P<given>{CAPITAL}[^()]{{0,30}})\)")
_HANGUL = regex("[\uac00-\ud7a3]{2,4}")
_TWO_SYLLABLES = frozenset("남궁 황보 제갈 선우 독고 사공 서문".split())


@lru_cache(maxsize=4096)
def is_initials(text: str) -> bool:
    """Whether the text is initials only: "J. A.", "SMH", "Вяч. Вс."."""
    if (len(text) > 4 and "." not in text and not text.isupper()) or text == text.lower():  # most words
        return False
    return INITIALS.fullmatch(text) is not None and not (_WORD_IN_CAPITALS.search(text) or is_suffix(text))


def is_suffix(text: str) -> bool:
    """ "Jr.", "III"; but "JR" are somebody's initials."""
    return SUFFIX.fullmatch(text) is not None and text not in {"JR", "SR"}


def starts_with_initial(words: list[str]) -> bool:
    """ "A. Benjamin"."""
    return len(words) > 1 and DOTTED.match(words[0]) is not None and not is_initials(words[-1])


def ends_in_initials(words: list[str]) -> bool:
    """ "Benjamin A.", "Benjamin AB"."""
    return 0 < _trailing_initials(words) < len(words)


def shows_family(words: list[str]) -> bool:
    """Whether family and given name both are in the words, as capitals or script show: "WOMACK James", "김연철"."""
    return _leading_capitals(words) > 0 if len(words) > 1 else _HANGUL.fullmatch(words[0]) is not None


class Habits(NamedTuple):
    """What a list does, as far as its other names show.

    `capitals`: it prints family names in capitals, so that "FU" of "Bo FU" are no initials. `commas`: it parts names
    with commas. What stands first in the names that tell: `family_first`, `given_first`.
    """

    capitals: bool = False
    commas: bool = False
    family_first: bool = False
    given_first: bool = False


_NO_HABITS = Habits()


def whole_name(text: str, suffix: str = "", habits: Habits = _NO_HABITS) -> Name:
    """A person without a comma: "Family AB", "FAMILY Given", given name first or family name first."""
    bracketed = _IN_BRACKETS.fullmatch(text) if "(" in text else None
    if bracketed and (is_initials(bracketed["given"]) or bracketed["family"].isupper()):
        return inverted_name(bracketed["family"], bracketed["given"])
    words = text.split()
    if len(words) == 1:
        return _single_word(words[0])
    if len(words) > 4 and not _OF_ORGANISATIONS.isdisjoint(words):
        return Name(literal=text)
    if len(words) > 2 and is_suffix(words[-1]):
        return whole_name(" ".join(words[:-1]), words[-1], habits)
    particles = _count_particles(words)
    if particles == len(words) - 1 or (len(words) == 2 and opens_family(words)):
        family = " ".join(words[particles:])
        return Name(family=family, particle=" ".join(words[:particles]), suffix=suffix)
    words, dropping = _without_trailing_particle(words)
    if len(words) == 1:
        return Name(family=words[0], particle=dropping, suffix=suffix)
    count = _family_words_first(words, habits)
    if count:
        given = spaced(" ".join(words[count:]))
        return inverted_name(" ".join(words[:count]), f"{given} {dropping}".rstrip(), suffix)
    if words[0].casefold() in _NATIONS and leaning(words[-1]) <= 0:
        return Name(literal=text)
    return _given_first(words, suffix)


def inverted_name(family: str, given: str, suffix: str = "") -> Name:
    """A name whose two halves are known; particles at their edges are told apart."""
    words = family.split()
    if len(words) > 1 and not suffix and is_suffix(words[-1]):
        return inverted_name(" ".join(words[:-1]), given, words[-1])
    if len(words) > 1 and DOTTED.fullmatch(words[-1]) and not is_initials(given):
        return Name(family=" ".join(words[:-1]), given=f"{given} {words[-1]}", suffix=suffix)
    last = given.split(" ")[-1]
    bare = last[:-1]
    written_out = len(bare) > 2 and "." not in bare and (leaning(bare) > 0 or len(bare) > 4)
    if last.endswith(".") and last not in PARTICLES and (written_out or bare in PARTICLES):
        given = given[:-1]
    particle, family = _leading_particle(family)
    words, dropping = _without_trailing_particle(given.split())
    return Name(family, " ".join(words), particle, dropping, suffix)


def _single_word(word: str) -> Name:
    if _HANGUL.fullmatch(word):
        length = 2 if word[:2] in _TWO_SYLLABLES and len(word) > 2 else 1
        return Name(family=word[:length], given=word[length:])
    acronym = len(word) > 1 and word.isupper() and word.isascii() and len(word) <= 6
    return Name(literal=word) if acronym else Name(family=word)


def _family_words_first(words: list[str], habits: Habits) -> int:
    """How many words the family name has that stands first; 0 when the given name does."""
    capitals = _leading_capitals(words)
    if capitals:
        return capitals
    if habits.capitals and words[-1].isupper() and not words[0].isupper():
        return 0
    trailing = _trailing_initials(words)
    if 0 < trailing < len(words):
        return trailing - 1 if trailing > 1 and _is_given_between(words, trailing, habits) else trailing
    heads = particles = _count_particles(words)
    while heads < len(words) - 2 and opens_family(words[heads:]):
        heads += 1
    order = name_order(words[heads:])
    likely = order < -1 or (order == -1 and not habits.given_first) or (order == 0 and habits.family_first)
    return heads + 1 if heads > particles or likely else 0


def opens_family(words: list[str]) -> bool:
    """Whether the first of some words is the "Le" of "Le Goff", not the "Di" of "Di Zhu" or the "Van" of "Van Thai"."""
    if words[0] in _ALSO_GIVEN or not _is_article(words[0]) or words[1].casefold() in eastern_families():
        return False
    return words[0] != "Van" or leaning(words[1]) <= 0


def _is_given_between(words: list[str], trailing: int, habits: Habits) -> bool:
    """ "Pellegrini Antonio G": a given name stands between family name and initial."""
    first, second = leaning(words[0]), leaning(words[trailing - 1])
    if second <= 0 or len(words[-1].rstrip(".")) > 1:
        return False
    return first < 0 or (first == 0 and not habits.commas)


def name_order(words: list[str]) -> int:
    """What stands first: -2 the family name, -1 likely the family name, 1 the given name, 0 when nothing tells."""
    if len(words) < 2 or any(is_initials(word) for word in words[:-1]):
        return 1
    if words[0] == "Van":  # of Vietnam
        return 1
    if len(words) == 3 and _PATRONYMIC.fullmatch(words[2]):
        return -2
    first, *others = map(leaning, words)
    if words[0].casefold() in _NATIONS:
        first = 0.0
    last = others[-1]
    if first <= 0 < last:  # more given names are known than family names: an unknown word is rather one of these
        sure = first <= FAMILY or last >= GIVEN or (len(others) > 1 and min(others) > 0)
        return -2 if sure else -1
    if first <= FAMILY and last == 0 and words[0].casefold() in eastern_families():
        return -2
    return 1 if first > 0 or (last < 0 and first == 0) else 0


def _trailing_initials(words: list[str]) -> int:
    """Index from which the words are initials, `len(words)` when none are; 0 is never returned for real names."""
    index = len(words)
    while index > 1 and is_initials(words[index - 1]) and (words[index - 1].isupper() or "." in words[index - 1]):
        index -= 1
    return len(words) if is_initials(words[0]) and not words[0].istitle() else index


def spaced(initials: str) -> str:
    """ "SMH" of "Hosseini-Nasab SMH" as "S. M. H."; initials with full stops stay as printed."""
    if initials.isascii() and initials.isalpha() and initials.isupper() and len(initials) <= 4:
        return " ".join(f"{letter}." for letter in initials)
    return initials


def _leading_capitals(words: list[str]) -> int:
    """How many words in capitals lead a name that is not all capitals: "LE ROY LADURIE Emmanuel"."""
    count = 0
    while count < len(words) and (
        _is_capitals(words[count]) or (words[count].title() in _HEADS and words[count].isupper())
    ):
        count += 1
    if not count or count == len(words) or not any(map(_is_capitals, words[:count])):
        return 0
    return 0 if any(map(_is_capitals, words[count:])) else count


def _is_article(word: str) -> bool:
    """ "Le" of "Le Goff"."""
    return word in _HEADS or _is_head_in_capitals(word)


def _is_head_in_capitals(word: str) -> bool:
    return word.isupper() and word.title() in _HEADS


def capitals_last(words: list[str]) -> bool:
    """ "Robert LANDEWÉ"; four letters and fewer might be initials."""
    return len(words) > 1 and len(words[-1]) > 4 and _is_capitals(words[-1]) and words[0].istitle()


def _is_capitals(word: str) -> bool:
    letters = [character for character in word if character.isalpha()]
    return len(letters) > 2 and all(character.isupper() for character in letters)


def _count_particles(words: list[str]) -> int:
    count = 0
    while count < len(words) - 1 and words[count] in PARTICLES:
        count += 1
    return count


def _leading_particle(family: str) -> tuple[str, str]:
    words = family.split()
    count = _count_particles(words)
    return " ".join(words[:count]), " ".join(words[count:])


def _without_trailing_particle(words: list[str]) -> tuple[list[str], str]:
    count = len(words)
    while count > 1 and (words[count - 1] in PARTICLES or words[count - 1].rstrip(".") in PARTICLES):
        count -= 1
    if count == len(words):
        return words, ""
    dropping = " ".join(words[count:])
    return words[:count], dropping if dropping in PARTICLES else dropping.rstrip(".")


def _given_first(words: list[str], suffix: str) -> Name:
    start = _family_start(words)
    particle = start
    while particle > 1 and words[particle - 1] in PARTICLES:
        particle -= 1
    return Name(
        family=" ".join(words[start:]),
        given=" ".join(words[:particle]),
        particle=" ".join(words[particle:start]),
        suffix=suffix,
    )


def _family_start(words: list[str]) -> int:
    """Where the family name begins behind given names: the last word, or before it what belongs to it."""
    last = len(words) - 1
    for index in range(1, last):
        if _is_article(words[index]):
            return index
    if last > 1 and _is_capitals(words[last]):
        while last > 1 and _is_capitals(words[last - 1]) and not _is_capitals(words[0]):
            last -= 1
        return last
    if last > 1 and words[last].casefold() in _FAMILY_TAILS:
        return last - 1
    if last > 1 and "-" in words[last - 1] and words[last - 1].rpartition("-")[2] in PARTICLES:  # "Nehlsen-von Stryk"
        return last - 1
    if last > 1 and words[last - 1].casefold() in double_families():
        return last - 1
    return last
