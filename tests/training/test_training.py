"""The parts of the training pipeline that are ours alone; training itself needs python-crfsuite and is not tested."""

import random

import pytest

from training.calibrate import fit
from training.data import Example, Label, read_handmade, split, word_labels
from training.synthetic.make import assemble
from training.synthetic.people import initials, run
from training.synthetic.templates import Choice, Piece, Slot, Template, fill, read_templates

HANDMADE = "{author:Beck, Ulrich} ({date:1986}): {title:Risikogesellschaft}. {place:Frankfurt}: {publisher:Suhrkamp}.\n"


def values(field: str, form: str, join: str) -> Piece | None:
    return None if field == "missing" else (field, f"<{field}>")


@pytest.fixture
def beck(tmp_path):
    (tmp_path / "german.txt").write_text(HANDMADE, encoding="utf-8")
    return next(read_handmade(tmp_path))


def test_handmade_references_lose_their_braces(beck):
    assert beck.text == "Beck, Ulrich (1986): Risikogesellschaft. Frankfurt: Suhrkamp."


def test_handmade_labels_lie_on_their_words(beck):
    assert beck.text[beck.labels[2].start : beck.labels[2].end] == "Risikogesellschaft"


def test_words_get_labels(beck):
    assert word_labels(beck) == ["B-author", "I-author", "date", "B-title", "B-place", "B-publisher"]


def test_a_document_is_never_on_both_sides():
    examples = [Example(f"x{n}", "x", f"doc{n // 3}", "text", ()) for n in range(600)]
    training, held_out = split(examples)
    assert not {example.doc for example in training} & {example.doc for example in held_out}
    assert 0.05 < len(held_out) / len(examples) < 0.3


def test_every_template_can_be_read():
    assert all(isinstance(template, Template) and template.parts for template in read_templates())


def test_a_group_with_a_missing_value_is_left_out():
    parts = (Slot("title", "", ""), Choice((("(", Slot("missing", "", ""), ")"),)), ".")
    assert fill(parts, values, random.Random(1)) == [("title", "<title>"), (None, ".")]


def test_a_template_with_a_missing_value_is_given_up():
    assert fill((Slot("missing", "", ""),), values, random.Random(1)) is None


def test_title_and_subtitle_become_one_label():
    made = assemble("id", "x", [("title", "Habitus"), (None, ": "), ("subtitle", "Ein Versuch"), (None, ".")])
    assert made.labels == (Label("title", 0, 20),)


def test_a_question_mark_swallows_the_full_stop():
    assert assemble("id", "x", [("title", "Was ist Bildung?"), (None, ". Berlin")]).text == "Was ist Bildung? Berlin"


def test_initials_keep_the_hyphen():
    assert initials("Jean-Paul Marie") == "J.-P. M."


@pytest.mark.parametrize(
    ("form", "join", "expected"),
    [
        ("fg", "sl", {"Beck, Ulrich / Esser, Hartmut", "Beck, Ulrich/Esser, Hartmut"}),
        ("gf", "u", {"Ulrich Beck und Hartmut Esser"}),
        ("vn", "cc", {"Beck U, Esser H"}),
        ("mix", "a", {"Beck, Ulrich and Hartmut Esser"}),
    ],
)
def test_runs_of_names(form, join, expected):
    people = [("Ulrich", "Beck"), ("Hartmut", "Esser")]
    assert {run(people, form, join, random.Random(seed)) for seed in range(20)} == expected


def test_confidence_follows_what_was_right():
    data = [(float(margin), margin > 4 or margin % 3 == 0) for margin in range(10)] * 20
    offset, slope = fit(data)
    assert slope > 0
    assert offset < slope * 9
