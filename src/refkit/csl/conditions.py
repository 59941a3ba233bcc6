"""Tests of cs:if and cs:else-if (CSL 1.0.2, "Choose")."""

from collections.abc import Callable

from refkit.csl.context import Context
from refkit.csl.numbers import is_numeric
from refkit.csl.xml import Element

Test = Callable[[Context], bool]

_POSITIONS = {
    "first": ("first",),
    "subsequent": ("subsequent", "ibid", "ibid-with-locator"),
    "ibid": ("ibid", "ibid-with-locator"),
    "ibid-with-locator": ("ibid-with-locator",),
}
_CITE_ONLY = frozenset(("locator", "citation-number", "year-suffix", "first-reference-note-number"))


def compile_condition(element: Element) -> Test:
    """The condition of an element, its tests joined by `match`."""
    tests: list[Test] = []
    if "type" in element.attributes:
        tests.append(_type(frozenset(element.attributes["type"].split())))
    for name, make in _MAKERS.items():
        if name in element.attributes:
            tests += [make(value) for value in element.attributes[name].split()]
    if "disambiguate" in element.attributes:
        wanted = element.get("disambiguate") == "true"
        tests.append(lambda context: context.is_ambiguous() is wanted)
    match = element.get("match", "all")
    if len(tests) == 1 and match != "none":
        return tests[0]
    if match == "any":
        return lambda context: any(test(context) for test in tests)
    if match == "none":
        return lambda context: not any(test(context) for test in tests)
    return lambda context: all(test(context) for test in tests)


def _type(types: frozenset[str]) -> Test:
    """One test for the whole list: an item has but one type, so "all of them" could never hold."""
    return lambda context: context.item.type in types


def _variable(value: str) -> Test:
    if value in _CITE_ONLY:
        return lambda context: bool(context.value(value))
    if value == "page-first":
        return lambda context: context.item.has("page-first") or context.item.has("page")
    return lambda context: context.item.has(value)


def _is_numeric(value: str) -> Test:
    return lambda context: is_numeric(context.value(value))


def _is_uncertain(value: str) -> Test:
    def test(context: Context) -> bool:
        date = context.item.date(value)
        return date is not None and date.circa

    return test


def _locator(value: str) -> Test:
    label = value.replace("sub-verbo", "sub verbo")

    def test(context: Context) -> bool:
        cite = context.cite
        return cite is not None and bool(cite.locator) and cite.label.replace("sub-verbo", "sub verbo") == label

    return test


def _position(value: str) -> Test:
    if value == "near-note":
        return lambda context: context.cite is not None and context.cite.near
    wanted = _POSITIONS.get(value, ())
    return lambda context: context.cite is not None and context.cite.position in wanted


_MAKERS: dict[str, Callable[[str], Test]] = {
    "variable": _variable,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _is_uncertain,
    "locator": _locator,
    "position": _position,
}
