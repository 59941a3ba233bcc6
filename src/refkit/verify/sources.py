"""All answers a check needs, from the cache or else from the services, each asked once.

Every method takes all its keys at once and gives for each a body, None where the source knows nothing, or the error
that kept the answer away. An error is never cached.
"""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from refkit.errors import SourceError
from refkit.verify import crossref, web
from refkit.verify.cache import Cache
from refkit.verify.limiter import Limiter, Limits, TooLateError
from refkit.verify.options import NOT_CACHED, Options
from refkit.verify.record import trimmed
from refkit.verify.service import (
    BadAnswerError,
    MovedError,
    NotFoundError,
    NotUnderstoodError,
    RefusedError,
    Service,
)
from refkit.verify.workers import run_all

Body = dict[str, Any] | list[Any] | str | None
Fetch = Callable[[list[str]], Mapping[str, Body]]
_WAIT_FOR_OTHERS_SECONDS = 0.1
_DATACITE_FIELDS = ("doi", "titles", "creators", "publicationYear", "publisher", "container", "types")
_NOTICE_FIELDS = ("DOI", "type", "title", "update-to")
_ALIAS = "primary"  # under this key a record tells which DOI it was found under
_MAX_HITS = 10


class Sources:
    """Crossref, doi.org and DataCite behind one cache."""

    def __init__(
        self, options: Options, seconds: float, report: Callable[[int, int], None] = lambda asked, cached: None
    ) -> None:
        self.options = options
        self.began = time.time()
        self.deadline = self.began + seconds
        self.cache = Cache(options.cache_folder())
        self.asked = 0  # keys that a service was asked for
        self._report = report

    @cached_property
    def _crossref_service(self) -> Service:
        return self._service("Crossref", self.options.crossref_url, crossref.limits(self.options))

    @cached_property
    def _crossref(self) -> crossref.Crossref:
        return crossref.Crossref(self.options, self._crossref_service)

    @cached_property
    def _session(self) -> web.Session:
        return web.Session(self.options)

    @cached_property
    def _doi_org(self) -> web.DoiOrg:
        return web.DoiOrg(self.options, self._session, self._service("doi.org", self.options.doi_url, web.DOI_ORG))

    @cached_property
    def _datacite(self) -> web.DataCite:
        limits = web.DATACITE if self.options.mailto else web.DATACITE_ANONYMOUS
        return web.DataCite(self.options, self._session, self._service("DataCite", self.options.datacite_url, limits))

    def _service(self, name: str, url: str, limits: Limits) -> Service:
        return Service(name, url, Limiter(self.cache, urlsplit(url).netloc, limits), self.deadline)

    def works(self, dois: Sequence[str]) -> dict[str, Body | SourceError]:
        """Crossref's records by lower-case DOI: in batches, those absent from a batch one by one."""
        return self._in_batches("work", dois, self._fetch_works, crossref.DOIS_PER_REQUEST, self._fetch_work)

    def _fetch_works(self, dois: list[str]) -> Mapping[str, Body]:
        items = self._crossref.works(dois)
        wanted = set(dois)
        return {doi: trimmed(item) for item in items if (doi := item["DOI"].lower()) in wanted}

    def _fetch_work(self, dois: list[str]) -> Mapping[str, Body]:
        (doi,) = dois
        try:
            work = self._crossref.work(doi)
        except NotFoundError:
            return {doi: None}
        except MovedError as error:
            return {doi: self._fetch_primary(doi, error.location)}
        return {doi: _as_asked(doi, work)}

    def _fetch_primary(self, doi: str, location: str) -> Body:
        """The record a 301 points to; one step only, so that no circle is followed."""
        primary = unquote(location.rpartition("/works/")[2]).strip("/").lower()
        if not primary.startswith("10.") or primary == doi:
            raise BadAnswerError("Crossref redirects in a circle")
        try:
            return {**trimmed(self._crossref.work(primary)), _ALIAS: primary}
        except (NotFoundError, MovedError) as error:
            raise BadAnswerError("Crossref redirects to a record that is not there") from error

    def slips(self, dois: Sequence[str]) -> dict[str, Body | SourceError]:
        """Records of DOIs that are guesses: in batches only, since most of them do not exist."""

        def fetch(batch: list[str]) -> Mapping[str, Body]:
            records = self._fetch_works(batch)
            return {doi: records.get(doi) for doi in batch}

        return self._answers("slip", dois, fetch, crossref.DOIS_PER_REQUEST)

    def notices(self, dois: Sequence[str]) -> dict[str, Body | SourceError]:
        """The notices about each DOI: a list, empty as a rule."""
        asked = [doi for doi in dois if crossref.can_batch(doi)]
        found = self._in_batches(
            "notices", asked, self._fetch_notices, crossref.NOTICES_PER_REQUEST, self._fetch_notices
        )
        # no filter can name a DOI with a comma, nor any DOI where the filter is not known: there the record's own
        # `updated-by` has to do
        return found | {doi: [] for doi in dois if isinstance(found.get(doi, NotUnderstoodError()), NotUnderstoodError)}

    def _fetch_notices(self, dois: list[str]) -> Mapping[str, Body]:
        found: dict[str, list[Any]] = {doi: [] for doi in dois}
        for item in self._crossref.notices(dois):
            kept = trimmed(item, _NOTICE_FIELDS)
            targets = kept.get("update-to")
            for target in targets if isinstance(targets, list) else ():
                doi = target.get("DOI") if isinstance(target, dict) else None
                if isinstance(doi, str) and kept not in found.get(doi.lower(), [kept]):
                    found[doi.lower()].append(kept)
        return found

    def agencies(self, dois: Sequence[str]) -> dict[str, Body | SourceError]:
        """Who registered each DOI; None where it is not registered at all."""
        return self._in_batches("agency", dois, self._fetch_agencies, web.DOIS_PER_REQUEST, self._fetch_agencies)

    def _fetch_agencies(self, dois: list[str]) -> Mapping[str, Body]:
        found = self._doi_org.agencies(dois)
        return {doi: found[doi] or None for doi in dois if doi in found}

    def datacite(self, dois: Sequence[str]) -> dict[str, Body | SourceError]:
        """DataCite's records."""
        return self._answers("datacite", dois, self._fetch_datacite, 1)

    def _fetch_datacite(self, dois: list[str]) -> Mapping[str, Body]:
        (doi,) = dois
        try:
            return {doi: trimmed(self._datacite.work(doi), _DATACITE_FIELDS)}
        except NotFoundError:
            return {doi: None}

    def csl_items(self, dois: Sequence[str]) -> dict[str, Body | SourceError]:
        """Records of other agencies, by content negotiation."""
        return self._answers("csl", dois, self._fetch_csl, 1)

    def _fetch_csl(self, dois: list[str]) -> Mapping[str, Body]:
        (doi,) = dois
        try:
            return {doi: trimmed(self._doi_org.csl_item(doi))}
        except (NotFoundError, BadAnswerError, RefusedError):
            return {doi: None}  # many agencies have no such answer; that is no fault of the entry

    def primaries(self, dois: Sequence[str]) -> dict[str, Body | SourceError]:
        """The primary DOI of an alias; None for a DOI that is none."""
        return self._answers("alias", dois, self._fetch_alias, 1)

    def _fetch_alias(self, dois: list[str]) -> Mapping[str, Body]:
        (doi,) = dois
        try:
            return {doi: self._doi_org.alias_of(doi).lower() or None}
        except NotFoundError:
            return {doi: None}

    def searches(self, queries: Sequence[str], rows: int, until: float) -> dict[str, Body | SourceError]:
        """Crossref's hits for each question; none is asked after `until`, in seconds of `time.time()`."""
        keys = {hashlib.sha256(f"{rows} {text}".encode()).hexdigest(): text for text in queries}

        def fetch(batch: list[str]) -> Mapping[str, Body]:
            if time.time() > until:
                raise TooLateError("the time for searches was over")
            items = self._crossref.search(keys[batch[0]], rows)
            return {batch[0]: [trimmed(item) for item in items[:_MAX_HITS]]}

        found = self._answers("search", list(keys), fetch, 1)
        return {keys[key]: body for key, body in found.items()}

    def _in_batches(
        self, kind: str, dois: Sequence[str], fetch: Fetch, size: int, fetch_one: Fetch
    ) -> dict[str, Body | SourceError]:
        """Answers by batches; what a batch leaves out, or cannot name, is asked for alone."""
        batched = [doi for doi in dois if crossref.can_batch(doi)]
        found = self._answers(kind, batched, fetch, size, at_least=2)
        rest = [doi for doi in dois if doi not in found or isinstance(found[doi], _LeftOutError)]
        return found | self._answers(kind, rest, fetch_one, 1)

    def _answers(
        self, kind: str, keys: Sequence[str], fetch: Fetch, size: int, at_least: int = 1
    ) -> dict[str, Body | SourceError]:
        """Answers from the cache, then from the service, in batches of `size`; what another run asks is waited for."""
        keys = list(dict.fromkeys(keys))
        options = self.options
        found: dict[str, Body | SourceError] = {
            key: answer.body
            for key, answer in self.cache.get_many(kind, keys, options.max_age, options.offline).items()
        }
        self._report(0, len(found))
        missing = [key for key in keys if key not in found]
        if options.offline:
            return found | {key: NotAskedError(NOT_CACHED) for key in missing}
        if len(missing) < at_least:
            return found | {key: _LeftOutError() for key in missing}
        while missing:
            mine = self.cache.claim(kind, missing)
            found |= self._fetch_all(kind, mine, fetch, size)
            missing = self._wait_for_others(kind, [key for key in missing if key not in found], found)
        return found

    def _fetch_all(self, kind: str, keys: list[str], fetch: Fetch, size: int) -> dict[str, Body | SourceError]:
        found: dict[str, Body | SourceError] = {}
        batches = [keys[start : start + size] for start in range(0, len(keys), size)]

        def work(batch: list[str]) -> Mapping[str, Body]:
            answers = fetch(batch)
            for key, body in answers.items():
                self.cache.put(kind, key, body)
            return answers

        for batch, result in run_all(work, batches, 3, self.deadline):
            for key in batch:
                found[key] = _of_key(key, result, size)
            self.asked += len(batch)
            self._report(len(batch), 0)
        self.cache.release(kind, [key for key, body in found.items() if isinstance(body, SourceError)])
        return found

    def _wait_for_others(self, kind: str, keys: list[str], found: dict[str, Body | SourceError]) -> list[str]:
        """Keys that another run is asking for: take its answer when it is there; the rest is still missing."""
        if not keys:
            return []
        if time.time() >= self.deadline:
            found |= {key: TooLateError("the time for the check was over") for key in keys}
            return []
        time.sleep(_WAIT_FOR_OTHERS_SECONDS)
        found |= {key: answer.body for key, answer in self.cache.get_many(kind, keys, None, False).items()}
        return [key for key in keys if key not in found]


def _of_key(key: str, result: Mapping[str, Body] | SourceError, size: int) -> Body | SourceError:
    """One key's share of a batch's result; a batch that is unreadable as a whole leaves all its keys out."""
    if isinstance(result, SourceError):
        return _LeftOutError() if size > 1 and isinstance(result, _ABOUT_THE_BATCH) else result
    return result.get(key, _LeftOutError())


# Errors that may lie in the batch as such, so that its keys are worth asking for one by one
_ABOUT_THE_BATCH = (BadAnswerError, RefusedError, MovedError, NotFoundError)


class NotAskedError(SourceError):
    """The user wants nobody to be asked."""


class _LeftOutError(SourceError):
    """Left out of a batch's answer."""

    def __init__(self) -> None:
        super().__init__("the source left it out of its answer")


def _as_asked(doi: str, work: Mapping[str, Any]) -> Body:
    """The record, marked when it bears another DOI than the one that was asked for."""
    own = work.get("DOI")
    if not isinstance(own, str):
        raise BadAnswerError("Crossref's record has no DOI")
    kept = trimmed(work)
    return kept if own.lower() == doi else {**kept, _ALIAS: own.lower()}


def primary_of(body: Mapping[str, Any]) -> str:
    """The DOI of the record when it is not the DOI that was asked for, else ""."""
    found = body.get(_ALIAS)
    return found if isinstance(found, str) else ""
