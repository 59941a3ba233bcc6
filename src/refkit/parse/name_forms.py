"""Names whose form leaves nothing to doubt: "Berg, A. B.", "van den Berg AB", "Berg A. B." and "A. B. van den Berg"."""

import re

from refkit.names import Name
from refkit.parse.person import CAPITAL, PARTICLES, RUSSIAN_SHORT, is_suffix, spaced
from refkit.regex import regex
from refkit.words import ORGANISATION, is_organisation

_JOINED = regex(r"\b(?:and|und|et|y|en|и)\b", re.IGNORECASE)


# People with initials, whose form settles what is the family name: "Berg, A. B.", "van den Berg AB", "Berg A. B." and
# "A. B. van den Berg", each perhaps with "Jr." behind it; and the one person of "Berg, Anna Maria".
PARTICLE = rf"(?:(?:{'|'.join(map(re.escape, sorted(PARTICLES)))}) )*+"
FAMILY = rf"{CAPITAL}[’']?[^\W\d_]+(?:[-’'][^\W\d_]+)*+"
_DOT = rf"(?:{CAPITAL}|[CKSTZ]h|Y[aou]|J[au]|{RUSSIAN_SHORT})\."
DOTS = rf"{_DOT}(?:[ -]?{_DOT})*+"
_JUNIOR = r"(?:,? (Jr\.?|Sr\.?|II|III|IV)(?!\w))?"
_PERSON = (
    rf"(?:({PARTICLE})(?:({FAMILY}(?: {FAMILY})?), ({DOTS})|({FAMILY}) (?:({DOTS})|"
    rf"([A-Z](?:-?[A-Z]){{0,2}})\b\.?))|({DOTS}) ?({PARTICLE})({FAMILY})){_JUNIOR}"
)
JOIN = r"(?: ?/ ?|[,;]? (?:and|AND|And|und|et|y|e|i|en|og|och|и|&) |[,;] (?!(?:and|und|et|&) ))"
_UNGROUPED = re.sub(r"(?<!\\)\((?!\?)", "(?:", _PERSON)
PLAIN_LIST = regex(rf"{_UNGROUPED}(?:{JOIN}{_UNGROUPED})*+")
SEVERAL_PEOPLE = regex(rf"{_UNGROUPED}(?:{JOIN}{_UNGROUPED})++")
_PLAIN_PERSON = regex(rf"{_PERSON}(?:{JOIN}|\Z)")
ONE_PERSON = regex(rf"({FAMILY}), ({CAPITAL}[^\W\d_A-Z]+(?:[ -]{CAPITAL}[^\W\d_A-Z]+| {DOTS})*+)")


def _list(person: str) -> re.Pattern[str]:
    return regex(rf"{person}{_ONE_JUNIOR}(?:{JOIN}{person}{_ONE_JUNIOR})*+")


_ONE_JUNIOR = _JUNIOR.replace("(Jr", "(?:Jr")
GIVEN_FIRST_LIST = _list(rf"{DOTS} ?{PARTICLE}{FAMILY}")  # "A. B. van den Berg, C. Smith"
FAMILY_FIRST_LIST = _list(rf"{PARTICLE}{FAMILY} {DOTS}")  # "Berg A. B., Smith C."
INVERTED_LIST = _list(rf"{PARTICLE}{FAMILY}(?: {FAMILY})?, {DOTS}")  # "Berg, A. B., Smith, C."


def read_plain_people(text: str) -> tuple[Name, ...]:
    """The names of a list in which every form is beyond doubt, none for other lists.

    `refkit.names.format_names` writes such names so that they read back the same.
    """
    if not PLAIN_LIST.fullmatch(text):
        one = ONE_PERSON.fullmatch(text)
        if not one or _JOINED.search(one[2]) or is_organisation(text) or is_suffix(one[2]) or text == text.lower():
            return ()
        return (Name(one[1], one[2]),)
    names = []
    for before, comma, dots, blank, behind, letters, first, within, last, junior in _PLAIN_PERSON.findall(text):
        family = comma or blank or last
        if not ORGANISATION.isdisjoint(family.lower().split(" ")):
            return ()
        given = dots or behind or first or spaced(letters)
        names.append(Name(family, given, (before or within).rstrip(), "", junior))
    return tuple(names)
