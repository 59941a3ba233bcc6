"""Plain text: marks left out, blocks set apart by blanks."""

from collections.abc import Iterable, Iterator

from refkit.csl.finish import Mark, Token


def write(tokens: Iterable[Token]) -> str:
    """A settled run as one line of plain text."""
    return "".join(token for token in parted(tokens) if isinstance(token, str))


def parted(tokens: Iterable[Token]) -> Iterator[Token]:
    """The run with a blank where a block begins, in place of the marks of blocks."""
    before = " "
    for token in tokens:
        if isinstance(token, Mark):
            if token.kind != "display":
                yield token
            elif token.opens and before[-1:] not in (" ", "\u00a0"):
                before = " "
                yield before
        elif token:
            before = token
            yield token


__all__ = ["Mark", "parted", "write"]
