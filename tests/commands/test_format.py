"""`refkit format`: where the result goes, what is said, and the exit code."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from refkit.cli import cli
from refkit.errors import ConfigError

UGLY, NEAT = b"@misc{a,title={T}}", b"@misc{a,\n  title = {T},\n}\n"
BROKEN = b"@misc{a, title {T}}\n"
DIFF = "--- refs.bib\n+++ refs.bib\n@@ -1 +1,3 @@\n-@misc{a,title={T}}\n\\ No newline at end of file\n"
DIFF += "+@misc{a,\n+  title = {T},\n+}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    Path("refs.bib").write_bytes(UGLY)
    Path("neat.bib").write_bytes(NEAT)
    return tmp_path


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(cli, ["format", *arguments], input=given)


RUNS = {
    "in place": (["refs.bib"], 0, "", "refs.bib: formatted\n"),
    "nothing to do": (["neat.bib"], 0, "", ""),
    "check": (["--check", "refs.bib", "neat.bib"], 1, "", "refs.bib: would be reformatted\n"),
    "check, clean": (["--check", "neat.bib"], 0, "", ""),
    "diff": (["--diff", "refs.bib"], 1, DIFF, ""),
    "missing file, others done": (
        ["none.bib", "refs.bib"],
        2,
        "",
        "refkit: none.bib: no such file; check the name, or give another file\nrefs.bib: formatted\n",
    ),
}


@pytest.mark.parametrize(("arguments", "code", "stdout", "stderr"), RUNS.values(), ids=RUNS)
def test_what_it_says(arguments: list[str], code: int, stdout: str, stderr: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (code, stdout, stderr)


FILES = {
    "in place": (["refs.bib"], {"refs.bib": NEAT, "neat.bib": NEAT}),
    "check writes nothing": (["--check", "refs.bib"], {"refs.bib": UGLY, "neat.bib": NEAT}),
    "diff writes nothing": (["--diff", "refs.bib"], {"refs.bib": UGLY, "neat.bib": NEAT}),
    "output": (["refs.bib", "-o", "out.bib"], {"refs.bib": UGLY, "neat.bib": NEAT, "out.bib": NEAT}),
    "output of a clean file": (["neat.bib", "-o", "out.bib"], {"refs.bib": UGLY, "neat.bib": NEAT, "out.bib": NEAT}),
    "diff to a file": (["--diff", "refs.bib", "-o", "d"], {"refs.bib": UGLY, "neat.bib": NEAT, "d": DIFF.encode()}),
}


@pytest.mark.parametrize(("arguments", "expected"), FILES.values(), ids=FILES)
def test_what_it_writes(arguments: list[str], expected: dict[str, bytes]) -> None:
    run(*arguments)
    assert {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()} == expected


STREAMS = {
    "laid out": (UGLY, NEAT),
    "as it is": (NEAT, NEAT),
    "empty": (b"", b""),
    "in its own encoding": ("@misc{a,title={é}}".encode("cp1252"), "@misc{a,\n  title = {é},\n}\n".encode("cp1252")),
    "with its mark": (b"\xef\xbb\xbf" + UGLY, b"\xef\xbb\xbf" + NEAT),
    "with its line ends": (b"@misc{a,\r\ntitle={T}}", b"@misc{a,\r\n  title = {T},\r\n}\r\n"),
}


@pytest.mark.parametrize(("given", "expected"), STREAMS.values(), ids=STREAMS)
def test_standard_input(given: bytes, expected: bytes) -> None:
    assert run("-", given=given).stdout_bytes == expected


NOTES = {
    "broken": (BROKEN, "-:1:10: entry left as it is: `=` is expected after the field name title\n"),
    "no BibTeX": (b"a list of references", "-: left as it is: holds no BibTeX\n"),
    "many": (BROKEN * 25, "-: and 5 more; refkit validate lists them\n"),
}


@pytest.mark.parametrize(("given", "note"), NOTES.values(), ids=NOTES)
def test_what_is_left_alone_is_told(given: bytes, note: str) -> None:
    result = run("-", given=given)
    assert (result.exit_code, result.stderr.endswith(note), result.stdout_bytes) == (0, True, given)


WRONG = {
    "check with output": (["--check", "refs.bib", "-o", "out.bib"], "--check writes nothing"),
    "output of two files": (["refs.bib", "neat.bib", "-o", "out.bib"], "-o takes the result of one file"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_contradictions_are_refused(arguments: list[str], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        CliRunner().invoke(cli, ["format", *arguments], catch_exceptions=False)


def test_settings_and_default_files() -> None:
    Path("refkit.toml").write_text('files = ["refs.bib", "list.txt"]\n[format]\nindent = 4\nalign = true\n')
    run()
    assert Path("refs.bib").read_text() == "@misc{a,\n    title = {T},\n}\n"


def test_sort_by_option() -> None:
    assert run("-", "--sort", "key", given=b"@misc{b,\n}\n\n@misc{a,\n}\n").stdout == "@misc{a,\n}\n\n@misc{b,\n}\n"
