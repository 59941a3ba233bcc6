"""Marks and digits of the Arabic script in rendered entries; styles know only those of Latin script."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from refkit.csl.finish import Mark, Token

_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ARABIC = {",": "،", ";": "؛", "?": "؟", "&": "و"}
_LATIN = re.compile(r"(?<![A-Za-z,;])[,;](?=[\s»”’]|$)|(?<=[\u0600-\u06ff])\?|(?<=(?<![A-Za-z]) )&(?= (?![A-Za-z]))")
# Styles put the number of an edition before its label; Persian says "ویرایش 2".
_EDITION = re.compile(r"(?<!\w)([0-9]+) ویرایش(?!\w)")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is changed: commas and their kin, digits, digits of the entry's number in the margin."""

    marks: bool = False
    digits: bool = False
    number_digits: bool = False


def set_tokens(tokens: Iterable[Token], setting: Setting) -> Iterable[Token]:
    """The run in the marks and digits of the Arabic script; addresses and words in Latin letters are left alone."""
    return _set(tokens, setting) if setting != Setting() else tokens


def with_note(tokens: tuple[Token, ...], note: str) -> tuple[Token, ...]:
    """The run with a note at its end, inside its last block."""
    end = len(tokens)
    while end and isinstance(mark := tokens[end - 1], Mark) and mark.kind == "display":
        end -= 1
    return (*tokens[:end], f" {note}", *tokens[end:])


def _set(tokens: Iterable[Token], setting: Setting) -> Iterator[Token]:
    linked = in_margin = False
    before = ""
    for token in tokens:
        if isinstance(token, Mark):
            linked = token.opens if token.kind == "link" else linked
            in_margin = token.opens and token.value == "left-margin" if token.kind == "display" else in_margin
            yield token
            continue
        text = token
        if in_margin:
            text = text.translate(_DIGITS) if setting.number_digits else text
        elif not linked:
            text = _set_marks(before[-2:], token) if setting.marks else token
            text = text.translate(_DIGITS) if setting.digits else text
        before = token
        yield text


def _set_marks(before: str, text: str) -> str:
    text = _LATIN.sub(lambda mark: _ARABIC[mark[0]], before + text)[len(before) :]
    return _EDITION.sub(r"ویرایش \1", text)
