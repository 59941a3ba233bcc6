"""Names as data: the parts of a CSL-JSON name, particles told apart, given names made initials."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

# A particle written together with the name.
_JOINED = re.compile(r"[^\W\d_A-Z]{1,4}['’]|(?:al|el|ad|an|ar|as|at)-")
_APOSTROPHES = "'’‘ʻ"


def _is_cjk(text: str) -> bool:
    """Whether there is a character of Chinese, Japanese or Korean script in the text."""
    if text.isascii():
        return False
    return any("\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" or "\uf900" <= c <= "\ufaff" for c in text)


class Person(NamedTuple):
    """One name; `particle` is non-dropping; `comma_suffix` puts a comma before the suffix in display order."""

    family: str = ""
    given: str = ""
    particle: str = ""
    dropping: str = ""
    suffix: str = ""
    comma_suffix: bool = False
    literal: str = ""
    family_first: bool = False

    @property
    def key(self) -> str:
        """The family name with its particle, by which given names are told apart."""
        return f"{self.particle} {self.family}" if self.particle else self.family


def read_people(value: Any) -> tuple[Person, ...]:
    """The names of a CSL-JSON name variable; what is no name or empty is left out."""
    if not isinstance(value, list):
        return ()
    people = (_read(name) for name in value if isinstance(name, dict))
    return tuple(person for person in people if person.family or person.given or person.literal)


def _text(name: dict[str, Any], key: str) -> str:
    value = name.get(key)
    return str(value).strip() if value else ""


def _read(name: dict[str, Any]) -> Person:
    literal = _text(name, "literal")
    family, given = _text(name, "family"), _text(name, "given")
    if literal and not family:
        return Person(literal=literal)
    if not family:
        return Person(family=given)
    particle, dropping = _text(name, "non-dropping-particle"), _text(name, "dropping-particle")
    suffix, comma = _text(name, "suffix"), bool(name.get("comma-suffix"))
    if not given and not particle and not dropping:
        return Person(family=_unquoted(family), suffix=suffix)
    if not suffix and "," in given:
        given, suffix, comma = _split_suffix(given)
    if name.get("parse-names", True) and not name.get("isInstitution"):
        if not particle and not dropping:
            particle, family = _split_family(family)
        if not dropping:
            given, dropping = _split_given(given)
    cjk = bool(_is_cjk(family)) and (not given or bool(_is_cjk(given)))
    first = cjk or bool(name.get("static-ordering"))
    return Person(_unquoted(family), given, particle, dropping, suffix, comma, family_first=first)


def _unquoted(family: str) -> str:
    """A family name in double quotes is one whose particle must not be split off."""
    return family[1:-1] if len(family) > 2 and family[0] == family[-1] == '"' else family


@lru_cache(maxsize=4096)
def _split_family(family: str) -> tuple[str, str]:
    """A family name without the particle it begins with: words in lower case, "d'", "al-"."""
    words = family.split(" ")
    count = 0
    while count < len(words) - 1 and words[count].lstrip(_APOSTROPHES)[:1].islower():
        count += 1
    name = " ".join(words[count:])
    match = _JOINED.match(name)
    joined = match[0] if match else ""
    if not (count or joined) or not name[len(joined) :][:1].isupper():
        return "", family
    return " ".join([*words[:count], joined]).strip(), name[len(joined) :]


@lru_cache(maxsize=4096)
def _split_given(given: str) -> tuple[str, str]:
    """Given names without the particle they end with: words in lower case."""
    words = given.split(" ")
    count = len(words)
    while count > 1 and words[count - 1].rstrip(_APOSTROPHES).isalpha() and words[count - 1].islower():
        count -= 1
    if count == len(words) or not given[:1].isupper():
        return given, ""
    return " ".join(words[:count]), " ".join(words[count:])


def _split_suffix(given: str) -> tuple[str, str, bool]:
    """A suffix written behind the given name: "John, Jr."; with "!" the comma is shown."""
    head, comma, tail = given.partition(",")
    forced = tail.startswith("!")
    tail = tail.lstrip("!").strip()
    return (head.strip(), tail, forced) if comma and tail else (given, "", False)


_PIECE = re.compile(r"([^\s.\-–]+)(\.?)(\s*[-–]\s*|\s+)?")


_TAGS = re.compile("(</?[a-z]+>)")


@lru_cache(maxsize=8192)
def initials(given: str, mark: str, keep_hyphen: bool = True, shorten: bool = True) -> str:
    """Given names as initials, each followed by `mark` ("J. K.", "J.-L."); abbreviations of several letters ("Ph.") are
    taken for initials, words in lower case ("van") kept. With `shorten` false only initials get the mark."""
    if "<" in given and _TAGS.search(given):
        return "".join(_marked_up(part, mark, keep_hyphen, shorten) for part in _TAGS.split(given))
    if _is_cjk(given) or not given[:1].isalpha():
        return given
    out = ""
    hyphen = False
    for word, dot, gap in _PIECE.findall(given):
        shown = _initial(word, dot, shorten)
        if hyphen and not shown and shorten and keep_hyphen:
            continue
        if hyphen and keep_hyphen:
            out = out.rstrip() + "-"
        elif not shown or (out and out[-1:].isalnum() and mark and not shown):
            out = f"{out.rstrip()} " if out else out
        out += f"{shown}{mark}" if shown else f"{word}{dot} "
        hyphen = bool(gap.strip())
    return re.sub(r"\s+", " ", out).strip(" -")


def _marked_up(part: str, mark: str, keep_hyphen: bool, shorten: bool) -> str:
    """A stretch between tags as initials, with the blank or hyphen it begins with; tags as they are."""
    bare = part.lstrip(" -")
    if part.startswith("<") or not bare:
        return part
    return part[: len(part) - len(bare)] + initials(bare, mark, keep_hyphen, shorten).strip()


def _initial(word: str, dot: str, shorten: bool) -> str:
    """The initial that one word of the given names is or becomes; empty for a word that stays as it is."""
    if len(word) == 1:
        return word if not word.islower() else ""
    if word[0].islower():
        return ""
    if dot:
        return word
    if not shorten:
        return ""
    digraph = len(word) > 2 and word[:2].isupper() and word[2].islower()
    return word[0] + word[1].lower() if digraph else word[0]
