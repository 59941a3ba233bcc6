"""The authors of a reference as printed, and the editors of a host book."""

import re
from collections.abc import Iterator

from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import check, in_reference, rule
from refkit.rules.references.heads import ALSO_FAMILY, Head, Mark, Person, is_given, is_initials
from refkit.rules.references.hosts import is_article
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import Marks
from refkit.words import is_organisation

_FAMILY_ENDINGS = re.compile(
    r"(?:ov|ova|ev|eva|yev|sky|skiy|skii|ski|vich|enko|dze|shvili|yan|ian|zadeh|zade|nejad|nezhad|pour|poor|nia|"
    r"aei|aee|oğlu|oglu|son|sen|ez|berg|stein|mann|i|ee|ić|ič|escu|opoulos|idis|ini|elli|etti)$",
    re.IGNORECASE,
)
_BODIES = frozenset(
    "greenpeace gazprom rosneft lukoil rosatom reuters interfax statista worldbank eurostat unicef unesco "
    "euronews aljazeera amnesty caritas oxfam frontex europol interpol gallup petronas sinopec aramco wikipedia "
    "google microsoft anonymous plato aristotle herodotus cicero thucydides augustine machiavelli voltaire "
    "confucius ferdowsi hafez saadi rumi avicenna homer euclid stendhal molière lenin".split()
)
_SURELY_FAMILY = re.compile(
    r"[a-z]{2}(?:yan|ian|zadeh|pour|nejad|nezhad|sky|ski|enko|shvili|ov|ova|ev|eva|vich|mann|berg)$"
)
_WESTERN_ENDINGS = re.compile(r"[a-z](?:field|ford|wood|worth|well|smith|ton|ley|man|sson)$")
_ORGANISATION_WORDS = frozenset(
    "international news radio television tv unit europe amnesty times post national global world free economist "
    "monitor online digital media house party team staff editors united islamic republic states american european "
    "russian iranian chinese british german french turkish crisis human rights intelligence energy security policy "
    "peace foreign affairs defence defense state federal general public central royal report review "
    "journal magazine daily".split()
)
_PARENTHESIS = re.compile(r"\([^()0-9]{2,30}\)")
_CAPITALS = re.compile(r"[^\W\d_]{3,}(?:[-’'][^\W\d_]{2,})?")
_LONE_INITIAL = re.compile(r"(?<![^\s-])[^\W\d_](?![\w.’'-])")


@check("RK203")
def swapped_name(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A given name stands where the family name is expected, and the other way round."""
    head = context.head(parsed)
    if not context.habits.inverted_first or not context.habits.full_given_names:
        return
    for person in head.people:
        family, given = person.family.strip(), person.given.strip()
        if person.form != "inverted" or " " in family or " " in given or not is_given(family) or is_given(given):
            continue
        if len(given.rstrip(".")) < 3 or family.casefold() == given.casefold():
            continue
        western = family.casefold() not in ALSO_FAMILY and _WESTERN_ENDINGS.search(given)
        eastern = len(given) > 4 and _FAMILY_ENDINGS.search(given)
        if western or eastern or given in context.habits.families:
            message = f"Given and family name seem swapped: “{parsed.reference.text[person.start : person.end]}”."
            edit = (person.start, person.end, f"{given}, {family}")
            yield in_reference(parsed, "RK203", person.start, person.end, message, edit, safety=Safety.UNSAFE)


@check("RK209")
def name_order(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The first author is not in "Family, Given" form, or a later one is where the list writes "Given Family"."""
    head = context.head(parsed)
    if head.kind != "people" or not head.people or not context.habits.inverted_first:
        return
    first = head.people[0]
    if (
        first.form == "direct"
        and _is_author(first, context.marks(parsed))
        and not _family_stands_first(first, context)
        and not _is_initials_behind(first)
    ):
        printed = parsed.reference.text[first.start : first.end]
        message = f"First author is not in “Family, Given” form: “{printed}”."
        edit = (first.start, first.end, f"{first.family}, {first.given}")
        yield in_reference(
            parsed, "RK209", first.start, first.end, message, edit, severity=Severity.WARNING, safety=Safety.UNSAFE
        )
    if not context.habits.direct_rest:
        return
    inverted = [person for person in head.people[1:] if person.form == "inverted" and not is_initials(person.given)]
    for person in inverted:
        printed = parsed.reference.text[person.start : person.end]
        message = f"Later author is inverted, others in the list are not: “{printed}”."
        edit = (person.start, person.end, f"{person.given} {person.family}")
        yield in_reference(parsed, "RK209", person.start, person.end, message, edit, safety=Safety.UNSAFE)


def _is_name(person: Person) -> bool:
    """Not an organisation, a journal, a title."""
    whole = f"{person.given} {person.family}"
    words = whole.split()
    if is_organisation(whole) or any(map(str.isdigit, whole)) or len(words) > 5:
        return False
    if any(len(word) > 1 and word.isupper() and word.isalpha() for word in words):
        return False
    if not _ORGANISATION_WORDS.isdisjoint(whole.casefold().split()):
        return False
    return len(words) == 2 or any(is_given(word) or is_initials(word) for word in words)


def _is_author(person: Person, marks: Marks) -> bool:
    """A person, and not a body that is named as publisher too."""
    return _is_name(person) and f"{person.given} {person.family}" not in marks.text[marks.body :]


def _family_stands_first(person: Person, context: ListContext) -> bool:
    """Whether "Kozhanov Nikolay" lacks its comma rather than being written given name first."""
    words = f"{person.given} {person.family}".split()
    if is_initials(words[0]):
        return False
    if is_given(words[0]) and not is_given(words[-1]):
        return False
    if is_given(words[-1]) and not is_given(words[0]):
        return True
    return words[0] in context.habits.families or words[-1] not in context.habits.families


def _ends_in_initial(person: Person) -> bool:
    """Whether the printed name ends as in "Ivey K, Cheng P", a list without commas inside names."""
    last = (person.given if person.form == "inverted" else person.family).split()[-1:]
    return bool(last) and is_initials(last[0])


def _is_initials_behind(person: Person) -> bool:
    return is_initials(person.family) and len(person.family.rstrip(".")) <= 2


@check("RK205")
def comma_missing_in_name(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The comma between family and given name is missing."""
    head = context.head(parsed)
    if (
        head.kind != "people"
        or not head.people
        or not context.habits.inverted_first
        or not context.habits.full_given_names
    ):
        return
    for person in head.people:
        if person.form != "direct" or not _is_author(person, context.marks(parsed)):
            continue
        behind = _is_initials_behind(person) and not all(map(_ends_in_initial, head.people))
        if behind or (person is head.people[0] and _family_stands_first(person, context)):
            printed = parsed.reference.text[person.start : person.end]
            at = _family_end(printed)
            message = f"Comma missing between family and given name: “{printed}”."
            if not behind and not is_given(printed.split()[-1]) and printed.split()[0] not in context.habits.families:
                message = f"Comma missing between family and given name, or not in “Family, Given” form: “{printed}”."
            edit = (person.start + at, person.start + at, ",")
            yield in_reference(parsed, "RK205", person.start, person.end, message, edit, safety=Safety.UNSAFE)


def _family_end(printed: str) -> int:
    """Where the family name ends: before the initials, or behind the first word."""
    match = re.search(r"\s(?:[^\W\d_]\.\s?)+$|\s(?:[^\W\d_]\s?)$", printed)
    if match:
        return match.start()
    return printed.index(" ") if " " in printed else len(printed)


@check("RK206")
def given_name_missing(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """An author is printed with the family name alone."""
    head = context.head(parsed)
    if head.kind != "people" or not context.habits.inverted_first:
        return
    alone = len(head.people) == 1
    if any(is_initials(person.given) for person in head.people if person.given) or "(" in context.marks(parsed).head:
        return
    for person in head.people:
        if (
            person.form != "single"
            or person.family.isupper()
            or is_organisation(person.family)
            or not person.family[:1].isupper()
        ):
            continue
        marks = context.marks(parsed)
        if alone and (person.family.endswith(".") or not _must_be_a_person(person, marks)):
            continue
        severity = Severity.WARNING if alone and not is_article(marks) else Severity.ERROR
        message = f"Given name missing: “{person.family}”."
        yield in_reference(parsed, "RK206", person.start, person.end, message, severity=severity)


def _must_be_a_person(person: Person, marks: Marks) -> bool:
    """Not a body with a name of one word, nor one that is named as publisher too; those publish books and pages."""
    repeated = re.search(rf"\b{re.escape(person.family)}\b", marks.text[marks.body :])
    if person.family.casefold() in _BODIES or repeated:
        return False
    published = any(is_organisation(marks.text[start:end]) for start, end in marks.parts)
    return is_article(marks) or not marks.links or published or _SURELY_FAMILY.search(person.family) is not None


@check("RK204")
def family_equals_given(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """Family and given name are the same word."""
    for person in context.head(parsed).people:
        if person.form == "inverted" and len(person.family) > 1 and person.family.casefold() == person.given.casefold():
            printed = parsed.reference.text[person.start : person.end]
            message = f"Family and given name are the same: “{printed}”."
            yield in_reference(parsed, "RK204", person.start, person.end, message)


@check("RK207")
def initials(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """An initial stands with the family name, or lacks its full stop."""
    if not context.habits.inverted_first or not context.habits.full_given_names:
        return
    text = parsed.reference.text
    for person in context.head(parsed).people:
        words = person.family.split()
        if (
            person.form == "inverted"
            and len(words) == 2
            and len(words[1].rstrip(".")) == 1
            and _is_one_given_name(person.given)
        ):
            printed = text[person.start : person.start + len(person.family)]
            message = f"Initial stands with the family name: “{printed}”."
            edit = (person.start, person.end, f"{words[0]}, {person.given} {words[1]}")
            yield in_reference(
                parsed, "RK207", person.start, person.start + len(printed), message, edit,
                severity=Severity.WARNING, safety=Safety.UNSAFE,
            )  # fmt: skip
        elif person.given and context.habits.dotted_initials:
            for match in _LONE_INITIAL.finditer(text, person.start, person.end):
                if match[0].isupper() and text[match.end() : match.end() + 1] != ".":
                    start = max(text.rfind(" ", 0, max(match.start() - 1, 0)) + 1, person.start)
                    message = f"Initial without full stop: “{text[start : match.end()]}”."
                    yield in_reference(parsed, "RK207", start, match.end(), message, (match.end(), match.end(), "."))


def _is_one_given_name(given: str) -> bool:
    """Not "Proesmans W", the next author of a list that sets initials behind the names."""
    words = given.split()
    return len(words[0].rstrip(".")) > 2 and all(len(word.rstrip(".")) > 1 or word.endswith(".") for word in words)


@check("RK208")
def degree_or_alternative(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A degree or title among the authors; a second surname in parentheses."""
    head = context.head(parsed)
    text = parsed.reference.text
    for degree in head.degrees:
        message = f"Degree or title in the author field: “{degree.text}”."
        start, end = degree.start, degree.end
        edit = _without(text, degree)
        yield in_reference(parsed, "RK208", start, end, message, edit, safety=Safety.SAFE)
    if head.kind != "people":
        return
    for match in _PARENTHESIS.finditer(context.marks(parsed).head):
        if not any(role.start <= match.start() <= role.end for role in head.roles) and match[0][1].isupper():
            message = f"Alternative surname in parentheses: “{match[0]}”."
            yield in_reference(parsed, "RK208", *match.span(), message, severity=Severity.INFO)


def _without(text: str, degree: Mark) -> tuple[int, int, str]:
    before = len(text[: degree.start].rstrip(" ,\xa0"))
    title_before_name = text[degree.end - 1].isspace()
    if before and text[before : degree.start].strip() and not title_before_name:
        return (before, degree.end, "")
    end = degree.end
    while end < len(text) and text[end].isspace():
        end += 1
    return (degree.start, end, "")


@check("RK502")
def name_in_capitals(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A family name in capitals in a list that does not set names so."""
    head = context.head(parsed)
    if head.kind != "people" or context.habits.capital_names:
        return
    for person in head.people:
        given_in_full = any(map(str.islower, person.given))
        if (
            person.form == "inverted"
            and given_in_full
            and person.family.isupper()
            and _CAPITALS.fullmatch(person.family)
        ):
            start = parsed.reference.text.index(person.family, person.start)
            edit = (start, start + len(person.family), person.family.title())
            message = f"Name in capitals: “{person.family}”."
            yield in_reference(
                parsed,
                "RK502",
                start,
                start + len(person.family),
                message,
                edit,
                severity=Severity.INFO,
                safety=Safety.UNSAFE,
            )


@check("RK202")
def et_al(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """Authors hidden behind "et al." in a list that names all."""
    head = context.head(parsed)
    if head.et_al and not context.habits.et_al and len(head.people) < 6:
        message = f"“{head.et_al.text}” in the reference list hides authors."
        yield in_reference(parsed, "RK202", head.et_al.start, head.et_al.end, message)


@rule("RK823", "connective-of-names", Severity.INFO, fix=Safety.SAFE)
def connectives(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The authors are joined in another way than in the rest of the list, or by a repeated "and".

    Why: one list joins its names one way; "and" stands once, before the last.
    Bad: `Amiri, Mehdi and Ali Rezaei and Sina Karami (2017), World Order, Tehran: SAMT.`
    Good: `Amiri, Mehdi, Ali Rezaei and Sina Karami (2017), World Order, Tehran: SAMT.`
    """
    head = context.head(parsed)
    if head.kind != "people" or not context.habits.connective:
        return
    usual = context.habits.connective
    words = [mark for mark in head.connectives if mark.text.strip(",") in ("and", "&", "und", "et")]
    for mark in words:
        if usual == "and" and mark.text.strip(",") == "&":
            start = mark.end - 1
            yield in_reference(
                parsed, "RK823", start, mark.end, "“&” between authors; the list uses “and”.", (start, mark.end, "and")
            )
        if mark.text.startswith(",") and usual == "and" and not context.habits.comma_before_and:
            comma = parsed.reference.text.index(",", mark.start)
            message = "Comma before “and” in the author list."
            yield in_reference(parsed, "RK823", comma, mark.end, message, (comma, comma + 1, ""))
    if len(words) > 1 and usual == "and":
        yield _repeated_and(parsed, head, words)


def _repeated_and(parsed: ParsedReference, head: Head, words: list[Mark]) -> Finding:
    start, end = words[0].start, words[-1].end
    text = parsed.reference.text
    edits = [(len(text[: mark.start].rstrip(" ,")), mark.end, ",") for mark in words[:-1]]
    return in_reference(parsed, "RK823", start, end, f"“and” repeated between authors: “{text[start:end]}”.", *edits)
