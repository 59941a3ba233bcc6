"""People parted by commas: which pieces are whole names, which two are family and given name of one person?

Every reading of "A, B, C, D" has a score; the best one wins. The scores are set by hand, on 15,000 printed lists.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from refkit.names import Name
from refkit.parse.person import (
    PARTICLES,
    Habits,
    capitals_last,
    ends_in_initials,
    inverted_name,
    is_initials,
    is_suffix,
    name_order,
    opens_family,
    shows_family,
    spaced,
    starts_with_initial,
    whole_name,
)
from refkit.regex import regex
from refkit.words import GIVEN, is_organisation, leaning

COMMA = regex(r"\s*[,،]\s*")
_DEGREE = regex(r"(?:Ph\.? ?D|J\.?D|M\.?D|M\.?A|M\.?Sc|LL\.?M|MBA|D\.?Phil|Esq|Dr|Prof|Hon|USA\.? [Rr]et|[Rr]et)\.?")
_TITLE_BEFORE = regex(r"^(?:(?:Dr|Prof|Professor|Sir|Gen|Col|Lt|Maj|Hon|Mr|Mrs|Ms)\.?\s+)+(?=\S)")
_RIGHT_TO_LEFT = regex(r"[\u0590-\u06ff]")  # Persian lists put the family name first, and a comma behind it
_LETTER = regex(r"[^\W\d_]")
_FOUR_INITIALS = regex(r"[A-Z]{4}")
_SAME = 0.4  # for a name of the same kind as the one before


class _Piece(NamedTuple):
    """What stands between two commas, with the "Jr." behind it; `order` as in `name_order`, 0 for a single word.

    `first` and `last` are what its first and last words lean to; `starts` and `ends` say that it is a whole name with
    initials there, `initials` that it is nothing else.
    """

    text: str
    words: list[str]
    suffix: str
    organisation: bool
    initials: bool
    starts: bool
    ends: bool
    order: int
    first: float
    last: float


def read_chunks(chunks: Sequence[str], organised: bool) -> Iterator[Name]:
    """The names of some chunks, in each of which commas part names or families from given names.

    `organised`: there may be organisations among them.
    """
    if len(chunks) == 1 and not COMMA.search(chunks[0]):
        yield _name(_TITLE_BEFORE.sub("", chunks[0]), "", organised, Habits())
        return
    lists = [_pieces(chunk, organised) or [_piece(chunk, "", organised)] for chunk in chunks]
    orders = [piece.order for pieces in lists for piece in pieces]
    family_first, given_first = orders.count(-2), orders.count(1)
    habits = Habits(family_first=family_first > given_first, given_first=given_first > family_first)
    paired = all(len(pieces) == 2 for pieces in lists)
    for pieces in lists:
        if len(pieces) == 1:
            yield _name(pieces[0].text, pieces[0].suffix, pieces[0].organisation, habits)
        else:
            yield from _read_pieces(pieces, habits, paired)


def _pieces(chunk: str, organised: bool) -> list[_Piece]:
    texts: list[tuple[str, str]] = []
    for printed in COMMA.split(chunk):
        text = _TITLE_BEFORE.sub("", printed)
        if texts and not texts[-1][1] and is_suffix(text.title()):
            texts[-1] = texts[-1][0], text
        elif _LETTER.search(text):
            texts.append((text, ""))
    return [_piece(text, suffix, organised) for text, suffix in texts]


def _piece(text: str, suffix: str, organised: bool) -> _Piece:
    words = text.split()
    initials = is_initials(text)
    several = len(words) > 1 and not initials
    starts = several and starts_with_initial(words)
    ends = several and (ends_in_initials(words) or (_FOUR_INITIALS.fullmatch(words[-1]) is not None and not starts))
    organisation = (organised or not several) and is_organisation(text)
    order = name_order(words) if several else 0
    return _Piece(
        text, words, suffix, organisation, initials, starts, ends, order, leaning(words[0]), leaning(words[-1])
    )


def _name(text: str, suffix: str, organised: bool, habits: Habits) -> Name:
    return Name(literal=text) if organised and is_organisation(text) else whole_name(text, suffix, habits)


def _read_pieces(pieces: list[_Piece], habits: Habits, paired: bool) -> Iterator[Name]:
    habits = habits._replace(capitals=_print_capitals(pieces), commas=True)
    right_to_left = _RIGHT_TO_LEFT.match(pieces[0].text) is not None
    for first, end in _best_reading(pieces, paired or right_to_left):
        piece, words = pieces[first], pieces[first].words
        if end - first == 2:
            yield inverted_name(piece.text, pieces[first + 1].text, pieces[first + 1].suffix or piece.suffix)
        elif not habits.capitals and len(words) > 1 and not words[0].isupper() and _FOUR_INITIALS.fullmatch(words[-1]):
            yield inverted_name(" ".join(words[:-1]), spaced(words[-1]), piece.suffix)
        else:
            yield _name(piece.text, piece.suffix, piece.organisation, habits)


def _print_capitals(pieces: list[_Piece]) -> bool:
    """Whether the list prints family names in capitals: "HE, Ying, Angel WONG", "Robert LANDEWÉ, Bo FU"."""
    first, second = pieces[:2]
    if len(first.words) == 1 and first.text.isupper() and second.words[0].istitle() and not second.initials:
        return True
    return sum(capitals_last(piece.words) for piece in pieces) > sum(piece.ends for piece in pieces)


def _best_reading(pieces: list[_Piece], paired: bool) -> list[tuple[int, int]]:
    """The stretches of pieces that are one name each, as (first, end).

    `paired`: every name of the list seems to have one comma.
    """
    best = [(0.0, 0)]  # of the pieces so far: score, and how many of them the last name has, 0 for a degree
    for end, piece in enumerate(pieces, 1):
        score, length = best[end - 1]
        options = [(score + _whole(piece) + (_SAME if length == 1 else 0), 1)]
        if end > 1:
            if _DEGREE.fullmatch(piece.text):
                options.append((score, 0))
            score, length = best[end - 2]
            bonus = (_SAME if length == 2 else 0) + (2.5 if end == 2 and _opens_inverted(*pieces[:2]) else 0)
            options.append((score + _pair(pieces[end - 2], piece, paired) + bonus, 2))
        best.append(max(options))
    found = []
    end = len(pieces)
    while end:
        length = best[end][1]
        if length:
            found.append((end - length, end))
        end -= max(length, 1)
    return found[::-1]


def _opens_inverted(family: _Piece, given: _Piece) -> bool:
    """Whether a list seems to begin with "Family, Given Given": seldom is the first of all people a lone surname."""
    return len(family.words) == 1 < len(given.words) and not (given.ends or opens_family(given.words))


def _whole(piece: _Piece) -> float:
    """How likely a piece is a whole name; above 0: rather so."""
    words = piece.words
    if piece.initials:
        return -8.0
    if piece.organisation or piece.starts or piece.ends or shows_family(words):
        return 3.0
    if len(words) == 1 or words[0] in PARTICLES or (len(words) == 2 and (is_suffix(words[1]) or opens_family(words))):
        return -3.0 if piece.first > 0 else -1.5
    if piece.order > 0:
        return 0.8 + 0.6 * max(piece.first, 0) + 0.4 * max(-piece.last, 0)
    if piece.first < 0 and piece.last <= 0:  # "Castro Varela"
        return -0.4
    return 0.8 + 0.6 * max(piece.last, 0) if piece.order else 0.8


def _pair(family: _Piece, given: _Piece, paired: bool) -> float:
    """How likely two pieces are family and given name of one person."""
    if given.initials:
        return _pair_with_initials(family, given)
    if family.organisation or given.organisation or _DEGREE.fullmatch(given.text):
        return -9.0
    if family.starts or (family.ends and not (paired and _is_initial_misplaced(family, given))):
        return -5.0
    words = [word for word in given.words if word not in PARTICLES]
    likely = sum(map(leaning, words)) / max(len(words), 1)
    if len(words) > 1 and given.first > 0 > given.last:  # "Hamed Mousavi"
        likely -= 2.5
    if given.ends and given.text.endswith("."):  # "van Dijk, Teun A."
        likely += 1.5
    return (1.5 if paired else 0.5) + likely + _as_family(family)


def _pair_with_initials(family: _Piece, given: _Piece) -> float:
    if family.organisation and (len(family.words) > 1 or family.text.isupper()):
        return -9.0
    if family.first >= GIVEN and _DEGREE.fullmatch(given.text):  # "Matthew Rojansky, JD"
        return 0.0 if len(family.words) == 1 else -9.0
    if not (family.starts or family.ends):
        return 4.0
    return -5.0 if len(given.text) > 2 else 0.0


def _as_family(piece: _Piece) -> float:
    """What speaks for a piece being no more than a family name."""
    if piece.ends:
        return 1.0
    if len(piece.words) == 1:
        return 0.8 - piece.first / 2
    if piece.words[0] in PARTICLES or opens_family(piece.words):
        return 0.3
    return -2.0 if piece.first > 0 or piece.last > 0 else 0.3


def _is_initial_misplaced(family: _Piece, given: _Piece) -> bool:
    """ "Wilkins S., Thomas": one initial at the family name, a given name behind the comma."""
    return len(family.words) == 2 and len(given.words) == 1 and len(given.text) > 2
