"""Roughens pieces of a made-up reference the way real lists are rough."""

import random
import re
import unicodedata

from training.synthetic.templates import Piece

_DASH = re.compile(r"(?<=[0-9])-(?=[0-9])")
_LONG = re.compile(r"\b[^\W\d_]{7,}\b")
_LEADS = ("Vgl. ", "Siehe ", "Vgl. auch ", "Dazu ", "See ", "See also ", "cf. ", "Cf. ", "Cfr. ", "См.: ", "• ", "- ")
_LEADS += ("Voir ", "Voir aussi ", "Vedi ", "Si veda ", "Véase ", "e.g. ", "See, e.g., ", "– ", "* ", "См. также: ")
_NUMBERS = ("[{}] ", "{}. ", "({}) ", "{} ", "[{}]", "{}) ", "{}.", "^{} ", "[{}]. ")
_ENDS = (
    " [Google Scholar]",
    " [PubMed]",
    " [CrossRef]",
    " [Ref list]",
    ". (In Russian)",
    " MR0123456",
    " Zbl 0153.22301",
)
# Blanks before marks, no blanks behind marks, blanks lost, accents beside their letters, words broken, tokens joined.
_DAMAGES = ("ocr", "tight", "tight", "glued", "accents", "broken", "tokens")
_ACCENTS = {"\u0308": "¨", "\u0301": "´", "\u0300": "`", "\u0302": "ˆ", "\u0303": "˜", "\u0327": "¸", "\u030c": "ˇ"}
_HYPHENATED = frozenset({"title", "container-title", "publisher", "place", "editor", "author", "series", "conference"})


def roughen(pieces: list[Piece], rng: random.Random) -> list[Piece]:
    """The same pieces with another spelling of quotation marks and dashes, lost or added blanks, a list number …"""
    dash = rng.choice(("-", "-", "–", "–", "--", " - ", "—", "- ", " – "))
    quotes = rng.choice((None, None, None, '""', "„“", "“”", "''", "‘’", "«»", "»«", "‹›"))
    damage = rng.choice(_DAMAGES) if rng.random() < 0.17 else ""
    found: list[Piece] = []
    for label, text in pieces:
        value = _literal(text, quotes, damage) if label is None else _value(label, text, dash, rng)
        if label in _HYPHENATED and rng.random() < (0.25 if damage == "broken" else 0.015):
            value = _hyphenated(value, rng)
        found.append((label, _damaged(value, label, damage, rng)))
    if rng.random() < 0.03:
        found = [(label, text if label else text.replace("”", "").replace("“", "")) for label, text in found]
    return _ends(found, rng)


def _damaged(text: str, label: str | None, damage: str, rng: random.Random) -> str:
    if damage == "tight" and label in {"author", "editor"}:
        return text.replace(", ", ",")
    if damage == "glued":
        return re.sub(" ", lambda match: "" if rng.random() < 0.4 else match.group(), text)
    if damage == "accents":
        return _broken_accents(text, rng.choice(("", "", " ")))
    return _tokenised(text) if damage == "tokens" and label != "url" and label != "doi" else text


def _ends(found: list[Piece], rng: random.Random) -> list[Piece]:
    """Something before or behind the reference, or no full stop at its end."""
    chance = rng.random()
    if chance < 0.12 and found and found[-1][0] is None:
        found[-1] = (None, found[-1][1].removesuffix("."))
    elif chance < 0.14:
        found.append((None, rng.choice(_ENDS)))
    if rng.random() < 0.08:
        before, after = rng.choice(_NUMBERS).split("{}")
        found[:0] = [(None, before), ("citation-number", str(rng.randint(1, 150))), (None, after)]
    elif rng.random() < 0.02:
        found.insert(0, (None, rng.choice(_LEADS)))
    elif rng.random() < 0.01:
        key = "".join(rng.choices("ABCDEGHKLMPRSTW", k=rng.randint(1, 3))) + rng.choice(("", "e", "y", "+"))
        found[:0] = [
            (None, "["),
            ("citation-number", f"{key}{rng.choice(('', rng.randint(50, 99), rng.randint(10, 24)))}"),
        ]
        found.insert(2, (None, "] "))
    return found


def _literal(text: str, quotes: str | None, damage: str) -> str:
    if quotes:
        text = re.sub("[“„«»”]", lambda match: quotes["”»".find(match.group()) >= 0], text)
        if text.count('"') == 1:
            text = text.replace('"', quotes[text.strip()[-1:] != '"'])
    if damage == "ocr":
        text = re.sub(r"(?=[,.;:])", " ", text)
    if damage == "tight":
        text = re.sub(r"(?<=[,.:;]) | (?=\()|(?<=\)) ", "", text)
    return text


def _value(label: str, text: str, dash: str, rng: random.Random) -> str:
    if label == "pages":
        return _DASH.sub(dash, text)
    return text.upper() if label == "title" and rng.random() < 0.015 else text


def _hyphenated(text: str, rng: random.Random) -> str:
    """A long word as it stands at the end of a printed line."""
    words = list(_LONG.finditer(text))
    if not words:
        return text
    cut = rng.choice(words).start() + rng.choice((3, 4, 4, 5))
    return text[:cut] + rng.choice(("- ", "- ", "-", "\xad ", "¬ ")) + text[cut:]


def _tokenised(text: str) -> str:
    """Scanned text whose words and marks were cut apart and put together with blanks: `l' arte`, `12 - 14`."""
    return re.sub(r"(?<=\w)[-–](?=\w)", " - ", re.sub(r"(?<=\w)(['’])(?=\w)", r"\1 ", text))


def _broken_accents(text: str, after: str) -> str:
    """`Schrödinger` as `Schr¨odinger`, as old TeX files are read."""
    found = ""
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        plain = letter < "Ѐ" and marks and marks[0] in _ACCENTS
        found += _ACCENTS[marks[0]] + after + base if plain else letter
    return found
