"""What the labeller sees of a reference: words, the separators between them, and where each stands.

A reference is read as words (`core`) and the separators between two words (`gap`). Every feature depends on one
word, one gap, one segment (words between two separators with punctuation) or a small context of positions, so that
the weights of each can be summed once and remembered. Training and labelling share this file: a feature that is
computed differently in the two would silently spoil the model.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache

_LETTERS = r"\w\u0300-\u036f\u064b-\u0652"
_URL = r"(?:[^\s<>,;]|[,;](?=[^\s(]))+"
CORE = re.compile(
    rf"(?:(?:https?|ftp)://|www\.){_URL}|10\.[0-9]{{4,9}}/{_URL}"
    rf"|[a-z]{{2,8}}(?:-[a-z]{{2,4}})?/[0-9]{{7}}"
    rf"|[{_LETTERS}]++(?:(?:--|[-–‐‑—−'’ʼ\u200c])[{_LETTERS}]+)*+"
)


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
_KINDS = tuple(Kind)
NUMBER = 1 << 16  # in a segment's mask: it holds a number


@dataclass(frozen=True, slots=True)
class Core:
    """One word form: its shape, its kinds as a bit mask, and the features it gives to itself and to its neighbours."""

    shape: str
    mask: int
    own: tuple[str, ...]
    near: tuple[str, ...]


_ROMAN = re.compile(r"[IVXLCDM]+\Z")
_DASHES = str.maketrans(dict.fromkeys("–‐‑—−", "-"))
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›″", '"') | dict.fromkeys("‘’‚‛`´", "'") | dict.fromkeys("–‐‑—−", "-"))
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
    if "/" in text or text.startswith("www."):
        return "doi" if text.startswith("10.") else "url" if "." in text else "id"
    plain = text.translate(_DASHES)
    if "-" not in plain:
        return _piece_shape(plain)
    pieces = [_piece_shape(piece) for piece in plain.replace("--", "-").split("-") if piece]
    return "-".join(pieces[:3])


def core_of(text: str, kinds: Mapping[str, int]) -> Core:
    """The features of one word form; `kinds` maps lower-case words to masks of `Kind`."""
    shape = shape_of(text)
    if shape in {"url", "doi", "id"}:
        return Core(shape, NUMBER, (f"s={shape}",), (f"s={shape}",))
    word = text.lower().translate(_DASHES)
    digits = word[0].isdigit()
    mask = kinds.get(word, 0)
    near = [f"s={shape}"]
    if digits:
        mask |= NUMBER
        if len(word) < 3:
            near.append(f"w={word}")
    else:
        near.append(f"w={word}")
    near += [f"k={kind.value}" for kind in _KINDS if mask & kind]
    own = list(near)
    if not digits:
        own += (f"p={word[:3]}", f"e={word[-3:]}", f"f={word[-2:]}", f"c={min(len(word), 9)}")
        if _ROMAN.match(text):
            own.append("roman")
        if not word.isascii():
            own.append(f"u={ord(word[0]) >> 7}")
        if mask & (Kind.GIVEN | Kind.FAMILY) and shape != "x":
            own.append("name")
    elif shape == "00":
        own.append(f"d={word[0]}")
    return Core(shape, mask, tuple(own), tuple(near))


@lru_cache(maxsize=50_000)
def separator_of(text: str) -> str:
    """A separator in one spelling: one kind of quotation mark, dash and blank, no repetitions, cut to six marks."""
    return _RUN.sub(r"\1", " ".join(f".{text}.".translate(_QUOTES).split())[1:-1])[:6]


_CLASS = {"Xx": "A", "XxX": "A", "XX": "A", "XXX": "A", "X": "X", "x": "a", "o": "o", "Y1": "Y", "Y2": "Y"}


def shape_class(shape: str) -> str:
    """A coarse class of shapes: capitalised, initial, lower case, year, number, other."""
    return _CLASS.get(shape) or ("0" if shape[:1] == "0" else shape[:1])


def gap_features(before: str, separator: str, after: str) -> tuple[str, ...]:
    """The features of one gap: the separator and the shapes of the words on both sides (empty at the ends)."""
    left, right = shape_class(before), shape_class(after)
    marks = "".join(sorted(set(separator) - {" "}))
    found = [f"g={separator}", f"gl={before}{separator}", f"gr={separator}{after}", f"g2={left}{separator}{right}"]
    found.append(f"gm={marks}")
    found += [f"m={mark}" for mark in marks]
    return tuple(found)


def far_gap_features(separator: str) -> tuple[str, ...]:
    """What a gap tells the words one further away."""
    return (f"G={separator}",)


_BUCKETS = (0, 1, 2, 3, 4, 5, 5, 7, 7, 7, *([10] * 5), *([15] * 10), 25)


def bucket(count: int) -> int:
    """A count in coarse steps."""
    return _BUCKETS[count] if count < 25 else 25


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the words of a reference stand: one context and one segment key per word."""

    contexts: list[int]
    segments: list[int]


# A separator's effect on the state, worked out once per spelling.
_BREAK, _OPEN, _CLOSE, _QUOTE, _STOP = 1, 2, 4, 8, 16


@lru_cache(maxsize=50_000)
def _effect(separator: str) -> int:
    effect = 0
    if any(mark in separator for mark in '.,;:()[]"/'):
        effect |= _BREAK
    if "(" in separator or "[" in separator:
        effect |= _OPEN
    elif ")" in separator or "]" in separator:
        effect |= _CLOSE
    if separator.count('"') % 2:
        effect |= _QUOTE
    if "." in separator:
        effect |= _STOP
    return effect


def layout(shapes: list[str], masks: list[int], gaps: list[str]) -> Layout:
    """Contexts and segments of a reference with `len(shapes)` words and one more gaps (before, between, after)."""
    effects = [_effect(gap) for gap in gaps]
    return Layout(_contexts(shapes, effects), _segments(shapes, masks, effects))


def _contexts(shapes: list[str], effects: list[int]) -> list[int]:
    count = len(shapes)
    quoted = sum(1 for effect in effects if effect & _QUOTE) >= 2
    inside_quote = quote_done = inside = year = 0
    stops = 0
    found = []
    for index, shape in enumerate(shapes):
        effect = effects[index]
        if effect & _QUOTE:
            quote_done |= inside_quote
            inside_quote ^= 1
        if effect & _OPEN:
            inside = 1
        elif effect & _CLOSE:
            inside = 0
        if effect & _STOP and index and stops < 3 and shapes[index - 1] not in {"X", "XX"}:
            stops += 1
        state = (quoted + inside_quote * 2 + quote_done * 4) | inside << 3 | year << 4 | stops << 5
        found.append(state << 10 | bucket(index) << 5 | bucket(count - 1 - index))
        if shape[0] == "Y":
            year = 1
    return found


def _segments(shapes: list[str], masks: list[int], effects: list[int]) -> list[int]:
    count = len(shapes)
    found = [0] * count
    end = count
    following = 0  # 0 nothing, 1 a number, 2 a year, 3 a word
    mask = masks[-1] if masks else 0
    for index in range(count - 1, -1, -1):
        if effects[index] & _BREAK or index == 0:
            key = (mask & int(_SEGMENT_KINDS | NUMBER)) << 8 | min(end - index, 7) << 2 | following
            found[index:end] = [key] * (end - index)
            end = index
            shape = shapes[index]
            following = 2 if shape[0] == "Y" else 1 if shape[0] == "0" else 3
            mask = masks[index - 1]
        else:
            mask |= masks[index - 1]
    return found


def context_features(key: int) -> tuple[str, ...]:
    """The features of a context key of `layout`."""
    state, first, last = key >> 10, key >> 5 & 31, key & 31
    quote, inside, year, stops = state & 7, state >> 3 & 1, state >> 4 & 1, state >> 5
    return (
        "b",
        f"i={first}",
        f"j={last}",
        f"q={quote}",
        f"z={inside}",
        f"y={year}",
        f"t={stops}",
        f"qt={quote}{stops}",
        f"yt={year}{stops}",
        f"qy={quote}{year}",
        f"zi={inside}{first}",
        f"zy={inside}{year}",
    )


def segment_features(key: int) -> tuple[str, ...]:
    """The features of a segment key of `layout`."""
    mask, length, following = key >> 8, key >> 2 & 63, key & 3
    found = [f"n={length}", f"nf={length}{following}", f"nx={following}"]
    found += [f"S={kind.value}" for kind in _KINDS if mask & kind]
    found += [f"SF={kind.value}{following}" for kind in _KINDS if mask & kind]
    if mask & NUMBER:
        found.append("S0")
    return tuple(found)


def words_of(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every word of a reference."""
    for match in CORE.finditer(text):
        yield match.span()


@dataclass(frozen=True, slots=True)
class Words:
    """One reference as the labeller reads it: `len(cores)` words, one more gaps, contexts and segments per word."""

    spans: list[tuple[int, int]]
    cores: list[Core]
    gaps: list[tuple[str, str, str]]
    layout: Layout


def read_words(text: str, known: dict[str, Core], kinds: Mapping[str, int]) -> Words:
    """Reads a reference; `known` remembers word forms between calls."""
    spans = list(words_of(text))
    cores = []
    for start, end in spans:
        form = text[start:end]
        core = known.get(form)
        if core is None:
            core = known[form] = core_of(form, kinds)
        cores.append(core)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    gaps = [separator_of(text[edges[i] : edges[i + 1]]) for i in range(0, len(edges), 2)]
    shapes = [core.shape for core in cores]
    masks = [core.mask for core in cores]
    return Words(spans, cores, list(zip(["", *shapes], gaps, [*shapes, ""], strict=True)), layout(shapes, masks, gaps))
