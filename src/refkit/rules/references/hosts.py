"""What stands between title and labels: journal, book, publisher, place."""

from refkit.rules.references.marks import Marks
from refkit.words import is_publisher, is_surely_periodical


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
