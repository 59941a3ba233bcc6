"""RK5: titles and venues."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from refkit.model import Bibliography, Entry, Field, Finding, Safety, Severity
from refkit.regex import regex
from refkit.rules import in_field, rule
from refkit.rules.context import Context

_TITLES = ("title", "booktitle", "subtitle", "maintitle")
_VENUES = ("journal", "journaltitle", "booktitle", "series")


@rule("RK501", "capitals-not-protected", Severity.INFO, fix=Safety.UNSAFE, fields=_TITLES, default=False)
def capitals_not_protected(entry: Entry, context: Context) -> Iterator[Finding]:
    """A word that needs its capitals is not in braces.

    Why: styles with sentence case print "dna" and "mcmc".
    Bad: `title = {Sequencing of DNA by hand}`
    Good: `title = {Sequencing of {DNA} by hand}`
    """
    field = entry.field("title")
    if field is None or _is_shouting(field.value):
        return
    plain = _BRACED.sub(lambda match: "\0" * len(match[0]), field.value)
    matches = list(_NEEDS_CAPITALS.finditer(plain))
    if matches:
        edits = [(match.start(), match.end(), f"{{{match[0]}}}") for match in matches]
        words = ", ".join(match[0] for match in matches[:5])
        yield in_field(
            entry, field, "RK501", f"capitals not protected by braces: {words}", *edits, at=matches[0].span()
        )


_BRACED = regex(r"\{(?:[^{}]|\{[^{}]{0,2000}\}){0,4000}\}|\$[^$]{0,2000}\$|\\[A-Za-z]{1,40}")
_NEEDS_CAPITALS = regex(r"(?<![\w{\\-])(?:[A-Z][A-Z0-9]+s?|[a-z]*[a-z][A-Z]\w*|[A-Z]+[a-z]+[A-Z]\w*)(?![\w}])")


@rule(
    "RK502",
    "all-capitals",
    Severity.WARNING,
    fix=Safety.UNSAFE,
    fields=("title", "booktitle", "author", "editor", "journal"),
)
def all_capitals(entry: Entry, context: Context) -> Iterator[Finding]:
    """A title or a name is written in capitals throughout.

    Why: no style can find out which capitals belong; the list shouts.
    Bad: `title = {THE ORIGIN OF THE SPECIES}`
    Good: `title = {The origin of the species}`
    """
    for name in ("title", "booktitle", "journal", "journaltitle"):
        field = entry.field(name)
        if field and _is_shouting(field.value):
            lower = field.value.capitalize() if name == "title" else _headline(field.value)
            edits = [] if "\\" in field.value or "{" in field.value else [(0, len(field.value), lower)]
            yield in_field(entry, field, "RK502", f"{name} in capitals throughout", *edits)
    for name in ("author", "editor"):
        field = entry.field(name)
        if field and "," in field.value and "{" not in field.value:
            matches = [match for match in _SHOUTED_NAME.finditer(field.value) if not _ROMAN.fullmatch(match[1])]
            if matches:
                edits = [(*match.span(1), _headline(match[1])) for match in matches]
                yield in_field(
                    entry, field, "RK502", f"name in capitals: {matches[0][1]}", *edits, at=matches[0].span(1)
                )


_SHOUTED_NAME = regex(r"(?:^|\sand\s{1,9}|\s)([A-ZÀ-ÖØ-Þ]{3,40}(?:[-'’ ][A-ZÀ-ÖØ-Þ]{2,40}){0,3})(?=,\s)")
_ROMAN = regex("[IVX]+")


def _is_shouting(value: str) -> bool:
    if not value.isupper():
        return False
    plain = _BRACED.sub(" ", value)
    words = [word for word in re.findall(r"[^\W\d_]+", plain) if len(word) > 1]
    if len(words) < 2 or sum(map(len, words)) < 12:
        return False
    return len(words) > 4 or not _SMALL.isdisjoint(words) or max(map(len, words)) > 6


_SMALL = frozenset("THE OF AND IN ON FOR TO WITH AN BY FROM DER DIE DAS UND DE LA LES DES DU ET EL Y".split())


def _headline(value: str) -> str:
    return re.sub(
        r"[^\W\d_]+", lambda match: match[0].capitalize() if match[0] not in _SMALL else match[0].lower(), value
    )


@rule("RK503", "trailing-punctuation", Severity.INFO, fix=Safety.SAFE)
def trailing_punctuation(entry: Entry, context: Context) -> Iterator[Finding]:
    """A value ends in a full stop, comma or other punctuation.

    Why: the style sets the punctuation between fields, and prints it twice.
    Bad: `title = {On trees and woods.}`
    Good: `title = {On trees and woods}`
    """
    for field in entry.fields:
        last = field.value[-1:]
        if last == "." and field.name in _NO_STOP:
            if not _STOP_BELONGS.search(field.value):
                yield _trailing(entry, field, last)
        elif last in (",", ";", ":") and last and field.name in _NO_COMMA and not field.value.endswith("\\,"):
            yield _trailing(entry, field, last)


_NO_STOP = frozenset("title booktitle subtitle year volume number pages maintitle chapter".split())
_NO_COMMA = _NO_STOP | frozenset(
    "journal journaltitle publisher address location series edition school institution organization".split()
)
_STOP_BELONGS = regex(
    r"(?:\.\.|\b[^\W\d_]\w{0,2}|\b(?:etc|Proc|Conf|Symp|Intl?|Univ|Corp|Inc|Ltd|Bros|Assoc|Dept|Mass|Calif|[A-Z][b-df-hj-np-tv-z]+)|[!?}…]|\\dots|\.\w+)\.$"
)


def _trailing(entry: Entry, field: Field, sign: str) -> Finding:
    end = len(field.value)
    start = len(field.value[:-1].rstrip())
    return in_field(entry, field, "RK503", f"“{sign}” at the end of {field.name}", (start, end, ""), at=(end - 1, end))


@rule("RK504", "title-repeats", Severity.WARNING, fix=Safety.UNSAFE, fields=("title",))
def title_repeats(entry: Entry, context: Context) -> Iterator[Finding]:
    """The title repeats itself, or holds the venue or the subtitle as well.

    Why: the list prints the same words twice.
    Bad: `title = {On the growth of trees. On the growth of trees}`
    Good: `title = {On the growth of trees}`
    """
    field = entry.field("title")
    if field is None or len(field.value) < 20:
        return
    value = field.value
    match = _TWICE.fullmatch(value.strip())
    if match:
        yield in_field(entry, field, "RK504", "the title repeats itself", (0, len(value), match[1]))
        return
    for name in ("journal", "journaltitle", "booktitle", "subtitle"):
        held = entry.get(name).strip()
        tail = re.search(r"[.,:;]\s+(?:in[:\s]\s*)?$", value[: len(value) - len(held)], re.IGNORECASE) if held else None
        if len(held) > 9 and tail and value.lower().endswith(held.lower()):
            yield in_field(
                entry,
                field,
                "RK504",
                f"the title holds the {name} as well",
                (tail.start(), len(value), ""),
                at=(tail.end(), len(value)),
            )
            return


_TWICE = regex(r"(.{8,400}?)[.:;–—-]{0,2}\s+\1[.]?", re.IGNORECASE)


@rule("RK506", "venue-spelt-differently", Severity.INFO)
def venue_spelt_differently(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """One journal or series is spelt in several ways in the file, or both in full and abbreviated.

    Why: the list looks careless, and counts by journal come out wrong.
    Bad: `@article{a, journal = {Journal of Applied Physics}} @article{b, journal = {J. Appl. Phys.}}`
    Good: `@article{a, journal = {Journal of Applied Physics}} @article{b, journal = {Journal of Applied Physics}}`
    """
    for name in ("journal", "journaltitle", "series", "booktitle"):
        used = [(entry, field) for entry in bibliography.entries if (field := entry.field(name)) and field.value]
        spellings = Counter(field.value for _, field in used)
        usual = _usual(spellings)
        for entry, field in used:
            best = usual.get(field.value)
            if best:
                yield in_field(entry, field, "RK506", f"elsewhere in the file this is spelt “{best}”")


def _usual(spellings: Counter[str]) -> dict[str, str]:
    """Each spelling that is not the usual one of its venue, with the usual one."""
    folded: dict[str, list[str]] = {}
    for spelling in spellings:
        folded.setdefault(_folded(spelling), []).append(spelling)
    usual: dict[str, str] = {}
    leaders: dict[str, list[str]] = {}
    for same in folded.values():
        best = max(same, key=lambda item: (spellings[item], item))
        usual.update((other, best) for other in same if other != best)
        words = _words(best)
        leaders.setdefault("".join(word[0] for word in words), []).append(best)
    for group in leaders.values():
        usual.update(_abbreviations(group[:50], spellings))
    return usual


def _abbreviations(group: list[str], spellings: Counter[str]) -> Iterator[tuple[str, str]]:
    for short in group:
        for long in group:
            if short != long and "." in short and _abbreviates(short, long):
                few, many = sorted((short, long), key=lambda item: (spellings[item], item == long))
                yield few, many
                break


def _abbreviates(short: str, long: str) -> bool:
    shorter, longer = _words(short), _words(long)
    if len(shorter) != len(longer) or len(shorter) < 2:
        return False
    pairs = list(zip(shorter, longer, strict=True))
    return any(a != b for a, b in pairs) and all(_is_short_for(a, b) for a, b in pairs)


def _is_short_for(short: str, long: str) -> bool:
    """`phys` for physics, `natl` for national: the first letters, or all letters in order."""
    if long.startswith(short):
        return True
    letters = iter(long)
    return len(short) > 2 and short[:2] == long[:2] and all(letter in letters for letter in short)


_SMALL_WORDS = frozenset("of the and for in on de la des der für und del di et a an".split())


@lru_cache(maxsize=1 << 14)
def _words(value: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"[^\W_]+", value.lower()) if word not in _SMALL_WORDS)


def _folded(value: str) -> str:
    plain = unicodedata.normalize("NFKC", value).replace("\\&", "and").replace("&", "and").lower()
    return "".join(re.findall(r"[^\W_]+", plain.removeprefix("the ")))
