"""Blocks of an entry (cs:display) for formats that have none of their own: line breaks and blanks."""

from collections.abc import Iterable, Iterator

from refkit.csl.finish import Mark, Token


def flowed(tokens: Iterable[Token], line_break: str) -> Iterator[str | Mark]:
    """The run with display marks made into text: a break around "block" and "indent", a blank after the margin."""
    pending = ""
    started = False
    last = ""
    for token in tokens:
        if isinstance(token, Mark) and token.kind == "display":
            pending = _joint(token) or pending
            continue
        if pending and isinstance(token, str) and not token.strip():
            continue
        if pending and started:
            yield line_break if pending == "line" else "" if last.endswith((" ", "\u00a0")) else " "
        pending = ""
        started = True
        last = token if isinstance(token, str) else last
        yield token


def _joint(mark: Mark) -> str:
    """What a display mark asks for: a new line, a blank, or nothing."""
    if mark.value in ("block", "indent"):
        return "line"
    return "blank" if mark.value == "right-inline" or not mark.opens else "line"
