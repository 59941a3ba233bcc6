"""Labelled references: reading the data files, splitting them by document, aligning labels with words."""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from refkit.parse.features import words_of

LICENCES = frozenset({"BSD-2-Clause", "CC-BY-4.0", "CC-BY 4.0", "MIT", "own"})
# Fields with a label of their own for the first word: two such fields may follow each other, and where one begins
# matters most for them.
LONG_FIELDS = frozenset(
    {"author", "title", "container-title", "editor", "publisher", "place", "series", "note", "translator"}
)
NO_LABEL = "O"
_BLOCK = 25  # references of one large file that stay together
_LARGE = 400


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled stretch of a reference."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled reference; `source` names the file it came from, `doc` the document inside it."""

    id: str
    source: str
    doc: str
    text: str
    labels: tuple[Label, ...]


def read_file(path: Path) -> Iterator[Example]:
    """The references of one file whose licence allows training."""
    source = path.stem.removeprefix("train-")
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            if item["licence"] not in LICENCES:
                continue
            labels = tuple(Label(label["field"], label["start"], label["end"]) for label in item["labels"])
            yield Example(item["id"], source, item["doc"], item["text"], labels)


def read_folder(folder: Path) -> list[Example]:
    """All usable references of a folder of `train-*.jsonl` files."""
    return [example for path in sorted(folder.glob("train-*.jsonl")) for example in read_file(path)]


def split(examples: Iterable[Example], share: float = 0.15) -> tuple[list[Example], list[Example]]:
    """Training and held-out references; a document is never in both, large files are cut into blocks."""
    examples = list(examples)
    sizes: dict[str, int] = {}
    seen: dict[str, int] = {}
    for example in examples:
        sizes[example.source + example.doc] = sizes.get(example.source + example.doc, 0) + 1
    kept: tuple[list[Example], list[Example]] = ([], [])
    for example in examples:
        key = example.source + example.doc
        seen[key] = seen.get(key, 0) + 1
        group = f"{key}#{seen[key] // _BLOCK}" if sizes[key] > _LARGE else key
        kept[zlib.crc32(group.encode()) % 1000 < share * 1000].append(example)
    return kept


def word_labels(example: Example) -> list[str]:
    """One label per word of the reference: `B-title`, `I-title`, `date`, … or `O`."""
    found = []
    labels = iter(example.labels)
    current = next(labels, None)
    begun = None
    for start, end in words_of(example.text):
        while current is not None and current.end <= start:
            current = next(labels, None)
        if current is None or end <= current.start or current.field == "other":
            found.append(NO_LABEL)
        elif current.field not in LONG_FIELDS:
            found.append(current.field)
        else:
            found.append(f"{'I' if begun is current else 'B'}-{current.field}")
            begun = current
    return found
