import pytest

from tests.rules.linting import codes, fixed

CLEAN = [
    pytest.param("Smith, John and Jones, Kate", id="plain"),
    pytest.param("John Smith and Kate Jones", id="given first"),
    pytest.param("Ludwig van Beethoven and de la Cruz, Juan", id="particles"),
    pytest.param("Smith, Jr., John and Henry VIII and Davis, III, Miles", id="suffixes"),
    pytest.param("{NASA} and {Barnes and Noble} and {Ernst & Young; Partners}", id="braced"),
    pytest.param("Aristotle", id="one name only"),
    pytest.param("Aad, Georges and others", id="others"),
    pytest.param("M{\\\"u}ller, J{\\\"o}rg and Erd{\\H o}s, P. and \\'O Searc\\'aid, M.", id="accents"),
    pytest.param("حسینی، علی and کریمی، حسن", id="Persian"),
    pytest.param("Иванов, И. И. and Петров, П. П.", id="Cyrillic"),
    pytest.param("王, 小明 and 李, 雷", id="Chinese"),
    pytest.param("Sartre, J.-P. and Smith, J. R. R.", id="hyphenated initial"),
    pytest.param("family=Beethoven, given=Ludwig, prefix=van", id="biblatex keys"),
    pytest.param("Press, William H. and Bank, Steven and House, A.", id="families like organisations"),
    pytest.param("O'Brien, Se{\\'a}n and D'Angelo, F. and Al-Khwarizmi, Muhammad ibn Musa", id="apostrophes"),
    pytest.param("Ma, Jo and Xu, Li and Ng, A.", id="short names"),
    pytest.param("Müller &amp; Söhne", id="entity, not a separator"),
    pytest.param("Rahman, Md. and Md Abdul Karim", id="Md is a given name"),
    pytest.param("Pierre, Émile", id="accented capital"),
    pytest.param("Bullmore, Ed and Doe, Trans", id="given names like roles"),
    pytest.param("García Márquez, Gabriel José and Lopes Cardoso, João Maria", id="two family names, two given names"),
    pytest.param("University of York, Department of Trees, Heslington", id="organisation with its parts"),
]
OWN = ("RK201", "RK202", "RK203", "RK204", "RK205", "RK206", "RK207", "RK208", "RK209", "RK210")


@pytest.mark.parametrize("names", CLEAN)
def test_clean(names: str) -> None:
    assert [code for code in codes(f"author = {{{names}}}", *OWN) if code != "RK209"] == []


FOUND = [
    pytest.param("Smith, J.; Jones, K.", "RK201", "Smith, J. and Jones, K.", id="semicolon"),
    pytest.param("Smith, J. & Jones, K.", "RK201", "Smith, J. and Jones, K.", id="ampersand"),
    pytest.param(r"Smith, J. \& Jones, K.", "RK201", "Smith, J. and Jones, K.", id="escaped ampersand"),
    pytest.param("J. Smith, A. Jones", "RK201", "J. Smith and A. Jones", id="comma list, two"),
    pytest.param("John Smith, Anna Jones, Kim Lee", "RK201", "John Smith and Anna Jones and Kim Lee", id="comma list"),
    pytest.param("John Smith, Jane Doe", "RK201", "John Smith and Jane Doe", id="comma list, two full names"),
    pytest.param("Smith, J., Jones, K.", "RK201", "Smith, J. and Jones, K.", id="comma list, inverted"),
    pytest.param("Smith, John, and Jones, Kate", "RK201", "Smith, John and Jones, Kate", id="comma before and"),
    pytest.param("Smith, John and", "RK201", "Smith, John", id="trailing and"),
    pytest.param("and Smith, John", "RK201", "Smith, John", id="leading and"),
    pytest.param("Smith, John and and Jones, K.", "RK201", "Smith, John and Jones, K.", id="and twice"),
    pytest.param("علی رضایی و حسن کریمی", "RK201", "علی رضایی and حسن کریمی", id="Persian and"),
    pytest.param(
        "Smith J, Jones K, Lee PA", "RK201", "Smith, J. and Jones, K. and Lee, P. A.", id="comma list, Vancouver"
    ),
    pytest.param("Smith, J. and Jones, K. et al.", "RK202", "Smith, J. and Jones, K. and others", id="et al."),
    pytest.param("Smith, J., et al", "RK202", "Smith, J. and others", id="comma et al"),
    pytest.param("Smith, J. and et al.", "RK202", "Smith, J. and others", id="and et al."),
    pytest.param(r"Smith, J. \emph{et al.}", "RK202", "Smith, J. and others", id="emphasised"),
    pytest.param("رضایی، علی و همکاران", "RK202", "رضایی، علی and others", id="Persian et al."),
    pytest.param("J. R., Smith", "RK203", "Smith, J. R.", id="initials before comma"),
    pytest.param("Binish, Binish", "RK204", "Binish, Binish", id="twice the same"),
    pytest.param("Smith J. A.", "RK205", "Smith, J. A.", id="comma missing"),
    pytest.param("Smith JA and Jones K", "RK205", "Smith, J. A. and Jones, K.", id="Vancouver form"),
    pytest.param("Smith, and Jones, Kate", "RK206", "Smith, and Jones, Kate", id="given missing"),
    pytest.param(", John and Jones, Kate", "RK206", ", John and Jones, Kate", id="family missing"),
    pytest.param("Smith, J.R. and Jones, K", "RK207", "Smith, J. R. and Jones, K.", id="dots and spaces"),
    pytest.param("J.Smith", "RK207", "J. Smith", id="glued to the family"),
    pytest.param("Smith, John, PhD", "RK208", "Smith, John", id="degree"),
    pytest.param("John Smith Ph.D.", "RK208", "John Smith", id="degree without comma"),
    pytest.param("Dr. John Smith", "RK208", "John Smith", id="address"),
    pytest.param("Smith, Dr. John", "RK208", "Smith, John", id="address behind the family"),
    pytest.param("Rev. John Smith", "RK208", "John Smith", id="clergy"),
    pytest.param("Prof. Dr. Hans Müller", "RK208", "Hans Müller", id="two addresses"),
    pytest.param("Smith, John (ed.)", "RK208", "Smith, John", id="role"),
    pytest.param("Smith, John (Eds.)", "RK208", "Smith, John", id="role in the plural"),
    pytest.param("Smith, John, editor", "RK208", "Smith, John", id="role after comma"),
    pytest.param("Smith, John (University of York)", "RK208", "Smith, John", id="affiliation"),
    pytest.param("Smith, John and Kate Jones", "RK209", "Smith, John and Kate Jones", id="mixed order"),
    pytest.param("United Nations", "RK210", "{United Nations}", id="known organisation"),
    pytest.param("R Core Team", "RK210", "{R Core Team}", id="team"),
    pytest.param("World Health Organization", "RK210", "{World Health Organization}", id="organisation"),
    pytest.param(
        "Smith, J. and National Science Foundation",
        "RK210",
        "Smith, J. and {National Science Foundation}",
        id="organisation among people",
    ),
]


@pytest.mark.parametrize(("names", "code", "repaired"), FOUND)
def test_found_and_fixed(names: str, code: str, repaired: str) -> None:
    assert code in codes(f"author = {{{names}}}", code)
    assert fixed(f"author = {{{names}}}", code) == f"author = {{{repaired}}}"


def test_swapped_name_against_the_file() -> None:
    text = "".join(f"@misc{{k{n}, author = {{Karimi, Hassan}}}}\n" for n in range(3))
    swapped = "@misc{x, author = {Hassan, Karimi}}\n"
    assert codes(text + swapped, "RK203") == ["RK203"]
    assert fixed(text + swapped, "RK203") == text + "@misc{x, author = {Karimi, Hassan}}\n"


def test_two_people_with_exchanged_names_are_left_alone() -> None:
    assert codes("@misc{a, author = {Ali, Hassan}}\n@misc{b, author = {Hassan, Ali}}\n", "RK203") == []


def test_order_against_the_file() -> None:
    text = "".join(f"@misc{{k{n}, author = {{Smith, John}}}}\n" for n in range(20))
    assert codes(text + "@misc{x, author = {Kate Jones}}\n", "RK209") == ["RK209"]
    assert codes(text, "RK209") == []
