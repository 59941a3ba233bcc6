import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from refkit.cli import cli
from refkit.commands.rule import run
from refkit.errors import ConfigError
from refkit.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == run(None, "markdown"), "make it again: refkit rule --format markdown"


def test_one_rule() -> None:
    assert run("RK405").splitlines()[:4] == [
        "RK405 dor-in-doi",
        "error, safe fix, on by default",
        "",
        "An Iranian DOR code stands where a DOI is expected.",
    ]


def test_by_name_in_any_case() -> None:
    assert run("dor-in-doi") == run("rk405") == run("RK405")


def test_family_lists_only_its_rules() -> None:
    assert [line.split()[0] for line in run("RK40").splitlines()[1:]] == [f"RK40{n}" for n in range(1, 10)]


def test_all_rules_as_json() -> None:
    assert [item["code"] for item in json.loads(run(None, "json"))] == sorted(RULES)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        pytest.param("RK4055", "RK405", id="digit too many"),
        pytest.param("dor-in-do", "RK405", id="name cut"),
        pytest.param("duplicate-kye", "RK601", id="letters swapped"),
    ],
)
def test_nearest_rule_is_offered(word: str, near: str) -> None:
    with pytest.raises(ConfigError, match=f"did you mean {near}"):
        run(word)


def test_nonsense_gets_no_offer() -> None:
    with pytest.raises(ConfigError, match="lists them"):
        run("zzzzzzzzzzzzzz")


def test_invisible_characters_are_written_out() -> None:
    assert "Trees\\u200b and woods" in run("RK702")


def test_command() -> None:
    assert CliRunner().invoke(cli, ["rule", "RK405"]).output == run("RK405")
