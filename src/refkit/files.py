"""Reading input and replacing files: the one place that opens the user's files."""

import os
import sys
import tempfile
from pathlib import Path

from refkit.errors import InputError, StoreError
from refkit.model import Source

STDIN = "-"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LEGACY = ("cp1252", "latin-1")


def read_source(name: str, encoding: str | None = None) -> Source:
    """Read a file, or standard input for `-`, in an encoding that is given or found out.

    Raises InputError, with what to do, for a missing file, a directory, no permission and a binary file.
    """
    data = sys.stdin.buffer.read() if name == STDIN else _read_bytes(Path(name))
    return decode(name, data) if encoding is None else _decode_as(name, data, encoding)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the name, or give another file") from error
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a directory; name the files in it") from error
    except PermissionError as error:
        raise InputError(f"{path}: no permission to read; change the file's mode or owner") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from error


def decode(name: str, data: bytes) -> Source:
    """Decode bytes: byte order mark, else UTF-8, else a legacy single-byte code page.

    Raises InputError when the bytes are no text at all.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Source(name, _decode_marked(name, data, encoding), encoding)
    if b"\0" in data:
        raise InputError(f"{name}: is not a text file; give plain text or .bib")
    for encoding in ("utf-8", *_LEGACY):
        try:
            return Source(name, data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 decodes any bytes")


def _decode_as(name: str, data: bytes, encoding: str) -> Source:
    try:
        return Source(name, data.decode(encoding), encoding)
    except LookupError as error:
        raise InputError(f"{encoding}: no such encoding; Python's names hold, such as utf-8 or cp1256") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is not {encoding} (byte {error.start + 1}); name its true encoding") from error


def _decode_marked(name: str, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
        return text if encoding == "utf-8-sig" else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: begins like {encoding} but is not; save it as UTF-8") from error


def encode(source: Source, text: str) -> bytes:
    """`text` in the encoding, and with the byte order mark, that `source` was read in."""
    if source.encoding.startswith("utf-16"):
        return ("\ufeff" + text).encode(source.encoding)
    return text.encode(source.encoding)


def replace_file(path: Path, data: bytes, expected: bytes | None = None) -> None:
    """Replace the file atomically: a reader sees the old bytes or the new ones, also when the run is killed.

    The mode is kept and a symbolic link followed. With `expected`, the file is left alone when it no longer holds
    these bytes. Raises StoreError when it cannot be written or was changed meanwhile.
    """
    target = path.resolve()
    try:
        if expected is not None and target.read_bytes() != expected:
            raise StoreError(f"{path}: changed while refkit was working; nothing was written, run it again")
        mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); check the folder's permissions") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, mode)  # noqa: PTH101 - the path is a string
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StoreError(f"{path}: cannot be written ({error.strerror}); nothing was changed") from error
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
