"""Every console block of README and docs/ prints what it shows; every option and dependency is told."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from refkit.cli import cli

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# a server address where nobody listens: the blocks show what a machine without network prints
ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "NO_COLOR": "1",
    "LANG": "C.UTF-8",
    "REFKIT_CROSSREF_URL": "http://127.0.0.1:9",
    "REFKIT_DOI_URL": "http://127.0.0.1:9",
    "REFKIT_DATACITE_URL": "http://127.0.0.1:9",
}


def blocks() -> list[tuple[str, str]]:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    found = []
    for page in pages:
        text = page.read_text("utf-8")
        for match in BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append((f"{page.name}:{line}", match[1]))
    return found


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with the output that is shown under it; `\\` goes on in the next line."""
    pairs = re.split(r"^\$ ((?:.*\\\n)*.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(pairs[::2], pairs[1::2], strict=True))


def pattern(shown: str) -> re.Pattern[str]:
    """A line `…` stands for any lines, a `…` at the end of a line for the rest of it."""
    parts = []
    for line in shown.splitlines(keepends=True):
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        elif line.rstrip("\n").endswith("…"):
            parts.append(re.escape(line.rstrip("\n")[:-1]) + r".*\n")
        else:
            parts.append(re.escape(line))
    return re.compile("".join(parts))


@pytest.mark.parametrize("block", [block for _, block in blocks()], ids=[name for name, _ in blocks()])
def test_console_block(block, tmp_path):
    for name in ("data", "pyproject.toml", "README.md", "docs"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    environment = {**ENVIRONMENT, "HOME": str(tmp_path), "REFKIT_CACHE_DIR": str(tmp_path / "cache")}
    for command, shown in commands(block):
        result = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, text=True, capture_output=True, check=False, timeout=120
        )
        printed = result.stdout + result.stderr
        assert pattern(shown).fullmatch(printed), f"$ {command}\n{printed}"


def options(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        yield from ((name, option) for option in parameter.opts if option.startswith("--"))
    for word, part in getattr(command, "commands", {}).items():
        yield from options(part, f"{name} {word}")


@pytest.mark.parametrize(("command", "option"), list(options(cli, "refkit")))
def test_each_option_is_told(command, option):
    pages = "\n".join(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))
    assert option == "--version" or re.search(rf"{option}(?![a-z-])", pages), command


def test_dependencies_are_told_with_a_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [
        project["project"]["dependencies"],
        project["build-system"]["requires"],
        project["project"]["optional-dependencies"]["dev"],
    ]
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    tables = [
        re.findall(r"^\| (?!package|---)(.*?) \| (.+) \|$", part, re.MULTILINE) for part in page.split("\n## ")[1:]
    ]
    told = [[name.split()[0] for names, _ in table for name in names.split(", ")] for table in tables]
    assert [sorted(names) for names in told] == [sorted(re.split("[<>=]", name)[0] for name in each) for each in wanted]
    assert all(cell.strip() for table in tables for _, cells in table for cell in cells.split(" | "))
