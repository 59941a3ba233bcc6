"""Plain text: marks left out, blocks set apart by blanks."""

from collections.abc import Iterable

from refkit.csl.finish import Mark, Token


def write(tokens: Iterable[Token]) -> str:
    """A settled run as one line of plain text."""
    out = ""
    for token in tokens:
        if isinstance(token, str):
            out += token
        elif token.kind == "display" and token.opens and out and not out.endswith((" ", "\u00a0")):
            out += " "
    return out


__all__ = ["Mark", "write"]
