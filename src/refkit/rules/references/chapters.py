"""The "in" clause of a chapter: "in", the editors and their mark."""

import re
from collections.abc import Iterator

from refkit.model import Finding, ParsedReference, Safety, Severity
from refkit.rules import in_reference, rule
from refkit.rules.references.hosts import (
    looks_like_chapter,
    looks_like_journal,
)
from refkit.rules.references.list_context import ListContext
from refkit.rules.references.marks import Marks
from refkit.words import CONFERENCE, given_names, is_organisation, is_periodical

_ROLE = re.compile(
    r"[(\[]\s?(?P<role>eds?|editors?|hrsg|hg)\.?\s?[)\]]|\b(?P<words>edited by|eds?\.|editors?\b|ed\. by|hrsg\.|hg\.)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*)?,\s[^\W\d_][\w.’'-]*(?:\s[^\W\d_][\w.’'-]*)?")


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
    if looks_like_chapter(marks, context.habits.commas):
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
