import pytest

from refkit.verify.numbers import last_page, same_first_page, same_last_page, same_number


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param("12", "12", True, id="equal"),
        pytest.param("Vol. 12", "12", True, id="label"),
        pytest.param("012", "12", True, id="zero"),
        pytest.param("XII", "12", True, id="Roman"),
        pytest.param("۱۲", "12", True, id="Persian digits"),
        pytest.param("12(3)", "12", True, id="issue behind"),
        pytest.param("12", "13", False, id="other"),
        pytest.param("", "13", None, id="silent"),
        pytest.param("Suppl", "13", False, id="words"),
    ],
)
def test_same_number(mine: str, theirs: str, expected: bool | None) -> None:
    assert same_number(mine, theirs) is expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param("1425--1437", "1425-37", True, id="shortened"),
        pytest.param("pp. 12–34", "12-34", True, id="label and dash"),
        pytest.param("e0123", "0123", True, id="electronic number"),
        pytest.param("S12--S20", "S12-S20", True, id="supplement"),
        pytest.param("12", "12-34", True, id="first page only"),
        pytest.param("13--34", "12-34", False, id="other"),
        pytest.param("", "12", None, id="silent"),
        pytest.param("n/a", "12", None, id="no number"),
    ],
)
def test_same_first_page(mine: str, theirs: str, expected: bool | None) -> None:
    assert same_first_page(mine, theirs) is expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param("1425--1437", "1425-37", True, id="shortened"),
        pytest.param("12--34", "12-35", False, id="other"),
        pytest.param("12", "12-35", None, id="no end"),
    ],
)
def test_same_last_page(mine: str, theirs: str, expected: bool | None) -> None:
    assert same_last_page(mine, theirs) is expected


def test_an_absurd_range_has_no_end() -> None:
    assert last_page(f"1-{'9' * 5000}") is None
