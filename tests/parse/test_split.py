import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.parse.split import split

ROOT = Path(__file__).parents[2]
LIST = (ROOT / "data/references.txt").read_text("utf-8")
REFERENCES = [" ".join(line.split()) for line in LIST.splitlines()]
PAPER = ROOT / "../shared/data/seed/paper.txt"
# links longer than a line are broken in their middle by the wrapping; those references are left out of these forms
SHORT = [text for text in REFERENCES if max(map(len, text.split())) < 60]


def wrapped(text: str, **options: str) -> str:
    return textwrap.fill(text, 90, break_on_hyphens=False, **options)


FORMS = {
    "lines": "\n".join(SHORT),
    "crlf": "\r\n".join(SHORT),
    "blank-lines": "\n\n".join(SHORT),
    "heading": "References\n\n" + "\n".join(SHORT),
    "markdown-heading": "## Bibliography\n\n" + "\n\n".join(SHORT),
    "bullets": "\n".join(f"• {text}" for text in SHORT),
    "bracket-numbers": "\n".join(f"[{number}] {text}" for number, text in enumerate(SHORT, 1)),
    "plain-numbers": "\n".join(f"{number}. {text}" for number, text in enumerate(SHORT, 1)),
    "one-line": " ".join(f"[{number}] {text}" for number, text in enumerate(SHORT, 1)),
    "hanging": "\n".join(wrapped(text, subsequent_indent="    ") for text in SHORT),
    "first-line-indent": "\n".join(wrapped(text, initial_indent="    ") for text in SHORT),
    "wrapped-blank-lines": "\n\n".join(wrapped(text) for text in SHORT),
    "wrapped-numbers": "\n".join(wrapped(f"[{number}] {text}") for number, text in enumerate(SHORT, 1)),
}


def texts(document: str, **options: bool) -> list[str]:
    return [" ".join(reference.text.split()) for reference in split(document, **options)]


@pytest.mark.parametrize("document", FORMS.values(), ids=FORMS.keys())
def test_every_form_gives_the_same_references(document):
    assert texts(document) == SHORT


def test_one_per_line():
    assert texts("a\n\n b \nc", one_per_line=True) == ["a", "b", "c"]


@pytest.mark.skipif(not PAPER.exists(), reason="the paper's page is not in this checkout")
def test_a_whole_paper_gives_its_list():
    assert texts(PAPER.read_text("utf-8")) == REFERENCES


def test_hyphens_of_line_ends_are_healed():
    document = "1. A, B (2001), Compara-\ntive Politics, Brill.\n2. C, D (2002), Iran-\nRussia Ties, Brill."
    assert texts(document) == ["A, B (2001), Comparative Politics, Brill.", "C, D (2002), Iran-Russia Ties, Brill."]


def test_dashes_repeat_the_author():
    references = split("Said, Edward (1978), Orientalism, Pantheon.\n———. (1993), Culture, Knopf.")
    assert [reference.author for reference in references] == ["", "Said, Edward"]


def test_list_numbers_are_kept_apart():
    assert [reference.number for reference in split("[1] A, B (2001).\n[2] C, D (2002).")] == ["1", "2"]


@given(st.text(alphabet=st.sampled_from("ab A1.,[]()\n\r\t “”-—•2019"), max_size=300))
def test_offsets_point_at_the_text(document):
    for reference in split(document):
        for index, character in enumerate(reference.text):
            if character != " ":
                assert document[reference.offset(index)] == character


@given(st.text(max_size=300))
def test_one_per_line_loses_nothing(document):
    kept = "".join(reference.number + reference.text for reference in split(document, one_per_line=True))
    assert len([c for c in kept if c.isalnum()]) == len([c for c in document if c.isalnum()])


def test_a_text_without_any_sign_of_a_reference_is_kept():
    assert texts("x" * 1_000_000) == ["x" * 1_000_000]


def test_long_items_do_not_make_a_list_a_paper():
    long_item = "A statement of the committee without any sign of a reference " * 8
    document = "\n".join([*SHORT[:10], long_item.strip(), *SHORT[10:20], long_item.strip(), *SHORT[20:]])
    assert texts(document) == [" ".join(line.split()) for line in document.splitlines()]
