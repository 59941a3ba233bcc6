"""The gateway to Crossref's REST API, the only user of habanero.

habanero neither encodes a DOI, nor tries again, nor keeps to the limits, and raises the errors of four libraries:
all that is settled here and in `service`. Crossref's limits since December 2025: 5 records or 1 list a second, one at
a time; with an address for mail 10 records or 3 lists a second, three at a time (Crossref blog, 5 November 2025).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from refkit.errors import NO_NETWORK
from refkit.verify.limiter import Limits
from refkit.verify.options import Options
from refkit.verify.service import (
    CONNECT_SECONDS,
    RETRIED_STATUS,
    BadAnswerError,
    MovedError,
    NotFoundError,
    NotUnderstoodError,
    OfflineError,
    RateLimitedError,
    RefusedError,
    Service,
    TimedOutError,
    UnavailableError,
    retry_after,
)

# Records at 80 % of what is allowed; lists at the full number, since a turn is counted until it has surely arrived.
PUBLIC = Limits(at_once=1, per_second=4, by_kind={"record": 4, "list": 1})
POLITE = Limits(at_once=3, per_second=8, by_kind={"record": 8, "list": 3})
DOIS_PER_REQUEST = 20
NOTICES_PER_REQUEST = 40
_NOTICE_ROWS = 200
_NOTICE_FIELDS = ["DOI", "type", "title", "update-to"]
_NOT_BATCHED = frozenset(",")


def limits(options: Options) -> Limits:
    """The limits of the pool that `options` open."""
    return POLITE if options.mailto else PUBLIC


def can_batch(doi: str) -> bool:
    """Whether the DOI can stand in a filter, where a comma ends the value."""
    return not _NOT_BATCHED & set(doi)


class Crossref:
    """Questions to Crossref; every answer is checked for its shape before it is given on."""

    def __init__(self, options: Options, service: Service) -> None:
        self._options = options
        self._service = service

    def work(self, doi: str) -> dict[str, Any]:
        """The record of one DOI. Raises NotFoundError, MovedError with the primary DOI's address, or SourceError."""
        return self._ask("record", ids=quote(doi, safe=""))

    def works(self, dois: Sequence[str]) -> list[dict[str, Any]]:
        """The records of up to 20 DOIs in one request; a DOI that Crossref does not know is absent."""
        return _items(self._ask("list", filter={"doi": list(dois)}, limit=len(dois)))

    def notices(self, dois: Sequence[str]) -> list[dict[str, Any]]:
        """The retractions, corrections and other notices about up to 40 DOIs, in one request."""
        query = {"filter": {"updates": list(dois)}, "limit": _NOTICE_ROWS, "select": _NOTICE_FIELDS}
        return _items(self._ask("list", **query))

    def search(self, text: str, rows: int) -> list[dict[str, Any]]:
        """The records most like a printed reference, best first in Crossref's eyes."""
        return _items(self._ask("list", query_bibliographic=text, limit=rows))

    def _ask(self, kind: str, **query: Any) -> dict[str, Any]:
        self._service.reach()
        # loaded before the turn is taken, since a turn counts from the moment the request is sent
        import httpx2
        from habanero import Crossref as Client
        from habanero import exceptions

        def call(timeout: float) -> dict[str, Any]:
            client = Client(
                base_url=self._options.crossref_url.rstrip("/"),
                mailto=self._options.mailto or None,
                ua_string=self._options.agent,
                timeout=httpx2.Timeout(timeout, connect=min(timeout, CONNECT_SECONDS)),
            )
            try:
                return _message(client.works(**query))
            except (exceptions.Error, httpx2.HTTPError, RuntimeError) as error:
                if isinstance(error, exceptions.RequestError) and error.status_code == 200:
                    return _message(_json(error.error))  # the right answer under a wrong content type
                self._learn_limits(kind, error)
                raise _translated(error) from error
            except (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
                raise BadAnswerError("Crossref's answer could not be read") from error

        return self._service.ask(kind, call)

    def _learn_limits(self, kind: str, error: BaseException) -> None:
        """Keep to the limits that an answer names; habanero shows the headers of failures only."""
        import httpx2

        for cause in _causes(error):
            if isinstance(cause, httpx2.HTTPStatusError):
                headers = cause.response.headers
                rate, at_once = _number(headers.get("x-rate-limit-limit")), _number(headers.get("x-concurrency-limit"))
                seconds = _number(headers.get("x-rate-limit-interval", "1s").rstrip("s")) or 1
                self._service.limiter.lower(kind, rate // seconds if rate else None, at_once)
                return


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 6 else None


def _json(text: Any) -> Any:
    try:
        return json.loads(str(text))
    except (ValueError, RecursionError) as error:
        raise BadAnswerError("Crossref's answer was not JSON") from error


def _message(answer: Any) -> dict[str, Any]:
    message = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(message, dict):
        raise BadAnswerError("Crossref's answer held no record")
    return message


def _items(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = message.get("items")
    if not isinstance(items, list):
        raise BadAnswerError("Crossref's answer held no list")
    return [item for item in items if isinstance(item, dict) and isinstance(item.get("DOI"), str)]


def _translated(error: BaseException) -> Exception:
    """Our error for one of httpx2 or habanero, whichever of them carries the answer."""
    import httpx2
    from habanero import exceptions

    for cause in _causes(error):
        if isinstance(cause, httpx2.HTTPStatusError):
            return _for_status(cause.response.status_code, cause.response.headers)
        if isinstance(cause, httpx2.TimeoutException) and not isinstance(cause, httpx2.ConnectTimeout):
            return TimedOutError("Crossref gave no answer in time")
        if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
            return OfflineError(f"Crossref {NO_NETWORK}")
        if isinstance(cause, httpx2.TransportError):
            return UnavailableError("the connection to Crossref broke")
    if isinstance(error, exceptions.RequestError) and error.status_code >= 400:
        return _for_status(error.status_code, {})
    return BadAnswerError("Crossref's answer was not JSON")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _for_status(status: int, headers: Mapping[str, str]) -> Exception:
    if status in (404, 410):
        return NotFoundError("not in Crossref")
    if status == 429:
        return RateLimitedError("Crossref answered 429, too many requests", retry_after(headers.get("retry-after")))
    if status in RETRIED_STATUS:
        return UnavailableError(f"Crossref answered {status}", retry_after(headers.get("retry-after")))
    if 300 <= status < 400:
        return MovedError(urlsplit(headers.get("location", "")).path)
    return (NotUnderstoodError if status == 400 else RefusedError)(f"Crossref answered {status}")
