"""Elements that a reference lacks, or has in an odd form: journal, pages, publisher, "in", editors."""

import re
from collections.abc import Iterator

from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import check, in_reference, rule
from refkit.rules.references.habits import part_starts
from refkit.rules.references.hosts import is_article, looks_like_journal, swallowed_journal
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import Marks
from refkit.words import CONFERENCE, REPORT_SERIES, given_names, is_organisation, is_periodical, is_publisher

_ROLE = re.compile(
    r"[(\[]\s?(?P<role>eds?|editors?|hrsg|hg)\.?\s?[)\]]|\b(?P<words>edited by|eds?\.|editors?\b|ed\. by|hrsg\.|hg\.)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*)?,\s[^\W\d_][\w.’'-]*(?:\s[^\W\d_][\w.’'-]*)?")
_VOLUME_ISSUE = re.compile(r"[0-9]{1,4}\s?\([0-9]{1,4}(?:[-–/][0-9]{1,4})?\)")
_NUMBER_OF_REPORT = re.compile(
    r"\b(?:no|nr|number|paper|report|series)\b\.?\s?[0-9]|[A-Z]{1,4}[-/ ]?[0-9]{2,}|[0-9]{2,}", re.IGNORECASE
)
_ARTICLE_NUMBER_IN_DOI = re.compile(
    r"10\.3390/[a-z]+(?P<volume>[0-9]{1,3})(?P<issue>[0-9]{2})(?P<article>[0-9]{4})", re.IGNORECASE
)
_RANGE = re.compile(r"(?P<first>[0-9]{1,6})\s?(?P<dash>[-‐‑–—−]{1,2})\s?(?P<last>[0-9]{1,6})")


@rule("RK815", "element-missing", Severity.WARNING)
def element_missing(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A reference lacks its journal, pages, volume, publisher, report number, link or date of access.

    Why: without it the work cannot be found, or no style can print the reference.
    Bad: `Smith, Adam (2016), “Tariffs and Trade”, Vol. 4, No. 1, pp. 3-9.`
    Good: `Smith, Adam (2016), “Tariffs and Trade”, Trade Review, Vol. 4, No. 1, pp. 3-9.`
    """
    marks = context.marks(parsed)
    if not context.follows_list(marks):
        return
    for what in (
        _missing_journal,
        _missing_pages,
        _missing_volume,
        _missing_publisher,
        _missing_report_number,
        _missing_link,
    ):
        yield from what(parsed, marks, context)


def _report(
    parsed: ParsedReference, start: int, end: int, message: str, severity: Severity = Severity.WARNING
) -> Finding:
    return in_reference(parsed, "RK815", start, max(end, start + 1), message, severity=severity)


def _missing_journal(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    parts = marks.parts
    numbers = marks.number("volume") or marks.number("issue")
    if swallowed_journal(marks, context.habits.journals):
        return
    is_article_like = marks.number("volume") or (not marks.links and (numbers or marks.codes))
    if marks.title and not parts and marks.in_word is None and is_article_like:
        start = numbers.start if numbers else marks.title.start
        end = numbers.end if numbers else marks.title.end
        yield _report(parsed, start, end, "Article without journal name.", Severity.ERROR)
    elif marks.open_title >= 0 and numbers and is_article(marks):
        start, end = parts[-1] if parts else (marks.body, marks.host_end)
        last = marks.text[start:end]
        long = len(last.split()) > 6 and not is_periodical(last)
        if len(parts) < 2 or long or ":" in last:
            yield _report(parsed, numbers.start, numbers.end, "Article without journal name.", Severity.ERROR)


def _missing_pages(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    if "pages" not in context.habits.labelled or "year" not in context.habits.commas or marks.number("pages"):
        return
    is_web = bool(marks.links) or bool(marks.access)
    if (
        marks.in_word
        and (marks.title or marks.open_title >= 0 or _VOLUME_ISSUE.search(marks.host) is None)
        and not is_web
    ):
        end = len(marks.text[: marks.host_end].rstrip(" \xa0,."))
        yield _report(parsed, marks.in_word[1], end, "No page numbers.")
    elif (
        marks.number("volume")
        and marks.title
        and not is_web
        and not re.search(r"\b(?:art|article|e[0-9]+)\b", marks.bare, re.IGNORECASE)
    ):
        number = marks.number("issue") or marks.number("volume")
        assert number is not None
        yield _report(parsed, number.start, number.end, "No page numbers.")


def _missing_volume(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    parts = marks.parts
    pages = marks.number("pages")
    if "volume" not in context.habits.labelled or pages is None or not marks.title or marks.in_word or not parts:
        return
    if marks.number("volume") or marks.number("issue") or len(parts) > 1 or looks_like_chapter(marks, context):
        return
    start, end = parts[-1]
    host = marks.text[start:end]
    known = is_periodical(host) or host in context.habits.journals
    if not _VOLUME_ISSUE.search(host) and (known or not (marks.dates or marks.links)):
        yield _report(parsed, start, end, "No volume or issue number.")


def looks_like_chapter(marks: Marks, context: ListContext) -> bool:
    """Whether "“Title”, Book, pp. 1-20" is a chapter whose "in" is missing: no volume, a book's DOI or a publisher."""
    if not marks.title or marks.in_word or marks.number("volume") or marks.number("issue") or not marks.number("pages"):
        return False
    if "title" not in context.habits.commas:
        return False
    parts = marks.parts
    if not parts:
        return False
    has_publisher = _publisher_behind_pages(marks)
    has_book_doi = any("/978" in marks.text[code.start : code.end] for code in marks.codes)
    host = marks.text[slice(*parts[0])]
    return has_publisher or has_book_doi or (not is_periodical(host) and marks.text[parts[0][0] :].startswith("The "))


def _missing_publisher(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    head = context.head(parsed)
    parts = [marks.text[start:end] for start, end in marks.parts]
    if "title" not in context.habits.commas or marks.number("volume") or marks.number("issue"):
        return
    if marks.open_title >= 0:
        parts = _without_titles(parts)
    is_web = bool(marks.links)
    if (
        is_web
        and head.kind != "organisation"
        and not marks.in_word
        and (marks.title or marks.open_title >= 0)
        and not parts
    ):
        label = marks.labels[0]
        start, end = (label.start, label.end) if label else (marks.links[0].start, marks.links[0].end)
        yield _report(parsed, start, end, "No publisher or responsible body.")
    elif is_web and head.kind == "title" and not marks.title and not parts and marks.text[0] not in '“"':
        yield _report(parsed, 0, len(marks.head.rstrip(" ,")), "No publisher or responsible body.")
    elif (looks_like_chapter(marks, context) and len(parts) == 1 and not _publisher_behind_pages(marks)) or (
        _is_bare_book(marks, parts, context) and head.kind != "organisation"
    ):
        start, end = marks.parts[0][0], marks.parts[-1][1]
        yield _report(parsed, start, end, "No publisher or responsible body.")


def _publisher_behind_pages(marks: Marks) -> bool:
    pages = marks.number("pages")
    if pages is None:
        return False
    end = min((start for _, start in part_starts(marks) if start > pages.start), default=len(marks.text))
    behind = marks.bare[pages.end : end]
    return is_publisher(behind.split("(")[0]) or re.match(r",\s*[A-Z][\w. ]{1,25}:\s", behind) is not None


def _without_titles(parts: list[str]) -> list[str]:
    """Of an unclosed title all its parts go: the first, and those that repeat its words."""
    first = set(re.findall(r"[^\W\d_]{4,}", parts[0].casefold())) if parts else set()
    kept = []
    for part in parts[1:]:
        words = set(re.findall(r"[^\W\d_]{4,}", part.casefold()))
        if not words or 2 * len(words & first) < len(words):
            kept.append(part)
    return kept


def _is_bare_book(marks: Marks, parts: list[str], context: ListContext) -> bool:
    if marks.title or marks.open_title >= 0 or marks.links or marks.codes or marks.in_word or not parts:
        return False
    if len(parts) > 1 and not (
        parts[-1].startswith(("and ", "or ")) and not re.search(r"\bPress|Books|Verlag", parts[-1])
    ):
        return False
    return (
        not marks.numbers
        and ". " not in parts[0]
        and "(" not in parts[0]
        and not is_publisher(parts[0])
        and marks.quotes.stray == ()
    )


def _missing_report_number(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    series = REPORT_SERIES.search(marks.bare, marks.tail, marks.host_end)
    if series is None or marks.title is None or marks.numbers:
        return
    part = next(((start, end) for start, end in marks.parts if start <= series.start() < end), None)
    if part and "paper" in series[0].lower() and not _NUMBER_OF_REPORT.search(marks.text[marks.tail : marks.host_end]):
        yield _report(parsed, *part, "Working paper without its number.")


def _missing_link(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    behind = marks.text[marks.access.date.end :].lstrip(" ,)") if marks.access else ""
    if marks.access and not marks.links and not marks.codes and not behind.startswith(("from ", "at ", "via ")):
        start, end = marks.access.start, marks.access.date.end
        yield _report(parsed, start, end, "Access date without a URL.")
    if context.habits.access_note and marks.links and not marks.access and not marks.codes:
        link = marks.links[0]
        yield _report(parsed, link.start, link.end, "Web reference without access date.")


@rule("RK810", "in-clause-broken", Severity.WARNING)
def in_clause(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The "in" part of a chapter lacks "in" or the editors, or does not mark them.

    Why: a chapter is found through its book, and the book through its editors and title.
    Bad: `Roberts, Ann (2021), “Neighbors”, in The Geopolitics of Iran, pp. 3-20, Singapore: Springer.`
    Good: `Roberts, Ann (2021), “Neighbors”, in Francisco Leandro (ed.), Geopolitics, pp. 3-20, Singapore: Springer.`
    """
    marks = context.marks(parsed)
    if not context.follows_list(marks) or marks.number("volume"):
        return
    if looks_like_chapter(marks, context):
        start, end = marks.parts[0]
        host = marks.text[start:end]
        word = context.habits.in_word or "in"
        edit = (start, start, f"{word} ")
        yield in_reference(
            parsed,
            "RK810",
            start,
            end,
            f"“in” missing before the book title “{host}”.",
            edit,
            severity=Severity.INFO,
            safety=Safety.UNSAFE,
        )
        yield in_reference(parsed, "RK810", start, end, f"Chapter without editors of the book “{host}”.")
    elif marks.in_word:
        yield from _in_word_form(parsed, marks, context)
        yield from _editors(parsed, marks, context)


def _in_word_form(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    assert marks.in_word is not None
    start, end = marks.in_word
    printed = marks.text[start:end]
    usual = context.habits.in_word
    if usual and printed != usual:
        message = f"“{printed}” differs from the list’s “{usual}”."
        yield in_reference(
            parsed, "RK810", start, end, message, (start, end, usual), severity=Severity.INFO, safety=Safety.SAFE
        )


def _editors(parsed: ParsedReference, marks: Marks, context: ListContext) -> Iterator[Finding]:
    assert marks.in_word is not None
    start = marks.in_word[1]
    while start < len(marks.text) and marks.text[start].isspace():
        start += 1
    clause = marks.bare[start : marks.host_end]
    role = _ROLE.search(clause)
    if role:
        yield from _role_number(parsed, start, clause, role)
        yield from _editor_is_author(parsed, context, start, clause[: role.start()])
        return
    names = _names_at_start(clause, context.head(parsed).people[0].family if context.head(parsed).people else "")
    if names:
        end = start + len(names)
        yield from _editor_is_author(parsed, context, start, names)
        edit = (end, end, " (eds.)" if " and " in names else " (ed.)")
        message = f"Editor not marked “(ed.)”: “{names}”."
        yield in_reference(parsed, "RK810", start, end, message, edit, safety=Safety.UNSAFE)
    elif clause.strip(" ,.") and _has_title_of_its_own(marks) and _wants_editors(marks, clause, context):
        end = marks.parts[-1][1] if len(marks.parts) == 1 else start + len(clause.split(",")[0].rstrip(" ."))
        yield in_reference(
            parsed,
            "RK810",
            start,
            max(end, start + 1),
            f"Chapter without editors of the book “{marks.text[start:end]}”.",
        )


def _wants_editors(marks: Marks, clause: str, context: ListContext) -> bool:
    """Not proceedings, whose editors few lists name, nor a journal behind "in:"."""
    if "year" not in context.habits.commas or CONFERENCE.search(clause):
        return False
    return re.search(r"[0-9]\s?[:(]|et al", clause) is None and not looks_like_journal(clause.split(",")[0])


def _has_title_of_its_own(marks: Marks) -> bool:
    return (
        marks.title is not None
        or marks.open_title >= 0
        or (marks.in_word is not None and marks.in_word[0] > marks.body + 8)
    )


def _role_number(parsed: ParsedReference, start: int, clause: str, role: re.Match[str]) -> Iterator[Finding]:
    word = role["role"]
    names = clause[: role.start()].strip(" ,")
    if not word or not names or len(names) > 200 or word.lower() not in ("ed", "eds"):
        return
    several = re.search(r"\s(?:and|&)\s|;", names) is not None or names.count(",") > 2
    if several != word.lower().endswith("s"):
        wanted = f"{word[:2]}s" if several else word[:2]
        at = start + role.start("role")
        message = f"“{role[0]}” with {'several editors' if several else 'one editor'}: “{names}”."
        yield in_reference(
            parsed, "RK810", start + role.start(), start + role.end(), message, (at, at + len(word), wanted),
            severity=Severity.INFO, safety=Safety.SAFE,
        )  # fmt: skip


def _names_at_start(clause: str, author: str) -> str:
    """Editors that stand unmarked before the book's title: "Family, Given, Title" or "Given Family, Title"."""
    names = ""
    at = 0
    while match := _PAIR.match(clause, at):
        family, given = match[0].split(",", 1)
        first = given.split()[0]
        known = first.casefold() in given_names() or re.fullmatch(r"[^\W\d_]\.", first) or family == author
        if not known or is_organisation(match[0]) or is_periodical(match[0]):
            break
        end = match.end()
        if len(given.split()) > 1 and " and " not in given and not re.match(r"\s*(?:,|and\b|&)", clause[end:]):
            break
        names = clause[:end].strip(" ,")
        joint = re.match(r"\s*(?:,\s*)?(?:and|&)\s+|\s*,\s*", clause[end:])
        if not joint or at > 300:
            break
        at = end + joint.end()
    rest = clause[len(names) :].strip(" ,.")
    return names if names and rest else ""


def _editor_is_author(parsed: ParsedReference, context: ListContext, start: int, names: str) -> Iterator[Finding]:
    people = context.head(parsed).people
    if not people or len(people[0].family) < 3:
        return
    author = people[0]
    match = re.search(rf"\b{re.escape(author.family)},\s(?P<given>\w[\w.’'-]*)", names)
    given = author.given.split()[0] if author.given else ""
    if match and given and not _may_be_one(given, match["given"]):
        message = f"Editor’s family name repeats the chapter author’s: “{match[0]}”."
        yield in_reference(parsed, "RK810", start + match.start(), start + match.end(), message)


def _may_be_one(given: str, other: str) -> bool:
    """Whether two given names may be one person's: the same, or one the other's initial."""
    short, long = sorted((given.rstrip("."), other.rstrip(".")), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


@check("RK310")
def page_range(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """The last page is smaller than the first, or shortened."""
    marks = context.marks(parsed)
    for number in marks.numbers:
        match = _RANGE.fullmatch(marks.text[number.number : number.end]) if number.kind == "pages" else None
        if match is None or int(match["last"]) >= int(match["first"]):
            continue
        first, last = match["first"], match["last"]
        where = match[0]
        full = first[: len(first) - len(last)] + last
        if len(last) < len(first) and int(full) > int(first):
            if context.habits.elided_pages:
                continue
            edit = (number.number, number.end, f"{first}{match['dash']}{full}")
            message = f"Shortened page range “{where}”."
            yield in_reference(
                parsed, "RK310", number.number, number.end, message, edit, severity=Severity.INFO, safety=Safety.SAFE
            )
        else:
            message = f"Last page is smaller than the first: “{where}”."
            edits = [(number.number, number.end, f"{last}{match['dash']}{first}")] if len(first) == len(last) else []
            yield in_reference(
                parsed,
                "RK310",
                number.number,
                number.end,
                message,
                *edits,
                severity=Severity.ERROR,
                safety=Safety.UNSAFE,
            )


@check("RK309")
def page_dash(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """A page range with another dash than the list's."""
    marks = context.marks(parsed)
    usual = context.habits.page_dash
    for number in marks.numbers if usual else ():
        match = _RANGE.fullmatch(marks.text[number.number : number.end]) if number.kind == "pages" else None
        if match and match["dash"] != usual:
            start = number.number + match.start("dash")
            message = f"Page range with an odd dash: “{match[0]}”; the list writes “{usual}”."
            edit = (start, start + len(match["dash"]), usual)
            yield in_reference(parsed, "RK309", number.number, number.end, message, edit, severity=Severity.INFO)


@check("RK311")
def article_number_as_issue(parsed: ParsedReference, context: ListContext) -> Iterator[Finding]:
    """An article number stands where the issue is expected."""
    marks = context.marks(parsed)
    issue = marks.number("issue")
    volume = marks.number("volume")
    if issue is None or volume is None:
        return
    value = marks.text[issue.number : issue.end]
    if not value.isdigit() or len(value) < 3:
        return
    in_doi = False
    for code in marks.codes:
        match = _ARTICLE_NUMBER_IN_DOI.fullmatch(marks.text[code.start : code.end])
        in_doi = in_doi or bool(match and int(match["article"]) == int(value))
    pages = marks.number("pages")
    from_one = pages is not None and marks.text[pages.number : pages.end].startswith(("1-", "1–"))
    if in_doi or (from_one and len(value) >= 3) or len(value) >= 5:
        where = marks.text[issue.start : issue.end]
        message = f"“{where}” is an article number, not an issue."
        yield in_reference(parsed, "RK311", issue.start, issue.end, message, severity=Severity.WARNING)
