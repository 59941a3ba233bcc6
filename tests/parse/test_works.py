import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.model import Reference
from refkit.parse import parse_reference, read_references
from refkit.parse.split import split
from refkit.parse.works import split_works

ROOT = Path(__file__).parents[2]
LISTED = [" ".join(line.split()) for line in (ROOT / "data/references.txt").read_text("utf-8").splitlines()]
CASES = [
    json.loads(line)["text"] for line in (Path(__file__).parent / "references.jsonl").read_text("utf-8").splitlines()
]

# One footnote or line of a list a row; "‖" stands where another work begins.
ROWS = (Path(__file__).parent / "works.txt").read_text("utf-8").splitlines()
SEVERAL = "Max Weber, Staat und Recht, Berlin 1919, S. 1; ders., Politik, Berlin 1920, S. 2; ders., Stadt, Berlin 1921."


def works(text: str) -> list[Reference]:
    return list(split_works(Reference(text)))


@pytest.mark.parametrize("text", [row for row in ROWS if "‖" not in row] + LISTED + CASES)
def test_one_work_stays_whole(text):
    assert works(text) == [Reference(text)]


@pytest.mark.parametrize("row", [row for row in ROWS if "‖" in row])
def test_several_works_are_taken_apart(row):
    assert [work.text for work in works(row.replace("‖", ""))] == [piece.rstrip("; ") for piece in row.split("‖")]


PIECES = (
    "Smith, J. |(2019)|, Title, |In |;|;|. |A. B. Cd, |ders., |Max Weber, Staat und Recht, |vgl. auch |See |1990|S. 12|"
    "(|)|[|]|Berlin |ferner |\n|and |Weber, "
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES.split("|")), max_size=25).map("".join))


@given(TEXTS)
def test_no_letter_and_no_digit_is_lost(text):
    assert [c for work in works(text) for c in work.text if c.isalnum()] == [c for c in text if c.isalnum()]


FOOTNOTES = """\
[1] Max Weber, Wirtschaft und Gesellschaft, Tübingen
    1972, S. 397; vgl. auch Niklas Luhmann, Rechts-
    soziologie, Opladen 1987, S. 64; Hans Kelsen, Reine
    Rechtslehre, Wien 1960.
[2] Otto Brunner, Land und Herrschaft, Wien 1965; Lothar Gall, Bürgertum in Deutschland, Berlin 1989.
"""


def test_works_have_the_line_in_which_they_begin():
    assert [work.line for work in split(FOOTNOTES)] == [1, 2, 3, 5, 5]


def test_only_the_first_work_has_the_printed_number():
    assert [work.number for work in split(FOOTNOTES)] == ["1", "", "", "2", ""]


def test_offsets_point_at_the_works():
    places = [
        (FOOTNOTES[work.offset(at)], sign)
        for work in split(FOOTNOTES)
        for at, sign in enumerate(work.text)
        if sign != " "
    ]
    assert [found for found, _ in places] == [sign for _, sign in places]


def test_one_per_line_means_one_per_line():
    assert [work.text for work in split(SEVERAL, one_per_line=True)] == [SEVERAL]


def test_a_string_that_is_parsed_is_one_reference():
    assert parse_reference(Reference(SEVERAL)).reference.text == SEVERAL


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("R. Koselleck, Kritik und Krise, Freiburg 1959, S. 8; ders., Zukunft, Frankfurt 1979, S. 38.", "R. Koselleck"),
        ("Vgl. Edward W. Said, Orientalism (New York, 1978), 5; idem, Culture (New York, 1993), 62.", "Edward W. Said"),
        ("G. COZZI, Repubblica di Venezia, Torino 1982, p. 8; ID., Il doge, Venezia 1958, p. 30.", "G. COZZI"),
        ("Canaris, AcP 184 (1984), 201; vgl. auch ders., Systemdenken, Berlin 1969, S. 5.", "Canaris"),
        ("Shapin/Schaffer, Leviathan, Princeton 1985, S. 2; dies. (Hg.), Science, London 1990, S. 9.", ""),
        ("Ders., Kritik und Krise, Freiburg 1959, S. 8; ders., Zukunft, Frankfurt 1979, S. 38.", ""),
        ("Das alte Reich, hrsg. von H. Conrad, Bonn 1958, S. 3; ders., Rechtsgeschichte, Karlsruhe 1962, S. 7.", ""),
    ],
)
def test_who_is_meant_by_the_same(text, authors):
    assert [work.author for work in works(text)] == ["", authors]


def test_the_same_stays_the_same():
    assert [work.author for work in works(SEVERAL)] == ["", "Max Weber", "Max Weber"]


def test_the_entry_has_the_author_who_is_meant():
    entries = [parsed.entry for parsed in read_references(split(SEVERAL))]
    assert [entry.get("author") for entry in entries] == ["Weber, Max"] * 3


@pytest.mark.parametrize("unit", ["1990; Hans Meier, ", "1; A. Smith, ", "vgl. auch dazu ", "1990;      ", "(1990; ["])
def test_a_line_of_a_megabyte_is_read(unit):
    text = unit * (1_000_000 // len(unit))
    assert "".join(work.text for work in works(text)).count("9") == text.count("9")
