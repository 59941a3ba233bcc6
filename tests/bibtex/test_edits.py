"""Edits as patches: order, overlap, what fits into one round."""

import pytest

from refkit.bibtex import apply_edits, compatible
from refkit.model import Edit, Fix, Safety


def test_edits_come_in_any_order() -> None:
    assert apply_edits("abcdef", [Edit(4, 5, "E"), Edit(0, 1, ""), Edit(2, 2, "-")]) == "b-cdEf"


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply_edits("ab", [Edit(1, 1, "1"), Edit(1, 1, "2")]) == "a12b"


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(0, 3, ""), Edit(2, 4, "")], id="overlap"),
        pytest.param([Edit(-1, 0, "")], id="before the text"),
        pytest.param([Edit(5, 9, "")], id="behind the text"),
        pytest.param([Edit(3, 2, "")], id="backwards"),
    ],
)
def test_wrong_edits_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        apply_edits("abcdef", edits)


def fix(*places: tuple[int, int]) -> Fix:
    return Fix(Safety.SAFE, tuple(Edit(start, end, "x") for start, end in places))


ROUNDS = {
    "apart": ([fix((0, 1)), fix((2, 3))], [0, 1]),
    "in any order": ([fix((8, 9)), fix((0, 1)), fix((4, 5))], [0, 1, 2]),
    "overlapping": ([fix((0, 5)), fix((4, 6)), fix((7, 8))], [0, 2]),
    "inside another": ([fix((0, 9)), fix((3, 4))], [0]),
    "around another": ([fix((3, 4)), fix((0, 9))], [0]),
    "bordering": ([fix((0, 2)), fix((2, 4))], [0]),
    "insertions at one place": ([fix((2, 2)), fix((2, 2))], [0]),
    "one edit of several overlaps": ([fix((4, 5)), fix((0, 1), (4, 6)), fix((0, 1))], [0, 2]),
    "between the edits of another": ([fix((0, 1), (8, 9)), fix((3, 4))], [0, 1]),
}


@pytest.mark.parametrize(("fixes", "chosen"), ROUNDS.values(), ids=ROUNDS)
def test_what_fits_into_one_round(fixes: list[Fix], chosen: list[int]) -> None:
    assert compatible(fixes) == tuple(fixes[index] for index in chosen)
