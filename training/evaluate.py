"""Figures of the labeller on labelled references, by the rules of a scorer script (`score_refs.py`).

The scorer is not part of this project's sources; its path is an argument. Real, made-up and hand-written references
are reported apart.
"""

import importlib.util
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from refkit.formats.csl_json import to_item
from refkit.model import Reference, Span
from refkit.parse import read_references
from refkit.parse.labeller import label
from training.data import Example

Answer = dict[str, Any]
_OWN_FIELDS = "editor translator place edition doi url".split()
_REAL_PREFIXES = ("anystyle", "grobid", "linkedbooks")


@dataclass(frozen=True, slots=True)
class Figures:
    """The scores of one source; `errors` are (id, field, gold, found)."""

    source: str
    count: int
    micro: float
    whole: float
    fields: dict[str, tuple[float, int]]  # F1 and support
    errors: list[tuple[str, str, str, str]]


def load_scorer(path: Path) -> ModuleType:
    """The scorer script as a module."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location("score_refs", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not a Python file")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    for name in ("synthetic", "handmade"):
        scorer.SCORED[name] = [*scorer.BASE, *_OWN_FIELDS]
    return scorer


def labels_of(examples: list[Example]) -> list[Answer]:
    """What the labeller alone finds, as the scorer reads it."""
    return [{"fields": _found(label(example.text))} for example in examples]


def items_of(examples: list[Example]) -> list[Answer]:
    """The CSL items that the whole of `refkit parse` makes."""
    references = [Reference(example.text) for example in examples]
    return [{"csl": to_item(parsed.entry)} for parsed in read_references(references)]


def evaluate(
    examples: Iterable[Example], read: Callable[[list[Example]], list[Answer]], scorer: ModuleType
) -> list[Figures]:
    """Figures per source, in order of name; `read` is `labels_of` or `items_of`."""
    by_source: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_source[example.source].append(example)
    return [_figures(source, items, read(items), scorer) for source, items in sorted(by_source.items())]


def _figures(source: str, examples: list[Example], answers: list[Answer], scorer: ModuleType) -> Figures:
    gold = [_gold(example) for example in examples]
    found = {example.id: answer for example, answer in zip(examples, answers, strict=True)}
    result = scorer.score(gold, found, any("csl" in answer for answer in answers))
    summary = scorer.summary(result)["exact"]
    fields = {name: (row["f1"], row["support"]) for name, row in summary["fields"].items()}
    errors = [error[:4] for error in result["errors"]]
    return Figures(source, len(examples), summary["micro"]["f1"], summary["instance"], fields, errors)


def _gold(example: Example) -> dict[str, Any]:
    labels = [{"field": item.field, "text": example.text[item.start : item.end]} for item in example.labels]
    return {"id": example.id, "labels": labels}


def _found(spans: Iterable[Span]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = defaultdict(list)
    for span in spans:
        fields[span.field].append(span.text)
    return fields


def is_real(figures: Figures) -> bool:
    """Whether the source is real references."""
    return figures.source.startswith(_REAL_PREFIXES)


def mean(figures: Iterable[Figures]) -> tuple[float, float]:
    """Mean micro-F1 and mean share of whole references right."""
    rows = list(figures)
    return sum(row.micro for row in rows) / len(rows), sum(row.whole for row in rows) / len(rows)
