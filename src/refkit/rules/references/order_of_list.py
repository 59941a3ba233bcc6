"""The order of a list, works that only a letter would tell apart, and references in another style."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from refkit.model import Finding, ParsedReference, ReferenceList, Safety, Severity
from refkit.rules import check, in_reference, rule
from refkit.rules.references.heads import is_given
from refkit.rules.references.list_context import ListContext

_PARTICLES = (
    "de la ",
    "von der ",
    "van der ",
    "van den ",
    "de ",
    "von ",
    "van ",
    "al-",
    "el-",
    "al ",
    "the ",
    "a ",
    "an ",
    "ibn ",
    "bin ",
)
_BARE_YEAR = re.compile(r"(?:\.\s|,\s)(?P<year>(?:19|20)[0-9]{2})[a-z]?\.(?=\s|$)")
_PLACE_YEAR = re.compile(r"\([^()]{2,60}:\s[^()]{2,60},\s(?:19|20)[0-9]{2}\)")
_VOLUME_ISSUE = re.compile(r"(?<=[\s,])[0-9]{1,4}\s?\([0-9]{1,4}(?:[-–/][0-9]{1,4})?\)(?=\s?[:,])")


@rule("RK833", "list-out-of-order", Severity.WARNING, fix=Safety.UNSAFE)
def list_order(references: ReferenceList, context: ListContext) -> Iterator[Finding]:
    """A reference does not stand where the alphabet wants it.

    Why: readers look for an author in alphabetical order and think the work is not there.
    Bad: `Waltz, Kenneth (1979), Theory of International Politics, Reading: Addison-Wesley.` before `Abdi`.
    Good: `Waltz, Kenneth (1979), Theory of International Politics, Reading: Addison-Wesley.` at the end.
    """
    for parsed, previous, swapped in _displaced(references, context):
        if not swapped:
            head = _start_of(parsed)
            where = f"“{head}” after “{_start_of(previous)}”" if previous else f"“{head}”"
            message = f"Entry is out of alphabetical order: {where}."
            yield in_reference(parsed, "RK833", 0, max(1, len(head)), message)


@check("RK203")
def swapped_by_order(references: ReferenceList, context: ListContext) -> Iterator[Finding]:
    """A reference that stands where its first author's given name sorts: the two names are swapped."""
    for parsed, _, swapped in _displaced(references, context):
        person = context.head(parsed).people[0] if swapped else None
        if person and person.form == "inverted" and not is_given(person.given) and " " not in person.given:
            message = f"Given and family name seem swapped: “{parsed.reference.text[person.start : person.end]}”."
            edit = (person.start, person.end, f"{person.given}, {person.family}")
            yield in_reference(parsed, "RK203", person.start, person.end, message, edit, safety=Safety.UNSAFE)


def _start_of(parsed: ParsedReference) -> str:
    return parsed.reference.text.split(" (")[0][:60].rstrip(" ,")


def _displaced(
    references: ReferenceList, context: ListContext
) -> Iterator[tuple[ParsedReference, ParsedReference | None, bool]]:
    """The references out of order, what stands before each, and whether it fits with its author's names swapped."""
    listed = [parsed for parsed in references.references if _is_sortable(parsed, context)]
    by_letter = [sort_key(parsed, context) for parsed in listed]
    by_word = [_words_first(parsed.reference.text, key) for parsed, key in zip(listed, by_letter, strict=True)]
    keys, kept = max(((keys, _longest_order(keys)) for keys in (by_letter, by_word)), key=lambda pair: len(pair[1]))
    if len(keys) < 5 or len(kept) < 0.8 * len(keys):
        return
    inside = set(kept)
    for index, parsed in enumerate(listed):
        if index in inside:
            continue
        place = bisect_left(kept, index)
        before = keys[kept[place - 1]] if place else ""
        after = keys[kept[place]] if place < len(kept) else "\uffff"
        people = context.head(parsed).people[:1]
        swapped = [fold(word) for person in people for word in (*person.given.split()[-1:], person.family)]
        if not any(before <= other <= after for other in _other_keys(parsed.reference.text, keys[index])):
            fits = any(before <= other <= after for other in swapped)
            yield parsed, listed[index - 1] if index else None, fits


def _is_sortable(parsed: ParsedReference, context: ListContext) -> bool:
    """Entries that begin with a quoted title or in another script often stand in a group of their own."""
    text = parsed.reference.text
    first = text[:1]
    if not first.isalpha() or parsed.reference.author or context.behind_another(parsed):
        return False
    return context.habits.script != "LATIN" or first.casefold() < "ɐ"


def sort_key(parsed: ParsedReference, context: ListContext) -> str:
    """What a reference is sorted by: the family name of its first author, or its first words, without accents."""
    people = context.head(parsed).people
    if people and people[0].form == "inverted":
        return fold(people[0].family)
    if people and context.habits.inverted_first:
        return fold(people[0].given.split()[0] if people[0].given else people[0].family)
    return _first_words(parsed.reference.text)


def _first_words(text: str) -> str:
    return fold(re.split(r"[,(;:]|\s(?:and|&)\s", text[:120], maxsplit=1)[0])


def _words_first(text: str, key: str) -> str:
    """The key of a list that sorts word by word: "De Waal" before "Dehshiri", "Al-Amin" before "Alavi"."""
    first = re.match(r"[^\W\d_]{1,12}(?=[\s-][^\W\d_])", text)
    start = fold(first[0]) if first else ""
    return f"{start} {key[len(start) :]}" if start and key.startswith(start) and key != start else key


def fold(text: str) -> str:
    """Letters without accents in lower case; blanks, hyphens and apostrophes left out."""
    letters = unicodedata.normalize(
        "NFKD", text.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("æ", "ae")
    )
    return "".join(letter for letter in letters if letter.isalnum())


def _other_keys(text: str, key: str) -> Iterator[str]:
    """Other keys by which a careful list may sort the same name."""
    lowered = text.casefold()
    for particle in _PARTICLES:
        if lowered.startswith(particle):
            yield _first_words(text[len(particle) :])
    yield fold(text[:40].replace("ö", "oe").replace("ä", "ae").replace("ü", "ue").split(",")[0])
    if key.startswith("mc"):
        yield "mac" + key[2:]
    words = re.split(r"[\s-]", text[:60].split(",")[0])
    if len(words) > 1:
        yield fold(words[0])


@dataclass(frozen=True, slots=True)
class _Down:
    """A key that sorts the other way round."""

    key: str

    def __lt__(self, other: "_Down") -> bool:
        return other.key < self.key


def _longest_order(keys: list[str]) -> list[int]:
    """Positions of a longest run of keys in order (patience sorting).

    From the end, so that of two neighbours in the wrong order the second is the one left out.
    """
    heads: list[_Down] = []
    last: list[int] = []
    after = [-1] * len(keys)
    for index in range(len(keys) - 1, -1, -1):
        key = _Down(keys[index])
        place = bisect_right(heads, key)
        if place == len(heads):
            heads.append(key)
            last.append(index)
        else:
            heads[place] = key
            last[place] = index
        after[index] = last[place - 1] if place else -1
    run = []
    at = last[-1] if last else -1
    while at >= 0:
        run.append(at)
        at = after[at]
    return run


@rule("RK832", "same-author-and-year", Severity.INFO, fix=Safety.UNSAFE)
def same_author_year(references: ReferenceList, context: ListContext) -> Iterator[Finding]:
    """Two works of the same authors and year lack the letters a and b.

    Why: "(Kozhanov, 2020)" in the text does not say which of the two is meant.
    Bad: `Karimi, Hassan (2011), Islands and Borders, Tehran: SAMT.` twice with other titles.
    Good: `Karimi, Hassan (2011a), Islands and Borders, Tehran: SAMT.`
    """
    groups: dict[tuple[str, ...], list[ParsedReference]] = {}
    for parsed in references.references:
        issued = context.marks(parsed).issued
        head = context.head(parsed)
        if issued and issued.year[0].isdigit() and not issued.letter and head.kind in ("people", "organisation"):
            words = sorted(
                fold(word) for word in re.findall(r"[^\W\d_]+", context.marks(parsed).head) if word not in ("and",)
            )
            groups.setdefault((*words, issued.year), []).append(parsed)
    for group in groups.values():
        for index, parsed in enumerate(group if len(group) > 1 else ()):
            issued = context.marks(parsed).issued
            if issued and index < 26:
                start = context.marks(parsed).plain.index(issued.year, issued.start)
                message = f"Two works of one author in one year ({issued.year}); add a/b."
                edit = (start + 4, start + 4, "abcdefghijklmnopqrstuvwxyz"[index])
                yield in_reference(parsed, "RK832", start, start + 4, message, edit)


@rule("RK817", "foreign-style", Severity.INFO, fix=Safety.UNSAFE)
def foreign_style(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A reference follows another citation style than the list.

    Why: it was copied from elsewhere; its elements stand in another order and are overlooked.
    Bad: `Mearsheimer, John J. 2001. The Tragedy of Great Power Politics. New York: Norton.`
    Good: `Mearsheimer, John J. (2001), The Tragedy of Great Power Politics, New York: Norton.`
    """
    marks = context.marks(parsed)
    habits = context.habits
    if not habits.year_in_parentheses:
        return
    if marks.issued is None:
        match = _PLACE_YEAR.search(marks.bare) or _BARE_YEAR.search(marks.bare)
        if match:
            start, end = match.span("year") if "year" in match.re.groupindex else match.span()
            message = f"Reference follows another citation style: “{marks.text[start:end]}”."
            yield in_reference(parsed, "RK817", start, end, message)
        return
    if not context.follows_list(marks):
        start, end = marks.issued.start, marks.issued.end + 1
        message = f"Reference follows another citation style: “{marks.text[start:end]}”."
        yield in_reference(parsed, "RK817", start, end, message)
    place_year = _PLACE_YEAR.search(marks.bare, marks.body)
    if place_year:
        message = f"Reference follows another citation style: “{place_year[0]}”."
        yield in_reference(parsed, "RK817", *place_year.span(), message)
    if "volume" in habits.labelled and not marks.number("volume"):
        match = _VOLUME_ISSUE.search(marks.bare, marks.tail)
        if match:
            message = f"Reference follows another citation style: “{match[0]}”; the list writes “Vol. …, No. …”."
            yield in_reference(parsed, "RK817", *match.span(), message)
    yield from _semicolons(parsed, context)


def _semicolons(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    for mark in context.head(parsed).connectives if context.habits.connective == "and" else ():
        if mark.text == ";":
            message = "Reference follows another citation style: “;” between authors."
            yield in_reference(parsed, "RK817", mark.start, mark.end, message)
