"""What stands between title and labels: journal, book, publisher, place."""

import re

from refkit.rules.references.marks import Marks, part_starts
from refkit.words import is_periodical, is_publisher, is_surely_periodical


def is_article(marks: Marks) -> bool:
    """Whether the reference shows a volume, as journal articles do, and no host book."""
    volume = marks.number("volume")
    return (
        volume is not None
        and marks.in_word is None
        and (marks.number("pages") is not None or marks.number("issue") is not None)
    )


def journal(marks: Marks) -> tuple[int, int] | None:
    """Where the name of the journal stands: the last element before the volume."""
    if not is_article(marks):
        return None
    parts = marks.parts
    return parts[-1] if parts and (marks.title or len(parts) > 1) else None


def swallowed_journal(marks: Marks, journals: frozenset[str]) -> tuple[int, int] | None:
    """The name of a journal that stands inside the quoted title, before the volume and with no other journal."""
    if marks.title is None or marks.parts or not marks.number("volume") or marks.in_word:
        return None
    end = marks.title.end - 1
    start = marks.text.rfind(", ", marks.title.start, end) + 2
    name = marks.text[start:end].strip()
    return (start, end) if start > 1 and (name in journals or looks_like_journal(name)) else None


def looks_like_journal(text: str) -> bool:
    """Whether hardly anything but a journal is called so."""
    return is_surely_periodical(text) and not is_publisher(text)


def looks_like_chapter(marks: Marks, commas: frozenset[str]) -> bool:
    """Whether "“Title”, Book, pp. 1-20" is a chapter whose "in" is missing: no volume, a book's DOI or a publisher."""
    if not marks.title or marks.in_word or marks.number("volume") or marks.number("issue") or not marks.number("pages"):
        return False
    if "title" not in commas:
        return False
    parts = marks.parts
    if not parts:
        return False
    has_publisher = publisher_behind_pages(marks)
    has_book_doi = any("/978" in marks.text[code.start : code.end] for code in marks.codes)
    host = marks.text[slice(*parts[0])]
    return has_publisher or has_book_doi or (not is_periodical(host) and marks.text[parts[0][0] :].startswith("The "))


def publisher_behind_pages(marks: Marks) -> bool:
    """Whether a publisher, with or without its place, stands behind the pages."""
    pages = marks.number("pages")
    if pages is None:
        return False
    end = min((start for _, start in part_starts(marks) if start > pages.start), default=len(marks.text))
    behind = marks.bare[pages.end : end]
    return is_publisher(behind.split("(")[0]) or re.match(r",\s*[A-Z][\w. ]{1,25}:\s", behind) is not None
