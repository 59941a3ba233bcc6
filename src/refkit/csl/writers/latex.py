"""LaTeX; links need the package hyperref."""

import re
from collections.abc import Iterable

from refkit.csl.finish import Mark, Token
from refkit.csl.writers.text import parted
from refkit.latex import from_text

_COMMANDS = {
    ("font-style", "italic"): "textit",
    ("font-style", "oblique"): "textsl",
    ("font-style", "normal"): "textup",
    ("font-weight", "bold"): "textbf",
    ("font-weight", "light"): "textmd",
    ("font-weight", "normal"): "textmd",
    ("font-variant", "small-caps"): "textsc",
    ("font-variant", "normal"): "textnormal",
    ("text-decoration", "underline"): "underline",
    ("vertical-align", "sup"): "textsuperscript",
    ("vertical-align", "sub"): "textsubscript",
}


def write(tokens: Iterable[Token]) -> str:
    """A settled run as one paragraph of LaTeX; addresses may break after a slash."""
    out: list[str] = []
    linked = False
    for token in parted(tokens):
        if isinstance(token, str):
            text = from_text(token)
            out.append(re.sub(r"(?<=[^/])/(?=[^/])", r"/\\allowbreak{}", text) if linked else text)
        else:
            linked = token.opens if token.kind == "link" else linked
            out.append(_mark(token))
    return "".join(out)


def _mark(mark: Mark) -> str:
    if not mark.opens:
        return "}"
    if mark.kind == "link":
        return f"\\href{{{_address(mark.value)}}}{{"
    command = _COMMANDS.get((mark.kind, mark.value))
    return f"\\{command}{{" if command else "{"


def _address(url: str) -> str:
    url = re.sub(r"[\s{}\\^]", lambda match: f"%{ord(match[0]):02X}", url)
    return re.sub(r"[%#&]", r"\\\g<0>", url)
