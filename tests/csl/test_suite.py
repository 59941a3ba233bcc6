"""The official CSL test suite: what passed once must go on passing. The list may only grow."""

import pytest
from fixtures import PASSING, SUITE, passes, passing


@pytest.mark.skipif(not SUITE.is_dir(), reason="no CSL test suite beside the project: ../shared/data/csl-suite")
@pytest.mark.parametrize("name", passing())
def test_fixture(name: str) -> None:
    assert passes(SUITE / f"{name}.txt")


def test_list_is_sorted() -> None:
    names = passing()
    assert names == sorted(set(names)), f"{PASSING.name} has a name twice, or out of order"
