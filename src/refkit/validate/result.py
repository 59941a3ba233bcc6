"""What goes into the pipeline and what comes out, as frozen values."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from refkit.model import Entry, Finding, Safety, Severity, Source, Verdict, VerdictKind
from refkit.validate.selection import Selection

if TYPE_CHECKING:
    from refkit.verify import Options as VerifyOptions
    from refkit.verify import Progress

ORDER = (Severity.INFO, Severity.WARNING, Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Options:
    """What to do with a file.

    `fix` is the highest safety of the fixes to apply, None for none. `verify` None asks no metadata source, and no
    verdicts come out; `progress` hears how far the asking is. `per_file_ignores` maps a glob, seen from `root`, to
    codes; `per_entry_ignores` a citation key to codes with their reasons.
    """

    selection: Selection = field(default_factory=Selection)
    fix: Safety | None = None
    verify: "VerifyOptions | None" = None
    progress: "Callable[[Progress], None] | None" = None
    dialect: str = "auto"
    sort: str = ""
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_entry_ignores: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    root: Path = Path()
    today: date = field(default_factory=date.today)


Rounds = tuple[tuple[Finding, ...], ...]


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file: the findings that remain, in file order, at offsets of `source.text`.

    `source` is the repaired text when fixes were asked for, `before` the text that was read. `rounds` are the findings
    whose fixes were applied, in the rounds they were applied in; each counts offsets in the text of its round.
    `silenced` counts the findings that a comment, a setting or a baseline hides.
    """

    source: Source
    before: Source
    findings: tuple[Finding, ...]
    entries: tuple[Entry, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    rounds: Rounds = ()
    silenced: int = 0

    @property
    def fixed(self) -> tuple[Finding, ...]:
        """The findings whose fixes were applied."""
        return tuple(found for findings in self.rounds for found in findings)

    @property
    def changed(self) -> bool:
        """Whether the fixes changed the file."""
        return self.source.text != self.before.text or self.source.encoding != self.before.encoding


@dataclass(frozen=True, slots=True)
class Result:
    """All files of one run, in the order they were given."""

    files: tuple[FileResult, ...]

    def severities(self) -> Counter[Severity]:
        """How many findings there are of each severity."""
        return Counter(found.severity for file in self.files for found in file.findings)

    def kinds(self) -> Counter[VerdictKind]:
        """How many verdicts there are of each kind."""
        return Counter(verdict.kind for file in self.files for verdict in file.verdicts)

    def unchecked(self) -> Counter[str]:
        """How many DOIs stayed unchecked, for each reason."""
        verdicts = (verdict for file in self.files for verdict in file.verdicts)
        return Counter(item.reason or "no reason given" for item in verdicts if item.kind is VerdictKind.UNCHECKED)

    def fails(self, level: Severity) -> bool:
        """Whether a finding is at or above `level`."""
        reached = ORDER[ORDER.index(level) :]
        return any(found.severity in reached for file in self.files for found in file.findings)
