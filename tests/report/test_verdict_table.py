import re

import pytest

from refkit.model import Candidate, Difference, Verdict, VerdictKind
from refkit.report.progress import Bar
from refkit.report.verdicts import table
from refkit.verify import Progress

MISMATCH = Verdict("karami2022", "10.1/a", VerdictKind.MISMATCH, fields=(Difference("year", "2021", "2022"),))
QUIET = [
    pytest.param(Verdict("a", "10.1/a", VerdictKind.VERIFIED, reason="fine"), id="verified"),
    pytest.param(Verdict("a", None, VerdictKind.UNVERIFIABLE), id="unverifiable"),
    pytest.param(Verdict("a", "10.1/a", VerdictKind.UNCHECKED, reason="no answer"), id="unchecked"),
]


@pytest.mark.parametrize("verdict", QUIET)
def test_nothing_to_show(verdict: Verdict) -> None:
    assert table([verdict]) == ""


def test_one_row_for_each_field() -> None:
    found = Verdict("b", None, VerdictKind.FOUND, candidate=Candidate("10.1/b", 0.98))
    assert table([MISMATCH, found]) == (
        "entry       field  printed  record\nkarami2022  year   2021     2022\nb           doi             10.1/b\n"
    )


@pytest.mark.parametrize("width", [20, 80, 200])
def test_long_and_hostile_values_stay_on_their_line(width: int) -> None:
    bad = Verdict("k" * 99, "10.1/a", VerdictKind.MISMATCH, fields=(Difference("title", "x" * 999, "\x1b[2J\n" * 99),))
    lines = table([bad], width).splitlines()
    assert len(lines) == 2
    assert "\x1b" not in lines[1]
    assert len(lines[1]) <= max(width, 110)


def test_right_to_left_values_are_isolated() -> None:
    persian = Verdict("k", "10.1/a", VerdictKind.MISMATCH, fields=(Difference("title", "رودها", "رودخانه"),))
    assert "\u2068رودها\u2069" in table([persian])


class TestBar:
    def test_short_checks_show_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        Bar()(Progress(1, 5, 0))
        assert capsys.readouterr() == ("", "")

    def test_long_checks_show_count_and_cache_on_standard_error(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in (("FORCE_COLOR", "1"), ("COLUMNS", "120"), ("TERM", "xterm")):
            monkeypatch.setenv(name, value)
        bar = Bar()
        bar(Progress(30, 60, 15))
        bar.close()
        output, errors = capsys.readouterr()
        assert output == ""
        plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", errors)
        assert "30/60" in plain
        assert "50 % from the cache" in plain
