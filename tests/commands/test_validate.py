"""`refkit validate` from the command line: options, exit codes, what goes where."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from refkit import cli

CLEAN = """@article{smith2020alpha,
  author = {Smith, Ann},
  title = {Alpha},
  journal = {Journal of Letters},
  year = {2020},
  volume = {3},
  pages = {12--34},
}
"""
INFO = CLEAN.replace("12--34", "12-34")
WARNING = CLEAN.replace("  pages", "  doi = {https://doi.org/10.1000/xyz},\n  pages")
ERROR = CLEAN.replace("  journal = {Journal of Letters},\n", "")
DOI = CLEAN.replace("  pages", "  doi = {10.1000/xyz},\n  pages")


@dataclass(frozen=True)
class Done:
    """What a run left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run refkit in an empty folder that is the root of a repository, with the files given by name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name in [name for name in os.environ if name.startswith("REFKIT_") or name.endswith("_COLOR")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REFKIT_CACHE_DIR", str(tmp_path / "cache"))

    def run(*arguments: str, **files: str) -> Done:
        for name, text in files.items():
            Path(name.replace("__", ".")).write_text(text, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", ["refkit", "validate", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfd.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return run


EXITS = {
    "clean": (CLEAN, [], 0),
    "info": (INFO, [], 0),
    "warning": (WARNING, [], 1),
    "error": (ERROR, [], 1),
    "fail-on-info": (INFO, ["--fail-on", "info"], 1),
    "fail-on-error": (WARNING, ["--fail-on", "error"], 0),
    "ignored": (WARNING, ["--ignore", "RK402"], 0),
    "fixed": (WARNING, ["--fix"], 0),
    "would-change": (INFO, ["--diff"], 1),
    "would-not-change": (CLEAN, ["--diff"], 0),
    "unchecked": (DOI, [], 0),
    "incomplete": (DOI, ["--fail-on-incomplete"], 3),
    "complete": (CLEAN, ["--fail-on-incomplete"], 0),
}


@pytest.mark.parametrize(("text", "options", "code"), EXITS.values(), ids=EXITS)
def test_exit_code(run: Run, text: str, options: list[str], code: int) -> None:
    assert run("a.bib", "--offline", *options, a__bib=text).code == code


USAGE = {
    "no-such-file": (["missing.bib"], "missing.bib: no such file"),
    "no-files-at-all": ([], "data/references.bib: no such file"),
    "directory": (["."], ".: is a directory"),
    "empty": (["empty.bib"], "empty.bib: is empty; give a .bib store or a list of references"),
    "option": (["--fxi"], "No such option"),
    "format": (["--output-format", "xml"], "'xml' is not one of"),
    "code": (["a.bib", "--select", "RK4O2"], "--select: there is no rule RK4O2; did you mean RK402?"),
    "unsafe-alone": (["a.bib", "--unsafe-fixes"], "--unsafe-fixes needs --fix or --diff"),
    "show-alone": (["a.bib", "--show-fixes"], "--show-fixes needs --fix or --diff"),
    "baseline-alone": (["a.bib", "--write-baseline"], "--write-baseline needs --baseline FILE"),
    "statistics": (["a.bib", "--statistics", "--output-format", "json"], "--statistics works with"),
    "overwrites": (["a.bib", "-o", "./a.bib"], "a.bib: is an input, and would be overwritten"),
    "encoding": (["a.bib", "--encoding", "utf-99"], "utf-99: no such encoding"),
    "wrong-encoding": (["b.bib", "--encoding", "ascii"], "b.bib: is not ascii (byte 1)"),
    "no-baseline": (["a.bib", "--baseline", "none.json"], "none.json: cannot be read"),
    "not-a-baseline": (["a.bib", "--baseline", "b.bib"], "b.bib: is not a baseline"),
}


@pytest.mark.parametrize(("arguments", "message"), USAGE.values(), ids=USAGE)
def test_what_stops_the_command(run: Run, arguments: list[str], message: str) -> None:
    done = run("--offline", *arguments, a__bib=CLEAN, b__bib="é", empty__bib=" \n")
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err


def test_a_setting_that_is_wrong(run: Run) -> None:
    done = run("a.bib", a__bib=CLEAN, refkit__toml="selct = ['RK1']")
    assert done.code == 2
    assert "refkit.toml: selct: no such setting; did you mean 'select'?" in done.err


def test_an_unreadable_file_does_not_hide_the_others(run: Run) -> None:
    done = run("missing.bib", "a.bib", "--offline", "--output-format", "concise", a__bib=WARNING)
    assert done.code == 2
    assert done.out.startswith("a.bib:7:10: RK402 ")
    assert "missing.bib: no such file" in done.err


def test_nothing_is_reported_when_no_file_can_be_read(run: Run) -> None:
    done = run("missing.bib", "other.bib", "--offline")
    assert (done.code, done.out, done.err.count("no such file")) == (2, "", 2)


def test_text_report(run: Run) -> None:
    done = run("a.bib", "--offline", a__bib=WARNING)
    assert done.out.splitlines()[:2] == ["a.bib", "  smith2020alpha, line 7"]
    assert "      doi = {https://doi.org/10.1000/xyz},\n" in done.out
    assert "1 finding in 1 entry: 1 warning.\n1 can be fixed with --fix.\n" in done.out
    assert done.err == ""


def test_fix_writes_and_says_so(run: Run, tmp_path: Path) -> None:
    done = run("a.bib", "--offline", "--fix", "--show-fixes", a__bib=WARNING)
    assert (tmp_path / "a.bib").read_text(encoding="utf-8") == DOI
    assert "Fixed 1 finding in a.bib.\n  fixed a.bib: RK402 smith2020alpha doi: " in done.err
    assert "No findings in 1 entry." in done.out


def test_fix_leaves_a_clean_file_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(CLEAN, encoding="utf-8")
    before = (tmp_path / "a.bib").stat()
    assert run("a.bib", "--offline", "--fix").err == ""
    assert (tmp_path / "a.bib").stat().st_mtime_ns == before.st_mtime_ns


def test_diff_writes_nothing(run: Run, tmp_path: Path) -> None:
    done = run("a.bib", "--offline", "--fix", "--diff", a__bib=INFO)
    assert [line for line in done.out.splitlines() if line[0] in "+-"] == [
        "--- a.bib",
        "+++ a.bib",
        "-  pages = {12-34},",
        "+  pages = {12--34},",
    ]
    assert (tmp_path / "a.bib").read_text(encoding="utf-8") == INFO


def test_fixing_standard_input_prints_the_text(tmp_path: Path) -> None:
    done = _process("-", "--offline", "--fix", given=INFO, folder=tmp_path)
    assert (done.code, done.out) == (0, CLEAN)
    assert "No findings in 1 entry." in done.err


def test_empty_standard_input(tmp_path: Path) -> None:
    done = _process("-", "--offline", given="", folder=tmp_path)
    assert (done.code, done.err) == (2, "refkit: -: is empty; give a .bib store or a list of references\n")


def _process(*arguments: str, given: str, folder: Path) -> Done:
    command = [sys.executable, "-m", "refkit", "validate", *arguments]
    done = subprocess.run(command, input=given.encode(), capture_output=True, cwd=folder, check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_report_into_a_file(run: Run, tmp_path: Path) -> None:
    done = run("a.bib", "--offline", "--output-format", "json", "-o", "report.json", a__bib=WARNING)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert done.out == ""
    assert [found["text"] for found in report["findings"]] == ["https://doi.org/"]
    assert report["summary"] == {
        "files": 1,
        "entries": 1,
        "findings": {"error": 0, "warning": 1, "info": 0},
        "verdicts": {"unchecked": 1},
    }


def test_what_stayed_unchecked_is_said_whatever_the_format(run: Run) -> None:
    done = run("a.bib", "--offline", "--output-format", "concise", a__bib=DOI)
    assert done.out == ""
    assert done.err.startswith("1 DOI unchecked: ")


def test_statistics(run: Run) -> None:
    done = run("a.bib", "--offline", "--statistics", "--output-format", "concise", a__bib=WARNING + INFO)
    counted = [line.split()[:2] for line in done.out.splitlines()]
    assert ["1", "RK402"] in counted
    assert ["1", "RK309"] in counted


def test_configured_files_are_seen_from_the_settings(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "refkit.toml").write_text("files = ['a.bib']\noffline = true", encoding="utf-8")
    (tmp_path / "a.bib").write_text(WARNING, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "inner")
    assert run("--output-format", "concise").out.startswith("../a.bib:7:10: RK402 ")


def test_baseline(run: Run) -> None:
    written = run("a.bib", "--offline", "--baseline", "old.json", "--write-baseline", a__bib=WARNING)
    assert (written.code, written.err) == (0, "Wrote 1 finding to old.json.\n")
    moved = run("a.bib", "--offline", "--baseline", "old.json", "--output-format", "concise", a__bib="\n\n" + WARNING)
    assert (moved.code, moved.out) == (0, "")
    new = WARNING.replace("pages = {12--34}", "pages = {12--34}, volume = {3}")
    found = run("a.bib", "--offline", "--baseline", "old.json", "--output-format", "concise", a__bib=new)
    assert (found.code, [line.split()[1] for line in found.out.splitlines()]) == (1, ["RK004"])


COLOURS = {
    "pipe": ({}, False),
    "forced": ({"FORCE_COLOR": "1"}, True),
    "no-color-wins": ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    "ci": ({"CI": "1"}, False),
}


@pytest.mark.parametrize(("environment", "coloured"), COLOURS.values(), ids=COLOURS)
def test_colour(run: Run, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], coloured: bool) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[33m" in run("a.bib", "--offline", a__bib=WARNING).out) is coloured


def test_no_colour_in_a_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    run("a.bib", "--offline", "-o", "report.txt", a__bib=WARNING)
    assert "\x1b" not in (tmp_path / "report.txt").read_text(encoding="utf-8")


def test_no_network_ends_with_the_findings_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for service in ("CROSSREF", "DOI", "DATACITE"):
        monkeypatch.setenv(f"REFKIT_{service}_URL", "http://127.0.0.1:9")
    done = run("a.bib", a__bib=DOI)
    assert done.code == 0
    assert "1 DOI unchecked: " in done.out


def test_nobody_is_asked_when_no_rule_wants_to_know(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFKIT_CROSSREF_URL", "http://127.0.0.1:9")
    assert "unchecked" not in run("a.bib", "--select", "RK3", a__bib=DOI).out


def test_help_shows_every_option(run: Run) -> None:
    told = run("--help").out
    options = [option for parameter in cli.cli.commands["validate"].params for option in parameter.opts]
    assert [option for option in options if option.startswith("-") and option not in told] == []
