"""Repairs of what the labeller finds: what the spans of one reference say of each other."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from refkit.model import Span
from refkit.parse.patterns import Draft, in_order
from refkit.regex import regex
from refkit.words import is_newspaper, is_periodical, is_place, is_publisher

_VOLUME_PAGES = regex(r"([A-Z]?[0-9]{1,4})\s?[,:]\s?([A-Z]?[0-9]{1,6})")
_PUBLISHER_TOWN = regex(r"([^,]{3,60}),\s([^\W\d_][^,0-9]{2,25})")
_CONTAINER_VOLUME = regex(r"(.{4,}[^\W\d_.]),?\s((?!(?:1[89]|20)[0-9]{2}$)[0-9]{1,4})")
_SECTION_VOLUME = regex(r"(.{4,}[.\s][A-Z])([0-9]{1,3})")
_ABBREVIATIONS = regex(r"[A-Z][a-z]{2,5}(?:\. ?[A-Z][a-z]{2,5})?")
_LONGEST_ABBREVIATIONS = 14
_HOST_IN_TITLE = regex(
    r"[.?!”\"]\s(?=In\s(?!(?:Search|Defen[cs]e|Memor\w+|Praise|Pursuit|Honou?r|Quest|Between|Situ|Vi[vt]ro)\b)[A-Z])"
)
_CONFERENCE_IN_TITLE = regex(
    r",\s(?=(?:[0-9]{1,2}(?:st|nd|rd|th)\s|Proc(?:eedings|\.)\s|International\s|Annual\s|(?:19|20)[0-9]{2}\s)"
    r"[^,]{0,60}\b(?:Conference|Symposium|Workshop|Congress)\b)"
)
_QUOTED_HOST = regex(r"[.!?]\s[„“«\"](?=[^„“”«»\"]+$)")
_SENTENCE = regex(r"(?<=[^\W\d_]{4})\.\s(?=[^\W\d_a-z])")
_SERIES = regex(
    r"(?:Lecture [Nn]otes|(?:Under)?[Gg]raduate [Tt]exts|Springer (?:Series|Tracts|Texts)|Texts and [Mm]onographs|"
    r"(?:Cambridge|Oxford) (?:[Ss]tudies|[Tt]racts|[Tt]exts|[Mm]onographs)) (?:in|on) .{4,60}|"
    r"[A-Z][^.:?!]{4,60} [Ss]eries(?: (?:in|on|of) [^.:?!]{4,60})?"
)
_TIME_SERIES = regex(r"\b(?:time|fourier|power|taylor|infinite) series\b", re.IGNORECASE)
_SHORT_HEAD = 12  # characters that a title has at least where it is parted from what follows
_NO_PART = ("citation-number", "label", "date")


def repair_spans(draft: Draft) -> None:
    """Part spans that hold two values, and rename those whose surroundings show that they are something else."""
    fields = {span.field for span in draft.spans}
    for needed, lacking, repair in _REPAIRS:
        if needed <= fields and lacking.isdisjoint(fields):
            repair(draft)
            fields = {span.field for span in draft.spans}


def _part(draft: Draft, name: str, pattern: re.Pattern[str], second: str) -> None:
    """A span that holds two values, of which the second has no span of its own: "83, 3370", "Springer, New York"."""
    for index, span in enumerate(draft.spans):
        match = pattern.fullmatch(span.text) if span.field == name else None
        if match and (second != "place" or is_place(match[2])):
            draft.spans[index] = Span(name, match[1], span.start, span.start + match.end(1), span.confidence)
            draft.spans.append(Span(second, match[2], span.start + match.start(2), span.end, span.confidence))
            return


def _part_container(draft: Draft) -> None:
    """ "Early Music 43", "Eur. Phys. J. C9", where a volume must be: pages or an issue are there."""
    if not (draft.has("pages") or draft.has("issue")):
        return
    _part(draft, "container-title", _CONTAINER_VOLUME, "volume")
    if not draft.has("volume"):
        _part(draft, "container-title", _SECTION_VOLUME, "volume")


def _join_abbreviated(draft: Draft) -> None:
    """ "Prog. Part" before "Nucl. Phys." is no title."""
    if min(len(span.text) for span in draft.spans if span.field == "title") > _LONGEST_ABBREVIATIONS:
        return
    for title, host in pairwise(in_order(draft.spans)):
        fields, between = (title.field, host.field), draft.text[title.end : host.start]
        if fields != ("title", "container-title") or between not in (".", ". ") or "." not in host.text:
            continue
        if _ABBREVIATIONS.fullmatch(title.text):
            draft.spans.remove(title)
            joined = host._replace(text=draft.text[title.start : host.end], start=title.start)
            draft.spans[draft.spans.index(host)] = joined
            return


def _join_town(draft: Draft) -> None:
    """The town that ended up in the publisher: "Prometheus Books, Buffalo" before "New York"."""
    for publisher, place in pairwise(in_order(draft.spans)):
        if (publisher.field, place.field) != ("publisher", "place") or draft.text[publisher.end : place.start] != ", ":
            continue
        town = _PUBLISHER_TOWN.fullmatch(publisher.text)
        if town and is_place(town[2]):
            start, end = publisher.start + town.start(2), publisher.start + town.end(1)
            draft.spans[draft.spans.index(publisher)] = publisher._replace(text=town[1], end=end)
            draft.spans[draft.spans.index(place)] = place._replace(text=draft.text[start : place.end], start=start)
            return


def _join_author(draft: Draft) -> None:
    """What stands between an author and the year behind it belongs to the name: "…, Commission on Women. (2016)"."""
    if [span.field for span in draft.spans].count("title") < 2:
        return
    spans = in_order(draft.spans)
    for author, more, date, title in zip(spans, spans[1:], spans[2:], spans[3:], strict=False):
        fields = (author.field, more.field, date.field, title.field)
        if fields == ("author", "title", "date", "title") and draft.text[date.start - 1] in "([":
            name = draft.text[author.start : more.end]
            draft.spans.remove(more)
            draft.spans[draft.spans.index(author)] = author._replace(text=name, end=more.end)


def _name_newspaper(draft: Draft) -> None:
    """The Washington Post is no place."""
    for index, span in enumerate(draft.spans):
        if span.field == "place" and is_newspaper(span.text):
            draft.spans[index] = span._replace(field="container-title")
            return


def _name_first_organisation(draft: Draft) -> None:
    """The organisation that opens a reference before its title is the author, not who published it."""
    named = _named(draft.spans)
    if len(named) > 1 and named[0].field == "publisher" and named[1].field == "title":
        draft.spans[draft.spans.index(named[0])] = named[0]._replace(field="author")


def _name_book(draft: Draft) -> None:
    """What has a publisher or a place and stands behind people as their only title is a book, not the host of one."""
    named = _named(draft.spans)
    fields = [span.field for span in named]
    if fields[1:2] != ["container-title"] or fields[0] not in ("author", "editor"):
        return
    if not {"publisher", "place"}.intersection(fields):
        return
    book = named[1]
    start = book.start - 3 if draft.free[: book.start].endswith("In ") else book.start  # "In the Embrace of the Swan"
    draft.spans.remove(book)
    draft.claim("title", start, book.end, book.confidence)


def _part_title(draft: Draft) -> None:
    """The host, series or publisher that ended up in the title, where it has no span of its own."""
    title = next(span for span in draft.spans if span.field == "title")
    field, start, end = _second_value(draft, title)
    if field and start >= _SHORT_HEAD:
        draft.spans.remove(title)
        head = title.text[:start].rstrip(" ,.")
        draft.spans.append(title._replace(text=head, end=title.start + len(head)))
        draft.spans.append(Span(field, title.text[end:], title.start + end, title.end, title.confidence * 0.8))
        draft.label(title.start + start, title.start + end)  # "In"


def _second_value(draft: Draft, title: Span) -> tuple[str, int, int]:
    """Of the value that begins within a title: its field ("" for none), where the title ends, where it begins."""
    quoted = _QUOTED_HOST.search(title.text)
    if quoted and draft.text[title.end : title.end + 1] in tuple('”"“»'):
        return "container-title", quoted.start() + 1, quoted.end()
    for pattern in (_HOST_IN_TITLE, _CONFERENCE_IN_TITLE):
        host = pattern.search(title.text)
        if host:
            lead = 3 if pattern is _HOST_IN_TITLE else 0
            return "container-title", host.start() + (title.text[host.start()] in "?!"), host.end() + lead
    last = title.text.rfind(", ")
    if last > 0 and draft.has("place") and not draft.has("publisher") and is_publisher(title.text[last:]):
        return "publisher", last, last + 2
    for stop in _SENTENCE.finditer(title.text):
        field = _field_of_sentence(draft, title.text[stop.end() :])
        if field:
            return field, *stop.span()
    return "", 0, 0


def _field_of_sentence(draft: Draft, text: str) -> str:
    """What the last sentence of a title is when it is no part of it, else nothing."""
    words = len(text.split())
    if draft.has("volume") and draft.has("pages") and is_periodical(text) and words <= 10:
        return "container-title"
    if _SERIES.fullmatch(text) and not _TIME_SERIES.search(text) and not draft.has("series"):
        return "series"
    if draft.has("place") and not draft.has("publisher") and is_publisher(text) and words <= 6:
        return "publisher"
    return ""


def _named(spans: Iterable[Span]) -> list[Span]:
    return [span for span in in_order(spans) if span.field not in _NO_PART]


# Repairs, with the fields that must be there and those that must not.
_REPAIRS: tuple[tuple[frozenset[str], frozenset[str], Callable[[Draft], None]], ...] = tuple(
    (frozenset(needed.split()), frozenset(lacking.split()), repair)
    for needed, lacking, repair in (
        ("volume", "pages", lambda draft: _part(draft, "volume", _VOLUME_PAGES, "pages")),
        ("publisher", "place", lambda draft: _part(draft, "publisher", _PUBLISHER_TOWN, "place")),
        ("container-title", "volume", _part_container),
        ("title container-title", "", _join_abbreviated),
        ("publisher place", "", _join_town),
        ("place", "container-title", _name_newspaper),
        ("author title date", "", _join_author),
        ("publisher title", "author editor", _name_first_organisation),
        ("container-title", "title issue pages", _name_book),
        ("title", "container-title", _part_title),
    )
)
