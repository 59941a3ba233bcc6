"""Builds the labeller's model from labelled references; not installed. Start with `python -m training.build`."""
