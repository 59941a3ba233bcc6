import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from refkit.errors import StoreError
from refkit.model import Candidate, Difference, Entry, Field, Verdict, VerdictKind
from refkit.verify.lock import entry_hash, lock_path, with_lock, write_lock

ENTRY = Entry("article", "key", (Field("title", "On rivers"), Field("year", "2019"), Field("doi", "10.1/a")))
VERDICT = Verdict("key", "10.1/a", VerdictKind.VERIFIED, source="crossref", record="abc")
UNCHECKED = Verdict("key", "10.1/a", VerdictKind.UNCHECKED, reason="not in the cache")
DAY = date(2026, 11, 23)


def with_field(name: str, value: str) -> Entry:
    fields = tuple(field for field in ENTRY.fields if field.name != name)
    return replace(ENTRY, fields=(*fields, Field(name, value)))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(with_field("note", "read it"), id="note"),
        pytest.param(with_field("title", "On \n  rivers"), id="layout"),
        pytest.param(replace(ENTRY, key="other"), id="key"),
        pytest.param(replace(ENTRY, fields=ENTRY.fields[::-1]), id="order"),
    ],
)
def test_what_is_not_compared_does_not_count(changed: Entry) -> None:
    assert entry_hash(changed) == entry_hash(ENTRY)


@pytest.mark.parametrize("name", ["title", "year", "doi", "author", "pages"])
def test_what_is_compared_counts(name: str) -> None:
    assert entry_hash(with_field(name, "changed")) != entry_hash(ENTRY)


@pytest.mark.parametrize(
    "verdict",
    [
        pytest.param(VERDICT, id="verified"),
        pytest.param(
            replace(VERDICT, kind=VerdictKind.MISMATCH, fields=(Difference("year", "2019", "2020"),)), id="mismatch"
        ),
        pytest.param(
            replace(VERDICT, kind=VerdictKind.NOT_REGISTERED, candidate=Candidate("10.1/b", 0.9)), id="candidate"
        ),
    ],
)
def test_a_locked_verdict_comes_back(verdict: Verdict, tmp_path: Path) -> None:
    store = tmp_path / "references.bib"
    assert write_lock(store, [ENTRY], [verdict], DAY) == tmp_path / "references.lock.json"
    assert with_lock(store, [ENTRY], [UNCHECKED]) == (verdict,)


def test_a_changed_entry_is_unchecked_and_says_so(tmp_path: Path) -> None:
    store = tmp_path / "references.bib"
    write_lock(store, [ENTRY], [VERDICT], DAY)
    (found,) = with_lock(store, [with_field("year", "2020")], [UNCHECKED])
    assert (found.kind, found.source) == (VerdictKind.UNCHECKED, "lock file")
    assert "2026-11-23" in (found.reason or "")


def test_what_was_asked_now_wins(tmp_path: Path) -> None:
    store = tmp_path / "references.bib"
    write_lock(store, [ENTRY], [VERDICT], DAY)
    fresh = replace(VERDICT, kind=VerdictKind.RETRACTED)
    assert with_lock(store, [ENTRY], [fresh]) == (fresh,)


def test_an_unchecked_entry_keeps_what_was_known(tmp_path: Path) -> None:
    store = tmp_path / "references.bib"
    write_lock(store, [ENTRY], [VERDICT], DAY)
    before = lock_path(store).read_bytes()
    write_lock(store, [ENTRY], [UNCHECKED], date(2027, 1, 1))
    assert lock_path(store).read_bytes() == before


def test_the_same_verdict_on_another_day_changes_nothing(tmp_path: Path) -> None:
    store = tmp_path / "references.bib"
    write_lock(store, [ENTRY], [VERDICT], DAY)
    before = lock_path(store).read_bytes()
    write_lock(store, [ENTRY], [VERDICT], date(2027, 1, 1))
    assert lock_path(store).read_bytes() == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"entries": 3}', "[" * 100_000])
def test_a_broken_lock_file_stops_with_what_to_do(text: str, tmp_path: Path) -> None:
    store = tmp_path / "references.bib"
    lock_path(store).write_text(text)
    with pytest.raises(StoreError, match="delete it"):
        with_lock(store, [ENTRY], [UNCHECKED])


def test_an_edited_verdict_is_not_believed(tmp_path: Path) -> None:
    store = tmp_path / "references.bib"
    write_lock(store, [ENTRY], [VERDICT], DAY)
    document = json.loads(lock_path(store).read_text())
    document["entries"]["key"]["verdict"] = "splendid"
    lock_path(store).write_text(json.dumps(document))
    assert with_lock(store, [ENTRY], [UNCHECKED]) == (UNCHECKED,)
