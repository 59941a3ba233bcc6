import copy
import random
from pathlib import Path
from typing import Any

import pytest

from refkit.model import Entry, Field, Verdict, VerdictKind
from refkit.verify import Options, Progress, check
from tests.verify.conftest import WORKS, options_for
from tests.verify.replay import Replay, free_port, politeness, serve
from tests.verify.stores import all_cases, base, entry, notice_of, usable

ARTICLES = [work for work in WORKS if usable(work) and work["type"] == "journal-article" and "update-to" not in work]
FAITHFUL = entry("faithful", base(ARTICLES[0], random.Random(1)))
CASES = all_cases(WORKS, 5)


def make(kind: str, **fields: str) -> Entry:
    return Entry(kind, "key", tuple(Field(name, value) for name, value in fields.items()))


def one(entry_: Entry, options: Options) -> Verdict:
    return check([entry_], options)[0]


@pytest.mark.parametrize("kind", sorted({case.kind for case in CASES}))
def test_kind_gets_the_verdict_it_deserves(kind: str, replay: Replay, tmp_path: Path, hasty: None) -> None:
    chosen = [case for case in CASES if case.kind == kind][:2]
    for number, case in enumerate(chosen):
        replay.add(*case.works, *case.notices)
        replay.notices[:] = case.notices
        replay.datacite |= case.datacite
        found = one(case.entry, options_for(replay, tmp_path / str(number)))
        assert found.kind in case.expected, found
        assert found.kind is not VerdictKind.VERIFIED or case.good


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"title": "A page"}, VerdictKind.UNVERIFIABLE, id="no DOI"),
        pytest.param({"doi": "20.1001.1.20088221.1399.8.26.2.4"}, VerdictKind.INVALID, id="DOR"),
        pytest.param({"doi": "arXiv:1706.03762"}, VerdictKind.INVALID, id="arXiv"),
        pytest.param({"doi": "10.22059"}, VerdictKind.INVALID, id="prefix only"),
    ],
)
def test_no_request_where_none_is_needed(
    fields: dict[str, str], kind: VerdictKind, replay: Replay, options: Options
) -> None:
    assert one(make("online", **fields), options).kind is kind
    assert not replay.log


def test_doi_in_a_resolver_address_is_checked(options: Options) -> None:
    fields = base(ARTICLES[0], random.Random(1))
    fields["url"] = f"https://doi.org/{fields.pop('doi')}"
    assert one(entry("key", fields), options).kind is VerdictKind.VERIFIED


def test_second_run_asks_nobody(replay: Replay, options: Options, hasty: None) -> None:
    entries = [case.entry for case in CASES if case.kind in ("faithful", "unregistered", "slot_page", "doi_random")][
        :20
    ]
    first = check(entries, options)
    asked = len(replay.log)
    assert check(entries, options) == first
    assert len(replay.log) == asked


def test_offline_takes_the_cache_and_nothing_else(replay: Replay, options: Options) -> None:
    offline = Options(cache_dir=options.cache_dir, offline=True)
    assert one(FAITHFUL, offline).kind is VerdictKind.UNCHECKED
    one(FAITHFUL, options)
    assert one(FAITHFUL, offline).kind is VerdictKind.VERIFIED


def test_age_zero_asks_again(replay: Replay, options: Options) -> None:
    one(FAITHFUL, options)
    asked = len(replay.log)
    fresh = Options(
        cache_dir=options.cache_dir, crossref_url=options.crossref_url, doi_url=options.doi_url, max_age=0.0
    )
    one(FAITHFUL, fresh)
    assert len(replay.log) > asked


def test_no_network_is_said_and_not_cached(tmp_path: Path, replay: Replay) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    dead = Options(cache_dir=tmp_path, crossref_url=nobody, doi_url=nobody, datacite_url=nobody)
    found = one(FAITHFUL, dead)
    assert (found.kind, found.source) == (VerdictKind.UNCHECKED, "crossref")
    assert "cannot be reached" in (found.reason or "")
    assert one(FAITHFUL, options_for(replay, tmp_path)).kind is VerdictKind.VERIFIED


def test_polite_within_the_limits(tmp_path: Path) -> None:
    strict = Replay(enforce=True)
    strict.add(*WORKS)
    with serve(strict) as services:
        check([case.entry for case in CASES if case.kind == "doi_as_url"], options_for(services, tmp_path))
        assert politeness(services.log) == []
        assert all("refkit/" in request.agent for request in services.log)


def test_one_request_for_twenty_dois(replay: Replay, options: Options) -> None:
    check([entry(work["DOI"], base(work, random.Random(1))) for work in ARTICLES[:20]], options)
    assert [request.kind for request in replay.log] == ["list", "list"]


def test_a_doi_is_encoded_whole(replay: Replay, options: Options) -> None:
    odd = {**ARTICLES[0], "DOI": "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid#x?y>3.0.co;2-2,z"}
    replay.add(odd)
    assert one(entry("key", base(odd, random.Random(1))), options).kind is VerdictKind.VERIFIED


def test_progress_reaches_the_end(options: Options) -> None:
    seen: list[Progress] = []
    check([FAITHFUL], options, seen.append)
    assert seen[-1].done == seen[-1].total > 0
    seen.clear()
    check([FAITHFUL], options, seen.append)
    assert seen[-1].cached == seen[-1].done


def test_alias_is_the_primary_work(replay: Replay, options: Options) -> None:
    work = ARTICLES[0]
    replay.aliases["10.5555/alias"] = work["DOI"].lower()
    found = one(entry("key", base(work, random.Random(1)) | {"doi": "10.5555/alias"}), options)
    assert found.kind is VerdictKind.VERIFIED
    assert f"alias of {work['DOI'].lower()}" in (found.reason or "")


@pytest.mark.parametrize("agency", ["mEDRA", "JaLC", "CNKI"])
def test_other_agency_is_compared_where_it_gives_a_record(agency: str, replay: Replay, options: Options) -> None:
    work = ARTICLES[0]
    replay.agencies["10.5555/there"] = agency
    fields = base(work, random.Random(1)) | {"doi": "10.5555/there"}
    found = one(entry("key", fields), options)
    assert (found.kind, found.source) == (VerdictKind.OTHER_AGENCY, agency.lower())
    assert "nothing was compared" in (found.reason or "")
    replay.agencies["10.5555/here"] = agency
    replay.csl["10.5555/here"] = {**work, "title": work["title"][0], "DOI": "10.5555/here"}
    assert one(entry("key", fields | {"doi": "10.5555/here"}), options).kind is VerdictKind.OTHER_AGENCY
    wrong = make("article", title="Something else entirely", author="Nobody, N.", year="1950", doi="10.5555/here")
    assert one(wrong, options).kind is VerdictKind.WRONG_DOI


def test_both_sources_of_a_retraction_are_named_once(replay: Replay, options: Options) -> None:
    work = copy.deepcopy(ARTICLES[1])
    notice = notice_of(work, "retraction", "Retraction")
    twice = [{"DOI": notice["DOI"], "type": "retraction", "source": s} for s in ("publisher", "retraction-watch")]
    work["updated-by"] = twice
    replay.add(work, notice)
    replay.notices.append(notice)
    found = one(entry("key", base(work, random.Random(1))), options)
    assert found.kind is VerdictKind.RETRACTED
    assert (found.reason or "").count("retracted by") == 1
    assert "publisher, Retraction Watch" in (found.reason or "")


def test_repair_of_a_slip_is_suggested(replay: Replay, options: Options) -> None:
    work = next(work for work in ARTICLES if work["DOI"][-2:].isdigit() and work["DOI"][-1] != work["DOI"][-2])
    doi = work["DOI"][:-2] + work["DOI"][-1] + work["DOI"][-2]
    if doi.lower() in replay.works:
        pytest.skip("the slip is a DOI of its own")
    found = one(entry("key", base(work, random.Random(1)) | {"doi": doi}), options)
    assert found.kind is VerdictKind.NOT_REGISTERED
    assert found.candidate is not None
    assert found.candidate.doi.lower() == work["DOI"].lower()


class TestFindingDois:
    def test_found_with_its_score(self, replay: Replay, options: Options) -> None:
        fields = base(ARTICLES[0], random.Random(1))
        del fields["doi"]
        found = one(entry("key", fields), self.searching(options))
        assert found.kind is VerdictKind.FOUND
        assert found.candidate is not None
        assert (found.candidate.doi, found.candidate.score > 0.9) == (ARTICLES[0]["DOI"], True)

    def test_two_alike_are_both_shown_and_none_is_taken(self, replay: Replay, options: Options) -> None:
        twin = {**ARTICLES[0], "DOI": "10.5555/twin"}
        replay.add(twin)
        fields = base(ARTICLES[0], random.Random(1))
        del fields["doi"]
        found = one(entry("key", fields), self.searching(options))
        assert (found.kind, found.candidate) == (VerdictKind.UNVERIFIABLE, None)
        assert "10.5555/twin" in (found.reason or "")

    def test_not_found_is_no_accusation(self, options: Options) -> None:
        found = one(
            make("article", title="A work that no record describes at all", year="1990"), self.searching(options)
        )
        assert (found.kind, found.source) == (VerdictKind.UNVERIFIABLE, "crossref")

    @pytest.mark.parametrize("kind", ["online", "misc", "jurisdiction", "legislation"])
    def test_no_search_for_what_has_no_doi(self, kind: str, replay: Replay, options: Options) -> None:
        one(make(kind, title="Iran and its neighbours today", year="2020"), self.searching(options))
        assert not replay.log

    @staticmethod
    def searching(options: Options) -> Options:
        return Options(
            mailto=options.mailto,
            cache_dir=options.cache_dir,
            crossref_url=options.crossref_url,
            doi_url=options.doi_url,
            datacite_url=options.datacite_url,
            find_dois=True,
        )


HOSTILE: dict[str, dict[str, Any]] = {
    "ten million letters": {"title": ["a b " * 2_500_000]},
    "terminal escapes": {"title": ["\x1b[31mred\x1b]0;owned\x07 title \x9b2J"], "container-title": ["\x1b[2J"]},
    "bidi override": {"title": ["safe \u202e evil"]},
    "wrong types": {"title": 5, "author": "x", "issued": [], "page": {"a": 1}, "container-title": [[]], "update-to": 7},
    "nulls": {"title": None, "author": [None], "issued": None, "relation": None, "updated-by": [None]},
    "empty": {"title": [], "author": [], "container-title": []},
    "deep": {"title": [[[[[[[[["deep"]]]]]]]]], "relation": {"is-preprint-of": [[[{}]]]}},
    "many authors": {"author": [{"family": f"Family{n}", "given": "A."} for n in range(20000)]},
    "html": {"title": ["<script>alert(1)</script><b>bold</b> &lt;i&gt;"]},
}


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE)
def test_hostile_record_is_bounded_and_harmless(changes: dict[str, Any], replay: Replay, options: Options) -> None:
    replay.add({**ARTICLES[0], **{key: value for key, value in changes.items() if key not in ("title", "author")}})
    replay.works[ARTICLES[0]["DOI"].lower()].update(changes)
    found = one(FAITHFUL, options)
    assert found.kind in VerdictKind
    shown = " ".join(f"{item.record} {item.entry}" for item in found.fields) + (found.reason or "")
    assert len(shown) < 20_000
    assert not any(ord(character) < 32 or character in "\x9b\u202e" for character in shown)
    assert sum(file.stat().st_size for file in (options.cache_dir or Path()).iterdir()) < 2_000_000
