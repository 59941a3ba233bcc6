"""Draw the sample of errors and warnings that is read by hand for false_alarms.md.

Usage: python benchmarks/false_alarms.py SEED PER_RULE FILE.bib...
"""

import random
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from refkit.bibtex import load
from refkit.files import read_source
from refkit.model import Finding, Severity, Source
from refkit.rules import run_entry_rules
from refkit.rules.context import context_of

TODAY = date(2026, 11, 1)


def main(seed: int, per_rule: int, names: list[str]) -> None:
    by_rule: defaultdict[str, list[tuple[Source, Finding]]] = defaultdict(list)
    files: Counter[str] = Counter()
    entries = 0
    for name in names:
        bibliography = load(read_source(name))
        entries += len(bibliography.entries)
        for found in run_entry_rules(bibliography, context_of(bibliography, today=TODAY)):
            if found.severity is not Severity.INFO:
                by_rule[found.code].append((bibliography.source, found))
                files[Path(name).name] += 1
    print(f"{len(names)} files, {entries} entries, {sum(files.values())} errors and warnings")
    for name, count in files.most_common():
        print(f"{count:5} {name}")
    for code, items in sorted(by_rule.items()):
        print(f"\n{code} {len(items)}")
        for source, found in random.Random(seed).sample(items, min(per_rule, len(items))):
            line, _ = source.position(found.start)
            around = source.text[max(found.start - 60, 0) : found.end + 40]
            print(f"  {Path(source.name).name}:{line} [{found.key}] {found.message}")
            print(f"      {' '.join(around.split())[:200]}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
