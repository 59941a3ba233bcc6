"""Names of people and organisations: the BibTeX name field, read and written.

The parts of a name keep their LaTeX (`M{\\"u}ller`); `refkit.latex.to_text` turns a part into plain text.
The syntax is that of BibTeX ("Taming the BeAST", section 9): `First von Last`, `von Last, First`,
`von Last, Jr, First`, names joined by `and`, braces around what must not be taken apart.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Name(NamedTuple):
    """One name. An organisation is `literal`; a person has the other parts, as in CSL.

    `particle` belongs to the family name ("van" of van Gogh), `dropping_particle` to the given name ("van" of
    Beethoven, Ludwig van).
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""


OTHERS = Name(literal="others")

_SUFFIX = re.compile(r"(?:[JS]r\.?|[Jj]unior|[Ss]enior|II|III|IV)")
_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az)[-‐ʾ’']")
_COMMA = re.compile("[,،]")
# "Family, Given" which nothing else can be meant by: capitals lead every word, there are no braces and no particles.
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀČĎĞĽŁŃŇŐŘŚŞŠŤŮŰŹŻŽА-ЯЁ]"
_PLAIN_NAME = re.compile(
    rf"({_CAPITAL}[^\W\d_]+(?:[-’'][^\W\d_]+| (?!{_SUFFIX.pattern}){_CAPITAL}(?![Nn][Dd]\b)[^\W\d_]+)*+), "
    rf"({_CAPITAL}[^\W\d_]*\.?(?:[ -]?{_CAPITAL}(?![Nn][Dd]\b)[^\W\d_]*\.?)*+)"
)
_LETTER_COMMAND = re.compile(r"\\(?:[^A-Za-z]|[uvHtcdbrk](?![A-Za-z]))[\s{]*(.)|\\([A-Za-z]+)", re.DOTALL)
_EXTENDED = re.compile(r"(family|given|prefix|suffix|useprefix)\s?=\s?(.*)", re.DOTALL)
_DROPPING = re.compile(
    r"af|av|d[aeiou]|das|dei|della?|de[nrs]|dos|la|les?|of|van|v\.|vo[mn]|y|zu[mr]?|фон|де|ван|ди|да"
)


_KNOWN: dict[str, tuple[Name, ...]] = {}  # key, item and rules ask for the same field one after another
_MOST_KNOWN = 4096  # fields; more than `parse` reads at once


def parse_names(value: str) -> tuple[Name, ...]:
    """The names of a BibTeX name field in order; `and others` becomes OTHERS. Empty places are left out."""
    names = _KNOWN.get(value)
    return _remember(value, _read(value)) if names is None else names


def _remember(value: str, names: tuple[Name, ...]) -> tuple[Name, ...]:
    if len(_KNOWN) >= _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[value] = names
    return names


def _read(value: str) -> tuple[Name, ...]:
    plain = [_PLAIN_NAME.fullmatch(text) for text in value.removesuffix(" and others").split(" and ")]
    if all(plain):
        names = [Name(match[1], match[2]) for match in plain if match]
        return (*names, OTHERS) if value.endswith(" and others") else tuple(names)
    return tuple(_name(text) for text in _split(value) if text)


def format_names(names: Iterable[Name]) -> str:
    """The names as a BibTeX field that `parse_names` reads back; the order is family name first."""
    listed = tuple(names)
    texts = [_format_plain(name) for name in listed]
    if all(texts):
        value = " and ".join(texts)
        _remember(value, listed)
        return value
    return " and ".join(text or _format(name) for text, name in zip(texts, listed, strict=True))


def _format_plain(name: Name) -> str:
    """ "Family, Given" where nothing else can be meant by it, else nothing."""
    family, given, *rest = name
    plain = f"{family}, {given}"
    return plain if _PLAIN_NAME.fullmatch(plain) and not any(rest) else ""


def _split(value: str) -> Iterator[str]:
    words: list[str] = []
    depth = 0
    for word in value.split():
        if depth == 0 and word.lower() == "and":
            yield " ".join(words)
            words = []
            continue
        words.append(word)
        depth = _depth(word, depth)
    yield " ".join(words)


def _depth(text: str, depth: int) -> int:
    return max(0, depth + text.count("{") - text.count("}")) if "{" in text or "}" in text else depth


def _name(text: str) -> Name:
    if text == "others":
        return OTHERS
    if _is_group(text):
        return Name(literal=_unwrap(text))
    parts = [" ".join(part.split()) for part in _cut(text)]
    if "=" in text:
        extended = [_EXTENDED.fullmatch(part) for part in parts]
        if all(extended):
            return _from_keys({match[1]: match[2] for match in extended if match})
    if len(parts) == 1:
        return _natural(_words(text))
    return _inverted(parts)


def _cut(text: str) -> list[str]:
    """`text` cut at the commas outside braces."""
    if "{" not in text:
        return _COMMA.split(text) if "," in text or "،" in text else [text]
    parts = [""]
    for piece in re.split("([,،])", text):
        if piece in (",", "،") and parts[-1].count("{") <= parts[-1].count("}"):
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _words(text: str) -> list[str]:
    words: list[str] = []
    depth = 0
    for word in text.replace("~", " ").split():
        if depth:
            words[-1] += f" {word}"
        else:
            words.append(word)
        depth = _depth(word, depth)
    return words


def _natural(words: list[str]) -> Name:
    """`First von Last`; the last word is always part of the family name."""
    suffix = words.pop() if len(words) > 1 and _SUFFIX.fullmatch(words[-1]) else ""
    first = next((index for index, word in enumerate(words[:-1]) if _is_lower(word)), len(words) - 1)
    particles, family = _leading_particles(words[first:])
    return _make(" ".join(words[:first]), " ".join(particles), " ".join(family), suffix)


def _inverted(parts: list[str]) -> Name:
    """`von Last, First` and `von Last, Jr, First`; also the common slip `Last, First, Jr`."""
    head, *rest = parts
    suffix = ""
    if len(rest) > 1:
        place = -1 if _SUFFIX.fullmatch(rest[-1]) and not _SUFFIX.fullmatch(rest[0]) else 0
        suffix = rest.pop(place)
    given = ", ".join(part for part in rest if part)
    words = _words(head)
    if not suffix and len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    particles, family = _leading_particles(words)
    return _make(given, " ".join(particles), " ".join(family), suffix)


def _leading_particles(words: list[str]) -> tuple[list[str], list[str]]:
    """Everything up to the last lower-case word, when the first word is in lower case and a family name is left."""
    if not words or not _is_lower(words[0]):
        return [], words
    last = max((index for index, word in enumerate(words[:-1]) if _is_lower(word)), default=-1)
    return words[: last + 1], words[last + 1 :]


def _make(given: str, particle: str, family: str, suffix: str) -> Name:
    if not particle and (article := _ARTICLE.match(family)) and len(family) > article.end():
        particle, family = article[0], family[article.end() :]
    given, family, suffix = _unwrap(given), _unwrap(family), _unwrap(suffix)
    article = _ARTICLE.match(family)  # it was in braces
    if not (given or particle or suffix) and (len(_words(family)) > 1 or article):
        return Name(literal=family)
    words = _words(given)
    kept = len(words)
    while kept > 1 and _DROPPING.fullmatch(words[kept - 1]):
        kept -= 1
    return Name(family, " ".join(words[:kept]), particle, " ".join(words[kept:]), suffix)


def _from_keys(keys: dict[str, str]) -> Name:
    """The name form of biblatex: `family=Beethoven, given=Ludwig, prefix=van, useprefix=false`."""
    parts = {key: _unwrap(value.strip('"')) for key, value in keys.items()}
    prefix = parts.get("prefix", "")
    drops = parts.get("useprefix") == "false"
    return Name(
        family=parts.get("family", ""),
        given=parts.get("given", ""),
        particle="" if drops else prefix,
        dropping_particle=prefix if drops else "",
        suffix=parts.get("suffix", ""),
    )


def _is_group(text: str) -> bool:
    """Whether one pair of braces holds the whole text."""
    if text[:1] != "{" or text[-1] != "}":
        return False
    depth = 0
    for match in re.finditer("[{}]", text):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.end() == len(text)
    return False


def _unwrap(text: str) -> str:
    while _is_group(text):
        text = text[1:-1].strip()
    return text


def _is_lower(word: str) -> bool:
    """Whether BibTeX sees the word as a particle: its first letter outside braces, or accented, is in lower case."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    if command := _LETTER_COMMAND.search(word[:40]) if word.lstrip("{").startswith("\\") else None:
        return (command[1] or command[2]).islower()
    letter = next((character for character in word if character.isalpha()), "")
    return letter.islower()


def _format(name: Name) -> str:
    if name == OTHERS:
        return "others"
    if name.literal:
        return f"{{{name.literal}}}"
    given = " ".join(part for part in (name.given, name.dropping_particle) if part)
    head = _head(name)
    if name.suffix:
        return f"{head}, {_guard(name.suffix)}, {_guard(given)}"
    if given:
        return f"{head}, {_guard(given)}"
    alone = name.particle or (len(_words(head)) == 1 and not head.endswith("}"))
    return head if alone else f"{{{_unwrap(head)}}}"


def _head(name: Name) -> str:
    family = name.family
    words = _words(family)
    ambiguous = words and (
        (len(words) > 1 and _is_lower(words[0]))
        or ((len(words) > 1 or name.particle) and _SUFFIX.fullmatch(words[-1]))
        or (name.particle and any(_is_lower(word) for word in words[:-1]))
        or (not name.particle and _ARTICLE.match(family))
    )
    family = f"{{{family}}}" if ambiguous else _guard(family)
    glue = "" if _ARTICLE.fullmatch(name.particle) else " "
    return f"{name.particle}{glue}{family}" if name.particle else family


def _guard(part: str) -> str:
    """`part` in braces when a comma or `and` inside would be taken for syntax."""
    joins = "and" in part.lower() and len(list(_split(part))) > 1
    return f"{{{part}}}" if joins or len(_cut(part)) > 1 else part
