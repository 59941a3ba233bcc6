"""Plain text: marks left out."""

from collections.abc import Iterable

from refkit.csl.finish import Token
from refkit.csl.writers.blocks import flowed


def write(tokens: Iterable[Token]) -> str:
    """A settled run as plain text; blocks of an entry stand on lines of their own."""
    return "".join(token for token in flowed(tokens, "\n") if isinstance(token, str)).strip(" ")
