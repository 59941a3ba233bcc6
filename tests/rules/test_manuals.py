"""The manual of each rule is true: its Bad is found, its Good is not, and repairing the Bad silences the rule."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from refkit.bibtex import apply_edits, load
from refkit.model import Bibliography, Entry, Field, Severity, Source
from refkit.rules import CHECKS, RULES, families, run_entry_rules
from refkit.rules import load as load_rules
from refkit.rules.context import Context, context_of
from tests.rules.linting import edits_of, lint, store

load_rules()
OWN_CODES = sorted(
    code
    for code, subject, function in CHECKS
    if subject in (Entry, Bibliography) and RULES[code].manual == function.__doc__
)


def example(code: str, label: str) -> str:
    found = re.search(rf"^    {label}: `+(.+?)`+$", RULES[code].manual, re.MULTILINE)
    assert found, f"{code} has no {label}"
    return store(found[1].replace("\\r\\n", "\r\n").replace("\\n", "\n") if code == "RK007" else found[1])


@pytest.mark.parametrize("code", OWN_CODES)
def test_good_is_silent(code: str) -> None:
    assert code not in [found.code for found in lint(example(code, "Good"), code)]


@pytest.mark.parametrize("code", OWN_CODES)
def test_bad_is_found(code: str) -> None:
    assert code in [found.code for found in lint(example(code, "Bad"), code)]


FIXABLE = [
    code for code in OWN_CODES if any(found.fix and found.fix.edits for found in lint(example(code, "Bad"), code))
]


def test_most_rules_repair_their_bad_example() -> None:
    assert len(FIXABLE) >= 45


@pytest.mark.parametrize("code", FIXABLE)
def test_repaired_bad_is_silent_and_adds_nothing(code: str) -> None:
    text = example(code, "Bad")
    before = lint(text)
    findings = lint(text, code)
    after = lint(apply_edits(text, edits_of(findings)))
    assert {found.code for found in after} <= {found.code for found in before} - {code}


@pytest.mark.parametrize("code", sorted(RULES))
def test_manual_has_all_parts(code: str) -> None:
    rule = RULES[code]
    assert re.fullmatch(r"RK[0-9]{3}", code) and code[:3] in families
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert all(f"\n    {part}: " in rule.manual for part in ("Why", "Bad", "Good"))


def test_names_are_unique() -> None:
    names = [rule.name for rule in RULES.values()]
    assert len(names) == len(set(names))


FIELD_NAMES = st.sampled_from(
    "author editor title journal booktitle year date month volume number pages doi url urldate isbn issn note langid "
    "crossref eprint publisher abstract howpublished keywords dor".split()
)
VALUES = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="aA.,;&{}\\$%#_-–~ 0123456789and()[]/:?\"'“”ی،يك‌ـIVX", max_size=60),
    st.sampled_from(
        ["https://doi.org/10.1000/x.", "20.1001.1.20088221.2017.8.26.2.4", "1--", "2021-02-30", "et al.", "J.K, ,"]
    ),
)
TYPES = st.sampled_from("article book inproceedings misc online thesis phdthesis set xdata unknown".split())
KEYS = st.text(alphabet="abAB:#% é", max_size=4)


@st.composite
def bibliographies(draw: st.DrawFn) -> Bibliography:
    """Entries that no reader would make: any text in any field, offsets absent."""
    count = draw(st.integers(1, 4))
    entries = []
    for _ in range(count):
        fields = draw(st.lists(st.tuples(FIELD_NAMES, VALUES).map(lambda pair: Field(*pair)), max_size=6))
        entries.append(Entry(draw(TYPES), draw(KEYS), tuple(fields)))
    bibliography = Bibliography(Source("a.bib", ""), ())
    bibliography.__dict__["entries"] = tuple(entries)
    return bibliography


ALL = frozenset(OWN_CODES)


@given(bibliographies(), st.sampled_from(["bibtex", "biblatex"]))
@settings(max_examples=300, deadline=None)
def test_no_rule_raises_on_arbitrary_entries(bibliography: Bibliography, dialect: str) -> None:
    context = Context(dialect=dialect, today=date(2026, 11, 1), selected=ALL, sort="author")
    assert all(isinstance(found.severity, Severity) for found in run_entry_rules(bibliography, context))


@given(st.lists(st.tuples(TYPES, KEYS, st.lists(st.tuples(FIELD_NAMES, VALUES), max_size=6)), max_size=4), VALUES)
@settings(max_examples=300, deadline=None)
def test_spans_and_edits_lie_in_the_file(entries: list[tuple[str, str, list[tuple[str, str]]]], stray: str) -> None:
    text = stray.join(
        f"@{kind}{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields) + "}\n"
        for kind, key, fields in entries
    )
    bibliography = load(Source("a.bib", text))
    context = context_of(bibliography, today=date(2026, 11, 1), selected=ALL, sort="key")
    for found in run_entry_rules(bibliography, context):
        assert 0 <= found.start <= found.end <= len(text)
        apply_edits(text, found.fix.edits if found.fix else ())
