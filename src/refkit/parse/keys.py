"""Citation keys: family name of the first author, year, first title word; ASCII, lower case, a, b on a clash."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from refkit.latex import to_text
from refkit.model import Entry
from refkit.names import parse_names

_ARTICLES = frozenset(
    "a an the der die das ein eine le la les l un une il lo gli i el los las o os as de het een".split()
)
_TOKEN = re.compile(r"[^\s/–—-]+")
_WORD = re.compile(r"[a-z0-9]+")


def assign_keys(entries: Sequence[Entry], taken: Iterable[str] = ()) -> list[Entry]:
    """The entries with keys that differ from each other and, whatever their case, from `taken`."""
    used = {key.casefold() for key in taken}
    stems = [_stem(entry) for entry in entries]
    shared = {stem for stem in stems if stems.count(stem) > 1} if len(set(stems)) < len(stems) else set()
    keyed = []
    for entry, stem in zip(entries, stems, strict=True):
        key = stem if stem not in used and stem not in shared else _suffixed(stem, used)
        used.add(key)
        keyed.append(replace(entry, key=key))
    return keyed


def _suffixed(stem: str, used: set[str]) -> str:
    number = 0
    while (key := stem + _letters(number)) in used:
        number += 1
    return key


def _letters(number: int) -> str:
    """0, 1 … 25, 26 -> a, b … z, aa."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _stem(entry: Entry) -> str:
    names = parse_names(entry.get("author")) or parse_names(entry.get("editor"))
    words = ("".join(_WORD.findall(word)) for word in _TOKEN.findall(_ascii(to_text(entry.get("title")))))
    first_word = next((word for word in words if word and word not in _ARTICLES), "")
    if not names:
        return f"{first_word}{entry.get('year')}" or entry.type
    name = names[0]
    family = f"{name.particle}{name.family}" if name.family else name.literal.split(" ")[0] or name.given
    return f"{''.join(_WORD.findall(_ascii(to_text(family))))}{entry.get('year')}{first_word}" or entry.type


def _ascii(text: str) -> str:
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    return text.lower()
