"""Writing entries that were made: layout, order, and text that BibTeX can read back."""

import pytest

from refkit.bibtex import load, write_entry
from refkit.model import Entry, Field, Source


def entry(**fields: str) -> Entry:
    return Entry("article", "k", tuple(Field(name.replace("_", "-"), value) for name, value in fields.items()))


def test_layout_and_order() -> None:
    made = entry(note="n", doi="10.1/x", month="jan", year="2020", x_own="o", title="T", journal="J", author="A, B")
    assert write_entry(made) == (
        "@article{k,\n  author = {A, B},\n  title = {T},\n  journal = {J},\n  year = {2020},\n  month = jan,\n"
        "  doi = {10.1/x},\n  note = {n},\n  x-own = {o},\n}\n"
    )


SAFE = {
    "paired braces": ("a {B} c", "a {B} c"),
    "opening brace": ("a { c", "a \\lbrace{} c"),
    "closing brace": ("a } c", "a \\rbrace{} c"),
    "wrong way round": ("} a {", "\\rbrace{} a \\lbrace{}"),
    "escaped brace": ("a \\{ c", "a \\lbrace{} c"),
    "escaped backslash": ("a \\\\{ c", "a \\\\\\lbrace{} c"),
    "escaped pair": ("\\{a\\}", "\\{a\\}"),
    "trailing backslash": ("a\\", "a\\textbackslash{}"),
    "line feed command": ("a\\\\", "a\\\\"),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("value", "written"), SAFE.values(), ids=SAFE)
def test_braces_are_paired(value: str, written: str) -> None:
    again = load(Source("", write_entry(entry(title=value, note="end")))).entries[0]
    assert (again.get("title"), again.get("note")) == (written, "end")
