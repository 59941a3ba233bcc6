"""Figures of a labeller on labelled references, by the field rules of the shared scorer.

`python -m training.evaluate GOLD.jsonl` writes predictions next to it; the scorer itself is `score_refs.py`.
"""
