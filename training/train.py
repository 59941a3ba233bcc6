"""Trains the conditional random field and writes the model file that refkit reads.

python-crfsuite is needed here only. The model file is our own: see `write_model`.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pycrfsuite

from refkit.parse.crf import HIGHEST
from refkit.parse.few import FORBIDDEN
from training.data import Example, word_labels
from training.sequences import Reader

SCALE = 32  # a weight of 1.0 is stored as 32
_SMALLEST = 0.12  # features whose weights all are smaller are left out


@dataclass(frozen=True, slots=True)
class Settings:
    """How the trainer runs: penalties, iterations, the number of times a feature must occur."""

    l1: float = 0.05
    l2: float = 0.02
    iterations: int = 90
    minimum: int = 2


def train(examples: Iterable[Example], kinds: dict[str, int], target: Path, settings: Settings) -> None:
    """Trains on the examples and leaves the raw model of python-crfsuite in `target`."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    reader = Reader(kinds)
    for example in examples:
        trainer.append(reader.sequence(example.text), word_labels(example))
    trainer.set_params(
        {
            "c1": settings.l1,
            "c2": settings.l2,
            "max_iterations": settings.iterations,
            "feature.minfreq": settings.minimum,
            "feature.possible_transitions": False,
        }
    )
    trainer.train(str(target))


def write_model(
    raws: Sequence[Path], kinds: dict[str, int], target: Path, offset: float = 0.0, slope: float = 1.0
) -> None:
    """Writes the compact model that `refkit.parse.crf` reads, a zlib stream: the mean of the raw models.

    The size of the text, the text, numbers of 16 bits, little-endian. The text is a JSON header line (labels, scale,
    confidence, word lists by mask) and the names of the features, one a line. The numbers are the transitions (labels
    x labels, signed), then one row per feature (without sign, the least of the row is 0).
    """
    features, changes = _mean_weights(raws)
    labels = sorted({label for _, label in features}, key=lambda label: (label.startswith("I-"), label))  # for `many`
    place = {label: index for index, label in enumerate(labels)}
    rows: dict[str, list[float]] = {}
    for (name, label), weight in features.items():
        rows.setdefault(name, [0.0] * len(labels))[place[label]] = weight
    names = sorted(name for name, row in rows.items() if max(map(abs, row)) >= _SMALLEST)
    names = [name for name in names if _is_usable(name, rows)]
    transitions = [[FORBIDDEN] * len(labels) for _ in labels]
    for (before, after), weight in changes.items():
        transitions[place[before]][place[after]] = round(weight * SCALE)
    header = {"labels": labels, "scale": SCALE, "offset": offset, "slope": slope, "kinds": _by_mask(kinds)}
    text = "\n".join([json.dumps(header, ensure_ascii=False), *names]).encode()
    matrix = struct.pack(f"<{len(labels) ** 2}h", *chain.from_iterable(transitions))
    weights = struct.pack(f"<{len(labels) * len(names)}H", *chain.from_iterable(_lifted(rows[name]) for name in names))
    target.write_bytes(zlib.compress(struct.pack("<I", len(text)) + text + matrix + weights, 9))


def _mean_weights(raws: Sequence[Path]) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """The weights of (feature, label) and of (label, next label); what a model has not got counts as 0.

    The score of a labelling is linear in the weights, so the mean model scores like all models together. A change of
    labels counts only where every model has seen it.
    """
    features: dict[tuple[str, str], float] = {}
    changes: list[dict[tuple[str, str], float]] = []
    for raw in raws:
        tagger = pycrfsuite.Tagger()
        tagger.open(str(raw))
        info = tagger.info()
        changes.append(info.transitions)
        for key, weight in info.state_features.items():
            features[key] = features.get(key, 0.0) + weight / len(raws)
    common = set.intersection(*map(set, changes))
    return features, {key: sum(found[key] for found in changes) / len(raws) for key in sorted(common)}


def _is_usable(name: str, rows: dict[str, list[float]]) -> bool:
    """A word is looked up as a neighbour only when it is known in its own place (`crf.Forms`)."""
    place, _, feature = name.partition(":")
    if not feature.startswith("w=") or place == "0":
        return True
    own = rows.get("0:" + feature)
    return own is not None and max(map(abs, own)) >= _SMALLEST


def _by_mask(kinds: dict[str, int]) -> dict[str, str]:
    words: dict[int, list[str]] = {}
    for word, mask in sorted(kinds.items()):
        words.setdefault(int(mask), []).append(word)
    return {str(mask): " ".join(found) for mask, found in sorted(words.items())}


def _lifted(row: list[float]) -> list[int]:
    """A row of weights as whole numbers from 0 to HIGHEST; a weight far below the others is raised."""
    weights = [round(weight * SCALE) for weight in row]
    least = max(min(weights), max(weights) - HIGHEST)
    return [max(weight - least, 0) for weight in weights]
