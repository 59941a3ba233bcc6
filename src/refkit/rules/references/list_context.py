"""What a check of a reference list may know: the scan of each reference and the habits of the list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from refkit.model import ParsedReference, ReferenceList
from refkit.rules.context import Context
from refkit.rules.references.habits import Habits, habits_of
from refkit.rules.references.heads import Head, read_head
from refkit.rules.references.marks import Marks, scan


@dataclass(frozen=True)
class ListContext(Context):
    """The list a check looks at; `scans` maps the offset of a reference to its marks and head."""

    habits: Habits = field(default_factory=Habits)
    scans: Mapping[int, tuple[Marks, Head]] = field(default_factory=dict)

    def marks(self, parsed: ParsedReference) -> Marks:
        """The marks of one reference."""
        return self.scans[parsed.reference.start][0]

    def follows_list(self, marks: Marks) -> bool:
        """Whether the year is followed by the comma the list sets there, or by none: not an entry of another style."""
        if marks.issued is None or "year" not in self.habits.commas:
            return marks.issued is not None
        return marks.text[marks.issued.end : marks.issued.end + 1] not in (".", ":", ";")

    def before_another(self, parsed: ParsedReference) -> bool:
        """Whether a semicolon and another work follow on the line."""
        end = parsed.reference.offset(len(parsed.reference.text))
        return self.text[end : end + 3].lstrip().startswith(";")

    def behind_another(self, parsed: ParsedReference) -> bool:
        """Whether another work stands before this one on the line."""
        start = parsed.reference.start
        before = self.text[max(0, start - 40) : start]
        return before.rstrip().endswith(";") or any(map(str.isalpha, re.split("[\r\n]", before)[-1]))

    def head(self, parsed: ParsedReference) -> Head:
        """What stands before the year of one reference."""
        return self.scans[parsed.reference.start][1]


def list_context(references: ReferenceList, context: Context) -> ListContext:
    """Scan the list once for all checks."""
    marks = tuple(scan(parsed.reference.text) for parsed in references.references)
    heads = tuple(read_head(item.head) for item in marks)
    starts = (parsed.reference.start for parsed in references.references)
    return ListContext(
        dialect=context.dialect,
        today=context.today,
        text=references.source.text,
        selected=context.selected,
        habits=habits_of(marks, heads),
        scans=dict(zip(starts, zip(marks, heads, strict=True), strict=True)),
    )
