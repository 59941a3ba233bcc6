"""The word lists: our own files in `lists/`, joined with names and journal words of metadata records."""

import json
from collections import Counter
from pathlib import Path

from refkit.parse.features import Kind, split_words

LISTS = Path(__file__).with_name("lists")


def _own_lists() -> dict[str, int]:
    kinds: dict[str, int] = {}
    for kind in Kind:
        name = (kind.name or "").lower()
        for word in (LISTS / f"{name}.txt").read_text(encoding="utf-8").split():
            if not word.endswith(":"):
                kinds[word] = kinds.get(word, 0) | kind
    return kinds


def names_by_language(name: str) -> dict[str, list[str]]:
    """The lines of `given.txt` or `family.txt`, capitalised, by the language tag they begin with."""
    found: dict[str, list[str]] = {}
    for line in (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        tag, _, words = line.partition(": ")
        found.setdefault(tag, []).extend(word.title() for word in words.split())
    return found


def _words(text: str) -> list[str]:
    return [word.lower() for word in split_words(text)[1::2]]


def _record_words(records: Path) -> dict[Kind, Counter[str]]:
    found = {kind: Counter[str]() for kind in (Kind.GIVEN, Kind.FAMILY, Kind.JOURNAL)}
    with records.open(encoding="utf-8") as lines:
        for line in lines:
            work = json.loads(line)["work"]
            for person in work.get("author", ()):
                found[Kind.GIVEN].update(word for word in _words(person.get("given", "")) if len(word) > 2)
                found[Kind.FAMILY].update(word for word in _words(person.get("family", "")) if len(word) > 2)
            if work.get("type") == "journal-article":
                for title in work.get("container-title", ()):
                    found[Kind.JOURNAL].update(set(_words(title)))
    return found


def word_kinds(records: Path | None) -> dict[str, int]:
    """Lower-case word -> mask of `Kind`; names and journal words of `records` (works.jsonl) are added when given."""
    kinds = _own_lists()
    if records is None:
        return kinds
    for kind, words in _record_words(records).items():
        for word, count in words.items():
            if kinds.get(word, 0) & Kind.STOP or (kind is Kind.JOURNAL and count < 4):
                continue
            if word.isalpha() or "-" in word:
                kinds[word] = kinds.get(word, 0) | kind
    return kinds
