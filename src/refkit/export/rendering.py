"""The options of a rendered list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a list is rendered.

    `to` is one of FORMATS. `locale` is empty for that of the style; with `locale_per_item` each entry is set in the
    locale of its own language. `sort` is "style" or "file". `digits` is "persian" for Persian digits in entries written
    from right to left, else "latin". `language_notes` adds "[In Persian]" and its kin behind works of another script
    whose title is given in Latin letters.
    """

    style: str = "apa"
    to: str = "text"
    locale: str = ""
    locale_per_item: bool = False
    sort: str = "style"
    digits: str = "latin"
    language_notes: bool = False
