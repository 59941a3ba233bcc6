import pytest

from refkit.verify.containers import same

SAME = [
    pytest.param("Physical Review B", "Physical Review B", id="equal"),
    pytest.param("Phys. Rev. B", "Physical Review B", id="ISO 4"),
    pytest.param(
        "Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences of the U.S.A.", id="Natl"
    ),
    pytest.param("PNAS", "Proceedings of the National Academy of Sciences", id="acronym"),
    pytest.param("The Lancet", "Lancet", id="article"),
    pytest.param("Rocks \\& Minerals".replace("\\", ""), "Rocks &amp; Minerals", id="entity"),
    pytest.param("J. Clim.", "Journal of Climate", id="small words"),
    pytest.param("JAMA", "JAMA: The Journal of the American Medical Association", id="acronym before colon"),
    pytest.param("Amer. Jour. Sur.", "The American Journal of Surgery", id="sur is short for surgery"),
    pytest.param("Journal of Physics A", "Journal of Physics A: Mathematical and General", id="section"),
    pytest.param(
        "Proc. 7th Int. Conf. on Web Services",
        "Proceedings of the Seventh International Conference on Web Services",
        id="conference",
    ),
    pytest.param("Geopolitics Quaterly", "Geopolitics Quarterly", id="a letter lost"),
    pytest.param("LNCS", "Lecture Notes in Computer Science", id="series"),
]
OTHER = [
    pytest.param("Nature", "Nature Communications", id="longer name"),
    pytest.param("Ecology", "Behavioral Ecology", id="other field"),
    pytest.param("Physical Review B", "Physical Review Letters", id="sister"),
    pytest.param("Physical Review A", "Physical Review B", id="section"),
    pytest.param("Journal of Chemistry", "Journal of Physics", id="one word"),
    pytest.param("Brain", "Brain Research", id="beginning"),
]


@pytest.mark.parametrize(("mine", "theirs"), SAME)
def test_same(mine: str, theirs: str) -> None:
    assert same(mine, [theirs])


@pytest.mark.parametrize(("mine", "theirs"), OTHER)
def test_other(mine: str, theirs: str) -> None:
    assert not same(mine, [theirs])
