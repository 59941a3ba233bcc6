"""Rendered entries -> one page: plain text, HTML, Markdown, LaTeX, RTF."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING

from refkit import languages
from refkit.text import printable

if TYPE_CHECKING:
    from refkit.csl.finish import Token

FORMATS = ("text", "html", "markdown", "latex", "rtf")


@dataclass(frozen=True, slots=True)
class Line:
    """One rendered entry: the key of its entry, the BCP 47 tag of its text, its direction."""

    key: str
    language: str
    right_to_left: bool
    tokens: "tuple[Token, ...]"


def write_tokens(to: str, tokens: "Iterable[Token]") -> str:
    """One entry or citation in a format of FORMATS; control characters are made visible."""
    write: Callable[[Iterable[Token]], str] = import_module(f"refkit.csl.writers.{to}").write
    return printable(write(tokens)).strip()


def write_page(to: str, lines: Sequence[Line]) -> str:
    """The whole list in a format of FORMATS."""
    return _PAGES[to]((line, write_tokens(to, line.tokens)) for line in lines)


def _text_page(lines: Iterable[tuple[Line, str]]) -> str:
    return "".join(f"{text}\n" for _, text in lines)


def _markdown_page(lines: Iterable[tuple[Line, str]]) -> str:
    return "\n".join(f"{text}\n" for _, text in lines)


def _html_page(lines: Iterable[tuple[Line, str]]) -> str:
    """A page that can be opened as it is; what belongs into another page is the one `div`."""
    entries = "".join(f"  {_html_entry(line, text)}\n" for line, text in lines)
    return f'{_HTML_HEAD}<div class="csl-bib-body">\n{entries}</div>\n'


def _html_entry(line: Line, text: str) -> str:
    direction = "rtl" if line.right_to_left else "ltr"
    marks = f'id="ref-{escape(line.key)}" lang="{escape(line.language)}" dir="{direction}"'
    return f'<div class="csl-entry" {marks}>{text}</div>'


def _latex_page(lines: Iterable[tuple[Line, str]]) -> str:
    """A list with hanging indents; entries in another script are set in their language through babel."""
    entries = "".join(f"\\item \\hypertarget{{ref-{line.key}}}{{}}{_latex_entry(line, text)}\n" for line, text in lines)
    return f"{_LATEX_HEAD}{entries}\\end{{list}}\n"


def _latex_entry(line: Line, text: str) -> str:
    found = languages.by_any(line.language) if line.right_to_left else None
    return f"\\foreignlanguage{{{found.babel}}}{{{text}}}" if found else text


def _rtf_page(lines: Iterable[tuple[Line, str]]) -> str:
    entries = "".join(f"{_rtf_paragraph(line)} {text}\\par\n" for line, text in lines)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Times New Roman;}}}}\n{entries}}}\n"


def _rtf_paragraph(line: Line) -> str:
    direction = r"\rtlpar\qr" if line.right_to_left else r"\ltrpar"
    return rf"\pard{direction}\li720\fi-720"


_HTML_HEAD = """<!DOCTYPE html>
<meta charset="utf-8">
<title>References</title>
<style>
.csl-entry { margin: 0 0 .5em; padding-inline-start: 2em; text-indent: -2em; }
.csl-left-margin { float: inline-start; text-indent: 0; margin-inline-start: -2em; }
.csl-right-inline { text-indent: 0; margin-inline-start: 1em; }
</style>
"""
_LATEX_HEAD = "\\begin{list}{}{\\setlength{\\leftmargin}{2em}\\setlength{\\itemindent}{-2em}}\n"
_PAGES: dict[str, Callable[[Iterable[tuple[Line, str]]], str]] = {
    "text": _text_page,
    "html": _html_page,
    "markdown": _markdown_page,
    "latex": _latex_page,
    "rtf": _rtf_page,
}
