"""RK2: names of authors, editors and translators."""

import re
from collections import Counter
from collections.abc import Iterator

from refkit.model import Bibliography, Entry, Field, Finding, Safety, Severity
from refkit.regex import regex
from refkit.rules import check, in_field, rule
from refkit.rules.context import Context
from refkit.rules.name_lists import NAMES, Piece, name_lists, outside, pieces
from refkit.words import given_names

_ORGANISATION = frozenset(
    "university universität université universidad universidade universiteit institute institut instituto organization "
    "organisation association ministry department committee commission corporation foundation society consortium "
    "council agency bureau federation collaboration laboratory laboratories company inc ltd gmbh llc corp "
    "project initiative network academy authority group team center centre office programme program "
    "government parliament secretariat union library museum hospital bank".split()
)
_STRONG = _ORGANISATION - frozenset(
    "project union bank group team center centre office program library company".split()
)
_SUFFIX = regex(r"(?:[JS]r\.?|[Jj]unior|[Ss]enior|I{2,3}|IV|VI{0,3}|[1-4](?:st|nd|rd|th))")
_CAPITAL = "A-ZÀ-ÖØ-ÞŁŚŠŞĞİÇА-ЯЁІЇЄ"
_INITIALS = regex(rf"(?:[{_CAPITAL}](?:\.-?|-|\s)?\s?){{1,4}}")
_INITIALS_FIRST = regex(rf"(?:[{_CAPITAL}]\.[ ~-]?){{1,4}}\s?(?:[a-z]+\s){{0,2}}[{_CAPITAL}][^\W\d_]+(?:-[^\W\d_]+)?")
_COMMAS = regex("[,،]")


_KNOWN_ORGANISATIONS = frozenset(
    ("united nations", "european union", "african union", "world bank", "amnesty international", "human rights watch",
     "statistics canada", "statistics netherlands", "deutsche bank", "national geographic")
)  # fmt: skip


def is_organisation(text: str) -> bool:
    """Whether a name without comma or braces reads like an organisation."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) > 1 and not _ORGANISATION.isdisjoint(words)


@rule("RK201", "names-not-joined-by-and", Severity.ERROR, fix=Safety.UNSAFE, fields=NAMES)
def names_not_joined_by_and(entry: Entry, context: Context) -> Iterator[Finding]:
    """The names of a list are not joined by `and`.

    Why: BibTeX separates names by the word `and` alone; with `;`, `&` or commas several people become one.
    Bad: `author = {Smith, J.; Jones, K.}`
    Good: `author = {Smith, J. and Jones, K.}`
    """
    for field, plain in name_lists(entry):
        for start, end, new, what in _separators(plain):
            yield in_field(entry, field, "RK201", what, (start, end, new), at=(start, end))
        for piece in pieces(field.value) if _COMMAS.search(plain) else ():
            if ";" not in piece.text and "&" not in piece.text:
                yield from _comma_list(entry, field, piece)


_SEPARATOR = regex(
    r"\s{0,9}(?<!\\);\s{0,9}(?:and\s{1,9})?(?=.)|,?\s{1,9}\\?&\s{1,9}|\s{1,9}و\s{1,9}|\s{0,9}؛\s{0,9}|^\s{0,9}and\s{1,9}"
    r"|\s{1,9}and\s{0,9}$|\sand(?:\s{1,9}and)+\s|,\s{1,9}and\s{1,9}|,\s{0,9}$",
    re.IGNORECASE,
)


def _separators(plain: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _SEPARATOR.finditer(plain):
        sign = match[0].strip()
        before, after = plain[max(match.start() - 300, 0) : match.start()], plain[match.end() : match.end() + 300]
        if sign.lower().startswith("and") and (not before or not after):
            yield match.start(), match.end(), "", "the list of names begins or ends with “and”"
        elif sign == "," and "," in before.rsplit(" and ", 1)[-1]:
            yield match.start(), match.end(), "", "comma after the last name"
        elif not _is_separator(sign, before, after):
            continue
        elif sign.lower() == ", and" and "," not in before.rsplit(" and ", 1)[-1]:
            yield match.start(), match.end(), " and ", "comma before “and” in a list of names"
        else:
            yield match.start(), match.end(), " and ", f"names are joined by “{sign}” instead of “and”"


def _is_separator(sign: str, before: str, after: str) -> bool:
    if sign.endswith("&"):
        return _around_are_people(before, after)
    return sign != "," and (sign != "و" or _around_are_many_words(before, after))


def _around_are_people(before: str, after: str) -> bool:
    left, right = before.rsplit(" and ", 1)[-1], after.split(" and ", 1)[0]
    return any("," in side or _INITIALS_FIRST.search(side) for side in (left, right)) and not is_organisation(right)


def _around_are_many_words(before: str, after: str) -> bool:
    left, right = re.split(r"\s(?:and|و)\s", before)[-1], re.split(r"\s(?:and|و)\s", after)[0]
    return all(len(side.replace("،", " ").replace(",", " ").split()) > 1 for side in (left, right))


def _comma_list(entry: Entry, field: Field, piece: Piece) -> Iterator[Finding]:
    plain = outside(piece.text)
    parts = [part.strip() for part in _COMMAS.split(plain)]
    if len(parts) < 2 or not parts[-1] or not _is_comma_list(parts):
        return
    names = _COMMAS.split(piece.text) if "\0" not in plain else []
    fixed = _joined([name.strip() for name in names])
    edits = [(piece.start, piece.end, fixed)] if fixed else []
    yield in_field(
        entry, field, "RK201", "several names are separated by commas only", *edits, at=(piece.start, piece.end)
    )


def _is_comma_list(parts: list[str]) -> bool:
    if len(parts) == 2:
        return all(_INITIALS_FIRST.fullmatch(part) for part in parts) or _are_full_names(parts)
    if any(is_organisation(part) or _DEGREE.fullmatch(part) for part in parts):
        return False
    return len(parts) > 3 or not any(_SUFFIX.fullmatch(part) or _ROLE.fullmatch(part) for part in parts)


def _are_full_names(parts: list[str]) -> bool:
    """Whether each part is a well-known given name and a word that is none: `John Smith, Jane Doe`."""
    words = [part.split() for part in parts]
    if any(len(pair) != 2 or not all(word.istitle() for word in pair) for pair in words):
        return False
    known = given_names()
    return all(given.lower() in known and family.lower() not in known for given, family in words)


def _joined(parts: list[str]) -> str:
    if not parts or not all(parts):
        return ""
    if all(" " in part and not _INITIALS.fullmatch(part) for part in parts):
        return " and ".join(map(_inverted, parts))
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if len(parts) % 2 == 0 and all(_INITIALS.fullmatch(given) for _, given in pairs):
        return " and ".join(f"{family}, {given}" for family, given in pairs)
    return ""


def _inverted(name: str) -> str:
    """`Smith JA` as `Smith, J. A.`; any other form as it is."""
    match = _FAMILY_INITIALS.fullmatch(name)
    return f"{match[1]}, {_dotted(match[2])}" if match else name


@rule("RK202", "et-al-in-names", Severity.WARNING, fix=Safety.SAFE, fields=NAMES)
def et_al_in_names(entry: Entry, context: Context) -> Iterator[Finding]:
    """The list of names ends in "et al.".

    Why: a style sets "et al." itself, in its own words; in the field it becomes a person called Al.
    Bad: `author = {Smith, J. and Jones, K. et al.}`
    Good: `author = {Smith, J. and Jones, K. and others}`
    """
    for field in entry.fields:
        if field.name in NAMES and (match := _ET_AL.search(field.value)):
            text = match[0].strip(" ,;~")
            edits = [(match.start(), match.end(), " and others")] if match.start() else []
            yield in_field(
                entry, field, "RK202", f"“{text}” in a list of names: write “and others”", *edits, at=match.span()
            )


_ET_AL = regex(
    r"(?:(?:[,;]|(?<=\w))?[\s~]{1,9}(?:and\s{1,9}|\\?&\s{1,9})?|^)\{{0,2}(?:\\(?:emph|textit)\{)?"
    r"(?:et\.?[\s~]{0,9}al(?:ii|ia)?\.?|u\.\s?a\.|и\s{1,9}др\.|و\s{1,9}(?:همکاران|دیگران))\}{0,2}[.,]?\s{0,9}$",
    re.IGNORECASE,
)


@rule("RK203", "given-and-family-swapped", Severity.WARNING, fix=Safety.UNSAFE)
def given_and_family_swapped(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Given and family name are probably swapped: the rest of the file has the same person the other way round.

    Why: the work is cited and sorted under the given name.
    Bad: `author = {J. R., Smith}`
    Good: `author = {Smith, J. R.}`
    """
    people = list(_people(bibliography))
    pairs = Counter((family.casefold(), given.casefold()) for *_, family, given in people)
    families = Counter(family.casefold() for *_, family, _ in people)
    for entry, field, piece, family, given in people:
        here, there = (family.casefold(), given.casefold()), (given.casefold(), family.casefold())
        known = pairs[there] > pairs[here] and families[there[0]] > families[here[0]]
        if known or (_INITIALS.fullmatch(family) and "." in family and len(given) > 2 and "." not in given):
            yield in_field(
                entry,
                field,
                "RK203",
                f"given and family name are probably swapped: “{piece.text}”",
                (piece.start, piece.end, f"{given}, {family}"),
                at=(piece.start, piece.end),
            )


def _people(bibliography: Bibliography) -> Iterator[tuple[Entry, Field, Piece, str, str]]:
    """All names of the form `Family, Given`."""
    for entry in bibliography.entries:
        for field in entry.fields:
            if field.name in NAMES and "," in field.value:
                for piece in pieces(field.value):
                    if piece.text.count(",") == 1 and "{" not in piece.text:
                        family, given = (part.strip() for part in piece.text.split(","))
                        if family and given:
                            yield entry, field, piece, family, given


@rule("RK204", "family-equals-given", Severity.WARNING, fields=NAMES)
def family_equals_given(entry: Entry, context: Context) -> Iterator[Finding]:
    """Family and given name of a person are the same.

    Why: it is nearly always a slip of a form that asked twice for the same thing; one of the two is lost.
    Bad: `author = {Binish, Binish}`
    Good: `author = {Binish, Sara}`
    """
    for field, plain in name_lists(entry):
        if "," not in plain:
            continue
        for piece in pieces(field.value):
            family, comma, given = piece.text.partition(",")
            if comma and len(family.strip()) > 2 and family.strip().casefold() == given.strip().casefold():
                yield in_field(
                    entry,
                    field,
                    "RK204",
                    f"family and given name are the same: “{piece.text}”",
                    at=(piece.start, piece.end),
                )


@rule("RK205", "comma-missing-in-name", Severity.WARNING, fix=Safety.UNSAFE, fields=NAMES)
def comma_missing_in_name(entry: Entry, context: Context) -> Iterator[Finding]:
    """The comma between family name and initials is missing.

    Why: without the comma the last word is the family name, so the person is cited as "A."
    Bad: `author = {Smith J. A.}`
    Good: `author = {Smith, J. A.}`
    """
    for field, plain in name_lists(entry):
        for piece in pieces(field.value) if _ENDS_IN_INITIALS.search(plain) else ():
            match = _FAMILY_INITIALS.fullmatch(plain[piece.start : piece.end])
            if match and not _NUMERAL.fullmatch(match[2]) and not is_organisation(piece.text):
                fixed = f"{match[1]}, {_dotted(match[2])}"
                yield in_field(
                    entry,
                    field,
                    "RK205",
                    f"comma missing between family name and initials: “{piece.text}”",
                    (piece.start, piece.end, fixed),
                    at=(piece.start, piece.end),
                )


_FAMILY_INITIALS = regex(
    rf"((?:[a-z]{{1,5}}\s){{0,3}}[{_CAPITAL}][^\W\d_A-Z.][^\W\d_.]{{0,40}}(?:['’-][^\W\d_.]{{1,40}}){{0,2}})"
    rf"\s{{1,3}}((?:[{_CAPITAL}]\.[\s-]?){{1,4}}|[{_CAPITAL}]{{1,3}})"
)
_ENDS_IN_INITIALS = regex(rf"[{_CAPITAL}]\.?\s{{0,9}}(?:$|and\s)")
_NUMERAL = regex("[IVX]{1,4}")


def _dotted(initials: str) -> str:
    """`JA`, `J.A.` or `J. A.` as `J. A.`."""
    if "." not in initials:
        return " ".join(f"{letter}." for letter in initials)
    return re.sub(r"\.(?=[^\s.-])", ". ", initials.strip())


@rule("RK206", "name-part-missing", Severity.WARNING, fields=NAMES)
def name_part_missing(entry: Entry, context: Context) -> Iterator[Finding]:
    """The family or the given name of a person is missing.

    Why: the person cannot be told from others of that name; one side of the comma was probably lost.
    Bad: `author = {Smith, and Jones, Kate}`
    Good: `author = {Smith, John and Jones, Kate}`
    """
    for field, _ in name_lists(entry):
        found = pieces(field.value)
        has_full_names = sum(" " in piece.text for piece in found) > 1
        for piece in found:
            place = (piece.start, piece.end)
            if piece.text.count(",") == 1 and (piece.text.startswith(",") or piece.text.endswith(",")):
                what = "family" if piece.text.startswith(",") else "given"
                yield in_field(entry, field, "RK206", f"{what} name missing: “{piece.text}”", at=place)
            elif has_full_names and _is_lone_word(piece.text):
                yield in_field(
                    entry, field, "RK206", f"given name missing: “{piece.text}”", at=place, severity=Severity.INFO
                )


def _is_lone_word(text: str) -> bool:
    return text.isalpha() and text.istitle() and len(text) > 1 and text.isascii() and text.lower() != "others"


@rule("RK207", "initials-form", Severity.INFO, fix=Safety.SAFE, fields=NAMES)
def initials_form(entry: Entry, context: Context) -> Iterator[Finding]:
    """An initial lacks its full stop or the space after it.

    Why: BibTeX takes "J.R." for one given name, and styles then drop the second initial.
    Bad: `author = {Smith, J.R. and Jones, K}`
    Good: `author = {Smith, J. R. and Jones, K.}`
    """
    for field, plain in name_lists(entry):
        if not _INITIAL.search(plain):
            continue
        edits = [edit for piece in pieces(field.value) for edit in _initial_edits(piece, plain)]
        if edits:
            first, last = edits[0][0], edits[-1][1]
            start = max(plain.rfind(" ", 0, first), 0)
            yield in_field(
                entry,
                field,
                "RK207",
                f"initial without full stop or space: “{field.value[start:last].strip()}”"
                if len(edits) == 1
                else f"{len(edits)} initials without full stop or space",
                *edits,
                at=(start + (plain[start : start + 1] == " "), max(last, first)),
            )


_INITIAL = regex(
    rf"(?<![\w.'’/{{}}\\\0-])[{_CAPITAL}](?:\.(?=[{_CAPITAL}])|(?=[\s,]|$))|(?<=\.)[{_CAPITAL}](?:\.(?=[{_CAPITAL}])|(?=\s|$))"
)


def _initial_edits(piece: Piece, plain: str) -> list[tuple[int, int, str]]:
    text = plain[piece.start : piece.end]
    if text.isupper() and "." not in text and "," not in text:
        return []
    edits = []
    for match in _INITIAL.finditer(text):
        start, end = piece.start + match.start(), piece.start + match.end()
        is_family = ("," not in text and end == piece.end) or "," in text[match.end() :]
        if match[0].endswith("."):
            edits.append((start, end, f"{match[0]} "))
        elif not is_family and not is_organisation(text):
            edits.append((start, end, f"{match[0]}."))
    return edits


_DEGREE = regex(
    r"(?:Ph\.?\s?D\.?|M\.?D\.|MD|J\.D\.|JD|M\.?\s?Sc\.?|B\.?\s?Sc\.?|D\.?Phil\.?|M\.?B\.?A\.|MBA|Ed\.?D\.?|LL\.?[MB]\.?|"
    r"MBBS|FRCP|FRCS|DDS|DVM|Esq\.?|Dr\.-Ing\.)"
)
_ROLE = regex(
    r"\(?(?:eds?\.?|Eds?\.|[Ee]ditors?|\(Eds?\)|[Hh]rsg\.?|[Tt]rans(?:l?\.|lators?)|[Cc]omp\.|[Cc]oord\.)\)?|\(Eds?\.?\)"
)
_DECORATED = regex(rf"\(|\b(?:{_DEGREE.pattern}|{_ROLE.pattern}|Dr|Prof|Professor|Mr|Mrs|Ms|Rev|Dipl)(?!\w)")
_ADDRESS = regex(
    r"(?:(?<=^)|(?<=,\s))(?:Dr|Prof|Professor|Mr|Mrs|Ms|Rev|Dipl\.-Ing)\.?(?:\s{1,3}(?:Dr|med|rer|nat|h\.c)\.){0,4}(?=\s)"
)
_IN_PARENTHESES = regex(r"\s{0,3}\(([^()]{1,80})\)")


@rule("RK208", "degree-or-role-in-name", Severity.WARNING, fix=Safety.UNSAFE, fields=NAMES)
def degree_or_role_in_name(entry: Entry, context: Context) -> Iterator[Finding]:
    """A degree, a form of address, a role or an affiliation stands in a name.

    Why: it becomes part of the name, and is then sorted, abbreviated and printed with it.
    Bad: `author = {Smith, John, PhD}`
    Good: `author = {Smith, John}`
    """
    for field, plain in name_lists(entry):
        for piece in pieces(field.value) if _DECORATED.search(plain) else ():
            text = plain[piece.start : piece.end]
            for start, end in _decorations(text):
                word = text[start:end].strip(" ,")
                place = (piece.start + start, piece.start + end)
                yield in_field(entry, field, "RK208", f"“{word}” is no part of a name", (*place, ""), at=place)


def _decorations(text: str) -> Iterator[tuple[int, int]]:
    for address in _ADDRESS.finditer(text):
        if len(text.split()) > 2:
            yield address.start(), address.end() + 1
    parts = text.split(",")
    end = len(text)
    for part in reversed(parts[1:]):
        start = end - len(part) - 1
        word = part.strip()
        if _ROLE.fullmatch(word) or (_DEGREE.fullmatch(word) and (len(parts) > 2 or len(parts[0].split()) > 1)):
            yield start, end
        end = start
    words = text.split()
    if len(parts) == 1 and len(words) > 2 and _DEGREE.fullmatch(words[-1]) and words[0].istitle():
        yield len(text) - len(words[-1]) - 1, len(text)
    for match in _IN_PARENTHESES.finditer(text):
        if _ROLE.fullmatch(match[0].strip()) or is_organisation(match[1]) or _DEGREE.fullmatch(match[1]):
            yield match.span()


@rule("RK209", "mixed-name-order", Severity.INFO, fields=NAMES)
def mixed_name_order(entry: Entry, context: Context) -> Iterator[Finding]:
    """One list has names both as `Family, Given` and as `Given Family`.

    Why: mixed orders are a sign of pasted lists, in which some names are likely to be read wrong.
    Bad: `author = {Smith, John and Kate Jones}`
    Good: `author = {Smith, John and Jones, Kate}`
    """
    for field, _ in name_lists(entry):
        people = [piece for piece in pieces(field.value) if " " in piece.text and "{" not in piece.text]
        direct = [piece for piece in people if "," not in piece.text and not is_organisation(piece.text)]
        if direct and len(direct) < len(people):
            piece = direct[0]
            yield in_field(
                entry,
                field,
                "RK209",
                f"“{piece.text}” is given name first, other names of the list are family name first",
                at=(piece.start, piece.end),
            )


@check("RK209")
def name_order_against_file(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Lists whose order of names differs from nearly all others of the file."""
    inverted: list[tuple[Entry, Field]] = []
    direct: list[tuple[Entry, Field]] = []
    for entry in bibliography.entries:
        field = entry.field("author")
        if field is None or "{" in field.value:
            continue
        people = [piece for piece in pieces(field.value) if " " in piece.text and not is_organisation(piece.text)]
        commas = sum("," in piece.text for piece in people)
        if people and commas in (0, len(people)):
            (inverted if commas else direct).append((entry, field))
    for few, many, what in ((inverted, direct, "family"), (direct, inverted, "given")):
        if few and len(many) >= 20 and len(few) * 10 <= len(many):
            for entry, field in few:
                yield in_field(
                    entry, field, "RK209", f"names are {what} name first, unlike the other entries of the file"
                )


@rule("RK210", "organisation-not-braced", Severity.WARNING, fix=Safety.SAFE, fields=NAMES)
def organisation_not_braced(entry: Entry, context: Context) -> Iterator[Finding]:
    """The name of an organisation is not in braces.

    Why: BibTeX takes "World Health Organization" for a person of the family Organization.
    Bad: `author = {World Health Organization}`
    Good: `author = {{World Health Organization}}`
    """
    for field, plain in name_lists(entry):
        found = pieces(field.value) if not _HINTS.isdisjoint(plain.lower().split()) else ()
        for piece in found:
            if "," in piece.text or "\0" in plain[piece.start : piece.end] or not _is_corporate(piece.text):
                continue
            alone = len(found) == 1 or any(
                "," in other.text or _INITIALS_FIRST.match(other.text) for other in found[:20]
            )
            fix = [(piece.start, piece.end, f"{{{piece.text}}}")] if alone else []
            yield in_field(
                entry,
                field,
                "RK210",
                f"organisation without braces is read as a person: “{piece.text}”",
                *fix,
                at=(piece.start, piece.end),
            )


_HINTS = _ORGANISATION | {name.split()[-1] for name in _KNOWN_ORGANISATIONS}


def _is_corporate(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) < 2 or _INITIALS_FIRST.fullmatch(text):
        return False
    if " ".join(words) in _KNOWN_ORGANISATIONS:
        return True
    return not _STRONG.isdisjoint(words) or (
        len(words) > 2 and not _ORGANISATION.isdisjoint(words[1:] if words[0] != "the" else words)
    )
