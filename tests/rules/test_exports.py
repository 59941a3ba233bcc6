"""What databases and reference managers write is right as it is: no error, no warning."""

from pathlib import Path

import pytest

from refkit.model import Severity
from tests.rules.linting import lint

TEXT = (Path(__file__).parent / "data" / "exports.bib").read_text(encoding="utf-8")


@pytest.mark.parametrize("dialect", ["bibtex", "auto"])
def test_no_error_or_warning(dialect: str) -> None:
    found = [
        (item.code, item.key, item.message) for item in lint(TEXT, dialect=dialect) if item.severity != Severity.INFO
    ]
    assert found == []
