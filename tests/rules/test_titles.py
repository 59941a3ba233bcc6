import pytest

from tests.rules.linting import codes, fixed, lint

OWN = ("RK502", "RK503", "RK504", "RK506")
CLEAN = [
    pytest.param("title = {The Origin of the Species}", id="headline"),
    pytest.param("title = {{NASA} and {ESA}}", id="acronyms"),
    pytest.param("title = {DNA}", id="one acronym"),
    pytest.param("title = {UML, XML, HTML: SQL}", id="acronyms only"),
    pytest.param("title = {{THE ORIGIN OF SPECIES IN CAPITALS}}", id="braced, meant so"),
    pytest.param("title = {What is a tree?}", id="question mark"),
    pytest.param("title = {And so on \\ldots}", id="dots"),
    pytest.param("title = {And so on...}", id="three dots"),
    pytest.param("title = {Harper and Brothers, Inc.}", id="abbreviation at the end"),
    pytest.param("title = {Report to the U.S.}", id="initials at the end"),
    pytest.param(
        "journal = {J. Appl. Phys.}, booktitle = {Proc. Int. Conf.}, publisher = {Wiley and Co.}", id="abbreviations"
    ),
    pytest.param("title = {Trees: a history of trees}", id="one word again"),
    pytest.param("title = {Never again, never again}, journal = {Trees}", id="short title"),
    pytest.param(
        "@article{a, title = {A history of the Journal of Trees}, journal = {Journal of Trees}}",
        id="title about its journal",
    ),
    pytest.param("author = {NASA} # { and WHO}", id="acronyms as authors"),
    pytest.param("author = {LI, Wei and Smith, J.}", id="two letters"),
    pytest.param(
        "@article{a, journal = {Physical Review A}} @article{b, journal = {Physical Review B}}", id="sections"
    ),
    pytest.param(
        "@article{a, journal = {Journal of Trees}} @article{b, journal = {Journal of Forests}}", id="two journals"
    ),
    pytest.param("title = {한국의 나무와 숲}", id="no capitals at all"),
    pytest.param("title = {جغرافیای سیاسی ایران و جهان امروز ما}", id="Persian"),
]


@pytest.mark.parametrize("snippet", CLEAN)
def test_clean(snippet: str) -> None:
    assert codes(snippet, *OWN) == []


FOUND = [
    pytest.param("title = {Sequencing of DNA by hand}", "RK501", "title = {Sequencing of {DNA} by hand}", id="acronym"),
    pytest.param("title = {On mRNA and LaTeX}", "RK501", "title = {On {mRNA} and {LaTeX}}", id="inner capitals"),
    pytest.param("title = {THE ORIGIN OF SPECIES}", "RK502", "title = {The origin of species}", id="title"),
    pytest.param("title = {MACHINE LEARNING}", "RK502", "title = {Machine learning}", id="two words"),
    pytest.param("author = {SMITH, John}", "RK502", "author = {Smith, John}", id="family name"),
    pytest.param(
        "@article{a, journal = {JOURNAL OF APPLIED PHYSICS}}",
        "RK502",
        "@article{a, journal = {Journal of Applied Physics}}",
        id="journal",
    ),
    pytest.param("title = {On trees.}", "RK503", "title = {On trees}", id="full stop"),
    pytest.param("publisher = {Springer,}", "RK503", "publisher = {Springer}", id="comma"),
    pytest.param("volume = {12.}", "RK503", "volume = {12}", id="after a number"),
    pytest.param(
        "title = {On the growth of trees. On the growth of trees}",
        "RK504",
        "title = {On the growth of trees}",
        id="twice",
    ),
    pytest.param(
        "@article{a, title = {On trees. Journal of Woods and Trees}, journal = {Journal of Woods and Trees}}",
        "RK504",
        "@article{a, title = {On trees}, journal = {Journal of Woods and Trees}}",
        id="holds the journal",
    ),
    pytest.param(
        "title = {Trees: A short history}, subtitle = {A short history}",
        "RK504",
        "title = {Trees}, subtitle = {A short history}",
        id="holds the subtitle",
    ),
]


@pytest.mark.parametrize(("snippet", "code", "repaired"), FOUND)
def test_found_and_fixed(snippet: str, code: str, repaired: str) -> None:
    assert codes(snippet, code) == [code]
    assert fixed(snippet, code) == repaired


VENUES = [
    pytest.param("Journal of Applied Physics", "J. Appl. Phys.", id="abbreviated"),
    pytest.param("Computers and Graphics", "Computers \\& Graphics", id="ampersand"),
    pytest.param("The Lancet", "Lancet", id="article"),
    pytest.param("Nature Physics", "Nature physics", id="case"),
    pytest.param("Proceedings of the National Academy of Sciences", "Proc. Natl. Acad. Sci.", id="contracted word"),
]


@pytest.mark.parametrize(("usual", "other"), VENUES)
def test_venue_spelt_differently(usual: str, other: str) -> None:
    text = "".join(f"@article{{k{n}, journal = {{{usual}}}}}\n" for n in range(2))
    assert [item.key for item in lint(text + f"@article{{x, journal = {{{other}}}}}\n", "RK506")] == ["x"]


def test_capitals_are_off_by_default() -> None:
    assert "RK501" not in codes("title = {Sequencing of DNA by hand}")
