"""Printed lists of people -> names.

Reads "Family, Given", "Given Family", "Family AB" and mixtures of them, chained by commas, semicolons, "and", "&" and
their like in other languages. What is only suspected (swapped names) stays as printed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from refkit.names import OTHERS, Name
from refkit.parse.name_forms import DOTS, FAMILY, read_plain_people
from refkit.parse.person import (
    CAPITAL,
    DOTTED,
    PARTICLES,
    SUFFIX,
    Habits,
    capitals_last,
    ends_in_initials,
    inverted_name,
    is_initials,
    is_suffix,
    name_order,
    opens_family,
    shows_family,
    spaced,
    starts_with_initial,
    whole_name,
)
from refkit.regex import regex
from refkit.words import GIVEN, is_organisation, leaning

_AND_WORDS = frozenset("and und et y en и та و ve sowie with avec mit".split())
_AND = regex(rf"\s*[,،;]?\s*(?:&|\s(?:{'|'.join(sorted(_AND_WORDS))})(?:\s+and)?\s)\s*", re.IGNORECASE)
_SEMICOLON = regex(r"\s*[;؛]\s*")
# What says that these people edited, not who they are: "(Hrsg.)", "a cura di", "edited by".
_ROLE = regex(
    r"[(\[]\s?(?:Hrsg|Hrg|Hg|Hgg|eds?|editors?|comps?|coords?|orgs?|dirs?|éds?|ред|отв\. ред|сост)\b\.?\s?[)\]]|"
    r"(?:\ba\s)?\bcura\sdi\b|\ba\sc\.\sdi\b|\b(?:edited|compiled|translated)\sby\b|\b(?:hrsg|hg)\.?\s(?:von|v\.)|\bed\.\sby\b|"
    r"\bpod\sred\.|\bпод\sред(?:акцией|\.)|\bsous\sla\sdir(?:ection|\.)\sde\b|\béd\.\spar\b",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = regex(r"\(\s?\)|\[\s?\]")
_ROLE_SIGNS = ("(", "[", "cura", "c. di", " da ", "by ", "hg", "hrsg", "ред", "red.", "sous", "éd")
_COMMA = regex(r"\s*[,،]\s*")
_ET_AL = regex(
    r"[\s,،;]*\[?(?:\bet\.?\s+al\b\.?|\band others\b|\bu\.\s?a\.|\bи др\b\.?|\bи соавт\b\.?|و (?:همکاران|"
    r"دیگران)|\.\.\.|…)\]?\s*$",
    re.IGNORECASE,
)
_ET_AL_SIGNS = ("al", "others", "u.", "др", "соавт", "همکاران", "دیگران", "..", "…")
_DEGREE = regex(r"(?:Ph\.? ?D|J\.?D|M\.?D|M\.?A|M\.?Sc|LL\.?M|MBA|D\.?Phil|Esq|Dr|Prof|Hon|USA\.? [Rr]et|[Rr]et)\.?")
_TITLE_BEFORE = regex(r"^(?:(?:Dr|Prof|Professor|Sir|Gen|Col|Lt|Maj|Hon|Mr|Mrs|Ms)\.?\s+)+(?=\S)")
_BLANK_BEFORE = regex(r"(?<=[\w.])\s+(?=[.,،;](?!\.))|(?<=\b[^\W\d_][’'])\s+(?=[^\W\d_]{2})")
_LOOSE_SIGNS = (" ,", " .", " ;", " ،", "’ ", "' ")
_BLANK_MISSING = regex(rf",(?=[^\W\d_])|\.(?=(?<={CAPITAL}\.){CAPITAL}[^\W\d_]{{2}})")
_LOOSE_HYPHEN = regex(r"(?<=[\w.])(?:\s+-|(?<=\.)-)\s+(?=\w)")
_FIRST_OF_NAME = regex(rf"{CAPITAL}[^\W\d_]{{0,2}}\.|{CAPITAL}[^\W\d_]+(?: [^\W\d_]|, [^\W\d_]{{2}})")
_LINKING = regex(r"\s(?:für|for|of|de|di|des|du|der|per|и|по)\s", re.IGNORECASE)
_RIGHT_TO_LEFT = regex(r"[\u0590-\u06ff]")  # Persian lists put the family name first, and a comma behind it
_LETTER = regex(r"[^\W\d_]")
_FOUR_INITIALS = regex(r"[A-Z]{4}")
_STOP_BETWEEN = regex(r"(?<=[a-zà-ÿ]{3})\.\s+(?=[^\W\d_]+(?:[-’'][^\W\d_]+)*,\s)")
_STOPPED = regex(rf"(?:{CAPITAL}[^\W\d_]+(?:-[^\W\d_]+)?, [A-Z]{{1,3}}(?:\. |\.?\Z)){{2,}}")
_RUN_ON_PERSON = regex(rf"{FAMILY} (?:[A-Z]{{1,3}}|{DOTS})(?: |$)")  # "Jin J Feng J", "Янин В.Л. Зализняк А.А."
_RUN_ON = regex(rf"(?:{_RUN_ON_PERSON.pattern}){{2,}}")
_DOUBLE_FAMILY = regex(rf"\s*{CAPITAL}[^\W\d_]+ (?i:y|e) {CAPITAL}[^\W\d_]+,\s[^,]*$")
_FIGURES = regex("[0-9:]")
_NO_NAMES = regex(r"[0-9:?!“”\"«»]")
_GIVEN = regex(r"[^\W\d_]+(?:[-’'‐][^\W\d_]+)*")


def read_people(text: str) -> tuple[Name, ...]:
    """The names of a printed author or editor list, in order; "et al." becomes `OTHERS`.

    An organisation is one literal name. Degrees and titles before names are left out.
    """
    folded = text.casefold()
    if [sign for sign in _ROLE_SIGNS if sign in folded]:
        text = " ".join(_EMPTY_BRACKETS.sub(" ", _ROLE.sub(" ", text)).split()) or text
    body, hidden = _without_et_al(_tidy(text.strip(" ,،;:؛•*")))
    names = read_plain_people(body) or tuple(_read_pieces(body))
    return (*names, OTHERS) if hidden else names


def _without_et_al(text: str) -> tuple[str, bool]:
    ending = text.rstrip()[-12:].casefold()
    match = _ET_AL.search(text) if any(sign in ending for sign in _ET_AL_SIGNS) else None
    return (text[: match.start()], True) if match else (text, False)


def _read_pieces(text: str) -> Iterator[Name]:
    if not text:
        return
    if is_organisation(text) and _is_one_organisation(text):
        yield from (Name(literal=part) for part in _split_organisations(text))
        return
    if _RUN_ON.fullmatch(text):
        yield from (whole_name(match[0].strip()) for match in _RUN_ON_PERSON.finditer(text))
        return
    chunks = [chunk for piece in _split_marks(text) for chunk in _split_and(piece) if chunk]
    paired = all(chunk.count(",") + chunk.count("،") == 1 for chunk in chunks)
    orders = [name_order(words) for chunk in chunks for part in _COMMA.split(chunk) if len(words := part.split()) > 1]
    family_first, given_first = orders.count(-2), orders.count(1)
    habits = Habits(family_first=family_first > given_first, given_first=given_first > family_first)
    for chunk in chunks:
        yield from _read_chunk(chunk, paired, habits)


def _tidy(text: str) -> str:
    """Blanks behind commas and none before, none around hyphens, and no dash behind the last name."""
    if "*" in text:
        text = text.replace("*", "")
    if [sign for sign in _LOOSE_SIGNS if sign in text]:
        text = _BLANK_BEFORE.sub("", text)
    if _BLANK_MISSING.search(text):
        text = _BLANK_MISSING.sub(r"\g<0> ", text)
    if " - " in text or ".- " in text or text.endswith("-"):
        text = _LOOSE_HYPHEN.sub(_join_or_part, text.rstrip(" -"))
    return text


def _join_or_part(match: re.Match[str]) -> str:
    """ "Savi - Lopez" is one family name, "T. Pignatti - K. Donahue" are two people."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    if match[0][0] == "-" and DOTTED.match(behind):  # "K.- H. Ludwig"
        return "-"
    *_, first, second = "", *before.split(" ")[-2:]
    double = leaning(second) > 0 and leaning(behind.split(" ")[0]) > 0 and leaning(first) <= 0  # "Marie - Thérèse"
    parts = before.endswith(".") or (" " in before and not double and _FIRST_OF_NAME.match(behind))
    return "; " if parts else "-"


def _is_one_organisation(text: str) -> bool:
    """No comma, or a name that goes on behind it: "Ministry for Families, Women and Youth"."""
    first, *rest = _COMMA.split(text)
    if not rest:
        return True
    return is_organisation(first) and _LINKING.search(first) is not None and not any(map(_may_name_person, rest))


def _may_name_person(segment: str) -> bool:
    words = segment.split()
    return any(is_initials(word) or leaning(word) for word in words) or is_organisation(segment)


def _split_marks(text: str) -> list[str]:
    if not [mark for mark in (";", "؛", "/", ". ") if mark in text]:
        return [text]
    return [part for piece in _SEMICOLON.split(text) for half in _split_slashes(piece) for part in _split_stops(half)]


def _split_slashes(text: str) -> list[str]:
    """ "Mayer, Karl Ulrich/Müller, Walter" are two people, "AFL/CIO" is no one."""
    parts = text.split("/") if "/" in text else []
    return parts if parts and not any(part.isupper() and " " not in part.strip() for part in parts) else [text]


def _split_stops(text: str) -> list[str]:
    """Full stops between people: "AIGUEBONNE, Evelyne. SIEBERT, Carole", "Carson, DS. Dadds, MR."."""
    if ". " not in text:
        return [text]
    return text.split(". ") if _STOPPED.fullmatch(text) else _STOP_BETWEEN.split(text)


def _split_and(text: str) -> list[str]:
    if "&" not in text and _AND_WORDS.isdisjoint(text.lower().split()):
        return [text.strip(" ,،")]
    double = _DOUBLE_FAMILY.match(text)
    if double:
        return [text.strip(" ,،")]
    return [part.strip(" ,،") for part in _AND.split(f" {text} ")]


def _split_organisations(text: str) -> list[str]:
    parts = _split_and(text)
    return parts if len(parts) > 1 and all(map(is_organisation, parts)) else [text]


# ------------------------------------------------------------------ commas
# "A, B, C, D": which segments are whole names, which two are family and given name of one person? Every reading has a
# score; the best one wins.


class _Segment(NamedTuple):
    text: str
    words: list[str]
    organisation: bool
    initials: bool
    starts: bool
    ends: bool


def _segment(text: str) -> _Segment:
    words = text.split()
    initials = is_initials(text)
    whole = not initials and len(words) > 1
    starts = whole and starts_with_initial(words)
    ends = whole and (ends_in_initials(words) or (_FOUR_INITIALS.fullmatch(words[-1]) is not None and not starts))
    return _Segment(text, words, is_organisation(text), initials, starts, ends)


def _whole_name(text: str, suffix: str, habits: Habits) -> Name:
    return Name(literal=text) if is_organisation(text) else whole_name(text, suffix, habits)


def _read_chunk(chunk: str, paired: bool, habits: Habits) -> Iterator[Name]:
    if "," not in chunk and "،" not in chunk:
        yield _whole_name(_TITLE_BEFORE.sub("", chunk), "", habits)
        return
    texts = [_TITLE_BEFORE.sub("", text) for text in _COMMA.split(chunk) if _LETTER.search(text)]
    if not texts:
        yield Name(literal=chunk)
        return
    people = _attach_suffixes(texts)
    segments = [_segment(text) for text, _ in people]
    habits = habits._replace(capitals=_print_capitals(segments), commas=True)
    for first, end in _best_reading(segments, paired or bool(_RIGHT_TO_LEFT.match(chunk))):
        suffix = people[end - 1][1]
        text, words = segments[first].text, segments[first].words
        if end - first == 2:
            yield inverted_name(text, segments[first + 1].text, suffix)
        elif not habits.capitals and len(words) > 1 and not words[0].isupper() and _FOUR_INITIALS.fullmatch(words[-1]):
            yield inverted_name(" ".join(words[:-1]), spaced(words[-1]), suffix)
        else:
            yield _whole_name(text, suffix, habits)


def _print_capitals(segments: list[_Segment]) -> bool:
    """Whether the list prints family names in capitals: "HE, Ying, Angel WONG", "Robert LANDEWÉ, Bo FU"."""
    first, second = segments[0], segments[min(1, len(segments) - 1)]
    if len(first.words) == 1 and first.text.isupper() and second.words[0].istitle() and not second.initials:
        return True
    return sum(capitals_last(segment.words) for segment in segments) > sum(segment.ends for segment in segments)


def _attach_suffixes(texts: list[str]) -> list[tuple[str, str]]:
    """Each segment with the "Jr." that stands behind it."""
    found: list[tuple[str, str]] = []
    for text in texts:
        if found and not found[-1][1] and SUFFIX.fullmatch(text):
            found[-1] = found[-1][0], text
        else:
            found.append((text, ""))
    return found


def _best_reading(segments: list[_Segment], paired: bool) -> list[tuple[int, int]]:
    """The stretches of segments that are one name each, as (first, end).

    `paired`: every name of the list seems to have one comma.
    """
    best = [(0.0, 0)]  # of the segments so far: score, and how many of them the last name has, 0 for a degree
    for end, segment in enumerate(segments, 1):
        score, length = best[end - 1]
        options = [(score + _whole(segment) + (0.4 if length == 1 else 0), 1)]
        if end > 1 and _DEGREE.fullmatch(segment.text):
            options.append((score, 0))
        if end > 1:
            score, length = best[end - 2]
            bonus = (0.4 if length == 2 else 0) + (2.5 if end == 2 and _opens_inverted(*segments[:2]) else 0)
            options.append((score + _pair(segments[end - 2], segment, paired) + bonus, 2))
        best.append(max(options))
    found = []
    end = len(segments)
    while end:
        length = best[end][1]
        if length:
            found.append((end - length, end))
        end -= max(length, 1)
    return found[::-1]


def _opens_inverted(family: _Segment, given: _Segment) -> bool:
    """Whether a list seems to begin with "Family, Given Given": seldom is the first of all people a lone surname."""
    return len(family.words) == 1 < len(given.words) and not (given.ends or opens_family(given.words))


def _whole(segment: _Segment) -> float:
    """How likely a segment is a whole name; above 0: rather so."""
    words = segment.words
    if segment.initials:
        return -8.0
    if segment.organisation or segment.starts or segment.ends or shows_family(words):
        return 3.0
    if len(words) == 1 or words[0] in PARTICLES or (len(words) == 2 and (is_suffix(words[1]) or opens_family(words))):
        return -3.0 if leaning(words[0]) > 0 else -1.5
    order, first, last = name_order(words), leaning(words[0]), leaning(words[-1])
    if order > 0:
        return 0.8 + 0.6 * max(first, 0) + 0.4 * max(-last, 0)
    if first < 0 and last <= 0:  # "Castro Varela"
        return -0.4
    return 0.8 + 0.6 * max(last, 0) if order else 0.8


def _pair(family: _Segment, given: _Segment, paired: bool) -> float:
    """How likely two segments are family and given name of one person."""
    if given.initials:
        if (family.organisation and len(family.words) > 1) or (family.text.isupper() and family.organisation):
            return -9.0
        if leaning(family.words[0]) >= GIVEN and _DEGREE.fullmatch(given.text):  # "Matthew Rojansky, JD"
            return 0.0 if len(family.words) == 1 else -9.0
        misplaced = family.starts or family.ends
        return 4.0 - (9.0 if misplaced and len(given.text) > 2 else 4.0 if misplaced else 0.0)
    if family.organisation or given.organisation or _DEGREE.fullmatch(given.text):
        return -9.0
    if family.starts or (family.ends and not (paired and _is_initial_misplaced(family, given))):
        return -5.0
    words = [word for word in given.words if word not in PARTICLES]
    likely = sum(map(leaning, words)) / max(len(words), 1)
    if len(words) > 1 and leaning(words[0]) > 0 and leaning(words[-1]) < 0:  # "Hamed Mousavi"
        likely -= 2.5
    if given.ends and given.text.endswith("."):  # "van Dijk, Teun A."
        likely += 1.5
    return (1.5 if paired else 0.5) + likely + _as_family(family)


def _as_family(segment: _Segment) -> float:
    """What speaks for a segment being no more than a family name."""
    if segment.ends:
        return 1.0
    first = leaning(segment.words[0])
    if len(segment.words) == 1:
        return 0.8 - first / 2
    if segment.words[0] in PARTICLES or opens_family(segment.words):
        return 0.3
    return -2.0 if first > 0 or leaning(segment.words[-1]) > 0 else 0.3


def _is_initial_misplaced(family: _Segment, given: _Segment) -> bool:
    """ "Wilkins S., Thomas": one initial at the family name, a given name behind the comma."""
    return len(family.words) == 2 and len(given.words) == 1 and len(given.text) > 2


def looks_like_people(text: str) -> bool:
    """Whether the text before the year reads as a list of people or an organisation, not as a title."""
    if is_organisation(text):
        return not _FIGURES.search(text) and len(text.split()) <= 12
    if _NO_NAMES.search(text):
        return False
    lower = [word for word in _GIVEN.findall(_AND.sub(", ", _ET_AL.sub("", text))) if word.islower() and word.isalpha()]
    return all(word in PARTICLES for word in lower if word.isascii()) and _short_segments(text)


def _short_segments(text: str) -> bool:
    parts = [part for chunk in _AND.split(f" {text} ") for part in _COMMA.split(chunk)]
    return all(len(part.split()) <= 6 for part in parts)
