"""Whatever a list holds, no rule fails, and findings and edits lie inside the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refkit.model import ReferenceList, Source
from refkit.rules import CHECKS, RULES, load
from refkit.rules.context import Context
from refkit.rules.references import run_list_rules
from tests.rules.references.agreement import HERE, lists_of, read_list
from tests.rules.references.repairing import lint

load()
CLEAN = tuple(line for _, lines in lists_of(HERE / "data" / "clean.txt") for line in lines)
PIECES = st.sampled_from(
    (
        *("Smith, John", "(2019), ", "“", "”", '"', "Vol. 3, ", "No, 4", "pp.60-8", "(doi:10.1000/a b)", "doi:"),
        *(
            "[in Persian]",
            "] In Farsi [",
            "https://a.b/c ",
            "www.",
            "Available at: ",
            "(Accessed on: 31/2/2019)",
            "in ",
        ),
        *("In: ", ", ", ". ", "&", " and ", ";", "(eds.)", "—", "‐", "\u200b", "é", "И", "ی", "۱۳۹۸", "et al.", "“A” "),
        *(" ", "\xa0", "1/1//2000", "(", ")"),
    )
)
LINES = st.lists(PIECES, max_size=14).map("".join).filter(lambda line: line.strip() and not line.isspace())


@given(st.lists(LINES, max_size=6), st.booleans())
@settings(max_examples=150, deadline=None)
def test_findings_and_edits_lie_in_the_file(lines: list[str], among_clean: bool) -> None:
    whole = (*lines, *CLEAN[:8]) if among_clean else tuple(lines)
    references = read_list(whole)
    size = len(references.source.text)
    for item in run_list_rules(references, Context()):
        assert 0 <= item.start < item.end <= size
        assert all(0 <= edit.start <= edit.end <= size for edit in (item.fix.edits if item.fix else ()))


@given(st.lists(st.text(max_size=80).filter(lambda text: text.strip() and len(text.splitlines()) == 1), max_size=4))
@settings(max_examples=150, deadline=None)
def test_no_text_stops_a_rule(lines: list[str]) -> None:
    assert isinstance(lint(tuple(lines)), list)


LONG = {
    "brackets": "(" * 20_000,
    "quotes": "“" * 20_000,
    "closing quotes": "a”" * 6_000,
    "letters": "x" * 40_000,
    "mixed alphabets": "xо" * 20_000,
    "commas": "a, " * 12_000,
    "links": "https://a.org/ b" * 3_000,
    "codes": "doi:10.1000/ a" * 3_000,
    "labels": "Vol, 3 " * 6_000,
    "dates": "1/ 2 /2019 " * 3_000,
    "blanks": " " * 40_000 + "x",
}


@pytest.mark.parametrize("name", LONG)
def test_long_lines_are_read(name: str) -> None:
    assert isinstance(
        lint((*CLEAN[:8], f"Smith, John (2019), {LONG[name]}", f"Smith, John (2019), “{LONG[name]}")), list
    )


def test_an_empty_list_has_no_findings() -> None:
    assert run_list_rules(ReferenceList(Source("a.txt", ""), ()), Context()) == []


def test_only_selected_rules_run() -> None:
    lines = ("Freedman, Robert (2000), “Relations”, MERIA, Availble at: https://example.org/frr01.html..",)
    found = run_list_rules(read_list(lines), Context(selected=frozenset({"RK801"})))
    assert [item.code for item in found] == ["RK801"]


def test_every_check_has_a_declared_code() -> None:
    assert {code for code, _, _ in CHECKS} <= set(RULES)


def test_findings_are_sorted_and_said_once() -> None:
    found = lint(CLEAN)
    assert found == sorted(found, key=lambda item: (item.start, item.end))
    assert len({(item.start, item.end, item.code, item.message) for item in found}) == len(found)
