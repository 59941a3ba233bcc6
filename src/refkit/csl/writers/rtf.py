"""RTF: character formatting as groups, everything beyond ASCII as \\u escapes, links as HYPERLINK fields."""

from collections.abc import Iterable

from refkit.csl.finish import Token
from refkit.csl.writers.blocks import flowed

_GROUPS = {
    ("font-style", "italic"): r"{\i ",
    ("font-style", "oblique"): r"{\i ",
    ("font-style", "normal"): r"{\i0 ",
    ("font-weight", "bold"): r"{\b ",
    ("font-weight", "normal"): r"{\b0 ",
    ("font-variant", "small-caps"): r"{\scaps ",
    ("font-variant", "normal"): r"{\scaps0 ",
    ("vertical-align", "sup"): r"{\super ",
    ("vertical-align", "sub"): r"{\sub ",
    ("vertical-align", "baseline"): r"{\nosupersub ",
    ("text-decoration", "underline"): r"{\ul ",
    ("text-decoration", "none"): r"{\ulnone ",
}
_LINE = "\\line "


def escape(text: str) -> str:
    """Text with what RTF reserves escaped and other than ASCII as UTF-16 code units."""
    return "".join(_letter(letter) for letter in text)


def _letter(letter: str) -> str:
    if letter in "\\{}":
        return f"\\{letter}"
    if letter.isascii():
        return letter
    units = letter.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[i : i + 2], "big", signed=True) for i in range(0, len(units), 2))
    return "".join(f"\\u{code}?" for code in codes)


def write(tokens: Iterable[Token]) -> str:
    """A settled run as RTF inside a paragraph; blocks of an entry are kept apart by line breaks."""
    out: list[str] = []
    for token in flowed(tokens, _LINE):
        if isinstance(token, str):
            out.append(token if token == _LINE else escape(token))
        elif token.kind == "link":
            out.append(_field(token.value) if token.opens else "}}")
        else:
            out.append(_GROUPS.get((token.kind, token.value), "{") if token.opens else "}")
    return "".join(out).strip(" ")


def _field(href: str) -> str:
    address = escape(href).replace('"', "%22")
    return rf'{{\field{{\*\fldinst{{HYPERLINK "{address}"}}}}{{\fldrslt '


def document(paragraphs: Iterable[str]) -> str:
    """Paragraphs as a whole RTF file."""
    body = "\n".join(f"{{\\pard {paragraph}\\par}}" for paragraph in paragraphs)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Times New Roman;}}}}\n{body}\n}}\n"
