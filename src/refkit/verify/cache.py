"""What the sources answered, in one SQLite file that several runs may use at once.

The cache is disposable: a file that is damaged is set aside and begun anew, a folder that cannot be written to is done
without. No failure here ever stops a check.
"""

import json
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from refkit.text import printable
from refkit.verify.options import CACHE_NAME

LOG = logging.getLogger(__name__)
DAY = 86400.0
# How long an answer holds, in days. Records hardly change; a retraction should be seen within a week; a DOI that is
# not registered today may be tomorrow.
LIFE = {
    "work": 30.0,
    "notices": 7.0,
    "agency": 30.0,
    "datacite": 30.0,
    "csl": 30.0,
    "alias": 30.0,
    "search": 7.0,
    "slip": 7.0,
}
NEGATIVE_LIFE = 1.0
_BUSY_SECONDS = 10.0
_CLAIM_SECONDS = 60.0
_CHUNK = 400
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (kind TEXT, key TEXT, body TEXT, stored REAL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS claims (kind TEXT, key TEXT, pid INTEGER, until REAL, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS turns (id INTEGER PRIMARY KEY, host TEXT, kind TEXT, pid INTEGER, began REAL, ended REAL);
CREATE TABLE IF NOT EXISTS pauses (host TEXT PRIMARY KEY, until REAL);
"""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Answer:
    """A cached answer; `body` None says that the source knows nothing of the key."""

    body: Any


@dataclass(frozen=True, slots=True)
class Info:
    """What `refkit cache info` tells: file, size in bytes, answers by kind, age in days of the oldest."""

    path: Path
    size: int
    answers: dict[str, int]
    oldest_days: float


class Cache:
    """The answers in `folder`; with `folder` None, or when the file fails, only in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._lock = threading.RLock()
        self._connection = _open(folder / CACHE_NAME) if folder else _memory()

    def get_many(self, kind: str, keys: Sequence[str], max_age: float | None, offline: bool) -> dict[str, Answer]:
        """The answers at hand for `keys`; `max_age` in days, `offline` takes any age unless `max_age` is given."""
        found: dict[str, Answer] = {}
        now = time.time()
        for start in range(0, len(keys), _CHUNK):
            for key, body, stored in self.run(_select(kind, keys[start : start + _CHUNK])):
                answer = _read(body)
                if answer is not None and _holds(kind, answer, (now - stored) / DAY, max_age, offline):
                    found[key] = answer
        return found

    def put(self, kind: str, key: str, body: Any) -> None:
        """Keep an answer and give up the claim on it."""
        text = json.dumps(body, ensure_ascii=False)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("REPLACE INTO answers VALUES (?, ?, ?, ?)", (kind, key, text, time.time()))
            connection.execute("DELETE FROM claims WHERE kind = ? AND key = ?", (kind, key))

        self.run(work)

    def forget(self, kind: str, keys: Iterable[str]) -> None:
        """Drop answers that another source contradicts."""
        values = [(kind, key) for key in keys]
        self.run(lambda c: c.executemany("DELETE FROM answers WHERE kind = ? AND key = ?", values))

    def claim(self, kind: str, keys: Iterable[str]) -> list[str]:
        """Those of `keys` that no other running check is asking for; they count as asked for by this one."""
        wanted = list(keys)
        pid = os.getpid()

        def work(connection: sqlite3.Connection) -> list[str]:
            now = time.time()
            rows = connection.execute("SELECT key, pid, until FROM claims WHERE kind = ?", (kind,)).fetchall()
            taken = {key for key, owner, until in rows if owner != pid and now < until and is_alive(owner)}
            mine = [key for key in wanted if key not in taken]
            values = [(kind, key, pid, now + _CLAIM_SECONDS) for key in mine]
            connection.executemany("REPLACE INTO claims VALUES (?, ?, ?, ?)", values)
            return mine

        return self.run(work)

    def release(self, kind: str, keys: Iterable[str]) -> None:
        """Give up claims that brought no answer."""
        values = [(kind, key, os.getpid()) for key in keys]
        self.run(lambda c: c.executemany("DELETE FROM claims WHERE kind = ? AND key = ? AND pid = ?", values))

    def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do `work` as one transaction; when the file fails, say so once and go on in memory."""
        with self._lock:
            try:
                return _transact(self._connection, work)
            except sqlite3.Error as error:
                LOG.warning("refkit: the cache cannot be used (%s); going on without it", error)
                self._connection = _memory()
                return _transact(self._connection, work)

    def close(self) -> None:
        """Close the file; an answer that comes later, after the deadline, is lost without a word."""
        with self._lock:
            self._connection.close()
            self._connection = _memory()


def is_alive(pid: int) -> bool:
    """Whether a process of this machine is running; where that cannot be asked without harm, True."""
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def info(folder: Path) -> Info:
    """What the cache in `folder` holds."""
    path = folder / CACHE_NAME
    if not path.is_file():
        return Info(path, 0, {}, 0.0)
    with closing(_open(path)) as connection:
        rows = connection.execute(
            "SELECT kind, COUNT(*), MIN(stored) FROM answers GROUP BY kind ORDER BY kind"
        ).fetchall()
    oldest = min((row[2] for row in rows), default=time.time())
    size = sum(file.stat().st_size for file in _files(path))
    return Info(path, size, {kind: count for kind, count, _ in rows}, max(0.0, (time.time() - oldest) / DAY))


def clear(folder: Path) -> int:
    """Remove the cache in `folder`; gives the number of answers it held."""
    held = sum(info(folder).answers.values())
    for file in _files(folder / CACHE_NAME):
        file.unlink(missing_ok=True)
    return held


def _files(path: Path) -> Iterator[Path]:
    for suffix in ("", "-wal", "-shm", "-journal"):
        file = path.with_name(path.name + suffix)
        if file.exists():
            yield file


def _open(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _connect(str(path))
    except sqlite3.OperationalError as error:
        LOG.warning("refkit: the cache %s cannot be opened (%s); going on without it", printable(str(path)), error)
    except sqlite3.DatabaseError as error:
        LOG.warning("refkit: the cache %s is damaged (%s); it is begun anew", printable(str(path)), error)
        return _begin_anew(path)
    except OSError as error:
        LOG.warning("refkit: no cache in %s (%s); going on without it", printable(str(path.parent)), error.strerror)
    return _memory()


def _begin_anew(path: Path) -> sqlite3.Connection:
    try:
        for file in list(_files(path)):
            file.unlink(missing_ok=True)
        return _connect(str(path))
    except (OSError, sqlite3.Error):
        return _memory()


def _memory() -> sqlite3.Connection:
    return _connect(":memory:")


def _connect(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
        connection.execute("SELECT COUNT(*) FROM answers WHERE kind = ''").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _transact(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], Result]) -> Result:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return result


def _select(kind: str, keys: Sequence[str]) -> Callable[[sqlite3.Connection], list[tuple[str, str, float]]]:
    marks = ",".join("?" * len(keys))
    query = f"SELECT key, body, stored FROM answers WHERE kind = ? AND key IN ({marks})"
    return lambda connection: connection.execute(query, (kind, *keys)).fetchall()


def _read(body: str) -> Answer | None:
    try:
        return Answer(json.loads(body))
    except (ValueError, TypeError, RecursionError):
        return None


def _holds(kind: str, answer: Answer, age: float, max_age: float | None, offline: bool) -> bool:
    if max_age is not None:
        return age <= max_age
    if offline:
        return True
    return age <= (LIFE[kind] if answer.body else min(NEGATIVE_LIFE, LIFE[kind]))
