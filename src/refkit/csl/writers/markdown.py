"""Markdown (CommonMark); what it has no marks for is set in HTML tags."""

import re
from collections.abc import Iterable

from refkit.csl.finish import Mark, Token
from refkit.csl.writers.text import parted

_TAGS = {
    ("font-style", "italic"): ("*", "*"),
    ("font-style", "oblique"): ("*", "*"),
    ("font-weight", "bold"): ("**", "**"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
    ("text-decoration", "underline"): ("<u>", "</u>"),
}
_SPECIAL = re.compile(r"[\\`*_\[\]<>$~|]|&(?=#?[A-Za-z0-9]+;)")
_AUTOLINK = re.compile(r"https?://[^\s<>]+")
_BLOCK_START = re.compile(r"\A(\s*)(#{1,6}\s|[-+]\s|[0-9]{1,9}[.)](?=\s|\Z))")


def escape(text: str) -> str:
    """Text with the characters that Markdown reserves escaped."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def write(tokens: Iterable[Token]) -> str:
    """A settled run as one paragraph of Markdown."""
    out: list[str] = []
    opened, address = 0, ""
    for token in parted(tokens):
        if isinstance(token, str):
            out.append(escape(token))
        elif token.kind != "link":
            out.append(_mark(token))
        elif token.opens:
            opened, address = len(out), token.value
        else:
            out[opened:] = [_link("".join(out[opened:]), address)]
    return _BLOCK_START.sub(_escaped_start, "".join(out))


def _mark(mark: Mark) -> str:
    tags = _TAGS.get((mark.kind, mark.value))
    if tags is not None:
        return tags[0] if mark.opens else tags[1]
    return f'<span style="{mark.kind}:{mark.value};">' if mark.opens else "</span>"


def _link(text: str, address: str) -> str:
    if text == escape(address) and _AUTOLINK.fullmatch(address):
        return f"<{address}>"
    safe = re.sub(r"[\s<>()\\]", lambda match: f"%{ord(match[0]):02X}", address)
    return f"[{text}]({safe})"


def _escaped_start(match: re.Match[str]) -> str:
    """The start of a line that would be taken for a heading or a list item."""
    head = match[2].rstrip()
    return f"{match[1]}{head[:-1]}\\{head[-1]}{match[2][len(head) :]}"
