"""The hooks, the action and the examples of docs/ci.md: they are what they say, and their commands run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from refkit import cli

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
WARNING = (
    "@misc{a,\n  author = {Smith, Ann},\n  title = {A},\n  year = {2020},\n  doi = {https://doi.org/10.1000/x},\n}\n"
)


def _yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_hooks_name_real_commands_and_options() -> None:
    for hook in _yaml(".pre-commit-hooks.yaml"):
        refkit, command, *options = hook["entry"].split()
        known = {option for parameter in cli.cli.commands[command].params for option in parameter.opts}
        assert (refkit, known.issuperset(options)) == ("refkit", True)


def test_hooks_of_the_guide_exist() -> None:
    ids = [hook["id"] for hook in _yaml(".pre-commit-hooks.yaml")]
    assert re.findall(r"^\| `(refkit-[a-z]+)`", GUIDE, re.MULTILINE) == ids
    example = yaml.safe_load(EXAMPLES[0])
    assert example["repos"][0]["hooks"][0]["id"] in ids


def test_inputs_of_the_guide_are_those_of_the_action() -> None:
    inputs = _yaml("action.yml")["inputs"]
    section = GUIDE[GUIDE.index("| input |") : GUIDE.index("Outputs:")]
    assert re.findall(r"^\| `([a-z-]+)`", section, re.MULTILINE) == list(inputs)
    job = yaml.safe_load(EXAMPLES[1])["jobs"]["references"]
    assert set(job["steps"][1]["with"]) <= set(inputs)


def test_no_input_reaches_a_script_unquoted_by_the_runner() -> None:
    scripts = [step["run"] for step in _yaml("action.yml")["runs"]["steps"] if "run" in step]
    assert [script for script in scripts if "${{" in script] == []


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """An environment like that of a runner: refkit is installed, the output files are there."""
    folder = tmp_path / "refkit" / "bin"
    folder.mkdir(parents=True)
    for name in ("refkit", "pip"):
        script = folder / name
        body = f'exec "{sys.executable}" -m refkit "$@"' if name == "refkit" else 'echo "$@"'
        script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        script.chmod(0o755)
    (tmp_path / "a.bib").write_text(WARNING, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REFKIT_")}
    return {
        **kept,
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "REFKIT_CACHE_DIR": str(tmp_path / "cache"),
        "REFKIT_OFFLINE": "true",
    }


def _bash(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_action_validates(tmp_path: Path, runner: dict[str, str]) -> None:
    [script] = [step["run"] for step in _yaml("action.yml")["runs"]["steps"] if step.get("id") == "validate"]
    given = {"REFKIT_FILES": "*.bib", "REFKIT_ARGS": "--ignore RK3 --fail-on warning", "REFKIT_MAILTO": ""}
    done = _bash(script, tmp_path, {**runner, **given})
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("::warning file=a.bib,line=5,")
    outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text(encoding="utf-8").splitlines())
    assert outputs["exit-code"] == "1"
    assert json.loads(Path(outputs["sarif-file"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "| a.bib:5 | warning | RK402 |" in (tmp_path / "summary").read_text(encoding="utf-8")


INSTALLED = {"": "install --quiet /checkout", "1.2.3": "install --quiet bibrefkit==1.2.3"}


@pytest.mark.parametrize("version", INSTALLED)
def test_the_action_installs(tmp_path: Path, runner: dict[str, str], version: str) -> None:
    [script] = [step["run"] for step in _yaml("action.yml")["runs"]["steps"] if step.get("name") == "Install refkit"]
    without_venv = "\n".join(line for line in script.splitlines() if "-m venv" not in line)
    done = _bash(without_venv, tmp_path, {**runner, "REFKIT_VERSION": version, "ACTION_PATH": "/checkout"})
    assert done.stdout.strip() == INSTALLED[version]


def _commands(example: str) -> list[str]:
    document = yaml.safe_load(example)
    if isinstance(document, list):
        return [step["run"] for step in document if "run" in step]
    return list(document["references"]["script"])


@pytest.mark.parametrize("number", [2, 3], ids=["github-by-hand", "gitlab"])
def test_the_commands_of_the_examples_run(tmp_path: Path, runner: dict[str, str], number: int) -> None:
    (tmp_path / "references.bib").write_text(WARNING, encoding="utf-8")
    for command in _commands(EXAMPLES[number]):
        done = _bash(command, tmp_path, runner)
        assert (done.returncode, done.stderr.count("Usage:")) in ((0, 0), (1, 0))
    written = ["summary", "gl-code-quality-report.json"][number - 2]
    assert "RK402" in (tmp_path / written).read_text(encoding="utf-8")


def test_the_baseline_of_the_guide(tmp_path: Path, runner: dict[str, str]) -> None:
    (tmp_path / "references.bib").write_text(WARNING, encoding="utf-8")
    [command] = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    assert _bash(command, tmp_path, runner).returncode == 0
    again = _bash("refkit validate references.bib --baseline refkit-baseline.json", tmp_path, runner)
    assert (again.returncode, again.stdout.splitlines()[0]) == (0, "No findings in 1 entry.")
