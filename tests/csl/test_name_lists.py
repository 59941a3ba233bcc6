"""cs:names: order, initials, et al., labels, substitutes."""

import pytest
from small_styles import cite, people

TWO = "Doe, Jane; Roe, Richard"
THREE = "Doe, Jane; Roe, Richard; Poe, Ed Allan"

LISTS = {
    "plain": ("<name/>", TWO, "Jane Doe, Richard Roe"),
    "and": ('<name and="text"/>', TWO, "Jane Doe and Richard Roe"),
    "and, three": ('<name and="text"/>', THREE, "Jane Doe, Richard Roe, and Ed Allan Poe"),
    "never": (
        '<name and="symbol" delimiter-precedes-last="never"/>',
        THREE,
        "Jane Doe, Richard Roe &#38; Ed Allan Poe",
    ),
    "always": ('<name and="text" delimiter-precedes-last="always"/>', TWO, "Jane Doe, and Richard Roe"),
    "first inverted": ('<name name-as-sort-order="first" and="text"/>', TWO, "Doe, Jane and Richard Roe"),
    "after inverted": (
        '<name name-as-sort-order="first" and="text" delimiter-precedes-last="after-inverted-name"/>',
        TWO,
        "Doe, Jane, and Richard Roe",
    ),
    "all inverted": (
        '<name name-as-sort-order="all" sort-separator=" " delimiter="; "/>',
        TWO,
        "Doe Jane; Roe Richard",
    ),
    "short": ('<name form="short" and="text"/>', TWO, "Doe and Roe"),
    "et al.": ('<name et-al-min="3" et-al-use-first="1"/>', THREE, "Jane Doe et al."),
    "et al., two shown": ('<name et-al-min="3" et-al-use-first="2"/>', THREE, "Jane Doe, Richard Roe, et al."),
    "not enough for et al.": ('<name et-al-min="3" et-al-use-first="1"/>', TWO, "Jane Doe, Richard Roe"),
    "min without first": ('<name et-al-min="2"/>', TWO, "Jane Doe, Richard Roe"),
    "last": ('<name et-al-min="3" et-al-use-first="1" et-al-use-last="true"/>', THREE, "Jane Doe … Ed Allan Poe"),
    "count": ('<name form="count"/>', THREE, "3"),
    "literal": ("<name/>", "Doe, Jane; World Health Office", "Jane Doe, World Health Office"),
    "part affixes": (
        '<name name-as-sort-order="all"><name-part name="family" text-case="uppercase" suffix="!"/></name>',
        "Doe, Jane",
        "DOE!, Jane",
    ),
}

GIVEN = {
    "words": ("John Quincy", ". ", "J. Q. Doe"),
    "no blank": ("John Quincy", ".", "J.Q. Doe"),
    "empty": ("John Quincy", "", "JQ Doe"),
    "hyphen": ("Jean-Luc", ". ", "J.-L. Doe"),
    "lower part of a compound": ("Jean-luc", ". ", "J. Doe"),
    "initials already": ("J.K.", ". ", "J. K. Doe"),
    "abbreviation": ("Ph. J.", ".", "Ph.J. Doe"),
    "capitals": ("JK", ". ", "J. Doe"),
    "accent": ("Élodie", ". ", "É. Doe"),
    "Persian": ("علی رضا", ". ", "ع. ر. Doe"),
    "markup": ("<b>John</b> Quincy", ".", "<b>J.</b> Q. Doe"),
}

PARTICLES = {
    "in the family": ({"family": "van der Berg", "given": "Jan"}, "Berg, Jan van der"),
    "of its own": ({"family": "Berg", "given": "Jan", "non-dropping-particle": "van"}, "Berg, Jan van"),
    "dropping": ({"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"}, "Beethoven, Ludwig van"),
    "in the given names": ({"family": "Beethoven", "given": "Ludwig van"}, "Beethoven, Ludwig van"),
    "apostrophe": ({"family": "d'Arc", "given": "Jeanne"}, "Arc, Jeanne d’"),
    "capital": ({"family": "Van Buren", "given": "Martin"}, "Van Buren, Martin"),
    "suffix": ({"family": "King", "given": "Martin", "suffix": "Jr."}, "King, Martin, Jr."),
    "suffix behind the given name": ({"family": "King", "given": "Martin, Jr."}, "King, Martin, Jr."),
    "Chinese": ({"family": "王", "given": "小明"}, "王小明"),
    "family only": ({"family": "Plato"}, "Plato"),
}


@pytest.mark.parametrize(("name", "authors", "expected"), LISTS.values(), ids=LISTS)
def test_list(name: str, authors: str, expected: str) -> None:
    assert cite(f'<names variable="author">{name}</names>', {"author": people(authors)}) == expected


@pytest.mark.parametrize(("given", "mark", "expected"), GIVEN.values(), ids=GIVEN)
def test_initials(given: str, mark: str, expected: str) -> None:
    layout = f'<names variable="author"><name initialize-with="{mark}"/></names>'
    assert cite(layout, {"author": [{"family": "Doe", "given": given}]}) == expected


@pytest.mark.parametrize(("name", "expected"), PARTICLES.values(), ids=PARTICLES)
def test_sort_order(name: dict[str, str], expected: str) -> None:
    assert cite('<names variable="author"><name name-as-sort-order="all"/></names>', {"author": [name]}) == expected


def test_particle_stays_with_the_family_when_never_demoted() -> None:
    layout = '<names variable="author"><name name-as-sort-order="all"/></names>'
    options = {"root": 'demote-non-dropping-particle="never"'}
    assert cite(layout, {"author": people("van Berg, Jan")}, **options) == "van Berg, Jan"


def test_initialize_false_leaves_words() -> None:
    layout = '<names variable="author"><name initialize="false" initialize-with=". "/></names>'
    assert cite(layout, {"author": people("Doe, John A")}) == "John A. Doe"


LABELS = {
    "after, one": ('<name/><label form="short" prefix=", "/>', "Doe, Jane", "Jane Doe, ed."),
    "after, two": ('<name/><label form="short" prefix=" (" suffix=")"/>', TWO, "Jane Doe, Richard Roe (eds.)"),
    "before": ('<label form="verb" suffix=" "/><name/>', "Doe, Jane", "edited by Jane Doe"),
    "no cs:name": ('<label form="short" prefix=", "/>', TWO, "Jane Doe, Richard Roe, eds."),
    "never plural": ('<name/><label form="short" prefix=" " plural="never"/>', TWO, "Jane Doe, Richard Roe ed."),
}


@pytest.mark.parametrize(("inside", "editors", "expected"), LABELS.values(), ids=LABELS)
def test_label(inside: str, editors: str, expected: str) -> None:
    assert cite(f'<names variable="editor">{inside}</names>', {"editor": people(editors)}) == expected


def test_same_editor_and_translator_share_a_label() -> None:
    layout = '<names variable="editor translator" delimiter="; "><name/><label form="short" prefix=", "/></names>'
    same = people("Doe, Jane")
    assert cite(layout, {"editor": same, "translator": same}) == "Jane Doe, ed. &#38; tran."
    other = {"editor": same, "translator": people("Roe, Rex")}
    assert cite(layout, other) == "Jane Doe, ed.; Rex Roe, tran."


SUBSTITUTE = (
    '<group delimiter=". "><names variable="author"><name form="short"/><label form="short" prefix=", "/><substitute>'
    '<names variable="editor"/><text variable="title" font-style="italic"/></substitute></names>'
    '<text variable="title"/><names variable="editor"><name/></names></group>'
)
SUBSTITUTES = {
    "not needed": ({"author": people("Doe, J"), "title": "T"}, "Doe. T"),
    "editor, not repeated": ({"editor": people("Roe, R"), "title": "T"}, "Roe, ed.. T"),
    "title, not repeated": ({"title": "T"}, "<i>T</i>"),
}


@pytest.mark.parametrize(("item", "expected"), SUBSTITUTES.values(), ids=SUBSTITUTES)
def test_substitute(item: dict[str, object], expected: str) -> None:
    assert cite(SUBSTITUTE, item) == expected.replace("ed..", "ed.")
