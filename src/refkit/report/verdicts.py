"""The verdicts as a table for people: entry, field, printed value, the record's value."""

from collections.abc import Iterator, Sequence

from refkit.model import Verdict
from refkit.text import one_line

_HEAD = ("entry", "field", "printed", "record")
_GAP = "  "
_NARROW = 60


def table(verdicts: Sequence[Verdict], width: int = 100) -> str:
    """One row for each field that differs and for each DOI that is suggested; "" when there is nothing to show.

    Control characters are shown harmless, right-to-left text isolated, so that it does not reorder its neighbours.
    """
    rows = [row for verdict in verdicts for row in _rows(verdict)]
    if not rows:
        return ""
    cells = [tuple(_cell(text) for text in row) for row in (_HEAD, *rows)]
    widths = _widths(cells, width)
    return "".join(f"{_line(row, widths)}\n" for row in cells)


def _rows(verdict: Verdict) -> Iterator[tuple[str, str, str, str]]:
    for item in verdict.fields:
        yield verdict.key, item.field, item.entry, item.record
    if verdict.candidate is not None:
        yield verdict.key, "doi", verdict.doi or "", verdict.candidate.doi


def _cell(text: str) -> str:
    plain = one_line(text)
    return plain if plain.isascii() or not _is_right_to_left(plain) else f"\u2068{plain}\u2069"


def _is_right_to_left(text: str) -> bool:
    return any("\u0590" <= character <= "\u08ff" for character in text)


def _widths(rows: Sequence[Sequence[str]], width: int) -> tuple[int, ...]:
    """Keys and fields as wide as they are; the two values share the rest."""
    key, field, printed, record = (max(len(row[column]) for row in rows) for column in range(4))
    rest = max(_NARROW, width - min(key, 30) - field - 3 * len(_GAP))
    printed = min(printed, rest // 2)
    return min(key, 30), field, printed, min(record, rest - printed)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (_cut(text, size).ljust(size) for text, size in zip(row, widths, strict=True))
    return _GAP.join(cells).rstrip()


def _cut(text: str, size: int) -> str:
    if len(text) <= size:
        return text
    end = "\u2069" if text.endswith("\u2069") else ""
    return f"{text[: size - 1 - len(end)]}…{end}"
