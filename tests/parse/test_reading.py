import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.bibtex import write_entry
from refkit.files import read_source
from refkit.model import Reference, Source
from refkit.parse import parse_reference, read_list

ROOT = Path(__file__).parents[2]
CASES = [json.loads(line) for line in (Path(__file__).parent / "references.jsonl").read_text("utf-8").splitlines()]


def read(text: str):
    return parse_reference(Reference(text))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:30] for case in CASES])
def test_reference(case):
    entry = read(case["text"]).entry
    assert {"type": entry.type, **{field.name: field.value for field in entry.fields}} == {
        "type": case["type"],
        **case["fields"],
    }


def test_the_list_gives_the_store_byte_for_byte():
    parsed = read_list(read_source(str(ROOT / "data/references.txt"))).references
    written = "\n".join(write_entry(each.entry) for each in parsed)
    assert written.encode() == (ROOT / "data/references.bib").read_bytes()


def test_the_list_leaves_nothing_over():
    parsed = read_list(read_source(str(ROOT / "data/references.txt"))).references
    assert [each.leftover for each in parsed] == [()] * 57


def covered(parsed) -> set[int]:
    return {index for span in (*parsed.spans, *parsed.leftover) for index in range(span.start, span.end)}


PIECES = (
    "Smith, J.| (2019), |“Title”, |In |Vol. 3|, No. 4|pp. 1-2|(doi: 10.1000/x)| [in Persian]|https://x.org|"
    ", (Accessed on: 1/2/2003)|“|”|(|)|[| and |: |. |, |?|«|۱۳۹۸"
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES.split("|")), max_size=25).map("".join))


@given(TEXTS)
def test_every_letter_is_in_a_span_or_left_over(text):
    parsed = read(text)
    assert {index for index, character in enumerate(text) if character.isalnum()} <= covered(parsed)


@given(TEXTS)
def test_spans_hold_the_text_they_name(text):
    parsed = read(text)
    assert all(text[span.start : span.end] == span.text for span in (*parsed.spans, *parsed.leftover))


MONSTERS = ("(", "“", "a, ", "http://", "10.1000/", "1-", "A. ", "Vol. 1, ", "(2019) ", "in: ", "and ")


@pytest.mark.parametrize("piece", MONSTERS)
def test_monsters_are_read_without_harm(piece):
    text = (piece * 20_000)[:20_000]
    assert read(text).reference.text == text


def test_what_is_too_long_for_a_reference_is_kept_whole():
    assert read("x" * 1_000_000).leftover[0].text == "x" * 1_000_000


def test_keys_differ_and_are_ascii():
    text = "Ø, Å (2001), “Über Äpfel”, Brill.\nØ, Å (2001), “Über Birnen”, Brill.\nحسینی، محمد (1398)، «روابط»، نشر نی."
    keys = [parsed.entry.key for parsed in read_list(Source("list", text)).references]
    assert keys[:2] == ["o2001uber", "o2001ubera"]
    assert all(key.isascii() and key for key in keys)


PERSIAN = [line.split("\t") for line in (Path(__file__).parent / "persian.tsv").read_text("utf-8").splitlines()]


def test_persian_references_by_hand():
    """References of Persian journals, labelled by hand: 98 % of their fields are right, and every one is Persian."""
    right = wanted = 0
    for text, *labels in PERSIAN:
        entry = read(text).entry
        got = {"type": entry.type, **{field.name: field.value for field in entry.fields}}
        wanted += len(labels)
        right += sum(got.get(name) == value for name, value in (label.split("=", 1) for label in labels))
        assert got["langid"] == "persian"
    assert right >= wanted * 0.98
