"""Quotation marks around titles, and apostrophes."""

import re
from collections.abc import Iterator

from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import in_reference, rule
from refkit.rules.references.hosts import is_article, swallowed_journal
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import Marks
from refkit.rules.references.quotes import Quoted
from refkit.words import is_organisation, is_place, is_publisher

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]*$")
_LETTERS_BEHIND = re.compile(r"[^\W\d_]{1,40}")
_WORDS = re.compile(r"(?:[^\s“”\"]+\s){0,2}[^\s“”\"]+")
_FORMS = frozenset(("“”", "„“", "„”", "«»", "»«", '""', "””"))
_ODD = frozenset(('“"', '"”', '„"', '"“', "“„", "““", "”“"))


@rule("RK804", "quotes-unbalanced-or-mixed", Severity.WARNING, fix=Safety.UNSAFE)
def quotation_marks(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A quotation mark has no partner, the two do not match, or they are not the list's.

    Why: the title ends where its quotation marks end; without them it runs into the journal.
    Bad: `Fayzullina, Karina (2014), “Iran-Russia Relations, Central Review, Vol. 2, No. 1, pp. 3-9.`
    Good: `Fayzullina, Karina (2014), “Iran-Russia Relations”, Central Review, Vol. 2, No. 1, pp. 3-9.`
    """
    marks = context.marks(parsed)
    text = marks.text
    for at in marks.quotes.unclosed:
        words = _WORDS.match(text, at + 1)
        end = words.end() if words else at + 1
        message = f"Opening quotation mark never closed: “{text[at:end]}”."
        yield in_reference(parsed, "RK804", at, end, message, severity=Severity.ERROR)
    for at in marks.quotes.stray:
        if text[at] == '"' and at and text[at - 1].isdigit():
            continue
        start = at
        while start > at - 40 and start and not text[start - 1].isspace():
            start -= 1
        message = f"Closing quotation mark without an opening one: “{text[start : at + 1]}”."
        yield in_reference(parsed, "RK804", start, at + 1, message, (at, at + 1, ""), severity=Severity.ERROR)
    for pair in marks.quotes.pairs:
        yield from _pair_flaws(parsed, context, pair)
    yield from _straight_apostrophes(parsed, context, marks)
    swallowed = swallowed_journal(marks, context.habits.journals)
    if swallowed:
        start, end = swallowed
        message = f"The quoted title seems to swallow the next element: “{text[start:end]}”."
        edits = ((end, end + 1, ""), (start - 2, start - 2, text[end]))
        yield in_reference(parsed, "RK804", start, end, message, *edits)


def _pair_flaws(parsed: ParsedReference, context: ListContext, pair: Quoted) -> Iterator[Finding]:
    usual = context.habits.quote_form
    text = parsed.reference.text
    if pair.depth:
        if pair.outer == pair.opening:
            message = f"Double quotes inside double quotes: “{text[pair.start : pair.end]}”."
            single = ("'", "'") if pair.opening == '"' else ("‘", "’")
            edits = ((pair.start, pair.start + 1, single[0]), (pair.end - 1, pair.end, single[1]))
            yield in_reference(
                parsed, "RK804", pair.start, pair.end, message, *edits, severity=Severity.INFO, safety=Safety.SAFE
            )
        return
    if pair.form == usual or (pair.form not in _ODD and not usual):
        return
    wanted = usual or ("“”" if set(pair.form) & set("“”") else "„“")
    edits = ((pair.start, pair.start + 1, wanted[0]), (pair.end - 1, pair.end, wanted[1]))
    if pair.form == '""':
        if context.habits.curly:
            message = "Straight quotation marks in a list that uses curly ones."
            yield in_reference(
                parsed, "RK804", pair.start, pair.end, message, *edits, severity=Severity.INFO, safety=Safety.SAFE
            )
    elif usual != '""' or pair.form in _ODD:
        shown = f"{pair.opening}…{pair.closing}"
        message = f"Opening and closing quotation marks do not match: {shown}; the list writes {wanted[0]}…{wanted[1]}."
        if pair.form in _FORMS:
            message = f"Quotation marks {shown} in a list that writes {wanted[0]}…{wanted[1]}."
        severity = Severity.INFO if pair.form in ("«»", "»«", "„“") else Severity.WARNING
        yield in_reference(
            parsed, "RK804", pair.start, pair.end, message, *edits, severity=severity, safety=Safety.SAFE
        )


def _straight_apostrophes(parsed: ParsedReference, context: ListContext, marks: Marks) -> Iterator[Finding]:
    if "'" not in marks.text or not (context.habits.curly or context.habits.curly_apostrophe):
        return
    for match in _APOSTROPHE.finditer(marks.plain):
        at = match.start()
        before = _LETTERS_BEFORE.search(marks.plain, max(0, at - 40), at)
        behind = _LETTERS_BEHIND.match(marks.plain, at + 1)
        start, end = before.start() if before else at, behind.end() if behind else at + 1
        message = f"Straight apostrophe in “{marks.text[start:end]}”."
        edit = (at, at + 1, "’")
        yield in_reference(parsed, "RK804", start, end, message, edit, severity=Severity.INFO, safety=Safety.SAFE)


@rule("RK805", "mark-outside-quotes", Severity.WARNING, fix=Safety.SAFE)
def mark_outside_quotes(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The question or exclamation mark of a title stands behind the closing quotation mark.

    Why: it belongs to the title; outside it is lost when the title is read.
    Bad: `Kofman, Michael (2018), “What Kind of Victory”?, Military Review, Vol. 24, No. 2, pp. 6-23.`
    Good: `Kofman, Michael (2018), “What Kind of Victory?”, Military Review, Vol. 24, No. 2, pp. 6-23.`
    """
    marks = context.marks(parsed)
    first = next((pair for pair in marks.quotes.pairs if not pair.depth), None)
    title = marks.title or (first if first and first.start == 0 else None)
    if title and marks.text[title.end : title.end + 1] in ("?", "!") and title.end < len(marks.text):
        mark = marks.text[title.end]
        start = title.end - 1
        inside = marks.text[start - 1] == mark
        message = f"“{mark}” belongs inside the quotation marks."
        edit = (start, title.end + 1, title.closing if inside else mark + title.closing)
        yield in_reference(parsed, "RK805", start, title.end + 1, message, edit)


@rule("RK821", "title-quoted-against-habit", Severity.WARNING, fix=Safety.UNSAFE)
def title_quoted_against_habit(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The title of an article stands without quotation marks where the list has them, or a book's title with them.

    Why: in such a list the quotation marks tell the article from the journal or book it stands in.
    Bad: `Posch, Walter (2017), Ideology and Strategy, Survival, Vol. 59, No. 5, pp. 69-98.`
    Good: `Posch, Walter (2017), “Ideology and Strategy”, Survival, Vol. 59, No. 5, pp. 69-98.`
    """
    if not context.habits.quoted_titles:
        return
    marks = context.marks(parsed)
    if not context.follows_list(marks):
        return
    if context.head(parsed).kind == "title" and marks.text[0] not in '“"«„‘' and marks.links and not marks.numbers:
        yield from _unquoted(parsed, 0, len(marks.head.rstrip(" \xa0,.")), context)
    if marks.title:
        yield from _book_in_quotes(parsed, marks)
    elif marks.text[marks.body : marks.body + 1] in ("‘", "'", "‚", "‹"):
        yield from _single_quotes(parsed, context, marks)
    elif marks.open_title < 0 and not marks.quotes.stray:
        end = _unquoted_title_end(marks)
        if end > marks.body:
            yield from _unquoted(parsed, marks.body, end, context)


def _single_quotes(parsed: ParsedReference, context: ListContext, marks: Marks) -> Iterator[Finding]:
    match = re.compile("[‘'‚‹].{1,300}?[’'‘›](?=\\s{0,2}[,.?!]|\\s)").match(marks.text, marks.body)
    usual = context.habits.quote_form
    if match and usual:
        message = f"Single quotation marks around the title; the list writes {usual[0]}…{usual[1]}: {match[0]}."
        edits = ((match.start(), match.start() + 1, usual[0]), (match.end() - 1, match.end(), usual[1]))
        yield in_reference(
            parsed, "RK804", *match.span(), message, *edits, severity=Severity.INFO, safety=Safety.UNSAFE
        )


def _unquoted(parsed: ParsedReference, start: int, end: int, context: ListContext) -> Iterator[Finding]:
    usual = context.habits.quote_form or "“”"
    where = parsed.reference.text[start:end]
    edits = ((start, start, usual[0]), (end, end, usual[1]))
    yield in_reference(parsed, "RK821", start, end, f"Title “{where}” is not in quotation marks.", *edits)


def _unquoted_title_end(marks: Marks) -> int:
    """Where the title of an article or chapter without quotation marks ends; 0 when it is neither."""
    if marks.in_word:
        return len(marks.text[: marks.in_word[0]].rstrip(" \xa0,.;"))
    if not is_article(marks):
        return 0
    parts = marks.parts
    return parts[-2][1] if len(parts) > 1 else 0


def _book_in_quotes(parsed: ParsedReference, marks: Marks) -> Iterator[Finding]:
    title = marks.title
    parts = [marks.text[start:end] for start, end in marks.parts]
    if title is None or marks.numbers or marks.in_word or not parts or len(parts) > 2 or len(parts[-1].split()) > 6:
        return
    place, colon, publisher = parts[-1].rpartition(":")
    in_town = bool(colon) and not marks.links and is_place(place.strip()) and not is_organisation(publisher)
    if in_town or (is_publisher(publisher) and (not colon or len(place.split()) <= 3)):
        where = marks.text[title.start : title.end]
        message = f"A book title is not put in quotation marks: {where}."
        edits = ((title.start, title.start + 1, ""), (title.end - 1, title.end, ""))
        yield in_reference(parsed, "RK821", title.start, title.end, message, *edits, severity=Severity.INFO)
