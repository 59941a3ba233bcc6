"""Trains the conditional random field and writes the model file that refkit reads.

python-crfsuite is needed here only. The model file is our own: see `write_model`.
"""

import json
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite
from refkit.parse.crf import Forms

from training.data import Example, word_labels
from training.sequences import sequence

SCALE = 256  # a weight of 1.0 is stored as 256
_SMALLEST = 0.04  # features whose weights all are smaller are left out
_FORBIDDEN = -30000


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
    forms = Forms(kinds)
    for example in examples:
        trainer.append(sequence(example.text, forms), word_labels(example))
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


def write_model(raw: Path, kinds: dict[str, int], target: Path, offset: float = 0.0, slope: float = 1.0) -> None:
    """Writes the compact model: a zlib stream of a JSON header line, one feature a line, 16-bit weights + 32768.

    The header names the labels, the scale, the word lists (one string of words per mask) and the number of features;
    weights are little-endian, without sign, first the transitions (labels x labels), then one row per feature.
    """
    tagger = pycrfsuite.Tagger()
    tagger.open(str(raw))
    info = tagger.info()
    labels = sorted(info.labels, key=lambda label: int(info.labels[label]))
    place = {label: index for index, label in enumerate(labels)}
    rows: dict[str, list[int]] = {}
    for (name, label), weight in info.state_features.items():
        rows.setdefault(name, [0] * len(labels))[place[label]] = _fixed(weight)
    names = sorted(name for name, row in rows.items() if max(map(abs, row)) >= _SMALLEST * SCALE)
    transitions = [[_FORBIDDEN] * len(labels) for _ in labels]
    for (before, after), weight in info.transitions.items():
        transitions[place[before]][place[after]] = _fixed(weight)
    weights = [weight for row in transitions for weight in row]
    weights += [weight for name in names for weight in rows[name]]
    by_mask: dict[int, list[str]] = {}
    for word, mask in sorted(kinds.items()):
        by_mask.setdefault(int(mask), []).append(word)
    header = {"labels": labels, "scale": SCALE, "offset": offset, "slope": slope, "features": len(names)}
    header["kinds"] = {str(mask): " ".join(words) for mask, words in sorted(by_mask.items())}
    text = json.dumps(header, ensure_ascii=False) + "\n" + "".join(name + "\n" for name in names)
    packed = struct.pack(f"<{len(weights)}H", *(weight + 32768 for weight in weights))
    encoded = text.encode()
    target.write_bytes(zlib.compress(struct.pack("<I", len(encoded)) + encoded + packed, 9))


def _fixed(weight: float) -> int:
    return max(-29999, min(29999, round(weight * SCALE)))
