"""The pipeline of `refkit validate`: a file -> its findings, verdicts and, when asked for, its repaired text.

`validate(source, options)` does everything for one file but writing it; `refkit.validate.baseline` hides old findings.
"""

from refkit.validate.pipeline import to_bytes, to_diff, validate
from refkit.validate.result import FileResult, Options, Result
from refkit.validate.selection import Selection

__all__ = [
    "FileResult",
    "Options",
    "Result",
    "Selection",
    "to_bytes",
    "to_diff",
    "validate",
]
