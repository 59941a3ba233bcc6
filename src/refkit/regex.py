"""Regular expressions that are compiled when they are first used.

refkit has hundreds of them, and a run uses a part: compiling all at import would take longer than most runs.
"""

import re
from typing import Any, cast


class _Pattern:
    """Stands for a pattern until one of its methods is asked for, then has them as its own attributes."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, not compiled yet; a mistake in it shows at its first use."""
    return cast("re.Pattern[str]", _Pattern(pattern, flags))
