"""The people a reference opens with: where their form leaves no doubt, it settles where they end, not the labeller."""

from collections.abc import Sequence

from refkit.model import Span
from refkit.parse.name_forms import FAMILY_FIRST_LIST, GIVEN_FIRST_LIST, INVERTED_LIST, JOIN
from refkit.parse.person import is_initials
from refkit.parse.trim import trim
from refkit.regex import regex
from refkit.words import is_organisation, leaning

_BETWEEN = regex(rf"{JOIN}|[\s,;/]*")
_GOES_ON = regex(rf"{JOIN}|[\s,;]*(?:et al|[(\[])|\s?[,(\[]")
_BEHIND = regex(r"\s?[,:;(\[]")  # no full stop: "J. Phys." is nobody
_BEHIND_INITIAL = regex(r"(?<=[.деноаив])\.?\s(?=[^\W\d_])|\s?[,:;(\[]")
_BETWEEN_SENTENCES = regex(r"\.\s*")
_GIVEN_NAMES = regex(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,2}(?=,\s)")
_INITIAL = regex(r"[^\W\d_],? (?:[^\W\d_]\.[ -]?)+")
_HIDDEN = regex(r",? (?:et al\b\.?|и др\.|\[и др\.\])")
_RUSSIAN_SENTENCE = regex(r"[А-Я][а-яё]+(?: [А-ЯЁа-яё-]+){1,9}(?=\.\s[А-Я])")
_PARTICLE_BEHIND = regex(r" (?:де|фон|ван|ди)\b")
_CYRILLIC = regex("[\u0400-\u04ff]")
_OPENING = ("author", "title", "container-title")
_LETTER = regex(r"[^\W\d_]")


def settle_people(text: str, spans: Sequence[Span]) -> list[Span]:
    """The labelled spans of a reference, in order, with the people it opens with made whole."""
    found = _join_people(text, spans)
    first = next((index for index, span in enumerate(found) if span.field in _OPENING), None)
    if first is None or any(span.field in ("editor", "date") for span in found[:first]):
        return found
    end = _end_of_people(text, found[first])
    if end > 0:
        return _give_to_author(text, found, first, end)
    return _add_given_name(text, found, first)


def _join_people(text: str, spans: Sequence[Span]) -> list[Span]:
    """People parted by no more than "and" or a comma are one run; so are those around the given name of the first."""
    found = list(spans[:1])
    for span in spans[1:]:
        before = found[-1]
        if span.field == before.field == "author" and _BETWEEN.fullmatch(text, before.end, span.start):
            found[-1] = _span(text, before, before.start, span.end)
        else:
            found.append(span)
    for index, (people, given, more) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        if people.field == more.field == "author" and given.field == "title" and _lacks_given_name(people, given.text):
            return [*found[:index], _span(text, people, people.start, more.end), *found[index + 3 :]]
    return found


def _end_of_people(text: str, opening: Span) -> int:
    """Where people end whose form is beyond doubt, when that is not where the opening span does; else -1."""
    if opening.field == "title":
        body = _RUSSIAN_SENTENCE.match(opening.text)
        return opening.start + body.end() if body and is_organisation(body[0]) else -1
    if opening.field != "author" and _LETTER.search(text, 0, opening.start):
        return -1
    for pattern in (GIVEN_FIRST_LIST, FAMILY_FIRST_LIST, INVERTED_LIST):
        match = pattern.match(text, opening.start)
        if not match or (opening.field != "author" and pattern is not GIVEN_FIRST_LIST):
            continue
        end = match.end()
        russian = pattern is FAMILY_FIRST_LIST and _CYRILLIC.match(match[0])
        more = _HIDDEN.match(text, end) or (_PARTICLE_BEHIND.match(text, end) if russian else None)
        end = more.end() if more else end
        if opening.field == "author" and opening.end > end:
            several = pattern is not GIVEN_FIRST_LIST and len(_INITIAL.findall(match[0])) > 1
            sure = russian or (several and text[opening.end : opening.end + 1] == ":")
            goes_on = _GOES_ON.match(text, end) or pattern.match(text, end + 1)
            return end if sure and text[end] == " " and not goes_on else -1
        longer = opening.end < end or opening.field != "author"
        behind = _BEHIND_INITIAL if russian else _BEHIND
        return end if longer and behind.match(text, end) else -1
    return -1


def _give_to_author(text: str, spans: list[Span], first: int, end: int) -> list[Span]:
    """The spans with all up to `end` given to the author; what the author had too much begins the title."""
    opening = spans[first]
    found = [*spans[:first], Span("author", text[opening.start : end], opening.start, end, opening.confidence)]
    for span in spans[first:]:
        field = "title" if span.field == "author" and span is opening else span.field
        start, stop = trim(text, field, (max(span.start, end), span.end))
        if found[-1].field == field == "title" and _BETWEEN_SENTENCES.fullmatch(text, found[-1].end, start):
            found[-1] = _span(text, found[-1], found[-1].start, stop)
        elif stop - start > 1:
            found.append(_span(text, span, start, stop)._replace(field=field))
    return found


def _add_given_name(text: str, spans: list[Span], first: int) -> list[Span]:
    """ "De Martino, Ernesto, Sud e magia": the given name is taken for the beginning of the title."""
    people, *others = spans[first : first + 2]
    title = others[0] if others else people
    given = _GIVEN_NAMES.match(title.text)
    if people.field != "author" or title.field != "title" or not given or not _lacks_given_name(people, given[0]):
        return spans
    if text[people.end : title.start].strip() != ",":
        return spans
    return _give_to_author(text, spans, first, title.start + given.end())


def _lacks_given_name(people: Span, given: str) -> bool:
    """Whether people are a family name only, and what stands behind is a given name."""
    words = people.text.split()
    if "," in people.text or len(words) > 4 or any(is_initials(word) or leaning(word) > 0 for word in words):
        return False
    names = [word for word in given.split() if not word.islower()]
    return len(names) > 0 and len(given.split()) <= 4 and all(len(word) > 1 and leaning(word) > 0 for word in names)


def _span(text: str, span: Span, start: int, end: int) -> Span:
    return span._replace(text=text[start:end], start=start, end=end)
