"""The store: .bib text <-> Bibliography, without losing a byte."""

from refkit.bibtex.diff import unified_diff
from refkit.bibtex.edits import apply_edits, compatible
from refkit.bibtex.format import format_bibliography, format_edits, unformatted
from refkit.bibtex.layout import Layout, write_entry
from refkit.bibtex.scan import load

__all__ = [
    "Layout",
    "apply_edits",
    "compatible",
    "format_bibliography",
    "format_edits",
    "load",
    "unformatted",
    "unified_diff",
    "write_entry",
]
