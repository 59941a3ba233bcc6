import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from refkit.verify import cache as answers
from refkit.verify.cache import Cache, clear, info
from refkit.verify.limiter import Limiter, Limits, TooLateError
from refkit.verify.options import CACHE_NAME
from tests.verify.conftest import WORKS
from tests.verify.replay import Replay, politeness
from tests.verify.stores import usable

CLIENT = """
import json, random, sys
from pathlib import Path
from refkit.verify import Options, check
from tests.verify.stores import base, entry, usable
url, folder, name = sys.argv[1:]
works = [work for work in json.loads(Path(name).read_text(encoding="utf-8")) if usable(work)]
entries = [entry(work["DOI"], base(work, random.Random(1))) for work in works]
options = Options("test@example.org", Path(folder), f"{url}/crossref", f"{url}/doi", f"{url}/datacite")
print(sorted({verdict.kind.value for verdict in check(entries, options)}))
"""
ROOT = Path(__file__).parents[2]


def start(replay: Replay, folder: Path) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", CLIENT, replay.url, str(folder), str(Path(__file__).parent / "works.json")]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_answers_are_kept(tmp_path: Path) -> None:
    Cache(tmp_path).put("work", "10.1/a", {"DOI": "10.1/a"})
    kept = Cache(tmp_path).get_many("work", ["10.1/a", "10.1/b"], None, False)
    assert {key: answer.body for key, answer in kept.items()} == {"10.1/a": {"DOI": "10.1/a"}}


def test_negative_answers_hold_a_day_and_records_a_month(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("work", "known", {"DOI": "x"})
    cache.put("work", "unknown", None)
    cache.run(lambda c: c.execute("UPDATE answers SET stored = ?", (time.time() - 2 * answers.DAY,)))
    assert set(cache.get_many("work", ["known", "unknown"], None, False)) == {"known"}
    assert set(cache.get_many("work", ["known", "unknown"], None, True)) == {"known", "unknown"}
    assert set(cache.get_many("work", ["known", "unknown"], 1.0, True)) == set()


def test_more_keys_than_one_query_holds(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("work", "k999", {})
    assert set(cache.get_many("work", [f"k{number}" for number in range(1000)], None, False)) == {"k999"}


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_damaged_file_is_begun_anew(damage: bytes, tmp_path: Path) -> None:
    (tmp_path / CACHE_NAME).write_bytes(damage)
    cache = Cache(tmp_path)
    cache.put("work", "a", {})
    assert set(Cache(tmp_path).get_many("work", ["a"], None, False)) == {"a"}


def test_damage_while_in_use_is_survived(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("work", "a", {})
    for file in tmp_path.iterdir():
        file.write_bytes(b"\xff" * 9000)
    cache.put("work", "b", {})
    assert "b" in cache.get_many("work", ["b"], None, False)


def test_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "folder")
    cache.put("work", "a", {})
    assert set(cache.get_many("work", ["a"], None, False)) == {"a"}


def test_an_answer_that_is_no_json_counts_as_absent(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.run(lambda c: c.execute("INSERT INTO answers VALUES ('work', 'a', '{', ?)", (time.time(),)))
    assert cache.get_many("work", ["a"], None, True) == {}


def test_a_claim_of_a_dead_run_is_void(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    values = [("work", "dead", ended.pid, time.time() + 60), ("work", "alive", os.getppid(), time.time() + 60)]
    cache.run(lambda c: c.executemany("INSERT INTO claims VALUES (?, ?, ?, ?)", values))
    assert cache.claim("work", ["dead", "alive", "free"]) == ["dead", "free"]


def test_info_and_clear(tmp_path: Path) -> None:
    assert info(tmp_path).answers == {}
    cache = Cache(tmp_path)
    cache.put("work", "a", {})
    cache.put("search", "b", [])
    cache.close()
    assert info(tmp_path).answers == {"search": 1, "work": 1}
    assert clear(tmp_path) == 2
    assert not list(tmp_path.iterdir())


def test_several_runs_at_once_share_questions_and_limits(tmp_path: Path, replay: Replay) -> None:
    replay.enforce = True
    runs = [start(replay, tmp_path) for _ in range(3)]
    outputs = [run.communicate(timeout=150) for run in runs]
    assert {output for output, _ in outputs} == {"['updated', 'verified']\n"}
    assert not any("Traceback" in errors or "locked" in errors for _, errors in outputs)
    assert politeness(replay.log) == []


def test_a_killed_run_is_resumed(tmp_path: Path, replay: Replay) -> None:
    replay.latency = 0.2
    run = start(replay, tmp_path)
    until = time.monotonic() + 30
    while not any(request.ended for request in replay.log) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.1)
    run.send_signal(signal.SIGKILL)
    run.wait()
    connection = sqlite3.connect(tmp_path / CACHE_NAME)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    replay.latency = 0.0
    output, _ = start(replay, tmp_path).communicate(timeout=60)
    assert output == "['updated', 'verified']\n"
    everything = sum(map(usable, WORKS)) // 20 + 1
    assert len(replay.log) <= 2 * everything + 6


class TestTurns:
    def test_no_more_at_once_than_allowed(self) -> None:
        limiter = Limiter(Cache(None), "host", Limits(at_once=2, per_second=100, by_kind={}))
        turns = [limiter.take("record", time.time() + 1) for _ in range(2)]
        with pytest.raises(TooLateError):
            limiter.take("record", time.time() + 0.05)
        limiter.give_back(turns[0])
        assert limiter.take("record", time.time() + 1)

    def test_no_more_a_second_than_allowed(self) -> None:
        limiter = Limiter(Cache(None), "host", Limits(at_once=9, per_second=9, by_kind={"list": 2}))
        for _ in range(2):
            limiter.give_back(limiter.take("list", time.time() + 1))
        with pytest.raises(TooLateError):
            limiter.take("list", time.time() + 0.2)
        assert limiter.take("record", time.time() + 1)

    def test_a_pause_holds_for_everybody(self, tmp_path: Path) -> None:
        limits = Limits(at_once=9, per_second=9, by_kind={})
        Limiter(Cache(tmp_path), "host", limits).pause(600)
        with pytest.raises(TooLateError, match="pause of 600 s"):
            Limiter(Cache(tmp_path), "host", limits).take("record", time.time() + 1)
        assert Limiter(Cache(tmp_path), "other", limits).take("record", time.time() + 1)

    def test_a_turn_of_a_dead_run_is_free(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path)
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        row = ("host", "record", ended.pid, time.time() - 5)
        cache.run(lambda c: c.execute("INSERT INTO turns (host, kind, pid, began) VALUES (?, ?, ?, ?)", row))
        assert Limiter(cache, "host", Limits(1, 1, {})).take("record", time.time() + 1)

    def test_the_numbers_of_the_host_are_kept_where_they_are_lower(self) -> None:
        limiter = Limiter(Cache(None), "host", Limits(at_once=3, per_second=8, by_kind={"record": 8, "list": 3}))
        limiter.lower("record", 5, 1)
        limiter.lower("list", 50, None)
        assert limiter.limits == Limits(at_once=1, per_second=8, by_kind={"record": 5, "list": 3})
        limiter.slow_down("list")
        limiter.slow_down("list")
        assert limiter.limits.by_kind["list"] == 1

    def test_many_threads_take_turns(self) -> None:
        limiter = Limiter(Cache(None), "host", Limits(at_once=3, per_second=1000, by_kind={}))
        running, most = [0], [0]
        lock = threading.Lock()

        def work() -> None:
            turn = limiter.take("record", time.time() + 20)
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            time.sleep(0.002)
            with lock:
                running[0] -= 1
            limiter.give_back(turn)

        threads = [threading.Thread(target=work) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert 1 <= most[0] <= 3
