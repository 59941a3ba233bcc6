"""Compiling rendering elements to closures: cs:text, number, label, date, names, group, choose (CSL 1.0.2)."""

from collections.abc import Callable

from refkit.csl.compiler import CompileOne, Compiler, Emit
from refkit.csl.conditions import compile_condition
from refkit.csl.context import Context
from refkit.csl.dates import Date, compile_date, read_date, render_date, sort_text
from refkit.csl.name_elements import compile_names
from refkit.csl.numbers import NUMBER_VARIABLES, first_page, format_number, is_plural, leading_number, page_range
from refkit.csl.richtext import rich
from refkit.csl.textcase import apply_case, upper_turkish
from refkit.csl.tree import PLAIN, Node, Piece, format_of, map_text, wrap
from refkit.csl.xml import Element
from refkit.errors import StyleError

_LINKS = frozenset(("URL", "DOI", "PMID", "PMCID"))
TERM = "term"


def _finish(element: Element, compiler: Compiler) -> Callable[[Piece, Context], Piece]:
    """What strip-periods, text-case, formatting and affixes of an element do to its content."""
    format = format_of(element)
    case = element.get("text-case")
    strip = element.get("strip-periods") == "true"
    if not case and not strip:
        return lambda piece, context: wrap(piece, format)
    turkish = case == "uppercase"
    default = compiler.locale.language[:2]
    dotted = default in ("tr", "az") and case == "capitalize-first"

    def finish(piece: Piece, context: Context) -> Piece:
        if strip:
            piece = map_text(piece, lambda text: text.replace(".", ""))
        if turkish and str(context.item.data.get("language") or default)[:2] in ("tr", "az"):
            piece = upper_turkish(piece)
        elif case:
            if dotted and isinstance(piece, str) and piece.startswith("i"):
                piece = f"İ{piece[1:]}"
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
    marked = compiler.marks_terms and "text-case" not in element.attributes

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


ELEMENTS: dict[str, CompileOne] = {
    "text": _text,
    "number": _number,
    "label": _label,
    "group": _group,
    "choose": _choose,
    "date": _date,
    "names": compile_names,
}
