"""Markdown (CommonMark); what it lacks is written as HTML."""

import re
from collections.abc import Iterable

from refkit.csl.finish import Token
from refkit.csl.writers.blocks import flowed

_TAGS = {
    ("font-style", "italic"): ("*", "*"),
    ("font-style", "oblique"): ("*", "*"),
    ("font-weight", "bold"): ("**", "**"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
    ("font-variant", "small-caps"): ('<span style="font-variant:small-caps">', "</span>"),
    ("text-decoration", "underline"): ("<u>", "</u>"),
}
_SPECIAL = re.compile(r"[\\`*_\[\]<>&]")
_LIST_START = re.compile(r"([0-9]{1,9})([.)])(?=\s)|([#+-])(?=\s)")
_ADDRESS = re.compile(r"https?://[^\s<>]+\Z")


def escape(text: str) -> str:
    """Text with the characters that Markdown reserves escaped."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def write(tokens: Iterable[Token]) -> str:
    """A settled run as Markdown; blocks of an entry are kept apart by hard breaks."""
    out: list[str] = []
    links: list[tuple[int, str]] = []
    for token in flowed(tokens, "\\\n"):
        if isinstance(token, str):
            out.append(token if token == "\\\n" else escape(token))
        elif token.kind != "link":
            tags = _TAGS.get((token.kind, token.value), ("", ""))
            out.append(tags[0] if token.opens else tags[1])
        elif token.opens:
            links.append((len(out), token.value))
        else:
            start, href = links.pop()
            out[start:] = [_link("".join(out[start:]), href)]
    return _unlisted("".join(out).strip(" "))


def _unlisted(text: str) -> str:
    """The text kept from being read as a list or heading because of how it begins."""
    match = _LIST_START.match(text)
    return f"{text[: match.end() - 1]}\\{text[match.end() - 1 :]}" if match else text


def _link(text: str, href: str) -> str:
    if re.sub(r"\\(.)", r"\1", text) == href and _ADDRESS.match(href):
        return f"<{href}>"
    target = href.replace("\\", "%5C").replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{text}]({target.replace('<', '%3C').replace('>', '%3E')})"
