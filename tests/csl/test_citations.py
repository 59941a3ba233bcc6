"""Citations: disambiguation, collapsing, positions; and the bibliography with its order and substitutes."""

from typing import Any

import pytest
from small_styles import cite, cites, entries, numbered, people, style, year

from refkit.csl import Cite, Cluster, Processor
from refkit.csl.writers import html

AUTHOR_YEAR = (
    '<group delimiter=" "><names variable="author"><name form="short" and="text" initialize-with=". "/></names>'
    '<date variable="issued"><date-part name="year"/></date></group>'
)


def work(authors: str, when: int = 2000, **more: Any) -> dict[str, Any]:
    return {"author": people(authors), "issued": year(when), **more}


ETAL = 'et-al-min="3" et-al-use-first="1"'
TOLD_APART = {
    "no need": ('disambiguate-add-year-suffix="true"', [work("Doe, A"), work("Roe, B")], ["Doe 2000", "Roe 2000"]),
    "year suffix": ('disambiguate-add-year-suffix="true"', [work("Doe, A")] * 2, ["Doe 2000a", "Doe 2000b"]),
    "more names": (
        f'{ETAL} disambiguate-add-names="true"',
        [work("Doe, A; Roe, B; Poe, C"), work("Doe, A; Low, B; Poe, C")],
        ["Doe, Roe, et al. 2000", "Doe, Low, et al. 2000"],
    ),
    "more names do not help": (
        f'{ETAL} disambiguate-add-names="true" disambiguate-add-year-suffix="true"',
        [work("Doe, A; Roe, B; Poe, C")] * 2,
        ["Doe et al. 2000a", "Doe et al. 2000b"],
    ),
    "initials": (
        'disambiguate-add-givenname="true"',
        [work("Doe, Ann"), work("Doe, Bob")],
        ["A. Doe 2000", "B. Doe 2000"],
    ),
    "given names in full": (
        'disambiguate-add-givenname="true"',
        [work("Doe, Ann"), work("Doe, Amy")],
        ["Ann Doe 2000", "Amy Doe 2000"],
    ),
    "by cite: years differ": (
        'disambiguate-add-givenname="true"',
        [work("Doe, Ann"), work("Doe, Bob", 2001)],
        ["Doe 2000", "Doe 2001"],
    ),
    "all names: years do not matter": (
        'disambiguate-add-givenname="true" givenname-disambiguation-rule="all-names"',
        [work("Doe, Ann"), work("Doe, Bob", 2001)],
        ["A. Doe 2000", "B. Doe 2001"],
    ),
    "primary name": (
        'disambiguate-add-givenname="true" givenname-disambiguation-rule="primary-name"',
        [work("Doe, Ann; Doe, Cy"), work("Doe, Bob")],
        ["A. Doe and Doe 2000", "B. Doe 2000"],
    ),
    "initials only": (
        'disambiguate-add-givenname="true" givenname-disambiguation-rule="all-names-with-initials"',
        [work("Doe, Ann"), work("Doe, Amy")],
        ["Doe 2000", "Doe 2000"],
    ),
}


@pytest.mark.parametrize(("options", "items", "expected"), TOLD_APART.values(), ids=TOLD_APART)
def test_disambiguation(options: str, items: list[dict[str, Any]], expected: list[str]) -> None:
    small = style(AUTHOR_YEAR, citation=options)
    assert cites(small, items, *[[str(number)] for number in range(1, len(items) + 1)]) == expected


def test_condition_comes_before_the_year_suffix() -> None:
    layout = f'{AUTHOR_YEAR}<choose><if disambiguate="true"><text variable="title" prefix=", "/></if></choose>'
    small = style(layout, citation='disambiguate-add-year-suffix="true"')
    items = [work("Doe, A", title="One"), work("Doe, A", title="Two"), work("Roe, B", title="Three")]
    assert cites(small, items, ["1"], ["2"], ["3"]) == ["Doe 2000, One", "Doe 2000, Two", "Roe 2000"]


def test_many_suffixes() -> None:
    small = style(
        '<date variable="issued"><date-part name="year"/></date>', citation='disambiguate-add-year-suffix="true"'
    )
    shown = cites(small, [work("Doe, A")] * 28, ["26"], ["27"], ["28"])
    assert shown == ["2000z", "2000aa", "2000ab"]


DOES = [work("Doe, A"), work("Doe, A"), work("Doe, A"), work("Doe, A", 2001), work("Roe, B")]
SUFFIX = 'disambiguate-add-year-suffix="true"'
COLLAPSED = {
    "not at all": ("", ["1", "4"], "(Doe 2000a; Doe 2001)"),
    "year": ('collapse="year"', ["1", "2", "4", "5"], "(Doe 2000a, 2000b, 2001; Roe 2000)"),
    "suffix": ('collapse="year-suffix" year-suffix-delimiter=", "', ["1", "2", "4"], "(Doe 2000a, b, 2001)"),
    "range": ('collapse="year-suffix-ranged"', ["1", "2", "3", "4"], "(Doe 2000a–c, 2001)"),
    "group delimiter": ('cite-group-delimiter=" + "', ["1", "4", "5"], "(Doe 2000a + Doe 2001; Roe 2000)"),
    "after": ('collapse="year" after-collapse-delimiter=" | "', ["1", "4", "5"], "(Doe 2000a; 2001 | Roe 2000)"),
    "others between": ('collapse="year"', ["1", "5", "4"], "(Doe 2000a; Roe 2000; Doe 2001)"),
}


@pytest.mark.parametrize(("options", "group", "expected"), COLLAPSED.values(), ids=COLLAPSED)
def test_collapse_years(options: str, group: list[str], expected: str) -> None:
    small = style(AUTHOR_YEAR, citation=f"{SUFFIX} {options}", affixes='prefix="(" suffix=")" delimiter="; "')
    assert cites(small, DOES, group) == [expected]


NUMBERED = {
    "range": (["1", "2", "3"], "1–3"),
    "two": (["1", "2"], "1, 2"),
    "gap": (["1", "2", "3", "5"], "1–3, 5"),
    "locator": ([Cite("1"), Cite("2", "7"), Cite("3")], "1, 2 p. 7, 3"),
    "prefix": ([Cite("1", prefix="see "), Cite("2"), Cite("3")], "see 1–3"),
}


@pytest.mark.parametrize(("group", "expected"), NUMBERED.values(), ids=NUMBERED)
def test_collapse_numbers(group: list[Cite | str], expected: str) -> None:
    layout = '<text variable="citation-number"/><text variable="locator" prefix=" p. "/>'
    small = style(layout, citation='collapse="citation-number"', affixes='delimiter=", "')
    assert cites(small, [{}] * 5, group) == [expected]


def test_affixes_and_hidden_author() -> None:
    small = style(AUTHOR_YEAR, affixes='prefix="(" suffix=")" delimiter="; "')
    group = [Cite("1", prefix="see", suffix="for more"), Cite("2", suppress_author=True)]
    assert cites(small, [work("Doe, A"), work("Roe, B")], group) == ["(see Doe 2000 for more; 2000)"]


def test_unknown_items_are_left_out() -> None:
    assert cites(style(AUTHOR_YEAR), [work("Doe, A")], ["1", "nobody"]) == ["Doe 2000"]


POSITIONS = (
    '<choose><if position="ibid-with-locator"><text term="ibid" suffix=" @"/></if>'
    '<else-if position="ibid"><text term="ibid"/></else-if>'
    '<else-if position="subsequent"><text value="again"/>'
    '<text variable="first-reference-note-number" prefix=" n"/></else-if>'
    '<else><text variable="title"/></else></choose><choose><if position="near-note"><text value=" near"/></if></choose>'
)
DOCUMENTS = {
    "first": ([(1, ["1"]), (2, ["2"])], ["A", "B"]),
    "ibid": ([(1, ["1"]), (2, ["1"])], ["A", "Ibid. near"]),
    "ibid with a locator": ([(1, ["1"]), (2, [Cite("1", "5")])], ["A", "Ibid. @ near"]),
    "same locator": ([(1, [Cite("1", "5")]), (2, [Cite("1", "5")])], ["A", "Ibid. near"]),
    "locator gone": ([(1, [Cite("1", "5")]), (2, ["1"])], ["A", "again n1 near"]),
    "another between": ([(1, ["1"]), (2, ["2"]), (3, ["1"])], ["A", "B", "again n1 near"]),
    "two items before": ([(1, ["1", "2"]), (2, ["2"])], ["A; B", "again n1 near"]),
    "in one citation": ([(1, ["1", "1"])], ["A; ibid. near"]),
    "again in one citation": ([(1, ["1", "2", "1"])], ["A; B; again near"]),
    "several cites of it before": ([(1, ["1", "1"]), (2, ["1"])], ["A; ibid. near", "again n1 near"]),
    "a note skipped": ([(1, ["1"]), (3, ["1"])], ["A", "again n1 near"]),
    "far": ([(1, ["1"]), (2, ["2"]), (9, ["1"])], ["A", "B", "again n1"]),
}


@pytest.mark.parametrize(("notes", "expected"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_positions(notes: list[tuple[int, list[Cite | str]]], expected: list[str]) -> None:
    processor = Processor(
        style(POSITIONS, note=True, affixes='delimiter="; "'), numbered([{"title": "A"}, {"title": "B"}])
    )
    clusters = [
        Cluster(tuple(each if isinstance(each, Cite) else Cite(each) for each in group), note) for note, group in notes
    ]
    assert [html.write(run) for run in processor.document(clusters)] == expected


def ordered(key: str, items: list[dict[str, Any]], **options: Any) -> list[str]:
    small = style('<text variable="title"/>', sort=f"<sort>{key}</sort>", **options)
    return entries(small, items)


TITLES = ["zebra", "Ångström", "10 days", "9 days", "“apple”", "al-Kindi", "Alba", "älter"]


def test_order_of_titles() -> None:
    expected = ["9 days", "10 days", "Alba", "al-Kindi", "älter", "Ångström", "“apple”", "zebra"]
    assert ordered('<key variable="title"/>', [{"title": title} for title in TITLES]) == expected


def test_order_in_persian() -> None:
    titles = ["یک", "گل", "کتاب", "پدر", "بابا", "هوا", "ورزش", "چای", "آب"]
    expected = ["آب", "بابا", "پدر", "چای", "کتاب", "گل", "ورزش", "هوا", "یک"]
    assert ordered('<key variable="title"/>', [{"title": title} for title in titles], locale="fa-IR") == expected


def test_descending_and_empty_last() -> None:
    items = [{"title": "none"}, {"title": "old", "issued": year(1900)}, {"title": "new", "issued": year(2000)}]
    assert ordered('<key variable="issued" sort="descending"/>', items) == ["new", "old", "none"]
    assert ordered('<key variable="issued"/>', items) == ["old", "new", "none"]


def test_years_before_christ_come_first() -> None:
    items = [{"title": str(number), "issued": year(number)} for number in (50, -10, -300)]
    assert ordered('<key variable="issued"/>', items) == ["-300", "-10", "50"]


def test_names_key_counts_given_names_and_particles() -> None:
    names = ["Smithers, A", "Smith, B", "van Berg, C", "Smith, A", "Berg, D"]
    items = [{"title": name, "author": people(name)} for name in names]
    expected = ["Berg, D", "van Berg, C", "Smith, A", "Smith, B", "Smithers, A"]
    assert ordered('<key variable="author"/>', items) == expected


def test_macro_key_with_its_own_et_al() -> None:
    macro = '<macro name="m"><names variable="author"/></macro>'
    items = [{"title": "2", "author": people("A, X; C, Y; D, Z")}, {"title": "1", "author": people("A, X; B, Y; E, Z")}]
    assert ordered('<key macro="m"/>', items, extra=macro) == ["1", "2"]
    short = '<key macro="m" names-min="3" names-use-first="1"/><key variable="title"/>'
    assert ordered(short, list(reversed(items)), extra=macro) == ["1", "2"]


SUBSTITUTED = {
    "complete-all": ["A Doe, B Roe. 1", "———. 2", "A Doe, C Low. 3"],
    "complete-each": ["A Doe, B Roe. 1", "———, ———. 2", "A Doe, C Low. 3"],
    "partial-each": ["A Doe, B Roe. 1", "———, ———. 2", "———, C Low. 3"],
    "partial-first": ["A Doe, B Roe. 1", "———, B Roe. 2", "———, C Low. 3"],
}


@pytest.mark.parametrize(("rule", "expected"), SUBSTITUTED.items(), ids=SUBSTITUTED)
def test_repeated_authors(rule: str, expected: list[str]) -> None:
    layout = '<group delimiter=". "><names variable="author"/><text variable="title"/></group>'
    options = f'subsequent-author-substitute="———" subsequent-author-substitute-rule="{rule}"'
    items = [
        {"title": str(number), "author": people(names)}
        for number, names in enumerate(("Doe, A; Roe, B", "Doe, A; Roe, B", "Doe, A; Low, C"), 1)
    ]
    assert entries(style(layout, bibliography=options), items) == expected


def test_second_field_in_a_column_of_its_own() -> None:
    layout = '<text variable="citation-number" suffix="."/><text variable="title" prefix=" "/>'
    small = style(layout, bibliography='second-field-align="flush"', affixes='suffix="."')
    (entry,) = entries(small, [{"title": "T"}])
    assert entry.split() == ["<div", 'class="csl-left-margin">1.</div><div', 'class="csl-right-inline">', "T.</div>"]


def test_numbers_follow_the_order_of_the_list() -> None:
    small = style('<text variable="citation-number"/>', sort='<sort><key variable="title"/></sort>')
    assert cites(small, [{"title": "b"}, {"title": "a"}], ["1"], ["2"]) == ["2", "1"]


def test_term_at_the_start_of_an_entry_gets_a_capital() -> None:
    small = style('<group delimiter=" "><text term="in"/><text variable="title"/></group>')
    assert entries(small, [{"title": "T"}]) == ["In T"]
    assert cites(small, [{"title": "T"}], ["1"]) == ["in T"]


def test_citation_label() -> None:
    layout = '<text variable="citation-label"/>'
    assert cite(layout, work("Doe, A; Roe, B", 1978)) == "DoRo78"
    assert cite(layout, {"citation-label": "own"}) == "own"
