"""What a reference shows without being understood: links, codes, quotes, numbers behind labels, dates, its parts.

A reference is scanned once; the checks share the result. Positions are those of `Reference.text`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from refkit.dates import ascii_digits
from refkit.identifiers import find_dois, is_dor, normalise_doi, trimmed_length
from refkit.languages import by_name, main_script
from refkit.rules.references.found import Access, Code, Issued, Label, Link, Number, Printed
from refkit.rules.references.label_words import (
    LABEL_KINDS,
    LANGUAGE_LEADS,
    MISSPELT_LANGUAGES,
    MONTH_WORDS,
    STATUS,
    access_word,
    language_meant,
    link_word,
    number_label,
)
from refkit.rules.references.quotes import Quoted, Quotes, find_quotes

BLANK = "\ue000"  # private use: matches no letter, digit, blank or punctuation of a pattern

_URL = re.compile(
    r"(?<![A-Za-z0-9@.])(?:h[tps]{2,6}[:;]{0,2} ?/{1,3} ?|[A-Za-z]{2,6}://|https?:(?=[a-z])|www[.,](?=[a-z])"
    r"|(?:[a-z0-9-]{2,30}\.){1,3}(?:com|org|net|edu|gov|ir|ru|int|info|eu|uk|de|fr|cn|tr|az|am|kz)/(?=[^\s]{2})"
    r"|(?<=(?:at|om): )(?=(?:[a-z0-9-]{1,30}\.){1,3}[a-z]{2,5}(?![\w.])))"
    r"[^\s<>“”«»\"]{2,}",
    re.IGNORECASE,
)
_URL_STOPS = re.compile(r"[,;.]{1,2}[(\[]|\((?:doi|accessed|retrieved|in )|[,;]doi:", re.IGNORECASE)
_DOI_LABEL = re.compile(
    r"(?<![\w./])(?:(?:doi\s{0,2}(?:[:;=]|\.(?=\s?(?:10|20)\.)|(?=\s?10\.))\s{0,2}){1,2}"
    r"(?:(?:h[tps]{2,5}[:;]?/{1,3}\s?)?(?:(?:dx|www)\.)?doi\.org/+)?|(?:h[tps]{2,5}[:;]?/{1,3})?(?:(?:dx|www)\.)?doi\.org/+)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\S+")
_SPACED_DOI = re.compile(r"10\.(?: [0-9]{4,9}\s?/\s?|[0-9]{4,9}\s/\s?|[0-9]{4,9}/\s)[^\s()]+")
_CODE_GOES_ON = re.compile(r"[^()\[\]“”]{1,160}")
_DAY_MONTH_YEAR = (
    r"(?:[0-9]{1,2}\s{0,2}(?P<s>[/.-])(?P=s)?\s{0,2}[0-9]{1,2}\s{0,2}(?P=s){1,2}\s{0,2}[0-9]{4}"
    r"|[0-9]{4}\s{0,2}(?P<t>[/.-])(?P=t)?\s{0,2}[0-9]{1,2}\s{0,2}(?P=t){1,2}\s{0,2}[0-9]{1,2})"
)
_NUMERIC = re.compile(rf"(?<![0-9/.-]){_DAY_MONTH_YEAR}(?![0-9/-])")
_NAMED = re.compile(
    rf"(?<![\w.])(?:[0-9]{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?(?:{MONTH_WORDS})\.?,?(?:\s[0-9]{{4}})?"
    rf"|(?:{MONTH_WORDS})\.?\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9])(?:,?\s[0-9]{{4}})?"
    rf"|[0-9]{{4}}\s(?:{MONTH_WORDS})\.?\s[0-9]{{1,2}})(?![\w/])",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(r"(?P<words>[^\W\d_]{2,12}(?:\s+[^\W\d_]{1,8}){0,2})\s{0,3}(?P<colon>[:;.]?)\s{0,3}$")
_BEFORE_LINK = re.compile(
    r"(?:^|[,.;:()\[\]“”\"»?!])\s{0,3}(?P<words>[^\W\d_]{2,14}(?:\s+[^\W\d_]{1,9}){0,2})\s{0,3}(?P<colon>[:;]?)\s{0,4}"
    r"[<(\[]?$"
)
_NUMBER = re.compile(
    r"(?<![\w-])(?P<word>[^\W\d_]{1,9}|p\.\s?p)(?P<stop>[.,:]{0,2})(?P<blank>\s{0,3})"
    r"(?P<number>[A-Z]{0,2}[0-9]{1,9}[A-Za-z]?(?:\s?[-‐‑–—−/]{1,2}\s?[0-9A-Za-z]{1,9})?)(?![\w])"
)
_YEAR = re.compile(r"[12][0-9]{3}[a-z]?")
_ISSUED = re.compile(
    rf"\((?P<open>\s*)(?P<year>[0-9۰-۹٠-٩]{{4}}|{STATUS})(?P<letter>[a-z])?(?P<rest>[^()]{{0,40}})\)", re.IGNORECASE
)
_AFTER_ISSUED = re.compile(r"[”\"]?\s{0,3}[,.:;]{0,2}[\s]{0,5}")
_PART_MARKS = re.compile(r"[()\[\],،]")
_PUNCTUATION = dict.fromkeys(map(ord, "“”„‘’«»–—‐…\xa0"))
_TAG = re.compile(r"(?P<open>[\[(\])])(?P<words>\s{0,2}[^\W\d_][^\[\]()“”0-9]{1,40})(?P<close>[\])\[(])")
_IN = re.compile(r"(?:^|(?<=[.,;”\"’?!]))\s{0,4}(?P<in>[Ii]n\s?:?)\s{1,4}(?=[^\W\d_]|[“\"«‘])", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Marks:
    """All that a scan of one reference found.

    `plain` is the text with links and codes blanked, `bare` also without what is quoted; same length. `title` is what
    the quotation marks behind the year hold. `body` is where the part behind the year begins, `tail` where that behind
    the quoted title does, `host_end` where its labelled parts (volume, link, codes …) begin.
    """

    text: str
    plain: str
    bare: str
    links: tuple[Link, ...]
    codes: tuple[Code, ...]
    quotes: Quotes
    numbers: tuple[Number, ...]
    dates: tuple[Printed, ...]
    access: Access | None
    labels: tuple[Label | None, ...]
    tags: tuple[tuple[int, int], ...]
    issued: Issued | None
    title: Quoted | None
    open_title: int
    body: int
    tail: int
    host_end: int
    in_word: tuple[int, int] | None
    parts: tuple[tuple[int, int], ...]
    script: str

    def number(self, kind: str) -> Number | None:
        """The first number with a label of that kind."""
        return next((number for number in self.numbers if number.kind == kind), None)

    @property
    def head(self) -> str:
        """What stands before the year."""
        return self.text[: self.issued.start] if self.issued else ""

    @property
    def host(self) -> str:
        """What stands between the quoted title (or the year) and the labelled parts."""
        return self.text[self.tail : self.host_end]


def scan(text: str) -> Marks:
    """Scan one reference."""
    codes = tuple(_codes(text))
    plain = _blanked(ascii_digits(text) if not text.isascii() else text, ((code.start, code.end) for code in codes))
    links = tuple(_links(_blanked(text, ((code.label, code.end) for code in codes))))
    plain = _blanked(plain, ((link.start, link.end) for link in links))
    quotes = find_quotes(plain)
    bare = _blanked(plain, ((pair.start + 1, pair.end - 1) for pair in quotes.pairs if not pair.depth))
    issued = _issued(plain, quotes)
    body = issued.end if issued else 0
    if issued:
        body = _end(_AFTER_ISSUED, plain, body)
    title = next((pair for pair in quotes.pairs if not pair.depth and body - 1 <= pair.start <= body + 1), None)
    open_title = next((at for at in quotes.unclosed if body - 1 <= at <= body + 1), -1) if title is None else -1
    tail = title.end if title and issued else body
    dates = tuple(_dates(bare, tail))
    access = _access(bare, dates)
    numbers = tuple(_numbers(bare, tail, issued is not None))
    labels = tuple(_label(plain, link) for link in links)
    tags = tuple((match.start(), match.end()) for match in _TAG.finditer(bare, tail) if _is_tag(match["words"]))
    starts = [
        *(number.start for number in numbers if number.exact),
        *(code.outer for code in codes),
        *(label.start if label else link.start for label, link in zip(labels, links, strict=True)),
        *((access.bracket if access.bracket >= 0 else access.start,) if access else ()),
        *(start for start, _ in tags),
    ]
    host_end = min((start for start in starts if start >= tail), default=len(text))
    match = _in_clause(bare, tail, host_end) if issued else None
    return Marks(
        text, plain, bare, links, codes, quotes, numbers, dates, access, labels, tags, issued, title, open_title,
        body, tail, host_end, match.span("in") if match else None,
        tuple(_parts(bare, tail, host_end)), main_script(text[:600].translate(_PUNCTUATION)) or "",
    )  # fmt: skip


def _in_clause(bare: str, tail: int, host_end: int) -> re.Match[str] | None:
    """The "in" before a host book; not that of "in Persian"."""
    match = _IN.search(bare, tail, host_end)
    if match:
        word = _TOKEN.match(bare, match.end())
        if word and by_name(word[0].strip(" .,])")):
            return None
    return match


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _blanked(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    pieces = []
    at = 0
    for start, end in stretches:
        if start >= at:
            pieces += [text[at:start], BLANK * (end - start)]
            at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def _codes(text: str) -> Iterator[Code]:
    at = 0
    lowered = "doi" in text or "DOI" in text or "Doi" in text
    found = [_labelled(text, match) for match in _DOI_LABEL.finditer(text)] if lowered else []
    bare = (
        [
            Code(*_outer(text, item.start), item.start, item.end, _glued(text, item.end), "doi", False)
            for item in find_dois(text)
        ]
        if "10." in text
        else []
    )
    for code in sorted([*(code for code in found if code), *bare], key=lambda code: (code.label, -code.end)):
        if code.label >= at and not _inside_url(text, code.label):
            yield code
            at = code.end


def _inside_url(text: str, start: int) -> bool:
    """Whether the code is the path of a link of another site."""
    before = text[max(0, start - 200) : start]
    token = before[max(before.rfind(" "), before.rfind("\xa0")) + 1 :].lower()
    return ("://" in token or token.startswith("www.")) and "(" not in token and "," not in token


def _outer(text: str, label: int) -> tuple[int, int]:
    at = label
    while at and text[at - 1].isspace():
        at -= 1
    return (at - 1 if at and text[at - 1] in "([" else label), label


def _glued(text: str, end: int) -> int:
    match = _TOKEN.match(text, end)
    return match.end() if match else end


def _labelled(text: str, match: re.Match[str]) -> Code | None:
    """The code behind a label; in brackets all up to the closing one belongs to it."""
    outer, label = _outer(text, match.start())
    start = match.end()
    bracketed = outer != label
    token = _TOKEN.match(text, start)
    if token is None:
        return None
    raw = text[start : token.end()]
    spaced = _SPACED_DOI.match(text, start)
    if spaced:
        raw = spaced[0]
    whole = _CODE_GOES_ON.match(text, start)
    inner = whole[0].rstrip() if whole else ""
    if bracketed and whole and text[whole.end() : whole.end() + 1] in ")]" and " " in inner and ", " not in inner:
        raw = inner if normalise_doi("".join(inner.split())) else raw
    end = start + trimmed_length(raw)
    value = text[start:end]
    kind = "dor" if is_dor(value) else "doi" if normalise_doi("".join(value.split())) else "other"
    if kind == "other" and not any(character.isdigit() for character in value):
        return None
    return Code(outer, label, start, end, start + len(raw), kind, bracketed)


def _links(plain: str) -> Iterator[Link]:
    for match in _URL.finditer(plain):
        raw = match[0]
        stop = _URL_STOPS.search(raw, 8)
        if stop:
            raw = raw[: stop.start()]
        raw = raw.split(BLANK, 1)[0]
        end = match.start() + trimmed_length(raw)
        if end > match.start() + 4:
            yield Link(match.start(), end, match.start() + len(raw))


def _issued(plain: str, quotes: Quotes) -> Issued | None:
    """The first parenthesis with a year that can stand behind authors (or behind a title that stands first)."""
    match = _ISSUED.search(plain)
    if match is None or match.start() > 600:
        return None
    first = next((pair for pair in quotes.pairs if not pair.depth), None)
    if first and first.end <= match.start() and (first.start > 1 or plain[first.end : match.start()].strip(" ,.\xa0")):
        return None
    if first and first.start < match.start() < first.end:
        return None
    if not match.start() or len(plain) - match.end() < 12:
        return None
    if match["rest"][:1] in ("-", "–") and match["rest"][1:2].isdigit() and not match["rest"][5:6].isspace():
        return None
    if match["year"][0].isdigit() and not 1000 <= int(ascii_digits(match["year"])) <= 2150:
        return None
    return Issued(match.start(), match.end(), match["year"], match["letter"] or "", match["rest"])


def _dates(bare: str, tail: int) -> Iterator[Printed]:
    found = [Printed(match.start(), match.end(), True) for match in _NUMERIC.finditer(bare, tail)]
    found += [Printed(match.start(), match.end(), False) for match in _NAMED.finditer(bare, tail)]
    end = -1
    for date in sorted(found, key=lambda date: date.start):
        if date.start >= end:
            yield date
            end = date.end


def _access(bare: str, dates: tuple[Printed, ...]) -> Access | None:
    """The first date with "Accessed on" or the like before it, however spelt."""
    for date in dates:
        before = _BEFORE_DATE.search(bare, max(0, date.start - 44), date.start)
        if before is None:
            continue
        start = before.start("words")
        words = before["words"].split()
        skipped = 0
        while words and not access_word(words[0]):
            skipped += len(words.pop(0))
        if not words:
            continue
        start = bare.index(words[0], start + skipped)
        at = start
        while at and bare[at - 1].isspace():
            at -= 1
        bracket = at - 1 if at and bare[at - 1] in "([])" else -1
        return Access(start, before.end("words"), before["colon"], date, bracket)
    return None


def _numbers(bare: str, tail: int, issued: bool) -> Iterator[Number]:
    for match in _NUMBER.finditer(bare, tail):
        word = match["word"]
        kind = LABEL_KINDS.get(word.casefold())
        exact = kind is not None
        if kind is None and issued and bare[match.start() - 2 : match.start()] in (", ", ". ", "; ", ",\xa0", ") "):
            kind = number_label(word)
        if kind is None or (not exact and len(word) == 1 and _YEAR.fullmatch(match["number"])):
            continue
        yield Number(
            kind,
            match.start(),
            match.end("word"),
            match["stop"],
            match["blank"],
            match.start("number"),
            match.end(),
            exact,
        )


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The elements `text[start:end]` falls into at commas outside brackets."""
    depth = 0
    at = start
    for match in _PART_MARKS.finditer(text, start, end):
        if match[0] in "([":
            depth += 1
        elif match[0] in ")]":
            depth = max(0, depth - 1)
        elif not depth and not text[match.end() : match.end() + 1].isdigit():
            yield from _trimmed(text, at, match.start())
            at = match.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and (text[start].isspace() or text[start] in '?!,.;”"'):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",.;("):
        end -= 1
    if start < end:
        yield start, end


def _label(plain: str, link: Link) -> Label | None:
    match = _BEFORE_LINK.search(plain, max(0, link.start - 48), link.start)
    if match is None:
        return None
    for word in re.finditer(r"\S+", match["words"]):
        meant = link_word(word[0])
        if meant:
            return Label(match.start("words") + word.start(), match.end("words"), match["colon"], meant)
    return None


def _is_tag(words: str) -> bool:
    parts = words.strip(" .,:;").split()
    if not 1 <= len(parts) <= 4:
        return False
    if len(parts) == 1:
        return by_name(parts[0]) is not None or parts[0].casefold() in MISSPELT_LANGUAGES
    return parts[0].casefold() in LANGUAGE_LEADS and language_meant(parts[-1]) is not None


def part_starts(item: Marks) -> Iterable[tuple[str, int]]:
    """Where the labelled parts of a reference begin: code, access, tag, link, pages."""
    for code in item.codes:
        yield "code", code.outer
    if item.access:
        yield "access", item.access.bracket if item.access.bracket >= 0 else item.access.start
    for start, _ in item.tags:
        yield "tag", start
    for label, link in zip(item.labels, item.links, strict=True):
        yield "link", label.start if label else link.start
    for number in item.numbers:
        yield "pages", number.start
