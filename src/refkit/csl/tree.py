"""The output tree: what elements render to, before punctuation, quotes and flip-flop are settled."""

from collections.abc import Callable
from typing import NamedTuple

from refkit.csl.people import Person
from refkit.csl.xml import Element

# Innermost first, as the marks nest in output.
STYLE_ATTRIBUTES = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")


class Format(NamedTuple):
    """How a node is set: affixes outside, then quotes, then styles; `delimiter` between its children."""

    prefix: str = ""
    suffix: str = ""
    delimiter: str = ""
    styles: tuple[tuple[str, str], ...] = ()
    quotes: bool = False
    display: str = ""


PLAIN = Format()
NAME_LIST = "name-list"


class Node:
    """A stretch of output. `tag` says what it is where a later step needs to know ("nocase", "names", "year-suffix",
    "citation-number", "year", or the variable of a link)."""

    __slots__ = ("format", "kids", "tag")

    def __init__(self, kids: "list[Piece]", format: Format = PLAIN, tag: str = "") -> None:
        self.kids = kids
        self.format = format
        self.tag = tag

    def __repr__(self) -> str:
        return f"Node({self.kids!r}, {self.format!r}, {self.tag!r})"


class Names(Node):
    """A list of names, with the people that it was made of."""

    __slots__ = ("people",)

    def __init__(self, kids: "list[Piece]", people: tuple[Person, ...]) -> None:
        super().__init__(kids, PLAIN, NAME_LIST)
        self.people = people


Piece = str | Node


def format_of(element: Element, delimiter: str = "") -> Format:
    """The format that an element's attributes ask for."""
    get = element.attributes.get
    return Format(
        get("prefix", ""),
        get("suffix", ""),
        delimiter,
        tuple((name, element.attributes[name]) for name in STYLE_ATTRIBUTES if name in element.attributes),
        get("quotes") == "true",
        get("display", ""),
    )


def wrap(piece: Piece, format: Format, tag: str = "") -> Piece:
    """`piece` set in `format`; a plain format adds no node."""
    if format == PLAIN and not tag:
        return piece
    return Node([piece], format, tag)


def plain(piece: Piece) -> str:
    """The bare text of a piece, affixes and delimiters in, marks and quotes out."""
    if isinstance(piece, str):
        return piece
    format = piece.format
    inner = format.delimiter.join(plain(kid) for kid in piece.kids)
    return f"{format.prefix}{inner}{format.suffix}"


def map_text(piece: Piece, change: Callable[[str], str]) -> Piece:
    """The piece with `change` applied to every text in it, affixes and delimiters of inner nodes too."""
    if isinstance(piece, str):
        return change(piece)
    format = piece.format
    if format.prefix or format.suffix or format.delimiter:
        format = Format(
            change(format.prefix),
            change(format.suffix),
            change(format.delimiter),
            format.styles,
            format.quotes,
            format.display,
        )
    return Node([map_text(kid, change) for kid in piece.kids], format, piece.tag)


def find(node: Node, tag: str) -> Node | None:
    """The first node of that tag, depth first."""
    if node.tag == tag:
        return node
    for kid in node.kids:
        if isinstance(kid, Node):
            found = find(kid, tag)
            if found is not None:
                return found
    return None


def enclose(kids: list[Piece], format: Format) -> Node:
    """The content of a cs:layout: its affixes are set like the rest, and the suffix stands inside a last block."""
    if format.suffix and kids and isinstance(kids[-1], Node) and kids[-1].format.display:
        last = kids[-1]
        body = Node(last.kids, last.format._replace(display=""), last.tag)
        kids = [*kids[:-1], Node([body, format.suffix], Format(display=last.format.display))]
        return Node([format.prefix, *kids], Format(styles=format.styles))
    return Node([format.prefix, *kids, format.suffix], Format(styles=format.styles))
