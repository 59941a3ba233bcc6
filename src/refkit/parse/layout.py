"""The layout of author-(year)-title lists: what the places of a reference mean.

people (year), “title”, host, Vol. 1, No. 2, pp. 3-4, (doi: …), [in Persian].
people (year). Title. Host, 1(2), 3-4.
people (year), Title, Place: Publisher.
title (year), organisation, Available at: …, (Accessed on: …).
"""

import re

from refkit.dates import find_named
from refkit.parse.host import (
    EDITED,
    EDITION,
    HOST,
    LEAD,
    REPORT_NAME,
    SEGMENT,
    THESIS_WORDS,
    claim_host,
    search_imprint,
)
from refkit.parse.patterns import BLANK, Draft, claim_numbers, find_quoted
from refkit.parse.people import looks_like_people
from refkit.parse.trim import TRAILING, inner, skip
from refkit.regex import regex
from refkit.words import (
    COMPANY_SUFFIX,
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
_TAIL = regex(f"[{BLANK}]")
_STATE = regex("[A-Z]{2}")
_QUOTE_OR_COLON = regex(r"[:“”\"]")
_SENTENCE_END = regex(
    r"(?:(?<=\w\w)|(?<=[)\]”»\"]))(?<!\bSt)(?<!\bvs)(?<!\bDr)(?<!\bMr)(?<!\bNo)\.\s+(?=[^\W\d_a-z]|[0-9“\"(])"
    r"|[?!]\s+(?=[^\W\d_a-z])"
)
_LAST_YEAR = regex(r"[,،]\s*[0-9]{4}(?=[\s,.)]*(?:\ue000|$))")
_STOPS = regex("[,:،]")


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
        draft.claim("date-more", *inner(draft.text, *year.span("more")))
    elif year["more"]:
        draft.claim("note", *inner(draft.text, *year.span("more")))
    draft.blank(year.start(), year.end())
    titled = _claim_head(draft, year.start())
    rest = skip(draft.free, year.end(), LEAD)
    again = _LAST_YEAR.search(draft.free, rest)
    if again and again[0].endswith(year["year"]):
        draft.label(*again.span())  # "Routledge, 2020" behind "(2020)"
    claim_numbers(draft, _after_quoted(draft.free, rest))
    if not titled:
        rest = _claim_title(draft, rest)
    elif draft.free[rest : rest + 1] in _QUOTES and draft.free[rest : rest + 1]:
        rest = _claim_quoted(draft, rest, "second-title")
    claim_host(draft, rest)


# ------------------------------------------------------------------ before the year


def _claim_head(draft: Draft, end: int) -> bool:
    """Claim what stands before the year; True when it is the title."""
    start, end = inner(draft.free, 0, end)
    if start >= end:
        return False
    quoted = find_quoted(draft.free, start)
    if quoted:
        inner_end = min(quoted[1], end) if quoted[2] else end
        draft.claim("title", quoted[0], inner_end)
        return True
    head = draft.text[start:end]
    editors = EDITED.search(head)
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
        draft.claim("title", *inner(draft.free, start, start + length, keep="?!"), 0.8)
    return start + length


def _claim_quoted(draft: Draft, start: int, name: str) -> int:
    begin, end, closed = find_quoted(draft.free, start) or (start, -1, False)
    if not closed:
        stop = _tail(draft.free, begin)
        host = HOST.search(draft.free, begin, stop)
        numbered = draft.has("volume")
        length = _unclosed_length(draft.free[begin:stop], numbered)
        end = host.start() if host and host.start() > begin else begin + length
        draft.claim(name, *inner(draft.free, begin, end, keep="?!"), 0.7)
        return end
    more = _GOES_ON.match(draft.free, end)
    if more and name == "title" and not _says_what_it_is(more[0]):
        draft.claim_over(name, begin, more.end(), 0.8)
        return more.end()
    nested = "”»" if draft.free[begin:end].endswith(("”", "»")) and re.search("[“«]", draft.free[begin:end]) else ""
    draft.claim_over(name, *inner(draft.free, begin, end, keep="?!…" + nested))
    return end + 1


def _says_what_it_is(text: str) -> bool:
    """Whether words behind a quoted title are no part of it: "(doctoral dissertation)", "(with R. Ahmadi)"."""
    patterns = (THESIS_WORDS, REPORT_NAME, EDITION, EDITED, _NO_SUBTITLE)
    return any(pattern.search(text) for pattern in patterns)


def _find_imprint(text: str, before_statement: bool = False) -> re.Match[str] | None:
    """ "Place: Publisher" at the end of a stretch that begins with a title; before a statement only known names."""
    match = search_imprint(text.rstrip(TRAILING), 3)
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


def _unclosed_length(text: str, numbered: bool) -> int:
    """Length of a title whose closing quotation mark is missing: up to an imprint or a segment that names a host.

    Before the volume (`numbered`) any periodical will do.
    """
    imprint = _find_imprint(text)
    if imprint:
        return min(imprint.start(), _statement_start(text))
    commas = [match.start() for match in SEGMENT.finditer(text.rstrip(TRAILING))]
    last = text[commas[-1] :].strip(TRAILING) if commas else ""
    names_host = is_surely_periodical(last) or is_newspaper(last) or is_publisher(last) or is_organisation(last)
    names_host = names_host or (numbered and is_periodical(last))
    return commas[-1] if names_host and len(last.split()) <= 10 and not _QUOTE_OR_COLON.search(last) else len(text)


def _tail(text: str, start: int) -> int:
    """Where the first claimed stretch begins at or after `start`."""
    match = _TAIL.search(text, start)
    return match.start() if match else len(text)


def _plain_title_length(text: str, draft: Draft) -> int:
    """Length of a title without quotation marks: up to "in" and a host, a full stop, an edition, or the last commas."""
    host = HOST.search(text)
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
    found = (match for pattern in (EDITION, THESIS_WORDS) for match in pattern.finditer(text, 3))
    return min((match.start() for match in found if _is_set_off(text, *match.span())), default=len(text))


def _is_set_off(text: str, start: int, end: int) -> bool:
    before, after = text[:start].rstrip()[-1:] + text[start], text[end:].lstrip()[:1]
    return any(mark in before for mark in ",([،") and (not after or after in ",.;،" or text[end - 1] in ")]")


def _cut_at_commas(text: str, draft: Draft) -> int:
    """Leave the last segment to the host when it looks like one: a publisher, or a journal before its volume."""
    commas = [match.start() for match in SEGMENT.finditer(text.rstrip(TRAILING))]
    while commas:
        last = text[commas[-1] :].strip(TRAILING)
        if last.casefold() in COMPANY_SUFFIX:
            commas.pop()
            continue
        if len(commas) > 2 and _STATE.fullmatch(last) and is_publisher(text[commas[-3] : commas[-2]]):
            return commas[-3]  # "Princeton University Press, Princeton, NJ"
        before = text[commas[-2] : commas[-1]].strip(TRAILING) if len(commas) > 1 else ""
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
