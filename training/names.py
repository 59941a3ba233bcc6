"""How many lists of people are read right.

python -m training.names training/handmade/names.jsonl [MORE.jsonl]

Each line of a file: `set`, the `text` of a reference, its `author` as printed, and `names`, each with `family`,
`given`, `particle`, `suffix`, or a `literal` organisation. A reference is right when all family names (with their
particles) are, in order; the second figure wants the initials right, too. Case and accents do not count. People who are
marked as editors are looked for among the editors.
"""

import argparse
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from refkit.formats.csl_json import csl_name, to_item
from refkit.model import Reference
from refkit.parse import read_references
from refkit.parse.people import read_people

Person = tuple[str, str]  # family name and initials
_COLUMNS = ("families", "and initials", "author alone: families", "and initials")


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if letter.isalpha())


def _person(name: dict[str, str]) -> Person:
    particles = (name.get(part, "") for part in ("dropping-particle", "non-dropping-particle", "particle"))
    family = _letters(" ".join([*particles, name.get("family") or name.get("literal", "")]))
    words = name.get("given", "").replace(".", " ").replace("-", " ").replace("‐", " ").split()
    return family, "".join(_letters(word if word.isupper() and len(word) < 4 else word[:1]) for word in words)


def _people(names: Iterable[dict[str, str]]) -> list[Person]:
    return [_person(name) for name in names if name.get("literal") != "others"]


def _right(found: list[Person], wanted: list[Person]) -> tuple[bool, bool]:
    return [family for family, _ in found] == [family for family, _ in wanted], found == wanted


def main() -> None:
    """Prints the share of references that are right, by set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    rows = [json.loads(line) for path in parser.parse_args().gold for line in path.read_text("utf-8").splitlines()]
    right: dict[str, Counter[int]] = {}
    for row, parsed in zip(rows, read_references(Reference(row["text"]) for row in rows), strict=True):
        item, wanted = to_item(parsed.entry), _people(row["names"])
        whole = _right(_people(item.get("author") or item.get("editor", ())), wanted)
        alone = _right(_people(map(csl_name, read_people(row["author"]))), wanted)
        for name in (row["set"], "all"):
            right.setdefault(name, Counter()).update({-1: 1, **dict(enumerate((*whole, *alone)))})
    sys.stdout.write(f"{'set':12} references  {'  '.join(_COLUMNS)}\n")
    for name, counts in sorted(right.items(), key=lambda pair: pair[0] == "all"):
        shares = "  ".join(f"{counts[index] / counts[-1]:.3f}" for index in range(len(_COLUMNS)))
        sys.stdout.write(f"{name:12} {counts[-1]:10}  {shares}\n")


if __name__ == "__main__":
    main()
