"""Text case, markup in values, quotes and the punctuation that meets."""

import pytest
from small_styles import cite

CASES = {
    "title": ("title", "the road to nowhere: a story of the sea", "The Road to Nowhere: A Story of the Sea"),
    "title, last word": ("title", "what dreams are made of", "What Dreams Are Made Of"),
    "title, own capitals": ("title", "the iPhone and DNA", "The iPhone and DNA"),
    "title, stop word with a capital": ("title", "All For One", "All For One"),
    "title, compound": ("title", "an on-the-fly method", "An On-the-Fly Method"),
    "title, question": ("title", "why? a study", "Why? A Study"),
    "title, protected": ("title", 'the <span class="nocase">de novo</span> case', "The de novo Case"),
    "title, markup": ("title", "the <i>homo sapiens</i> way", "The <i>Homo Sapiens</i> Way"),
    "sentence": ("sentence", "The Road to NOWHERE", "The road to nowhere"),
    "capitalize-first": ("capitalize-first", "a study of Rome", "A study of Rome"),
    "capitalize-first, own capitals": ("capitalize-first", "arXiv papers", "arXiv papers"),
    "capitalize-first, quoted": ("capitalize-first", '"a study"', "“A study”"),
    "capitalize-all": ("capitalize-all", "a study of iPads", "A Study Of iPads"),
    "uppercase": ("uppercase", "straße <i>x</i>", "STRASSE <i>X</i>"),
    "lowercase": ("lowercase", "ÀB", "àb"),
}


@pytest.mark.parametrize(("case", "title", "expected"), CASES.values(), ids=CASES)
def test_case(case: str, title: str, expected: str) -> None:
    assert cite(f'<text variable="title" text-case="{case}"/>', {"title": title}) == expected


def test_title_case_is_for_english_only() -> None:
    layout = '<text variable="title" text-case="title"/>'
    assert cite(layout, {"title": "das gute leben", "language": "de"}) == "das gute leben"
    assert cite(layout, {"title": "the good life", "language": "en-GB"}) == "The Good Life"


def test_uppercase_in_turkish() -> None:
    assert cite('<text variable="title" text-case="uppercase"/>', {"title": "ilk ıg", "language": "tr"}) == "İLK IG"


MARKUP = {
    "plain": ("a < b & c > d", "a &#60; b &#38; c &#62; d"),
    "italic": ("a <i>b</i> c", "a <i>b</i> c"),
    "nested": ("<b>a <i>b</i></b>", "<b>a <i>b</i></b>"),
    "raised and lowered": ("x<sup>2</sup> H<sub>2</sub>O", "x<sup>2</sup> H<sub>2</sub>O"),
    "small capitals": ("<sc>abc</sc>", '<span style="font-variant:small-caps;">abc</span>'),
    "not closed": ("a <i>b", "a &#60;i&#62;b"),
    "not opened": ("a</i> b", "a&#60;/i&#62; b"),
    "crossed": ("<i>a <b>b</i> c</b>", "<i>a &#60;b&#62;b</i> c&#60;/b&#62;"),
    "unknown tag": ("<u onclick=x>a</u>", "&#60;u onclick=x&#62;a&#60;/u&#62;"),
    "straight quotes": ('a "b" c', "a “b” c"),
    "single quotes": ("a 'b' c", "a “b” c"),
    "quotes in quotes": ("\"a 'b' c\"", "“a ‘b’ c”"),
    "apostrophe": ("don't", "don’t"),
    "apostrophe at the end": ("the dogs' tails", "the dogs’ tails"),
    "apostrophe at the start": ("'til dawn", "’til dawn"),
    "lone quote": ('5" disks', '5" disks'),
}


@pytest.mark.parametrize(("title", "expected"), MARKUP.values(), ids=MARKUP)
def test_markup(title: str, expected: str) -> None:
    assert cite('<text variable="title"/>', {"title": title}) == expected


FLIPS = {
    "italic in italic": (
        '<text variable="title" font-style="italic"/>',
        "a <i>b</i> c",
        '<i>a <span style="font-style:normal;">b</span> c</i>',
    ),
    "bold in bold": (
        '<text variable="title" font-weight="bold"/>',
        "<b>b</b> c",
        '<b><span style="font-weight:normal;">b</span> c</b>',
    ),
    "normal in nothing": ('<text variable="title" font-style="normal"/>', "a", "a"),
    "quotes in quotes": ('<text variable="title" quotes="true"/>', 'a "b"', "“a ‘b’”"),
    "three deep": ('<text variable="title" quotes="true"/>', "a \"b 'c'\"", "“a ‘b “c”’”"),
}


@pytest.mark.parametrize(("layout", "title", "expected"), FLIPS.values(), ids=FLIPS)
def test_flip_flop(layout: str, title: str, expected: str) -> None:
    assert cite(layout, {"title": title}) == expected


# What two neighbours become: text, the prefix of what follows.
MEETING = {
    "full stops": ("a.", ". b", "a. b"),
    "question and stop": ("a?", ". b", "a? b"),
    "stop and comma": ("a.", ", b", "a., b"),
    "comma and stop": ("a,", ". b", "a,. b"),
    "colon and question": ("a:", "? b", "a? b"),
    "stop and colon": ("a.", ": b", "a.: b"),
    "exclamation and colon": ("a!", ": b", "a! b"),
    "blanks": ("a ", " b", "a b"),
    "nothing to settle": ("a", ". b", "a. b"),
}


@pytest.mark.parametrize(("first", "second", "expected"), MEETING.values(), ids=MEETING)
def test_punctuation_that_meets(first: str, second: str, expected: str) -> None:
    head, tail = second[:-1], second[-1]
    layout = f'<group delimiter=""><text value="{first.strip()}" suffix="{" " if first.endswith(" ") else ""}"/>'
    layout += f'<text value="{tail}" prefix="{head}"/></group>'
    assert cite(layout, {}) == expected


QUOTED = {
    "comma inside": ("true", ", b", "“a,” b"),
    "stop inside": ("true", ". b", "“a.” b"),
    "colon outside": ("true", ": b", "“a”: b"),
    "comma outside": ("false", ", b", "“a”, b"),
    "stop outside": ("false", ". b", "“a”. b"),
}


@pytest.mark.parametrize(("inside", "second", "expected"), QUOTED.values(), ids=QUOTED)
def test_punctuation_and_quotes(inside: str, second: str, expected: str) -> None:
    extra = f'<locale><style-options punctuation-in-quote="{inside}"/></locale>'
    layout = f'<text variable="title" quotes="true"/><text value="{second[-1]}" prefix="{second[:-1]}"/>'
    assert cite(layout, {"title": "a"}, extra=extra) == expected


def test_stop_in_the_title_is_not_doubled() -> None:
    assert cite('<text variable="title" quotes="true" suffix="."/>', {"title": "Done."}) == "“Done.”"
    assert cite('<text variable="title" quotes="true" suffix="."/>', {"title": "Done?"}) == "“Done?”"


def test_punctuation_that_the_value_has_stays() -> None:
    assert cite('<text variable="title"/>', {"title": '"a", b'}) == "“a”, b"


def test_strip_periods_leaves_affixes() -> None:
    assert cite('<text variable="title" strip-periods="true" suffix="."/>', {"title": "a.b.c."}) == "abc."


GROUPS = {
    "all empty": ('<group><text term="in" suffix=" "/><text variable="volume"/></group>', ""),
    "one filled": (
        '<group delimiter=" "><text term="in"/><text variable="title"/><text variable="volume"/></group>',
        "in T",
    ),
    "no variable": ('<group delimiter=" "><text term="in"/><text value="x"/></group>', "in x"),
    "inner group counts": ('<group><text variable="volume"/><group><text term="in"/></group></group>', "in"),
    "inner group is empty": (
        '<group><text value="a"/><group><text value="b"/><text variable="volume"/></group></group>',
        "",
    ),
    "empty members leave no delimiter": (
        '<group delimiter=", "><text variable="volume"/><text variable="title"/><text variable="issue"/></group>',
        "T",
    ),
}


@pytest.mark.parametrize(("layout", "expected"), GROUPS.values(), ids=GROUPS)
def test_group(layout: str, expected: str) -> None:
    assert cite(layout, {"title": "T"}) == expected


CONDITIONS = {
    "type": ('type="book article"', True),
    "other type": ('type="article"', False),
    "variable": ('variable="title"', True),
    "all variables": ('variable="title volume"', False),
    "any variable": ('variable="title volume" match="any"', True),
    "no variable": ('variable="volume issue" match="none"', True),
    "one of none": ('variable="title issue" match="none"', False),
    "numeric": ('is-numeric="edition"', True),
    "not numeric": ('is-numeric="title"', False),
    "locator": ('locator="page"', False),
}


@pytest.mark.parametrize(("test", "holds"), CONDITIONS.values(), ids=CONDITIONS)
def test_condition(test: str, holds: bool) -> None:
    layout = f'<choose><if {test}><text value="yes"/></if><else><text value="no"/></else></choose>'
    assert cite(layout, {"title": "T", "edition": "2"}) == ("yes" if holds else "no")


def test_short_form() -> None:
    layout = '<text variable="container-title" form="short"/>'
    assert cite(layout, {"container-title": "Long", "container-title-short": "L"}) == "L"
    assert cite(layout, {"container-title": "Long", "journalAbbreviation": "J"}) == "J"
    assert cite(layout, {"container-title": "Long"}) == "Long"
