"""Bytes in, bytes out; files replaced whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from refkit.errors import InputError, StoreError
from refkit.files import decode, encode, read_source, replace_file

PERSIAN = "@book{a, title = {آب خاك باران}}"
ENCODED = {
    "empty": (b"", "utf-8", ""),
    "UTF-8": ("é آ".encode(), "utf-8", "é آ"),
    "UTF-8 with mark": (b"\xef\xbb\xbf@misc{a}", "utf-8-sig", "@misc{a}"),
    "two marks": (b"\xef\xbb\xbf\xef\xbb\xbfa", "utf-8-sig", "\ufeffa"),
    "no UTF-8 after its mark": (b"\xef\xbb\xbfG\xf6del", "cp1252", "ï»¿Gödel"),
    "UTF-16 with mark": ("\ufeff@misc{é}".encode("utf-16-le"), "utf-16-le", "@misc{é}"),
    "UTF-16, other order": ("\ufeff@misc{é}".encode("utf-16-be"), "utf-16-be", "@misc{é}"),
    "UTF-16 without mark": ("@misc{é}".encode("utf-16-le"), "utf_16_le", "@misc{é}"),
    "UTF-16 without mark, other order": ("@misc{é}".encode("utf-16-be"), "utf_16_be", "@misc{é}"),
    "Western": ("Gödel à la carte".encode("cp1252"), "cp1252", "Gödel à la carte"),
    "Western, undefined byte": (b"G\xf6del \x81", "latin-1", "Gödel \x81"),
    "Persian code page": (PERSIAN.encode("cp1256"), "cp1256", PERSIAN),
    "Cyrillic code page": ("Привет мир".encode("cp1251"), "latin-1", "Ïðèâåò ìèð"),
    "Chinese code page": ("中文参考文献".encode("gbk"), "latin-1", "中文参考文献".encode("gbk").decode("latin-1")),
    "declared by JabRef": (
        "% Encoding: ISO-8859-15\nprix €".encode("iso8859-15"),
        "iso8859-15",
        "% Encoding: ISO-8859-15\nprix €",
    ),
    "declared by old JabRef": (
        b"This file was created with JabRef 2.2.\nEncoding: MacRoman\n\x8e",
        "mac-roman",
        "This file was created with JabRef 2.2.\nEncoding: MacRoman\né",
    ),
    "declared by Emacs": ("% -*- coding: gbk -*-\n中文".encode("gbk"), "gbk", "% -*- coding: gbk -*-\n中文"),
    "declared wrongly": ("% Encoding: ISO-8859-1\né".encode(), "utf-8", "% Encoding: ISO-8859-1\né"),
    "declared, unknown": (b"% Encoding: no-such\n\xe9", "cp1252", "% Encoding: no-such\né"),
    "declared, no text encoding": (b"% Encoding: rot13\n\xe9", "cp1252", "% Encoding: rot13\né"),
    "a NUL in much text": (b"@misc{a, note = {x\0}}" + b" " * 40, "utf-8", "@misc{a, note = {x\0}}" + " " * 40),
    "line ends": (b"a\r\nb\rc\n", "utf-8", "a\r\nb\rc\n"),
}


@pytest.mark.parametrize(("data", "encoding", "text"), ENCODED.values(), ids=ENCODED)
def test_bytes_in_bytes_out(data: bytes, encoding: str, text: str) -> None:
    source = decode("refs.bib", data)
    assert (source.encoding, source.text, encode(source, source.text)) == (encoding, text, data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0", id="picture"),
        pytest.param(b"\xff\xfe\0\xd8", id="UTF-16 cut short"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^x\.bib: "):
        decode("x.bib", data)


def test_an_encoding_that_is_given(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes("é".encode("cp850"))
    assert read_source(str(path), "cp850").text == "é"


@pytest.mark.parametrize("encoding", ["no-such", "ascii"])
def test_a_wrong_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"\xe9")
    with pytest.raises(InputError, match=encoding):
        read_source(str(path), encoding)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a directory"):
        read_source(str(tmp_path))
    with pytest.raises(InputError, match="no such file"):
        read_source(str(tmp_path / "none.bib"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    return path


def test_replaces_and_leaves_nothing_behind(store: Path) -> None:
    replace_file(store, b"new", expected=b"old")
    assert {path.name: path.read_bytes() for path in store.parent.iterdir()} == {"refs.bib": b"new"}


def test_keeps_the_mode(store: Path) -> None:
    store.chmod(0o640)
    replace_file(store, b"new")
    assert stat.S_IMODE(store.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "made").touch()
    replace_file(tmp_path / "new.bib", b"x")
    assert (tmp_path / "new.bib").stat().st_mode == (tmp_path / "made").stat().st_mode


def test_follows_a_symbolic_link(store: Path) -> None:
    link = store.with_name("link.bib")
    link.symlink_to(store.name)
    replace_file(link, b"new")
    assert (link.is_symlink(), store.read_bytes()) == (True, b"new")


def test_a_file_that_changed_meanwhile_is_left_alone(store: Path) -> None:
    with pytest.raises(StoreError, match="changed while refkit was working"):
        replace_file(store, b"new", expected=b"older")
    assert {path.name: path.read_bytes() for path in store.parent.iterdir()} == {"refs.bib": b"old"}


def test_a_file_that_went_away_is_told(store: Path) -> None:
    store.unlink()
    with pytest.raises(StoreError, match="cannot be written"):
        replace_file(store, b"new", expected=b"old")
    assert list(store.parent.iterdir()) == []


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(StoreError, match="cannot be written"):
        replace_file(tmp_path / "a", b"new")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        replace_file(tmp_path / "none" / "refs.bib", b"new")


def test_a_device_is_written_to() -> None:
    replace_file(Path(os.devnull), b"new")
    assert not Path(os.devnull).is_file()


def test_leftovers_of_killed_runs_are_removed_and_those_of_running_ones_kept(store: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    dead, alive = store.with_name(".refs.bib.refkit-dead"), store.with_name(".refs.bib.refkit-live")
    dead.touch()
    with alive.open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        replace_file(store, b"new")
        assert sorted(path.name for path in store.parent.iterdir()) == [".refs.bib.refkit-live", "refs.bib"]
