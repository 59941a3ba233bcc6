"""Where a finding stands, as people and reports count."""

from collections.abc import Iterator
from dataclasses import dataclass

from refkit.model import Finding, Source
from refkit.validate.result import FileResult, Result


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns from 1, columns in characters, ends exclusive; `text` is what stands there."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


def place(source: Source, start: int, end: int) -> Place:
    """The place of `text[start:end]` of a file."""
    return Place(source.name, *source.position(start), *source.position(end), source.text[start:end])


def placed(result: Result) -> Iterator[tuple[FileResult, Finding, Place]]:
    """All findings with their files and places."""
    for file in result.files:
        for found in file.findings:
            yield file, found, place(file.source, found.start, found.end)
