"""Volume, issue, pages and article numbers compared. Pure; None where one side does not say."""

import re

from refkit.dates import ascii_digits

_RANGE = re.compile(r"^([a-z]*)([0-9]+)\s*[-‐–—−/]+\s*([a-z]*)([0-9]+)$")
_FIRST = re.compile(r"[a-z]*[0-9]+[a-z]?")
_LABEL = re.compile(
    r"^(?:volume|vol|number|num|no|nr|issue|pages|page|pp|p|art|article|jahrgang|jg|bd|tome|t|ج|ش|ص)\b\.?\s*"
)
_ROMAN = re.compile(r"^(?=[mdclxvi])m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def same_number(mine: str, theirs: str) -> bool | None:
    """Whether two volumes or issues are one: figures without zeros in front, Roman read, labels and brackets aside."""
    left, right = _number(mine), _number(theirs)
    if not left or not right:
        return None
    return left == right or _figures(left) == _figures(right) != ()


def _number(text: str) -> str:
    value = _LABEL.sub("", ascii_digits(text).casefold().strip()).split("(")[0].strip(" .,")
    if _ROMAN.match(value):
        values = [_ROMAN_VALUES[letter] for letter in value]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return str(sum(-value if value < following else value for value, following in pairs))
    return re.sub(r"\b0+(?=[0-9])", "", value)


def _figures(text: str) -> tuple[str, ...]:
    return tuple(re.findall("[0-9]+", text))


def is_plain(text: str) -> bool:
    """Whether the text is one number of at most three figures, as an issue usually is."""
    value = ascii_digits(text).strip()
    return value.isascii() and value.isdigit() and len(value) <= 3


def first_page(text: str) -> str:
    """The first page or the article number at the beginning of a page field, "" when there is none."""
    value = _LABEL.sub("", ascii_digits(text).casefold().strip())
    match = _FIRST.search(value)
    return _page(match[0]) if match else ""


def _page(text: str) -> str:
    """Page without what varies: zeros in front, the `e` of electronic numbers."""
    return re.sub("^0+(?=[0-9])", "", re.sub("^e(?=[0-9])", "", text))


def last_page(text: str) -> int | None:
    """The last page of a plain range, completed when it is shortened ("1425-37" -> 1437), else None."""
    match = _RANGE.match(_LABEL.sub("", ascii_digits(text).casefold().strip()).replace(" ", ""))
    if match is None:
        return None
    first, last = match[2], match[4]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return int(last) if len(last) <= 9 else None


def same_first_page(mine: str, theirs: str) -> bool | None:
    """Whether two page fields begin alike; an article number counts as a page."""
    left, right = first_page(mine), first_page(theirs)
    if not left or not right:
        return None
    return left == right or (len(_figures(left)[0]) >= 4 and _figures(left) == _figures(right))


def same_last_page(mine: str, theirs: str) -> bool | None:
    """Whether two plain ranges end alike."""
    left, right = last_page(mine), last_page(theirs)
    return None if left is None or right is None else left == right
