"""LaTeX in field values: to plain text, to the rich text of CSL, and back.

Nothing is dropped: the argument of an unknown command stays, an unknown command without one stays as written.
Everyday accents and symbols are in the tables here; pylatexenc, which knows many more symbols, is loaded only when a
value needs it.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

# Alternatives that all begin with a letter of their own are searched for several times faster than sets of letters.
_SPECIAL = re.compile(r"\\|\{|\}|\$|~|\n|\r|\t|--|``|''")
_BLANKS = re.compile(r"[ \t\r\n]+")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?[ \t\r\n]*|.|$)|[{}$~^_]|-{2,3}|``|''|[^\\{}$~^_\-`']+|.", re.DOTALL)
_MARKUP_TAG = re.compile(r"<(/?)(i|b|sup|sub|sc|span)(?: (?:class|style)=\"([^\"<>]*)\")?>")

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)

_ACCENTS = dict(
    zip(
        "`'^\"~=.uvHtcdbrk",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0361\u0327\u0323\u0331\u030a\u0328",
        strict=True,
    )
)
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”"}
_SYMBOL_TABLE = r"""
ss ß  SS ẞ  ae æ  AE Æ  oe œ  OE Œ  o ø  O Ø  l ł  L Ł  aa å  AA Å  i ı  j ȷ  dh ð  DH Ð  th þ  TH Þ  dj đ  DJ Đ
ng ŋ  NG Ŋ  textendash –  textemdash —  textquoteleft ‘  textquoteright ’  lq ‘  rq ’  textquotedblleft “
textquotedblright ”  textquotesingle '  textquotedbl "  guillemotleft «  guillemotright »  guillemetleft «
guillemetright »  flqq «  frqq »  guilsinglleft ‹  guilsinglright ›  flq ‹  frq ›  quotedblbase „  glqq „  grqq “
quotesinglbase ‚  glq ‚  grq ‘  ldots …  dots …  textellipsis …  textbackslash \  textbraceleft {  textbraceright }
textasciitilde ~  textasciicircum ^  textunderscore _  textless <  textgreater >  textbar |  textdollar $
textasciigrave `  slash /  S §  P ¶  copyright ©  textcopyright ©  textregistered ®  texttrademark ™  pounds £
textsterling £  euro €  texteuro €  textdegree °  textmu µ  textnumero №  textexclamdown ¡  textquestiondown ¿
textperiodcentered ·  times ×  cdot ·  TeX TeX  LaTeX LaTeX  BibTeX BibTeX  ayn ʿ  hamza ʾ
"""
_SYMBOLS = {
    **dict(pair.split() for pair in re.findall(r"\S+ \S+", _SYMBOL_TABLE)),
    **{character: character for character in "&%$#_{}"},
    **dict.fromkeys([" ", "\n", "\t", "~", ",", ";", ":", "\\"], " "),
    **dict.fromkeys(["space", "quad", "qquad", "newline", "par", "thinspace", "nobreakspace"], " "),
    **dict.fromkeys(["!", "/", "-", "@", "(", ")", "[", "]", "relax", "protect", "null"], ""),
}
_STYLES = {
    **dict.fromkeys(["emph", "textit", "textsl", "mathit", "mkbibemph", "mkbibitalic"], "<i>"),
    **dict.fromkeys(["textbf", "mathbf", "mkbibbold"], "<b>"),
    **dict.fromkeys(["textsuperscript", "mkbibsuperscript"], "<sup>"),
    **dict.fromkeys(["textsubscript", "mkbibsubscript"], "<sub>"),
    "textsc": "<sc>",
    **dict.fromkeys(["enquote", "mkbibquote", "enquote*"], "quotes"),
    **dict.fromkeys(["MakeUppercase", "uppercase"], "upper"),
    **dict.fromkeys(["MakeLowercase", "lowercase"], "lower"),
    "noopsort": "hidden",
}
_DECLARATIONS = {"em": "<i>", "it": "<i>", "itshape": "<i>", "sl": "<i>", "bf": "<b>", "bfseries": "<b>", "sc": "<sc>"}
_PLAIN_DECLARATIONS = frozenset(["rm", "sf", "tt", "normalfont", "upshape", "mdseries", "sffamily", "ttfamily"])
_FIRST_ARGUMENT_UNPRINTED = frozenset(["foreignlanguage", "textcolor", "selectlanguage", "textlang"])
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_ESCAPED = re.compile(r"[\\{}~^&%$#_]|-(?=-)|`(?=`)|'(?=')")
_MAY_NEED_ESCAPE = re.compile(r"\\|\{|\}|~|\^|&|%|\$|#|_|--|``|''")
_FROM_TAGS = {
    "i": r"\emph{",
    "b": r"\textbf{",
    "sup": r"\textsuperscript{",
    "sub": r"\textsubscript{",
    "sc": r"\textsc{",
    "nocase": "{",
    "font-variant:small-caps": r"\textsc{",
    "font-variant: small-caps": r"\textsc{",
}
_VERBATIM = re.compile(r"\$\\sim\$|\\url *(?=\{)|\\(?:textasciitilde|~)(?:\{\})?|\\([%#&_$^{}/])(?:\{\})?|\\-|[{}$]")


def may_hold_latex(value: str) -> bool:
    """Whether `to_text` could find something to do in `value`, or in a part of it."""
    return _SPECIAL.search(value) is not None or "  " in value


def to_text(value: str) -> str:
    """Plain Unicode text of a LaTeX value; runs of blanks become one, `~` a blank, braces go."""
    if not value:
        return value
    return _read(value, markup=False) if may_hold_latex(value) else value.strip()


def to_markup(value: str) -> str:
    """Rich text of CSL-JSON: `<i> <b> <sup> <sub> <sc>`; braces that protect letters become a nocase span."""
    if not value:
        return value
    return _read(value, markup=True) if may_hold_latex(value) else value.strip()


def from_text(text: str) -> str:
    """Plain text escaped for a BibTeX field; `to_text` gives it back. Braces always stay balanced."""
    if not text or not _MAY_NEED_ESCAPE.search(text):
        return text
    return _ESCAPED.sub(lambda match: _ESCAPES.get(match[0], f"{match[0]}{{}}"), text)


def from_markup(text: str) -> str:
    """Rich text of CSL-JSON as LaTeX; a tag without its partner stays as text."""
    kept = _paired_tags(text)
    parts: list[str] = []
    end = 0
    for match, latex in kept:
        parts += [from_text(text[end : match.start()]), latex]
        end = match.end()
    return "".join([*parts, from_text(text[end:])])


def strip_markup(text: str) -> str:
    """Rich text of CSL-JSON without its tags."""
    return _MARKUP_TAG.sub("", text) if "<" in text else text


def to_verbatim(value: str) -> str:
    """A URL or an identifier as it is meant: `\\_`, `\\%`, `\\~{}` undone, braces removed, `~` and `--` kept."""
    if "\\" not in value and "{" not in value and "}" not in value:
        return value.strip()
    return _VERBATIM.sub(_plain_verbatim, value).strip()


def _plain_verbatim(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    if match[0] == "$":
        return "$"
    return "~" if match[0].startswith((r"\~", r"\text", r"$\sim")) else ""


def _paired_tags(text: str) -> list[tuple[re.Match[str], str]]:
    found: list[tuple[re.Match[str], str]] = []
    opened: list[tuple[re.Match[str], str]] = []
    for match in _MARKUP_TAG.finditer(text):
        if not match[1]:
            latex = _FROM_TAGS.get((match[3] or "").rstrip("; ") if match[2] == "span" else match[2])
            opened += [(match, latex)] if latex else []
        elif opened and opened[-1][0][2] == match[2]:
            found += [opened.pop(), (match, "}")]
    return sorted(found, key=lambda pair: pair[0].start())


@dataclass(slots=True)
class _Frame:
    """An open brace: what stands in it so far, styles declared in it, commands that wait for their argument."""

    parts: list[str] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    protects: bool = True
    inside_nocase: bool = False
    is_argument: bool = False


@dataclass(slots=True)
class _Reader:
    """State of one reading; iterative, so that a million nested braces do no harm."""

    value: str
    markup: bool
    math: bool = False
    frames: list[_Frame] = field(default_factory=lambda: [_Frame()])


def _read(value: str, markup: bool) -> str:
    reader = _Reader(value, markup)
    position = 0
    while match := _TOKEN.match(value, position):
        position = _take(reader, match[0], match.end())
    while len(reader.frames) > 1:
        _close(reader)
    text = "".join(reader.frames[0].parts)
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text) if not text.isascii() else text).strip()


def _take(reader: _Reader, token: str, end: int) -> int:
    """Read one token; gives the position to go on from."""
    frame = reader.frames[-1]
    if token == "{":
        protected = frame.protects and not frame.is_argument and len(reader.frames) > 1
        argument = bool(frame.pending)
        reader.frames.append(_Frame(inside_nocase=frame.inside_nocase or protected, is_argument=argument))
    elif token == "}":
        if len(reader.frames) > 1:
            _close(reader)
    elif token == "$":
        reader.math = not reader.math
        frame.pending.clear()
    elif token[0] == "\\" and len(token) > 1:
        return _command(reader, token, end)
    elif token in "^_" and reader.math:
        frame.pending.append("<sup>" if token == "^" else "<sub>")
    else:
        _text(reader, frame, token)
    return end


def _text(reader: _Reader, frame: _Frame, token: str) -> None:
    text = "\u00a0" if token == "~" and reader.markup else " " if token == "~" else _LIGATURES.get(token, token)
    if frame.pending:
        text = text.lstrip()
        if not text:
            return
        _atom(reader, frame, text[0])
        text = text[1:]
    frame.parts.append(text)


def _atom(reader: _Reader, frame: _Frame, text: str) -> None:
    while frame.pending:
        text = _apply(reader, frame.pending.pop(), text)
    frame.parts.append(text)


def _close(reader: _Reader) -> None:
    frame = reader.frames.pop()
    parent = reader.frames[-1]
    text = "".join(frame.parts)
    for style in reversed(frame.declared):
        text = _apply(reader, style, text)
    if parent.pending:
        _atom(reader, parent, text)
        return
    if reader.markup and frame.protects and not frame.inside_nocase and not reader.math and _has_case(text):
        text = f'<span class="nocase">{text}</span>'
    parent.parts.append(text)


def _has_case(text: str) -> bool:
    return text.lower() != text or text.upper() != text


def _command(reader: _Reader, token: str, end: int) -> int:
    name = token[1:].rstrip(" \t\r\n") or token[1]
    frame = reader.frames[-1]
    if name in _ACCENTS:
        _unprotect(frame)
        frame.pending.append(name)
    elif name in _STYLES:
        frame.pending.append(_STYLES[name])
    elif name in _DECLARATIONS:
        _unprotect(frame)
        frame.declared.append(_DECLARATIONS[name])
    elif name in ("url", "path", "nolinkurl"):
        raw, end = _argument(reader.value, end)
        _atom(reader, frame, to_verbatim(raw))
    elif name == "href":
        raw, end = _argument(reader.value, end)
        frame.pending.append(f"href {to_verbatim(raw)}")
    elif name in _FIRST_ARGUMENT_UNPRINTED:
        _, end = _argument(reader.value, end)
        frame.pending.append("plain")
    elif name not in _PLAIN_DECLARATIONS:
        _symbol(reader, frame, name, token, end)
    return end


def _symbol(reader: _Reader, frame: _Frame, name: str, token: str, end: int) -> None:
    text = _SYMBOLS.get(name)
    if text is None:
        text = _library_symbol(name)
    elif text.isalpha():
        _unprotect(frame)
    if text is not None:
        _atom(reader, frame, f"{text} " if reader.math and token[-1].isspace() else text)
    elif reader.value.startswith("{", end):
        frame.pending.append("plain")
    else:
        _atom(reader, frame, token)


def _unprotect(frame: _Frame) -> None:
    """`{\\"u}` is one letter for BibTeX, not a protected word."""
    if not frame.parts:
        frame.protects = False


def _argument(value: str, start: int) -> tuple[str, int]:
    """The raw text of the braces at `start` and the position behind them; without braces, nothing."""
    if not value.startswith("{", start):
        return "", start
    depth = 0
    for match in _BRACE.finditer(value, start):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return value[start + 1 : match.start()], match.end()
    return value[start + 1 :], len(value)


def _apply(reader: _Reader, command: str, text: str) -> str:
    if command in _ACCENTS:
        base = {"ı": "i", "ȷ": "j"}.get(text[:1], text[:1])
        return unicodedata.normalize("NFC", base + _ACCENTS[command]) + text[1:] if base else ""
    if command.startswith("href "):
        return f"{text} ({command[5:]})" if command[5:] != text else text
    if command == "quotes":
        return f"“{text}”"
    if command in ("upper", "lower"):
        return text.upper() if command == "upper" else text.lower()
    if command == "hidden":
        return ""
    return _styled(reader.markup, command, text)


def _styled(markup: bool, style: str, text: str) -> str:
    if style == "plain" or not text:
        return text
    if markup:
        return f"{style}{text}</{style[1:]}"
    if style in ("<sup>", "<sub>"):
        moved = text.translate(_RAISED if style == "<sup>" else _LOWERED)
        mark = "^" if style == "<sup>" else "_"
        return mark + text if any(character in text for character in moved) else moved
    return text


@lru_cache(maxsize=512)
def _library_symbol(name: str) -> str | None:
    """What pylatexenc prints for a command without arguments; None when it knows none."""
    from pylatexenc.latex2text import get_default_latex_context_db

    spec = get_default_latex_context_db().get_macro_spec(name)
    text = getattr(spec, "simplify_repl", None)
    return text if isinstance(text, str) and text and "%" not in text else None
