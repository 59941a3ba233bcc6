"""Sort keys for text: accents and case do not matter, punctuation is skipped, numbers count as numbers."""

import re
import unicodedata
from functools import lru_cache

_PERSIAN = "ءآاأإبپتثجچحخدذرزژسشصضطظعغفقکگلمنوؤهیئ"
_ARABIC = "ءآاأإبپتةثجچحخدذرزژسشصضطظعغفقکگلمنهوؤیئ"
_LETTERS: dict[str, str | int | None] = {
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "\u200c": " ", "\u0640": None,
}  # fmt: skip
_FOLD = str.maketrans(_LETTERS)
_NORDIC = {"å": "zа", "ä": "zб", "ö": "zв", "æ": "zб", "ø": "zв"}
_DANISH = {"æ": "zа", "ä": "zа", "ø": "zб", "ö": "zб", "å": "zв"}
_TAILORED = {"sv": _NORDIC, "fi": _NORDIC, "da": _DANISH, "nb": _DANISH, "nn": _DANISH, "no": _DANISH}
_DIGITS = re.compile("[0-9]+")
_SKIP = re.compile(r"[^\w\s]|_")
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=8)
def _alphabet(language: str) -> dict[int, str]:
    """Letters of the Arabic script -> letters, not skipped as punctuation, whose code points keep the language's order.

    In a list in such a language its own script comes first (CLDR, "reorder Arab"), else between Hebrew and Chinese.
    """
    letters = _PERSIAN if language == "fa" else _ARABIC
    first = "A" if language in ("fa", "ar", "ur", "ps", "ckb") else ""  # before all small letters
    return {ord(letter): f"{first}{chr(0x13A0 + index)}" for index, letter in enumerate(letters)}


@lru_cache(maxsize=65536)
def collation_key(text: str, language: str = "en") -> str:
    """A string whose order by code points is the order of the text in that language."""
    text = text.lower() if text.isascii() else _folded(text, language[:2])
    text = _SKIP.sub("", text)
    text = _DIGITS.sub(lambda match: f"{int(match[0][:30]):030d}", text) if _DIGITS.search(text) else text
    return _BLANKS.sub(" ", text).strip()


def _folded(text: str, language: str) -> str:
    text = unicodedata.normalize("NFC", text).lower()
    for letter, key in _TAILORED.get(language, {}).items():
        text = text.replace(letter, key)
    text = text.casefold().translate(_FOLD).translate(_alphabet(language))
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return "".join(str(unicodedata.digit(letter, letter)) for letter in bare)
