"""Rich Text Format: one run; the document around it is the caller's."""

import re
from collections.abc import Iterable

from refkit.csl.finish import Mark, Token
from refkit.csl.writers.text import parted

_COMMANDS = {
    ("font-style", "italic"): "i",
    ("font-style", "oblique"): "i",
    ("font-style", "normal"): "i0",
    ("font-weight", "bold"): "b",
    ("font-weight", "normal"): "b0",
    ("font-weight", "light"): "b0",
    ("font-variant", "small-caps"): "scaps",
    ("font-variant", "normal"): "scaps0",
    ("text-decoration", "underline"): "ul",
    ("text-decoration", "none"): "ulnone",
    ("vertical-align", "sup"): "super",
    ("vertical-align", "sub"): "sub",
    ("vertical-align", "baseline"): "nosupersub",
}
_SPECIAL = re.compile(r"[\\{}]|[^\x20-\x7e]")


def escape(text: str) -> str:
    """Text in ASCII: other characters as UTF-16 code units."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\\{}":
        return f"\\{character}"
    units = character.encode("utf-16-le")
    numbers = (int.from_bytes(units[index : index + 2], "little", signed=True) for index in range(0, len(units), 2))
    return "".join(f"\\u{number}?" for number in numbers)


def write(tokens: Iterable[Token]) -> str:
    """A settled run as RTF text and groups."""
    return "".join(escape(token) if isinstance(token, str) else _mark(token) for token in parted(tokens))


def _mark(mark: Mark) -> str:
    if mark.kind == "link":
        return _link(mark) if mark.opens else "}}"
    if not mark.opens:
        return "}"
    command = _COMMANDS.get((mark.kind, mark.value))
    return f"{{\\{command} " if command else "{"


def _link(mark: Mark) -> str:
    url = re.sub(r'[\s"\\{}]', lambda match: f"%{ord(match[0]):02X}", mark.value)
    return f'{{\\field{{\\*\\fldinst HYPERLINK "{escape(url)}"}}{{\\fldrslt '
