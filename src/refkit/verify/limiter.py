"""Turns at a host: how many requests at once, and how many a second, over all runs that share the cache."""

import os
import sqlite3
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from refkit.errors import SourceError
from refkit.verify.cache import Cache, is_alive

# A request counts from the moment it can have arrived: its answer, or this long after it was sent.
_ARRIVAL_SECONDS = 0.6
# The services count in windows of one second; a little more makes up for a clock that is not ours.
_WINDOW_SECONDS = 1.05
_STALE_SECONDS = 60.0
_POLL_SECONDS = 0.03
MAX_PAUSE_SECONDS = 3600.0


class TooLateError(SourceError):
    """The time given for the check is over."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Requests at once, and a second: in all, and by kind of request."""

    at_once: int
    per_second: int
    by_kind: Mapping[str, int]


class Limiter:
    """Gives turns at one host; the turns stand in the cache's file, so that parallel runs count together."""

    def __init__(self, cache: Cache, host: str, limits: Limits) -> None:
        self._cache = cache
        self._host = host
        self.limits = limits
        self._lock = threading.Lock()

    def take(self, kind: str, deadline: float) -> int:
        """Wait for a turn and take it; `deadline` in seconds of `time.time()`. Raises TooLateError."""
        while True:
            turn, wait = self._cache.run(lambda connection: self._try(connection, kind, time.time()))
            if turn is not None:
                return turn
            if time.time() + wait >= deadline:
                raise TooLateError(_reason(wait))
            time.sleep(wait)

    def give_back(self, turn: int) -> None:
        """End a turn."""
        self._cache.run(lambda c: c.execute("UPDATE turns SET ended = ? WHERE id = ?", (time.time(), turn)))

    def lower(self, kind: str, per_second: int | None, at_once: int | None) -> None:
        """Keep to the numbers a host names for a kind of request, where they are below ours; None tells nothing."""
        with self._lock:
            rate = self.limits.by_kind.get(kind, self.limits.per_second)
            self.limits = Limits(
                at_once=max(1, min(self.limits.at_once, at_once or self.limits.at_once)),
                per_second=self.limits.per_second,
                by_kind={**self.limits.by_kind, kind: max(1, min(rate, per_second or rate))},
            )

    def slow_down(self, kind: str) -> None:
        """Half as many a second as before: the host found them too many."""
        self.lower(kind, max(1, self.limits.by_kind.get(kind, self.limits.per_second) // 2), None)

    def pause(self, seconds: float) -> None:
        """No turn for anybody for so long."""
        until = time.time() + seconds
        self._cache.run(
            lambda c: c.execute(
                "INSERT INTO pauses VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET until = MAX(until, excluded.until)",
                (self._host, until),
            )
        )

    def _try(self, connection: sqlite3.Connection, kind: str, now: float) -> tuple[int | None, float]:
        wait = self._paused(connection, now)
        turns = self._turns(connection, now)
        if not wait and sum(ended is None for _, _, ended in turns) >= self.limits.at_once:
            wait = _POLL_SECONDS
        for rows, rate in (
            (turns, self.limits.per_second),
            ([turn for turn in turns if turn[0] == kind], self.limits.by_kind.get(kind, self.limits.per_second)),
        ):
            free = sorted(_free(began, ended) for _, began, ended in rows)
            if len(free) >= rate:
                wait = max(wait, free[len(free) - rate] - now)
        if wait > 0:
            return None, max(wait, 0.001)
        cursor = connection.execute(
            "INSERT INTO turns (host, kind, pid, began) VALUES (?, ?, ?, ?)", (self._host, kind, os.getpid(), now)
        )
        return cursor.lastrowid, 0.0

    def _paused(self, connection: sqlite3.Connection, now: float) -> float:
        row = connection.execute("SELECT until FROM pauses WHERE host = ?", (self._host,)).fetchone()
        return max(0.0, min(row[0] - now, MAX_PAUSE_SECONDS)) if row else 0.0

    def _turns(self, connection: sqlite3.Connection, now: float) -> list[tuple[str, float, float | None]]:
        """The turns that still count; those of killed runs and of the past are cleared away."""
        rows = connection.execute(
            "SELECT id, kind, pid, began, ended FROM turns WHERE host = ?", (self._host,)
        ).fetchall()
        kept: list[tuple[str, float, float | None]] = []
        for number, kind, pid, began, ended in rows:
            dead = ended is None and (now - began > _STALE_SECONDS or (pid != os.getpid() and not is_alive(pid)))
            counts_until = _free(began, began if dead else ended)
            if (ended is not None or dead) and not now < counts_until <= now + 2 * _WINDOW_SECONDS + _STALE_SECONDS:
                connection.execute("DELETE FROM turns WHERE id = ?", (number,))
            else:
                kept.append((kind, began, began if dead else ended))
        return kept


def _free(began: float, ended: float | None) -> float:
    """When a turn stops to count against the rate."""
    arrived = began + _ARRIVAL_SECONDS
    return (arrived if ended is None else min(arrived, ended)) + _WINDOW_SECONDS


def _reason(wait: float) -> str:
    return f"it asked for a pause of {wait:.0f} s" if wait > 2 * _WINDOW_SECONDS else "the time for the check was over"
