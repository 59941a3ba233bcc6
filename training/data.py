"""Labelled references: reading the data files, splitting them by document, aligning labels with words."""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from refkit.parse.features import words_of

LICENCES = frozenset({"BSD-2-Clause", "CC-BY-4.0", "CC-BY 4.0", "MIT", "own"})
# Fields with a label of their own for the first word: two such fields may follow each other, and where one begins
# matters most for them.
LONG_FIELDS = frozenset(
    {"author", "title", "container-title", "editor", "publisher", "place", "series", "note", "translator"}
)
NO_LABEL = "O"
_ACCESSED = re.compile(
    r"\W*(?:date )?(?:last )?(?:accessed|accès|retrieved|viewed|visited|consulté|consultado|abgerufen|zugriff)"
    r"(?: (?:on|le|el|am))?[:,]?\s+(?=[^\n]{0,20}[0-9]{4}|[0-9])(?!.*https?:)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"\W*(?:(?:retrieved|available|accessed|disponible|verfügbar|url|online|from|at|in|on|under|unter|doi)\b\W*)+",
    re.IGNORECASE,
)
_VOLUME_MARK = re.compile(r"(?:vol|voi|tom[eoi]|t|band|bd)s?\b\W*(?=\w)", re.IGNORECASE)
_TAIL = re.compile(r",\s*([^\W\d_]+(?:\s*[-–]\s*[^\W\d_]+)?)\s*\Z")
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
            labels = (Label(label["field"], label["start"], label["end"]) for label in item["labels"])
            labels = filter(None, (_clearer(item["text"], label) for label in labels))
            labels = tuple(_places_apart(item["text"], list(labels)))
            yield Example(item["id"], source, item["doc"], item["text"], labels)


def _clearer(text: str, label: Label) -> Label | None:
    """A note that is an access date or a lead-in ("Retrieved from") gets the label that refkit wants.

    Links and volumes begin behind their lead-in.
    """
    value = text[label.start : label.end]
    if label.field == "volume" and (mark := _VOLUME_MARK.match(value)):
        return Label("volume", label.start + mark.end(), label.end)
    if label.field == "url" and (lead := _LEAD_IN.match(value)) and lead.end() < len(value):
        return Label("url", label.start + lead.end(), label.end)
    if label.field != "note":
        return label
    if accessed := _ACCESSED.match(value):
        return Label("accessed", label.start + accessed.end(), label.end)
    return None if _LEAD_IN.fullmatch(value) else label


def _places_apart(text: str, labels: list[Label]) -> Iterator[Label]:
    """A place at the end of a title, before the publisher or the year, becomes a label of its own."""
    placeless = all(label.field != "place" for label in labels)
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        tail = _TAIL.search(text, label.start, label.end) if label.field in {"title", "container-title"} else None
        imprint = following is not None and following.field in {"date", "publisher"}
        if tail and placeless and imprint and following.start - label.end <= 6 and _is_place(tail[1]):
            yield Label(label.field, label.start, tail.start())
            yield Label("place", tail.start(1), label.end)
        else:
            yield label


def _is_place(text: str) -> bool:
    known = _places()
    return all(word.lower() in known for word in re.findall(r"[^\W\d_]+", text))


@cache
def _places() -> frozenset[str]:
    return frozenset((Path(__file__).parent / "lists" / "place.txt").read_text(encoding="utf-8").split())


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


_MARKED = re.compile(r"\{([a-z-]+):([^{}]*)\}")


def read_handmade(folder: Path) -> Iterator[Example]:
    """References written and labelled by hand, `{field:text}` one a line; they are for checking only."""
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            text, labels, end = "", [], 0
            for match in _MARKED.finditer(line):
                text += line[end : match.start()]
                labels.append(Label(match.group(1), len(text), len(text) + len(match.group(2))))
                text += match.group(2)
                end = match.end()
            source = f"handmade-{path.stem}"
            yield Example(f"{source}-{number:03d}", source, source, text + line[end:], tuple(labels))
