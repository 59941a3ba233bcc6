"""Printed lists of people -> names.

Reads "Family, Given", "Given Family", "Family AB" and mixtures of them, chained by commas, semicolons, "and", "&" and
their like in other languages. What is only suspected (swapped names) stays as printed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from refkit.names import OTHERS, Name
from refkit.parse.comma_lists import COMMA, read_chunks
from refkit.parse.name_forms import DOTS, FAMILY, read_plain_people
from refkit.parse.person import CAPITAL, DOTTED, PARTICLES, is_initials, whole_name
from refkit.regex import regex
from refkit.words import is_organisation, leaning

_AND_WORDS = frozenset("and und u. et y en и та و ve sowie with avec mit".split())
_AND = regex(
    rf"\s*[,،;]?\s*(?:&|\s(?:{'|'.join(sorted(_AND_WORDS - {'u.'}))}|(?-i:u\.))(?:\s+and)?\s)\s*", re.IGNORECASE
)
_SEMICOLON = regex(r"\s*[;؛]\s*")
# What says that these people edited, not who they are: "(Hrsg.)", "a cura di", "edited by".
_ROLE = regex(
    r"[(\[]\s?(?:Hrsg|Hrg|Hg|Hgg|eds?|editors?|comps?|coords?|orgs?|dirs?|éds?|ред|отв\. ред|сост)\b\.?\s?[)\]]|"
    r"(?:\ba\s)?\bcura\sdi\b|\ba\sc\.\sdi\b|\b(?:pubblicat|raccolt|dirett|curat)[oaie]\sda\b|\bdir\.\sda\b|"
    r"\b(?:edited|compiled|translated)\sby\b|^by\b|\b(?:hrsg|hg)\.?\s(?:von|v\.)|\bed\.\sby\b|"
    r",\s?(?-i:[Ee]ds?|[Ee]ditors?|Hrsg|Hgg?|[Dd]irs?|[Cc]oords?)\b\.?$|\s(?-i:eds?|dirs?)\.?$|"
    r"\bpod\sred\.|\bпод\sред(?:акцией|\.)|\bsous\sla\sdir(?:ection|\.)\sde\b|\béd\.\spar\b",
    re.IGNORECASE,
)
_LIST_NUMBER = regex(r"^[0-9]{1,3}[-–.)]\s?(?=[^\W\d_])")
_BEHIND_OTHERS = regex(r"(?P<people>[^()]{2,300}?),? et al\.?,? \((?P<group>[^()]{3,200})\)")
_EMPTY_BRACKETS = regex(r"\(\s?\)|\[\s?\]")
_ROLE_SIGNS = "(|[|cura|c. di| da |by |hg|hrsg|ред|red.|sous|éd| ed| dir| coord".split("|")
_ET_AL = regex(
    r"[\s,،;]*\[?(?:\bet\.?\s+al\b\.?|\band others\b|\bu\.\s?a\.|\bи др\b\.?|\bи соавт\b\.?|و (?:همکاران|"
    r"دیگران)|\.\.\.|…)\]?\s*$",
    re.IGNORECASE,
)
_ET_AL_SIGNS = ("al", "others", "u.", "др", "соавт", "همکاران", "دیگران", "..", "…")
_BLANK_BEFORE = regex(r"(?<=[\w.])\s+(?=[.,،;](?!\.))|(?<=\b[^\W\d_][’'])\s+(?=[^\W\d_]{2})")
_LOOSE_SIGNS = (" ,", " .", " ;", " ،", "’ ", "' ")
_BLANK_MISSING = regex(rf",(?=[^\W\d_])|\.(?=(?<={CAPITAL}\.){CAPITAL}[^\W\d_]{{2}})")
_STOP_OF_KOREAN = regex("(?<=[\uac00-\ud7a3])[.·](?=[\uac00-\ud7a3])")
_LOOSE_HYPHEN = regex(r"(?<=[\w.])(?:\s+-|(?<=\.)-)\s+(?=\w)")
_FIRST_OF_NAME = regex(rf"{CAPITAL}[^\W\d_]{{0,2}}\.|{CAPITAL}[^\W\d_]+(?: [^\W\d_]|, [^\W\d_]{{2}})")
_LINKING = regex(r"\s(?:für|for|of|de|di|des|du|der|per|и|по)\s", re.IGNORECASE)
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
    text = _tidy(_LIST_NUMBER.sub("", text).strip(" ,،;:؛•*"))
    group = _BEHIND_OTHERS.fullmatch(text) if text.endswith(")") else None
    if group:
        return (*read_people(group["people"]), *_read_pieces(group["group"]), OTHERS)
    body, hidden = _without_et_al(text)
    names = read_plain_people(body) or tuple(_read_pieces(body))
    return (*names, OTHERS) if hidden else names


def _without_et_al(text: str) -> tuple[str, bool]:
    ending = text.rstrip()[-12:].casefold()
    match = _ET_AL.search(text) if any(sign in ending for sign in _ET_AL_SIGNS) else None
    return (text[: match.start()], True) if match else (text, False)


def _read_pieces(text: str) -> Iterator[Name]:
    if not text:
        return
    organised = is_organisation(text)
    if organised and _is_one_organisation(text):
        yield from (Name(literal=part) for part in _split_organisations(text))
        return
    if _RUN_ON.fullmatch(text):
        yield from (whole_name(match[0].strip()) for match in _RUN_ON_PERSON.finditer(text))
        return
    chunks = [chunk for piece in _split_marks(text) for chunk in _split_and(piece) if chunk]
    yield from read_chunks(chunks, organised)


def _tidy(text: str) -> str:
    """Blanks behind commas and none before, none around hyphens, and no dash behind the last name."""
    if "*" in text:
        text = text.replace("*", "")
    if [sign for sign in _LOOSE_SIGNS if sign in text]:
        text = _BLANK_BEFORE.sub("", text)
    if text == text.lower():  # of a script without capitals, in which full stops part names
        return _STOP_OF_KOREAN.sub(", ", text)
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
    first, *rest = COMMA.split(text)
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
    if ("&" not in text and _AND_WORDS.isdisjoint(text.lower().split())) or _DOUBLE_FAMILY.match(text):
        return [text.strip(" ,،")]
    return [part.strip(" ,،") for part in _AND.split(f" {text} ")]


def _split_organisations(text: str) -> list[str]:
    parts = _split_and(text)
    return parts if len(parts) > 1 and all(map(is_organisation, parts)) else [text]


@lru_cache(maxsize=256)  # the layout asks several times
def looks_like_people(text: str) -> bool:
    """Whether the text before the year reads as a list of people or an organisation, not as a title."""
    if is_organisation(text):
        return not _FIGURES.search(text) and len(text.split()) <= 12
    if _NO_NAMES.search(text):
        return False
    lower = [word for word in _GIVEN.findall(_AND.sub(", ", _ET_AL.sub("", text))) if word.islower() and word.isalpha()]
    return PARTICLES.issuperset([word for word in lower if word.isascii()]) and _short_segments(text)


def _short_segments(text: str) -> bool:
    parts = [part for chunk in _AND.split(f" {text} ") for part in COMMA.split(chunk)]
    return max([len(part.split()) for part in parts]) <= 6
