"""Layout of whole files: what stays byte for byte, what changes, and in which order."""

import pytest

from refkit.bibtex import Layout, format_bibliography, load
from refkit.bibtex.layout import DEFAULT
from refkit.model import Source


def formatted(text: str, layout: Layout = DEFAULT) -> str:
    return format_bibliography(load(Source("refs.bib", text)), layout)


ENTRY = "@misc{a,\n  title = {T},\n}"

UNTOUCHED = {
    "nothing": "",
    "blank lines": "\n\n",
    "prose": "  no BibTeX here \n\n\n at all",
    "laid out": f"{ENTRY}\n\n@misc{{b,\n}}\n",
    "line breaks in a value": "@misc{a,\n  title = {T\n     U\n\n  V},\n}\n",
    "blanks in a value": "@misc{a,\n  title = { T  U },\n}\n",
    "macro, concatenation": '@misc{a,\n  journal = j # " and "  #   k,\n  month = jan,\n}\n',
    "unknown fields in their order": "@misc{a,\n  zeta = {1},\n  alpha = {2},\n  beta = {3},\n}\n",
    "same field twice": "@misc{a,\n  note = {2},\n  note = {1},\n}\n",
    "comments": f"% one\n%two  \n{ENTRY} % behind\n% below\n\n  % indented\n{ENTRY}\n",
    "strings": '@string{a = "x"}\n@String ( b = {y} # a )\n\n@preamble{ "z" }\n',
    "JabRef settings": f"{ENTRY}\n\n@Comment{{jabref-meta: databaseType:bibtex;}}\n",
    "missing comma": "@misc{a,\n title = {T}\n year=2020}\n",
    "comment inside": "@misc{a,\n title = {T}, % why\n year=2020}\n",
    "words without braces": "@misc{a, title = Some words}\n",
    "broken": "@misc{a, title = {T\n\n\n\n@misc{b, t }\n\n\n",
    "around broken": f"{ENTRY}\n\n\n\n@misc{{b, t }}  \n\n\n{ENTRY}\n",
    "carriage returns and line feeds": "@misc{a,\r\n  title = {T},\r\n}\r\n\r\n@misc{b,\r\n}\r\n",
    "carriage returns": "@misc{a,\r  title = {T},\r}\r\r@misc{b,\r}\r",
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_stays_byte_for_byte(text: str) -> None:
    assert formatted(text) == text


CHANGED = {
    "one line": ("@Misc{a,Title={T},Year=2020}", "@misc{a,\n  title = {T},\n  year = {2020},\n}\n"),
    "quotes": ('@misc{a, title = "G{\\"o}del"}', '@misc{a,\n  title = {G{\\"o}del},\n}\n'),
    "parentheses": ("@misc(a, title = {x) y})", "@misc{a,\n  title = {x) y},\n}\n"),
    "order": ("@misc{a, x={1}, year={2}, author={3}}", "@misc{a,\n  author = {3},\n  year = {2},\n  x = {1},\n}\n"),
    "space in the head": ("@ misc\n{ a , note={1} }", "@misc{a,\n  note = {1},\n}\n"),
    "blank lines between entries": (f"\n\n{ENTRY}{ENTRY}\n{ENTRY}\n\n\n\n", f"{ENTRY}\n\n{ENTRY}\n\n{ENTRY}\n"),
    "entry after a string": ('@string{a="x"}@misc{a,}', '@string{a="x"}\n\n@misc{a,\n}\n'),
    "comment stays above its entry": (f"{ENTRY}\n\n\n\n% c\n{ENTRY}", f"{ENTRY}\n\n% c\n{ENTRY}\n"),
    "line ends of the file": ("@misc{a,\r\n title={T}}\r\n", "@misc{a,\r\n  title = {T},\r\n}\r\n"),
    "neighbour of a broken entry": ("@misc{a, t }\n@misc{b,t=1}", "@misc{a, t }\n@misc{b,\n  t = {1},\n}\n"),
}


@pytest.mark.parametrize(("text", "expected"), CHANGED.values(), ids=CHANGED)
def test_is_laid_out(text: str, expected: str) -> None:
    assert (formatted(text), formatted(expected)) == (expected, expected)


def test_alignment_and_indent() -> None:
    text = "@misc{a, title={T}, doi={D}}"
    assert formatted(text, Layout(indent=4, align=True)) == "@misc{a,\n    title = {T},\n    doi   = {D},\n}\n"


def entries(*keys: str) -> str:
    return "\n\n".join(f"@misc{{{key},\n}}" for key in keys)


SORTED = {
    "key": ("key", entries("b", "A", "c") + "\n", entries("A", "b", "c") + "\n"),
    "comment goes along": (
        "key",
        "% about the file\n\n% about b\n@misc{b,\n} % b\n\n@misc{a,\n}\n",
        "% about the file\n\n@misc{a,\n}\n\n% about b\n@misc{b,\n} % b\n",
    ),
    "within sections": (
        "key",
        f'{entries("d", "c")}\n\n@string{{x = "y"}}\n\n{entries("b", "a")}\n',
        f'{entries("c", "d")}\n\n@string{{x = "y"}}\n\n{entries("a", "b")}\n',
    ),
    "headings stay": (
        "key",
        f"{entries('d', 'c')}\n\n%% Books\n\n{entries('b', 'a')}\n",
        f"{entries('c', 'd')}\n\n%% Books\n\n{entries('a', 'b')}\n",
    ),
    "parents after children": (
        "key",
        "@proceedings{a,\n}\n\n@inproceedings{c,\n  crossref = {A},\n}\n\n@misc{b,\n}\n",
        "@misc{b,\n}\n\n@inproceedings{c,\n  crossref = {A},\n}\n\n@proceedings{a,\n}\n",
    ),
    "year": (
        "year",
        "@misc{a,\n  year = {2020},\n}\n\n@misc{b,\n  date = {1999-05},\n}\n",
        "@misc{b,\n  date = {1999-05},\n}\n\n@misc{a,\n  year = {2020},\n}\n",
    ),
    "author": (
        "author",
        "@misc{a,\n  author = {Zed, A.},\n}\n\n@misc{b,\n  author = {Ann Brown},\n}\n",
        "@misc{b,\n  author = {Ann Brown},\n}\n\n@misc{a,\n  author = {Zed, A.},\n}\n",
    ),
    "type": ("type", "@misc{a,\n}\n\n@book{b,\n}\n", "@book{b,\n}\n\n@misc{a,\n}\n"),
    "same key, order of the file": ("key", "@misc{a,\n}\n\n@book{A,\n}\n", "@misc{a,\n}\n\n@book{A,\n}\n"),
}


@pytest.mark.parametrize(("by", "text", "expected"), SORTED.values(), ids=SORTED)
def test_sorting(by: str, text: str, expected: str) -> None:
    layout = Layout(sort=by)
    assert (formatted(text, layout), formatted(expected, layout)) == (expected, expected)
