"""Patterns first: what a reference marks so clearly that no model is needed.

Each function claims stretches of a `Draft`: identifiers, links, access notes, language tags, quoted titles, volume,
issue and pages. A claimed stretch is blanked in `Draft.free`, so that nothing is claimed twice.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from refkit import languages
from refkit.dates import ascii_digits, find_named, read_numeric
from refkit.identifiers import find_dois, find_dors, trimmed_length
from refkit.model import Span
from refkit.regex import regex
from refkit.text import near

LEFTOVER = "leftover"
BLANK = "\ue000"  # private use: matches no letter, digit, blank or punctuation of a pattern
FREE = regex(f"[^{BLANK}]+")  # a stretch that is not claimed
_ODD_BLANK = regex("[\t\r\n\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000]")


_LABEL_EDGE = " \t\u00a0.,;:()[]{}<>\"'“”„«»‘’-–—/،؛"


@dataclass(slots=True)
class Draft:
    """A reference while it is being read: `free` is its text with claimed stretches blanked, same length."""

    text: str
    free: str
    spans: list[Span] = field(default_factory=list)

    def claim(self, name: str, start: int, end: int, confidence: float = 1.0) -> None:
        """Label `text[start:end]` and take it out of `free`."""
        if start < end:
            self.spans.append(Span(name, self.text[start:end], start, end, confidence))
            self.blank(start, end)

    def blank(self, start: int, end: int) -> None:
        """Take a stretch out of `free`."""
        self.free = self.free[:start] + BLANK * (end - start) + self.free[end:]

    def claim_over(self, name: str, start: int, end: int, confidence: float = 1.0) -> None:
        """Claim a stretch whole: what was claimed inside it is part of it."""
        self.spans = [span for span in self.spans if span.end <= start or span.start >= end]
        self.claim(name, start, end, confidence)

    def claim_all(self, spans: Sequence[Span]) -> None:
        """Claim stretches of which none overlaps another."""
        self.spans += spans
        done = 0
        text: list[str] = []
        for _, _, start, end, _ in sorted(spans, key=itemgetter(2)):
            text += self.free[done:start], BLANK * (end - start)
            done = end
        self.free = "".join((*text, self.free[done:]))

    def label(self, start: int, end: int) -> None:
        """Claim the words of a label such as "Available at:", if there are any."""
        while start < end and self.text[start] in _LABEL_EDGE:
            start += 1
        while end > start and self.text[end - 1] in _LABEL_EDGE:
            end -= 1
        self.claim("label", start, end)

    def has(self, name: str) -> bool:
        """Whether a stretch with that label has been claimed."""
        return name in [span[0] for span in self.spans]  # asked for often


def start_draft(text: str) -> Draft:
    """A fresh draft; Persian digits are read as ASCII ones, odd blanks as blanks, positions unchanged."""
    return Draft(text, _ODD_BLANK.sub(" ", ascii_digits(text)))


def claim_marked(draft: Draft) -> None:
    """Claim everything that needs no context: DOI, DOR, links, access notes, other identifiers, language tags."""
    folded = draft.free.casefold() if draft.free.isascii() else _caseless(draft.free)
    for claim, signs in _MARKED:
        for sign in signs:  # a loop is several times faster than any()
            if sign in folded:
                claim(draft)
                break


def _caseless(text: str) -> str:
    """`text` folded as far as a pattern that ignores case: that takes the dotless and the dotted I for one letter."""
    return text.casefold().replace("ı", "i").replace("i\u0307", "i")


# ------------------------------------------------------------------ identifiers

# Text copied from a PDF has blanks within links and DOIs: "http: //dx.doi. org/10. 1021/ es304638h".
_BEFORE_DOI = regex(
    r"(?:\bdoi\b\s*[:.]?\s*)?(?:https?\s?:\s?/(?:\s?/)?\s?)?(?:(?:dx\s?\.\s?|www\.\s?)?doi\s?\.\s?org\s?/)?\s*"
    r"(?:\bdoi\b\s*[:.]?\s*)?$",
    re.IGNORECASE,
)
_SPACED_DOI = regex(
    r"(?:\bdoi(?:\s?\.\s?org\s?/|\s*[:.]?\s*(?:https?://(?:dx\.)?doi\.org/)?)\s?(?=10\s?\.\s?[0-9]{4,9}\s?/)|"
    r"(?<![\w./])(?=10\.(?:\s[0-9]{4,5}\s?/|[0-9]{4,5}\s/)\s?[a-z]))"
    r"(?P<doi>10\s?\.\s?[0-9]+\s?/\s?[^\s()\[\],;“”\"]+"
    r"(?:(?:(?<=[a-z][./-])\s(?=[0-9])(?!(?:1[89]|20)[0-9]{2}\b(?![./-]))|\s(?=[./-][^\W_]))[^\s()\[\],;“”\"]+)*)",
    re.IGNORECASE,
)
# A DOI in the link of a publisher is part of it; in that of doi.org it is the DOI.
_IN_OTHER_LINK = regex(r"https?\s?:\s?/\s?/\s?(?!(?:dx\.|www\.)?doi\.org)[^\s(,;]+/[^\s(,;]*$", re.IGNORECASE)
_BAD_DOI = regex(r"\bdoi\s*[:.]\s*(?!org\b)(?P<doi>[^\s()\[\]\ue000]*[0-9/][^\s()\[\]\ue000]*)", re.IGNORECASE)


def claim_doi(draft: Draft) -> None:
    """DOIs with their labels; one broken by blanks behind "doi:"; else what stands behind "doi:" as it is."""
    for match in _SPACED_DOI.finditer(draft.free):
        raw = match["doi"]
        if " " in raw and find_dois(raw.replace(" ", "")):
            _claim_labelled_doi(draft, match.start("doi"), match.start("doi") + trimmed_length(raw))
    for found in find_dois(draft.free):
        if not _IN_OTHER_LINK.search(draft.free, max(0, found.start - 200), found.start):
            _claim_labelled_doi(draft, found.start, found.end)


def _claim_labelled_doi(draft: Draft, start: int, end: int) -> None:
    before = _BEFORE_DOI.search(draft.free, max(0, start - 60), start)
    if before:
        draft.label(before.start(), start)
    draft.claim("doi", start, end)


def claim_dor(draft: Draft) -> None:
    """DOR codes, also behind "doi:"; then whatever else stands behind "doi:"."""
    for found in find_dors(draft.free):
        before = re.search(
            r"(?:\b(?:doi|dor)\b\s*[:.]?\s*)?(?:https?://\S{0,40})?$", draft.free[: found.start], re.IGNORECASE
        )
        draft.label(before.start() if before else found.start, found.start)
        draft.claim("dor", found.start, found.end)
    for match in _BAD_DOI.finditer(draft.free):
        end = match.start("doi") + trimmed_length(match["doi"])
        draft.label(match.start(), match.start("doi"))
        draft.claim("doi", match.start("doi"), end, 0.5)


_IDENTIFIERS = (
    ("arxiv", regex(r"\barxiv\s*:\s*(?P<v>[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?|[a-z-]+(?:\.[A-Z]+)?/[0-9]{7})", re.I)),
    ("pmid", regex(r"\b(?:PMID|PubMed ID)\s*:?\s*(?P<v>[0-9]{5,8})\b", re.I)),
    ("pmcid", regex(r"\b(?P<v>PMC[0-9]{5,8})\b")),
    ("isbn", regex(r"\bISBN(?:-1[03])?\s*:?\s*(?P<v>(?:97[89][-‐ ]?)?[0-9][0-9‐ -]{7,14}[0-9Xx])(?![0-9])", re.I)),
    ("issn", regex(r"\bISSN\s*:?\s*(?P<v>[0-9]{4}[-‐–]?[0-9]{3}[0-9Xx])\b", re.I)),
)  # fmt: skip


_ARXIV_SUBJECT = regex(r"\s?\[\s?[a-z]+(?:\s?-\s?[a-z]+)?(?:\.[A-Za-z-]{2,8})?\s?\]")


def claim_identifiers(draft: Draft) -> None:
    """ISBN, ISSN, arXiv, PMID and PMC numbers behind their labels."""
    for name, pattern in _IDENTIFIERS:
        for match in pattern.finditer(draft.free):
            draft.label(match.start(), match.start("v"))
            draft.claim(name, *match.span("v"))
            subject = _ARXIV_SUBJECT.match(draft.free, match.end()) if name == "arxiv" else None
            if subject:
                draft.label(*subject.span())


# ------------------------------------------------------------------ links

_IN_LINK = r"(?:[^\s(\[,;.\ue000]|[,;.](?![(\[]|https?:)|\([^\s()\ue000]*\))"
_HOST_ENDED = r"(?<=\.[a-z]{2})|(?<=\.(?:com|org|net|edu|gov|int))"
_NEXT_PIECE = (  # of a path, behind a blank: "/ vol15/", "/ es304638h", "- 12-1914", no date, no page
    r"(?-i:(?!(?:www|pp?|vol|no|nr)\.|[0-9]{1,4}[./][0-9]|[0-9]{1,4}-[0-9]{2}-)"
    r"(?:[a-z0-9][\w%~-]*(?:[/_=&?%.-][\w%~]|\s/\w)|[a-z0-9]+/|[a-z]{1,8}[0-9]+[a-z]?(?!\w|\.\w)|[\w%~-]+\.(?:pdf|html?)\b))"
)
# Blanks are healed where the link cannot end: in the scheme, before a domain such as ".com", around a slash.
_URL = regex(
    r"(?:(?:https?|ftp|hhtps?|htps?|htpps?|htttps?|httpp?s?)\s?[:;]\s?(?:/\s?){1,3}|\bwww(?=\s?\.))"
    rf"(?:[a-z0-9-]*+(?:\.[a-z0-9-]++|(?!{_HOST_ENDED})(?:\s\.\s?|\.\s)(?!(?:doi|www|pp?)\b)"
    r"[a-z0-9-]+(?=[./]|\s?/\s?[a-z0-9]|\s\.\s?[a-z]))*+(?:\s(?=/[\w~]))?)"
    rf"{_IN_LINK}*"
    rf"(?:(?:(?<=[/_-])\s(?={_NEXT_PIECE})|(?<=/~)\s(?=[a-z])|\s(?=/[\w~])|(?<=/[0-9]{{4}}\.)\s(?=[0-9]{{4,5}}\b)|(?<=\.)\s(?=(?:html?|pdf|cfm|php|aspx?|jsp)\b)|"
    rf"(?<=[?&=])\s(?=\S*[=/&])|(?<==)\s(?=[0-9])){_IN_LINK}+)*+",
    re.IGNORECASE,
)
_LINK_WORDS = tuple(
    "available retrieved accessible accessed online download downloaded link source verfügbar abrufbar disponible"
    " disponibile disponível retirado recuperado recuperato consultado".split()
)
_BEFORE_URL = regex(
    r"(?:\b(?P<word>[^\W\d_]{3,12})(?:\s+(?:online|as))?(?:\s+(?:at|from|on|in|via|unter|sur|en|"
    r"a|su|de|da|em))?|\bURL|قابل دسترس(?:ی)? (?:در|از)|Режим доступа)?\s*[:：]?\s*[<(\[]?\s*$",
    re.IGNORECASE,
)


def claim_url(draft: Draft) -> None:
    """Links with their "Available at" labels, however spelt; blanks in a link are healed where it must go on."""
    for match in _URL.finditer(draft.free):
        start, length = match.start(), trimmed_length(match[0])
        before = _BEFORE_URL.search(draft.free, max(0, start - 60), start)
        if before and (before["word"] is None or is_link_word(before["word"])):
            draft.label(before.start(), start)
        draft.claim("url", start, start + length)


def is_link_word(word: str) -> bool:
    """Whether the word, perhaps misspelt, introduces a link."""
    return near(word.casefold(), _LINK_WORDS) is not None


# ------------------------------------------------------------------ access notes

_FOUR_FIGURES = regex("[0-9]{4}")
_ACCESS_WORDS = tuple(
    "accessed access retrieved visited viewed consulted abgerufen zugriff consulté consultado consultato"
    " обращения".split()
)
_DATE_FORM = (
    r"(?:[0-9]{1,4}\s{0,3}[/.–-]{1,2}\s{0,3}[0-9]{1,2}\s{0,3}[/.–-]{1,2}\s{0,3}[0-9]{1,4}|[0-9]{1,2}(?:st|"
    r"nd|rd|th|\.)?\s[^\W\d_]{3,12}\.?,?\s[0-9]{4}|[^\W\d_]{3,12}\.?\s[0-9]{1,2}(?:st|nd|rd|th)"
    r"?,?\s[0-9]{4}|[^\W\d_]{3,12}\.?\s[0-9]{4}|[0-9]{4})"
)
_ACCESS_NOTE = regex(
    rf"\b(?:(?:last|date)\s+)?(?P<word>[^\W\d_]{{5,12}})(?:\s+(?:on|in|at|am|le|el|il|date|the)"
    rf")?\s*[:,]?\s*(?P<date>{_DATE_FORM})(?![0-9])",
    re.IGNORECASE,
)
_ACCESS_HINT = regex(
    r"c+es+e?d?\b|etri|visited|viewed|onsult|abgerufen|zugriff|обращения|دسترسی|بازیابی", re.IGNORECASE
)
_ACCESS_SIGNS = ("ces", "etri", "visited", "viewed", "onsult", "abgerufen", "zugriff", "обращения", "دسترسی", "بازیابی")
_PERSIAN_ACCESS = regex(rf"(?:تاریخ )?(?:دسترسی|بازیابی)(?: در)?\s*:?\s*(?P<date>{_DATE_FORM})")


def claim_accessed(draft: Draft) -> None:
    """ "(Accessed on: 2/ 6/ 2000)" and its like, label misspelt or not."""
    if not draft.has("url"):
        folded = draft.free.casefold()
        if not [sign for sign in _ACCESS_SIGNS if sign in folded] or not _ACCESS_HINT.search(draft.free):
            return
    notes = list(_ACCESS_NOTE.finditer(draft.free))
    if "دسترسی" in draft.free or "بازیابی" in draft.free:
        notes += _PERSIAN_ACCESS.finditer(draft.free)
    for match in notes:
        word = match.groupdict().get("word")
        if word is not None and not _is_access_word(word.casefold(), match["date"]):
            continue
        if read_numeric(match["date"]) or find_named(match["date"]) or _FOUR_FIGURES.search(match["date"]):
            draft.label(match.start(), match.start("date"))
            draft.claim("accessed", *match.span("date"))


def _is_access_word(word: str, date: str) -> bool:
    """Whether the word before a date speaks of access; before a bare year only when it is spelt right."""
    return word in _ACCESS_WORDS or (not date.isdigit() and near(word, _ACCESS_WORDS) is not None)


# ------------------------------------------------------------------ language tags

_TAG = regex(
    r"[(\[\])]\s*(?:(?:text|article|book|original)\s+)?(?P<in>in\s+)?(?P<name>[^\W\d_]{2,14})\s*[)\]\[(]", re.IGNORECASE
)
_BARE_TAG = regex(r"(?<=[\s,.;(\[])in\s+(?P<name>[^\W\d_]{4,12})\s*[.\s]*$", re.IGNORECASE)
_LONGEST_TAG = 40
_PERSIAN_TAG = regex(r"[(\[]\s*(?:به زبان |به |زبان )?(?P<name>فارسی|فارسي|عربی|انگلیسی)\s*[)\]]")
_PERSIAN_NAMES = {"انگلیسی": "en", "عربی": "ar"}


def claim_language(draft: Draft) -> None:
    """ "[in Persian]" in any of its spellings, brackets reversed or missing."""
    text = draft.free
    tags = [*_TAG.finditer(text), *_BARE_TAG.finditer(text, max(0, len(text) - _LONGEST_TAG))]
    if "ی" in text or "ي" in text:
        tags += _PERSIAN_TAG.finditer(text)
    for match in tags:
        marked = bool(match.groupdict().get("in")) or match.re is _BARE_TAG
        if language_of(match["name"], fuzzy=marked):
            draft.label(match.start(), match.start("name"))
            draft.claim("language", *match.span("name"))
            return


def language_of(name: str, fuzzy: bool = True) -> languages.Language | None:
    """The language a tag names; with `fuzzy` also a misspelt one."""
    code = _PERSIAN_NAMES.get(name)
    if code:
        return languages.by_code(code)
    found = languages.by_name(name)
    if found or not fuzzy or len(name) < 5:
        return found
    names = tuple(
        printed.casefold() for language in languages.LANGUAGES for printed in language.names if len(printed) > 4
    )
    close = near(name.casefold(), names)
    return languages.by_name(close) if close else None


# ------------------------------------------------------------------ translators

_IN_NAME = r"[^,،.;()“”\"«»\ue000]"
_TRANSLATED_BY = regex(
    r"[(\[]?\b(?:translated(?: into [^\W\d_]+)? by|trans\. by|transl\. by|(?-i:trans\.)|übers\. von|übersetzt von|"
    r"aus dem [^\W\d_]+ (?:übersetzt )?von|traduit par|trad\. (?:de|di|par)|пер\. с \w+\.?|ترجمه[‌ ]?(?:ی|ٔ)?)\s+"
    rf"(?P<who>(?:[^\W\d_]\.\s?){{0,3}}{_IN_NAME}{{4,60}}(?:(?<=\b[^\W\d_])\.{_IN_NAME}{{2,40}})*)[)\]]?",
    re.IGNORECASE,
)


_TRANSLATED_FROM = regex(r"\bпер\. с [а-яё]+\.?(?: яз\.)?", re.IGNORECASE)


def claim_translator(draft: Draft) -> None:
    """ "Translated by Alan Sheridan" and its like."""
    for source in _TRANSLATED_FROM.finditer(draft.free):
        if not _TRANSLATED_BY.match(draft.free, source.start()):
            draft.claim("note", *source.span())
    match = _TRANSLATED_BY.search(draft.free)
    if match and not match["who"].strip().islower():
        draft.label(match.start(), match.start("who"))
        end = match.start("who") + len(match["who"].rstrip())
        draft.claim("translator", match.start("who"), end)


# What is marked, and signs of which at least one stands in the text (without capitals) wherever there is such a mark.
_MARKED: tuple[tuple[Callable[[Draft], None], tuple[str, ...]], ...] = (
    (claim_doi, ("10.", "10 .")),
    (claim_dor, ("20.1001.", "doi")),
    (claim_identifiers, ("isbn", "issn", "arxiv", "pm", "pubmed")),
    (claim_url, ("/", "www.")),
    (claim_accessed, ("/", "www.", *_ACCESS_SIGNS)),
    (claim_language, ("(", "[", ")", "]", "in ")),
    (claim_translator, ("trans", "übers", "aus dem", "tradu", "trad.", "пер.", "ترجمه")),
)

# ------------------------------------------------------------------ quoted titles

_ANY_QUOTE = regex(r"[“”„«»\"″‟]")
_PAIRS = {"“": "”", "„": "“", "«": "»", "»": "«", "‘": "’", "‹": "›", '"': '"', "'": "'", "”": "”", "‟": "”"}


def find_quoted(text: str, start: int) -> tuple[int, int, bool] | None:
    """The quoted stretch that opens at `start`: (first character inside, end of the inside, closed).

    Quotes inside quotes are counted; when the opening mark has no partner the end is -1 and `closed` False.
    """
    opener = text[start : start + 1]
    if opener not in _PAIRS:
        return None
    if opener in "'‘":
        return _find_single(text, start)
    depth = 0
    for match in _ANY_QUOTE.finditer(text, start):
        index = match.start()
        if _opens(text, index, index == start):
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return start + 1, index, True
    return start + 1, -1, False


def _opens(text: str, index: int, first: bool) -> bool:
    if first:
        return True
    mark, before, after = text[index], text[index - 1], text[index + 1 : index + 2]
    if mark in "„«‟":
        return mark != "«" or before in " (" or not after.strip(" ,.;:)")
    if mark == "“":
        return after.isalnum() and not before.isalnum()
    if mark in '"″':
        return before in " ([-–—" and (after.isalnum() or after in "‘'([")
    return False


def _find_single(text: str, start: int) -> tuple[int, int, bool] | None:
    for match in re.finditer(r"[’'](?=\s*[,.;?!)]|\s*$|\s+(?:[^\W\d_a-z]|in\b|\())", text[start + 1 :]):
        index = start + 1 + match.start()
        if text[index + 1 : index + 3].strip()[:1] in (",", ".", ";", "?", ")", ""):
            return start + 1, index, True
    return None


# ------------------------------------------------------------------ volume, issue, pages

_NUMBER = r"(?:[0-9]{1,7}[A-Za-z]?(?:(?:\s?[-–/‐]\s?|\s(?:&|and)\s)[0-9]{1,5})?|[IVXLC]{1,7}(?![a-z]))"
_VOLUME_WORDS = ("volume", "vol", "vols", "band", "bd", "jg", "tome", "tomo", "том", "т", "ج", "جلد", "دوره", "سال")
_ISSUE_WORDS = (
    "number",
    "no",
    "nos",
    "nr",
    "num",
    "issue",
    "iss",
    "heft",
    "h",
    "numéro",
    "número",
    "№",
    "вып",
    "ش",
    "شماره",
)
_LABELLED = regex(
    rf"(?<![\w])(?P<word>[^\W\d_]{{1,8}}|№)\s?[.,:]{{0,2}}\s{{0,2}}(?P<number>[A-Za-z]?{_NUMBER})(?![\w])"
)
_RANGE = regex(
    r"[A-Za-z]{0,3}[0-9]{1,6}[A-Za-z]?\s?[-–—‐−]{1,2}\s?[A-Za-z]{0,3}[0-9]{1,6}[A-Za-z]?|[ivxlc]{1,7}\s?[-–—]\s?"
    r"[ivxlc]{1,7}"
)
_PAGES = regex(
    r"(?<![\w])(?P<word>pages?|pgs?|pp?|ss?|seiten?|стр|[сcСC]|صص?|صفحات|صفحه)(?:\s?\.|\s?:|,)?\s{0,2}"
    r"(?P<number>[A-Za-z]{0,3}[0-9]{1,6}[A-Za-z]?(?:\s?[-–—‐−]{1,2}\s?[A-Za-z]{0,3}[0-9]{1,6}[A-Za-z]?)"
    r"?|[ivxlc]{1,7}\s?[-–—]\s?[ivxlc]{1,7})(?![\w])",
    re.IGNORECASE,
)
_COMPACT = regex(  # 12(3), 45-67
    r"(?<![\w/])(?P<volume>[0-9]{1,4})\s?\(\s?(?P<issue>[0-9]{1,4}(?:\s?[-–/]\s?[0-9]{1,4})?|[Ss]uppl\.?\s?[0-"
    r"9]*|[Ss]pecial [Ii]ssue|S[0-9]{1,3})\s?\)"
    r"(?:\s?[,،:;.]\s?(?:pp?\.?\s?)?(?P<pages>[A-Za-z]?[0-9]{1,6}(?:\s?[-–—‐]\s?[A-Za-z]?[0-9]{1,6})?)(?![\w]))?"
)
_BARE_PAGES = regex(r"(?<=[,،;:]\s)[0-9]{1,5}\s?[-–—‐]\s?[0-9]{1,5}(?=\s*(?:[,.;(]|\ue000|$))")
_VOLUME_PAGES = regex(
    r"(?<=[\s,;])(?P<volume>[0-9]{1,4})\s?[:,]\s?(?P<pages>[A-Za-z]?[0-9]{1,6}\s?[-–—‐]\s?[A-Za-z]?[0-9]{1,6})(?![\w-])"
)


_ORDINAL_WORDS = (
    "اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم"
    " هفدهم هجدهم نوزدهم بیستم"
)
PERSIAN_ORDINALS = {word: str(number) for number, word in enumerate(_ORDINAL_WORDS.split(), 1)}
_PERSIAN_NUMBER = regex(
    rf"(?<!\w)(?P<word>سال|دوره|جلد|شماره|چاپ)\s(?P<number>{'|'.join(PERSIAN_ORDINALS)}|[0-9]{{1,3}})(?!\w)"
)
_PERSIAN_NAMES_OF_NUMBERS = {"شماره": "issue", "چاپ": "edition"}


def _claim_persian_numbers(draft: Draft, start: int) -> None:
    """ "سال چهارم", "چاپ ۲": numbers in words."""
    if "ا" not in draft.text and "ل" not in draft.text and "ه" not in draft.text:  # every such word has one of them
        return
    for match in _PERSIAN_NUMBER.finditer(draft.free, start):
        name = _PERSIAN_NAMES_OF_NUMBERS.get(match["word"], "volume")
        if not draft.has(name):
            draft.label(*match.span("word"))
            draft.claim(name, *match.span("number"))


def claim_numbers(draft: Draft, start: int = 0) -> None:
    """Volume, issue and pages behind their labels, or in the compact form `12(3): 45–67`, from `start` on."""
    for match in _PAGES.finditer(draft.free, start):
        if _is_page_label(match["word"], match["number"]):
            draft.label(match.start(), match.start("number"))
            draft.claim("pages", *match.span("number"))
            break
    _claim_persian_numbers(draft, start)
    for match in _LABELLED.finditer(draft.free, start):
        name = _numbering_of(match["word"])
        if name and not draft.has(name):
            _claim_report_word(draft, match.start())
            special = _SPECIAL_ISSUE.search(draft.free, max(0, match.start() - 24), match.start())
            draft.label(special.start() if special else match.start(), match.start("number"))
            draft.claim(name, *match.span("number"))
    if not draft.has("volume"):
        _claim_compact(draft, start)
    bare = _BARE_PAGES.search(draft.free, start)
    if bare and draft.has("volume") and not draft.has("pages"):
        draft.claim("pages", *bare.span(), 0.8)


_SPECIAL_ISSUE = regex(r"\b(?:special|double|thematic) issue\s*,?\s*$", re.IGNORECASE)
_REPORT_WORD = regex(
    r"\b(?:(?:technical|research|policy|annual) )?(?:report|(?:working|discussion|occasional|policy|"
    r"research) paper|brief(?:ing)?|"
    r"memorandum|bericht)\s*$",
    re.IGNORECASE,
)


def _claim_report_word(draft: Draft, end: int) -> None:
    """ "Report" of "Report No. 29" says what kind of work the number counts."""
    match = _REPORT_WORD.search(draft.free, max(0, end - 40), end)
    if match and draft.free[: match.start()].rstrip().endswith((",", ".", ";", "(", ":", BLANK)):
        draft.claim("genre", match.start(), match.start() + len(match[0].rstrip()))


def _claim_compact(draft: Draft, start: int) -> None:
    match = _COMPACT.search(draft.free, start) or _VOLUME_PAGES.search(draft.free, start)
    if match:
        for name, value in match.groupdict().items():
            if value and not draft.has(name):
                draft.claim(name, *match.span(name))


def _is_page_label(word: str, number: str) -> bool:
    return len(word) > 1 or _RANGE.search(number) is not None or word in ("p", "с", "ص", "S")


def _numbering_of(word: str) -> str | None:
    folded = word.casefold()
    for name, words in (("volume", _VOLUME_WORDS), ("issue", _ISSUE_WORDS)):
        if folded in words:
            return name
    if len(folded) < 3 or not folded.isascii():
        return None
    return _misspelt_numbering(folded)


def _misspelt_numbering(word: str) -> str | None:
    close = near(word, ("volume", "vol", "number", "issue"), limit=1)
    return {"volume": "volume", "vol": "volume", "number": "issue", "issue": "issue"}.get(close or "")


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans as they stand in the text."""
    return tuple(sorted(spans, key=itemgetter(2, 3)))
