"""Document text -> references: where a list begins, and where each of its references begins and ends."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from refkit.dates import ascii_digits
from refkit.model import Reference
from refkit.parse.works import cut, split_works
from refkit.regex import regex

_LINE_ENDS = "\r\n\f\v\u2028\u2029"
_LINE = regex(r"[^\r\n\f\v\u2028\u2029]*(?:\r\n|[\r\n\f\v\u2028\u2029]|$)")
_HEADING = regex(
    r"^\W{0,6}(?:[0-9IVX]{1,4}[.)]?\s+)?(?:references?(?: list| cited)?|bibliography|works cited|"
    r"literature(?: cited)?|sources|"
    r"literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|références(?: bibliographiques)?|bibliographie|bibliograf[ií]a|"
    r"referencias(?: bibliográficas)?|riferimenti bibliografici|kaynakça|kaynaklar|список (?:использованной )"
    r"?литературы|"
    r"литература|библиография|источники|منابع(?: و مآخذ)?|فهرست منابع|کتابنامه|مراجع)\W{0,6}$",
    re.IGNORECASE,
)
_AFTER_LIST = regex(
    r"^\W{0,6}(?:appendi(?:x|ces)|acknowledg\w+|about the authors?|authors?[’'] (?:bio|note)\w*|"
    r"how to cite|notes?|tables?|"
    r"figures?|supplementary \w+|copyrights?|anhang|annexe?s?|приложени[ея]|پیوست|ضمائم)\W{0,6}$",
    re.IGNORECASE,
)
_NUMBER = regex(
    r"^\s*(?:\[\s?([0-9]{1,5})\s?\]|\(([0-9]{1,4})\)(?=\s+[^\W\d_])|([0-9]{1,4})\s?[.)\-–](?=\s)|([0-9]{1,4})\t)[.\s]*"
)
_BULLET = regex(r"^\s*[•·▪‣◦●○■□➢►*–—-]\s+(?=\S)")
_DASH_AUTHOR = regex(r"^\s*(?:[-–—―_]\s?){2,}[\s.,:;]*|^\s*[―—]{1}[.,]\s+")
# What most references have comes first: a pattern that begins with a figure is searched several times faster.
_YEAR = regex(r"[12](?<![0-9][12])(?:(?<=1)[3-9]|(?<=2)0)[0-9]{2}(?![0-9])")
_NO_YEAR = regex(r"\bn\. ?d\.|\bin press\b|\bforthcoming\b", re.IGNORECASE)
_FIGURES = regex(r"[0-9]\s?(?:\([0-9]{1,3}\)|[-–]\s?[0-9]{2,})|[“”«»„]|//")
_CUES = regex(
    r"\b(?:doi\b|10\.[0-9]{4,}/|pp?\.\s?[0-9]|vol\b|no\.\s?[0-9]|"
    r"(?:Press|Journal|Routledge)\b|eds?\.\)|Avail\w+ (?:at|from)\b|[SС]\. ?[0-9])|صص?\.?\s?[0-9]",
    re.IGNORECASE,
)
_BEGINNING = regex(
    r"\s*(?:[“\"«„‘]|(?:(?:von|van|de|der|den|di|del|al|el|la|le)\s){0,2}[^\W\d_][\w’'‐-]*(?:\s[^\W\d_][\w’'.‐"
    r"-]*){0,3}\s?[,،(]"
    r"|[^\W\d_][\w’'‐-]+\s[A-Z]{1,3}[,.]|(?:[^\W\d_]\.[\s-]?){1,4}[^\W\d_][\w’'-]+)"
)
_SENTENCE_END = regex(r"[.)\]»”\"/][\s]*$|[0-9]\s*$")


_LINK_END = regex(r"(?:https?://|www\.|\b10\.[0-9]{4,9}/)[^\s,;]*$")
_LINK_REST = regex(r"[^\s(\[]*[/_=%?&-][^\s]|[a-z0-9_%-]+\.(?:html?|pdf|aspx?|php)\b")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line without its line end: its text and where it stands in the document."""

    text: str
    start: int
    number: int

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def split(text: str, one_per_line: bool = False) -> list[Reference]:
    """The references of a document in reading order: a bare list, or the list found in a whole paper.

    With `one_per_line` every line that is not blank is one reference; otherwise a line or footnote that cites several
    works is as many references. Headings of a bare list are left out.
    """
    if one_per_line:
        return [_reference([line]) for line in _read_lines(text) if not line.blank]
    return split_document(text)[0]


def split_document(text: str) -> tuple[list[Reference], list[int]]:
    """The references of a document, and the numbers of the lines before and after the list that are passed over."""
    lines = _read_lines(text)
    listed = _list_lines(lines)
    references = [part for group in _group(listed) for part in _split_group(group)]
    kept = {line.number for line in listed}
    outside = [line.number for line in lines if not (line.blank or line.number in kept or _is_heading(line))]
    return _fill_authors(references), outside


def _is_heading(line: _Line) -> bool:
    return len(line.text) < 60 and _HEADING.match(line.text) is not None


def _read_lines(text: str) -> list[_Line]:
    lines, number = [], 1
    for match in _LINE.finditer(text):
        if match[0]:
            lines.append(_Line(match[0].rstrip(_LINE_ENDS), match.start(), number))
            number += match[0][-1] in "\r\n"
    return lines


# ------------------------------------------------------------------ where the list is


def _list_lines(lines: Sequence[_Line]) -> list[_Line]:
    """The lines of the reference list: behind the last heading, else the whole text, else its last dense stretch."""
    headings = [index for index, line in enumerate(lines) if _is_heading(line)]
    if headings:
        return _up_to_next_section(lines[headings[-1] + 1 :])
    filled = [line for line in lines if not line.blank]
    if not filled or not any(_is_prose(line.text) for line in filled):
        return list(lines)
    return _dense_stretch(lines)


def _up_to_next_section(lines: Sequence[_Line]) -> list[_Line]:
    for index, line in enumerate(lines):
        if len(line.text) < 60 and _AFTER_LIST.match(line.text):
            return list(lines[:index])
    return list(lines)


def looks_like_reference(text: str) -> bool:
    """Whether a paragraph has a year and a sign of a reference, and opens like one."""
    plain = ascii_digits(text)
    return (
        _has_year(plain)
        and (_FIGURES.search(plain) or _CUES.search(plain)) is not None
        and _BEGINNING.match(_NUMBER.sub("", plain)) is not None
    )


def _has_year(text: str) -> bool:
    return (_YEAR.search(text) or _NO_YEAR.search(text)) is not None


def _is_prose(text: str) -> bool:
    """A paragraph of running text: long, and nothing in it is typical of a reference."""
    return len(text) > 400 and not looks_like_reference(text)


def _dense_stretch(lines: Sequence[_Line]) -> list[_Line]:
    """The longest run of lines that starts at a reference and is hardly interrupted; all lines when there are
    references outside it, too: then this is a list with some long items, not a paper.
    """
    best: tuple[int, int] = (0, 0)
    start, misses = -1, 0
    references = [looks_like_reference(line.text) for line in lines]
    for index, line in enumerate(lines):
        if line.blank:
            continue
        if references[index]:
            start = index if start < 0 else start
            misses = 0
            if index + 1 - start >= best[1] - best[0]:
                best = (start, index + 1)
        elif start >= 0 and len(line.text) < 1200:
            misses += 1
            start = -1 if misses > 3 else start
        else:
            start = -1
    outside, inside = sum(references[: best[0]]) + sum(references[best[1] :]), best[1] - best[0]
    return list(lines) if outside * 4 > inside or not inside else list(lines[best[0] : best[1]])


# ------------------------------------------------------------------ where each reference is


def _group(lines: Sequence[_Line]) -> list[list[_Line]]:
    filled = [line for line in lines if not line.blank]
    if not filled:
        return []
    if _is_numbered(filled):
        return _by_numbers(lines)
    bullets = sum(_BULLET.match(line.text) is not None for line in filled)
    if bullets >= 2 and _BULLET.match(filled[0].text):
        return _by(lines, lambda line, _: _BULLET.match(line.text) is not None)
    if not _is_wrapped(filled):
        return [[line] for line in filled]
    return _group_wrapped(lines, filled)


def _is_numbered(lines: Sequence[_Line]) -> bool:
    """Whether the first line has a number and most numbers in its form go up by one."""
    form = _form_of(lines[0].text)
    numbers = [_number_of(line.text) or 0 for line in lines if form and _form_of(line.text) == form]
    steps = sum(later == earlier + 1 for earlier, later in pairwise(numbers))
    return len(numbers) >= 2 and steps >= max(1, (len(numbers) - 1) * 2 // 3)


def _form_of(text: str) -> int | None:
    """Which form a list number has: 1 "[1]", 2 "(1)", 3 "1." or "1)", 4 a tab behind it."""
    match = _NUMBER.match(ascii_digits(text))
    return match.lastindex if match else None


def _number_of(text: str) -> int | None:
    match = _NUMBER.match(ascii_digits(text))
    return int(next(filter(None, match.groups()))) if match else None


def _is_wrapped(lines: Sequence[_Line]) -> bool:
    """Whether references run over several lines: many lines have no year, and no line is long."""
    if len(lines) < 2 or max(len(line.text) for line in lines) > 160:
        return False
    return sum(not _has_year(ascii_digits(line.text)) for line in lines) * 4 >= len(lines)


def _group_wrapped(lines: Sequence[_Line], filled: Sequence[_Line]) -> list[list[_Line]]:
    blocks = _by(lines, lambda _, before: before is None or before.blank)
    if len(blocks) > 1 and sum(len(block) for block in blocks) < len(blocks) * 8:
        return blocks
    indents = {line.indent for line in filled}
    if len(indents) > 1:
        outer = min(indents)
        hanging = sum(line.indent > outer for line in filled) * 3 >= len(filled)
        if hanging and filled[0].indent == outer:
            return _by(lines, lambda line, _: line.indent == outer)
        if filled[0].indent > outer:
            return _by(lines, lambda line, _: line.indent > outer)
    width = max(len(line.text) for line in filled)
    return _by(lines, lambda line, before: _starts_reference(line, before, width))


def _starts_reference(line: _Line, before: _Line | None, width: int) -> bool:
    if before is None or before.blank:
        return True
    ended = _SENTENCE_END.search(before.text) is not None
    return (
        ended and _BEGINNING.match(line.text) is not None and (len(before.text) < width * 0.85 or _is_head(line.text))
    )


def _is_head(text: str) -> bool:
    """A line that opens with "Family, Given" or has its year in brackets early."""
    return re.match(r"\s*[^\W\d_][\w’'-]+(?:\s[^\W\d_][\w’'-]+)?,\s[^\W\d_]", text) is not None or (
        re.search(r"\((?:1[89]|20)[0-9]{2}[a-z]?\)", text[:90]) is not None
    )


def _by(lines: Sequence[_Line], starts: Callable[[_Line, _Line | None], bool]) -> list[list[_Line]]:
    """Group lines: a new group at each line for which `starts` holds; blank lines never join a group."""
    groups: list[list[_Line]] = []
    before: _Line | None = None
    for line in lines:
        if not line.blank:
            if not groups or starts(line, before):
                groups.append([])
            groups[-1].append(line)
        before = line
    return groups


def _by_numbers(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Group lines by their numbers; one in another form, or that does not go up by 1 to 3, belongs to the text."""
    form = next(_form_of(line.text) for line in lines if not line.blank)
    last: int | None = None
    starts: set[int] = set()
    for line in lines:
        number = _number_of(line.text)
        if number is not None and _form_of(line.text) == form and (last is None or 1 <= number - last <= 3):
            starts.add(line.start)
            last = number
    return _by(lines, lambda line, _: line.start in starts)


# ------------------------------------------------------------------ lines -> reference


def _reference(lines: Sequence[_Line]) -> Reference:
    """One reference from its lines: number or bullet cut off, line breaks healed, offsets kept."""
    lead, printed = _lead_of(lines[0])
    first = lines[0].text[lead:].rstrip()
    if len(lines) == 1:
        return Reference(first, lines[0].start + lead, number=printed, line=lines[0].number)
    text, offsets = first, list(range(lines[0].start + lead, lines[0].start + lead + len(first)))
    for line in lines[1:]:
        stripped = line.text.strip()
        begin = line.start + line.indent
        text, offsets = _join(text, offsets, stripped, begin)
    return Reference(text, offsets[0], tuple(offsets), printed, line=lines[0].number)


def _lead_of(line: _Line) -> tuple[int, str]:
    """How many characters stand before the reference, and the number that is printed there."""
    if line.text[:1].isalpha():
        return 0, ""
    number = _NUMBER.match(ascii_digits(line.text))
    match = number or _BULLET.match(line.text)
    printed = str(int(next(filter(None, number.groups())))) if number else ""
    return match.end() if match and match.end() < len(line.text) else line.indent, printed


def _join(text: str, offsets: list[int], more: str, begin: int) -> tuple[str, list[int]]:
    places = list(range(begin, begin + len(more)))
    if re.search(r"[^\W\d_][-‐\u00ad]$", text):
        if more[:1].islower():
            return text[:-1] + more, offsets[:-1] + places
        return text + more, offsets + places
    if _LINK_END.search(text, max(0, len(text) - 300)) and _LINK_REST.match(more):
        return text + more, offsets + places
    return f"{text} {more}", [*offsets, offsets[-1] + 1, *places]


def _split_group(group: Sequence[_Line]) -> Iterator[Reference]:
    """The references of lines that belong together, one for each printed number and each work that is cited."""
    starts = [line.start for line in group]
    for numbered in _split_numbered(_reference(group)):
        for work in split_works(numbered):
            yield work._replace(line=group[max(0, bisect_right(starts, work.start) - 1)].number)


def _split_numbered(reference: Reference) -> Iterator[Reference]:
    """Several references on one line, "[1] … [2] …", taken apart."""
    if not reference.number or "[" not in reference.text:
        yield reference
        return
    start, expected = 0, int(reference.number) + 1
    for match in re.finditer(r"(?<=\S)\s*\[([0-9]{1,4})\]\s+(?=[^\W\d_]|[“\"«„])", reference.text):
        if int(match[1]) == expected:
            yield cut(reference, start, match.start(), str(expected - 1))
            start, expected = match.end(), expected + 1
    yield cut(reference, start, len(reference.text), str(expected - 1))


def _fill_authors(references: Sequence[Reference]) -> list[Reference]:
    """ "———. (2020)" repeats the author of the reference before."""
    filled: list[Reference] = []
    for reference in references:
        repeated = filled and _DASH_AUTHOR.match(reference.text)
        author = (filled[-1].author or _printed_author(filled[-1].text)) if repeated else ""
        filled.append(reference._replace(author=author) if author else reference)
    return filled


def _printed_author(text: str) -> str:
    match = re.match(
        r"(.{2,200}?)\s*[,.]?\s*[(\[]?(?:1[3-9]|20)[0-9]{2}|([^.“\"«]{2,120}?)[.,]\s*[“\"«]|(.{2,120}?)\.\s",
        ascii_digits(text),
    )
    return next(filter(None, match.groups()), "").strip(" ,") if match else ""
