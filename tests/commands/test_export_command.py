"""`refkit export` and `refkit styles`: files, settings, output, exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from refkit.cli import cli

BIB = """@book{a, author={Smith, John}, title={T}, year=2019, publisher={P}}
@book{b, author={Adams, Ann}, title={U}, year=2018}
"""
LINES = "Adams, A. (2018). U.\nSmith, J. (2019). T. P.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()
    Path("data").mkdir()
    Path("data/references.bib").write_text(BIB)


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(cli, list(arguments), input=given)


OUTPUTS = {
    "default store": ([], LINES),
    "a file": (["data/references.bib"], LINES),
    "the same file twice": (["data/references.bib", "data/references.bib"], LINES),
    "keys": (["--keys", "a"], "Smith, J. (2019). T. P.\n"),
    "keys with blanks": (["--keys", " a , b "], LINES),
    "cite": (["--cite", "a,b"], "(Adams, 2018; Smith, 2019)\n"),
    "cite twice": (["--cite", "a", "--cite", "b"], "(Smith, 2019)\n(Adams, 2018)\n"),
    "style": (["--style", "ieee", "--keys", "a"], "[1] J. Smith, T. P, 2019.\n"),
    "order of the file": (["--sort", "file"], "Smith, J. (2019). T. P.\nAdams, A. (2018). U.\n"),
    "data format": (
        ["--to", "ris", "--keys", "b"],
        "TY  - BOOK\nAU  - Adams, Ann\nPY  - 2018\nTI  - U\nID  - b\nER  - \n",
    ),
}


@pytest.mark.parametrize(("arguments", "output"), OUTPUTS.values(), ids=OUTPUTS)
def test_output(arguments: list[str], output: str) -> None:
    result = run("export", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (0, output, "")


def test_standard_input_and_lists() -> None:
    given = "Smith, John (2019), “A Title”, Journal of Things, Vol. 2, No. 1, pp. 1-9.\n"
    result = run("export", "-", given=given)
    assert result.stdout == "Smith, J. (2019). A Title. Journal of Things, 2(1), 1–9.\n"


def test_output_file() -> None:
    result = run("export", "--to", "csl-json", "-o", "out.json")
    assert (result.stdout, result.stderr) == ("", "2 entries to out.json\n")
    assert [item["id"] for item in json.loads(Path("out.json").read_text("utf-8"))] == ["a", "b"]


def test_settings_choose_style_and_locale() -> None:
    Path("refkit.toml").write_text('files = ["data/references.bib"]\nstyle = "chicago-author-date"\nlocale = "de-DE"\n')
    assert run("export", "--keys", "a").stdout == "Smith, John. 2019. T. P.\n"


def test_broken_entries_are_told() -> None:
    Path("b.bib").write_text("@book{a, title={T}}\n@book{b, title {U}}\n")
    result = run("export", "b.bib")
    assert result.stdout.startswith("T.")
    assert result.stderr.startswith("b.bib:2: entry left out: ")


def test_what_a_style_leaves_out_is_told() -> None:
    Path("b.bib").write_text("@inreference{b, title={T}, booktitle={Britannica}}\n@set{s, entryset={b}}\n")
    result = run("export", "b.bib", "--style", "chicago-author-date")
    assert (result.stdout, result.stderr) == ("", "b: left out by the style\n")


ERRORS = {
    "unknown style": (["--style", "apaa"], "no style is called 'apaa'; did you mean apa"),
    "unknown locale": (["--locale", "xx"], "no locale is called 'xx'"),
    "unknown key": (["--keys", "zz"], "no entry has the key 'zz'"),
    "unknown cited key": (["--cite", "zz"], "no entry has the key 'zz'"),
    "missing file": (["none.bib"], "none.bib: no such file"),
    "a folder": (["data"], "data: is a directory"),
    "onto itself": (["-o", "data/references.bib"], "is an input, and would be overwritten"),
    "cite in a data format": (["--to", "ris", "--cite", "a"], "--cite prints a citation; --to ris is a data format"),
    "missing style file": (["--style", "none.csl"], "none.csl: cannot be read"),
    "no folder to write to": (["-o", "none/x.txt"], "none/x.txt: cannot be written"),
}


@pytest.mark.parametrize(("arguments", "message"), ERRORS.values(), ids=ERRORS)
def test_errors(arguments: list[str], message: str) -> None:
    result = run("export", *arguments)
    assert message in str(result.exception)


def test_an_empty_store_is_told() -> None:
    Path("e.bib").write_text("")
    assert "e.bib: holds no entry" in str(run("export", "e.bib").exception)


STYLES = {
    "short names": ([], "mla "),
    "a word": (["ieee"], "ieee  "),
    "words": (["iran", "manual"], "iran-manual-of-style  Iran Manual of Style"),
    "a dependent style": (["nature", "physics"], "nature-physics"),
}


@pytest.mark.parametrize(("words", "part"), STYLES.values(), ids=STYLES)
def test_styles(words: list[str], part: str) -> None:
    assert part in run("styles", *words).stdout


def test_long_lists_are_cut() -> None:
    result = run("styles", "journal")
    assert len(result.stdout.splitlines()) == 40
    assert result.stderr.endswith("more; give more words, or --all\n")


def test_all_lists_everything() -> None:
    assert len(run("styles", "--all").stdout.splitlines()) > 10_000


def test_no_match_is_told() -> None:
    assert "no style matches 'chicagoo'; did you mean chicago" in str(run("styles", "chicagoo").exception)
