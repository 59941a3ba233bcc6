"""The host of an author-year reference: what stands behind its title.

Journal, newspaper, book with its editors, imprint, series, organisation or site, edition, printed day and month.
"""

import re
from collections.abc import Iterator

from refkit.dates import SEASONS, SOLAR_MONTHS, Date, find_named, month_number
from refkit.parse.patterns import BLANK, FREE, Draft
from refkit.parse.people import looks_like_people
from refkit.parse.trim import TRAILING, inner, shift, skip
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
    words_of,
)

LEAD = " ,.;:،؛" + BLANK + "”’»)]"
HOST = regex(
    r"(?:(?<=[.,;!?؛،])|(?<=[.,;!?”\"»]))\s*\b(?:in|In|IN)\b\s?[:.]?\s+(?=[^\W\d_a-z]|the\b|The\b|"
    r"\"|“)|(?:^|(?<=[\s.,]))(?:[Ii]n|در)\s?:\s*|(?:^|(?<=[،.]\s))در\s+(?=\S)"
)
EDITED = regex(
    r"\(?\s?(?:\b(?:eds?|hrsg|hg|dir|coord|red)\b\.?(?:\s?in[- ]chief)?|\bed(?:ited|itors?)\b(?: by)"
    r"?|\bведущий редактор\b|под ред\.|ویراستار)\s?\)?",
    re.IGNORECASE,
)
_EDITED_BY = regex(
    r"\b(?:edited by|hrsg\. von|hg\. v\.|herausgegeben von|dir\. par|a cura di|ed\. by|eds\. by|به کوشش)\s+"
    r"|(?<=,\s)(?-i:eds?\.)\s",
    re.IGNORECASE,
)
_PUBLISHER_PLACE = regex(r"^(?P<publisher>.{3,60}?),\s(?P<place>[A-Z][a-zA-Z .]{2,20}(?:, [A-Z]{2})?)$")
_FINAL_MONTH = regex(r"(?:^|[,.]\s*)([^\W\d_]{3,10})\.?(?:\s?[/–-]\s?[^\W\d_]{3,10}\.?)?$")
THESIS_WORDS = regex(rf"[(\[]?(?:unpublished )?{THESIS.pattern}[^,،.;()\ue000]*[)\]]?", re.IGNORECASE)
REPORT_NAME = regex(rf"{REPORT_SERIES.pattern}|\b(?:reports|papers|briefs)\b", re.IGNORECASE)
EDITION = regex(
    r"[(,]?\s?\b(?P<edition>(?:[0-9]{1,2}(?:st|nd|rd|th|\.)?|first|second|third|fourth|fifth|revised|"
    r"rev\.)\s(?:[^\W\d_]+\.?\s)?(?:ed(?:ition|n)?\b\.?|Aufl(?:age)?\b\.?)|"
    r"(?:updated|new|expanded|enlarged|abridged)\s(?:and\s[a-z]+\s)?ed(?:ition|n|\.))\s?\)?",
    re.IGNORECASE,
)
_JOINED_NAMES = regex(r"\s(?:and|&|und|et|و)\s")
_INITIAL = regex(r"\b[A-Z]\.")
_SOLAR_DAY = regex(rf"\b[0-9]{{1,2}} (?:{'|'.join(SOLAR_MONTHS)})\b", re.IGNORECASE)
_MARK_BEHIND = regex(r"[\s”\"»]*([?!])")
_PLAIN_IN = regex(r"(?:[Ii]n|در)\b\s*:?\s+")
_COMPANY_BEHIND = regex(r",?\s(?:Inc|Ltd|Co|Corp)\.")
_WORD_CHARACTER = regex(r"\w")
_BETWEEN_COMMAS = regex("[^,]+")
_SENTENCE = regex(r"\.\s+(?=[^\W\d_a-z])")
SEGMENT = regex(r"\s*[,،;]\s*")
_EDITORS_END = regex(r"\s*[,،;(]")
_PLACE_PUBLISHER = regex(
    r"(?:^|(?<=[.,;،؛]\s))(?P<place>[^\W\d_][^:,;.()0-9]{1,30}(?:,\s(?:[A-Z]{2}|[A-Z][a-z]+))?)\s?:\s?(?P<publis"
    r"her>[^\W\d_][^:;]{1,80}?)\s*$"
)


def claim_host(draft: Draft, start: int) -> None:
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
        begin, end = inner(text, *match.span())
        if _WORD_CHARACTER.search(text, begin, end):
            yield begin, end


def _claim_stretch(draft: Draft, start: int, end: int) -> None:
    start, end = _claim_date(draft, start, end)
    edition = EDITION.search(draft.free, start, end)
    thesis = THESIS_WORDS.search(draft.free, start, end)
    if edition or thesis:
        if edition:
            draft.claim("edition", *edition.span("edition"))
        if thesis:
            draft.claim("genre", *inner(draft.free, *thesis.span()))
        for begin, stop in _free_stretches(draft.free[:end], start):
            _claim_stretch(draft, begin, stop)
        return
    host = HOST.match(draft.free, start, end) or _PLAIN_IN.match(draft.free, start, end)
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
        return inner(draft.free, start, begin)
    return inner(draft.free, stop, end)


def _final_month(text: str) -> tuple[Date, int, int] | None:
    """ "…, February", "…, May/June" and "…, Autumn" at the end of a stretch."""
    match = _FINAL_MONTH.search(text)
    dated = match and (month_number(match[1]) or match[1].casefold() in SEASONS)
    return (Date(0), match.start(1), match.end()) if match and dated else None


def _claim_book(draft: Draft, start: int, end: int) -> None:
    """The host book behind "in": editors, title, place and publisher."""
    start = _claim_editors(draft, start, end)
    if draft.free[start - 1] == "(" and draft.free[end - 1] == ")":
        end -= 1
    end = _claim_imprint(draft, start, end)
    begin, stop = inner(draft.free, start, end, keep="?!)")
    if begin < stop and not draft.has("container-title"):
        draft.claim("container-title", begin, stop, 0.9)


def _claim_editors(draft: Draft, start: int, end: int) -> int:
    text = draft.free[start:end]
    mark, by = EDITED.search(text), _EDITED_BY.search(text)
    if mark and text[: mark.start()].strip() and not (by and by.start() <= mark.end()):
        people = text[: mark.start()].rstrip(" ,(")
        if looks_like_people(people):
            draft.claim("editor", start, start + len(people))
            draft.label(start + len(people), start + mark.end())
            return skip(draft.free, start + mark.end(), LEAD)
        behind = _people_behind_title(people)
        if behind:
            draft.claim("container-title", *inner(draft.free, start, start + behind), 0.9)
            draft.claim("editor", *inner(draft.free, start + behind, start + len(people)))
            draft.label(start + len(people), start + mark.end())
            return skip(draft.free, start + mark.end(), LEAD)
    if by:
        stop = _EDITORS_END.search(text, by.end())
        people_end = stop.start() if stop else len(text)
        draft.label(start + by.start(), start + by.end())
        draft.claim("container-title", *inner(draft.free, start, start + by.start()), 0.9)
        draft.claim("editor", start + by.end(), start + people_end)
        return skip(draft.free, start + people_end, LEAD + "(")
    return _claim_unmarked_editors(draft, start, end)


def _people_behind_title(text: str) -> int:
    """Where the last of the segments that are whole names begin: "Security in Asia, Roy Allison and Lena Jonson"; 0."""
    commas = [match.start() for match in SEGMENT.finditer(text)]
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
    draft.claim("editor", *inner(draft.free, start, start + segments[1].end()), 0.7)
    return start + segments[2].start()


def _claim_imprint(draft: Draft, start: int, end: int) -> int:
    """Claim "Place: Publisher" or the publisher at the end; returns where the host title ends."""
    text = draft.free[start:end].rstrip(" ,;")
    both = search_imprint(text)
    if both and not (both.start() == 0 and len(both["place"].split()) > 3):
        draft.claim("place", *shift(both.span("place"), start))
        draft.claim("publisher", *inner(draft.free, *shift(both.span("publisher"), start)))
        return start + both.start()
    sentence = list(_SENTENCE.finditer(text))
    commas = [match.start() for match in SEGMENT.finditer(text)]
    while commas and text[commas[-1] :].strip(" ,.").casefold() in {suffix.rstrip(".") for suffix in COMPANY_SUFFIX}:
        commas.pop()
    cut = max(commas[-1:] + [match.start() for match in sentence[-1:]], default=-1)
    publisher = text[cut:].strip(" ,.;") if cut > 0 else ""
    if not publisher or not _could_publish(publisher):
        return end
    draft.claim("publisher", *inner(draft.free, start + cut, end), 0.9)
    return _claim_place(draft, start, start + cut)


def _claim_place(draft: Draft, start: int, end: int) -> int:
    """ "…, Moscow, Nauka": the segment before the publisher when it names a place; returns where the rest ends."""
    commas = [match.start() for match in SEGMENT.finditer(draft.free[start:end].rstrip(TRAILING))]
    if commas and is_place(draft.free[start + commas[-1] : end].strip(TRAILING)):
        draft.claim("place", *inner(draft.free, start + commas[-1], end), 0.9)
        return start + commas[-1]
    return end


def _could_publish(text: str) -> bool:
    words = text.split()
    return is_publisher(text) or is_organisation(text) or (len(words) <= 3 and all(word[0].isupper() for word in words))


def _claim_publication(draft: Draft, start: int, end: int) -> None:
    """A stretch that no "in" introduces: journal, newspaper, book imprint, series, organisation or site."""
    begin, stop = inner(draft.free, start, end, keep=")")
    text = draft.free[begin:stop]
    if not _WORD_CHARACTER.search(text):
        return
    both = search_imprint(text)
    if both and _is_imprint(draft, both):
        draft.claim("place", *shift(both.span("place"), begin))
        draft.claim("publisher", *shift(both.span("publisher"), begin))
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
        draft.claim("publisher", *shift(reversed_imprint.span("publisher"), begin))
        draft.claim("place", *shift(reversed_imprint.span("place"), begin))
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
        if REPORT_NAME.search(text):
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


def search_imprint(text: str, start: int = 0) -> re.Match[str] | None:
    """ "Place: Publisher" at the end; of "Gas, and Power, London" only the town is the place."""
    match = _PLACE_PUBLISHER.search(text, start)
    if match is None:
        return None
    first, comma, last = match["place"].rpartition(", ")
    if comma and len(last) > 3 and is_place(last) and not is_place(first):
        return _PLACE_PUBLISHER.search(text, match.start("place") + len(first))
    return match
