"""The verifier: entries against the records of Crossref and the other DOI agencies -> verdicts.

`check(entries, options)` is the whole interface; `Options` says whom to ask, how long and how politely.
"""

from refkit.verify.check import Progress, check
from refkit.verify.options import Options

__all__ = ["Options", "Progress", "check"]
