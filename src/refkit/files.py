"""Reading input and replacing files: the one place that opens the user's files."""

import codecs
import contextlib
import glob
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from refkit.errors import InputError, StoreError
from refkit.model import Source

try:
    import fcntl
except ImportError:  # Windows has none, and does not let go of open files either
    fcntl = None  # type: ignore[assignment]

STDIN = "-"
STORE_NAMES = (".bib", ".bibtex")
UNKNOWN = "latin-1"  # stands for any code page that is not known: each byte becomes one character, and back
_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
_LEFTOVER = ".refkit-"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# The declaration that JabRef and Emacs write into the first lines of a file.
_DECLARED = re.compile(
    rb"(?:^%?[ \t]*+encoding[ \t]*+:|-\*-[^\r\n]{0,80}?coding[ \t]*+:)[ \t]*+([\w.:-]{1,40})",
    re.IGNORECASE | re.MULTILINE,
)
_DECLARED_WITHIN = 1000
_TRUSTED = re.compile(r"iso8859|latin|cp[0-9]|mac|koi8|gb|big5|euc|shift|tis")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 65_536
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))


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


def is_store(source: Source) -> bool:
    """Whether the file is a .bib store: by its name, else because an `@type{` begins a line."""
    return source.name.lower().endswith(STORE_NAMES) or _ENTRY.search(source.text) is not None


def read_lines(name: str) -> Iterator[tuple[str, str | None]]:
    """The lines of a large UTF-8 file (or of standard input for `-`), one at a time, without their ends.

    With each comes None, or what is wrong with it: a line that is not UTF-8 is read as cp1252. Raises InputError as
    `read_source` does.
    """
    if name != STDIN and (not Path(name).is_file() or not os.access(name, os.R_OK)):
        _read_bytes(Path(name))
    with sys.stdin.buffer if name == STDIN else Path(name).open("rb") as stream:
        for data in stream:
            try:
                yield data.decode("utf-8").rstrip("\r\n").lstrip("\ufeff"), None
            except UnicodeDecodeError as error:
                yield data.decode("cp1252", "replace").rstrip("\r\n"), f"byte {error.start + 1} is not UTF-8"


def decode(name: str, data: bytes) -> Source:
    """Decode bytes: byte order mark, else UTF-8, else the encoding the file declares, else a legacy code page.

    Whatever the encoding, `encode` gives the same bytes back. A file that is not UTF-8 and declares nothing is read as
    cp1256 or cp1252 when its bytes look like Persian or Western words, else as UNKNOWN. Raises InputError when the
    bytes are no text at all.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom) and (text := _decode_marked(name, data, encoding)) is not None:
            return Source(name, text, encoding)
    wide = _wide(data)
    if not wide and _is_binary(data):
        raise InputError(f"{name}: is not a text file; give plain text or .bib")
    for encoding in (*wide, "utf-8", *_declared(data), *_legacy(data)):
        try:
            text = data.decode(encoding)
            if encoding == "utf-8" or text.encode(encoding) == data:
                return Source(name, text, encoding)
        except UnicodeError:
            continue
    raise AssertionError("latin-1 decodes any bytes")


def _decode_as(name: str, data: bytes, encoding: str) -> Source:
    try:
        return Source(name, data.decode(encoding), encoding)
    except LookupError as error:
        raise InputError(f"{encoding}: no such encoding; Python's names hold, such as utf-8 or cp1256") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is not {encoding} (byte {error.start + 1}); name its true encoding") from error


def _wide(data: bytes) -> tuple[str, ...]:
    """UTF-16 without a byte order mark: every second byte of Latin letters is NUL, of the other bytes none."""
    even, odd = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    if max(even, odd) * 8 <= min(len(data), _SAMPLE) or min(even, odd) * 50 > max(even, odd):
        return ()
    # With underscores Python reads and writes the same codec, and `encode` adds no byte order mark.
    return ("utf_16_le",) if odd > even else ("utf_16_be",)


def _declared(data: bytes) -> tuple[str, ...]:
    """The encoding named in the first lines; a name of no text encoding is passed over."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    if found is None:
        return ()
    try:
        known = codecs.lookup(found[1].decode("ascii", "replace")).name
    except LookupError:
        return ()
    return (known,) if _TRUSTED.match(known) else ()


def _legacy(data: bytes) -> tuple[str, ...]:
    """Code pages by the shape of words: Western languages have single high bytes between ASCII letters.

    Whole words of high bytes are Arabic script when they are that in cp1256; else the code page remains unknown.
    """
    runs = _HIGH_RUN.findall(data.removeprefix(codecs.BOM_UTF8)[: 16 * _SAMPLE])
    words = b"".join(run for run in runs if len(run) > 2).decode("cp1256")
    if len(words) * 2 <= sum(map(len, runs)):
        return "cp1252", UNKNOWN
    arabic = sum("\u0600" <= letter <= "\u06ff" or letter == "\u200c" for letter in words)
    return ("cp1256", UNKNOWN) if arabic * 10 >= len(words) * 9 else (UNKNOWN,)


def _is_binary(data: bytes) -> bool:
    """More than a few stray control characters; NULs have been found in real .bib files."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls * 50 > len(sample) + 200


def _decode_marked(name: str, data: bytes, encoding: str) -> str | None:
    """The text behind a byte order mark; None where the mark of UTF-8 stands before something else."""
    try:
        text = data.decode(encoding)
        return text if encoding == "utf-8-sig" else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if encoding == "utf-8-sig":
            return None
        raise InputError(f"{name}: begins like {encoding} but is not; save it as UTF-8") from error


def encode(source: Source, text: str) -> bytes:
    """`text` in the encoding, and with the byte order mark, that `source` was read in."""
    if source.encoding.startswith("utf-16"):
        return ("\ufeff" + text).encode(source.encoding)
    return text.encode(source.encoding)


def replace_file(path: Path, data: bytes | Iterable[bytes], expected: bytes | None = None) -> None:
    """Replace the file atomically: a reader sees the old bytes or the new ones, also when the run is killed.

    The mode is kept, the owner where that is allowed, and a symbolic link followed; a pipe or device is written to.
    With `expected`, the file is left alone when it no longer holds these bytes. What a killed run leaves behind, a file
    `.NAME.refkit-…` beside it, is removed by the next one. Raises StoreError when the file cannot be written or was
    changed meanwhile.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.writelines(_pieces(data))
        else:
            _replace(path, path.resolve(), data, expected)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "a circle of symbolic links"
        raise StoreError(f"{path}: cannot be written ({reason}); nothing was changed") from error


def _pieces(data: bytes | Iterable[bytes]) -> Iterable[bytes]:
    return (data,) if isinstance(data, bytes) else data


def _replace(path: Path, target: Path, data: bytes | Iterable[bytes], expected: bytes | None) -> None:
    known = target.stat() if target.exists() else None
    if known and not os.access(target, os.W_OK):
        raise StoreError(f"{path}: is write-protected; nothing was changed")
    _clear_leftovers(target)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}{_LEFTOVER}")
    try:
        with os.fdopen(handle, "wb") as stream:
            _lock(stream)
            stream.writelines(_pieces(data))
            stream.flush()
            os.fsync(stream.fileno())
            _take_over(temporary, known)
            if expected is not None and target.read_bytes() != expected:
                raise StoreError(f"{path}: changed while refkit was working; nothing was written, run it again")
            if os.name != "nt":
                os.replace(temporary, target)  # noqa: PTH105 - the path is a string
        if os.name == "nt":
            os.replace(temporary, target)  # noqa: PTH105 - Windows does not rename an open file
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _lock(stream: BinaryIO) -> bool:
    """Mark the file as in use by a run that is alive; False when another run has it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _clear_leftovers(target: Path) -> None:
    """Remove the unfinished files of runs that were killed; those of a run that is alive are locked."""
    for left in target.parent.glob(f".{glob.escape(target.name)}{_LEFTOVER}*"):
        with contextlib.suppress(OSError), left.open("rb") as stream:
            if _lock(stream):
                left.unlink()


def _take_over(temporary: str, known: os.stat_result | None) -> None:
    """Give the new file the owner and the mode of the old one."""
    if known is None:
        os.chmod(temporary, 0o666 & ~_umask())  # noqa: PTH101 - the path is a string
        return
    with contextlib.suppress(OSError, AttributeError):
        os.chown(temporary, known.st_uid, known.st_gid)
    os.chmod(temporary, known.st_mode & 0o7777)  # noqa: PTH101


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power failure, where the system can open folders."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
