"""The paper's list through the reader and the command: the rules see the same as line by line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from refkit.cli import cli
from refkit.files import read_source
from refkit.parse import read_list
from refkit.rules.context import Context
from refkit.rules.references import run_list_rules
from tests.rules.references.agreement import HERE
from tests.rules.references.repairing import lint

ROOT = HERE.parents[2]
PAPER = ROOT / "data" / "references.txt"


def test_the_reader_changes_no_finding() -> None:
    source = read_source(str(PAPER))
    read = run_list_rules(read_list(source), Context())
    by_line = lint(tuple(source.text.splitlines()))
    assert [(item.start, item.end, item.message) for item in read] == [
        (item.start, item.end, item.message) for item in by_line
    ]


# What the settings of the project silence in the store by citation key is still a flaw of the list.
@pytest.mark.parametrize(
    ("key", "code"), [("kiani2021iran", "RK407"), ("arms2021", "RK306"), ("tazmini2024power", "RK306")]
)
def test_what_is_silenced_in_the_store_is_reported_in_the_list(
    key: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(cli, ["validate", "--offline", "--output-format", "json", str(PAPER.relative_to(ROOT))])
    assert result.exit_code == 1
    assert (key, code) in {(item["key"], item["code"]) for item in json.loads(result.stdout)["findings"]}


def test_safe_repair_of_a_copy_leaves_the_paper_alone(tmp_path: Path) -> None:
    copy = tmp_path / "references.txt"
    copy.write_bytes(PAPER.read_bytes())
    CliRunner().invoke(cli, ["validate", "--offline", "--fix", str(copy)])
    once = copy.read_bytes()
    CliRunner().invoke(cli, ["validate", "--offline", "--fix", str(copy)])
    assert b"Availble" not in once and copy.read_bytes() == once
