import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from refkit.cli import cli

LINE = (
    "Boon, Jan (2023), “Reputation”, Regulation & Governance, Vol. 17, No. 4, pp. 1114-1130,"
    " (doi: 10.1111/rego.12506).\n"
)
OTHER = "Flemes, Daniel (2016), Regional Leadership, Routledge.\n"


def run(*arguments: str, text: str | None = None):
    return CliRunner().invoke(cli, ["parse", *arguments], input=text)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.txt"
    path.write_text(LINE + OTHER, "utf-8")
    return path


def test_standard_input_to_standard_output():
    result = run("-", text=OTHER)
    assert result.stdout.startswith("@book{flemes2016regional,\n")
    assert result.stderr == "1 reference read\n"


def test_output_file_is_written(listed: Path, tmp_path: Path):
    result = run(str(listed), "-o", str(tmp_path / "out.bib"))
    assert result.stdout == ""
    assert (tmp_path / "out.bib").read_text("utf-8").count("@") == 2


def test_several_inputs_share_one_set_of_keys(listed: Path):
    result = run(str(listed), str(listed))
    assert "@article{boon2023reputation,\n" in result.stdout
    assert "@article{boon2023reputationa,\n" in result.stdout


def test_csl_json_has_one_item_for_each_reference(listed: Path):
    items = json.loads(run(str(listed), "--to", "csl-json").stdout)
    assert [item["id"] for item in items] == ["boon2023reputation", "flemes2016regional"]


def test_jsonl_has_the_keys_of_the_contract(listed: Path):
    rows = [json.loads(line) for line in run(str(listed), "--to", "jsonl").stdout.splitlines()]
    assert list(rows[1]) == ["line", "text", "key", "type", "fields", "csl", "spans", "leftover"]
    assert rows[1]["line"] == 2
    assert rows[1]["spans"][0] == {
        "field": "author",
        "text": "Flemes, Daniel",
        "start": 0,
        "end": 14,
        "confidence": 0.95,
    }


def test_append_keeps_the_store_byte_for_byte(listed: Path, tmp_path: Path):
    store = tmp_path / "store.bib"
    before = "% mine\r\n@misc{boon2023reputation, title = {Other}}\r\n"
    store.write_bytes(before.encode())
    assert run(str(listed), "--append", str(store)).exit_code == 0
    after = store.read_bytes().decode()
    assert after.startswith(before)
    assert "@article{boon2023reputationa,\r\n" in after


def test_keep_text_stores_the_printed_reference(listed: Path):
    assert (
        "refkit-source = {Flemes, Daniel (2016), Regional Leadership, Routledge.}"
        in run(str(listed), "--keep-text").stdout
    )


def test_leftovers_are_told_and_kept(tmp_path: Path):
    text = "Boon, Jan (2023), “Reputation”, Regulation, Vol. 1, pp. 1-2, something nobody can place."
    result = run("-", text=text)
    assert "left over, kept in annote" in result.stderr
    assert "something nobody can place" in result.stdout


BAD = {
    "empty": (b"", "holds no reference"),
    "blank": (b"\n \n", "holds no reference"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, "is not a text file"),
}


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_one_line_and_exit_2(data: bytes, message: str, tmp_path: Path, refkit):
    (tmp_path / "in").write_bytes(data)
    result = refkit("parse", tmp_path / "in")
    assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
    assert message in result.stderr


def test_unreadable_places_are_one_line_and_exit_2(tmp_path: Path, refkit):
    for place, message in ((tmp_path, "is a directory"), (tmp_path / "none", "no such file")):
        result = refkit("parse", place)
        assert (result.returncode, len(result.stderr.splitlines())) == (2, 1)
        assert message in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_exit_2(listed: Path, tmp_path: Path, refkit):
    (tmp_path / "locked").mkdir(mode=0o500)
    assert refkit("parse", listed, "-o", tmp_path / "locked" / "out.bib").returncode == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding: str, tmp_path: Path, refkit):
    (tmp_path / "in").write_bytes("Müller, Jörg (2016), Über Führung, Nomos.".encode(encoding))
    assert "author = {Müller, Jörg}" in refkit("parse", tmp_path / "in").stdout


def test_show_puts_doubtful_references_first():
    doubtful = "Boon, Jan (2023), “Reputation”, Regulation, Vol. 1, pp. 1-2, something nobody can place.\n"
    lines = run("-", "--show", text=OTHER + doubtful).stdout.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("line")] == ["2", "1"]


def test_min_confidence_leaves_doubtful_text_over():
    assert "annote = {Flemes, Daniel; " in run("-", "--min-confidence", "0.99", text=OTHER).stdout


def test_errors_lists_bad_lines_and_the_run_goes_on(tmp_path: Path):
    (tmp_path / "in").write_bytes(OTHER.encode() + b"M\xfcller, J. (2001), Titel, Nomos.\n" + b"x" * 30_000 + b"\n")
    result = run(str(tmp_path / "in"), "--one-per-line", "--errors", str(tmp_path / "errors"))
    rows = [json.loads(line) for line in (tmp_path / "errors").read_text("utf-8").splitlines()]
    assert [row["line"] for row in rows] == [2, 3]
    assert result.stderr.endswith("3 references read\n")


def test_several_processes_give_the_same(tmp_path: Path, refkit):
    (tmp_path / "in").write_text("".join(f"Boon, Jan ({1900 + n % 100}), Title {n}, Routledge.\n" for n in range(3000)))
    alone, many = (refkit("parse", tmp_path / "in", "--jobs", jobs).stdout for jobs in (1, 2))
    assert alone == many


def test_a_large_list_is_read_line_by_line(listed: Path, monkeypatch):
    whole = run(str(listed)).stdout
    monkeypatch.setattr("refkit.commands.parse._LARGE", 10)
    monkeypatch.setattr("refkit.commands.parse.read_source", None)
    assert run(str(listed)).stdout == whole


def test_a_large_list_may_cite_several_works_in_a_line(listed: Path, monkeypatch):
    listed.write_text(LINE + OTHER.replace(".\n", ", p. 5; Kuhn, Thomas (1962), Revolutions, Chicago.\n"), "utf-8")
    whole = run(str(listed)).stdout
    monkeypatch.setattr("refkit.commands.parse._LARGE", 10)
    monkeypatch.setattr("refkit.commands.parse.read_source", None)
    assert run(str(listed)).stdout == whole
    assert whole.count("@") == 3
    assert run(str(listed), "--one-per-line").stdout.count("@") == 2


def test_text_outside_the_list_is_told():
    result = run("-", text=f"My Paper\n\nSome words.\n\nReferences\n\n{OTHER}")
    assert result.stderr.splitlines()[0] == "-: 2 lines outside the list passed over, the first is line 1"
