"""Every other layout: the labeller says what each word is, the patterns keep what they have found."""

import re
from collections.abc import Sequence

from refkit.model import Span
from refkit.parse.labeller import label_many
from refkit.parse.opening import settle_people
from refkit.parse.patterns import BLANK, FREE, LEFTOVER, Draft, in_order
from refkit.parse.repairs import repair_spans
from refkit.parse.roles import LEAD, give_roles
from refkit.parse.trim import trim
from refkit.regex import regex

_LABEL_WORDS = frozenset(
    """vol vols volume volumes no nos nr number issue iss p pp page pages in ed eds edited editor editors by hrsg hg
    herausgegeben von bd band jg heft h s seiten and und et al trans transl translated translator translators übers aus
    dem doi isbn issn url arxiv pmid available retrieved accessed online from at on access cited edn edition aufl
    auflage art article chap chapter ch ser series т том вып с стр № под ред в кн изд ج ش ص صص شماره دوره سال در ترجمه
    به کوشش زیر نظر pag pagg tome tomo dans pubmed pmcid""".split()
)
_NUMBERING = frozenset("vnt")  # "v. 38", "n° 4", "t. 44"
_NUMBER_BEHIND = regex(rf"\s?[.°º]?\s?[{BLANK}0-9]")
_STATUS = regex(
    r"(?<!\w)(?:n\. ?d\.|s\. ?d\.|o\. ?J\.|б\. ?г\.|in press|forthcoming|to appear|im Druck|im Erscheinen|"
    r"в печати)(?!\w)"
)
_MARGIN_NUMBER = regex(r"(?<!\w)(?:Rn|Rdnr?|Rz|Tz|Fn|Anm|Ziff|Art)\.?\s?$")
_FOLLOWING = regex(r"\s?ff?(?!\w)")
_WORD = regex(r"[^\W_]+|№")
_UNLABELLED = regex(rf"[\s.:;,–—-]*([^{BLANK}]{{4,300}}?)[\s.,;:(]*(?:{BLANK}|$)")
_SUBTITLE = regex(rf"[.:;,–—-]\s+([^{BLANK}]{{4,300}}?)[\s.,;:(]*(?:{BLANK}|$)")
_LEAD_IN = regex(r"(?:in|dans|nel|en|edited|ed|hrsg|paper presented)\b", re.IGNORECASE)
_END_YEAR = regex(r"[\s,(]+((?:1[5-9]|20)[0-9]{2})$")
_WORD_CHARACTER = regex(r"\w")


def claim_labelled(drafts: Sequence[Draft], confident: bool = True) -> None:
    """Claim, in each draft, what the labeller finds around the stretches that are claimed already.

    Without `confident` nobody works out how sure that is.
    """
    if not drafts:
        return
    fixed = [tuple(span for span in draft.spans if span.field != "label") for draft in drafts]
    for draft, spans in zip(drafts, label_many([draft.text for draft in drafts], fixed, confident), strict=True):
        _claim_spans(draft, settle_people(draft.text, spans))


def _claim_spans(draft: Draft, spans: Sequence[Span]) -> None:
    draft.claim_all([part for span in spans for part in _free_parts(draft, span)])
    _leave_margin_numbers(draft)
    _extend_pages(draft)
    give_roles(draft)
    repair_spans(draft)
    if draft.has("title"):
        _extend_title(draft)
    else:
        _claim_missing_title(draft)
    if not draft.has("date"):
        _split_off_year(draft)
        _claim_status(draft)
    _claim_label_words(draft)


def _claim_label_words(draft: Draft) -> None:
    """What is left between the spans and is a word such as "In", "Vol." or "eds" was a label."""
    lead = None if draft.free.startswith(BLANK) else LEAD.match(draft.free)
    if lead:
        draft.label(*lead.span())
    found = [match for match in _WORD.finditer(draft.free) if _is_label(draft, match)]
    if found:
        draft.claim_all([Span("label", match[0], *match.span()) for match in found])


def _is_label(draft: Draft, word: re.Match[str]) -> bool:
    folded = word[0].casefold()
    if folded in _NUMBERING:
        return _NUMBER_BEHIND.match(draft.free, word.end()) is not None
    return folded in _LABEL_WORDS


def _leave_margin_numbers(draft: Draft) -> None:
    """What "Rn. 72" and "Art. 2" number is not a page of the work."""
    for index, span in enumerate(draft.spans):
        if span.field == "pages" and _MARGIN_NUMBER.search(draft.text, max(0, span.start - 8), span.start):
            draft.spans[index] = span._replace(field=LEFTOVER)


def _extend_pages(draft: Draft) -> None:
    """The "ff." of "S. 196 ff."."""
    for index, span in enumerate(draft.spans):
        match = _FOLLOWING.match(draft.free, span.end) if span.field == "pages" else None
        if match:
            draft.spans[index] = span._replace(text=draft.text[span.start : match.end()], end=match.end())
            draft.blank(span.end, match.end())


def _claim_status(draft: Draft) -> None:
    """ "n.d.", "in press" and their like where there is no date."""
    match = _STATUS.search(draft.free)
    if match:
        draft.claim("date", *match.span(), 0.8)


def _claim_missing_title(draft: Draft) -> None:
    """Words directly behind the author that got no label are the title where there is none."""
    author = next((span for span in in_order(draft.spans) if span.field in ("author", "editor")), None)
    match = _UNLABELLED.match(draft.free, author.end) if author else None
    if match and _is_subtitle(match[1]):
        draft.claim("title", *match.span(1), 0.3)


def _extend_title(draft: Draft) -> None:
    """A subtitle that got no label, directly behind the title, belongs to it."""
    title = next((span for span in draft.spans if span.field == "title"), None)
    if title is None:
        return
    match = _SUBTITLE.match(draft.free, title.end)
    if match and _is_subtitle(match[1]):
        draft.spans.remove(title)
        end = match.end(1)
        draft.claim("title", title.start, end, title.confidence * 0.8)


def _is_subtitle(text: str) -> bool:
    """Two words at least that are more than lead-ins such as "in" or "edited by"."""
    words = [word for word in _WORD.findall(text.casefold()) if len(word) > 2]
    named = [word for word in words if word not in _LABEL_WORDS]
    return len(named) > 1 and not _LEAD_IN.match(text)


def _split_off_year(draft: Draft) -> None:
    """The year that ended up at the end of a publisher, place or host."""
    for span in draft.spans:
        match = (
            _END_YEAR.search(span.text) if span.field in ("publisher", "place", "container-title", "series") else None
        )
        if match and match.start() > 2:
            draft.spans.remove(span)
            draft.claim(span.field, span.start, span.start + match.start(), span.confidence)
            draft.claim("date", span.start + match.start(1), span.start + match.end(1), 0.7)
            return


def _free_parts(draft: Draft, span: Span) -> list[Span]:
    """The stretches of a span that nothing has claimed; a fixed span has none."""
    field, _, start, end, confidence = span
    if field == "other":
        field = LEFTOVER
    elif BLANK not in draft.free[start:end]:
        return [span]
    parts = [trim(draft.text, field, match.span()) for match in FREE.finditer(draft.free, start, end)]
    return [
        Span(field, draft.text[start:end], start, end, confidence)
        for start, end in parts
        if _WORD_CHARACTER.search(draft.free, start, end)
    ]
