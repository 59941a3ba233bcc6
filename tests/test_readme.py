"""README's two set-up commands are those that CI runs."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = dict(re.findall(r"<!-- command: (\w+) -->\n```sh\n(.*?)\n```", README, re.DOTALL))
CI = (ROOT / ".ci/run").read_text("utf-8")


def test_there_are_two_commands():
    assert list(COMMANDS) == ["main", "tests"]


def test_each_is_one_line_that_starts_from_nothing():
    assert all(re.fullmatch(r"python3 -m venv \.venv && .+", command) for command in COMMANDS.values())


def test_the_main_job_is_parse_validate_export():
    assert re.findall(r"refkit (\w+)", COMMANDS["main"]) == ["parse", "validate", "export"]


def test_ci_takes_the_commands_from_readme_and_runs_both():
    assert re.findall(r"readme_command (\w+)", CI) == list(COMMANDS)
    assert re.findall(r'bash -euo pipefail -c "\$(\w+)"', CI) == ["main_job", "tests"]
