"""How far the list rules agree with annotated lists: recall by severity, and the errors and warnings nobody marked.

An annotated list is a text file: a reference per line, below it one line per flaw, `<TAB>kind<TAB>offending text`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from refkit.model import Entry, Finding, ParsedReference, Reference, ReferenceList, Source
from refkit.rules.context import Context
from refkit.rules.references import run_list_rules

HERE = Path(__file__).parent
INFO_KINDS = frozenset(
    """nbsp multiple-spaces trailing-space missing-final-period missing-comma double-punctuation space-after-comma
    space-before-comma space-before-paren space-inside-paren space-after-pp space-after-colon missing-period-abbrev
    singular-page-label period-for-comma spaced-date date-format accessed-equals-issued dual-calendar-year
    straight-quote straight-apostrophe nested-double-quotes book-title-in-quotes odd-hyphen odd-dash ligature
    arabic-letter-in-persian name-inversion-mixed initial-missing-period name-parenthesis name-all-caps
    ampersand-author repeated-and comma-before-and comma-before-year editor-role-number missing-in
    missing-available-label in-marker-style container-case missing-colon-in-title title-punctuation title-case
    non-latin-container non-latin-entry place-is-country publisher-suffix publisher-before-place title-first
    page-range-elided page-dash doi-label-spacing doi-label-case doi-legacy-resolver doi-as-url url-short-link
    url-tracking language-tag-case language-tag-form same-author-year foreign-style status-not-year""".split()
)
WHOLE_LINE = frozenset(
    """missing-publisher missing-pages missing-volume missing-journal missing-editors missing-accessed missing-url
    missing-report-number missing-in""".split()
)  # what is missing has no place of its own
CODES = {
    "RK801": "typo-available-at typo-accessed-on typo-retrieved typo-label",
    "RK802": "typo-language-tag reversed-brackets language-tag-case language-tag-form",
    "RK804": "unclosed-quote stray-quote straight-quote straight-apostrophe nested-double-quotes mixed-quotes "
    "misplaced-quote",
    "RK805": "question-mark-outside-quotes",
    "RK806": "comma-for-period missing-period-abbrev space-after-pp singular-page-label",
    "RK807": "spaced-date double-slash-date",
    "RK808": "doi-without-label missing-available-label",
    "RK810": "missing-in missing-editors in-marker-style editor-name-suspect editor-role-missing editor-role-number",
    "RK812": "multiple-spaces trailing-space missing-final-period",
    "RK813": "missing-comma double-punctuation space-after-comma space-before-comma space-before-paren "
    "space-inside-paren space-after-colon period-for-comma misplaced-comma comma-before-year",
    "RK814": "unbalanced-bracket reversed-brackets",
    "RK815": "missing-journal missing-pages missing-volume missing-publisher missing-report-number missing-url "
    "missing-accessed",
    "RK816": "doi-label-spacing doi-label-case doi-as-url doi-legacy-resolver doi-malformed",
    "RK817": "foreign-style",
    "RK818": "dual-calendar-year",
    "RK819": "status-not-year",
    "RK820": "title-first",
    "RK821": "missing-quotes book-title-in-quotes",
    "RK823": "ampersand-author repeated-and comma-before-and",
    "RK824": "accessed-equals-issued",
    "RK825": "date-misplaced",
    "RK826": "url-scheme-malformed",
    "RK827": "title-case container-case",
    "RK828": "organisation-name",
    "RK829": "non-latin-container non-latin-entry",
    "RK830": "homoglyph",
    "RK831": "line-break-hyphen",
    "RK832": "same-author-year",
    "RK833": "sort-order",
    "RK202": "et-al-in-list",
    "RK203": "name-order",
    "RK204": "duplicate-name-part",
    "RK205": "name-missing-comma name-not-inverted",
    "RK206": "given-name-missing",
    "RK207": "initial-misplaced initial-missing-period",
    "RK208": "name-degree name-parenthesis",
    "RK209": "name-not-inverted name-inversion-mixed",
    "RK303": "impossible-date",
    "RK306": "accessed-before-issued",
    "RK308": "date-format ambiguous-date",
    "RK309": "page-dash",
    "RK310": "page-range-reversed page-range-elided",
    "RK311": "article-number-as-issue",
    "RK401": "doi-malformed doi-truncated",
    "RK402": "doi-double-prefix",
    "RK403": "doi-trailing-punct doi-space",
    "RK405": "dor-as-doi",
    "RK407": "doi-of-whole-book",
    "RK410": "url-no-scheme",
    "RK411": "url-space url-truncated",
    "RK412": "url-trailing-punct",
    "RK413": "url-home-page-only",
    "RK414": "url-short-link url-tracking",
    "RK502": "name-all-caps",
    "RK504": "duplicate-title missing-colon-in-title title-punctuation",
    "RK506": "inconsistent-container-name",
    "RK507": "place-is-country publisher-suffix publisher-before-place",
    "RK701": "nbsp odd-hyphen odd-dash ligature",
    "RK702": "zero-width-char soft-hyphen",
    "RK809": "solar-hijri-year",
    "RK811": "persian-digits arabic-letter-in-persian",
}


@dataclass(frozen=True)
class Flaw:
    """One annotated flaw: line from 0, kind, where it stands in the line."""

    line: int
    kind: str
    start: int
    end: int
    detectable: bool = True

    @property
    def grave(self) -> bool:
        """Whether it is an error or a warning."""
        return self.kind not in INFO_KINDS


@cache
def codes_of(kind: str) -> frozenset[str]:
    """The codes under which a kind may be reported."""
    return frozenset(code for code, kinds in CODES.items() if kind in kinds.split())


def read_list(lines: tuple[str, ...]) -> ReferenceList:
    """A reference list without the parser: one line, one reference."""
    text = "".join(f"{line}\n" for line in lines)
    references = []
    start = 0
    for line in lines:
        stripped = line.rstrip()
        references.append(ParsedReference(Reference(stripped, start), (), Entry("misc", f"at{start}", ())))
        start += len(line) + 1
    return ReferenceList(Source("list.txt", text), tuple(references))


def annotated(path: Path) -> tuple[tuple[str, ...], tuple[Flaw, ...]]:
    """The references of an annotated list and their flaws."""
    lines: list[str] = []
    flaws: list[Flaw] = []
    for row in path.read_text("utf-8").split("\n"):
        if row.startswith("\t"):
            _, kind, text = row.split("\t")
            start = lines[-1].find(text) if kind != "trailing-space" else len(lines[-1].rstrip()) - 1
            if start < 0:
                raise ValueError(f"{path.name}: “{text}” is not in “{lines[-1]}”")
            if kind == "missing-final-period":
                start = lines[-1].rindex(text)
            flaws.append(Flaw(len(lines) - 1, kind, start, start + len(text)))
        elif row:
            lines.append(row)
    return tuple(lines), tuple(flaws)


def gold_57() -> tuple[Flaw, ...]:
    """The flaws of `data/references.txt`."""
    rows = map(json.loads, (HERE / "gold_57.jsonl").read_text("utf-8").splitlines())
    return tuple(
        Flaw(row["line"] - 1, row["kind"], row["start"], row["start"] + len(row["text"]), row["detectable"])
        for row in rows
    )


def lists_of(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The named lists of a file whose headings begin with `### `."""
    for block in path.read_text("utf-8").split("### ")[1:]:
        name, *lines = block.split("\n")
        yield name, tuple(line for line in lines if line)


@dataclass(frozen=True)
class Agreement:
    """Flaws found and missed, and the findings that no flaw explains."""

    found: tuple[Flaw, ...]
    missed: tuple[Flaw, ...]
    unexplained: tuple[tuple[int, Finding], ...]

    def recall(self, grave: bool) -> float:
        """The share of the detectable flaws of that weight that were found."""
        wanted = [flaw for flaw in (*self.found, *self.missed) if flaw.grave is grave and flaw.detectable]
        return sum(flaw in self.found for flaw in wanted) / max(1, len(wanted))

    @property
    def false_alarms(self) -> tuple[tuple[int, Finding], ...]:
        """Unexplained errors and warnings."""
        return tuple(item for item in self.unexplained if item[1].severity != "info")


def _meets(item: Finding, flaw: Flaw, start: int) -> bool:
    return item.start - start <= flaw.end + 1 and flaw.start <= item.end - start + 1


def compare(lines: tuple[str, ...], flaws: tuple[Flaw, ...]) -> Agreement:
    """Run the rules on the list and compare."""
    findings = run_list_rules(read_list(lines), Context())
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    by_line: dict[int, list[Finding]] = {}
    for item in findings:
        line = max(index for index, start in enumerate(starts) if start <= item.start)
        by_line.setdefault(line, []).append(item)
    found, missed, used = [], [], set()
    for flaw in flaws:
        hits = [
            item
            for item in by_line.get(flaw.line, ())
            if item.code in codes_of(flaw.kind) and (flaw.kind in WHOLE_LINE or _meets(item, flaw, starts[flaw.line]))
        ]
        used.update(map(id, hits))
        (found if hits else missed).append(flaw)
    unexplained = tuple((line, item) for line, items in by_line.items() for item in items if id(item) not in used)
    return Agreement(tuple(found), tuple(missed), unexplained)
