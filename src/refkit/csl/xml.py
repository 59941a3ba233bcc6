"""Reading style and locale XML, which is untrusted: no DOCTYPE, no entities, bounded size and depth."""

from collections.abc import Iterator
from xml.parsers import expat

from refkit.errors import StyleError

MAX_BYTES = 4_000_000
MAX_DEPTH = 80
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


class Element:
    """One XML element: local tag name, attributes by local name (`xml:lang` keeps its prefix), children, text."""

    __slots__ = ("attributes", "children", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(name, default)

    def find(self, tag: str) -> "Element | None":
        """The first child of that tag."""
        return next(self.all(tag), None)

    def all(self, tag: str) -> "Iterator[Element]":
        """The children of that tag, in order."""
        return (child for child in self.children if child.tag == tag)


class _Builder:
    def __init__(self, what: str) -> None:
        self.what = what
        self.root: Element | None = None
        self.stack: list[Element] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise StyleError(f"{self.what}: elements are nested more than {MAX_DEPTH} deep; give a real CSL file")
        element = Element(_local(tag), {_local(name): value for name, value in attributes.items()})
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)

    def end(self, _tag: str) -> None:
        self.stack.pop()

    def data(self, text: str) -> None:
        self.stack[-1].text += text

    def refuse(self, *_rest: object) -> None:
        raise StyleError(f"{self.what}: has a DOCTYPE, which is not allowed; remove it")


def _local(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"xml:{local}" if namespace == _XML_NAMESPACE else local


def parse_xml(source: str | bytes, what: str) -> Element:
    """The root element of an XML text; `what` names it in messages. Raises StyleError."""
    if len(source) > MAX_BYTES:
        raise StyleError(f"{what}: larger than {MAX_BYTES} bytes; give a real CSL file")
    source = source.removeprefix("\ufeff").strip() if isinstance(source, str) else source.strip()
    builder = _Builder(what)
    parser = expat.ParserCreate(
        namespace_separator=" ", intern={}, encoding="utf-8" if isinstance(source, str) else None
    )
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.refuse
    parser.EntityDeclHandler = builder.refuse
    try:
        parser.Parse(source, True)
    except (expat.ExpatError, LookupError) as error:
        raise StyleError(f"{what}: is not well-formed XML ({error}); give a .csl file") from error
    if builder.root is None:
        raise StyleError(f"{what}: holds no element; give a .csl file")
    return builder.root
