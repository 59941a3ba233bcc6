"""HTML: the fragment form that the CSL test suite uses; escapes everything."""

import re
import unicodedata
from collections.abc import Iterable

from refkit.csl.finish import Mark, Token

_TAGS = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-style", "oblique"): ("<em>", "</em>"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
}
_ESCAPES = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;"})
_ATTRIBUTE = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;", '"': "&#34;"})


# Raised letters and digits that fonts often lack.
_RAISED = re.compile("[ª²³¹ºʰʲʳʷʸˡˢˣᴬ-ᵂᵃ-ᵛ⁰ⁱ⁴-ⁿ]")


def escape(text: str) -> str:
    """Text with the characters that HTML reserves escaped, raised letters as <sup>."""
    text = text.translate(_ESCAPES)
    if text.isascii():
        return text
    return _RAISED.sub(lambda match: f"<sup>{unicodedata.normalize('NFKC', match[0])}</sup>", text)


def write(tokens: Iterable[Token]) -> str:
    """A settled run as HTML inside one element."""
    return "".join(escape(token) if isinstance(token, str) else _mark(token) for token in tokens)


def _mark(mark: Mark) -> str:
    if mark.kind == "display":
        return _block(mark)
    if mark.kind == "link":
        return f'<a href="{mark.value.translate(_ATTRIBUTE)}">' if mark.opens else "</a>"
    tags = _TAGS.get((mark.kind, mark.value))
    if tags is not None:
        return tags[0] if mark.opens else tags[1]
    if mark.kind == "vertical-align":
        return '<span style="baseline">' if mark.opens else "</span>"
    return f'<span style="{mark.kind}:{mark.value};">' if mark.opens else "</span>"


def _block(mark: Mark) -> str:
    if not mark.opens:
        return "</div>" if mark.value in ("left-margin", "right-inline") else "</div>\n"
    indent = "\n\n" if mark.value in ("block", "indent") else "\n" if mark.value == "left-margin" else ""
    return f'{indent}    <div class="csl-{mark.value}">' if indent else f'<div class="csl-{mark.value}">'
