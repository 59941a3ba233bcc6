"""LaTeX: commands of the base format, `\\href` and `\\url` of hyperref for links."""

from collections.abc import Iterable

from refkit.csl.finish import Token
from refkit.csl.writers.blocks import flowed

_COMMANDS = {
    ("font-style", "italic"): r"\textit{",
    ("font-style", "oblique"): r"\textsl{",
    ("font-style", "normal"): r"\textup{",
    ("font-weight", "bold"): r"\textbf{",
    ("font-weight", "normal"): r"\textmd{",
    ("font-variant", "small-caps"): r"\textsc{",
    ("font-variant", "normal"): r"\textup{",
    ("vertical-align", "sup"): r"\textsuperscript{",
    ("vertical-align", "sub"): r"\textsubscript{",
    ("text-decoration", "underline"): r"\underline{",
}
_ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\u00a0": "~",
})  # fmt: skip
_ADDRESS = str.maketrans({
    "\\": "%5C", "{": "%7B", "}": "%7D", "%": r"\%", "#": r"\#", "&": r"\&", "_": r"\_", "^": "%5E", " ": "%20",
    "~": r"\~{}", "$": r"\$",
})  # fmt: skip


def escape(text: str) -> str:
    """Text with the characters that LaTeX reserves escaped."""
    return text.translate(_ESCAPES)


def write(tokens: Iterable[Token]) -> str:
    """A settled run as LaTeX; blocks of an entry are kept apart by line breaks."""
    out: list[str] = []
    for token in flowed(tokens, "\\\\\n"):
        if isinstance(token, str):
            out.append(token if token == "\\\\\n" else escape(token))
        elif not token.opens:
            out.append("}")
        elif token.kind == "link":
            out.append(rf"\href{{{token.value.translate(_ADDRESS)}}}{{")
        else:
            out.append(_COMMANDS.get((token.kind, token.value), "{"))
    return "".join(out).strip(" ")
