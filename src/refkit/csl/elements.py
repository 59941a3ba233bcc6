"""Compiling rendering elements to closures: cs:text, number, label, date, names, group, choose (CSL 1.0.2)."""

from collections.abc import Callable

from refkit.csl.conditions import compile_condition
from refkit.csl.context import Context
from refkit.csl.dates import Date, compile_date, read_date, render_date, sort_text
from refkit.csl.locale import Locale
from refkit.csl.names import (
    NAMES,
    EtAl,
    Label,
    NamesShape,
    inherited_attributes,
    name_options,
    render_label,
    render_people,
)
from refkit.csl.numbers import NUMBER_VARIABLES, first_page, format_number, is_plural, leading_number, page_range
from refkit.csl.people import Person
from refkit.csl.richtext import rich
from refkit.csl.textcase import apply_case, upper_turkish
from refkit.csl.tree import PLAIN, Format, Node, Piece, format_of, map_text, wrap
from refkit.csl.xml import Element
from refkit.errors import StyleError

Emit = Callable[[Context, list[Piece]], None]

MAX_SIZE = 3_000_000
MAX_LEVEL = 100
_LINKS = frozenset(("URL", "DOI", "PMID", "PMCID"))
TERM = "term"


class Compiler:
    """Compiles the elements of one cs:citation or cs:bibliography; macros once each."""

    def __init__(self, style: Element, scope: Element | None, locale: Locale) -> None:
        self.style = style
        self.locale = locale
        self.inherited = inherited_attributes(style, *([scope] if scope else []))
        scoped = [element for element in (scope, style) if element is not None]
        self.names_delimiter = next((e.get("names-delimiter") for e in scoped if e.get("names-delimiter")), "")
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
        self.marks_terms = scope is not None and (scope.tag == "bibliography" or style.get("class") == "note")

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
        """One rendering element."""
        self.size += 1
        self.level += 1
        self.deepest = max(self.deepest, self.level)
        if self.level > MAX_LEVEL:
            raise StyleError("style: its elements and macros are nested too deep; correct the .csl file")
        compile_one = _COMPILERS.get(element.tag)
        if compile_one is None:
            raise StyleError(f"style: <{element.tag}> cannot stand among rendering elements; correct the .csl file")
        emit = compile_one(self, element)
        self.level -= 1
        return emit

    def macro(self, name: str) -> Emit:
        """A macro's content, compiled on its first use."""
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


def _finish(element: Element, compiler: Compiler) -> Callable[[Piece, Context], Piece]:
    """What strip-periods, text-case, formatting and affixes of an element do to its content."""
    format = format_of(element)
    case = element.get("text-case")
    strip = element.get("strip-periods") == "true"
    if not case and not strip:
        return lambda piece, context: wrap(piece, format)
    turkish = case == "uppercase"
    default = compiler.locale.language[:2]

    def finish(piece: Piece, context: Context) -> Piece:
        if strip:
            piece = map_text(piece, lambda text: text.replace(".", ""))
        if turkish and str(context.item.data.get("language") or default)[:2] in ("tr", "az"):
            piece = upper_turkish(piece)
        elif case:
            piece = apply_case(piece, case, context.item.english)
        return wrap(piece, format)

    return finish


def _text(compiler: Compiler, element: Element) -> Emit:
    for kind, compile_one in (
        ("variable", _text_variable),
        ("macro", _text_macro),
        ("term", _text_term),
        ("value", _text_value),
    ):
        if kind in element.attributes:
            return compile_one(compiler, element)
    raise StyleError("style: a <text> names no variable, macro, term or value; correct the .csl file")


def _text_value(compiler: Compiler, element: Element) -> Emit:
    value = rich(element.get("value"))
    finish = _finish(element, compiler)

    def emit(context: Context, out: list[Piece]) -> None:
        if value:
            out.append(finish(value, context))

    return emit


def _text_term(compiler: Compiler, element: Element) -> Emit:
    name, form = element.get("term"), element.get("form", "long")
    text = compiler.locale.term(name, form, element.get("plural") == "true")
    finish = _finish(element, compiler)
    marked = compiler.marks_terms

    def emit(context: Context, out: list[Piece]) -> None:
        if text:
            piece = finish(text, context)
            out.append(Node([piece], PLAIN, TERM) if marked else piece)

    return emit


def _text_macro(compiler: Compiler, element: Element) -> Emit:
    content = compiler.macro(element.get("macro"))
    finish = _finish(element, compiler)
    bare = not (set(element.attributes) - {"macro"})

    def emit(context: Context, out: list[Piece]) -> None:
        called, rendered = context.called, context.rendered
        kids: list[Piece] = []
        content(context, kids)
        if not kids or (context.called > called and context.rendered == rendered):
            return
        context.called += 1
        context.rendered += 1
        if bare and len(kids) == 1:
            out.append(kids[0])
        else:
            out.append(finish(Node(kids), context))

    return emit


def _text_variable(compiler: Compiler, element: Element) -> Emit:
    variable, short = element.get("variable"), element.get("form") == "short"
    read = _reader(compiler, variable, short)
    finish = _finish(element, compiler)
    tag = variable if variable in _LINKS or variable in ("citation-number", "year-suffix") else ""
    verbatim = variable in _LINKS
    if variable in ("year-suffix", "citation-label"):
        compiler.uses_suffix = True
    if variable in ("DOI", "URL", "PMID", "PMCID"):
        format = format_of(element)

    def emit(context: Context, out: list[Piece]) -> None:
        value = "" if variable in context.suppressed else read(context)
        if value or variable != "year-suffix":
            context.note_call(variable, bool(value))
        if not value:
            return
        if verbatim:
            out.append(Node([value], format, tag))
            return
        piece = finish(rich(value), context)
        out.append(Node([piece], PLAIN, tag) if tag else piece)

    return emit


def _reader(compiler: Compiler, variable: str, short: bool) -> Callable[[Context], str]:
    """How the value of a variable is looked up."""
    if variable == "page-first":
        return lambda context: context.value(variable) or first_page(context.value("page"))
    if variable == "page":
        page_format, dash = compiler.page_format, compiler.page_dash
        return lambda context: page_range(context.item.get("page"), page_format, dash)
    if variable == "locator":
        return lambda context: _locator(context, compiler)
    if variable in NUMBER_VARIABLES:
        return lambda context: _number_value(context, variable, compiler.page_dash)
    if short or variable in ("title-short", "container-title-short"):
        base = variable.removesuffix("-short")
        return (
            (lambda context: context.item.short(variable))
            if short
            else lambda context: context.item.get(f"{base}-short")
        )
    return lambda context: context.value(variable)


def _number_value(context: Context, variable: str, dash: str) -> str:
    """A number variable with the right dash; the number of a court case is no range."""
    value = context.value(variable)
    return value if context.item.type == "legal_case" else page_range(value, "", dash)


def _locator(context: Context, compiler: Compiler) -> str:
    cite = context.cite
    if cite is None or not cite.locator:
        return ""
    page_format = compiler.page_format if cite.label == "page" else ""
    text = page_range(cite.locator.strip(), page_format, compiler.page_dash)
    return text.replace("&", compiler.ampersand) if "&" in text else text


def _number(compiler: Compiler, element: Element) -> Emit:
    variable, form = element.get("variable"), element.get("form", "numeric")
    read = _reader(compiler, variable, False)
    finish = _finish(element, compiler)
    locale = compiler.locale
    noun = locale.find("page" if variable.startswith("page") else variable)
    gender = noun.gender if noun else ""

    def emit(context: Context, out: list[Piece]) -> None:
        value = "" if variable in context.suppressed else read(context)
        context.note_call(variable, bool(value))
        if not value:
            return
        if context.sorting:
            number = leading_number(value)
            out.append(value if number is None else f"{number:09d}")
            return
        shown = value if form == "numeric" else format_number(value, form, locale, gender)
        piece = finish(rich(shown), context)
        out.append(Node([piece], PLAIN, variable) if variable == "citation-number" else piece)

    return emit


def _label(compiler: Compiler, element: Element) -> Emit:
    variable, form = element.get("variable"), element.get("form", "long")
    rule = element.get("plural", "contextual")
    finish = _finish(element, compiler)
    locale = compiler.locale
    total = variable.startswith("number-of-")

    def emit(context: Context, out: list[Piece]) -> None:
        hidden = variable in context.suppressed and not context.substituting  # the number beside it is shown
        value = "" if hidden else context.value(variable)
        if not value:
            return
        name = context.cite.label if variable == "locator" and context.cite else variable
        plural = (leading_number(value) or 0) > 1 if total else _is_many(context, variable, value)
        many = rule == "always" or (rule != "never" and plural)
        text = locale.term(name, form, many)
        if text is None and name.startswith("sub"):
            text = locale.term("sub verbo" if name == "sub-verbo" else "sub-verbo", form, many)
        if text:
            out.append(finish(text, context))

    return emit


def _is_many(context: Context, variable: str, value: str) -> bool:
    """Whether a number variable names several; the number of a court case never does."""
    return is_plural(value) and not (context.item.type == "legal_case" and variable == "number")


def _group(compiler: Compiler, element: Element) -> Emit:
    content = compiler.children(element)
    format = format_of(element, element.get("delimiter"))
    bare = format == PLAIN

    def emit(context: Context, out: list[Piece]) -> None:
        called, rendered = context.called, context.rendered
        kids: list[Piece] = []
        content(context, kids)
        if not kids or (context.called > called and context.rendered == rendered):
            return
        context.called += 1
        context.rendered += 1
        out.append(kids[0] if bare and len(kids) == 1 else Node(kids, format))

    return emit


def _choose(compiler: Compiler, element: Element) -> Emit:
    compiler.tests_disambiguate = compiler.tests_disambiguate or any(
        "disambiguate" in child.attributes for child in element.children
    )
    branches = [
        (compile_condition(child) if child.tag != "else" else None, compiler.children(child))
        for child in element.children
    ]

    def emit(context: Context, out: list[Piece]) -> None:
        for holds, content in branches:
            if holds is None or holds(context):
                content(context, out)
                return

    return emit


def _implicit_suffix(compiler: Compiler, context: Context) -> str:
    """The year suffix, when the style places it nowhere itself; only at the first year of a rendering."""
    if compiler.uses_suffix or context.suffix_done or not context.marks.suffix or context.sorting:
        return ""
    context.suffix_done = True
    return context.marks.suffix


def _date(compiler: Compiler, element: Element) -> Emit:
    variable = element.get("variable")
    shape = compile_date(element, compiler.locale)
    finish = _finish(element, compiler)
    locale = compiler.locale
    names = tuple(part.name for part in shape.parts)

    def emit(context: Context, out: list[Piece]) -> None:
        hidden = variable in context.suppressed or (variable == "accessed" and context.comparing)
        date = None if hidden else _find_date(context, variable)
        if date is not None and context.sorting:
            piece: Piece | None = sort_text(date, names)
        elif date is None:
            piece = None
        elif date.start is None:
            piece = rich(date.literal)
        else:
            piece = render_date(date, shape, locale, lambda year: _with_suffix(year, variable, compiler, context))
        context.note_call(variable, bool(piece))
        if piece:
            out.append(finish(piece, context))

    return emit


def _find_date(context: Context, variable: str) -> Date | None:
    if variable == "locator" and context.cite:
        return read_date(context.cite.locator)
    return context.item.date(variable)


def _with_suffix(year: str, variable: str, compiler: Compiler, context: Context) -> Piece:
    suffix = _implicit_suffix(compiler, context) if variable == "issued" else ""
    return Node([year, Node([suffix], PLAIN, "year-suffix")], PLAIN, "year") if suffix else year


def _names(compiler: Compiler, element: Element) -> Emit:
    shape = _names_shape(compiler, element)
    outer, compiler.shape = compiler.shape, shape
    substitutes = [compiler.element(child) for each in element.all("substitute") for child in each.children]
    compiler.shape = outer
    variables = element.get("variable").split()
    content = _names_content(compiler, shape, variables)
    format = shape.format

    def emit(context: Context, out: list[Piece]) -> None:
        if context.author_hidden:
            context.author_hidden = False
            context.note_call(variables[0], True)
            return
        piece = content(context)
        if piece is None and substitutes:
            piece = _substitute(substitutes, context)
        for variable in variables:
            context.note_call(variable, piece is not None)
        if piece is not None:
            out.append(Node([piece], format, NAMES))

    return emit


def _substitute(substitutes: list[Emit], context: Context) -> Piece | None:
    """The first substitute that gives output; its variables are not shown again in this rendering."""
    outer, context.substituting = context.substituting, True
    kids: list[Piece] = []
    for emit in substitutes:
        before = set(context.suppressed)
        emit(context, kids)
        if kids:
            break
        context.suppressed = before
    context.substituting = outer
    return Node(kids) if kids else None


def _names_shape(compiler: Compiler, element: Element) -> NamesShape:
    """What a cs:names says; in a substitute, one without children takes over everything from the outer one."""
    name, et_al, label = element.find("name"), element.find("et-al"), element.find("label")
    own = compiler.shape
    delimiter = element.get("delimiter") or (own.delimiter if own else compiler.names_delimiter)
    format = format_of(element)
    if own is not None and name is None and et_al is None and label is None:
        return NamesShape(own.options, own.et_al, own.label, format, delimiter)
    options = name_options(name, compiler.inherited, compiler.style, compiler.locale)
    if own is not None and name is None:
        options = own.options
    text = compiler.locale.text((et_al.get("term") if et_al else "") or "et-al", "et al.")
    shape_label = None
    if label is not None:
        first = name is not None and element.children.index(label) < element.children.index(name)
        shape_label = Label(
            label.get("form", "long"),
            label.get("plural", "contextual"),
            format_of(label),
            label.get("text-case"),
            label.get("strip-periods") == "true",
            first,
        )
    return NamesShape(options, EtAl(text, format_of(et_al) if et_al else PLAIN), shape_label, format, delimiter)


def _names_content(compiler: Compiler, shape: NamesShape, variables: list[str]) -> Callable[[Context], Piece | None]:
    """The names of all variables that have any, each with its label."""
    locale = compiler.locale
    joined = Format(delimiter=shape.delimiter)
    merges = sorted(variables) == ["editor", "translator"] and bool(
        locale.term("editortranslator", shape.label.form if shape.label else "long")
    )

    def content(context: Context) -> Piece | None:
        found = [
            (variable, people)
            for variable in variables
            if variable not in context.suppressed and (people := context.item.people(variable))
        ]
        if not found:
            return None
        if merges:
            found = _merged(found)
        if shape.options.form == "count":
            return _counted(found, shape, context)
        kids: list[Piece] = []
        for variable, people in found:
            names = render_people(people, shape.options, shape.et_al, context)
            kids.append(_labelled(names, shape.label, variable, len(people), locale))
        return kids[0] if len(kids) == 1 else Node(kids, joined)

    return content


def _merged(found: list[tuple[str, tuple[Person, ...]]]) -> list[tuple[str, tuple[Person, ...]]]:
    """Editor and translator as one role where they are the same people."""
    by_name = dict(found)
    if by_name.get("editor") and by_name.get("editor") == by_name.get("translator"):
        return [
            ("editortranslator" if variable == "editor" else variable, people)
            for variable, people in found
            if variable != "translator"
        ]
    return found


def _counted(found: list[tuple[str, tuple[Person, ...]]], shape: NamesShape, context: Context) -> Piece | None:
    before = context.name_count
    for _, people in found:
        render_people(people, shape.options, shape.et_al, context)
    total = context.name_count - before
    return (f"{total:09d}" if context.sorting else str(total)) if total else None


def _labelled(names: Piece, label: Label | None, variable: str, count: int, locale: Locale) -> Piece:
    shown = render_label(label, variable, count, locale) if label and isinstance(names, Node) else None
    if shown is None or label is None:
        return names
    return Node([shown, names] if label.first else [names, shown])


_COMPILERS: dict[str, Callable[[Compiler, Element], Emit]] = {
    "text": _text,
    "number": _number,
    "label": _label,
    "group": _group,
    "choose": _choose,
    "date": _date,
    "names": _names,
}
