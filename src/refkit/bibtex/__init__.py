"""The store: .bib text <-> Bibliography, without losing a byte."""

from refkit.bibtex.edits import apply_edits, compatible, replace_value
from refkit.bibtex.scan import load

__all__ = ["apply_edits", "compatible", "load", "replace_value"]
