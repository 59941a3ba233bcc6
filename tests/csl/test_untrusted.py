"""Styles and items from anywhere: a bad style is a StyleError, a bad item renders as far as it goes."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_styles import locale_xml, style

from refkit.csl import Cite, Cluster, Processor, compile_style
from refkit.csl.people import read_people
from refkit.csl.richtext import rich
from refkit.csl.styles import open_locale, open_style
from refkit.csl.textcase import apply_case
from refkit.csl.tree import plain
from refkit.csl.writers import html, latex, markdown, rtf, text
from refkit.errors import StyleError

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">'
BODY = "<citation><layout>{}</layout></citation></style>"
CHAIN = "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(300))
LAUGHS = "".join(f'<macro name="m{n}">{f"""<text macro="m{n + 1}"/>""" * 10}</macro>' for n in range(9))
BAD = {
    "empty": "",
    "no XML": "apa",
    "not closed": HEAD,
    "other root": "<locale/>",
    "entities": f'<!DOCTYPE style [<!ENTITY a "b">]>{HEAD}{BODY.format("&a;")}',
    "external entity": f'<!DOCTYPE style SYSTEM "file:///etc/passwd">{HEAD}{BODY.format("")}',
    "no citation": f"{HEAD}<info/></style>",
    "no layout": f"{HEAD}<citation/></style>",
    "no such macro": HEAD + BODY.format('<text macro="m"/>'),
    "macro of itself": f'{HEAD}<macro name="m"><text macro="m"/></macro>{BODY.format("""<text macro="m"/>""")}',
    "two macros of each other": HEAD
    + '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'
    + BODY.format('<text macro="a"/>'),
    "deep elements": HEAD + BODY.format("<group>" * 5000 + "</group>" * 5000),
    "deep macros": f'{HEAD}{CHAIN}<macro name="m300"/>{BODY.format("""<text macro="m0"/>""")}',
    "macros that multiply": f'{HEAD}{LAUGHS}<macro name="m9"><text value="ha"/></macro>'
    + BODY.format('<text macro="m0"/>'),
    "strange element": HEAD + BODY.format("<script/>"),
    "text of nothing": HEAD + BODY.format("<text/>"),
    "too large": HEAD + BODY.format("<!-- -->" * 1_000_000),
    "bytes of another encoding": b"<?xml version='1.0' encoding='no-such'?><style/>",
}


@pytest.mark.parametrize("xml", BAD.values(), ids=BAD)
def test_bad_style(xml: str | bytes) -> None:
    with pytest.raises(StyleError):
        compile_style(xml, locale_xml)


def test_deep_style_within_bounds_renders() -> None:
    inner = "<group>" * 60 + '<text variable="title" font-style="italic"/>' + "</group>" * 60
    processor = Processor(style(inner), [{"id": "a", "type": "book", "title": "T"}])
    assert html.write(processor.bibliography()[0].tokens) == "<i>T</i>"


ODD: dict[str, Any] = {
    "nothing": {},
    "numbers for text": {"id": 3, "title": 4.5, "volume": 12, "type": "book"},
    "nulls": {"id": None, "title": None, "author": None, "issued": None},
    "names that are none": {"id": "a", "author": ["Doe", None, {}, {"family": 3}, {"given": "x"}, {"literal": ""}]},
    "author as text": {"id": "a", "author": "Doe, J."},
    "date as text": {"id": "a", "issued": "2001"},
    "date as a number": {"id": "a", "issued": 2001},
    "date parts": {"id": "a", "issued": {"date-parts": [[None], "x", [1, 2, 3, 4, 5]]}},
    "empty date parts": {"id": "a", "issued": {"date-parts": [[]]}},
    "date parts as numbers": {"id": "a", "issued": {"date-parts": [2001, 5]}},
    "huge year": {"id": "a", "issued": {"date-parts": [[10**30]]}},
    "boolean": {"id": "a", "title": True, "volume": False},
    "list of titles": {"id": "a", "title": ["A", "B"]},
    "tags": {"id": "a", "title": "<i>" * 500 + "x" + "</b>" * 500, "type": "book"},
    "angle in a given name": {"id": "a", "author": [{"family": "Doe", "given": "A < B"}], "type": "book"},
    "control characters": {"id": "a", "title": "a\x00b\x1b[31m", "type": "book"},
}


@pytest.mark.parametrize("item", ODD.values(), ids=ODD)
def test_odd_item(item: dict[str, Any]) -> None:
    for name in ("apa", "chicago-notes-bibliography", "ieee"):
        processor = Processor(compile_style(open_style(name).xml, open_locale), [item])
        assert len(processor.bibliography()) == 1
        processor.citation(Cluster((Cite(str(item.get("id", ""))),)))


KEYS = sorted({key for item in json.loads(Path(__file__).with_name("items.json").read_text("utf-8")) for key in item})
WORDS = st.text("aAéß王 -.,;:?!\"'“”‘’<>/ib&0123456789پ()[]\\\u200c\u00a0\n", max_size=24)
VALUES = st.one_of(
    WORDS,
    st.integers(-3000, 3000),
    st.lists(st.fixed_dictionaries({"family": WORDS}, optional={"given": WORDS, "suffix": WORDS}), max_size=4),
    st.fixed_dictionaries({"date-parts": st.lists(st.lists(st.integers(-3000, 3000), max_size=3), max_size=2)}),
)
STYLES = {
    name: compile_style(open_style(name).xml, open_locale)
    for name in ("apa", "chicago-author-date", "nlm-citation-sequence", "modern-language-association")
}


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(STYLES)), st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES), min_size=1, max_size=3)
)
def test_any_item_renders(name: str, items: list[dict[str, Any]]) -> None:
    numbered = [{**item, "id": str(number)} for number, item in enumerate(items)]
    processor = Processor(STYLES[name], numbered, links=True)
    runs = [entry.tokens for entry in processor.bibliography()]
    runs.append(processor.citation(Cluster(tuple(Cite(item["id"], "12-14") for item in numbered))))
    for run in runs:
        assert html.write(run).count("<b>") == html.write(run).count("</b>")
        for writer in (text, markdown, latex, rtf):
            writer.write(run)


@given(st.text("abc<>/i\"'“”‘’ "))
def test_markup_never_loses_letters(value: str) -> None:
    letters = [letter for letter in value if letter in "abc"]
    shown = [letter for letter in plain(rich(value)) if letter in "abc"]
    assert shown == letters or "<i>" in value or "<b>" in value


LONG = {
    "tags": "<i>" * 20_000,
    "angles": "<" * 60_000,
    "quotes": '"a ' * 20_000,
    "apostrophes": "'" * 60_000,
    "words": "the a of " * 6_000,
    "particles": "a " * 20_000,
    "letters": "a" * 300_000,
    "digits": "1" * 300_000 + "-",
    "hyphens": "1-" * 20_000,
}


@pytest.mark.parametrize("value", LONG.values(), ids=LONG)
def test_long_values_take_linear_time(value: str) -> None:
    item = {"id": "a", "type": "book", "title": value, "page": value, "volume": value, "language": "en"}
    item["author"] = [{"family": value, "given": value}]
    processor = Processor(STYLES["chicago-author-date"], [item])
    assert html.write(processor.bibliography()[0].tokens)
    apply_case(rich(value), "title")
    read_people([{"family": f"x {value}", "given": f"X {value}"}])
