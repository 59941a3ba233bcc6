"""Settings: where they are looked for, what wins, and what is said about a slip."""

from pathlib import Path

import pytest

from refkit.config import Layout, Settings, ignores, load_settings, selection
from refkit.errors import ConfigError
from refkit.model import Severity

FULL = """
[tool.refkit]
files = ["a.bib", "lists/b.txt"]
select = ["RK3", "RK402"]
ignore = ["RK304"]
extend-select = ["RK501"]
dialect = "biblatex"
fail-on = "error"
mailto = "someone@example.org"
cache-dir = "cache"
style = "ieee"
locale = "fa-IR"
offline = true

[tool.refkit.severity]
RK309 = "error"

[tool.refkit.per-file-ignores]
"old/*.bib" = ["RK1"]

[tool.refkit.per-entry-ignores]
kiani2021iran = { RK407 = "the chapter has no DOI of its own" }

[tool.refkit.format]
align = true
sort = "key"
indent = 4
"""


def _written(folder: Path, text: str, name: str = "pyproject.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_key_is_read(tmp_path: Path) -> None:
    settings = load_settings(_written(tmp_path, FULL), {})
    assert settings == Settings(
        path=tmp_path / "pyproject.toml",
        files=("a.bib", "lists/b.txt"),
        select=("RK3", "RK402"),
        ignore=("RK304",),
        extend_select=("RK501",),
        severity={"RK309": Severity.ERROR},
        per_file_ignores={"old/*.bib": ("RK1",)},
        per_entry_ignores={"kiani2021iran": {"RK407": "the chapter has no DOI of its own"}},
        dialect="biblatex",
        fail_on=Severity.ERROR,
        mailto="someone@example.org",
        cache_dir=str(tmp_path / "cache"),
        style="ieee",
        locale="fa-IR",
        format=Layout(align=True, sort="key", indent=4),
        offline=True,
    )


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert load_settings(tmp_path, {}) == Settings()


WHERE = {
    "here": ({"refkit.toml": 'style = "here"'}, "here"),
    "above": ({"../refkit.toml": 'style = "above"'}, "above"),
    "nearest": ({"refkit.toml": 'style = "here"', "../refkit.toml": 'style = "above"'}, "here"),
    "refkit.toml-first": ({"refkit.toml": 'style = "own"', "pyproject.toml": '[tool.refkit]\nstyle = "py"'}, "own"),
    "pyproject-without-table": ({"pyproject.toml": "[project]", "../refkit.toml": 'style = "above"'}, "above"),
    "not-above-the-repository": ({".git": "", "../refkit.toml": 'style = "above"'}, "apa"),
}


@pytest.mark.parametrize(("files", "style"), WHERE.values(), ids=WHERE)
def test_which_file_counts(tmp_path: Path, files: dict[str, str], style: str) -> None:
    (folder := tmp_path / "inner").mkdir()
    (tmp_path / ".git").mkdir()
    for name, text in files.items():
        _written(folder, text, name)
    assert load_settings(folder, {}).style == style


ENVIRONMENT = {
    "REFKIT_SELECT": ("RK1, RK2", "select", ("RK1", "RK2")),
    "REFKIT_OFFLINE": ("1", "offline", True),
    "REFKIT_MAILTO": ("a@b.org", "mailto", "a@b.org"),
    "REFKIT_CROSSREF_URL": ("http://127.0.0.1:1/", "crossref_url", "http://127.0.0.1:1/"),
    "REFKIT_FAIL_ON": ("info", "fail_on", Severity.INFO),
    "REFKIT_STYLE": ("mla", "style", "mla"),
}


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_environment_wins_over_the_file(tmp_path: Path, name: str) -> None:
    text, field, value = ENVIRONMENT[name]
    assert getattr(load_settings(_written(tmp_path, FULL), {name: text}), field) == value


WRONG = {
    "unknown-key": ("selct = []", "refkit.toml: selct: no such setting; did you mean 'select'?"),
    "underscore": ("fail_on = 'info'", "refkit.toml: fail_on: no such setting; did you mean 'fail-on'?"),
    "no-near-key": ("zzz = 1", "refkit.toml: zzz: no such setting; known: files, select"),
    "text-for-list": ("select = 'RK1'", "refkit.toml: select: expected a list"),
    "number-in-list": ("files = ['a', 3]", "refkit.toml: files[1]: expected a text in quotes, not 3"),
    "text-for-flag": ("offline = 'yes'", "refkit.toml: offline: expected true or false, not 'yes'"),
    "choice": ("dialect = 'bibtx'", "expected one of auto, bibtex, biblatex, not 'bibtx'; did you mean 'bibtex'?"),
    "severity": ("[severity]\nRK1 = 'warn'", "refkit.toml: severity.RK1: expected one of error, warning, info"),
    "no-reason": ("[per-entry-ignores]\na = {RK1 = ' '}", "per-entry-ignores.a.RK1: say why"),
    "list-of-codes": ("[per-entry-ignores]\na = ['RK1']", "per-entry-ignores.a: expected a table"),
    "in-format": ("[format]\naling = true", "refkit.toml: format.aling: no such setting; did you mean 'align'?"),
    "indent": ("[format]\nindent = true", "format.indent: expected a number from 0 to 16, not True"),
    "base-address": ("crossref-url = 'https://x.org'", "crossref-url: no such setting"),
    "not-toml": ("select = [", "refkit.toml: is not valid TOML"),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_slips_in_the_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(_written(tmp_path, text, "refkit.toml"), {})
    assert message in str(caught.value)


def test_slip_in_the_environment(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="REFKIT_OFFLINE: expected 1 or 0, not 'maybe'"):
        load_settings(tmp_path, {"REFKIT_OFFLINE": "maybe"})


def test_pyproject_paths_name_the_table(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"pyproject.toml: tool\.refkit\.stile: no such setting; did you mean 'style'"
    ):
        load_settings(_written(tmp_path, "[tool.refkit]\nstile = 1"), {})


CODES = {
    "all-default": (Settings(), {}, ["RK401"], ["RK501"]),
    "settings": (Settings(select=("RK3",)), {}, ["RK301"], ["RK401"]),
    "option-replaces": (Settings(select=("RK3",), ignore=("RK4",)), {"select": ["RK4"]}, ["RK401"], ["RK301"]),
    "option-adds": (Settings(ignore=("RK3",)), {"ignore": ["RK401"]}, ["RK402"], ["RK301", "RK401"]),
    "extend": (Settings(), {"extend": ["RK501"]}, ["RK501", "RK401"], []),
    "longest-wins": (Settings(), {"select": ["RK402"], "ignore": ["RK4"]}, ["RK402"], ["RK401"]),
    "tie-is-ignored": (Settings(), {"select": ["RK4"], "ignore": ["RK4"]}, [], ["RK401"]),
    "everything": (Settings(), {"select": ["ALL"]}, ["RK501", "RK401"], []),
    "lower-case-and-commas": (Settings(), {"select": ["rk3, rk402"]}, ["RK301", "RK402"], ["RK401"]),
}


@pytest.mark.parametrize(("settings", "options", "on", "off"), CODES.values(), ids=CODES)
def test_selection(settings: Settings, options: dict[str, list[str]], on: list[str], off: list[str]) -> None:
    codes = selection(settings, **options).codes
    assert [code in codes for code in (*on, *off)] == [True] * len(on) + [False] * len(off)


UNKNOWN = {
    "option": (Settings(), ["RK444"], "--select: there is no rule RK444; did you mean RK4"),
    "name-for-code": (Settings(), ["doi-with-resolver"], "did you mean RK402?"),
    "file": (Settings(Path("refkit.toml"), ignore=("RX1",)), [], "refkit.toml: ignore: there is no rule RX1"),
    "severity": (
        Settings(Path("x/pyproject.toml"), severity={"RK": Severity.INFO, "Q": Severity.INFO}),
        [],
        "severity",
    ),
}


@pytest.mark.parametrize(("settings", "select", "message"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_codes(settings: Settings, select: list[str], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        selection(settings, select)
    assert message in str(caught.value)


def test_severity_of_the_longest_prefix() -> None:
    table = {"RK3": Severity.INFO, "RK301": Severity.ERROR}
    severities = selection(Settings(severity=table)).severities
    assert (severities["RK301"], severities["RK302"]) == (Severity.ERROR, Severity.INFO)


def test_unknown_code_in_an_ignore() -> None:
    with pytest.raises(ConfigError, match=r"per-entry-ignores\.a: there is no rule RK99"):
        ignores(Settings(Path("refkit.toml"), per_entry_ignores={"a": {"RK99": "why"}}))
