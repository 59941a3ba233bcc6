"""What `refkit export` does: entries in, a rendered list, citations or a data format out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from refkit.config import Settings, chosen_files, load_settings
from refkit.errors import ConfigError, InputError
from refkit.export import DATA_FORMATS, NO_WORKS, Rendering, bibliography, cite, convert, select, write_page
from refkit.files import STDIN, is_store, read_source, replace_file
from refkit.model import BlockKind, Entry, Source


@dataclass(frozen=True, slots=True)
class Request:
    """The options of the command; None means as the settings say."""

    style: str | None = None
    to: str = "text"
    locale: str | None = None
    locale_per_item: bool = False
    sort: str = "style"
    digits: str = "latin"
    language_notes: bool = False
    keys: str | None = None
    cite: tuple[str, ...] = ()
    output: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What goes to standard output, and the notes for standard error."""

    output: str
    notes: tuple[str, ...]


def run(files: Sequence[str], request: Request) -> Outcome:
    """Export the entries of all files as one list.

    Raises InputError for a file that cannot be read or holds no entry and for an unknown key, StyleError for an unknown
    style or locale, StoreError when the output cannot be written.
    """
    settings = load_settings()
    names = chosen_files(files, settings, stores_only=True)
    _refuse_input_as_output(names, request)
    entries, notes = _read_all(names, request.encoding)
    if request.keys:
        entries = select(entries, _keys(request.keys))
    text, left_out = _exported(entries, request, settings)
    notes += tuple(f"{key}: left out by the style" for key in left_out)
    if not request.output:
        return Outcome(text, notes)
    replace_file(Path(request.output), text.encode())
    return Outcome("", (*notes, f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'} to {request.output}"))


def _exported(entries: Sequence[Entry], request: Request, settings: Settings) -> tuple[str, list[str]]:
    """The text, and the keys of the entries that the style does not print."""
    if request.to in DATA_FORMATS:
        if request.cite:
            raise ConfigError(f"--cite prints a citation; --to {request.to} is a data format")
        return convert(entries, request.to), []
    rendering = Rendering(
        style=request.style or settings.style,
        to=request.to,
        locale=request.locale or settings.locale,
        locale_per_item=request.locale_per_item,
        sort=request.sort,
        digits=request.digits,
        language_notes=request.language_notes,
    )
    if request.cite:
        return "".join(f"{cite(entries, _keys(keys), rendering)}\n" for keys in request.cite), []
    lines = bibliography(entries, rendering)
    printed = {line.key for line in lines}
    left_out = [entry.key for entry in entries if entry.key not in printed and entry.type not in NO_WORKS]
    return write_page(request.to, lines), left_out


def _keys(text: str) -> list[str]:
    return [key for part in text.split(",") if (key := part.strip())]


def _refuse_input_as_output(names: Sequence[str], request: Request) -> None:
    for name in names:
        if request.output and name != STDIN and Path(name).resolve() == Path(request.output).resolve():
            raise ConfigError(f"{name}: is an input, and would be overwritten; give the result another name")


def _read_all(names: Sequence[str], encoding: str | None) -> tuple[list[Entry], tuple[str, ...]]:
    entries: list[Entry] = []
    notes: list[str] = []
    for name in names:
        source = read_source(name, encoding)
        found, told = _read_store(source) if is_store(source) else _read_list(source)
        if not found:
            raise InputError(f"{name}: holds no entry; give a .bib store or a reference list")
        entries += found
        notes += told
    return entries, tuple(notes)


def _read_store(source: Source) -> tuple[list[Entry], list[str]]:
    from refkit.bibtex import load

    bibliography = load(source)
    broken = [block for block in bibliography.blocks if block.kind is BlockKind.BROKEN]
    return list(bibliography.entries), [
        f"{source.name}:{source.position(block.start)[0]}: entry left out: {block.reason}" for block in broken
    ]


def _read_list(source: Source) -> tuple[list[Entry], list[str]]:
    from refkit.parse import read_list

    return [parsed.entry for parsed in read_list(source).references], []
