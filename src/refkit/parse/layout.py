"""The layout of author-(year)-title lists: what the places of a reference mean.

people (year), “title”, host, Vol. 1, No. 2, pp. 3-4, (doi: …), [in Persian].
people (year). Title. Host, 1(2), 3-4.
people (year), Title, Place: Publisher.
title (year), organisation, Available at: …, (Accessed on: …).
"""

import re
from collections.abc import Iterator

from refkit.dates import SOLAR_MONTHS, Date, find_named, month_number
from refkit.parse.patterns import BLANK, FREE, Draft, claim_numbers, find_quoted
from refkit.parse.people import looks_like_people
from refkit.regex import regex
from refkit.words import (
    COMPANY_SUFFIX,
    REPORT_SERIES,
    THESIS,
    given_names,
    is_newspaper,
    is_organisation,
    is_periodical,
    is_place,
    is_publisher,
    is_surely_periodical,
    words_of,
)

_YEAR = regex(
    r"[(\[]\s?(?:c\.|ca\.)?\s?(?P<year>(?:1[2-9]|20)[0-9]{2}(?:\s?[/–-]\s?(?:[0-9]{2}){1,2})?|"
    r"n\.\s?d\.?|s\.\s?d\.?|o\.\s?J\.?"
    r"|б\.\s?г\.?|بی‌?\s?تا|(?:in press|forthcoming|im Druck|zum Druck|accepted|submitted|در دست چاپ)"
    r")\s?(?P<suffix>[a-z])?"
    r"(?P<more>,\s?[^()\[\]]{3,24})?\s?[)\]]",
    re.IGNORECASE,
)
_QUOTES = "“”„«»\"‘’'‹›‟″"
_COMMA_OR_QUOTE = regex(r"[”\"’]?\s*[,،;]|[”\"’]\s*[“\"„«]")
_VOLUME_BEFORE = regex(r"(?<![0-9])[0-9]{1,3}\s?$|\b[IVXLC]+$")
_PAGES_BEHIND = regex(r"[\s,.:;]*(?:(?:pp?|ss?|S|с|С|cols?|H|Heft|Nr|nos?|n|nn|hier)\b|№|[0-9])", re.IGNORECASE)
# Words behind the closing quotation mark that go on with the title: “The Caspian Sea”, after the Soviet Union, Journal
_GOES_ON = regex(
    r"[”\"»’]\s*,?\s+(?:(?:after|under|during|within|between|among|towards?|since|through|without|against|versus)"
    r"\s[^,،.:;“”\"\ue000]{3,100}|\((?=[^\W\d_]{3})[^()“”\"\ue000]{6,80}\))(?=[,،])"
)
_NO_SUBTITLE = regex(
    r"\((?:with|translated|trans|in|ed|unpublished)\b|\b(?:thesis|dissertation|paper|report)\b", re.IGNORECASE
)
_LEAD = " ,.;:،؛" + BLANK + "”’»)]"
_TAIL = regex(f"[{BLANK}]")
_HOST = regex(
    r"(?:(?<=[.,;!?؛،])|(?<=[.,;!?”\"»]))\s*\b(?:in|In|IN)\b\s?[:.]?\s+(?=[^\W\d_a-z]|the\b|The\b|"
    r"\"|“)|(?:^|(?<=[\s.,]))(?:[Ii]n|در)\s?:\s*|(?:^|(?<=[،.]\s))در\s+(?=\S)"
)
_EDITED = regex(
    r"\(?\s?(?:\b(?:eds?|hrsg|hg|dir|coord|red)\b\.?(?:\s?in[- ]chief)?|\bed(?:ited|itors?)\b(?: by)"
    r"?|\bведущий редактор\b|под ред\.|ویراستار)\s?\)?",
    re.IGNORECASE,
)
_EDITED_BY = regex(
    r"\b(?:edited by|hrsg\. von|hg\. v\.|herausgegeben von|dir\. par|a cura di|ed\. by|eds\. by|به کوشش)\s+"
    r"|(?<=,\s)(?-i:eds?\.)\s",
    re.IGNORECASE,
)
_PLACE_PUBLISHER = regex(
    r"(?:^|(?<=[.,;،؛]\s))(?P<place>[^\W\d_][^:,;.()0-9]{1,30}(?:,\s(?:[A-Z]{2}|[A-Z][a-z]+))?)\s?:\s?(?P<publis"
    r"her>[^\W\d_][^:;]{1,80}?)\s*$"
)
_PUBLISHER_PLACE = regex(r"^(?P<publisher>.{3,60}?),\s(?P<place>[A-Z][a-zA-Z .]{2,20}(?:, [A-Z]{2})?)$")
_STATE = regex("[A-Z]{2}")
_QUOTE_OR_COLON = regex(r"[:“”\"]")
_FINAL_MONTH = regex(r"(?:^|[,.]\s*)([^\W\d_]{3,10})\.?(?:\s?[/–-]\s?[^\W\d_]{3,10}\.?)?$")
_THESIS_WORDS = regex(rf"[(\[]?(?:unpublished )?{THESIS.pattern}[^,،.;()\ue000]*[)\]]?", re.IGNORECASE)
_REPORT_NAME = regex(rf"{REPORT_SERIES.pattern}|\b(?:reports|papers|briefs)\b", re.IGNORECASE)
_EDITION = regex(
    r"[(,]?\s?\b(?P<edition>(?:[0-9]{1,2}(?:st|nd|rd|th|\.)?|first|second|third|fourth|fifth|revised|"
    r"rev\.)\s(?:[^\W\d_]+\.?\s)?(?:ed(?:ition|n)?\b\.?|Aufl(?:age)?\b\.?)|"
    r"(?:updated|new|expanded|enlarged|abridged)\s(?:and\s[a-z]+\s)?ed(?:ition|n|\.))\s?\)?",
    re.IGNORECASE,
)
_SENTENCE_END = regex(
    r"(?:(?<=\w\w)|(?<=[)\]”»\"]))(?<!\bSt)(?<!\bvs)(?<!\bDr)(?<!\bMr)(?<!\bNo)\.\s+(?=[^\W\d_a-z]|[0-9“\"(])"
    r"|[?!]\s+(?=[^\W\d_a-z])"
)
_TRAILING = ' \t,;:.،؛([-–—”"' + BLANK
_ABBREVIATED = regex(
    r"(?:(?<![^\W\d_])(?:[^\W\d_]|جی|سی|دی|بی|اف|ال|ام|ان|کی|وی|اچ|آر|اس|تی)|"
    r"\b(?:Inc|Ltd|Co|Corp|Jr|Sr|al|St|Univ|Dr))\.$"
)
_JOINED_NAMES = regex(r"\s(?:and|&|und|et|و)\s")
_INITIAL = regex(r"\b[A-Z]\.")
_SOLAR_DAY = regex(rf"\b[0-9]{{1,2}} (?:{'|'.join(SOLAR_MONTHS)})\b", re.IGNORECASE)
_LAST_YEAR = regex(r"[,،]\s*[0-9]{4}(?=[\s,.)]*(?:\ue000|$))")
_MARK_BEHIND = regex(r"[\s”\"»]*([?!])")
_PLAIN_IN = regex(r"(?:[Ii]n|در)\b\s*:?\s+")
_COMPANY_BEHIND = regex(r",?\s(?:Inc|Ltd|Co|Corp)\.")
_STOPS = regex("[,:،]")
_WORD_CHARACTER = regex(r"\w")
_BETWEEN_COMMAS = regex("[^,]+")
_SENTENCE = regex(r"\.\s+(?=[^\W\d_a-z])")
_SEGMENT = regex(r"\s*[,،;]\s*")
_EDITORS_END = regex(r"\s*[,،;(]")


def find_year(draft: Draft) -> re.Match[str] | None:
    """The bracketed year that ends the head of an author-year reference of this layout, None in others.

    Behind it stands a comma or a quoted title. Where a full stop ends the elements, and only the labeller can tell
    title from host, there is none.
    """
    match = _YEAR.search(draft.free)
    if match is None or match.start() > 300 or not _COMMA_OR_QUOTE.match(draft.free, match.end()):
        return None
    return None if _is_late(draft.free, match) else match


def _is_late(text: str, year: re.Match[str]) -> bool:
    """Whether the year stands behind more than people or a title: volume 25 (1979), pages 1-7."""
    head = text[: year.start()].rstrip(" ([")
    if BLANK in head:
        return True
    if _VOLUME_BEFORE.search(head) or _PAGES_BEHIND.match(text, year.end()):
        return True
    if any(mark in head.lstrip(" " + _QUOTES) for mark in '“„«"') and head[:1] not in _QUOTES:
        return True
    if looks_like_people(head):
        return False
    stops = [match.start() for match in _STOPS.finditer(head[:150])]
    return any(_people_end_at(head, stop) for stop in stops)


def _people_end_at(head: str, stop: int) -> bool:
    """Whether people end at the comma or colon; a colon behind words without comma or given name stands in a title."""
    people = head[:stop]
    if head[stop] == ":" and "," not in people and given_names().isdisjoint(words_of(people)):
        return False
    return looks_like_people(people)


def claim_layout(draft: Draft, year: re.Match[str]) -> None:
    """Claim people, date, title and host of an author-year reference whose year is at `year`."""
    draft.claim("date", *year.span("year"))
    if year["suffix"]:
        draft.claim("year-suffix", *year.span("suffix"))
    if year["more"] and find_named(f"{year['more']} 2000"):
        draft.claim("date-more", *_inner(draft.text, *year.span("more")))
    elif year["more"]:
        draft.claim("note", *_inner(draft.text, *year.span("more")))
    draft.blank(year.start(), year.end())
    titled = _claim_head(draft, year.start())
    rest = _skip(draft.free, year.end(), _LEAD)
    again = _LAST_YEAR.search(draft.free, rest)
    if again and again[0].endswith(year["year"]):
        draft.label(*again.span())  # "Routledge, 2020" behind "(2020)"
    claim_numbers(draft, _after_quoted(draft.free, rest))
    if not titled:
        rest = _claim_title(draft, rest)
    elif draft.free[rest : rest + 1] in _QUOTES and draft.free[rest : rest + 1]:
        rest = _claim_quoted(draft, rest, "second-title")
    _claim_host(draft, rest)


# ------------------------------------------------------------------ before the year


def _claim_head(draft: Draft, end: int) -> bool:
    """Claim what stands before the year; True when it is the title."""
    start, end = _inner(draft.free, 0, end)
    if start >= end:
        return False
    quoted = find_quoted(draft.free, start)
    if quoted:
        inner_end = min(quoted[1], end) if quoted[2] else end
        draft.claim("title", quoted[0], inner_end)
        return True
    head = draft.text[start:end]
    editors = _EDITED.search(head)
    people = head[: editors.start()].rstrip(" ,(") if editors else head
    if looks_like_people(people):
        draft.claim("editor" if editors else "author", start, start + len(people), 0.95)
        draft.label(start + len(people), end)
        return False
    draft.claim("title", start, end, 0.8)
    return True


# ------------------------------------------------------------------ title


def _after_quoted(text: str, start: int) -> int:
    """Where volume and pages may begin: behind a quoted title that is closed."""
    quoted = find_quoted(text, start)
    return quoted[1] if quoted and quoted[2] else start


def _claim_title(draft: Draft, start: int) -> int:
    """Claim the title that begins at `start`; returns where the rest goes on."""
    if draft.free[start : start + 1] in _QUOTES and find_quoted(draft.free, start):
        return _claim_quoted(draft, start, "title")
    end = _tail(draft.free, start)
    length = _plain_title_length(draft.free[start:end], draft)
    if length:
        draft.claim("title", *_inner(draft.free, start, start + length, keep="?!"), 0.8)
    return start + length


def _claim_quoted(draft: Draft, start: int, name: str) -> int:
    begin, end, closed = find_quoted(draft.free, start) or (start, -1, False)
    if not closed:
        stop = _tail(draft.free, begin)
        host = _HOST.search(draft.free, begin, stop)
        numbered = draft.has("volume")
        length = _unclosed_length(draft.free[begin:stop], numbered)
        end = host.start() if host and host.start() > begin else begin + length
        draft.claim(name, *_inner(draft.free, begin, end, keep="?!"), 0.7)
        return end
    more = _GOES_ON.match(draft.free, end)
    if more and name == "title" and not _says_what_it_is(more[0]):
        draft.claim_over(name, begin, more.end(), 0.8)
        return more.end()
    nested = "”»" if draft.free[begin:end].endswith(("”", "»")) and re.search("[“«]", draft.free[begin:end]) else ""
    draft.claim_over(name, *_inner(draft.free, begin, end, keep="?!…" + nested))
    return end + 1


def _says_what_it_is(text: str) -> bool:
    """Whether words behind a quoted title are no part of it: "(doctoral dissertation)", "(with R. Ahmadi)"."""
    patterns = (_THESIS_WORDS, _REPORT_NAME, _EDITION, _EDITED, _NO_SUBTITLE)
    return any(pattern.search(text) for pattern in patterns)


def _find_imprint(text: str, before_statement: bool = False) -> re.Match[str] | None:
    """ "Place: Publisher" at the end of a stretch that begins with a title; before a statement only known names."""
    match = _search_imprint(text.rstrip(_TRAILING), 3)
    if match is None:
        return None
    place, publisher = match["place"], match["publisher"]
    if "," in publisher and is_publisher(publisher.rpartition(",")[2]) and not is_place(place.split(",")[0]):
        return None  # "Great Games, Local Rules: The Contest in Central Asia, Oxford University Press"
    known = (
        _STATE.fullmatch(place.rpartition(", ")[2])
        or is_place(place.split(",")[0])
        or is_publisher(publisher)
        or is_organisation(publisher)
    )
    short = (
        " " not in place and all(word[0].isupper() for word in publisher.split()[:4]) and len(publisher.split()) <= 4
    )
    return match if known or (short and not before_statement) else None


def _search_imprint(text: str, start: int = 0) -> re.Match[str] | None:
    """ "Place: Publisher" at the end; of "Gas, and Power, London" only the town is the place."""
    match = _PLACE_PUBLISHER.search(text, start)
    if match is None:
        return None
    first, comma, last = match["place"].rpartition(", ")
    if comma and len(last) > 3 and is_place(last) and not is_place(first):
        return _PLACE_PUBLISHER.search(text, match.start("place") + len(first))
    return match


def _unclosed_length(text: str, numbered: bool) -> int:
    """Length of a title whose closing quotation mark is missing: up to an imprint or a segment that names a host.

    Before the volume (`numbered`) any periodical will do.
    """
    imprint = _find_imprint(text)
    if imprint:
        return min(imprint.start(), _statement_start(text))
    commas = [match.start() for match in _SEGMENT.finditer(text.rstrip(_TRAILING))]
    last = text[commas[-1] :].strip(_TRAILING) if commas else ""
    names_host = is_surely_periodical(last) or is_newspaper(last) or is_publisher(last) or is_organisation(last)
    names_host = names_host or (numbered and is_periodical(last))
    return commas[-1] if names_host and len(last.split()) <= 10 and not _QUOTE_OR_COLON.search(last) else len(text)


def _tail(text: str, start: int) -> int:
    """Where the first claimed stretch begins at or after `start`."""
    match = _TAIL.search(text, start)
    return match.start() if match else len(text)


def _plain_title_length(text: str, draft: Draft) -> int:
    """Length of a title without quotation marks: up to "in" and a host, a full stop, an edition, or the last commas."""
    host = _HOST.search(text)
    if host and host.start() > 3:
        return host.start()
    sentence = _SENTENCE_END.search(text)
    if sentence and sentence.start() > 3:
        return sentence.start() + (text[sentence.start()] in "?!")
    statement = _statement_start(text)
    imprint = _find_imprint(text[:statement], before_statement=statement < len(text))
    if imprint:
        return imprint.start()
    return statement if statement < len(text) else _cut_at_commas(text, draft)


def _statement_start(text: str) -> int:
    """Where an edition or the kind of a thesis is stated between commas or in parentheses; else the end of the text."""
    found = (match for pattern in (_EDITION, _THESIS_WORDS) for match in pattern.finditer(text, 3))
    return min((match.start() for match in found if _is_set_off(text, *match.span())), default=len(text))


def _is_set_off(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip()[-1:] + text[start], text[end:].lstrip()[:1]
    return any(mark in before for mark in ",([،") and (not after or after in ",.;،" or text[end - 1] in ")]")


def _cut_at_commas(text: str, draft: Draft) -> int:
    """Leave the last segment to the host when it looks like one: a publisher, or a journal before its volume."""
    commas = [match.start() for match in _SEGMENT.finditer(text.rstrip(_TRAILING))]
    while commas:
        last = text[commas[-1] :].strip(_TRAILING)
        if last.casefold() in COMPANY_SUFFIX:
            commas.pop()
            continue
        if len(commas) > 2 and _STATE.fullmatch(last) and is_publisher(text[commas[-3] : commas[-2]]):
            return commas[-3]  # "Princeton University Press, Princeton, NJ"
        before = text[commas[-2] : commas[-1]].strip(_TRAILING) if len(commas) > 1 else ""
        if ((len(last.split()) <= 2 or is_place(last)) and is_publisher(before)) or is_place(before):
            return commas[-2]
        return commas[-1] if _is_host(last, draft) else len(text)
    return len(text)


def _is_host(segment: str, draft: Draft) -> bool:
    words = segment.split()
    if not words or not (words[0][0].isupper() or not words[0].isascii()):
        return False
    if draft.has("issue") or draft.has("pages") or (draft.has("volume") and is_periodical(segment)):
        return len(words) <= 12
    named = is_publisher(segment) or is_organisation(segment) or is_newspaper(segment) or ":" in segment
    return named or (len(words) <= 3 and all(word[0].isupper() or word in ("and", "of", "&") for word in words))


# ------------------------------------------------------------------ host


def _claim_host(draft: Draft, start: int) -> None:
    """Claim the free stretches behind the title: host, editors, place, publisher, printed date."""
    start = _question_mark(draft, start)
    for begin, end in _free_stretches(draft.free, start):
        _claim_stretch(draft, begin, end)


def _question_mark(draft: Draft, start: int) -> int:
    """`?` or `!` behind the closing quotation mark belongs to the title."""
    match = _MARK_BEHIND.match(draft.free, start)
    if match is None:
        return start
    draft.claim("title-mark", *match.span(1))
    return match.end()


def _free_stretches(text: str, start: int) -> Iterator[tuple[int, int]]:
    for match in FREE.finditer(text, start):
        begin, end = _inner(text, *match.span())
        if _WORD_CHARACTER.search(text, begin, end):
            yield begin, end


def _claim_stretch(draft: Draft, start: int, end: int) -> None:
    start, end = _claim_date(draft, start, end)
    edition = _EDITION.search(draft.free, start, end)
    thesis = _THESIS_WORDS.search(draft.free, start, end)
    if edition or thesis:
        if edition:
            draft.claim("edition", *edition.span("edition"))
        if thesis:
            draft.claim("genre", *_inner(draft.free, *thesis.span()))
        for begin, stop in _free_stretches(draft.free[:end], start):
            _claim_stretch(draft, begin, stop)
        return
    host = _HOST.match(draft.free, start, end) or _PLAIN_IN.match(draft.free, start, end)
    if host:
        draft.label(start, host.end())
        _claim_book(draft, host.end(), end)
    elif start < end:
        _claim_publication(draft, start, end)


def _claim_date(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """A printed day and month at an end of the stretch; returns what is left of the stretch."""
    text = draft.free[start:end]
    solar = _SOLAR_DAY.search(text)
    found = find_named(text) or _final_month(text) or ((Date(0), *solar.span()) if solar else None)
    if found is None or draft.has("date-more"):
        return start, end
    begin, stop = start + found[1], start + found[2]
    if draft.free[start:begin].strip(" ,.;(") and draft.free[stop:end].strip(" ,.;)"):
        return start, end
    draft.claim("date-more", begin, stop)
    if draft.free[start:begin].strip(" ,.;("):
        return _inner(draft.free, start, begin)
    return _inner(draft.free, stop, end)


def _final_month(text: str) -> tuple[Date, int, int] | None:
    """ "…, February" and "…, May/June" at the end of a stretch."""
    match = _FINAL_MONTH.search(text)
    month = month_number(match[1]) if match else None
    return (Date(0, month), match.start(1), match.end()) if match and month else None


def _claim_book(draft: Draft, start: int, end: int) -> None:
    """The host book behind "in": editors, title, place and publisher."""
    start = _claim_editors(draft, start, end)
    if draft.free[start - 1] == "(" and draft.free[end - 1] == ")":
        end -= 1
    end = _claim_imprint(draft, start, end)
    begin, stop = _inner(draft.free, start, end, keep="?!)")
    if begin < stop and not draft.has("container-title"):
        draft.claim("container-title", begin, stop, 0.9)


def _claim_editors(draft: Draft, start: int, end: int) -> int:
    text = draft.free[start:end]
    mark, by = _EDITED.search(text), _EDITED_BY.search(text)
    if mark and text[: mark.start()].strip() and not (by and by.start() <= mark.end()):
        people = text[: mark.start()].rstrip(" ,(")
        if looks_like_people(people):
            draft.claim("editor", start, start + len(people))
            draft.label(start + len(people), start + mark.end())
            return _skip(draft.free, start + mark.end(), _LEAD)
        behind = _people_behind_title(people)
        if behind:
            draft.claim("container-title", *_inner(draft.free, start, start + behind), 0.9)
            draft.claim("editor", *_inner(draft.free, start + behind, start + len(people)))
            draft.label(start + len(people), start + mark.end())
            return _skip(draft.free, start + mark.end(), _LEAD)
    if by:
        stop = _EDITORS_END.search(text, by.end())
        people_end = stop.start() if stop else len(text)
        draft.label(start + by.start(), start + by.end())
        draft.claim("container-title", *_inner(draft.free, start, start + by.start()), 0.9)
        draft.claim("editor", start + by.end(), start + people_end)
        return _skip(draft.free, start + people_end, _LEAD + "(")
    return _claim_unmarked_editors(draft, start, end)


def _people_behind_title(text: str) -> int:
    """Where the last of the segments that are whole names begin: "Security in Asia, Roy Allison and Lena Jonson"; 0."""
    commas = [match.start() for match in _SEGMENT.finditer(text)]
    found = 0
    for start, end in zip(reversed(commas), [len(text), *reversed(commas)], strict=False):
        names = _JOINED_NAMES.split(text[start:end].strip(" ,،"))
        if not all(2 <= len(name.split()) <= 4 and looks_like_people(name) for name in names):
            break
        if found and given_names().isdisjoint(words_of(text[start:end])) and not _INITIAL.search(text[start:end]):
            break
        found = start
    return found


def _claim_unmarked_editors(draft: Draft, start: int, end: int) -> int:
    """ "in: Kozhanov, Luciano, Foreign Policy of Iran": two single names before a longer title."""
    segments = list(_BETWEEN_COMMAS.finditer(draft.free[start:end]))
    if len(segments) < 3 or any(
        len(segment[0].split()) != 1 or not segment[0].strip()[:1].isupper() for segment in segments[:2]
    ):
        return start
    third = segments[2][0].split()
    if len(third) < 3 or third[0] in ("and", "or", "&"):
        return start
    draft.claim("editor", *_inner(draft.free, start, start + segments[1].end()), 0.7)
    return start + segments[2].start()


def _claim_imprint(draft: Draft, start: int, end: int) -> int:
    """Claim "Place: Publisher" or the publisher at the end; returns where the host title ends."""
    text = draft.free[start:end].rstrip(" ,;")
    both = _search_imprint(text)
    if both and not (both.start() == 0 and len(both["place"].split()) > 3):
        draft.claim("place", *_shift(both.span("place"), start))
        draft.claim("publisher", *_inner(draft.free, *_shift(both.span("publisher"), start)))
        return start + both.start()
    sentence = list(_SENTENCE.finditer(text))
    commas = [match.start() for match in _SEGMENT.finditer(text)]
    while commas and text[commas[-1] :].strip(" ,.").casefold() in {suffix.rstrip(".") for suffix in COMPANY_SUFFIX}:
        commas.pop()
    cut = max(commas[-1:] + [match.start() for match in sentence[-1:]], default=-1)
    publisher = text[cut:].strip(" ,.;") if cut > 0 else ""
    if not publisher or not _could_publish(publisher):
        return end
    draft.claim("publisher", *_inner(draft.free, start + cut, end), 0.9)
    return _claim_place(draft, start, start + cut)


def _claim_place(draft: Draft, start: int, end: int) -> int:
    """ "…, Moscow, Nauka": the segment before the publisher when it names a place; returns where the rest ends."""
    commas = [match.start() for match in _SEGMENT.finditer(draft.free[start:end].rstrip(_TRAILING))]
    if commas and is_place(draft.free[start + commas[-1] : end].strip(_TRAILING)):
        draft.claim("place", *_inner(draft.free, start + commas[-1], end), 0.9)
        return start + commas[-1]
    return end


def _could_publish(text: str) -> bool:
    words = text.split()
    return is_publisher(text) or is_organisation(text) or (len(words) <= 3 and all(word[0].isupper() for word in words))


def _claim_publication(draft: Draft, start: int, end: int) -> None:
    """A stretch that no "in" introduces: journal, newspaper, book imprint, series, organisation or site."""
    begin, stop = _inner(draft.free, start, end, keep=")")
    text = draft.free[begin:stop]
    if not _WORD_CHARACTER.search(text):
        return
    both = _search_imprint(text)
    if both and _is_imprint(draft, both):
        draft.claim("place", *_shift(both.span("place"), begin))
        draft.claim("publisher", *_shift(both.span("publisher"), begin))
        if both.start():
            _claim_publication(draft, begin, begin + both.start())
        return
    first, _, rest = text.replace("،", ",").partition(", ")
    if rest and is_place(first) and not draft.has("place"):
        draft.claim("place", begin, begin + len(first))
        _claim_publication(draft, begin + len(first), stop)
        return
    reversed_imprint = _PUBLISHER_PLACE.match(text)
    if reversed_imprint and _is_reversed_imprint(reversed_imprint["publisher"], reversed_imprint["place"]):
        draft.claim("publisher", *_shift(reversed_imprint.span("publisher"), begin))
        draft.claim("place", *_shift(reversed_imprint.span("place"), begin))
        return
    name = "place" if is_place(text) else _name_of_host(draft, text)
    if name is None or draft.has(name):
        name = "publisher" if not draft.has("publisher") and _could_publish(text) else None
    if name == "publisher" and text[0].islower() and not is_publisher(text) and not is_organisation(text):
        return
    if name:
        if name == "publisher":
            stop = _with_company_suffix(draft.free, stop)
        draft.claim(name, begin, stop, 0.9)


def _is_reversed_imprint(publisher: str, place: str) -> bool:
    """Whether "Nauka Publishers, Moscow" is one; behind an organisation only a known town is a place."""
    if is_publisher(place):
        return False
    return is_publisher(publisher) or (is_organisation(publisher) and is_place(place))


def _is_imprint(draft: Draft, match: re.Match[str]) -> bool:
    """Whether "Place: Publisher" is one, and not a journal with a subtitle."""
    if draft.has("volume"):
        return is_place(match["place"])
    return is_publisher(match["publisher"]) or len(match["place"].split()) <= 2


def _with_company_suffix(text: str, stop: int) -> int:
    match = _COMPANY_BEHIND.match(text, stop)
    return match.end() if match else stop


def _name_of_host(draft: Draft, text: str) -> str | None:
    """Whether a host is a container or who published: organisations without volume or pages are publishers."""
    if draft.has("container-title") or draft.has("series"):
        return "publisher"
    if not draft.has("volume") and not draft.has("pages"):
        if _REPORT_NAME.search(text):
            return "series"
        if draft.has("genre") and is_organisation(text):
            return "publisher"
    if draft.has("volume") or draft.has("issue") or is_newspaper(text):
        return "container-title"
    if draft.has("pages"):
        return "container-title" if not is_publisher(text) or is_periodical(text) else "publisher"
    if is_organisation(text) or is_publisher(text):
        return "publisher"
    if not draft.has("url") and not draft.has("doi") and not is_periodical(text):
        return "publisher"
    return "container-title"


# ------------------------------------------------------------------ positions


def _skip(text: str, start: int, characters: str) -> int:
    while start < len(text) and text[start] in characters:
        start += 1
    return start


def _inner(text: str, start: int, end: int, keep: str = "") -> tuple[int, int]:
    """`start:end` without blanks and separators at its ends.

    A closing mark in `keep` stays; a full stop stays behind an initial or an abbreviation such as "Inc.".
    """
    while start < end and text[start] in " \t,;:.،؛-–—)]" + BLANK:
        start += 1
    while end > start and text[end - 1] in _TRAILING and text[end - 1] not in keep:
        if text[end - 1] == "." and _ABBREVIATED.search(text, max(start, end - 8), end):
            break
        end -= 1
    return start, end


def _shift(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by
