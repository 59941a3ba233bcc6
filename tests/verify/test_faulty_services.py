import random
from dataclasses import replace
from pathlib import Path

import pytest

from refkit.model import VerdictKind
from refkit.verify import Options, check, service
from refkit.verify.service import retry_after
from tests.verify import faults
from tests.verify.conftest import WORKS, options_for
from tests.verify.replay import Fault, Replay
from tests.verify.stores import base, entry, natural, usable

GOOD = [w for w in WORKS if usable(w) and w["type"] == "journal-article" and natural(w) == "verified"][:3]
ENTRIES = [entry(work["DOI"], base(work, random.Random(1))) for work in GOOD]
PASSING = {
    "429 three times": faults.status(429, first=3),
    "429 with Retry-After": faults.status(429, first=1, headers={"Retry-After": "0"}),
    "429 with a date": faults.retry_at(0),
    "500 four times": faults.status(500, first=4),
    "502 twice": faults.status(502, first=2),
    "503 with Retry-After": faults.status(503, first=1, headers={"Retry-After": "0"}),
    "reset once": faults.reset(1),
    "broken JSON twice": faults.body('{"status": "ok", "mes', first=2),
    "HTML once": faults.body("<html>hello</html>", "text/html", first=1),
    "slow": faults.slow(0.2),
    "JSON as text": faults.as_type("text/plain"),
}
LASTING = {
    "429 for ever": faults.status(429),
    "429, come back in an hour": faults.status(429, headers={"Retry-After": "3600"}),
    "503 for ever": faults.status(503),
    "403": faults.status(403),
    "404 for everything": faults.status(404),
    "hang": faults.slow(3.0),
    "one byte at a time": faults.drip(3.0),
    "reset": faults.reset(),
    "broken JSON": faults.body('{"status": "ok", "message": {"DOI": "10.1'),
    "HTML": faults.body("<html>hello</html>", "text/html"),
    "no content type": faults.as_type(None),
    "redirect circle": faults.redirect(""),
    "redirect to nothing": faults.redirect("/crossref/works/10.5555%2Fnothing"),
    "empty body": faults.body(""),
    "JSON null": faults.body("null"),
    "a list": faults.body("[]"),
    "message null": faults.message(None),
    "items null": faults.message({"items": None, "total-results": 0}),
    "items of null": faults.message({"items": [None, 3], "total-results": 2}),
    "another record": faults.message({"DOI": "10.5555/other", "title": None}, "record"),
    "nesting": faults.body("[" * 100_000),
}


@pytest.fixture
def brief(hasty: None, monkeypatch: pytest.MonkeyPatch, options: Options) -> Options:
    """A check that does not wait long for anything."""
    return Options(
        mailto=options.mailto,
        cache_dir=options.cache_dir,
        crossref_url=options.crossref_url,
        doi_url=options.doi_url,
        datacite_url=options.datacite_url,
        deadline=2.5,
    )


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_what_passes_is_overcome(fault: Fault, replay: Replay, brief: Options) -> None:
    replay.fault = fault
    assert {verdict.kind for verdict in check(ENTRIES, brief)} == {VerdictKind.VERIFIED}


@pytest.mark.parametrize("fault", LASTING.values(), ids=LASTING)
def test_what_lasts_leaves_unchecked_with_a_reason_and_nothing_in_the_cache(
    fault: Fault, replay: Replay, brief: Options, tmp_path: Path
) -> None:
    replay.fault = fault
    for verdict in check(ENTRIES, brief):
        assert verdict.kind in (VerdictKind.UNCHECKED, VerdictKind.VERIFIED)
        assert verdict.kind is VerdictKind.VERIFIED or verdict.reason
    replay.fault = None
    (brief.cache_dir or tmp_path).joinpath("answers.sqlite3")
    offline = Options(cache_dir=brief.cache_dir, offline=True)
    assert {verdict.kind for verdict in check(ENTRIES, offline)} <= {VerdictKind.UNCHECKED, VerdictKind.VERIFIED}


def test_the_limits_that_a_failure_names_are_kept(replay: Replay, brief: Options) -> None:
    named = {"x-rate-limit-limit": "1", "x-concurrency-limit": "1"}
    alone = [entry(f"k{n}", base(GOOD[0], random.Random(1)) | {"doi": f"10.5555/a,{n}"}) for n in range(12)]
    replay.latency = 0.02
    check(alone, brief)
    assert max(request.at_once for request in replay.log) > 1
    replay.log.clear()
    replay.fault = faults.status(503, headers=named)
    fresh = replace(brief, cache_dir=(brief.cache_dir or Path()) / "fresh")
    check(alone, fresh)
    assert max(request.at_once for request in replay.log[3:]) == 1


def test_where_notices_cannot_be_asked_for_the_record_has_to_do(replay: Replay, brief: Options) -> None:
    replay.fault = lambda handler, request, number: (
        "updates" in request.path and faults.status(400)(handler, request, number)
    )
    assert {verdict.kind for verdict in check(ENTRIES, brief)} == {VerdictKind.VERIFIED}


def test_an_hour_of_pause_is_kept_by_the_next_run(replay: Replay, brief: Options) -> None:
    replay.fault = faults.status(429, headers={"Retry-After": "3600"})
    check(ENTRIES, brief)
    asked = len(replay.log)
    assert {verdict.kind for verdict in check(ENTRIES, brief)} == {VerdictKind.UNCHECKED}
    assert len(replay.log) == asked


def test_the_rest_is_not_asked_after_several_failures(replay: Replay, hasty: None, tmp_path: Path) -> None:
    replay.fault = faults.status(500)
    many = [
        entry(work["DOI"], base(work, random.Random(1)) | {"doi": f"10.5555/a,{n}"}) for n, work in enumerate(GOOD * 20)
    ]
    check(many, options_for(replay, tmp_path))
    attempts = service._ATTEMPTS
    assert len(replay.log) <= (service._FAILURES_TO_GIVE_UP + 3) * attempts


def test_not_registered_needs_the_word_of_doi_org(replay: Replay, brief: Options) -> None:
    replay.fault = faults.doi_org(500)
    unknown = entry("key", base(GOOD[0], random.Random(1)) | {"doi": "10.5555/unknown"})
    assert check([unknown], brief)[0].kind is VerdictKind.UNCHECKED
    replay.fault = None
    assert check([unknown], brief)[0].kind is VerdictKind.NOT_REGISTERED


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("7", 7.0, id="seconds"),
        pytest.param(" 7 ", 7.0, id="blanks"),
        pytest.param("Thu, 01 Jan 1970 00:00:00 GMT", 0.0, id="past"),
        pytest.param("۷", None, id="Persian digit"),
        pytest.param("soon", None, id="word"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="absent"),
    ],
)
def test_retry_after(value: str | None, expected: float | None) -> None:
    assert retry_after(value) == expected
