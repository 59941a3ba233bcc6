"""Whether the names an entry prints are the names a record registers. Pure.

Names are compared folded (no case, marks or punctuation), with and without particles, with umlauts written out, and
across scripts by their consonants, since no romanisation can be undone.
"""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from functools import lru_cache

from refkit.names import OTHERS, Name
from refkit.verify.fold import fold, has_alphabet, is_latin, skeleton, with_umlauts

_SIMILAR = 0.80  # one or two letters of a family name: a misprint, not another person
_UNLIKE = 0.45  # of the consonants, across scripts
_CORRUPT_LENGTH = 60  # a family name longer than this holds a whole list of authors


class Agreement(Enum):
    """How the first name of an entry stands to a record."""

    EQUAL = auto()
    SWAPPED = auto()  # the family name stands where the given name is registered
    SIMILAR = auto()  # a letter or two differ
    LATER = auto()  # an author of the work, but not the first
    ABSENT = auto()  # one side names nobody
    UNSURE = auto()  # two scripts that cannot be compared
    DIFFERENT = auto()

    @property
    def supports(self) -> bool:
        """Whether it speaks for the same work."""
        return self in (Agreement.EQUAL, Agreement.SWAPPED, Agreement.SIMILAR, Agreement.LATER)


def first_author(mine: Sequence[Name], theirs: Sequence[Name], organisations: Iterable[str] = ()) -> Agreement:
    """The agreement of the first name printed with those registered; `organisations` may stand for authors."""
    printed = [name for name in mine if name != OTHERS]
    if not printed:
        return Agreement.ABSENT
    first = printed[0]
    bodies = [body for body in organisations if body]
    if not theirs:
        return Agreement.EQUAL if any(_same_body(first, body) for body in bodies) else Agreement.ABSENT
    found = _best(first, theirs)
    if found is Agreement.DIFFERENT:
        if any(_same_body(first, body) for body in bodies):
            return Agreement.EQUAL
        if any(_is_corrupt(name) and fold(first.family or first.literal) in fold(_all(name)) for name in theirs):
            return Agreement.EQUAL
    return found


def _best(first: Name, theirs: Sequence[Name]) -> Agreement:
    agreement = same_person(first, theirs[0])
    if agreement is Agreement.EQUAL or _words(first) == _words(theirs[0]):
        return agreement
    later = [same_person(first, name) for name in theirs[1:]]
    if Agreement.EQUAL in later:
        # a group or editor registered before the people does not make the first person a later author
        leading = theirs[: later.index(Agreement.EQUAL) + 1]
        return Agreement.EQUAL if all(name.literal for name in leading) else Agreement.LATER
    return agreement


def same_person(mine: Name, theirs: Name) -> Agreement:
    """The agreement of two names, initials and order of the parts aside."""
    if mine.literal or theirs.literal:
        return _same_literal(mine, theirs)
    if _families(mine) & _families(theirs) or _is_part(mine, theirs):
        return Agreement.EQUAL
    if _words(mine) == _words(theirs) or _is_swapped(mine, theirs):
        return Agreement.SWAPPED
    if _is_moved(mine, theirs):
        return Agreement.EQUAL
    near = _near(_family(mine), _family(theirs))
    return Agreement.DIFFERENT if near is not Agreement.UNSURE and _initials_differ(mine, theirs) else near


def _initials_differ(mine: Name, theirs: Name) -> bool:
    """Whether two Latin given names have no initial in common: Yang, Hua is not Wang, Li."""
    given, other = mine.given, theirs.given
    comparable = bool(given and other) and is_latin(given) and is_latin(other)
    return comparable and not _initials(given) & _initials(other)


def _is_swapped(mine: Name, theirs: Name) -> bool:
    """Whether the printed family name is the registered given name, and the initials fit the other way round."""
    family = _tokens(mine.family)
    if not family or not family <= _tokens(theirs.given):
        return False
    return not mine.given or bool(_initials(mine.given) & _initials(_family(theirs)))


def _near(mine: str, theirs: str) -> Agreement:
    from rapidfuzz import fuzz

    if is_latin(mine) and is_latin(theirs):
        left, right = fold(mine), fold(theirs)
        if skeleton(mine) == skeleton(theirs) and len(skeleton(mine)) > 1 and fuzz.ratio(left, right) >= 70:
            return Agreement.EQUAL
        return Agreement.SIMILAR if fuzz.ratio(left, right) >= _SIMILAR * 100 else Agreement.DIFFERENT
    if is_latin(mine) == is_latin(theirs):
        return Agreement.SIMILAR if fuzz.ratio(fold(mine), fold(theirs)) >= _SIMILAR * 100 else Agreement.DIFFERENT
    bones, others = skeleton(mine), skeleton(theirs)
    likeness = fuzz.ratio(bones, others)
    if bones and likeness >= _SIMILAR * 100:
        return Agreement.EQUAL
    # letters can be read; what a syllabic or ideographic name sounds like is a matter of the language
    readable = has_alphabet(mine) and has_alphabet(theirs) and min(len(bones), len(others)) > 1
    return Agreement.DIFFERENT if readable and likeness < _UNLIKE * 100 else Agreement.UNSURE


def _same_literal(mine: Name, theirs: Name) -> Agreement:
    left, right = fold(_all(mine)), fold(_all(theirs))
    if left == right or set(left.split()) == set(right.split()):
        return Agreement.EQUAL
    if mine.literal and theirs.literal:
        return Agreement.EQUAL if _same_body(mine, theirs.literal) else _near(_all(mine), _all(theirs))
    person, body = (mine, right) if theirs.literal else (theirs, left)
    family = fold(_family(person))
    if family and family in body.split() and len(body.split()) <= 4:
        return Agreement.EQUAL
    return Agreement.DIFFERENT


def _same_body(mine: Name, body: str) -> bool:
    """Whether an organisation is the same: equal, one within the other, or the initials of the other."""
    from rapidfuzz import fuzz

    left, right = fold(_all(mine)), fold(body)
    if not left or not right:
        return False
    if fuzz.token_sort_ratio(left, right) >= 85 or (len(left) > 4 and f" {left} " in f" {right} "):
        return True
    if len(right) > 4 and f" {right} " in f" {left} ":
        return True
    return any(
        " " not in short
        and len(short) >= 2
        and short == "".join(word[0] for word in long.split() if word not in _SMALL)
        for short, long in ((left, right), (right, left))
    )


_SMALL = frozenset("of the and for in on a an de la le les des du del und der die das für fur y e et".split())


def strangers(mine: Sequence[Name], theirs: Sequence[Name]) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    """The people only the entry names and those only the record names; both empty when names cannot be compared."""
    printed = [name for name in mine if name != OTHERS and not name.literal]
    registered = [name for name in theirs if not name.literal]
    if not printed or any(_is_corrupt(name) for name in theirs):
        return (), ()
    if len(registered) < len(theirs) or not all(map(_is_comparable, (*printed, *registered))):
        return (), ()
    unknown = tuple(name for name in printed if not any(_could_be(name, other) for other in registered))
    unnamed = tuple(name for name in registered if not any(_could_be(other, name) for other in printed))
    return unknown, unnamed


def _is_comparable(name: Name) -> bool:
    return is_latin(_all(name))


def _could_be(mine: Name, theirs: Name) -> bool:
    from rapidfuzz import fuzz

    agreement = same_person(mine, theirs)
    if agreement in (Agreement.EQUAL, Agreement.SWAPPED, Agreement.SIMILAR, Agreement.UNSURE):
        return True
    return bool(_words(mine) & _words(theirs)) or fuzz.token_set_ratio(fold(_all(mine)), fold(_all(theirs))) >= 75


def label(name: Name) -> str:
    """How a message prints a name."""
    if name.literal:
        return name.literal
    return ", ".join(part for part in (_family(name), name.given) if part)


def _family(name: Name) -> str:
    return f"{name.particle} {name.family}".strip()


def _all(name: Name) -> str:
    parts = (name.given, name.dropping_particle, name.particle, name.family, name.literal)
    return " ".join(part for part in parts if part)


def _is_corrupt(name: Name) -> bool:
    return len(name.family) > _CORRUPT_LENGTH or name.family.count(",") > 1 or ";" in name.family


@lru_cache(maxsize=4096)
def _families(name: Name) -> frozenset[str]:
    """The family name in all spellings that count as one, blanks removed."""
    forms = {name.family, _family(name), f"{name.dropping_particle} {_family(name)}"}
    forms |= {f"{form} {name.suffix}" for form in tuple(forms) if name.suffix}
    spelt = {with_umlauts(form) for form in forms}
    return frozenset(folded for form in forms | spelt if (folded := fold(form).replace(" ", "")))


def _is_part(mine: Name, theirs: Name) -> bool:
    """Whether one family name is the other with a second name or particle ("García" and "García Márquez")."""
    left, right = _tokens(_family(mine)), _tokens(_family(theirs))
    small, large = sorted((left, right), key=len)
    weighty = any(len(token) >= 3 or not token.isascii() for token in small)
    return bool(small) and small <= large and weighty


def _is_moved(mine: Name, theirs: Name) -> bool:
    """Whether a second family name is registered as a given name, or the reverse."""
    left, right = _tokens(_family(mine)), _tokens(_family(theirs))
    return bool(left and right) and left <= _words(theirs) and right <= _words(mine)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


@lru_cache(maxsize=4096)
def _words(name: Name) -> frozenset[str]:
    """The words of the whole name that are more than initials."""
    return frozenset(word for word in fold(_all(name)).split() if len(word) > 1)


def _initials(text: str) -> set[str]:
    return {word[0] for word in fold(text).split()}
