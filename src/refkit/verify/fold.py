"""Text folded for comparison: what two ways of writing the same words have in common.

Letters of no script are ever dropped: a Persian or Cyrillic title stays comparable with itself.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape

from refkit.dates import ascii_digits
from refkit.latex import to_text

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_LATEX_MARK = re.compile(r"[\\{}$]")
_LETTERS = dict(pair.split() for pair in "ß ss|æ ae|œ oe|ø o|ł l|đ d|ð d|ı i|þ th|ŋ ng".split("|"))
# Persian and Arabic: one form of yeh, kaf, heh and alef
_ARABIC = dict(pair.split() for pair in "ي ی|ى ی|ئ ی|ك ک|ة ه|ۀ ه|أ ا|إ ا|ٱ ا|آ ا|ؤ و".split("|"))
_DROPPED = "'’‘ʼʻʹ`´ʿʾ′ˈ\u0640\u200d\u00ad\ufeff"
_SPECIAL = str.maketrans(
    _LETTERS | _ARABIC | dict.fromkeys(_DROPPED, "") | {"\u200c": " ", "&": " and ", "∞": " infinity "}
)
_GREEK = {
    chr(code): f" {name} "
    for code, name in zip(
        [*range(0x3B1, 0x3C2), *range(0x3C3, 0x3CA)],
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
        "sigma tau upsilon phi chi psi omega".split(),
        strict=True,
    )
}
_GREEK_TABLE = str.maketrans({**_GREEK, "ς": " sigma ", "µ": " mu ", "ϕ": " phi ", "ϵ": " epsilon "})
_NOT_WORD = re.compile(r"[\W_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def plain(text: str) -> str:
    """`text` without markup: tags dropped and their content kept, TeX and entities (also encoded twice) decoded."""
    for _ in range(2):
        if "&" in text:
            text = unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return to_text(text) if "\\" in text else text


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower-case words of `text` separated by single blanks; marks, case, punctuation and markup gone."""
    text = _LATEX_MARK.sub("", plain(text))
    if not text.isascii():
        text = ascii_digits(unicodedata.normalize("NFKC", text))
        text = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
        text = "".join(character for character in text if unicodedata.category(character) != "Mn")
        greek = sum("\u0370" <= character <= "\u03ff" for character in text)
        if greek * 5 <= len(text):
            text = text.translate(_GREEK_TABLE)
    else:
        text = text.lower().replace("'", "").replace("`", "").replace("&", " and ")
    return " ".join(_NOT_WORD.sub(" ", text).split())


def compact(text: str) -> str:
    """The folded text without blanks, so that `on-line` and `online` are one word."""
    return fold(text).replace(" ", "")


def with_umlauts(text: str) -> str:
    """`text` with ä, ö, ü, å written out, as German and Scandinavian names often are."""
    return unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)


@lru_cache(maxsize=4096)
def is_latin(text: str) -> bool:
    """Whether most letters are Latin; true when there are none."""
    letters = [character for character in text if character.isalpha()]
    return sum(character < "\u0250" or "\u1e00" <= character <= "\u1eff" for character in letters) * 2 >= len(letters)


@lru_cache(maxsize=4096)
def has_alphabet(text: str) -> bool:
    """Whether the letters are those of an alphabet (Latin to Arabic), not syllables or ideographs."""
    return all(character < "\u0800" or "\u1e00" <= character <= "\u1fff" for character in text if character.isalpha())


# The many ways one sound is written in Latin letters; longer first
_ROMANISED = (
    *(("shch", "s"), ("tsch", "s"), ("sch", "s"), ("tch", "s"), ("kh", "k"), ("gh", "g"), ("zh", "s"), ("sh", "s")),
    *(("ch", "s"), ("ph", "f"), ("th", "t"), ("dj", "g"), ("ck", "k"), ("ts", "s"), ("tz", "s"), ("x", "ks")),
    *(("q", "g"), ("c", "s"), ("z", "s"), ("j", "g")),
)
_VOWELS = re.compile("[^a-z]|[aeiouvwyh]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """The consonants of `text` in Latin letters: what a name keeps through romanisation (حسینی, Hosseini -> sn)."""
    from anyascii import anyascii

    latin = anyascii(fold(text)).lower()
    for letters, one in _ROMANISED:
        latin = latin.replace(letters, one)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", latin))
