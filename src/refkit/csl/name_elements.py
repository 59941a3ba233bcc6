"""Compiling cs:names: its variables, what a substitute inherits, labels and roles that fall together."""

from collections.abc import Callable

from refkit.csl.compiler import Compiler, Emit
from refkit.csl.context import Context
from refkit.csl.locale import Locale
from refkit.csl.names import NAMES, EtAl, Label, NamesShape, name_options, render_label, render_people
from refkit.csl.people import Person
from refkit.csl.tree import PLAIN, Format, Node, Piece, format_of
from refkit.csl.xml import Element


def compile_names(compiler: Compiler, element: Element) -> Emit:
    """A cs:names with its substitutes."""
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
