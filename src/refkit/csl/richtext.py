"""Markup inside field values: a few HTML tags, quotes and apostrophes (CSL-JSON rich text)."""

import re
from functools import lru_cache
from itertools import groupby

from refkit.csl.tree import PLAIN, Format, Node, Piece

_SPECIAL = re.compile("[<'\"“”‘’«»]")
_TOKEN = re.compile(
    r"</?(?:i|b|sup|sub|sc|em|strong)>|</span>"
    r"|<span class=\"no(?:case|decor)\">|<span style=\"font-variant: ?small-caps;?\">"
    "|[\"'“”‘’]|[^<\"'“”‘’]+|<"
)
_TAGS = {
    "i": ("font-style", "italic"),
    "em": ("font-style", "italic"),
    "b": ("font-weight", "bold"),
    "strong": ("font-weight", "bold"),
    "sup": ("vertical-align", "sup"),
    "sub": ("vertical-align", "sub"),
    "sc": ("font-variant", "small-caps"),
}
_STYLED = {name: Format(styles=(style,)) for name, style in _TAGS.items()}
_QUOTED = Format(quotes=True)
_UNDECORATED = Format(
    styles=(
        ("font-style", "normal"),
        ("font-variant", "normal"),
        ("font-weight", "normal"),
        ("text-decoration", "none"),
    )
)
_CLOSERS = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_LITERAL = {"'": "’", "‘": "‘"}
_OPENING = "([{–—-/“‘"
SINGLE = "single-quoted"
NOCASE = "nocase"
FIXED = "fixed"  # what follows stays where the writer of the value put it
_MAX_DEPTH = 40
_POINTS = ",.!?;:"


class _Frame:
    """Markup that has been opened: what closes it, what it is when nothing does, what it becomes."""

    __slots__ = ("closer", "format", "kids", "literal", "tag")

    def __init__(self, closer: str, literal: str, format: Format = PLAIN, tag: str = "") -> None:
        self.closer = closer
        self.literal = literal
        self.format = format
        self.tag = tag
        self.kids: list[Piece] = []


class _Reader:
    """Reads one value; the frames form a stack whose bottom is the value itself."""

    def __init__(self) -> None:
        self.stack = [_Frame("", "")]
        self.double_seen = False

    def text(self, text: str) -> None:
        kids = self.stack[-1].kids
        if kids and isinstance(kids[-1], Node) and kids[-1].format.quotes and text[0] in _POINTS:
            kids.append(Node([], tag=FIXED))
        kids.append(text)

    def open(self, frame: _Frame) -> None:
        if len(self.stack) < _MAX_DEPTH:
            self.stack.append(frame)
        else:
            self.text(frame.literal)

    def close(self, closer: str) -> bool:
        """Close the innermost frame that waits for `closer`; frames above it were no markup after all."""
        depth = next((i for i in range(len(self.stack) - 1, 0, -1) if self.stack[i].closer == closer), 0)
        if not depth:
            return False
        while len(self.stack) > depth + 1:
            self.spill()
        frame = self.stack.pop()
        self.stack[-1].kids.append(Node(_merged(frame.kids), frame.format, frame.tag))
        return True

    def spill(self) -> None:
        """Put the innermost frame back as plain text."""
        frame = self.stack.pop()
        self.text(frame.literal)
        self.stack[-1].kids += frame.kids

    def tag(self, token: str) -> None:
        if token.startswith("</"):
            if not self.close(token):
                self.text(token)
        elif token.endswith('nocase">'):
            self.open(_Frame("</span>", token, tag=NOCASE))
        elif token.endswith('nodecor">'):
            self.open(_Frame("</span>", token, _UNDECORATED, NOCASE))
        elif token.startswith("<span"):
            self.open(_Frame("</span>", token, _STYLED["sc"], NOCASE))
        else:
            name = token[1:-1]
            protected = NOCASE if name in ("sc", "sup", "sub") else ""
            self.open(_Frame(f"</{name}>", token, _STYLED[name], protected))

    def quote(self, token: str, before: str, after: str) -> str:
        """Read a quote or apostrophe; the answer is what it counts as for the character after it."""
        closes = before and not before.isspace() and not after.isalnum()
        if closes and token != "“" and token != "‘" and self.close(token):
            return ")"
        opens = token in _CLOSERS and (not before or before.isspace() or before in _OPENING)
        if opens and after and not after.isspace():
            tag = token if token in "“‘" else SINGLE if token == "'" and self.double_seen else ""
            self.double_seen = self.double_seen or token in '"“'
            self.open(_Frame(_CLOSERS[token], _LITERAL.get(token, token), _QUOTED, tag))
            return "("
        self.text("’" if token == "'" else token)
        return "x"


def _merged(kids: list[Piece]) -> list[Piece]:
    """The pieces with neighbouring texts made one."""
    out: list[Piece] = []
    for is_text, group in groupby(kids, lambda kid: isinstance(kid, str)):
        run = list(group)
        out += ["".join(kid for kid in run if isinstance(kid, str))] if is_text else run
    return out


@lru_cache(maxsize=4096)
def _read(value: str) -> Piece:
    reader = _Reader()
    if "«" in value or "»" in value:
        value = value.replace("« ", "«\u202f").replace(" »", "\u202f»")
    tokens = _TOKEN.findall(value)
    visible = [token if _is_text(token) else "" for token in tokens]
    after = _following(visible)
    before = ""
    for index, token in enumerate(tokens):
        if token in _CLOSERS or token in "”’":
            before = reader.quote(token, before, after[index]) or before
            continue
        if _is_text(token):
            reader.text(token)
        else:
            reader.tag(token)
        before = visible[index][-1:] or before
    while len(reader.stack) > 1:
        reader.spill()
    kids = _merged(reader.stack[0].kids)
    return kids[0] if len(kids) == 1 else Node(kids)


def _is_text(token: str) -> bool:
    return token[0] != "<" or len(token) == 1


def _following(visible: list[str]) -> list[str]:
    """For each token, the first visible character after it."""
    after = [""] * len(visible)
    seen = ""
    for index in range(len(visible) - 1, -1, -1):
        after[index] = seen
        seen = visible[index][:1] or seen
    return after


def rich(value: str) -> Piece:
    """The value as a piece of output: markup, paired quotes and apostrophes understood, anything else kept."""
    return _read(value) if _SPECIAL.search(value) else value
