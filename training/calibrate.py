"""Turns margins into confidences: a logistic function of one variable, fitted on held-out references."""

from collections.abc import Iterable
from math import exp

from refkit.parse.crf import Model
from refkit.parse.labeller import stretches
from training.data import Example

Point = tuple[float, bool]  # margin in units of weight, whether the span is right


def points(model: Model, examples: Iterable[Example]) -> list[Point]:
    """Every span found, its margin and whether the same words have that label in the data."""
    found: list[Point] = []
    for example in examples:
        gold = {(item.field, _letters(example.text[item.start : item.end])) for item in example.labels}
        for field, start, end, margin in stretches(model, example.text):
            right = (field, _letters(example.text[start:end])) in gold
            found.append((margin / model.scale, right))
    return found


def _letters(text: str) -> str:
    return "".join(mark for mark in text.casefold() if mark.isalnum())


def fit(data: list[Point], rounds: int = 25) -> tuple[float, float]:
    """Offset and slope of the logistic function that fits best (Newton's method)."""
    offset, slope = 0.0, 0.5
    for _ in range(rounds):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for margin, right in data:
            chance = 1 / (1 + exp(-(offset + slope * margin)))
            error, weight = right - chance, chance * (1 - chance)
            g0, g1 = g0 + error, g1 + error * margin
            h00, h01, h11 = h00 + weight, h01 + weight * margin, h11 + weight * margin * margin
        determinant = h00 * h11 - h01 * h01 or 1e-9
        offset += (h11 * g0 - h01 * g1) / determinant
        slope += (h00 * g1 - h01 * g0) / determinant
    return offset, slope


def table(data: list[Point], offset: float, slope: float) -> list[tuple[float, int, float]]:
    """Per step of confidence: its mean, the number of spans, the share that is right."""
    steps: dict[int, list[tuple[float, bool]]] = {}
    for margin, right in data:
        chance = 1 / (1 + exp(-(offset + slope * margin)))
        steps.setdefault(min(9, int(chance * 10)), []).append((chance, right))
    return [
        (sum(c for c, _ in rows) / len(rows), len(rows), sum(r for _, r in rows) / len(rows))
        for _, rows in sorted(steps.items())
    ]
