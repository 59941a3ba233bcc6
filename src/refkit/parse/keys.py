"""Citation keys: family name of the first author, year, first title word; ASCII, lower case, a, b on a clash."""

import unicodedata
from array import array
from collections.abc import Iterable, Mapping

from refkit.latex import to_text
from refkit.names import parse_names
from refkit.regex import regex

_ARTICLES = frozenset(
    "a an the der die das ein eine le la les l un une il lo gli i el los las o os as de het een".split()
)
_TOKEN = regex(r"[^\s/–—-]+")
_MARKS = dict.fromkeys(map(ord, "’‘“”„«»–—…"))
_WORD = regex(r"[a-z0-9]+")


class _Hashes:
    """A set of words that keeps a hash of 64 bits of each: 16 to 32 bytes a word, where a `set` takes over 100."""

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * 1024))  # open addressing; 0 is a free place
        self._count = 0

    def add(self, word: str) -> bool:
        """Whether the word is new; it is in the set then."""
        if 2 * self._count >= len(self._table):
            self._grow()
        found = self._put(hash(word) & 0xFFFFFFFFFFFFFFFF or 1)
        self._count += found
        return found

    def _put(self, number: int) -> bool:
        table, last = self._table, len(self._table) - 1
        place = number & last
        while table[place]:
            if table[place] == number:
                return False
            place = (place + 1) & last
        table[place] = number
        return True

    def _grow(self) -> None:
        numbers = self._table
        self._table = array("Q", bytes(16 * len(numbers)))
        for number in filter(None, numbers):
            self._put(number)


class Keys:
    """The citation keys that are taken, whatever their case."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = _Hashes()
        self._suffixes: dict[str, int] = {}  # how many have been tried behind a stem that was taken
        for key in taken:
            self._taken.add(key.casefold())

    def free(self, stem: str) -> str:
        """The stem of a key as a key that is not taken yet; it is then.

        The first entry of a stem has it as key, so that a key never changes because of an entry that comes later.
        """
        key = stem
        while not self._taken.add(key):
            number = self._suffixes.get(stem, 0)
            self._suffixes[stem] = number + 1
            key = stem + _letters(number)
        return key


def _letters(number: int) -> str:
    """0, 1 … 25, 26 -> a, b … z, aa."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def key_stem(fields: Mapping[str, str], entry_type: str) -> str:
    """The key that an entry has in a list where no other has it; `fields` are values by name."""
    names = parse_names(fields.get("author", "")) or parse_names(fields.get("editor", ""))
    year, first_word = fields.get("year", ""), _first_word(to_text(fields.get("title", "")))
    if not names:
        return f"{first_word}{year}" or entry_type
    name = names[0]
    family = f"{name.particle}{name.family}" if name.family else name.literal.split(" ")[0] or name.given
    return f"{_folded(to_text(family))}{year}{first_word}" or entry_type


def _first_word(title: str) -> str:
    """The first word that is no article."""
    for match in _TOKEN.finditer(title):
        word = _folded(match[0])
        if word and word not in _ARTICLES:
            return word
    return ""


def _folded(text: str) -> str:
    """The letters and digits of `text` in ASCII, lower case."""
    if text.isascii() and text.isalnum():
        return text.lower()
    if not text.isascii():  # accents go without a library
        plain = unicodedata.normalize("NFKD", text.translate(_MARKS))
        text = "".join(char for char in plain if not unicodedata.combining(char))
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return "".join(_WORD.findall(text.lower()))
