"""Printed lists of people -> names.

Reads "Family, Given", "Given Family", "Family AB" and mixtures of them, chained by commas, semicolons, "and", "&" and
their like in other languages. What is only suspected (swapped names) stays as printed.
"""

import re
from collections.abc import Iterable

from refkit.names import OTHERS, Name
from refkit.regex import regex
from refkit.words import ORGANISATION, given_names, is_organisation

_AND_WORDS = frozenset("and und et y en и та و ve sowie".split())
_AND = regex(rf"\s*[,،;]?\s*(?:&|\s(?:{'|'.join(sorted(_AND_WORDS))})(?:\s+and)?\s)\s*", re.IGNORECASE)
_SEMICOLON = regex(r"\s*[;؛]\s*")
# What says that these people edited, not who they are: "(Hrsg.)", "a cura di", "edited by".
_ROLE = regex(
    r"[(\[]\s?(?:Hrsg|Hrg|Hg|Hgg|eds?|editors?|comps?|coords?|orgs?|dirs?|éds?|ред|отв\. ред|сост)\b\.?\s?[)\]]|"
    r"(?:\ba\s)?\bcura\sdi\b|\b(?:edited|compiled|translated)\sby\b|\b(?:hrsg|hg)\.?\s(?:von|v\.)|\bed\.\sby\b|"
    r"\bpod\sred\.|\bпод\sред(?:акцией|\.)|\bsous\sla\sdir(?:ection|\.)\sde\b|\béd\.\spar\b",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = regex(r"\(\s?\)|\[\s?\]")
_ROLE_SIGNS = ("(", "[", "cura", " by", "hg", "hrsg", "ред", "red.", "sous", "éd")
_COMMA = regex(r"\s*[,،]\s*")
_ET_AL = regex(
    r"[\s,،;]*\[?(?:\bet\.?\s+al\b\.?|\band others\b|\bu\.\s?a\.|\bи др\b\.?|\bи соавт\b\.?|و (?:همکاران|"
    r"دیگران)|\.\.\.|…)\]?\s*$",
    re.IGNORECASE,
)
_ET_AL_SIGNS = ("al", "others", "u.", "др", "соавт", "همکاران", "دیگران", "..", "…")
_INITIAL = r"(?:[^\W\d_a-zа-яё]|Yu|Ya|Ch|Sh|Zh|Kh|Ts|Yo|Ye)"
_INITIALS = regex(rf"{_INITIAL}\.?(?:[\s‐‑-]*{_INITIAL}\.?){{0,4}}")
_DOTTED = regex(rf"{_INITIAL}\.")
_SUFFIX = regex(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_DEGREE = regex(
    r"(?:ph\.? ?d|j\.?d|m\.?d|m\.?a|m\.?sc|ll\.?m|mba|d\.?phil|esq|dr|prof|hon|usa\.? ret|ret)\.?", re.IGNORECASE
)
_TITLE_BEFORE = regex(r"^(?:(?:Dr|Prof|Professor|Sir|Gen|Col|Lt|Maj|Hon|Mr|Mrs|Ms)\.?\s+)+(?=\S)")
_PARTICLES = frozenset(
    "von van vom zu zum zur der den de del della di da do dos das du des la le las los ten ter op 't bin ibn "
    "ben bint el al af av".split()
)
_FAMILY_HEADS = frozenset("Van Von De Del Della Di Da Du La Al El Bin Ibn Abu".split())
_NATIONS = frozenset("british american european iranian russian chinese international national global royal".split())
_FAMILY_TAILS = frozenset(
    "pour poor zadeh zade nejad nezhad nejhad nia niya nasab fard far manesh rad asl tabar khah doost dust moghaddam"
    " moghadam kia jr".split()
)
_JOINED = regex(r"\b(?:and|und|et|y|en|и)\b", re.IGNORECASE)
_FIGURES = regex("[0-9:]")
_NO_NAMES = regex(r"[0-9:?!“”\"«»]")
_GIVEN = regex(r"[^\W\d_]+(?:[-’'‐][^\W\d_]+)*")


# People with initials, whose form settles what is the family name: "Berg, A. B.", "van den Berg AB", "Berg A. B." and
# "A. B. van den Berg", each perhaps with "Jr." behind it; and the one person of "Berg, Anna Maria".
_CAPITAL = r"[^\W\d_a-zа-яё]"
_PARTICLE = rf"(?:(?:{'|'.join(sorted(_PARTICLES))}) )*+"
_FAMILY = rf"{_CAPITAL}[’']?[^\W\d_]+(?:[-’'][^\W\d_]+)*+"
_DOTS = rf"(?:{_CAPITAL}|[CKSTZ]h|Y[aou]|J[au]|Дж)\.(?:[ -]?(?:{_CAPITAL}|[CKSTZ]h|Y[aou]|J[au])\.)*+"
_JUNIOR = r"(?:,? (Jr\.?|Sr\.?|II|III|IV)(?!\w))?"
_PERSON = (
    rf"(?:({_PARTICLE})(?:({_FAMILY}(?: {_FAMILY})?), ({_DOTS})|({_FAMILY}) (?:({_DOTS})|"
    rf"([A-Z](?:-?[A-Z]){{0,2}})\b\.?))|({_DOTS}) ?({_PARTICLE})({_FAMILY})){_JUNIOR}"
)
_JOIN = r"(?: ?/ ?|[,;]? (?:and|AND|And|und|et|y|e|i|en|og|och|и|&) |[,;] (?!(?:and|und|et|&) ))"
_UNGROUPED = re.sub(r"(?<!\\)\((?!\?)", "(?:", _PERSON)
_PLAIN_LIST = regex(rf"{_UNGROUPED}(?:{_JOIN}{_UNGROUPED})*+")
_PLAIN_PERSON = regex(rf"{_PERSON}(?:{_JOIN}|\Z)")
_ONE_PERSON = regex(rf"({_FAMILY}), ({_CAPITAL}[^\W\d_A-Z]+(?:[ -]{_CAPITAL}[^\W\d_A-Z]+| {_DOTS})*+)")


def read_people(text: str) -> tuple[Name, ...]:
    """The names of a printed author or editor list, in order; "et al." becomes `OTHERS`.

    An organisation is one literal name. Degrees and titles before names are left out.
    """
    folded = text.casefold()
    if [sign for sign in _ROLE_SIGNS if sign in folded]:
        text = " ".join(_EMPTY_BRACKETS.sub(" ", _ROLE.sub(" ", text)).split()) or text
    body, hidden = _without_et_al(text.strip(" ,،;:؛"))
    names = read_plain_people(body) or tuple(_read_chunks(body))
    return (*names, OTHERS) if hidden else names


def read_plain_people(text: str) -> tuple[Name, ...]:
    """The names of a list in which every form is beyond doubt, none for other lists.

    `refkit.names.format_names` writes such names so that they read back the same.
    """
    if not _PLAIN_LIST.fullmatch(text):
        one = _ONE_PERSON.fullmatch(text)
        if not one or _JOINED.search(one[2]) or is_organisation(text) or _SUFFIX.fullmatch(one[2]):
            return ()
        return (Name(one[1], one[2]),)
    names = []
    for before, comma, dots, blank, behind, letters, first, within, last, junior in _PLAIN_PERSON.findall(text):
        family = comma or blank or last
        if not ORGANISATION.isdisjoint(family.lower().split(" ")):
            return ()
        given = dots or behind or first or _spaced(letters)
        names.append(Name(family, given, (before or within).rstrip(), "", junior))
    return tuple(names)


def _without_et_al(text: str) -> tuple[str, bool]:
    ending = text.rstrip()[-12:].casefold()
    match = _ET_AL.search(text) if any(sign in ending for sign in _ET_AL_SIGNS) else None
    return (text[: match.start()], True) if match else (text, False)


def _read_chunks(text: str) -> Iterable[Name]:
    if not text:
        return
    if is_organisation(text) and not _COMMA.search(text):
        yield from (Name(literal=part) for part in _split_organisations(text))
        return
    pieces = [part for piece in _SEMICOLON.split(text) for part in _split_slashes(piece)]
    chunks = [chunk for piece in pieces for chunk in _split_and(piece) if chunk]
    inverted = len(_COMMA.split(chunks[0])) > 1 if chunks else False
    for chunk in chunks:
        yield from _read_chunk(chunk, inverted)


def _split_slashes(text: str) -> list[str]:
    """ "Mayer, Karl Ulrich/Müller, Walter" are two people, "AFL/CIO" is no one."""
    parts = text.split("/") if "/" in text else []
    return parts if parts and not any(part.isupper() and " " not in part.strip() for part in parts) else [text]


def _split_and(text: str) -> list[str]:
    if "&" not in text and _AND_WORDS.isdisjoint(text.lower().split()):
        return [text.strip(" ,،")]
    return [part.strip(" ,،") for part in _AND.split(f" {text} ")]


def _split_organisations(text: str) -> list[str]:
    parts = _split_and(text)
    return parts if len(parts) > 1 and all(map(is_organisation, parts)) else [text]


def _read_chunk(chunk: str, inverted: bool) -> Iterable[Name]:
    if "," not in chunk and "،" not in chunk:
        yield _one_name(_TITLE_BEFORE.sub("", chunk))
        return
    segments = [segment for segment in _COMMA.split(chunk) if segment]
    index = 0
    while index < len(segments):
        segment = _TITLE_BEFORE.sub("", segments[index])
        following = segments[index + 1] if index + 1 < len(segments) else ""
        if index and _DEGREE.fullmatch(segment):  # "Rojansky, JD": left out of the name
            index += 1
        elif following and _belong_together(segment, following, segments, index, inverted):
            suffix = segments[index + 2] if index + 2 < len(segments) else ""
            suffix = suffix if _SUFFIX.fullmatch(suffix) else ""
            yield _inverted_name(segment, _TITLE_BEFORE.sub("", following), suffix)
            index += 3 if suffix else 2
        else:
            suffix = following if _SUFFIX.fullmatch(following) else ""
            yield _one_name(segment, suffix)
            index += 2 if suffix else 1


def _belong_together(segment: str, following: str, segments: list[str], index: int, inverted: bool) -> bool:
    """Whether "segment, following" are the family and given name of one person."""
    if is_organisation(segment) or is_organisation(following) or _SUFFIX.fullmatch(following):
        return False
    if _DEGREE.fullmatch(following) and " " in segment:
        return False
    if _INITIALS.fullmatch(following):
        return not _ends_in_initials(segment) or len(following.rstrip(".")) == 1
    if _ends_in_initials(segment) and " " in segment:
        return _is_initial_misplaced(segment, following)
    if _starts_with_initial(segment):
        return False
    if index == 0:
        return not _given_first_list(segments)
    if " " not in segment:
        return True
    return len(segments) - index == 2 and inverted and " " not in following and not _looks_whole(segment)


def _starts_with_initial(segment: str) -> bool:
    words = segment.split()
    return len(words) > 1 and _DOTTED.match(words[0]) is not None and not _INITIALS.fullmatch(words[-1])


def _given_first_list(segments: list[str]) -> bool:
    """Whether "A B, C D, E F" lists whole names: at least three segments, all of two or more words."""
    return len(segments) >= 3 and all(" " in segment for segment in segments)


def _looks_whole(segment: str) -> bool:
    first = segment.split()[0]
    return _DOTTED.fullmatch(first) is not None or first.casefold() in given_names()


def _is_initial_misplaced(segment: str, following: str) -> bool:
    """ "Wilkins S., Thomas": one initial at the family name, a given name behind the comma."""
    return len(segment.split()) == 2 and " " not in following and len(following) > 2


def _ends_in_initials(segment: str) -> bool:
    words = segment.split()
    return len(words) > 1 and _INITIALS.fullmatch(words[-1]) is not None


def _inverted_name(family: str, given: str, suffix: str = "") -> Name:
    words = family.split()
    if len(words) > 1 and _DOTTED.fullmatch(words[-1]) and not _INITIALS.fullmatch(given):
        return Name(family=" ".join(words[:-1]), given=f"{given} {words[-1]}", suffix=suffix)
    last = given.split(" ")[-1]
    if last.endswith(".") and (last[:-1].casefold() in given_names() or (len(last) > 5 and "." not in last[:-1])):
        given = given[:-1]
    particle, family = _leading_particle(family)
    given, dropping = _trailing_particle(given)
    return Name(family=family, given=given, particle=particle, dropping_particle=dropping, suffix=suffix)


def _leading_particle(family: str) -> tuple[str, str]:
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count] in _PARTICLES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def _trailing_particle(given: str) -> tuple[str, str]:
    words = given.split()
    count = len(words)
    while count > 1 and words[count - 1] in _PARTICLES:
        count -= 1
    return " ".join(words[:count]), " ".join(words[count:])


def _one_name(text: str, suffix: str = "") -> Name:
    """A name without a comma: an organisation, "Family AB", "FAMILY Given", or given name first."""
    if is_organisation(text):
        return Name(literal=text)
    words = text.split()
    if len(words) == 1:
        return _single_word(words[0])
    if _SUFFIX.fullmatch(words[-1]) and len(words) > 2:
        return _one_name(" ".join(words[:-1]), words[-1])
    trailing = _trailing_initials(words)
    if trailing < len(words) and trailing:
        return _inverted_name(" ".join(words[:trailing]), _spaced(" ".join(words[trailing:])), suffix)
    if words[0].casefold() in _NATIONS and words[-1].casefold() not in given_names():
        return Name(literal=text)
    if _family_in_capitals_first(words):
        count = sum(1 for word in words if _is_capitals(word))
        return Name(family=" ".join(words[:count]), given=" ".join(words[count:]), suffix=suffix)
    if len(words) == 2 and _given_last(words) and not _DOTTED.match(words[0]):
        return Name(family=words[0], given=words[1], suffix=suffix)
    return _given_first(words, suffix)


def _single_word(word: str) -> Name:
    return (
        Name(literal=word)
        if len(word) > 1 and word.isupper() and word.isascii() and len(word) <= 6
        else Name(family=word)
    )


def _trailing_initials(words: list[str]) -> int:
    """Index from which the words are initials, `len(words)` when none are; 0 is never returned for real names."""
    index = len(words)
    while (
        index > 1 and _INITIALS.fullmatch(words[index - 1]) and (words[index - 1].isupper() or "." in words[index - 1])
    ):
        index -= 1
    return len(words) if _INITIALS.fullmatch(words[0]) and not words[0].istitle() else index


def _spaced(initials: str) -> str:
    """ "SMH" of "Hosseini-Nasab SMH" as "S. M. H."; initials with full stops stay as printed."""
    if initials.isascii() and initials.isalpha() and len(initials) <= 4:
        return " ".join(f"{letter}." for letter in initials)
    return initials


def _is_capitals(word: str) -> bool:
    letters = [character for character in word if character.isalpha()]
    return len(letters) > 2 and all(character.isupper() for character in letters)


def _family_in_capitals_first(words: list[str]) -> bool:
    return _is_capitals(words[0]) and not _is_capitals(words[-1]) and "." not in words[-1]


def _given_last(words: list[str]) -> bool:
    """ "Kozhanov Nikolay": the last word is a given name and the first is none."""
    known = given_names()
    return words[-1].casefold() in known and words[0].casefold() not in known


def _given_first(words: list[str], suffix: str) -> Name:
    start = len(words) - 1
    if len(words) > 2 and words[start].casefold() in _FAMILY_TAILS:
        start -= 1
    if start > 1 and words[start - 1] in _FAMILY_HEADS:  # "John Van Reenen"; lower-case particles follow below
        start -= 1
    particle = start
    while particle > 1 and words[particle - 1] in _PARTICLES:
        particle -= 1
    return Name(
        family=" ".join(words[start:]),
        given=" ".join(words[:particle]),
        particle=" ".join(words[particle:start]),
        suffix=suffix,
    )


def looks_like_people(text: str) -> bool:
    """Whether the text before the year reads as a list of people or an organisation, not as a title."""
    if is_organisation(text):
        return not _FIGURES.search(text) and len(text.split()) <= 12
    if _NO_NAMES.search(text):
        return False
    lower = [word for word in _GIVEN.findall(_AND.sub(", ", _ET_AL.sub("", text))) if word.islower() and word.isalpha()]
    return all(word in _PARTICLES for word in lower if word.isascii()) and _short_segments(text)


def _short_segments(text: str) -> bool:
    parts = [part for chunk in _AND.split(f" {text} ") for part in _COMMA.split(chunk)]
    return all(len(part.split()) <= 6 for part in parts)
