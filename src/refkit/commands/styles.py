"""What `refkit styles` does: look up packaged citation styles by words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from refkit.csl.styles import ALIASES, StyleInfo, all_styles, find_style, near_names, search_styles
from refkit.errors import StyleError

_SHOWN = 40
_WIDEST = 48
_KNOWN_BY_NAME = ("apa", "elsevier-harvard", "ieee", "nature")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The lines for standard output, and a note for standard error."""

    output: str
    note: str = ""


def run(words: Sequence[str], everything: bool = False) -> Outcome:
    """The styles that hold all words; without words the short names. Raises StyleError when none does."""
    if not words and not everything:
        return Outcome("".join(_aliases()), "search all styles with refkit styles WORDS, or list them with --all")
    text = " ".join(words)
    found = list(search_styles(text)) if words else list(all_styles())
    if not found:
        near = near_names(text)
        raise StyleError(f"no style matches {text!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
    shown = found if everything else found[:_SHOWN]
    left = len(found) - len(shown)
    note = f"and {left} more; give more words, or --all" if left else ""
    return Outcome("".join(_table(shown)), note)


def _aliases() -> Iterator[str]:
    names = {**dict.fromkeys(_KNOWN_BY_NAME), **ALIASES}
    width = max(map(len, names)) + 2
    for short, name in sorted(names.items()):
        found = find_style(name or short)
        if found:
            yield f"{short:{width}}{found.title}" + (f" ({name})\n" if name else "\n")


def _table(styles: Sequence[StyleInfo]) -> Iterator[str]:
    width = min(_WIDEST, max(len(style.name) for style in styles))
    for style in styles:
        yield f"{style.name:{width}}  {style.title} ({_facts(style)})\n"


def _facts(style: StyleInfo) -> str:
    fields = ", ".join(field.replace("_", " ") for field in style.fields if field != "generic-base")
    parts = [style.format, fields, f"as {style.parent}" if style.parent else ""]
    return "; ".join(part for part in parts if part)
