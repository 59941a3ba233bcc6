"""How right, how polite and how fast a check is, against the replay in another process.

    python benchmarks/verify/run.py WORKS.jsonl [entries] [seed] [usual|hard] [first|second]

WORKS.jsonl holds Crossref records, one `{"work": …}` a line; `first` and `second` take one half of them. The thresholds
of refkit.verify.match were set on the first half, so figures to publish come from the second.
"""

import json
import multiprocessing
import random
import sys
import tempfile
import time
import urllib.request
from collections import Counter, defaultdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from refkit.verify import Options, check
from tests.verify.replay import Replay, Request, politeness, serve
from tests.verify.stores import Case, all_cases

GOOD_SHARE = {"usual": 0.65, "hard": 0.40}


def load(path: Path, half: str) -> list[dict[str, Any]]:
    works = [json.loads(line)["work"] for line in path.read_text(encoding="utf-8").splitlines()]
    random.Random(7).shuffle(works)
    middle = len(works) // 2
    return works[:middle] if half == "first" else works[middle:]


def draw(cases: list[Case], size: int, good_share: float, seed: int) -> list[Case]:
    """Cases of all kinds in equal shares, no two that need a DOI to mean two things."""
    chance = random.Random(seed)
    kinds: dict[bool, dict[str, list[Case]]] = {True: defaultdict(list), False: defaultdict(list)}
    for case in cases:
        kinds[case.good][case.kind].append(case)
    chosen: list[Case] = []
    for good, count in ((True, round(size * good_share)), (False, size - round(size * good_share))):
        names = list(kinds[good])
        for number in range(count):
            chosen.append(chance.choice(kinds[good][names[number % len(names)]]))
    chance.shuffle(chosen)
    return without_clashes(chosen)


def without_clashes(cases: list[Case]) -> list[Case]:
    meaning: dict[str, str] = {}
    kept = []
    for case in cases:
        known = {work["DOI"].lower(): json.dumps([work, case.notices]) for work in (*case.works, *case.notices)}
        if all(meaning.setdefault(doi, text) == text for doi, text in known.items()):
            kept.append(case)
    return kept


def replay_of(cases: list[Case], works: list[dict[str, Any]], latency: float) -> Replay:
    replay = Replay(latency=latency)
    replay.add(*works)
    for case in cases:
        replay.add(*case.works, *case.notices)
        replay.notices += case.notices
        replay.datacite |= case.datacite
    return replay


def run_server(cases: list[Case], works: list[dict[str, Any]], latency: float, pipe: Connection) -> None:
    with serve(replay_of(cases, works, latency)) as replay:
        pipe.send(replay.url)
        pipe.recv()


def main() -> None:
    path, size, seed, mix, half = (sys.argv[1:] + ["200", "1", "usual", "second"][len(sys.argv) - 2 :])[:5]
    works = load(Path(path), half)
    some = random.Random(int(seed)).sample(works, min(len(works), 2 * int(size)))
    cases = draw(all_cases(some, int(seed)), int(size), GOOD_SHARE[mix], int(seed))
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=run_server, args=(cases, works, 0.05, theirs), daemon=True)
    server.start()
    url = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        options = Options(
            mailto="bench@example.org",
            cache_dir=Path(folder),
            crossref_url=f"{url}/crossref",
            doi_url=f"{url}/doi",
            datacite_url=f"{url}/datacite",
        )
        for name in ("cold", "second"):
            wall, cpu = time.time(), time.process_time()
            verdicts = check([case.entry for case in cases], options)
            log = [Request(**item) for item in json.load(urllib.request.urlopen(f"{url}/log"))]
            took = f"{time.time() - wall:.1f} s wall, {time.process_time() - cpu:.1f} s CPU"
            print(f"{name}: {took}, {len(log)} requests so far")
    ours.send("stop")
    report(cases, verdicts, log)


def report(cases: list[Case], verdicts: Any, log: list[Request]) -> None:
    right = sum(verdict.kind in case.expected for case, verdict in zip(cases, verdicts, strict=True))
    good = [(case, verdict) for case, verdict in zip(cases, verdicts, strict=True) if case.good]
    alarms = sum(verdict.kind not in case.expected for case, verdict in good)
    passed = [
        case.kind
        for case, verdict in zip(cases, verdicts, strict=True)
        if not case.good and verdict.kind == "verified" and "verified" not in case.expected
    ]
    print(f"right: {right} of {len(cases)} ({100 * right / len(cases):.1f} %)")
    print(f"false alarms: {alarms} of {len(good)} good entries; faulty entries that pass: {passed or 'none'}")
    print(f"requests: {dict(Counter(f'{request.service} {request.kind}' for request in log))}")
    print(f"complaints about politeness: {politeness(log) or 'none'}")
    for case, verdict in zip(cases, verdicts, strict=True):
        if verdict.kind not in case.expected:
            print(f"  {case.kind}: expected {case.expected}, got {verdict.kind} ({verdict.reason}) {verdict.fields}")


if __name__ == "__main__":
    main()
