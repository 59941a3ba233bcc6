"""Roughens pieces of a made-up reference the way real lists are rough."""

import random
import re

from training.synthetic.templates import Piece

_DASH = re.compile(r"(?<=[0-9])-(?=[0-9])")
_LONG = re.compile(r"\b[^\W\d_]{9,}\b")
_LEADS = ("Vgl. ", "Siehe ", "Vgl. auch ", "Dazu ", "See ", "See also ", "cf. ", "Cf. ", "Cfr. ", "См.: ", "• ", "- ")
_NUMBERS = ("[{}] ", "{}. ", "({}) ", "{} ", "[{}]", "{}) ")


def roughen(pieces: list[Piece], rng: random.Random) -> list[Piece]:
    """The same pieces with another spelling of quotation marks and dashes, lost or added blanks, a list number …"""
    dash = rng.choice(("-", "-", "–", "–", "--", " - ", "—"))
    quotes = rng.choice((None, None, None, '""', "„“", "“”", "''", "‘’", "«»", "»«"))
    ocr = rng.random() < 0.04
    tight = rng.random() < 0.04
    found: list[Piece] = []
    for label, text in pieces:
        rough = _literal(text, quotes, ocr, tight) if label is None else _value(label, text, dash, rng)
        found.append((label, rough))
    if rng.random() < 0.03:
        found = [(label, text if label else text.replace("”", "").replace("“", "")) for label, text in found]
    if rng.random() < 0.12 and found and found[-1][0] is None:
        found[-1] = (None, found[-1][1].removesuffix("."))
    if rng.random() < 0.07:
        before, after = rng.choice(_NUMBERS).split("{}")
        found[:0] = [(None, before), ("citation-number", str(rng.randint(1, 150))), (None, after)]
    elif rng.random() < 0.02:
        found.insert(0, (None, rng.choice(_LEADS)))
    return found


def _literal(text: str, quotes: str | None, ocr: bool, tight: bool) -> str:
    if quotes:
        text = re.sub("[“„«»”]", lambda match: quotes["”»".find(match.group()) >= 0], text)
        if text.count('"') == 1:
            text = text.replace('"', quotes[text.strip()[-1:] != '"'])
    if ocr:
        text = re.sub(r"(?=[,.;:])", " ", text)
    if tight:
        text = text.replace(", ", ",").replace(". ", ".")
    return text


def _value(label: str, text: str, dash: str, rng: random.Random) -> str:
    if label == "pages":
        return _DASH.sub(dash, text)
    if label in {"title", "container-title"}:
        if label == "title" and rng.random() < 0.015:
            return text.upper()
        if rng.random() < 0.03:
            return _LONG.sub(lambda match: match.group()[:4] + "- " + match.group()[4:], text, count=1)
    return text
