"""One host that is asked: turns, retries, pauses, and giving up.

The retries are our own and not a library's, since a wait here is not the sleep of one call: a 429 closes the host for
every worker and every parallel run, and no wait may outlast the deadline of the check.
"""

import random
import socket
import threading
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlsplit

from refkit.errors import NO_NETWORK, SourceError
from refkit.verify.limiter import MAX_PAUSE_SECONDS, Limiter, TooLateError

READ_SECONDS = 12.0
CONNECT_SECONDS = 4.0
_PROBE_SECONDS = 0.9
_ATTEMPTS = 5
_ATTEMPTS_AFTER_BAD_ANSWER = 3
_ATTEMPTS_AFTER_TIMEOUT = 2
_FIRST_WAIT_SECONDS = 0.4
_RATE_LIMITED_WAIT_SECONDS = 2.0
_FAILURES_TO_GIVE_UP = 4
RETRIED_STATUS = frozenset({408, 425, 500, 502, 503, 504})

Result = TypeVar("Result")


class NotFoundError(SourceError):
    """The source knows nothing of the key."""


class OfflineError(SourceError):
    """The host cannot be reached at all."""


class MovedError(SourceError):
    """The source has the record in another place, `location`."""

    def __init__(self, location: str) -> None:
        super().__init__("the answer is a redirect")
        self.location = location


class RefusedError(SourceError):
    """An answer that asking again will not change: 400, 401, 403 and the like."""


class NotUnderstoodError(RefusedError):
    """400: the source does not take this question; it may take others."""


class UnavailableError(SourceError):
    """No answer, or 5xx; `retry_after` in seconds when the host named it."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TimedOutError(UnavailableError):
    """No answer in time."""


class RateLimitedError(UnavailableError):
    """429: too many requests."""


class BadAnswerError(UnavailableError):
    """An answer that is not what was asked for: broken JSON, HTML, another type."""


class Service:
    """Asks one host; `name` is how messages call it."""

    def __init__(self, name: str, url: str, limiter: Limiter, deadline: float) -> None:
        self.name = name
        self.limiter = limiter
        self.deadline = deadline
        self._url = url
        self._lock = threading.Lock()
        self._failures = 0
        self._given_up: SourceError | None = None
        self._probed = False

    def ask(self, kind: str, call: Callable[[float], Result]) -> Result:
        """`call(timeout in seconds)` in its turn, tried again as far as that makes sense.

        Raises NotFoundError, MovedError, RefusedError as they come, and any other SourceError when all tries failed.
        """
        self.reach()
        attempt = 0
        while True:
            attempt += 1
            try:
                result = self._once(kind, call)
            except UnavailableError as error:
                wait = self._wait_after(error, attempt)
                if wait is None:
                    self._count_failure(error)
                    raise
                time.sleep(wait)
            except RefusedError as error:
                if not isinstance(error, NotUnderstoodError):
                    self._count_failure(error)
                raise
            else:
                self._failures = 0
                return result

    def _once(self, kind: str, call: Callable[[float], Result]) -> Result:
        if self._given_up:
            raise self._given_up
        try:
            turn = self.limiter.take(kind, self.deadline)
        except TooLateError as error:
            raise TooLateError(f"{self.name} was not asked: {error}") from error
        try:
            return call(max(0.5, min(READ_SECONDS, self.deadline - time.time())))
        except (NotFoundError, MovedError):
            self._failures = 0
            raise
        except OfflineError as error:
            self._given_up = error
            raise
        except UnavailableError as error:
            pause = error.retry_after
            if isinstance(error, RateLimitedError):
                self.limiter.slow_down(kind)
                pause = _RATE_LIMITED_WAIT_SECONDS if pause is None else pause
            if pause is not None:
                self.limiter.pause(min(pause, MAX_PAUSE_SECONDS))
            raise
        finally:
            self.limiter.give_back(turn)

    def _wait_after(self, error: UnavailableError, attempt: int) -> float | None:
        """Seconds until the next try, besides any pause of the host; None to give up."""
        if attempt >= _attempts(error):
            return None
        wait = _FIRST_WAIT_SECONDS * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)
        return wait if time.time() + wait < self.deadline else None

    def _count_failure(self, error: SourceError) -> None:
        """After several questions in a row without an answer the rest is not asked."""
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES_TO_GIVE_UP:
                self._given_up = error

    def reach(self) -> None:
        """Find out, once and within a second, whether the host can be reached; raises OfflineError when it cannot.

        The gateways call it before they load their library: a run without a network costs nothing else.
        """
        with self._lock:
            if not self._probed:
                self._probed = True
                if not _answers(self._url):
                    self._given_up = OfflineError(f"{self.name} {NO_NETWORK}")
        if self._given_up:
            raise self._given_up


def _attempts(error: UnavailableError) -> int:
    if isinstance(error, TimedOutError):
        return _ATTEMPTS_AFTER_TIMEOUT
    return _ATTEMPTS_AFTER_BAD_ANSWER if isinstance(error, BadAnswerError) else _ATTEMPTS


def retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header: a number or a date; None when absent or not understood."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _answers(url: str) -> bool:
    """Whether something listens at the host of `url`, or at the proxy that leads there."""
    host, port = _endpoint(url)
    reached: list[bool] = []

    def connect() -> None:
        try:
            socket.create_connection((host, port), timeout=_PROBE_SECONDS).close()
            reached.append(True)
        except OSError:
            reached.append(False)

    # A name server that does not answer holds getaddrinfo for many seconds: wait for a thread instead
    thread = threading.Thread(target=connect, daemon=True)
    thread.start()
    thread.join(_PROBE_SECONDS + 0.1)
    return bool(reached and reached[0])


def _endpoint(url: str) -> tuple[str, int]:
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    host = parts.hostname or ""
    proxy = getproxies().get(parts.scheme)
    if proxy and not proxy_bypass(host):
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        host = parts.hostname or ""
    return host, parts.port or (443 if parts.scheme == "https" else 80)
