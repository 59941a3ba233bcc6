import importlib
import pkgutil
import re

import pytest

import refkit
from refkit.regex import _Pattern, regex

PATTERNS = {
    f"{module.name}.{name}": value
    for module in pkgutil.walk_packages(refkit.__path__, "refkit.")
    if module.name != "refkit.__main__"
    for name, value in vars(importlib.import_module(module.name)).items()
    if isinstance(value, _Pattern)
}


def test_it_works_like_a_compiled_pattern():
    pattern = regex("(a)(?P<b>b)?", re.IGNORECASE)
    assert pattern.pattern == "(a)(?P<b>b)?"
    assert pattern.sub("x", "AB a") == "x x"
    assert pattern.fullmatch("ab")["b"] == "b"
    assert pattern.groups == 2


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_every_pattern_of_refkit_compiles(pattern):
    assert pattern.groups >= 0
