"""Blanks, commas and full stops between the elements of a reference; brackets."""

import re
from collections.abc import Iterator

from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import check, in_reference, rule
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import BLANK, Marks, part_starts

_NO_BREAK = re.compile("[\xa0\u202f\u2007\u2002\u2003\u2009\u2004\u2005\u2006\u2008\u3000]+")
_SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_END = re.compile(r"[\s\xa0]+$")
_DOUBLED = re.compile(
    r",\s?,|;;|(?<!:)::(?!:)|(?<![.…])\.\.(?![.…])|,\.|(?<![a-z0-9].)(?<![^\W\d_])\.,|;,|,;|\?\?|:,|,:"
)
_BEFORE_BRACKET = re.compile(r"[^\W_]\.?(?P<bracket>[(\[])(?=[^\W_]{4}|\s|doi|[A-Z])")
_INSIDE = re.compile(r"[(\[]\s{1,3}(?=[^\s(\[])|(?<=[^\s)\],.])\s{1,3}[)\]]")
_AFTER_COLON = re.compile(rf"(?P<word>[^\W\d_]{{2,20}}):(?=[^\W_]|{BLANK})")
_CODE_LABELS = frozenset("doi pmid pmcid arxiv isbn issn hdl urn url http https cid id dor ark eprint rrid s".split())
_MISPLACED = re.compile(r"(?<![\w.-])(?P<small>and|or|of|the|with|from)(?P<comma>\s?,)\s(?P<next>\w{1,30})")
_PERIOD_BEFORE_PLACE = re.compile(r"(?<=[a-z]{3})\.\s(?=[A-Z][^,:;.()]{2,30}:\s[A-Z])")
_CLOSERS = {")": "(", "]": "[", "}": "{"}


@check("RK701")
def no_break_space(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A no-break or other special space between words."""
    text = parsed.reference.text
    if text.isascii():
        return
    for match in _NO_BREAK.finditer(text):
        if match.end() == len(text.rstrip()) or not text[match.end() :].strip():
            continue
        code = ord(match[0][0])
        name = "Non-breaking space" if code in (0xA0, 0x202F) else "Special space"
        message = f"{name} (U+{code:04X}) where an ordinary space is expected."
        start, end = match.span()
        while start and text[start - 1] == " ":
            start -= 1
        while text[end : end + 1] == " ":
            end += 1
        yield in_reference(parsed, "RK701", start, end, message, (start, end, " "), severity=Severity.INFO)


@rule("RK812", "spacing-and-end", Severity.INFO, fix=Safety.SAFE)
def spacing_and_end(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """More than one space in a row, spaces behind the end, or no full stop at the end where the list has one.

    Why: uneven spacing shows in print, and a missing full stop lets two references run together.
    Bad: `Trenin, Dmitri  (2018), What Is Russia Up To, Cambridge: Polity Press.`
    Good: `Trenin, Dmitri (2018), What Is Russia Up To, Cambridge: Polity Press.`
    """
    text = parsed.reference.text
    for match in _SPACES.finditer(text):
        yield in_reference(parsed, "RK812", *match.span(), "More than one space in a row.", (*match.span(), " "))
    yield from _trailing(parsed, context)
    if (
        text.strip()
        and context.habits.final_stop
        and not context.before_another(parsed)
        and not text.rstrip().endswith((".", "?”", "?", "!", ".”", ".)", ".]"))
    ):
        end = len(text.rstrip())
        marks = context.marks(parsed)
        if marks.links and marks.links[-1].end >= end - 1:
            return
        comma = text[end - 1] in ",;:"
        edit = (end - 1, end, ".") if comma else (end, end, ".")
        yield in_reference(parsed, "RK812", end - 1, end, "The reference does not end with a full stop.", edit)


def _trailing(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """Blanks up to the end of the line, whether or not they belong to the reference's text."""
    reference = parsed.reference
    start = reference.offset(len(reference.text.rstrip()))
    end = start
    while end < len(context.text) and context.text[end] in " \t\xa0":
        end += 1
    if end > start and (end == len(context.text) or context.text[end] in "\r\n") and not reference.offsets:
        base = reference.start
        message = "Spaces after the end of the reference."
        yield in_reference(parsed, "RK812", start - base, end - base, message, (start - base, end - base, ""))


@rule("RK813", "punctuation-between-elements", Severity.INFO, fix=Safety.SAFE)
def punctuation(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A comma or blank is missing, doubled or in the wrong place between two elements.

    Why: readers and programs tell the elements of a reference by the punctuation between them.
    Bad: `Jalali, Ali A. (2001), “The Strategic Partnership”,Parameters, Vol. 31, No. 4, pp. 98-111.`
    Good: `Jalali, Ali A. (2001), “The Strategic Partnership”, Parameters, Vol. 31, No. 4, pp. 98-111.`
    """
    marks = context.marks(parsed)
    text = marks.plain
    for match in _DOUBLED.finditer(text):
        if match[0] == ".," and text[match.start() - 1 : match.start()] == BLANK:
            continue  # glued to a link or code: told there
        if match[0] in (".,", ",.", "..") and _is_abbreviation(text, match.start()) and match[0] == ".,":
            continue
        keep = "." if match[0] in ("..", ",.") and match.end() >= len(text.rstrip()) else match[0][0]
        message = f"Doubled punctuation “{match[0]}”."
        yield in_reference(parsed, "RK813", *match.span(), message, (*match.span(), keep))
    yield from _comma_blanks(parsed, text)
    yield from _bracket_blanks(parsed, marks)
    for match in _AFTER_COLON.finditer(text):
        if match["word"].casefold() not in _CODE_LABELS and not text[
            max(0, match.start() - 8) : match.start()
        ].endswith(("//", "@")):
            end = match.end()
            where = marks.text[match.start() : min(end + 10, len(text))].split()[0]
            message = f"Space missing after the colon in “{where}”."
            yield in_reference(parsed, "RK813", match.start(), match.start() + len(where), message, (end, end, " "))


def _is_abbreviation(text: str, stop: int) -> bool:
    word = re.search(r"[^\W_]*$", text[max(0, stop - 20) : stop])
    return word is not None and 0 < len(word[0]) <= 4


def _comma_blanks(parsed: ParsedReference, text: str) -> Iterator[Finding]:
    for match in re.finditer(r"[,،]", text):
        at = match.start()
        after = text[at + 1 : at + 2]
        before = text[at - 1 : at] if at else ""
        if after and not after.isspace() and not after.isdigit() and after not in "”’\"'»)],.;،:" + BLANK:
            where = _around(text, at)
            yield in_reference(
                parsed, "RK813", at, at + 2, f"Space missing after the comma in “{where}”.", (at + 1, at + 1, " ")
            )
        if before.isspace():
            start = len(text[:at].rstrip())
            if start and text[start - 1] not in ",،":
                where = _around(text, at)
                yield in_reference(
                    parsed, "RK813", start, at + 1, f"Space before the comma in “{where}”.", (start, at, "")
                )


def _around(text: str, at: int) -> str:
    return text[max(0, at - 12) : at + 12].strip().replace(BLANK, "…")


def _bracket_blanks(parsed: ParsedReference, marks: Marks) -> Iterator[Finding]:
    text = marks.plain
    for match in _BEFORE_BRACKET.finditer(text):
        at = match.start("bracket")
        inner = text[at + 1 : at + 12]
        if (
            text[at - 1].isdigit()
            and not inner.lstrip().lower().startswith(("doi", "acc", "in "))
            and not inner[:1].isspace()
        ):
            continue
        message = f"Space missing before “{text[at]}” in “{_around(text, at)}”."
        yield in_reference(parsed, "RK813", at - 1, at + 1, message, (at, at, " "))
    for match in _INSIDE.finditer(text):
        start, end = match.span()
        if match[0][0] in "([":
            if any(tag_start <= start < tag_end and marks.text[tag_start] in ")]" for tag_start, tag_end in marks.tags):
                continue
            edit = (start + 1, end, "")
            where = text[start : end + 6]
        else:
            edit = (start, end - 1, "")
            where = text[max(0, start - 6) : end]
        if _in_reversed_tag(marks, start):
            continue
        shown = where.replace(BLANK, "…")
        yield in_reference(parsed, "RK813", start, end, f"Space just inside the parenthesis “{shown}”.", edit)


def _in_reversed_tag(marks: Marks, at: int) -> bool:
    return any(start <= at < end and marks.text[start] in ")]" for start, end in marks.tags)


@check("RK813")
def missing_comma(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """No comma, or a full stop, where the list separates two elements by a comma."""
    marks = context.marks(parsed)
    text = marks.text
    commas = context.habits.commas
    if marks.issued and "year" in commas and marks.issued.end < len(text):
        yield from _comma_after_year(parsed, marks)
    seen: set[int] = set()
    if marks.title and "title" in commas:
        found = list(_comma_after_title(parsed, marks))
        seen.update(marks.title.end for _ in found)
        yield from found
    for part, start in part_starts(marks):
        before = text[:start].rstrip()
        if part not in commas or not before or start in seen:
            continue
        seen.add(start)
        if marks.title and len(before) in (marks.title.end, marks.title.end + 1) and "title" in commas:
            continue
        if marks.issued and len(before) <= marks.issued.end:
            continue
        yield from _comma_before_part(parsed, marks, start, len(before))


def _comma_after_year(parsed: ParsedReference, marks: Marks) -> Iterator[Finding]:
    assert marks.issued is not None
    text = marks.text
    at = marks.issued.end
    rest = text[at : at + 3]
    if not rest.lstrip('”"').startswith((",", ".", ":", ";", ")")) and rest.strip():
        end = marks.body + 1
        message = f"Comma missing between two elements near “{text[marks.issued.start : min(end + 8, len(text))]}”."
        yield in_reference(parsed, "RK813", at - 1, min(end, len(text)), message, (at, at, ","))


def _comma_after_title(parsed: ParsedReference, marks: Marks) -> Iterator[Finding]:
    assert marks.title is not None
    text = marks.text
    at = marks.title.end
    after = text[at : at + 1]
    if after in ("?", "!"):
        at += 1
    rest = text[at:]
    if not rest.strip(" \xa0.") or (
        rest.lstrip().startswith((",", ".", ";", ":", "(", "،")) and not rest.lstrip().startswith(("(d", "(D", "(A"))
    ):
        return
    following = rest.split()[0]
    message = f"Comma missing between two elements near “{text[at - 1 : at]} {following}”."
    start = at - 1
    end = at + len(rest) - len(rest.lstrip()) + len(following)
    yield in_reference(parsed, "RK813", start, end, message, (at, at, ","))


def _comma_before_part(parsed: ParsedReference, marks: Marks, start: int, end: int) -> Iterator[Finding]:
    """A labelled part begins at `start`; what stands before it ends at `end`."""
    text = marks.text
    last = text[end - 1]
    where = f"{text[max(0, end - 8) : end]} {text[start : start + 8]}".strip()
    if last == "." and not _is_abbreviation_of_text(text, end - 1):
        message = f"Full stop where the list uses a comma: “{where}”."
        yield in_reference(parsed, "RK813", end - 1, min(start + 4, len(text)), message, (end - 1, end, ","))
    elif last not in ',.;:?!“([،—–-"':
        message = f"Comma missing between two elements near “{where}”."
        yield in_reference(parsed, "RK813", end - 1, start + 1, message, (end, end, ","))


def _is_abbreviation_of_text(text: str, stop: int) -> bool:
    word = re.search(r"[^\W\d_]*$", text[max(0, stop - 20) : stop])
    return word is not None and 0 < len(word[0]) <= 4 and word[0] not in ("May", "June", "July")


@check("RK813")
def period_before_in(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A full stop before the "in" of a chapter, or the place of a publisher, in a list that separates by commas."""
    marks = context.marks(parsed)
    if "year" not in context.habits.commas:
        return
    place = (
        _PERIOD_BEFORE_PLACE.search(marks.bare, marks.body, marks.host_end)
        if marks.issued and not marks.title
        else None
    )
    if place:
        start, end = place.span()
        message = f"Full stop where the list uses a comma: “{marks.text[max(0, start - 8) : end + 8]}”."
        yield in_reference(parsed, "RK813", start, end, message, (start, start + 1, ","))
    if marks.in_word is None:
        return
    end = len(marks.text[: marks.in_word[0]].rstrip())
    if marks.text[end - 1 : end] == ".":
        message = f"Full stop where the list uses a comma: “{marks.text[max(0, end - 8) : marks.in_word[1]]}”."
        yield in_reference(parsed, "RK813", end - 1, marks.in_word[1], message, (end - 1, end, ","))


@check("RK813")
def misplaced_comma(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A comma behind "and", "of" or the like, with no second comma that would close a parenthesis."""
    text = context.marks(parsed).plain
    for match in _MISPLACED.finditer(text):
        if (
            text[: match.start()].rstrip().endswith((",", ";", ":", "("))
            or "," in re.split("[)”“]", text[match.end("next") : match.end("next") + 40], maxsplit=1)[0]
        ):
            continue
        where = text[match.start() : match.end("next")]
        start = match.start("comma")
        message = f"Comma in an odd place: “{where}”."
        yield in_reference(
            parsed, "RK813", match.start(), match.end("next"), message, (start, match.end("comma"), ""),
            severity=Severity.WARNING, safety=Safety.UNSAFE,
        )  # fmt: skip


@check("RK813")
def comma_before_year(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A comma between the authors (or the title) and the year in parentheses."""
    marks = context.marks(parsed)
    if not context.habits.year_in_parentheses or marks.issued is None:
        return
    end = len(marks.head.rstrip())
    if marks.head[:end].endswith(","):
        where = marks.text[max(0, end - 12) : marks.issued.end]
        message = f"Comma between author (or title) and year: “{where}”."
        yield in_reference(parsed, "RK813", end - 1, marks.issued.end, message, (end - 1, end, ""))


@rule("RK814", "bracket-unbalanced", Severity.ERROR, fix=Safety.UNSAFE)
def brackets(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A bracket or parenthesis has no partner, or the two stand the wrong way round.

    Why: what belongs inside cannot be told from what follows.
    Bad: `Valdani, Asghar (2002), Historical Survey of Border Disputes), Tehran: IPIS.`
    Good: `Valdani, Asghar (2002), Historical Survey of Border Disputes, Tehran: IPIS.`
    """
    marks = context.marks(parsed)
    opened, lone = _unpaired(marks)
    if opened and lone and lone[0] < opened[-1] and opened[-1] - lone[0] < 60:
        start, end = lone[0], opened[-1] + 1
        message = f"Brackets are the wrong way round: “{marks.text[start:end]}”."
        edits = ((start, start + 1, _CLOSERS[marks.text[start]]), (end - 1, end, _opposite(marks.text[end - 1])))
        yield in_reference(parsed, "RK814", start, end, message, *edits, severity=Severity.WARNING, safety=Safety.SAFE)
        return
    if len(opened) == len(lone) == 1 and opened[0] < lone[0] < opened[0] + 120:
        start, end = opened[0], lone[0] + 1
        message = f"Brackets of two kinds do not match: “{marks.text[start:end]}”."
        edit = (end - 1, end, _opposite(marks.text[start]))
        yield in_reference(parsed, "RK814", start, end, message, edit)
        return
    stretches = [*((at, min(len(marks.text), at + 14)) for at in opened), *((max(0, at - 12), at + 1) for at in lone)]
    for start, end in stretches:
        where = marks.text[start:end]
        yield in_reference(parsed, "RK814", start, end, f"Bracket or parenthesis without its partner in “{where}”.")


def _opposite(bracket: str) -> str:
    return {"(": ")", "[": "]", "{": "}"}[bracket]


def _unpaired(marks: Marks) -> tuple[list[int], list[int]]:
    """Positions of opening and of closing brackets without partner; those of a language tag are another rule's."""
    skipped = {at for start, end in marks.tags for at in (start, end - 1)}
    opened: list[int] = []
    lone: list[int] = []
    for match in re.finditer(r"[()\[\]{}]", marks.plain):
        at, mark = match.start(), match[0]
        if at in skipped:
            continue
        if mark in "([{":
            opened.append(at)
        elif opened and marks.plain[opened[-1]] == _CLOSERS[mark]:
            opened.pop()
        elif not re.fullmatch(r"\s*(?:[0-9]{1,3}|[a-z])", marks.plain[max(0, at - 4) : at].rsplit(" ", 1)[-1] or "x1"):
            lone.append(at)
    return opened, lone
