"""Titles, names of journals, publishers and places in a reference."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from refkit.model import Finding, ParsedReference, ReferenceList, Safety, Severity
from refkit.rules import check, in_reference, rule
from refkit.rules.references.hosts import is_article, journal
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import Marks
from refkit.words import PERIODICAL, is_publisher

_COMMA_SUBTITLE = re.compile(r", (?=(?:A|An|The|From|Toward|Towards|Between|Tactical|Strategic)\s[A-Z])|; (?=[A-Z])")
_RUN_ON = re.compile(
    r"(?<=[a-z])\s(?=(?:A Case Study|Case Study of|A Critical|A Comparative|A Review of|An Analysis of|A Study of|"
    r"From [A-Z]\w+ to)\b)"
)
_SMALL = frozenset(
    "a an the and or but nor of in on at to for from by with as per via vs is it its be into onto over under upon "
    "about after before between during through toward towards against among within without than that if so not "
    "are was were de la el al der die das und von van du des le les et y e i how why what who when where which "
    "whose isn’t isn't amid versus across beyond behind along around since until like despite".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'\u00ad\u200b][^\W\d_]+)*")
_COUNTRIES = frozenset(
    "uk usa us u.k. u.s. u.s.a. iran england scotland britain germany france russia china india turkey italy "
    "spain canada australia japan netherlands switzerland austria poland ukraine israel egypt iraq qatar uae "
    "pakistan afghanistan azerbaijan armenia georgia kazakhstan uzbekistan tajikistan turkmenistan sweden norway "
    "denmark finland belgium portugal greece brazil mexico".split()
) | {
    "united kingdom", "united states", "united states of america", "great britain", "the netherlands", "the uk",
    "the usa", "islamic republic of iran", "south korea", "saudi arabia", "new zealand", "south africa",
}  # fmt: skip
_CITIES = frozenset(
    "london oxford cambridge york edinburgh manchester berlin munich münchen frankfurt köln wien vienna zürich "
    "paris rome roma milano madrid barcelona amsterdam leiden brussels stockholm oslo copenhagen helsinki warsaw "
    "moscow москва tehran qom isfahan mashhad tabriz shiraz istanbul ankara baku tbilisi yerevan beirut cairo "
    "dubai doha delhi mumbai beijing shanghai tokyo singapore sydney melbourne toronto boston chicago washington "
    "princeton philadelphia berkeley stanford baltimore durham boulder westport lanham ithaca syracuse".split()
) | {"new york", "new delhi", "new haven", "los angeles", "st. petersburg", "hong kong"}
_SUFFIX = re.compile(
    r"(?<=[\w,.])[,\s]{1,3}(?P<suffix>(?:&\s?Co\.?,?\s)?(?:Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|GmbH|Corp|Corporation|"
    r"PLC|Pty)|&\s?Co)\b\.?(?=\s*[,.;)]|\s*$)"
)
_PLACE_PUBLISHER = re.compile(r"(?P<first>[^,:;()]{2,60}):\s(?P<second>[^,:;()]{2,60})")
_NO_TITLE_WORDS = frozenset("edited ed eds hrsg press von de van der al".split())
_LEADING_WORD = re.compile(r"\s{0,4}(?P<word>[^\W\d_]+)")
_STATEMENT = re.compile(
    r"\b(?:edition|edn|ed|thesis|dissertation)\b\.?$|^(?:translated|edited|trans\.|ed\.)\s", re.IGNORECASE
)
_ROLE_BEFORE_TITLE = re.compile(r"\(eds?\.\),\s", re.IGNORECASE)
_NOT_NAMING = frozenset("the a an of and & quarterly journal for in on le la".split())


@check("RK504")
def title_repeats(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """Two titles in one reference, or a subtitle joined by the wrong mark."""
    marks = context.marks(parsed)
    if marks.issued is None:
        return
    head = context.head(parsed)
    if head.kind == "title" and marks.title:
        where = marks.text[marks.title.start : marks.title.end]
        message = f"Two titles in one reference: the entry begins with one, and {where} is another."
        yield in_reference(parsed, "RK504", marks.title.start, marks.title.end, message)
    elif marks.open_title >= 0:
        yield from _repeated_part(parsed, marks)
    span = _title_span(marks, head.kind)
    if span:
        yield from _subtitle(parsed, marks, *span)
        yield from _repeated_inside(parsed, marks, *span)


def _repeated_part(parsed: ParsedReference, marks: Marks) -> Iterator[Finding]:
    parts = marks.parts[:-1] if marks.number("volume") else marks.parts
    for (start, end), (other_start, other_end) in pairwise(parts):
        first = _WORD.findall(marks.text[start:end].casefold())
        second = _WORD.findall(marks.text[other_start:other_end].casefold())
        shared = len({word for word in second if len(word) > 3} & set(first))
        if len(second) > 2 and shared >= 2 and second[0] in first:
            message = f"Two titles in one reference: “{marks.text[other_start:other_end]}” repeats the title."
            yield in_reference(parsed, "RK504", other_start, other_end, message)


def _repeated_inside(parsed: ParsedReference, marks: Marks, start: int, end: int) -> Iterator[Finding]:
    title = marks.text[start:end]
    half, colon, rest = title.partition(": ")
    if (
        colon
        and len(half) > 8
        and half.casefold() == rest.casefold()[: len(half)]
        and rest.casefold() == half.casefold()
    ):
        yield in_reference(parsed, "RK504", start, end, f"The title repeats itself: “{title}”.")


def _title_span(marks: Marks, kind: str) -> tuple[int, int] | None:
    """The title without its quotation marks; for an unquoted one its certain part."""
    if marks.title:
        return marks.title.start + 1, marks.title.end - 1
    if kind == "title" and marks.text[0] in '“"«':
        end = len(marks.head.rstrip(" \xa0,"))
        return 1, end - 1
    parts = marks.parts
    if (
        not marks.in_word
        and not marks.numbers
        and not marks.links
        and len(parts) > 1
        and is_publisher(marks.text[slice(*parts[-1])])
    ):
        titled = [end for start, end in parts[1:-1] if not _STATEMENT.search(marks.text[start:end])]
        return marks.body, max((parts[0][1], *titled))
    if marks.in_word and marks.in_word[0] > marks.body:
        return marks.body, len(marks.text[: marks.in_word[0]].rstrip(" \xa0,."))
    return None


def _subtitle(parsed: ParsedReference, marks: Marks, start: int, end: int) -> Iterator[Finding]:
    title = marks.text[start:end]
    match = _COMMA_SUBTITLE.search(title) if ": " not in title else None
    if match is None and ":" not in title and title.count(", ") == 1:
        at = title.index(", ")
        left, right = title[:at].split(), title[at + 2 :].split()
        if (
            2 <= len(left) <= 6
            and len(right) >= 3
            and right[0][:1].isupper()
            and "and" not in right[:4]
            and "&" not in right[:4]
        ):
            match = re.compile(r", ").search(title, at)
    if match:
        where = title[max(0, match.start() - 16) : match.end() + 16]
        message = f"Subtitle not separated by a colon: “{where.strip()}”."
        edit = (start + match.start(), start + match.end(), ": ")
        yield in_reference(
            parsed, "RK504", max(start, start + match.start() - 16), min(end, start + match.end() + 16), message, edit,
            severity=Severity.INFO, safety=Safety.UNSAFE,
        )  # fmt: skip
        return
    run_on = _RUN_ON.search(title) if ":" not in title else None
    if run_on and run_on.start() > 6:
        where = title[max(0, run_on.start() - 16) : run_on.end() + 16]
        message = f"Title and subtitle run together: “{where}”."
        edit = (start + run_on.start(), start + run_on.end(), ": ")
        yield in_reference(
            parsed, "RK504", start + max(0, run_on.start() - 16), min(end, start + run_on.end() + 16), message, edit,
            severity=Severity.INFO, safety=Safety.UNSAFE,
        )  # fmt: skip


@rule("RK827", "title-capitals", Severity.INFO, fix=Safety.UNSAFE)
def title_capitals(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The capitals of a title, or of a host's title, do not follow those of the list.

    Why: a list writes its titles one way; a word in the other case looks like a slip.
    Bad: `Roberts, Ann (2021), “Neighbors and rivals in Great Power Diplomacy”, Iran Review, Vol. 3, No. 1, pp. 2-9.`
    Good: `Roberts, Ann (2021), “Neighbors and Rivals in Great Power Diplomacy”, Iran Review, Vol. 3, No. 1, pp. 2-9.`
    """
    marks = context.marks(parsed)
    if marks.issued is None:
        return
    yield from _host_in_lower_case(parsed, marks)
    span = _title_span(marks, context.head(parsed).kind)
    if not context.habits.title_capitals or span is None:
        return
    title = marks.text[slice(*span)]
    for match in _WORD.finditer(title):
        before = title[: match.start()].rstrip()
        small = match[0].casefold() in _SMALL
        starts = not before or before[-1] in ":?!–—(" or (before[-1] == "." and before[-4:-3].isalpha())
        wrong = match[0][0].islower() and (starts or (not small and len(match[0]) > 2 and "-" not in before[-1:]))
        capital = (
            match[0] in ("The", "A", "An")
            and before
            and before[-1] not in ":?!.–—(“‘,;-/"
            and not _is_name_behind(title, match.end())
        )
        if wrong or capital:
            start = span[0] + match.start()
            end = span[0] + min(len(title), match.end() + 24)
            where = marks.text[start:end].rsplit(" ", 1)[0] if " " in marks.text[start:end] else marks.text[start:end]
            new = match[0][0].swapcase() + match[0][1:]
            message = f"Capitals in the title do not follow the list: “{where}”."
            edit = (start, start + len(match[0]), new)
            yield in_reference(parsed, "RK827", start, start + len(where), message, edit)
            return


def _is_name_behind(title: str, end: int) -> bool:
    return (
        re.match(r"\s(?:Hague|Gambia|Bahamas|Economist|Guardian|Times|New York|Washington)\b", title[end:]) is not None
    )


def _host_in_lower_case(parsed: ParsedReference, marks: Marks) -> Iterator[Finding]:
    if marks.in_word is None:
        yield from _journal_in_lower_case(parsed, marks)
        return
    role = _ROLE_BEFORE_TITLE.search(marks.text, marks.in_word[1], marks.host_end)
    match = _LEADING_WORD.match(marks.text, role.end() if role else marks.in_word[1])
    if match and match["word"][0].islower() and match["word"] not in _NO_TITLE_WORDS:
        start = match.start("word")
        end = next((right for left, right in marks.parts if left <= start < right), match.end())
        message = f"Host title begins in lower case: “{marks.text[start:end]}”."
        edit = (start, start + 1, marks.text[start].upper())
        yield in_reference(parsed, "RK827", start, end, message, edit)


def _journal_in_lower_case(parsed: ParsedReference, marks: Marks) -> Iterator[Finding]:
    """A first word in lower case before one in capitals; "eLife" and "npj Climate" are written so."""
    start, end = journal(marks) or (0, 0)
    first, _, rest = marks.text[start:end].partition(" ")
    if len(first) > 3 and first.isalpha() and first.islower() and any(map(str.isupper, rest)):
        message = f"Host title begins in lower case: “{marks.text[start:end]}”."
        yield in_reference(parsed, "RK827", start, end, message, (start, start + 1, first[0].upper()))


@rule("RK820", "title-stands-first", Severity.INFO)
def title_first(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The reference has no author and begins with its title.

    Why: most works have a responsible body that could stand as author and under which they are looked for.
    Bad: `“The Concept of the Foreign Policy” (2023), Ministry of Foreign Affairs, Available at: https://example.org/concept.`
    Good: `Ministry of Foreign Affairs (2023), “The Concept of the Foreign Policy”, Available at: https://example.org/concept.`
    """
    if context.head(parsed).kind == "title" and context.habits.inverted_first:
        end = len(context.marks(parsed).head.rstrip(" \xa0,."))
        yield in_reference(parsed, "RK820", 0, end, "No author: the entry starts with the title.")


@rule("RK828", "organisation-name-odd", Severity.WARNING, fix=Safety.UNSAFE)
def organisation_name(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The name of a well-known organisation is misspelt or cut.

    Why: under the wrong name the publisher is not found, and one body appears under two names.
    Bad: `Arms Imports of Japan (2021), worldbank, Available at: https://data.worldbank.org/indicator/MS.MIL.MPRT.KD.`
    Good: `Arms Imports of Japan (2021), World Bank, Available at: https://data.worldbank.org/indicator/MS.MIL.MPRT.KD.`
    """
    marks = context.marks(parsed)
    if marks.issued is None or is_article(marks) or marks.in_word or not marks.links:
        return
    for start, end in marks.parts[-2:]:
        printed = marks.text[start:end]
        right = _organisation_meant(printed)
        if right:
            message = f"Name of the organisation is wrong or cut: “{printed}” for “{right}”."
            yield in_reference(parsed, "RK828", start, end, message, (start, end, right))


@cache
def _organisations() -> dict[str, str]:
    lines = files("refkit.rules.references").joinpath("organisations.txt").read_text("utf-8").splitlines()
    return {_folded(line): line for line in lines if line and not line.startswith("#")}


def _folded(text: str) -> str:
    words = [word for word in _WORD.findall(text.casefold().replace("’s", "s").replace("'s", "s")) if word != "the"]
    return " ".join(words)


def _organisation_meant(printed: str) -> str:
    known = _organisations()
    folded = _folded(printed)
    if folded in known or len(folded) < 6:
        return ""
    squeezed = folded.replace(" ", "")
    words = folded.split()
    for other, right in known.items():
        if other.replace(" ", "") == squeezed:
            return right
        if len(words) >= 3 and other.endswith(f" {folded}") and len(other.split()) >= len(words) + 2:
            return right
        if (
            len(folded) >= 14
            and abs(len(other) - len(folded)) <= 2
            and other[:3] == folded[:3]
            and other[-3:] == folded[-3:]
        ):
            return right
    return ""


@check("RK506")
def journal_spelt_differently(references: ReferenceList, context: ListContext) -> Iterator[Finding]:
    """One journal under two names in the list."""
    places = []
    for parsed in references.references:
        place = journal(context.marks(parsed))
        if place:
            places.append((parsed, place, parsed.reference.text[slice(*place)]))
    groups: dict[str, dict[str, int]] = {}
    for _, _, name in places:
        forms = groups.setdefault(_skeleton(name), {})
        forms[name] = forms.get(name, 0) + 1
    names = Counter(name for _, _, name in places)
    for parsed, (start, end), name in places:
        key = _skeleton(name)
        others = {form: count for form, count in groups[key].items() if _unmarked(form) != _unmarked(name)}
        best = max(others, key=lambda form: others[form]) if len(key.split()) > 2 and others else ""
        best = best or _spelt_right(name, names)
        if best and names[best] >= names[name]:
            message = f"The same journal is named differently elsewhere: “{name}”, “{best}”."
            edit = (start, end, best)
            yield in_reference(
                parsed, "RK506", start, end, message, edit, severity=Severity.WARNING, safety=Safety.UNSAFE
            )


def _spelt_right(name: str, names: Counter[str]) -> str:
    """Another name of the list that differs by one letter in a longer word, when that one is no word of ours."""
    for other in names if len(name) > 11 else ():
        if other != name and abs(len(other) - len(name)) < 2 and other[:2] == name[:2]:
            pair = _differing_words(name, other)
            if pair and names[other] + 2 * (pair[1].casefold() in PERIODICAL) > names[name] + 2 * (
                pair[0].casefold() in PERIODICAL
            ):
                return other
    return ""


def _differing_words(name: str, other: str) -> tuple[str, str] | None:
    """The two words of four and more letters, one slip apart, by which two names differ; None for more."""
    left, right = name.split(), other.split()
    pairs = [pair for pair in zip(left, right, strict=False) if pair[0] != pair[1]]
    if len(left) != len(right) or len(pairs) != 1 or min(map(len, pairs[0])) < 5:
        return None
    return pairs[0] if _is_one_slip(*pairs[0]) else None


def _is_one_slip(word: str, other: str) -> bool:
    """Whether one letter was added, left out or changed, or two neighbours were swapped."""
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    left, right = word[start:], other[start:]
    return left[1:] in (right[1:], right) or left == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])


def _unmarked(name: str) -> str:
    """The letters of a name: differences of punctuation are no other name."""
    return "".join(letter for letter in name if letter.isalpha())


def _skeleton(name: str) -> str:
    words = [word for word in _WORD.findall(name.casefold()) if word not in _NOT_NAMING]
    return " ".join(words)


def _stand_in_wrong_order(first: str, second: str) -> bool:
    if second.casefold() in _CITIES:
        return first.casefold() not in _CITIES and (" " in first or is_publisher(first))
    return is_publisher(first) and not is_publisher(second) and len(second.split()) <= 3


def _publisher_and_place(parsed: ParsedReference, marks: Marks) -> Iterator[Finding]:
    """ "Routledge, London" and "Routledge, UK" at the end of a list that writes the place first."""
    if len(marks.parts) < 2:
        return
    (start, publisher_end), (place_start, end) = marks.parts[-2:]
    publisher, place = marks.text[start:publisher_end], marks.text[place_start:end]
    if re.fullmatch("[A-Z]{2}", place) and len(marks.parts) > 2:  # "Princeton, NJ"
        (start, publisher_end), (place_start, _) = marks.parts[-3:-1]
        publisher, place = marks.text[start:publisher_end], marks.text[place_start:end]
    if not is_publisher(publisher) or ":" in publisher or len(publisher.split()) > 5:
        return
    if place.casefold() in _COUNTRIES:
        yield in_reference(parsed, "RK507", place_start, end, f"“{place}” gives a country, not a city.")
    elif place.split(",")[0].casefold() in _CITIES:
        message = f"Publisher and place are in the wrong order: “{marks.text[start:end]}”."
        edit = (start, end, f"{place}: {publisher}")
        yield in_reference(parsed, "RK507", start, end, message, edit, safety=Safety.UNSAFE)


@rule("RK507", "place-or-publisher-form", Severity.INFO)
def place_and_publisher(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A country stands as place, a company form in the publisher's name, or the two are in the wrong order.

    Why: styles print "City: Publisher"; "Inc." and "Ltd" are left out.
    Bad: `Parsi, Trita (2017), Losing an Enemy, USA: Yale University Press.`
    Good: `Parsi, Trita (2017), Losing an Enemy, New Haven: Yale University Press.`
    """
    marks = context.marks(parsed)
    if marks.issued is None or is_article(marks) or (marks.links and marks.title and not marks.in_word):
        return
    for match in _PLACE_PUBLISHER.finditer(marks.bare, marks.tail):
        place = match["first"].strip(" \xa0.")
        start = match.start("first") + len(match["first"]) - len(match["first"].lstrip(" \xa0"))
        if not marks.title and marks.parts and start < marks.parts[0][1] and not is_publisher(match["second"]):
            continue
        if place.casefold() in _COUNTRIES:
            yield in_reference(parsed, "RK507", start, start + len(place), f"“{place}” gives a country, not a city.")
        elif _stand_in_wrong_order(place, match["second"].strip(" \xa0.")):
            publisher, city = place, match["second"].strip(" \xa0.")
            end = match.start("second") + len(city)
            message = f"Publisher and place are in the wrong order: “{publisher}: {city}”."
            edit = (start, end, f"{city}: {publisher}")
            yield in_reference(parsed, "RK507", start, end, message, edit, safety=Safety.UNSAFE)
    yield from _publisher_and_place(parsed, marks)
    for match in _SUFFIX.finditer(marks.bare, marks.tail):
        start, end = match.span("suffix")
        message = f"Company form in the publisher name: “{match['suffix']}”."
        edit = (match.start(), end, "")
        yield in_reference(parsed, "RK507", start, end, message, edit, safety=Safety.SAFE)
