import pytest

from refkit.names import Name, parse_names
from refkit.verify.people import Agreement, first_author, strangers

EQUAL = [
    pytest.param("Karami, Ali", [Name("Karami", "Ali")], id="equal"),
    pytest.param("Karami, A.", [Name("Karami", "Ali")], id="initials"),
    pytest.param("KARAMI, Ali", [Name("Karami", "Ali")], id="capitals"),
    pytest.param("Mueller, Jan", [Name("Müller", "Jan")], id="umlaut written out"),
    pytest.param("Muller, Jan", [Name("Müller", "Jan")], id="umlaut dropped"),
    pytest.param("Soerensen, Per", [Name("Sørensen", "Per")], id="o with stroke"),
    pytest.param("van der Berg, Jan", [Name("Berg", "Jan")], id="particle dropped"),
    pytest.param("Berg, Jan van der", [Name("van der Berg", "Jan")], id="dropping particle"),
    pytest.param("García, Gabriel", [Name("García Márquez", "Gabriel")], id="second family name"),
    pytest.param("Hosseini-Nasab, S.", [Name("Hosseini Nasab", "Seyed")], id="hyphen"),
    pytest.param("O'Neil, Cathy", [Name("O’Neil", "Cathy")], id="apostrophe"),
    pytest.param("Smith, Jr., John", [Name("Smith", "John", suffix="Jr.")], id="suffix"),
    pytest.param("Иванов, Иван", [Name("Ivanov", "Ivan")], id="Cyrillic against Latin"),
    pytest.param("حسینی, علی", [Name("Hosseini", "Ali")], id="Persian against Latin"),
    pytest.param("Hoseini, Ali", [Name("Hosseini", "Ali")], id="another romanisation"),
    pytest.param("{World Health Organization}", [Name(literal="World Health Organization (WHO)")], id="body"),
    pytest.param("{WHO}", [Name(literal="World Health Organization")], id="acronym"),
    pytest.param("Zhou, Peng", [Name(literal="The Group"), Name("Zhou", "Peng")], id="group registered first"),
    pytest.param(
        "Lee, Ann", [Name("Lee, Ann; Chen, Bo; Diaz, Carla; Evans, Dan; Fox, Eve; Gray, Finn")], id="all in one"
    ),
]
OTHER = [
    pytest.param("Petrov, A.", [Name("Karami", "Ali")], Agreement.DIFFERENT, id="another"),
    pytest.param("Ali, Karami", [Name("Karami", "Ali")], Agreement.SWAPPED, id="swapped"),
    pytest.param("Karami, Ali", [Name("Saberi", "B."), Name("Karami", "Ali")], Agreement.LATER, id="second author"),
    pytest.param("Yang, Hua", [Name("Wang", "Li"), Name("Yang", "Hua")], Agreement.LATER, id="first one dropped"),
    pytest.param("Nguyen, Thao", [Name("Truong", "Nguyen"), Name("Nguyen", "Thao")], Agreement.LATER, id="given name"),
    pytest.param(
        "Jia, Liu", [Name("Liu", "Jia"), Name("Jia", "Yumei")], Agreement.SWAPPED, id="swapped, and a namesake"
    ),
    pytest.param("Karamy, Ali", [Name("Karemy", "Ali")], Agreement.EQUAL, id="vowels"),
    pytest.param("Petersem, Anna", [Name("Petersen", "Anna")], Agreement.SIMILAR, id="misprint"),
    pytest.param("Thornbury, B.", [Name("Теплякова", "Анна")], Agreement.DIFFERENT, id="read across scripts"),
    pytest.param("Park, Jaewan", [Name("박재완")], Agreement.UNSURE, id="syllables cannot be read"),
    pytest.param("", [Name("Karami", "Ali")], Agreement.ABSENT, id="nobody printed"),
    pytest.param("Karami, Ali", [], Agreement.ABSENT, id="nobody registered"),
    pytest.param("others", [Name("Karami", "Ali")], Agreement.ABSENT, id="only others"),
]


@pytest.mark.parametrize(("printed", "registered"), EQUAL)
def test_equal(printed: str, registered: list[Name]) -> None:
    assert first_author(parse_names(printed), registered) is Agreement.EQUAL


@pytest.mark.parametrize(("printed", "registered", "expected"), OTHER)
def test_agreement(printed: str, registered: list[Name], expected: Agreement) -> None:
    assert first_author(parse_names(printed), registered) is expected


def test_publisher_stands_for_a_missing_author() -> None:
    assert first_author([Name(literal="OECD Publishing")], [], ["OECD Publishing"]) is Agreement.EQUAL


REGISTERED = (Name("Karami", "Ali"), Name("Saberi", "Mina"), Name("Zhou", "Peng"))


@pytest.mark.parametrize(
    ("printed", "unknown", "unnamed"),
    [
        pytest.param("Karami, A. and Saberi, M. and Zhou, P.", 0, 0, id="all"),
        pytest.param("Karami, A. and others", 0, 2, id="and others"),
        pytest.param("Karami, A. and Petrov, I. and Zhou, P.", 1, 1, id="one replaced"),
        pytest.param("Karami, A. and Mina, Saberi", 0, 1, id="swapped"),
    ],
)
def test_strangers(printed: str, unknown: int, unnamed: int) -> None:
    assert tuple(map(len, strangers(parse_names(printed), REGISTERED))) == (unknown, unnamed)
