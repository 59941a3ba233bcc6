"""References per CPU second and memory of `refkit parse`, whole process.

python benchmarks/parse.py [LIST] [--lines 20000] [--to csl-json,jsonl,bibtex] [--jobs 1] [--times 3]

LIST holds one reference a line; its lines are repeated until there are enough, each with another year, so that the
citation keys differ as they do in a real list.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

PAPER = Path(__file__).parent.parent / "data" / "references.txt"


def lines(path: Path, count: int) -> Iterator[str]:
    """`count` references, one a line."""
    listed = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    for number, line in enumerate(islice(cycle(listed), count)):
        year = str(1930 + number // len(listed) % 90)
        yield (line if number < len(listed) else re.sub(r"\b(?:19|20)[0-9]{2}\b", year, line, count=1)) + "\n"


def measure(path: str, to: str, jobs: int) -> tuple[float, float]:
    """CPU seconds, and MiB of the largest process."""
    command = [sys.executable, "-m", "refkit", "parse", path, "--one-per-line", "--to", to, "--jobs", str(jobs)]
    process = subprocess.Popen([*command, "-o", os.devnull], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", nargs="?", type=Path, default=PAPER)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--to", default="csl-json,jsonl,bibtex")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(lines(options.list, options.lines))
        file.flush()
        for to in options.to.split(","):
            runs = [measure(file.name, to, options.jobs) for _ in range(options.times)]
            seconds, memory = min(runs)[0], max(memory for _, memory in runs)
            print(f"{to:10} {options.lines / seconds:7.0f} references a CPU second, {seconds:.2f} s, {memory:.0f} MiB")


if __name__ == "__main__":
    main()
