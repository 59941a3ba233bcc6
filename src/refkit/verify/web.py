"""doi.org and DataCite, through one session of requests.

doi.org says which agency registered a DOI and gives records of the agencies without an API of their own, by content
negotiation; DataCite has its own API. Answers are read up to a limit, redirects never leave the caller's sight.
"""

import json
import time
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from refkit.errors import NO_NETWORK
from refkit.verify.limiter import Limits
from refkit.verify.options import Options
from refkit.verify.service import (
    CONNECT_SECONDS,
    RETRIED_STATUS,
    BadAnswerError,
    NotFoundError,
    OfflineError,
    RateLimitedError,
    RefusedError,
    Service,
    TimedOutError,
    UnavailableError,
    retry_after,
)

if TYPE_CHECKING:
    import requests

# doi.org publishes no limit; DataCite allows 500 requests in five minutes, 1 000 with an address for mail
DOI_ORG = Limits(at_once=2, per_second=4, by_kind={})
DATACITE = Limits(at_once=2, per_second=3, by_kind={})
DATACITE_ANONYMOUS = Limits(at_once=1, per_second=1, by_kind={})
DOIS_PER_REQUEST = 20
_MAX_BYTES = 4_000_000
_CSL_TYPE = "application/vnd.citationstyles.csl+json"
_NOT_REGISTERED = frozenset({"doi does not exist", "invalid doi", "unknown"})
_MAX_REDIRECTS = 4


class Session:
    """One requests session for all hosts; made when first used."""

    def __init__(self, options: Options) -> None:
        self._agent = options.agent

    @cached_property
    def _session(self) -> "requests.Session":
        import requests

        session = requests.Session()
        session.headers["User-Agent"] = self._agent
        session.max_redirects = _MAX_REDIRECTS
        return session

    def load(self) -> None:
        """Import requests and make the session, so that the first question is sent when its turn is taken."""
        _ = self._session

    def get_json(self, name: str, url: str, accept: str, timeout: float) -> Any:
        """The JSON at `url`, waited for `timeout` seconds; `name` is the service in messages.

        Raises the SourceError of refkit.verify.service that says what went wrong.
        """
        import requests

        try:
            with self._session.get(
                url,
                headers={"Accept": accept},
                timeout=(min(timeout, CONNECT_SECONDS), timeout),
                stream=True,
            ) as response:
                _check_status(name, response.status_code, response.headers)
                body = _read(name, response, timeout)
        except requests.exceptions.ReadTimeout as error:
            raise TimedOutError(f"{name} gave no answer in time") from error
        except requests.exceptions.TooManyRedirects as error:
            raise RefusedError(f"{name} redirects in a circle") from error
        except requests.exceptions.ConnectionError as error:
            raise _connection_error(name, error) from error
        except requests.exceptions.RequestException as error:
            raise UnavailableError(f"the connection to {name} broke") from error
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise BadAnswerError(f"{name}'s answer was not JSON") from error


def _read(name: str, response: "requests.Response", timeout: float) -> bytes:
    until = time.monotonic() + timeout
    body = bytearray()
    for chunk in response.iter_content(65536):
        body += chunk
        if len(body) > _MAX_BYTES:
            raise BadAnswerError(f"{name}'s answer was too long")
        if time.monotonic() > until:
            raise TimedOutError(f"{name} gave no answer in time")
    return bytes(body)


def _check_status(name: str, status: int, headers: Mapping[str, str]) -> None:
    if status in (404, 410):
        raise NotFoundError(f"not known to {name}")
    if status == 429:
        raise RateLimitedError(f"{name} answered 429, too many requests", retry_after(headers.get("Retry-After")))
    if status in RETRIED_STATUS:
        raise UnavailableError(f"{name} answered {status}", retry_after(headers.get("Retry-After")))
    if status != 200:
        raise RefusedError(f"{name} answered {status}")


def _connection_error(name: str, error: BaseException) -> Exception:
    import requests

    text = str(error)
    if (
        isinstance(error, requests.exceptions.ConnectTimeout)
        or "NewConnectionError" in text
        or "NameResolution" in text
    ):
        return OfflineError(f"{name} {NO_NETWORK}")
    return UnavailableError(f"the connection to {name} broke")


class DoiOrg:
    """Questions to doi.org."""

    def __init__(self, options: Options, session: Session, service: Service) -> None:
        self._base = options.doi_url.rstrip("/")
        self._session = session
        self._service = service

    def agencies(self, dois: Sequence[str]) -> dict[str, str]:
        """Each DOI's registration agency by lower-case DOI, "" where it is not registered.

        A DOI that the answer leaves out, or about which it says something else, is absent.
        """
        path = ",".join(quote(doi, safe="/") for doi in dois)
        answer = self._ask(f"{self._base}/doiRA/{path}", "application/json")
        if not isinstance(answer, list):
            raise BadAnswerError("doi.org's answer held no list")
        found = {}
        for item in answer:
            doi = item.get("DOI") if isinstance(item, dict) else None
            if not isinstance(doi, str):
                continue
            if isinstance(item.get("RA"), str):
                found[doi.lower()] = item["RA"][:100]
            elif str(item.get("status")).lower() in _NOT_REGISTERED:
                found[doi.lower()] = ""
        return found

    def alias_of(self, doi: str) -> str:
        """The primary DOI that an alias forwards to, "" when it is no alias."""
        answer = self._ask(f"{self._base}/api/handles/{quote(doi, safe='/')}", "application/json")
        values = answer.get("values") if isinstance(answer, dict) else None
        for value in values if isinstance(values, list) else ():
            data = value.get("data") if isinstance(value, dict) and value.get("type") == "HS_ALIAS" else None
            target = data.get("value") if isinstance(data, dict) else data
            if isinstance(target, str):
                return target
        return ""

    def csl_item(self, doi: str) -> dict[str, Any]:
        """The record as CSL-JSON, from whichever agency has it. Raises NotFoundError or another SourceError."""
        answer = self._ask(f"{self._base}/{quote(doi, safe='/')}", _CSL_TYPE)
        if not isinstance(answer, dict):
            raise BadAnswerError("doi.org's answer held no record")
        return answer

    def _ask(self, url: str, accept: str) -> Any:
        self._service.reach()
        self._session.load()
        return self._service.ask("record", lambda timeout: self._session.get_json("doi.org", url, accept, timeout))


class DataCite:
    """Questions to DataCite."""

    def __init__(self, options: Options, session: Session, service: Service) -> None:
        self._base = options.datacite_url.rstrip("/")
        self._session = session
        self._service = service

    def work(self, doi: str) -> dict[str, Any]:
        """The attributes of one DOI's record. Raises NotFoundError or another SourceError."""
        url = f"{self._base}/dois/{quote(doi, safe='')}"
        accept = "application/vnd.api+json"
        self._service.reach()
        self._session.load()
        answer = self._service.ask("record", lambda timeout: self._session.get_json("DataCite", url, accept, timeout))
        data = answer.get("data") if isinstance(answer, dict) else None
        attributes = data.get("attributes") if isinstance(data, dict) else None
        if not isinstance(attributes, dict):
            raise BadAnswerError("DataCite's answer held no record")
        return attributes
