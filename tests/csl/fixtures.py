"""Reads and compares fixtures of the official CSL test suite, which stands beside the project where it is present.

`python tests/csl/fixtures.py` prints the names of the fixtures that pass now, for passing.txt.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from suite_worker import answer

SUITE = Path(__file__).parents[2] / "../shared/data/csl-suite"
PASSING = Path(__file__).with_name("passing.txt")
_SECTION = re.compile(r"^>>=+\s*([A-Z0-9-]+)\s*=+>>[^\n]*\n(.*?)^<<=+\s*\1\s*=+<<", re.S | re.M)
_SPELLINGS = {
    "&amp;": "&#38;", "&lt;": "&#60;", "&gt;": "&#62;", "&quot;": '"', "&#34;": '"', "&nbsp;": "\u00a0",
    "<em>": "<i>", "</em>": "</i>", "<strong>": "<b>", "</strong>": "</b>",
}  # fmt: skip


def passing() -> list[str]:
    """The fixtures that are known to pass."""
    return PASSING.read_text("utf-8").split()


def passes(path: Path) -> bool:
    """Whether the processor gives what the fixture wants, but for spelling of entities and indentation."""
    sections = {match[1]: match[2] for match in _SECTION.finditer(path.read_text("utf-8-sig").replace("\r\n", "\n"))}
    steps = json.loads(sections["CITATIONS"]) if "CITATIONS" in sections else None
    request = {
        "id": path.stem,
        "mode": sections["MODE"].strip(),
        "style": sections["CSL"].strip(),
        "items": json.loads(sections["INPUT"]),
        "citation_items": json.loads(sections["CITATION-ITEMS"]) if "CITATION-ITEMS" in sections else None,
        "document": final_document(steps) if steps else None,
        "locales": None,
    }
    return levelled(answer(request)["output"]) == levelled(sections["RESULT"])


def final_document(steps: list[Any]) -> list[dict[str, Any]]:
    """The citations that stand when the last step of a CITATIONS section is done."""
    clusters, notes = {}, {}
    for cluster, before, after in steps:
        clusters[cluster["citationID"]] = cluster
        notes[cluster["citationID"]] = cluster.get("properties", {}).get("noteIndex", 0)
        notes.update((key, note) for key, note in [*before, *after])
    cluster, before, after = steps[-1]
    order = [*(key for key, _ in before), cluster["citationID"], *(key for key, _ in after)]
    return [
        {"citationID": key, "noteIndex": notes[key], "citationItems": clusters[key]["citationItems"]}
        for key in order
        if key in clusters
    ]


def levelled(text: str) -> str:
    """The text without the differences in writing that mean nothing."""
    for one, other in _SPELLINGS.items():
        text = text.replace(one, other)
    text = re.sub(r"\s*(</?div[^>]*>)\s*", r"\1", text.strip())
    text = re.sub(r'style="([^"]*)"', lambda match: f'style="{match[1].replace(" ", "").rstrip(";")}"', text)
    text = re.sub(r"^(?:>>|\.\.)\[[0-9]+\] ?", "", text, flags=re.M)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def main() -> None:
    names = [path.stem for path in sorted(SUITE.glob("*_*.txt")) if passes(path)]
    sys.stdout.write("\n".join(names) + "\n")


if __name__ == "__main__":
    main()
