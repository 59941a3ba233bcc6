"""How much two titles are alike, whatever the style they are printed in. Pure.

A title has several true forms: with and without its subtitle, in two languages, with a chapter number or a notice in
front. All forms of one side are compared with all of the other; the best pair counts, under a guard for numerals.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from refkit.verify.fold import fold, is_latin, plain, skeleton

# Above SAME two titles are one title; the cap keeps titles that differ in a numeral below it.
SAME = 0.85
NUMERAL_CAP = 0.80
CUT = 0.80  # one side breaks off in the middle: the work only if everything else agrees
HEAD = 0.95  # one side is the other without its subtitle
_HEAD_WORDS = 4  # a shorter head ("Ecology") may be anybody's title
_SHORT_HEAD = 0.86
_MAX_FORMS = 8
_WORTH_A_LOOK = 0.5
_LIKE_WORD = 70  # per cent of letters: a misprint, an inflection, another spelling
_SMALL = frozenset(
    "and the for with from into over under upon its their this that between among und der die das".split()
)
_MIN_BONES = 8  # consonants; fewer agree by chance
_MAX_DEPTH = 4
_MAX_TITLE = 2000
_MAX_FOLDED = 600

# «:» ends a head everywhere; «.», «?», «!» and dashes only before a blank
_SUBTITLE = re.compile(r"\s*(?::|[.?!؟;](?=\s)|\s[-‐–—―]{1,3}(?=\s)|—|–(?=\s))\s*")
_PARALLEL = re.compile(r"\s(?:=|/|\|)\s|\s*[\[\]]\s*")
_LEADING_NUMBER = re.compile(
    r"^\s*(?:(?:chapter|kapitel|chapitre|cap[ií]tulo|فصل|глава)\s*)?[0-9]{1,3}\s*[.:)]\s+(?=\S)", re.IGNORECASE
)
_TRAILING_NOTE = re.compile(r"\s*(?:[*†‡§¶]+|\.{3}|…)\s*$")
RETRACTED = re.compile(
    r"^\W*(?P<kind>retracted|withdrawn|removed|temporary removal)\b(?:\s+(?:article|paper|chapter|publication))?\s*"
    r"[:\]\-‐–—.]+\s*",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"^\W*(?:(?:author|publisher|editorial|partial|notice\s+of)['’]?s?\s+)?"
    r"(?:retraction|correction|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a)|withdrawal|removal|"
    r"(?:editorial\s+)?expression\s+of\s+concern)\b"
    r"(?:\s+(?:notice|note|statement))?\s*(?:(?:to|for|of|on|regarding)\b|[:\-‐–—.]|$)\s*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^\W*(?:(?:invited\s+)?(?:commentary|comment|comments|reply|response|rejoinder|rebuttal|discussion|review)\s+"
    r"(?:on|to|of|for|by)\b|(?:book\s+)?review\s*[:\-–—]|re\s*:|(?:peer\s+)?review\s+(?:for|of)\b)\s*",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"^(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_COUNTED = frozenset(
    "part parts volume vol no number chapter phase type series section book study paper stage level version "
    "teil band partie parte tome tom часть том جلد بخش قسمت".split()
)
_NUMBER_WORDS = {
    word: str(number)
    for number, words in enumerate(
        ("one first", "two second", "three third", "four fourth", "five fifth", "six sixth", "seven", "eight"), 1
    )
    for word in words.split()
}


class Numerals(Enum):
    """How the numbers in two titles stand to each other."""

    SAME = auto()
    MISSING = auto()  # one title has a number more
    CONFLICT = auto()  # each has a number the other has not: Part I and Part II


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two titles are: `score` from 0 to 1, and `words` of the shorter title.

    `about`: only one of them is a notice, a review or a reply. `cut`: one is the beginning of the other.
    `replaced`: how many words of each stand where the other has quite different ones ("leptin", "adiponectin").
    """

    score: float
    numerals: Numerals = Numerals.SAME
    about: bool = False
    words: int = 0
    cut: bool = False
    replaced: int = 0


def compare(mine: Sequence[str], theirs: Sequence[str]) -> Likeness:
    """The likeness of the best pair of forms of two titles; each side may have several titles."""
    pairs = (_compare(left[:_MAX_TITLE], right[:_MAX_TITLE]) for left in mine for right in theirs)
    return max(pairs, key=_rank, default=Likeness(0.0))


def _rank(likeness: Likeness) -> tuple[float, bool, bool]:
    return (likeness.score, not likeness.about, likeness.numerals is Numerals.SAME)


@lru_cache(maxsize=4096)
def _compare(left: str, right: str) -> Likeness:
    about = _depth(left) != _depth(right)
    whole = best = _likeness(forms(left)[0], forms(right)[0], about)
    if best.numerals is Numerals.CONFLICT and best.score >= NUMERAL_CAP:
        return best  # Part I and Part II, whatever their halves have in common
    for mine in forms(left):
        for theirs in forms(right):
            best = max(best, _likeness(mine, theirs, about), key=_rank)
    head = _head_score(left, right)
    return Likeness(head, whole.numerals, about, best.words, True) if head > best.score else best


def _likeness(mine: str, theirs: str, about: bool) -> Likeness:
    score, relation = _pair(mine, theirs)
    words = min(len(mine.split()), len(theirs.split()))
    replaced = _replaced(mine, theirs) if _WORTH_A_LOOK <= score < 1.0 and is_latin(mine) == is_latin(theirs) else 0
    # the common end of two titles ("… : a systematic review and meta-analysis") must not make them one
    score = min(score, NUMERAL_CAP) if replaced else score
    is_cut = _is_cut(mine, theirs)
    return Likeness(max(score, CUT) if is_cut else score, relation, about, words, is_cut, replaced)


def _replaced(mine: str, theirs: str) -> int:
    return min(_strange_words(mine, theirs), _strange_words(theirs, mine))


def _strange_words(mine: str, theirs: str) -> int:
    """How many weighty words of one title have no likeness in the other."""
    from rapidfuzz import fuzz, process

    letters, others = theirs.replace(" ", ""), theirs.split()
    words = {word for word in mine.split() if len(word) >= 3 and word not in _SMALL and word not in letters}
    return sum(process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=_LIKE_WORD) is None for word in words)


def _depth(title: str) -> int:
    """How many times a title says that it is about another work: a notice, a review, a reply, a reply to a reply."""
    return max(_depth_of(part) for part in _PARALLEL.split(plain(title)))


def _depth_of(text: str) -> int:
    for depth in range(_MAX_DEPTH):
        found = NOTICE.match(text) or _ABOUT.match(text)
        if found is None or found.end() == len(text):
            return depth + (found is not None)
        text = text[found.end() :]
    return _MAX_DEPTH


def _is_cut(mine: str, theirs: str) -> bool:
    short, long = sorted((mine, theirs), key=len)
    return len(short.split()) >= _HEAD_WORDS and long.startswith(f"{short} ")


@lru_cache(maxsize=4096)
def forms(title: str) -> tuple[str, ...]:
    """The folded forms of a title, the full one first; parallel titles in two languages are forms of their own."""
    text = _bare(title)
    found = [fold(text)[:_MAX_FOLDED]]
    parts = [fold(_LEADING_NUMBER.sub("", part))[:_MAX_FOLDED] for part in _PARALLEL.split(text)]
    if len(parts) > 1:
        found += [part for part in parts if len(part.split()) >= 3 or not is_latin(part)]
        found.append(parts[0])
    if mixed := _by_script(text):
        found += [fold(part)[:_MAX_FOLDED] for part in mixed]
    return tuple(dict.fromkeys(form for form in found if form))[:_MAX_FORMS] or ("",)


def _bare(title: str) -> str:
    """The title without number, retraction mark or footnote mark around it."""
    text = RETRACTED.sub("", plain(title))
    return _TRAILING_NOTE.sub("", _LEADING_NUMBER.sub("", text)).strip()


def _by_script(text: str) -> tuple[str, str] | None:
    """Latin words and the other words of a title printed in two scripts, when both are many."""
    if text.isascii():
        return None
    latin: list[str] = []
    other: list[str] = []
    for word in text.split():
        (latin if is_latin(word) else other).append(word)
    return (" ".join(latin), " ".join(other)) if len(latin) >= 3 and len(other) >= 3 else None


def _pair(mine: str, theirs: str) -> tuple[float, Numerals]:
    if not mine or not theirs:
        return 0.0, Numerals.SAME
    if mine == theirs:
        return 1.0, Numerals.SAME
    relation = _compare_numerals(Counter(numerals(mine)), Counter(numerals(theirs)))
    score = ratio(mine, theirs) if is_latin(mine) == is_latin(theirs) else _ratio_across_scripts(mine, theirs)
    return (score if relation is Numerals.SAME else min(score, NUMERAL_CAP)), relation


def _compare_numerals(mine: Counter[str], theirs: Counter[str]) -> Numerals:
    if mine == theirs:
        return Numerals.SAME
    return Numerals.CONFLICT if mine - theirs and theirs - mine else Numerals.MISSING


def ratio(mine: str, theirs: str) -> float:
    """Likeness of two folded texts: the better of words in any order and letters without blanks."""
    from rapidfuzz import fuzz

    words = fuzz.token_sort_ratio(mine, theirs)
    letters = fuzz.ratio(mine.replace(" ", ""), theirs.replace(" ", ""))
    return float(max(words, letters)) / 100


def _ratio_across_scripts(mine: str, theirs: str) -> float:
    """Likeness of a title and its romanisation, by the consonants; a translation has none."""
    from rapidfuzz import fuzz

    bones, others = skeleton(mine), skeleton(theirs)
    return min(HEAD, float(fuzz.ratio(bones, others)) / 100) if min(len(bones), len(others)) >= _MIN_BONES else 0.0


@lru_cache(maxsize=4096)
def numerals(folded: str) -> tuple[str, ...]:
    """The numbers of a folded title, sorted: figures, and Roman or spelt-out numbers where something is counted."""
    words = folded.split()
    found = re.findall("[0-9]+", folded)
    for index, word in enumerate(words):
        counted = index > 0 and words[index - 1] in _COUNTED
        if _ROMAN.match(word) and word != "i" and (counted or len(word) > 1 or index == len(words) - 1):
            found.append(_arabic(word))
        elif word == "i" and (counted or index == len(words) - 1):
            found.append("1")
        elif counted and word in _NUMBER_WORDS:
            found.append(_NUMBER_WORDS[word])
    return tuple(sorted(number.lstrip("0") or "0" for number in found))


def _arabic(roman: str) -> str:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[letter] for letter in roman]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < following else value for value, following in pairs))


def _head_score(left: str, right: str) -> float:
    """The score when one title is the other without its subtitle, else 0."""
    mine, theirs = fold(_bare(left)), fold(_bare(right))
    scores = [_is_head(mine, head) for head in heads(right)] + [_is_head(theirs, head) for head in heads(left)]
    return max(scores, default=0.0)


def _is_head(whole: str, head: str) -> float:
    if not head or (whole != head and whole.replace(" ", "") != head.replace(" ", "")):
        return 0.0
    return HEAD if len(head.split()) >= _HEAD_WORDS else _SHORT_HEAD


def heads(title: str) -> Iterable[str]:
    """The folded beginnings of a title up to each place where a subtitle may begin."""
    text = _bare(title)
    return list(_heads(text))


def _heads(text: str) -> Iterator[str]:
    for match in list(_SUBTITLE.finditer(text))[:6]:
        head = fold(text[: match.start()])
        if head:
            yield head
