"""Several rounds of edits as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.bibtex import apply_edits
from refkit.model import Edit
from refkit.validate.composing import compose_all

ROUNDS = {
    "none": ("abc", [], []),
    "one": ("abc", [[(1, 2, "X")]], [(1, 2, "X")]),
    "apart": ("abcdef", [[(0, 1, "XY")], [(4, 5, "")]], [(0, 1, "XY"), (3, 4, "")]),
    "inside-the-first": ("abc", [[(1, 2, "XYZ")], [(2, 3, "-")]], [(1, 2, "X-Z")]),
    "across-the-first": ("abcdef", [[(2, 3, "XY")], [(1, 4, "-")]], [(1, 3, "-")]),
    "over-two": ("abcdef", [[(1, 2, ""), (3, 4, "XX")], [(0, 3, "-")]], [(0, 4, "-X")]),
    "insert-then-insert": ("ab", [[(1, 1, "X")], [(1, 1, "Y")]], [(1, 1, "YX")]),
}


@pytest.mark.parametrize(("text", "rounds", "composed"), ROUNDS.values(), ids=ROUNDS)
def test_composed(text: str, rounds: list[list[tuple[int, int, str]]], composed: list[tuple[int, int, str]]) -> None:
    assert compose_all(text, [[Edit(*edit) for edit in edits] for edits in rounds]) == tuple(
        Edit(*edit) for edit in composed
    )


@st.composite
def _edits(draw: st.DrawFn, length: int) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return [Edit(start, end, draw(st.text("xyz", max_size=3))) for start, end in pairs]


@given(st.data(), st.text("abcdef\n", max_size=20))
def test_the_composed_edits_do_what_the_rounds_do(data: st.DataObject, text: str) -> None:
    rounds, current = [], text
    for _ in range(3):
        rounds.append(data.draw(_edits(len(current))))
        current = apply_edits(current, rounds[-1])
    assert apply_edits(text, compose_all(text, rounds)) == current
