"""The whole pipeline: read, make, train, write the model, measure, report.

    python -m training.build --refs REFS --records WORKS.jsonl \
        --scorer score_refs.py --raw build/labeller.crfsuite

Needs refkit with its dependencies and python-crfsuite; about a quarter of an hour of one processor.
"""

import argparse
import random
import sys
from pathlib import Path

from refkit.parse import crf
from training import calibrate, report
from training.data import Example, read_folder, read_handmade, split
from training.evaluate import evaluate, items_of, labels_of, load_scorer
from training.lexicon import word_kinds
from training.synthetic.make import make
from training.train import Settings, train, write_model

HERE = Path(__file__).parent
MODEL = Path(crf.__file__).with_name("model.bin")
_BARE_SHARE = 0.5  # of references without a title (physics): too many of them hurt all others


def training_references(refs: list[Example], records: Path, count: int, seed: int) -> list[Example]:
    """Real references, fewer of those without a title, and `count` made-up ones, others for another `seed`."""
    rng = random.Random(3)  # the same real references for every model
    kept = [example for example in refs if not _is_bare(example) or rng.random() < _BARE_SHARE]
    return kept + make(count, records, refs, seed)


def _is_bare(example: Example) -> bool:
    return example.source == "grobid" and all(label.field != "title" for label in example.labels)


def main() -> None:
    """Builds the model and the report."""
    options = _options()
    training, held_out = split(read_folder(options.refs))
    kinds = word_kinds(options.records)
    raws = [options.raw.with_suffix(f".{seed}{options.raw.suffix}") for seed in range(1, options.models + 1)]
    for seed, raw in enumerate(raws, 1):
        if not raw.exists():
            references = training_references(training, options.records, options.made_up, seed)
            train(references, kinds, raw, Settings(iterations=options.iterations))
    write_model(raws, kinds, MODEL)
    fitted = calibrate.fit(calibrate.points(crf.load_model(), held_out))
    write_model(raws, kinds, MODEL, *fitted)
    crf.load_model.cache_clear()
    check = [*held_out, *make(1500, options.records, training, seed=99), *read_handmade(HERE / "handmade")]
    scorer = load_scorer(options.scorer)
    figures, whole = evaluate(check, labels_of, scorer), evaluate(check, items_of, scorer)
    certainty = calibrate.points(crf.load_model(), held_out)
    (HERE / "REPORT.md").write_text(report.text(figures, whole, certainty, MODEL, options), encoding="utf-8")
    sys.stdout.write(f"Labeller alone\n{report.summary(figures)}The whole of refkit parse\n{report.summary(whole)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--refs", type=Path, required=True, help="folder of train-*.jsonl files")
    parser.add_argument("--records", type=Path, required=True, help="metadata records, works.jsonl")
    parser.add_argument("--scorer", type=Path, required=True, help="score_refs.py")
    parser.add_argument("--raw", type=Path, required=True, help="python-crfsuite's models; trained when not there yet")
    parser.add_argument("--models", type=int, default=3, help="number of models trained, whose mean is kept")
    parser.add_argument("--made-up", type=int, default=13000, help="number of made-up references to train on")
    parser.add_argument("--iterations", type=int, default=100)
    return parser.parse_args()


if __name__ == "__main__":
    main()
