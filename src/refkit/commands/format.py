"""What `refkit format` does: lay .bib files out, write them back or show what would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from refkit.bibtex import Layout, apply_edits, format_edits, load, unified_diff
from refkit.commands import CLEAN, FINDINGS, USAGE
from refkit.config import Settings, chosen_files, load_settings
from refkit.errors import ConfigError, InputError
from refkit.files import STDIN, encode, read_source, replace_file
from refkit.model import Bibliography, BlockKind, Edit, Source

_TOLD = 20


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command; None means as the settings say."""

    check: bool = False
    diff: bool = False
    output: str | None = None
    sort: str | None = None
    align: bool | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Bytes for standard output (a file in its own encoding, or a diff), lines for standard error, the exit code."""

    output: bytes
    notes: tuple[str, ...]
    code: int


@dataclass(frozen=True, slots=True)
class _Formatted:
    source: Source
    edits: tuple[Edit, ...]
    left: tuple[str, ...]

    @property
    def text(self) -> str:
        return apply_edits(self.source.text, self.edits)


def run(files: Sequence[str], request: Request) -> Outcome:
    """Format the files as the options and settings say.

    A file that cannot be read is noted and makes the exit code 2; the others are formatted all the same. Raises
    ConfigError for options that contradict each other, StoreError when a file cannot be replaced.
    """
    settings = load_settings()
    names = chosen_files(files, settings, stores_only=True)
    _refuse_contradictions(names, request)
    layout = _layout(settings, request)
    output, notes, code = b"", [], CLEAN
    for name in names:
        try:
            formatted = _format(read_source(name, request.encoding), layout)
        except InputError as error:
            notes.append(f"refkit: {error}")
            code = USAGE
            continue
        shown, told = _deliver(formatted, request)
        output += shown
        notes += (*formatted.left, *told)
        if formatted.edits and (request.check or request.diff):
            code = max(code, FINDINGS)
    if request.diff and request.output:
        replace_file(Path(request.output), output)
        output = b""
    return Outcome(output, tuple(notes), code)


def _refuse_contradictions(names: Sequence[str], request: Request) -> None:
    if request.output and request.check:
        raise ConfigError("--check writes nothing: leave out -o")
    if request.output and not request.diff and len(names) > 1:
        raise ConfigError("-o takes the result of one file: name one, or leave out -o to format all in place")


def _layout(settings: Settings, request: Request) -> Layout:
    return Layout(
        indent=settings.format.indent,
        align=settings.format.align if request.align is None else request.align,
        sort=request.sort or settings.format.sort,
    )


def _format(source: Source, layout: Layout) -> _Formatted:
    bibliography = load(source)
    return _Formatted(source, format_edits(bibliography, layout), tuple(_left_alone(bibliography)))


def _left_alone(bibliography: Bibliography) -> Iterator[str]:
    """A line for each place that keeps an entry from being laid out."""
    from refkit.bibtex import unformatted

    source = bibliography.source
    if source.text.strip() and all(block.kind is BlockKind.TEXT for block in bibliography.blocks):
        yield f"{source.name}: left as it is: holds no BibTeX"
    flaws = unformatted(bibliography)
    for flaw in flaws[:_TOLD]:
        line, column = source.position(flaw.start)
        yield f"{source.name}:{line}:{column}: entry left as it is: {flaw.message}"
    if len(flaws) > _TOLD:
        yield f"{source.name}: and {len(flaws) - _TOLD} more; refkit validate lists them"


def _deliver(formatted: _Formatted, request: Request) -> tuple[bytes, tuple[str, ...]]:
    """Write the file, or not; what goes to standard output, and what to say."""
    source, name = formatted.source, formatted.source.name
    if request.diff:
        return unified_diff(name, source.text, formatted.edits).encode(), ()
    if request.check:
        return b"", (f"{name}: would be reformatted",) if formatted.edits else ()
    if request.output is None and name != STDIN and not formatted.edits:
        return b"", ()
    data = encode(source, formatted.text)
    if request.output is not None:
        replace_file(Path(request.output), data)
    elif name == STDIN:
        return data, ()
    else:
        replace_file(Path(name), data, expected=encode(source, source.text))
    return b"", (f"{name}: formatted",)
