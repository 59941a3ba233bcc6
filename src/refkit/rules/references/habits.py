"""What a list does as a rule: a flaw of form is a departure from the list's own habit.

A habit is the form that most references show; where no form clearly prevails there is no habit, and no complaint.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from refkit.rules.references.heads import Head, is_initials
from refkit.rules.references.hosts import journal
from refkit.rules.references.label_words import LABEL_KINDS
from refkit.rules.references.marks import Marks, part_starts

_PAGES = re.compile(r"([0-9]+)\s?[-‐‑–—−]{1,2}\s?([0-9]+)")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Habits:
    """The forms that prevail in a list; an empty text or False where none does.

    `commas` names the parts ("title", "year", "code", "access", "tag", "link", "pages") before or behind which the list
    sets a comma.
    """

    year_in_parentheses: bool = False
    inverted_first: bool = False
    direct_rest: bool = False
    full_given_names: bool = False
    dotted_initials: bool = False
    connective: str = ""
    quoted_titles: bool = False
    quote_form: str = ""
    curly: bool = False
    curly_apostrophe: bool = False
    final_stop: bool = False
    doi_label: str = ""
    date_form: str = ""
    link_label: str = ""
    access_note: bool = False
    in_word: str = ""
    tag_form: str = ""
    labelled: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    page_label: str = ""
    page_dash: str = ""
    commas: frozenset[str] = frozenset()
    script: str = ""
    solar: bool = False
    title_capitals: bool = False
    et_al: bool = False
    em_dashes: bool = False
    capital_names: bool = False
    comma_before_and: bool = False
    elided_pages: bool = False
    families: frozenset[str] = frozenset()
    journals: frozenset[str] = frozenset()


def habits_of(marks: tuple[Marks, ...], heads: tuple[Head, ...]) -> Habits:
    """Compute the habits of a list."""
    pairs = tuple(zip(marks, heads, strict=True))
    quotes = usual(_quote_forms(marks), 3, 0.6)
    return Habits(
        year_in_parentheses=_mostly([item.issued is not None for item in marks], 3, 0.7),
        connective=usual(Counter(_connective_words(heads)), 3, 0.6),
        quoted_titles=_mostly([item.title is not None for item in marks if _is_article(item)], 3, 0.6),
        quote_form=quotes,
        curly=quotes in ("“”", "„“"),
        curly_apostrophe=_mostly(list(_apostrophes(marks)), 4, 0.6),
        final_stop=_mostly([item.text.rstrip().endswith(".") for item in marks], 3, 0.6),
        doi_label=usual(_doi_labels(marks), 3, 0.6),
        date_form=usual(Counter(_date_forms(marks)), 3, 0.6),
        link_label=usual(Counter(label.meant if label else "" for item in marks for label in item.labels), 3, 0.6),
        access_note=_mostly([item.access is not None for item in marks if item.links and not item.codes], 3, 0.6),
        in_word=_in_word(marks),
        tag_form=usual(_tag_forms(marks), 2, 0.6),
        labelled=frozenset(_labelled(marks)),
        stops=frozenset(_stops(marks)),
        page_label=usual(_page_labels(marks), 3, 0.6),
        page_dash=usual(_page_dashes(marks), 3, 0.6),
        commas=frozenset(_commas(marks)),
        script=usual(Counter(item.script for item in marks), 2, 0.6),
        solar=_mostly([item.issued.year[:2] in ("۱۳", "۱۴", "13", "14") for item in marks if item.issued], 2, 0.5),
        title_capitals=_mostly(list(_title_capitals(marks)), 3, 0.7),
        et_al=sum(head.et_al is not None for head in heads) >= 3,
        em_dashes=sum("—" in item.text for item in marks) >= max(4, len(marks) // 6),
        elided_pages=_mostly(list(_elided(marks)), 3, 0.34),
        journals=frozenset(item.text[slice(*place)] for item in marks if (place := journal(item))),
        **_name_habits(pairs),
        **_families(heads),
    )  # fmt: skip


def usual(counts: Counter[str], least: int, share: float) -> str:
    """The form seen at least `least` times and in at least `share` of all cases, else an empty text."""
    if not counts:
        return ""
    form, count = counts.most_common(1)[0]
    return form if count >= least and count >= share * counts.total() else ""


def _mostly(cases: list[bool], least: int, share: float) -> bool:
    count = sum(cases)
    return count >= least and count >= share * len(cases)


def _name_habits(pairs: Iterable[tuple[Marks, Head]]) -> dict[str, bool]:
    heads = [head for _, head in pairs if head.kind == "people"]
    inverted = [head.people[0].form == "inverted" for head in heads if head.people]
    rest = [person.form == "direct" for head in heads for person in head.people[1:] if person.form != "single"]
    people = [person for head in heads for person in head.people if person.given]
    dotted = [
        word.endswith(".")
        for person in people
        for word in person.given.split()
        if len(word.rstrip(".")) == 1 and word[0].isupper()
    ]
    return {
        "inverted_first": _mostly(inverted, 3, 0.6),
        "direct_rest": _mostly(rest, 3, 0.6),
        "full_given_names": _mostly([not is_initials(person.given) for person in people], 3, 0.6),
        "dotted_initials": _mostly(dotted, 1, 0.5),
    }


def _elided(marks: Iterable[Marks]) -> Iterable[bool]:
    """Of each page range of two and more figures, whether the last page is shortened."""
    for item in marks:
        number = item.number("pages")
        match = _PAGES.fullmatch(item.text[number.number : number.end]) if number else None
        if match and len(match[1]) > 1:
            yield len(match[2]) < len(match[1])


class _FamilyHabits(TypedDict):
    families: frozenset[str]
    capital_names: bool
    comma_before_and: bool


def _families(heads: tuple[Head, ...]) -> _FamilyHabits:
    people = [person for head in heads for person in head.people]
    names = [person.family for person in people if person.form == "inverted"]
    joined = [head.connectives[-1].text.startswith(",") for head in heads if head.kind == "people" and head.connectives]
    return {
        "families": frozenset(names),
        "capital_names": _mostly([name.isupper() for name in names if len(name) > 3], 2, 0.34),
        "comma_before_and": _mostly(joined, 2, 0.5),
    }


def _is_article(item: Marks) -> bool:
    return item.issued is not None and item.number("volume") is not None and item.in_word is None


def _connective_words(heads: Iterable[Head]) -> Iterable[str]:
    return (mark.text.strip(",") for head in heads if head.kind == "people" for mark in head.connectives)


def _quote_forms(marks: Iterable[Marks]) -> Counter[str]:
    return Counter(pair.form for item in marks for pair in item.quotes.pairs if not pair.depth)


def _apostrophes(marks: Iterable[Marks]) -> Iterable[bool]:
    for item in marks:
        for match in re.finditer(r"(?<=[^\W\d_])['’](?=[^\W\d_])", item.plain):
            yield match[0] == "’"


def doi_label_of(text: str) -> str:
    """A DOI's label with its blanks as one blank and its resolver's scheme as https."""
    return _SPACES.sub(" ", text.replace("http://", "https://").replace("dx.doi", "doi").replace("www.doi", "doi"))


def _doi_labels(marks: Iterable[Marks]) -> Counter[str]:
    return Counter(doi_label_of(item.text[code.label : code.start]) for item in marks for code in item.codes)


def date_form_of(text: str) -> str:
    """The form of a date in figures: "d/m/yyyy", "d.m.yyyy", "yyyy-m-d" …; "words" for one with a month name."""
    parts = re.findall(r"[0-9]+", text)
    separator = re.search(r"[/.-]", text)
    if len(parts) != 3 or separator is None:
        return "words"
    if len(parts[0]) == 4:
        return f"yyyy{separator[0]}m{separator[0]}d"
    first, second = int(parts[0]), int(parts[1])
    order = "m{0}d{0}yyyy" if second > 12 >= first else "d{0}m{0}yyyy"
    return order.format(separator[0])


def _date_forms(marks: Iterable[Marks]) -> Iterable[str]:
    return (
        date_form_of(item.text[item.access.date.start : item.access.date.end])
        for item in marks
        if item.access is not None
    )


def _in_word(marks: Iterable[Marks]) -> str:
    counts = Counter(item.text[slice(*item.in_word)] for item in marks if item.in_word)
    best = counts.most_common(2)
    if not best or best[0][1] < 2 or (len(best) > 1 and best[1][1] == best[0][1]):
        return ""
    return best[0][0]


def tag_form_of(text: str) -> str:
    """A language tag with the language's name as `*`: "[in *]"."""
    inner = text[1:-1].strip(" .,:;").split()
    return f"{text[0]}{' '.join([*inner[:-1], '*'])}{text[-1]}"


def _tag_forms(marks: Iterable[Marks]) -> Counter[str]:
    return Counter(tag_form_of(item.text[start:end]) for item in marks for start, end in item.tags)


def _labelled(marks: Iterable[Marks]) -> Iterable[str]:
    numbered = [item for item in marks if item.numbers]
    for kind in ("volume", "issue", "pages"):
        if _mostly([_exact(item, kind) for item in numbered], 3, 0.5):
            yield kind


def _exact(item: Marks, kind: str) -> bool:
    number = item.number(kind)
    return number is not None and number.exact


def _stops(marks: Iterable[Marks]) -> Iterable[str]:
    for word in ("vol", "no", "pp"):
        found = [
            number.stop.startswith(".")
            for item in marks
            for number in item.numbers
            if item.text[number.start : number.word_end].casefold() == word
        ]
        if _mostly(found, 3, 0.6):
            yield word


def _page_labels(marks: Iterable[Marks]) -> Counter[str]:
    return Counter(
        item.text[number.start : number.word_end].casefold()
        for item in marks
        for number in item.numbers
        if number.kind == "pages" and LABEL_KINDS.get(item.text[number.start : number.word_end].casefold())
    )


def _page_dashes(marks: Iterable[Marks]) -> Counter[str]:
    return Counter(
        dash
        for item in marks
        for number in item.numbers
        if number.kind == "pages"
        for dash in re.findall(r"[-‐‑–—−]+", item.text[number.number : number.end])
    )


def _commas(marks: tuple[Marks, ...]) -> Iterable[str]:
    cases: dict[str, list[bool]] = {
        "title": [],
        "year": [],
        "code": [],
        "access": [],
        "tag": [],
        "link": [],
        "pages": [],
    }
    for item in marks:
        for part, has_comma in _comma_cases(item):
            cases[part].append(has_comma)
    for part, found in cases.items():
        if _mostly(found, 3, 0.6):
            yield part


def _comma_cases(item: Marks) -> Iterable[tuple[str, bool]]:
    text = item.text
    if item.issued:
        yield "year", text[item.issued.end : item.issued.end + 3].lstrip('”"').startswith(",")
    if item.title:
        yield "title", text[item.title.end : item.title.end + 3].lstrip("?! ").startswith(",")
    for part, start in part_starts(item):
        yield part, text[:start].rstrip().endswith(",")


def _title_capitals(marks: Iterable[Marks]) -> Iterable[bool]:
    """Of each quoted title with some longer words behind the first, whether most of them begin with a capital."""
    for item in marks:
        title = item.text[item.title.start : item.title.end] if item.title else ""
        words = [word for word in re.findall(r"[^\W\d_]+", title) if len(word) > 3][1:]
        if len(words) >= 2:
            yield sum(word[0].isupper() for word in words) >= 0.7 * len(words)
