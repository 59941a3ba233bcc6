"""What a check is allowed to do: whom to ask, who asks, how long, how old an answer may be."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from refkit import __version__
from refkit.errors import ConfigError

NOT_CACHED = "not in the cache, and nobody was asked (offline)"
CACHE_NAME = "answers.sqlite3"
LOCK_SUFFIX = ".lock.json"
_PAGE = "https://pypi.org/project/bibrefkit/"
_MAIL = re.compile(r"[!-~]+@[!-~]+")
_DEADLINE = 60.0
_SECONDS_PER_DOI = 0.2  # 20 DOIs a list request, three of these a second, twice: for records and for notices
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of one check.

    `mailto` names the user to the services and opens Crossref's polite pool. `cache_dir` None means the user's cache
    folder. `max_age` is in days, None for the life time of each kind of answer. `deadline` is in seconds for the whole
    check, None for 60 and, for a large store, what the services' limits make necessary. `offline` asks nobody and takes
    what the cache holds, however old. `find_dois` also searches for entries without a DOI. `allow_http` permits plain
    http to other hosts than this one.
    """

    mailto: str = ""
    cache_dir: Path | None = None
    crossref_url: str = "https://api.crossref.org"
    doi_url: str = "https://doi.org"
    datacite_url: str = "https://api.datacite.org"
    offline: bool = False
    max_age: float | None = None
    deadline: float | None = None
    find_dois: bool = False
    allow_http: bool = False

    def __post_init__(self) -> None:
        for url in (self.crossref_url, self.doi_url, self.datacite_url):
            _check_address(url, self.allow_http)
        if self.deadline is not None and self.deadline <= 0:
            raise ConfigError(f"deadline {self.deadline}: must be more than 0 seconds")
        if self.mailto and not _MAIL.fullmatch(self.mailto):
            raise ConfigError(f"mailto {self.mailto!r}: is not an address for mail; give one such as name@example.org")

    def seconds(self, dois: int) -> float:
        """The time for a check of so many DOIs."""
        if self.deadline is not None:
            return self.deadline
        return max(_DEADLINE, dois * (_SECONDS_PER_DOI if self.mailto else 3 * _SECONDS_PER_DOI))

    @property
    def agent(self) -> str:
        """How every request names itself: tool, version, page and, when given, the user's address."""
        contact = f"; mailto:{self.mailto}" if self.mailto else ""
        return f"refkit/{__version__} ({_PAGE}{contact})"

    def cache_folder(self) -> Path:
        """The folder of the cache: the one that was given, else the user's cache folder for refkit."""
        return self.cache_dir or default_folder()


def default_folder() -> Path:
    """The user's cache folder for refkit."""
    from platformdirs import user_cache_path

    return user_cache_path("refkit", appauthor=False)


def _check_address(url: str, allow_http: bool) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        raise ConfigError(f"{url}: is not an address ({error}); give one such as https://api.crossref.org") from error
    if parts.scheme not in ("https", "http") or not host:
        raise ConfigError(f"{url}: is not an address of a service; give one such as https://api.crossref.org")
    if parts.scheme == "http" and not allow_http and host not in _LOOPBACK:
        raise ConfigError(f"{url}: plain http is allowed to this machine only; use https")
