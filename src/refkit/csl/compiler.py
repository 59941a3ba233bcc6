"""Compiling a style: macros inlined, every rendering element made a closure, size and depth bounded."""

from collections.abc import Callable, Mapping

from refkit.csl.context import Context
from refkit.csl.locale import Locale
from refkit.csl.names import NamesShape, inherited_attributes
from refkit.csl.tree import Piece
from refkit.csl.xml import Element
from refkit.errors import StyleError

# Renders into a list of pieces; nothing is added where there is nothing to show.
Emit = Callable[[Context, list[Piece]], None]
CompileOne = Callable[["Compiler", Element], Emit]

MAX_SIZE = 3_000_000
MAX_LEVEL = 100


class Compiler:
    """Compiles the elements of one cs:citation or cs:bibliography; macros once each. `elements` says how, by tag."""

    def __init__(self, style: Element, scope: Element, locale: Locale, elements: Mapping[str, CompileOne]) -> None:
        self.elements = elements
        self.style = style
        self.locale = locale
        self.inherited = inherited_attributes(style, scope)
        self.names_delimiter = scope.get("names-delimiter") or style.get("names-delimiter")
        self.macros = {macro.get("name"): macro for macro in style.all("macro")}
        self.compiled: dict[str, tuple[Emit, int, int]] = {}
        self.open: list[str] = []
        self.size = 0
        self.level = 0
        self.deepest = 0
        self.shape: NamesShape | None = None
        self.page_format = _page_format(style.get("page-range-format"))
        self.page_dash = locale.text("page-range-delimiter", "–") or "–"
        self.ampersand = locale.ampersand
        self.uses_suffix = False
        self.tests_disambiguate = False
        self.marks_terms = scope.tag == "bibliography" or style.get("class") == "note"

    def children(self, element: Element) -> Emit:
        """The children of an element, one after the other."""
        emits = [self.element(child) for child in element.children]
        if len(emits) == 1:
            return emits[0]

        def emit(context: Context, out: list[Piece]) -> None:
            for each in emits:
                each(context, out)

        return emit

    def element(self, element: Element) -> Emit:
        """One rendering element. Raises StyleError for one that is unknown or nested too deeply."""
        self.size += 1
        self.level += 1
        self.deepest = max(self.deepest, self.level)
        if self.level > MAX_LEVEL:
            raise StyleError("style: its elements and macros are nested too deep; correct the .csl file")
        compile_one = self.elements.get(element.tag)
        if compile_one is None:
            raise StyleError(f"style: <{element.tag}> cannot stand among rendering elements; correct the .csl file")
        emit = compile_one(self, element)
        self.level -= 1
        return emit

    def macro(self, name: str) -> Emit:
        """A macro's content, compiled on its first use. Raises StyleError for one that is missing or endless."""
        if name not in self.macros:
            raise StyleError(f"style: macro {name!r} is used but not defined; correct the .csl file")
        if name in self.open:
            raise StyleError(f"style: macro {name!r} calls itself; correct the .csl file")
        if name not in self.compiled:
            before, self.size = self.size, 0
            deepest, self.deepest = self.deepest, self.level
            shape, self.shape = self.shape, None
            self.open.append(name)
            emit = self.children(self.macros[name])
            self.open.pop()
            self.compiled[name] = (emit, self.size, self.deepest - self.level)
            self.size, self.shape, self.deepest = before, shape, deepest
        emit, size, height = self.compiled[name]
        self.size += size
        self.deepest = max(self.deepest, self.level + height)
        if self.size > MAX_SIZE or self.deepest > MAX_LEVEL:
            raise StyleError("style: its macros expand without bound or are nested too deep; correct the .csl file")
        return emit


def _page_format(value: str) -> str:
    return "chicago-15" if value == "chicago" else value
