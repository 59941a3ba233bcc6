"""The packaged styles and locales: names, aliases, dependents, files, search."""

from pathlib import Path

import pytest

from refkit.csl import compile_style
from refkit.csl.styles import (
    ALIASES,
    all_styles,
    is_path,
    locale_names,
    near_names,
    open_locale,
    open_style,
    search_styles,
    style_name,
)
from refkit.errors import StyleError

DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="en-GB">
<info><title>D</title><id>http://x/d</id><link href="{parent}" rel="independent-parent"/></info></style>"""
SMALL = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>S</title><id>s</id>
<updated>2020-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation></style>"""

NAMES = {
    "name": ("apa", "apa"),
    "capitals": ("APA", "apa"),
    "blanks": ("Chicago Author Date", "chicago-author-date"),
    "underscores": ("chicago_author_date", "chicago-author-date"),
    "alias": ("mla", "modern-language-association"),
    "vancouver": ("vancouver", "nlm-citation-sequence"),
    "harvard": ("harvard", "harvard-cite-them-right"),
    "address": ("http://www.zotero.org/styles/ieee", "ieee"),
    "dependent": ("nature-physics", "nature-physics"),
}


@pytest.mark.parametrize(("given", "name"), NAMES.values(), ids=NAMES)
def test_styles_are_found_by_name(given: str, name: str) -> None:
    assert open_style(given).name == name


@pytest.mark.parametrize("alias", ALIASES)
def test_every_alias_opens(alias: str) -> None:
    assert open_style(alias).name == ALIASES[alias]


def test_no_alias_hides_a_style() -> None:
    assert not {style.name for style in all_styles()} & ALIASES.keys()


UNKNOWN = {
    "mistyped": ("apaa", "did you mean apa"),
    "mistyped alias": ("vancuver", "did you mean vancouver"),
    "nothing like it": ("qqqqqqqqqqqq", "look for it with `refkit styles WORDS`"),
    "empty": ("", "no style is called ''"),
    "a tab": ("apa\tAPA", "no style is called"),
    "no such file": ("../../no/such", "cannot be read"),
    "no such csl": ("missing.csl", "cannot be read"),
    "a folder": ("./", "is not a file"),
    "a device": ("/dev/zero", "is not a file"),
    "address elsewhere": ("http://example.org/styles/apa", "cannot be read"),
}


@pytest.mark.parametrize(("given", "message"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_styles_are_told(given: str, message: str) -> None:
    with pytest.raises(StyleError, match=message.replace("?", r"\?")):
        open_style(given)


def test_a_dependent_style_is_its_parent_in_its_own_language() -> None:
    style = open_style("nature-physics")
    assert (style.xml, style.locale) == (open_style("nature").xml, "en-GB")


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.csl"
    path.write_text(SMALL)
    assert open_style(str(path)).xml == SMALL.encode()


def test_a_dependent_file_finds_its_packaged_parent(tmp_path: Path) -> None:
    path = tmp_path / "d.csl"
    path.write_text(DEPENDENT.format(parent="http://www.zotero.org/styles/ieee"))
    assert (open_style(str(path)).xml, open_style(str(path)).locale) == (open_style("ieee").xml, "en-GB")


BAD_FILES = {
    "unknown parent": (DEPENDENT.format(parent="http://x/unheard-of"), "is not packaged"),
    "parent that is dependent": (DEPENDENT.format(parent="http://x/nature-physics"), "is not packaged"),
    "no XML": ("hello", "not well-formed"),
    "entities": ('<!DOCTYPE s [<!ENTITY a "b">]><s>&a;</s>', "DOCTYPE"),
}


@pytest.mark.parametrize(("text", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_unusable_files_are_told(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.csl"
    path.write_text(text)
    with pytest.raises(StyleError, match=message):
        open_style(str(path))


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.csl"
    path.write_bytes(b" " * 4_000_001)
    with pytest.raises(StyleError, match="larger than"):
        open_style(str(path))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("apa", False),
        ("a.csl", True),
        ("dir/apa", True),
        ("..\\apa", True),
        ("https://www.zotero.org/styles/apa", False),
    ],
)
def test_what_means_a_file(name: str, path: bool) -> None:
    assert is_path(name) is path


def test_every_style_of_the_index_is_there() -> None:
    styles = list(all_styles())
    independent = {style.name for style in styles if not style.parent}
    assert len(independent) > 2800
    assert len(styles) > 10_000
    assert {style.parent for style in styles if style.parent} <= independent


@pytest.mark.parametrize(
    "name", ["apa", "zootaxa", "chicago-notes-bibliography", "nature-physics", "iran-manual-of-style"]
)
def test_the_credits_of_a_style_stay(name: str) -> None:
    xml = str(open_style(name).xml)
    assert "<info>" in xml
    assert "creativecommons.org/licenses/by-sa" in xml


def test_every_tenth_packaged_style_is_its_own_file() -> None:
    wrong = [
        style.name
        for style in list(all_styles())[::10]
        if not style.parent and f"/{style.name}</id>" not in str(open_style(style.name).xml)
    ]
    assert len(wrong) < 15  # some authors forgot to change the id when they copied a style


SEARCHES = {
    "exact name first": ("ieee", "ieee"),
    "alias first": ("vancouver", "nlm-citation-sequence"),
    "title": ("manual of style ایران", "iran-manual-of-style"),
    "field and format": ("apa author-date psychology", "apa"),
    "journal": ("nature physics", "nature-physics"),
}


@pytest.mark.parametrize(("words", "first"), SEARCHES.values(), ids=SEARCHES)
def test_search(words: str, first: str) -> None:
    assert search_styles(words)[0].name == first


def test_search_wants_every_word() -> None:
    assert search_styles("nature zzzz") == ()


def test_near_names() -> None:
    assert near_names("chicago-auther-date")[0] == "chicago-author-date"


def test_style_names_never_become_paths() -> None:
    assert style_name("../apa") == "../apa"


def test_locales_are_there() -> None:
    assert {"en-US", "en-GB", "fa-IR", "de-DE", "ar"} <= set(locale_names())


@pytest.mark.parametrize("name", ["xx", "", "en", "../fa-IR"])
def test_unknown_locales_are_none(name: str) -> None:
    assert open_locale(name) is None


PERSIAN = {"page": "ص", "report": "گزارش", "open-quote": "«", "no date": "بی‌تا", "et-al": "و همکاران"}


@pytest.mark.parametrize(("term", "text"), PERSIAN.items(), ids=PERSIAN)
def test_the_persian_locale_is_completed(term: str, text: str) -> None:
    style = compile_style(SMALL, open_locale, "fa-IR")
    assert style.locale.term(term, "short") == text
