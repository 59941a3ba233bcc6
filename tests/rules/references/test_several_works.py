"""A line that cites several works is no departure from the list's habits."""

from refkit.model import Source
from refkit.parse import read_list
from refkit.rules.context import Context
from refkit.rules.references import run_list_rules

NAMES = ("Adams", "Brown", "Clark", "Davis", "Evans", "Foster", "Green", "Hughes", "Irving", "Jones")
LINES = [f"{name}, John ({2000 + place}), Book of {name}, London: Sage." for place, name in enumerate(NAMES)]
BOTH = f"{LINES[4].rstrip('.')}, p. 5; Albert, Karl (1999), Book of Albert, London: Sage."


def codes(*lines: str) -> list[str]:
    source = Source("list.txt", "\n".join(lines) + "\n")
    references = read_list(source)
    context = Context(text=source.text, selected=frozenset({"RK812", "RK833"}))
    return [finding.code for finding in run_list_rules(references, context)]


def test_works_of_one_line_need_no_order_and_no_full_stop_between():
    assert codes(*LINES[:4], BOTH, *LINES[5:]) == []


def test_works_of_one_wrapped_line_need_neither():
    numbered = [f"{number}. {line}" for number, line in enumerate([*LINES[:4], BOTH, *LINES[5:]], 1)]
    assert codes("\n".join(numbered).replace("; ", ";\n   ")) == []


def test_a_line_of_its_own_needs_both():
    first, second = BOTH.split("; ")
    assert codes(*LINES[:4], first, second, *LINES[5:]) == ["RK812", "RK833"]
