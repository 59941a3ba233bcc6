"""Writes `REPORT.md`."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from refkit.parse.crf import load_model
from training.calibrate import Point, table
from training.evaluate import Figures, is_real, mean

_HEAD = """\
# The labeller's model

Written by `python -m training.build`; do not edit.

## Data

Trained on references whose licence allows it: AnyStyle's `core`, `good` and `bad` sets (BSD-2-Clause), GROBID's
citation corpus (CC-BY 4.0), a sample of the LinkedBooks training split (MIT), and {made_up} references per model made
up by `training/synthetic`: templates and word lists of our own, metadata of Crossref records, titles of the training
references, and thousands of styles rendered by refkit's CSL processor. About 15 % of the documents are held out: large
files are cut into blocks of 25 references, a block is never on both sides. The hand-written references
(`training/handmade`, real works cited from memory) are never trained on. Both were looked at while the templates and
features were chosen, so expect a little less on other lists; made-up references are far easier than real ones.

## Method

A linear-chain conditional random field (L-BFGS, elastic net, {iterations} iterations; python-crfsuite, needed for
training only): the mean of {models} models, each trained with other made-up references. Features: the word, its shape,
affixes and kinds in our word lists; two neighbours on each side; the separators around; position, quotation marks,
brackets, year, full stops so far; what its segment holds; distance to the
next number, to "in" and to an editor's mark. {features} features, {labels} labels, model file {size} bytes.

Confidence: for every word, the distance between the score of the best labelling and that of the best labelling with
another label there (max-marginals, exact); a span is as sure as its least sure word. The distance d becomes
1 / (1 + exp(-({offset:.2f} + {slope:.2f} d))), fitted on the held-out references.

## Figures

"F1" is the exact micro-F1 of `score_refs.py`, "whole" the share of references with author, title, container-title,
volume, issue, pages, date and publisher all right.

    python -m training.build --refs REFS --records WORKS.jsonl \\
        --scorer score_refs.py --raw labeller.crfsuite
"""


_ALONE = "\n## The labeller alone, without the patterns of `refkit.parse`\n"
_WHOLE = """
## The whole of `refkit parse`, as CSL items

Solar Hijri years become Gregorian and figures of other scripts ASCII, which counts as wrong where the list prints them.
"""


def text(
    figures: list[Figures],
    whole: list[Figures],
    certainty: list[Point],
    model: Path,
    options: argparse.Namespace,
) -> str:
    """The whole report."""
    loaded = load_model()
    head = _HEAD.format(
        made_up=options.made_up,
        iterations=options.iterations,
        models=options.models,
        features=loaded.features,
        labels=loaded.width,
        size=model.stat().st_size,
        offset=loaded.offset,
        slope=loaded.slope,
    )
    alone = "".join(_group(name, rows) for name, rows in _groups(figures))
    parsed = "".join(_group(name, rows) for name, rows in _groups(whole))
    return f"{head}{_ALONE}{alone}{_WHOLE}{parsed}{_certainty(certainty)}"


def summary(figures: list[Figures]) -> str:
    """One line per group."""
    return "".join(
        f"{name}: F1 {mean(rows)[0]:.3f}, whole references {mean(rows)[1]:.3f}\n" for name, rows in _groups(figures)
    )


def _groups(figures: list[Figures]) -> Iterable[tuple[str, list[Figures]]]:
    yield "Real references, held out", [row for row in figures if is_real(row)]
    yield "Hand-written references", [row for row in figures if row.source.startswith("handmade")]
    yield "Made-up references, other seed", [row for row in figures if row.source.startswith("synthetic")]


def _group(name: str, rows: list[Figures]) -> str:
    fields = [field for field in rows[0].fields if any(row.fields.get(field, (0, 0))[1] >= 5 for row in rows)]
    lines = [f"\n### {name}\n", f"| source | references | F1 | whole | {' | '.join(fields)} |"]
    lines.append("|---" * (len(fields) + 4) + "|")
    for row in rows:
        cells = [f"{row.fields[field][0]:.2f}" if row.fields.get(field, (0, 0))[1] else "" for field in fields]
        lines.append(f"| {row.source} | {row.count} | {row.micro:.3f} | {row.whole:.3f} | {' | '.join(cells)} |")
    micro, whole = mean(rows)
    count = sum(row.count for row in rows)
    lines.append(f"| **mean** | {count} | **{micro:.3f}** | **{whole:.3f}** |" + " |" * len(fields))
    return "\n".join(lines) + "\n"


def _certainty(points: list[Point]) -> str:
    lines = ["\n### Is the confidence true? (spans of the held-out real references)\n"]
    lines += ["| confidence | spans | right |", "|---|---|---|"]
    model = load_model()
    rows = table(points, model.offset, model.slope)
    lines += [f"| {chance:.2f} | {count} | {right:.2f} |" for chance, count, right in rows]
    return "\n".join(lines) + "\n"
