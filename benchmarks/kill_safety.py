"""Kills refkit (SIGKILL) at random moments while it writes a large file, and looks at what is left.

    python benchmarks/kill_safety.py [--kills 200] [--entries 20000] [--command "validate --offline --fix"]

After each kill the file must be the old one or the new one, byte for byte. Half of the kills come at a random moment of
the run, half in the milliseconds after the unfinished file appears beside the store. At the end one undisturbed run
must leave nothing but the store in the folder. Exit code 1 when anything else was seen.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bib_files import library


def command(words: str, path: Path) -> list[str]:
    return [sys.executable, "-m", "refkit", *words.split(), str(path)]


def run(words: str, path: Path) -> float:
    """One undisturbed run; how long it takes."""
    begin = time.monotonic()
    subprocess.run(command(words, path), capture_output=True, check=False)
    return time.monotonic() - begin


def kill_once(words: str, path: Path, delay: float, wait_for_leftover: bool) -> bool:
    """Start a run and kill it after `delay` seconds, counted from the unfinished file when that is waited for.

    Whether it was still running.
    """
    process = subprocess.Popen(command(words, path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    known = set(path.parent.iterdir())
    while wait_for_leftover and process.poll() is None and set(path.parent.iterdir()) <= known:
        pass
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def observe(folder: Path, kills: int, entries: int, words: str, seed: int) -> Counter[str]:
    """Do the kills; how often each outcome was seen."""
    chance = random.Random(seed)
    path, kept = folder / "refs.bib", folder.with_name(folder.name + "-old.bib")
    # Something to fix in each entry: the DOI as a web address.
    text = "".join(library(entries)).replace("doi = {", "doi = {https://doi.org/")
    path.write_text(text, encoding="utf-8")
    shutil.copy(path, kept)
    old = path.read_bytes()
    duration = run(words, path)
    new = path.read_bytes()
    seen: Counter[str] = Counter()
    if new == old:
        raise SystemExit(f"{words} changes nothing in the file: this would prove nothing")
    for number in range(kills):
        shutil.copy(kept, path)
        at_write = number % 2 == 1
        delay = chance.uniform(0, 0.02 if at_write else duration)
        killed = kill_once(words, path, delay, at_write)
        now = path.read_bytes()
        state = "old" if now == old else "new" if now == new else "DAMAGED"
        seen[f"{'killed' if killed else 'finished'}, file {state}"] += 1
        seen["unfinished files"] = max(seen["unfinished files"], len(list(folder.iterdir())) - 1)
    shutil.copy(kept, path)
    run(words, path)
    seen["left after an undisturbed run"] = len(list(folder.iterdir())) - 1
    seen["DAMAGED"] += path.read_bytes() != new
    kept.unlink()
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--command", default="format")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "store"
        inside.mkdir()
        seen = observe(inside, options.kills, options.entries, options.command, options.seed)
    for outcome, count in sorted(seen.items()):
        print(f"{count:5} {outcome}")
    sys.exit(any(count for outcome, count in seen.items() if "DAMAGED" in outcome or outcome.startswith("left")))


if __name__ == "__main__":
    main()
