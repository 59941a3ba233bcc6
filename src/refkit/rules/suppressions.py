"""Comments in a .bib file that silence a rule, and RK010, which reports those that silence nothing.

`% refkit: ignore RK104, RK301 until 2027-03-01 -- reason` above an entry silences the entry;
`% refkit: file-ignore RK301` the whole file. A code may be a prefix such as RK3.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from refkit.model import Bibliography, Block, BlockKind, Edit, Finding, Fix, Safety, Severity
from refkit.rules import RULES, finding, rule

_LINE = re.compile(r"^[ \t]*%[ \t]*refkit[ \t]*:[ \t]*(?P<rest>[^\r\n]*)(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_REST = re.compile(
    r"(?P<verb>file-ignore|ignore)[ \t]+(?P<codes>[A-Za-z0-9]+(?:[ \t]*,[ \t]*[A-Za-z0-9]+)*)"
    r"(?:[ \t]+until[ \t]+(?P<until>[0-9]{4}-[0-9]{2}-[0-9]{2}))?[ \t]*(?:--.*)?"
)
_CODE = re.compile(r"[A-Za-z0-9]+")
_UNREADABLE = (
    "is no suppression that refkit understands; write `% refkit: ignore RK104` or `% refkit: file-ignore RK104`"
)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One code of one comment: `start:end` is the code, `cut_start:cut_end` what goes when it is removed.

    It silences findings that begin in `scope_start:scope_end`, until the day `until` is over. `problem` says why it
    silences nothing, empty when it does; an empty `code` is a comment that cannot be read.
    """

    code: str
    start: int
    end: int
    cut_start: int = 0
    cut_end: int = 0
    scope_start: int = 0
    scope_end: int = 0
    until: date | None = None
    problem: str = ""


@rule("RK010", "unused-suppression", Severity.WARNING, fix=Safety.SAFE)
def unused_suppression(suppression: Suppression) -> Iterator[Finding]:
    """A comment silences a rule that finds nothing, has expired, or cannot be read.

    Why: a suppression that outlives its flaw hides the next one.
    Bad: `% refkit: ignore RK309` above an entry whose pages are right
    Good: no comment; or one that names a rule that finds something in the entry below it
    """
    fix = None
    if suppression.cut_end > suppression.cut_start:
        fix = Fix(Safety.SAFE, (Edit(suppression.cut_start, suppression.cut_end, ""),))
    yield finding("RK010", suppression.start, suppression.end, suppression.problem, fix=fix)


def read_suppressions(bibliography: Bibliography) -> tuple[Suppression, ...]:
    """All suppressions of a .bib file, in order; comments inside entries are BibTeX's and do not count."""
    text = bibliography.source.text
    if "refkit" not in text:
        return ()
    blocks = tuple(block for block in bibliography.blocks if block.kind is not BlockKind.TEXT)
    starts = [block.start for block in blocks]
    found: list[Suppression] = []
    for line in _LINE.finditer(text):
        below = bisect_right(starts, line.start())
        if below and line.start() < blocks[below - 1].end:
            continue
        found.extend(_read_comment(line, blocks[below] if below < len(blocks) else None, len(text)))
    return tuple(found)


def _read_comment(line: re.Match[str], below: Block | None, length: int) -> Iterator[Suppression]:
    rest = line["rest"].rstrip()
    begin = line.start("rest")
    parts = _REST.fullmatch(rest)
    until, readable = _day(parts["until"]) if parts else (None, False)
    if parts is None or not readable:
        yield Suppression("", begin, begin + len(rest), problem=f"“{rest}” {_UNREADABLE}")
        return
    scope = (0, length) if parts["verb"] == "file-ignore" else (below.start, below.end) if below else (0, 0)
    codes = list(_CODE.finditer(line.string, begin + parts.start("codes"), begin + parts.end("codes")))
    for number, code in enumerate(codes):
        cut = _cut(line, codes, number)
        yield Suppression(code[0].upper(), code.start(), code.end(), *cut, *scope, until, _problem(code[0].upper()))


def _day(text: str | None) -> tuple[date | None, bool]:
    """The day, and whether the text was one."""
    if text is None:
        return None, True
    try:
        return date.fromisoformat(text), True
    except ValueError:
        return None, False


def _cut(line: re.Match[str], codes: Sequence[re.Match[str]], number: int) -> tuple[int, int]:
    if not known(codes[number][0].upper()):
        return 0, 0  # most likely a slip of the pen: removing it would hide what was meant
    if len(codes) == 1:
        return line.span()
    if number == 0:
        return codes[0].start(), codes[1].start()
    return codes[number - 1].end(), codes[number].end()


def _problem(code: str) -> str:
    return (
        "" if known(code) else f"{code} is no rule of refkit, so this silences nothing; `refkit rule` lists the codes"
    )


def known(prefix: str) -> bool:
    """Whether some rule's code begins with `prefix`."""
    return any(code.startswith(prefix) for code in RULES)


def silence(
    findings: Sequence[Finding], suppressions: Sequence[Suppression], judged: Callable[[str], bool], today: date
) -> tuple[list[Finding], list[Finding]]:
    """The findings that no suppression covers, and an RK010 for each suppression that covers none.

    `judged` says whether the rules of a code or prefix were run at all; if not, nothing is said about its use.
    """
    if not suppressions:
        return list(findings), []
    covering = _coverage([item for item in suppressions if not item.problem and not _expired(item, today)])
    used: set[Suppression] = set()
    kept: list[Finding] = []
    for found in findings:
        covers = covering(found)
        used.update(covers)
        if not covers:
            kept.append(found)
    useless = (_explained(item, judged, today) for item in suppressions if item not in used)
    return kept, [found for item in useless if item.problem for found in unused_suppression(item)]


def _expired(item: Suppression, today: date) -> bool:
    return item.until is not None and today > item.until


def _coverage(active: Sequence[Suppression]) -> Callable[[Finding], list[Suppression]]:
    """A function that finds the suppressions of a finding without looking at all of them."""
    in_file = [item for item in active if item.scope_start == 0]
    in_entries = [item for item in active if item.scope_start]
    by_entry = {start: list(items) for start, items in groupby(in_entries, key=lambda item: item.scope_start)}
    starts = sorted(by_entry)

    def covers(found: Finding) -> list[Suppression]:
        nearest = bisect_right(starts, found.start)
        candidates = in_file + by_entry[starts[nearest - 1]] if nearest else in_file
        return [item for item in candidates if found.start < item.scope_end and found.code.startswith(item.code)]

    return covers


def _explained(item: Suppression, judged: Callable[[str], bool], today: date) -> Suppression:
    if item.problem:
        return item
    if _expired(item, today):
        return replace(item, problem=f"this suppression of {item.code} ended on {item.until}")
    if item.scope_end == 0:
        return replace(item, problem=f"no entry follows this suppression of {item.code}")
    if judged(item.code):
        return replace(item, problem=f"{item.code} finds nothing here; remove the suppression")
    return item
