"""refkit export: entries -> a bibliography or citations rendered in a CSL style, or a data format."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from refkit.errors import InputError, StyleError
from refkit.export.inherit import NO_WORKS, with_inherited
from refkit.export.pages import FORMATS, Line, write_page, write_tokens
from refkit.export.rendering import Rendering
from refkit.model import Entry

if TYPE_CHECKING:
    from refkit.csl import BibliographyEntry

DATA_FORMATS = ("csl-json", "ris", "biblatex", "bibtex")

__all__ = [
    "DATA_FORMATS",
    "FORMATS",
    "NO_WORKS",
    "Line",
    "Rendering",
    "bibliography",
    "cite",
    "convert",
    "render",
    "select",
    "write_page",
    "writer",
]


def convert(entries: Sequence[Entry], target: str) -> str:
    """The entries of a store in a data format: one of DATA_FORMATS."""
    return "".join(writer(target)(with_inherited(entries) if target in ("csl-json", "ris") else entries))


def writer(target: str) -> Callable[[Iterable[Entry]], Iterator[str]]:
    """What writes entries in a data format, entry by entry: one of DATA_FORMATS."""
    module = import_module(f"refkit.formats.{target.replace('-', '_')}")
    write: Callable[[Iterable[Entry]], Iterator[str]] = module.write
    return write


def render(entries: Sequence[Entry], rendering: Rendering) -> str:
    """The bibliography as text in the wanted format. Raises StyleError when the style or locale cannot be used."""
    return write_page(rendering.to, bibliography(entries, rendering))


def bibliography(entries: Sequence[Entry], rendering: Rendering) -> list[Line]:
    """The rendered entries in the order of the list.

    Raises StyleError when the style or locale cannot be used, or the style prints no bibliography.
    """
    from refkit.export.document import Document

    document = Document.of(entries, rendering)
    base = document.processor(document.locale)
    if base.style.bibliography is None:
        raise StyleError(f"the style {rendering.style!r} has no bibliography; print citations with --cite KEY")
    by_locale = {document.locale: base.bibliography()}
    wanted = document.item_locales if rendering.locale_per_item else {}
    for locale in dict.fromkeys(wanted.values()):
        if locale not in by_locale:
            by_locale[locale] = document.processor(locale).bibliography()
    found = {locale: {entry.id: entry for entry in rendered} for locale, rendered in by_locale.items()}
    chosen = (found[wanted.get(entry.id, document.locale)].get(entry.id, entry) for entry in by_locale[document.locale])
    return [document.line(entry, rendering) for entry in chosen if _has_text(entry)]


def cite(entries: Sequence[Entry], keys: Sequence[str], rendering: Rendering) -> str:
    """The in-text citation, or note, of these keys together.

    Raises InputError for a key that is not there, StyleError when the style or locale cannot be used.
    """
    from refkit.csl import Cite, Cluster
    from refkit.export.document import Document

    _refuse_unknown(entries, keys)
    document = Document.of(entries, rendering)
    tokens = document.processor(document.locale).citation(Cluster(tuple(Cite(key) for key in keys)))
    return write_tokens(rendering.to, tokens)


def select(entries: Sequence[Entry], keys: Sequence[str]) -> list[Entry]:
    """The entries of these keys, in the order of the file. Raises InputError for a key that is not there."""
    _refuse_unknown(entries, keys)
    return [entry for entry in entries if entry.key in keys]


def _has_text(entry: "BibliographyEntry") -> bool:
    """Whether the style prints the entry; some leave dictionaries or letters out, but for their full stop."""
    return any(character.isalnum() for token in entry.tokens if isinstance(token, str) for character in token)


def _refuse_unknown(entries: Iterable[Entry], keys: Iterable[str]) -> None:
    known = {entry.key for entry in entries}
    for key in keys:
        if key not in known:
            from difflib import get_close_matches

            near = get_close_matches(key, known, n=1)
            raise InputError(f"no entry has the key {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
