import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.names import OTHERS, Name, format_names, parse_names

READ = {
    "first-last": ("John Smith", Name("Smith", "John")),
    "last-first": ("Smith, John", Name("Smith", "John")),
    "initials": ("Wilkins, Thomas S.", Name("Wilkins", "Thomas S.")),
    "one-word": ("Plato", Name("Plato")),
    "lower-case-author": ("hooks, bell", Name("hooks", "bell")),
    "first-von-last": ("Vincent van Gogh", Name("Gogh", "Vincent", "van")),
    "two-particles": ("de la Cruz, Juana Inés", Name("Cruz", "Juana Inés", "de la")),
    "capital-particle": ("De Souza, Ana", Name("De Souza", "Ana")),
    "particle-inside-family": ("Garcia de la Torre, Ana", Name("Garcia de la Torre", "Ana")),
    "von-last-jr-first": ("von Last, Jr, First", Name("Last", "First", "von", suffix="Jr")),
    "jr-at-the-end": ("Smith, John, Jr.", Name("Smith", "John", suffix="Jr.")),
    "jr-in-family": ("Smith Jr., John", Name("Smith", "John", suffix="Jr.")),
    "numeral": ("Henry Gates III", Name("Gates", "Henry", suffix="III")),
    "dropping": ("Beethoven, Ludwig van", Name("Beethoven", "Ludwig", dropping_particle="van")),
    "compound": ("Raisi Al-Sadat, Seyed Mohammad Taghi", Name("Raisi Al-Sadat", "Seyed Mohammad Taghi")),
    "article": ("al-Farabi, Abu Nasr", Name("Farabi", "Abu Nasr", "al-")),
    "not-an-article": ("Al-Sadat, Reza", Name("Al-Sadat", "Reza")),
    "parentheses": ("Belov (Yurtaev), V. I.", Name("Belov (Yurtaev)", "V. I.")),
    "persian": ("حسینی, سید محمد", Name("حسینی", "سید محمد")),
    "persian-comma": ("حسینی، علی", Name("حسینی", "علی")),
    "persian-joiner": ("حسینی‌نسب, علی", Name("حسینی‌نسب", "علی")),
    "cyrillic": ("Иван фон Берг", Name("Берг", "Иван", "фон")),
    "cjk": ("张三", Name("张三")),
    "organisation": ("{Ministry of Foreign Affairs}", Name(literal="Ministry of Foreign Affairs")),
    "and-in-braces": ("{Barnes and Noble}", Name(literal="Barnes and Noble")),
    "doubly-braced": ("{{NASA}}", Name(literal="NASA")),
    "nested-braces": ("{The {NATO} Council}", Name(literal="The {NATO} Council")),
    "braced-family": ("{von der Leyen}, Ursula", Name("von der Leyen", "Ursula")),
    "comma-in-braces": ("{Smith, Sons}, A.", Name("Smith, Sons", "A.")),
    "special-character": (r"{\'E}tienne {\'e}d Bo{\'e}tie", Name(r"Bo{\'e}tie", r"{\'E}tienne", r"{\'e}d")),
    "braced-word-is-no-particle": ("Jean {de} Roc", Name("Roc", "Jean {de}")),
    "tie": ("Donald~E. Knuth", Name("Knuth", "Donald E.")),
    "biblatex": (
        "family=Beethoven, given=Ludwig, prefix=van, useprefix=false",
        Name("Beethoven", "Ludwig", "", "van"),
    ),
    "biblatex-prefix": ('family={van Dyk}, given=Jan, prefix="de"', Name("van Dyk", "Jan", "de")),
    "four-parts": ("A, B, C, D", Name("A", "C, D", suffix="B")),
}


@pytest.mark.parametrize(("text", "name"), READ.values(), ids=READ)
def test_one_name_is_read(text: str, name: Name) -> None:
    assert parse_names(text) == (name,)


@pytest.mark.parametrize(("text", "name"), READ.values(), ids=READ)
def test_what_is_written_reads_the_same(text: str, name: Name) -> None:
    assert parse_names(format_names([name])) == (name,)


LISTS = {
    "empty": ("", []),
    "blank": ("  \n ", []),
    "two": ("A B and C D", ["B, A", "D, C"]),
    "capital-and": ("A B AND C D", ["B, A", "D, C"]),
    "and-on-its-own-line": ("A B\n  and\tC D", ["B, A", "D, C"]),
    "leading-and": ("and A B", ["B, A"]),
    "trailing-and": ("A B and", ["B, A"]),
    "doubled-and": ("A B and and C D", ["B, A", "D, C"]),
    "only-and": ("and", []),
    "and-inside-a-word": ("Anderson, Andy and Sand, A.", ["Anderson, Andy", "Sand, A."]),
    "others": ("A B and others", ["B, A", "others"]),
    "mixed": ("{World Bank} and رضایی, علی", ["{World Bank}", "رضایی, علی"]),
    "unbalanced": ("{A and B", ["{A and B"]),
}


@pytest.mark.parametrize(("text", "names"), LISTS.values(), ids=LISTS)
def test_lists_are_split(text: str, names: list[str]) -> None:
    assert [format_names([name]) for name in parse_names(text)] == names


def test_others_is_a_name_of_its_own() -> None:
    assert parse_names("A B and others")[-1] is OTHERS


def test_long_fields_are_read_in_linear_time() -> None:
    assert len(parse_names(" and ".join(["{A {B} c}, d"] * 50_000))) == 50_000
    assert parse_names("{" * 200_000 + " " * 200_000)


WORD = st.text("abcXYZ-.'éÉюЮرضا", min_size=1, max_size=6)
TOKENS = [*"aB ,{}~\\'", " and ", "von ", "Jr", "علی", "al-", "، "]
SYNTAX = st.lists(st.sampled_from(TOKENS), max_size=14).map("".join)
PLAIN = st.sampled_from(["a", "Bc", "von", "Jr", "III", "علی", "al-Din", "d'", "others", "and", ",", "،", "\\'E"])
PIECE = st.recursive(
    PLAIN, lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"{{{' '.join(parts)}}}")
)
FIELD = st.lists(PIECE, max_size=8).map(" ".join)


def letters(text: str) -> list[str]:
    return sorted(character for character in text if character.isalnum())


@given(SYNTAX)
def test_unbalanced_braces_are_no_error(text: str) -> None:
    assert isinstance(format_names(parse_names(text)), str)


@given(FIELD)
def test_writing_and_reading_settles_at_once(text: str) -> None:
    names = parse_names(text)
    assert parse_names(format_names(names)) == names


@given(st.lists(WORD, min_size=1, max_size=6))
def test_no_letter_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    assert letters(format_names(parse_names(text))) == letters(text)


PERSON = st.tuples(
    st.text("XYZабرضا", min_size=1), st.text("XYZбرضا.", min_size=1), st.sampled_from(["", "van", "de la"])
).map(lambda parts: Name(*parts))

ORGANISATION = st.lists(WORD, min_size=1).map(lambda words: Name(literal=" and ".join(words)))


@given(st.lists(st.one_of(PERSON, ORGANISATION)))
def test_names_survive_a_round_trip(names: list[Name]) -> None:
    assert parse_names(format_names(names)) == tuple(names)


def test_a_braced_family_name_alone_is_a_name_as_a_whole() -> None:
    assert parse_names("{al-Din} ,") == parse_names("{al-Din}") == (Name(literal="al-Din"),)
