"""What the labeller sees of a reference: words, the separators between them, and where each stands.

A reference is read as words (`core`) and the separators between two words (`gap`). Every feature depends on one
word, one gap, one segment (words between two separators with punctuation) or a small context of positions, so that
the weights of each can be summed once and remembered. Training and labelling share this file: a feature that is
computed differently in the two would silently spoil the model.
"""

import re
from collections.abc import Iterator, Mapping
from enum import IntFlag
from functools import lru_cache
from itertools import accumulate

from refkit.parse.places import (
    BREAK,
    CLOSE,
    DIGITS,
    IN,
    INITIAL,
    MARK,
    OPEN,
    QUOTE,
    SLASHES,
    STOP,
    YEAR,
)

_LETTERS = r"\w\u0300-\u036f\u064b-\u0652"
_URL = r"(?:[^\s<>,;]|[,;](?=[^\s(]))+"
_CODE = (
    rf"(?:(?:https?|ftp)://|www\.){_URL}|10\.[0-9]{{4,9}}/{_URL}|"
    r"(?<!\w)[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Z]{2})?/[0-9]{7}"
)
_HYPHENED = rf"(?:(?:--|[-–‐‑—−'’ʼ\u200c])[{_LETTERS}]+)*+"
# Letters are cut off the number they are glued to ("B364" is a journal's section and a volume).
_WORD = (
    r"(?<!\w)[0-9]{4}\.[0-9]{4,5}(?:v[0-9])?(?![0-9])|"
    rf"[^\W0-9_]++(?:(?=[0-9]{{2,}}(?!\w))|[{_LETTERS}]*+{_HYPHENED})|[{_LETTERS}]++{_HYPHENED}"
)
_WORDS = re.compile(f"({_WORD})")
_CODES_AND_WORDS = re.compile(f"({_CODE}|{_WORD})")


def split_words(text: str, most: int = 0) -> list[str]:
    """Separators and words in turn, at most `most` words if given; a link, a DOI, an arXiv number is one word."""
    pattern = _CODES_AND_WORDS if "/" in text or "www." in text else _WORDS
    return pattern.split(text, most)


class Kind(IntFlag):
    """What our own word lists know of a word; one word may be of several kinds."""

    GIVEN = 1
    FAMILY = 2
    PLACE = 4
    PUBLISHER = 8
    JOURNAL = 16
    ORGANISATION = 32
    PROCEEDINGS = 64
    GENRE = 128
    STOP = 256
    MONTH = 512
    ROLE = 1024
    VOLUME = 2048
    ISSUE = 4096
    PAGES = 8192
    EDITION = 16384
    ACCESS = 32768


# The kinds that say something about the words around them, too.
_SEGMENT_KINDS = Kind.PLACE | Kind.PUBLISHER | Kind.JOURNAL | Kind.ORGANISATION | Kind.PROCEEDINGS | Kind.GENRE
_SEGMENT_KINDS |= Kind.STOP | Kind.ROLE | Kind.ACCESS
_KINDS = tuple(map(int, Kind))
NUMBER = 1 << 16  # in a segment's mask: it holds a number
_NAMES = int(Kind.GIVEN | Kind.FAMILY)
_MARKS = int(Kind.ROLE)
SEGMENT_MASK = int(_SEGMENT_KINDS) | NUMBER
_IN_WORDS = frozenset("in dans nel nella nell en em u در кн вкн".split())


HERE = "0:"  # in front of features of the word itself
# The bits of a word's traits: its length (at most 9), the first of two figures, what it is, its script.
_ROMAN, _NAME, _FIGURE, _SCRIPT = 1 << 4, 1 << 5, 6, 10


# One word form: its shape, its mask of `Kind`, its flags (bits of `places`), the word itself, its first and its last
# letters (these may be empty), its traits. The features of shape and kinds (`common_features`) and of the word itself
# are seen by the words around, too; those of the letters (`head_features`, `end_features`) and traits
# (`trait_features`) by this word only.
Core = tuple[str, int, int, str, str, str, int]


_ROMAN_NUMBER = re.compile(r"[IVXLCDM]+\Z")
_DASHES = str.maketrans(dict.fromkeys("–‐‑—−", "-"))
_SPELLING = (
    ("“”„‟«»‹›″", '"'),
    ("‘’‚‛`´", "'"),
    ("–‐‑—−", "-"),
    ("،，、", ","),
    ("؛；", ";"),
    ("。", "."),
    ("：", ":"),
)
_PLAIN = str.maketrans({mark: plain for marks, plain in _SPELLING for mark in marks})
_RUN = re.compile(r"(.)\1+")


def _number_shape(text: str) -> str:
    if len(text) == 4 and text.isascii():
        year = int(text)
        if 1500 <= year <= 2035:
            return "Y2" if year >= 1940 else "Y1"
        return "Y3" if 1300 <= year <= 1420 else "0000"
    if len(text) == 4 and text.isdecimal() and 1300 <= int(text) <= 1420:
        return "Y3"
    return "0" * min(len(text), 5)


def _letters_shape(text: str) -> str:
    if text.islower():
        return "x"
    if text.isupper():
        return ("X", "XX", "XX", "XXX")[min(len(text), 4) - 1]
    if text.istitle() and text.isalpha():
        return "Xx"
    if text[0].isupper() and text[1:].islower():
        return "Xx"
    return "XxX" if text != text.lower() else "o"


def _piece_shape(text: str) -> str:
    if text.isdecimal():
        return _number_shape(text)
    if text.isalpha():
        return _letters_shape(text)
    if text[:1].isdigit():
        return "0a"
    return "a0" if any(map(str.isdigit, text)) else _letters_shape(text)


def shape_of(text: str) -> str:
    """The form of a word: `Xx`, `x`, `XXX`, `Y2` (a year since 1940), `00-000`, `url` …"""
    if text.isalpha():
        return _letters_shape(text)
    if text[4:5] == "." and text[:4].isdecimal():
        return "id"
    if "/" in text or text.startswith("www."):
        return "doi" if text.startswith("10.") else "url" if "://" in text or text.startswith("www.") else "id"
    plain = text if text.isascii() else text.translate(_DASHES)
    if "-" not in plain:
        return _piece_shape(plain)
    pieces = [_piece_shape(piece) for piece in plain.replace("--", "-").split("-") if piece]
    return "-".join(pieces[:3])


def core_of(text: str, kinds: Mapping[str, int]) -> Core:
    """What the features of one word form depend on; `kinds` maps lower-case words to masks of `Kind`."""
    shape = shape_of(text)
    if shape in {"url", "doi", "id"}:
        return shape, NUMBER, DIGITS, "", "", "", 0
    ascii_only = text.isascii()
    word = text.lower() if ascii_only else text.lower().translate(_DASHES)
    mask = kinds.get(word, 0)
    if word[0].isdigit():
        mask |= NUMBER
        traits = int(word[0]) + 1 << _FIGURE if shape == "00" and ascii_only else 0
        return shape, mask, _flags(shape, word, mask), word if len(word) < 3 else "", "", "", traits
    length = len(word)
    traits = length if length < 9 else 9
    if mask & _NAMES and shape != "x":
        traits |= _NAME
    if text[0] in "IVXLCDM" and _ROMAN_NUMBER.match(text):
        traits |= _ROMAN
    if not ascii_only and not word.isascii():
        traits |= (ord(word[0]) >> 7) + 1 << _SCRIPT
    return shape, mask, _flags(shape, word, mask), word, word[:3], word[-3:], traits


def word_features(word: str) -> tuple[str, ...]:
    """The feature of the word itself."""
    return (f"w={word}",) if word else ()


def head_features(head: str) -> tuple[str, ...]:
    """The features of a word's first letters."""
    return (f"p={head}",) if head else ()


def end_features(end: str) -> tuple[str, ...]:
    """The features of a word's last letters."""
    return (f"e={end}", f"f={end[-2:]}") if end else ()


def trait_features(traits: int) -> tuple[str, ...]:
    """The features of a word's traits: length, first figure, Roman number, name, script."""
    found = [f"c={traits & 15}"] if traits & 15 else []
    if figure := traits >> _FIGURE & 15:
        found.append(f"d={figure - 1}")
    if script := traits >> _SCRIPT:
        found.append(f"u={script - 1}")
    if traits & _ROMAN:
        found.append("roman")
    if traits & _NAME:
        found.append("name")
    return tuple(found)


def common_features(shape: str, mask: int) -> tuple[str, ...]:
    """The features of all words of one shape and the same kinds."""
    return (f"s={shape}", *(f"k={kind}" for kind in _KINDS if mask & kind))


def _flags(shape: str, word: str, mask: int) -> int:
    flags = IN if word in _IN_WORDS else 0
    if shape in {"x", "Xx"}:
        return flags | MARK if mask & _MARKS else flags
    if shape[0] == "Y":
        flags |= YEAR | DIGITS
    elif shape[0] == "0":
        flags |= DIGITS
    elif shape in {"X", "XX"}:
        flags |= INITIAL
    return flags | MARK if mask & _MARKS and shape not in {"X", "XX"} else flags


@lru_cache(maxsize=50_000)
def separator_of(text: str) -> str:
    """A separator in one spelling: one kind of quotation mark, dash and blank, no repetitions, cut to six marks."""
    return _RUN.sub(r"\1", " ".join(f".{text[:40]}.".translate(_PLAIN).split())[1:-1])[:6]


_CLASS = {"Xx": "A", "XxX": "A", "XX": "A", "XXX": "A", "X": "X", "x": "a", "o": "o", "Y1": "Y", "Y2": "Y"}


def shape_class(shape: str) -> str:
    """A coarse class of shapes: capitalised, initial, lower case, year, number, other."""
    return _CLASS.get(shape) or ("0" if shape[:1] == "0" else shape[:1])


def mark_features(separator: str) -> tuple[str, ...]:
    """The features of a gap that its separator alone settles."""
    marks = "".join(sorted(set(separator) - {" "}))
    return (f"g={separator}", f"gm={marks}", *(f"m={mark}" for mark in marks))


def gap_features(before: str, separator: str, after: str) -> tuple[str, ...]:
    """Those that the shapes of the words on both sides (empty at the ends) settle with it."""
    left, right = shape_class(before), shape_class(after)
    return (f"gl={before}{separator}", f"gr={separator}{after}", f"g2={left}{separator}{right}")


def far_gap_features(separator: str) -> tuple[str, ...]:
    """What a gap tells the words one further away."""
    return (f"G={separator}",)


@lru_cache(maxsize=50_000)
def effect_of(separator: str) -> int:
    """What a separator (in one spelling) does to the reading, as bits of `places`."""
    effect = 0
    if any(mark in separator for mark in '.,;:()[]"/'):
        effect |= BREAK
    if "(" in separator or "[" in separator:
        effect |= OPEN
    elif ")" in separator or "]" in separator:
        effect |= CLOSE
    if separator.count('"') % 2:
        effect |= QUOTE
    if "." in separator:
        effect |= STOP
    if "//" in separator or separator == " / ":
        effect |= SLASHES
    return effect


def context_features(key: int) -> tuple[str, ...]:
    """The features of a context of `places`."""
    quote, inside, year, stops = key & 7, key >> 3 & 1, key >> 4 & 1, key >> 5
    return (
        "b",
        f"q={quote}",
        f"z={inside}",
        f"y={year}",
        f"t={stops}",
        f"qt={quote}{stops}",
        f"yt={year}{stops}",
        f"qy={quote}{year}",
        f"zy={inside}{year}",
    )


def position_features(key: int) -> tuple[str, ...]:
    """The features of a position of `places`."""
    return (f"i={key >> 5}", f"j={key & 31}")


def hint_features(key: int) -> tuple[str, ...]:
    """The features of a hint of `places`."""
    since, mark, number, year = key >> 10 & 7, key >> 9 & 1, key >> 6 & 7, key >> 5 & 1
    left, ahead, host, later = key >> 3 & 3, key & 7, key >> 14, key >> 13 & 1
    return (
        f"a={since}",
        f"am={since}{mark}{ahead}",
        f"mm={mark}{ahead}",
        f"n={number}{year}",
        f"l={left}",
        f"nl={number}{year}{left}",
        f"an={since}{number}",
        f"o={host}{since}",
        f"on={host}{number}{year}",
        f"y={later}{year}",
        f"yn={later}{number}{left}",
    )


def segment_features(key: int) -> tuple[str, ...]:
    """The features of a segment of `places`."""
    mask, length, following = key >> 8, key >> 2 & 63, key & 3
    found = [f"n={length}", f"nf={length}{following}", f"nx={following}"]
    found += [f"S={kind}" for kind in _KINDS if mask & kind]
    found += [f"SF={kind}{following}" for kind in _KINDS if mask & kind]
    if mask & NUMBER:
        found.append("S0")
    return tuple(found)


def words_of(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every word of a reference."""
    edges = list(accumulate(map(len, split_words(text)), initial=0))
    yield from zip(edges[1:-1:2], edges[2::2], strict=True)
