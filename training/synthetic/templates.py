"""The template language of `templates/*.txt` (see its README): parsing and filling."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("templates")

Piece = tuple[str | None, str]  # label (None for literal text) and text
Value = Callable[[str, str, str], Piece | None]  # field, form, join -> labelled text, None when there is none


@dataclass(frozen=True, slots=True)
class Template:
    """One template: its language, kind and parsed parts."""

    language: str
    kind: str
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """`{field:form:join}`."""

    field: str
    form: str
    join: str


@dataclass(frozen=True, slots=True)
class Choice:
    """`<a|b|c>`; one alternative only means that it may be left out."""

    alternatives: tuple[tuple["Part", ...], ...]


Part = str | Slot | Choice


def read_templates() -> list[Template]:
    """All templates; frequent ones several times."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        language = kind = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("[") and line.endswith("]") and "{" not in line:
                language, kind = line[1:-1].split()
            elif line:
                times, text = (int(line[1]), line[3:]) if line.startswith("*") else (1, line)
                found += [Template(language, kind, _parse(text, 0, "")[0][0])] * times
    return found


def _parse(text: str, start: int, closer: str) -> tuple[tuple[tuple[Part, ...], ...], int]:
    alternatives: list[tuple[Part, ...]] = []
    parts: list[Part] = []
    literal = ""
    index = start
    while index < len(text) and text[index] != closer:
        mark = text[index]
        if mark in "{<|" and literal and (mark != "|" or closer):
            parts.append(literal)
            literal = ""
        if mark == "{":
            end = text.index("}", index)
            parts.append(Slot(*[*text[index + 1 : end].split(":"), "", ""][:3]))
            index = end
        elif mark == "<" and ">" in text[index:] and not text.startswith("<{url}>", index):
            inner, index = _parse(text, index + 1, ">")
            parts.append(Choice(inner))
        elif mark == "|" and closer:
            alternatives.append(tuple(parts))
            parts = []
        else:
            literal += mark
        index += 1
    if literal:
        parts.append(literal)
    return (*alternatives, tuple(parts)), index


def fill(parts: tuple[Part, ...], value: Value, rng: random.Random) -> list[Piece] | None:
    """The pieces of a filled template, None when a value is missing."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append((None, part))
        elif isinstance(part, Slot):
            piece = value(part.field, part.form, part.join)
            if piece is None:
                return None
            pieces.append(piece)
        else:
            pieces += _choose(part, value, rng)
    return pieces


def _choose(choice: Choice, value: Value, rng: random.Random) -> list[Piece]:
    if len(choice.alternatives) == 1 and rng.random() < 0.2:
        return []
    for alternative in rng.sample(choice.alternatives, len(choice.alternatives)):
        pieces = fill(alternative, value, rng)
        if pieces is not None:
            return pieces
    return []
