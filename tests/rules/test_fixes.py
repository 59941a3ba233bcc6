"""Over all tables: a fix silences its rule, and makes no rule find anything new."""

from collections import Counter

import pytest

from refkit.bibtex import apply_edits
from refkit.rules import RULES, load
from tests.rules import (
    test_characters,
    test_dates,
    test_identifiers,
    test_name_rules,
    test_store_text,
    test_syntax,
    test_titles,
    test_types,
)
from tests.rules.linting import edits_of, lint, store

load()
ALL = tuple(code for code in RULES if code != "RK607")
NAME_LISTS = [(f"author = {{{names}}}", code) for names, code, _ in (item.values for item in test_name_rules.FOUND)]
MODULES = (test_characters, test_dates, test_identifiers, test_store_text, test_syntax, test_titles, test_types)
CASES = NAME_LISTS + [(str(item.values[0]), str(item.values[1])) for module in MODULES for item in module.FOUND]


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
@pytest.mark.parametrize(("snippet", "code"), CASES)
def test_fix_silences_and_adds_nothing(snippet: str, code: str, dialect: str) -> None:
    text = store(snippet)
    before = Counter(found.code for found in lint(text, *ALL, dialect=dialect))
    fixable = [found for found in lint(text, code, dialect=dialect) if found.fix and found.fix.edits]
    repaired = apply_edits(text, edits_of(fixable))
    after = Counter(found.code for found in lint(repaired, *ALL, dialect=dialect))
    assert after - before == Counter()
    assert after[code] == before[code] - len(fixable)
