"""cs:sort: the keys of an item and the order they make (CSL 1.0.2, "Sorting")."""

from collections.abc import Callable
from typing import NamedTuple

from refkit.csl.collation import collation_key
from refkit.csl.compiler import Compiler
from refkit.csl.context import Cite, Context, Item, Marks
from refkit.csl.dates import sort_text
from refkit.csl.names import name_options, sort_people
from refkit.csl.numbers import NUMBER_VARIABLES, leading_number
from refkit.csl.richtext import rich
from refkit.csl.tree import Piece, plain
from refkit.csl.xml import Element

NAME_VARIABLES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director editor "
    "editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer "
    "original-author performer producer recipient reviewed-author script-writer series-creator translator".split()
)
DATE_VARIABLES = frozenset("accessed available-date event-date issued original-date submitted".split())

Value = Callable[[Context], str]


class SortKey(NamedTuple):
    """One cs:key: how to get its text, its direction, and et-al settings of its own."""

    value: Value
    descending: bool
    names: tuple[int, int] | None


def compile_sort(sort: Element | None, compiler: Compiler) -> tuple[SortKey, ...]:
    """The keys of a cs:sort; none when there is no such element."""
    if sort is None:
        return ()
    return tuple(_compile_key(key, compiler) for key in sort.all("key"))


def _compile_key(key: Element, compiler: Compiler) -> SortKey:
    least, first = key.get("names-min"), key.get("names-use-first")
    names = (int(least or 0), int(first or 0)) if f"{least}{first}".isdigit() else None
    value = _macro_value(key, compiler) if "macro" in key.attributes else _variable_value(key, compiler)
    return SortKey(value, key.get("sort") == "descending", names)


def _macro_value(key: Element, compiler: Compiler) -> Value:
    emit = compiler.macro(key.get("macro"))

    def value(context: Context) -> str:
        kids: list[Piece] = []
        emit(context, kids)
        return "".join(plain(kid) for kid in kids)

    return value


def _variable_value(key: Element, compiler: Compiler) -> Value:
    variable = key.get("variable")
    if variable in NAME_VARIABLES:
        options = name_options(None, compiler.inherited, compiler.style, compiler.locale)
        return lambda context: sort_people(context.item.people(variable), options, context)
    if variable in DATE_VARIABLES:
        return lambda context: _date_text(context, variable)
    if variable in NUMBER_VARIABLES:
        return lambda context: _number_text(context.value(variable))
    return lambda context: plain(rich(context.value(variable)))


def _date_text(context: Context, variable: str) -> str:
    date = context.item.date(variable)
    return sort_text(date) if date else ""


def _number_text(text: str) -> str:
    number = leading_number(text)
    return text if number is None or not text[0].isdigit() else f"{number:012d}{text.lstrip('0123456789')}"


class _Reversed:
    """A key that compares the other way round."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        self.key = key

    def __lt__(self, other: "_Reversed") -> bool:
        return other.key < self.key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reversed) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


SortValue = tuple[bool, str | _Reversed]


def sort_values(
    keys: tuple[SortKey, ...], item: Item, marks: Marks, language: str, cite: Cite | None = None, bib: bool = False
) -> tuple[SortValue, ...]:
    """What an item is sorted by; empty values come last in either direction."""
    out = []
    for key in keys:
        context = Context(item, marks, cite, bib)
        context.sorting = True
        context.sort_names = key.names
        text = collation_key(key.value(context), language)
        out.append((not text, _Reversed(text) if key.descending else text))
    return tuple(out)
