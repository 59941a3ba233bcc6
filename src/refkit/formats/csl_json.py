"""Entries (BibTeX and biblatex) -> CSL-JSON 1.0.2 items; the way back is in csl_entry.py.

Types are in `ITEM_TYPES`. Where BibTeX has no type, `entrysubtype` names the CSL type: `@article`
with `entrysubtype = {newspaper}` is `article-newspaper`, `@misc` with `entrysubtype = {webpage}` is `webpage`, `@misc`
with `{dataset}`, `{interview}`, `{map}` … the CSL type of that name.

| entry | item |
|---|---|
| `title` `subtitle` `titleaddon` | `title` (maintitle: see `_add_titles`) |
| `journal` `journaltitle`; `booktitle`; `howpublished` of a web page | `container-title` |
| `publisher` `institution` `school` `organization`; `howpublished` of other works | `publisher` |
| `address` `location` | `publisher-place` |
| `number` of an article; of a book in a series; otherwise | `issue`; `collection-number`; `number` |
| `eid` | `number`, and `page` when there are no pages |
| `date` or `year` `month` `day`; `urldate` | `issued`; `accessed` |
| `type` (thesis kinds spelled out) | `genre` |
| `language` `langid` | `language` (BCP 47) |
| `dor`, `solaryear` | `custom.dor`, `custom["solar-year"]` |
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from refkit import languages
from refkit.formats.csl_dates import any_date, issued
from refkit.identifiers import normalise_doi
from refkit.latex import may_hold_latex, to_markup, to_text, to_verbatim
from refkit.model import Entry
from refkit.names import Name, parse_names

Item = dict[str, Any]
Get = Callable[[str], str]  # field name -> value, empty when absent

ITEM_TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "periodical": "periodical",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "reference": "book", "mvreference": "book", "manual": "book", "booklet": "pamphlet",
    "inbook": "chapter", "incollection": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "suppcollection": "chapter", "inreference": "entry-encyclopedia", "inproceedings": "paper-conference",
    "conference": "paper-conference", "techreport": "report", "report": "report", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "unpublished": "manuscript", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "dataset": "dataset", "software": "software", "patent": "patent",
    "artwork": "graphic", "image": "graphic", "audio": "song", "music": "song", "video": "motion_picture",
    "movie": "motion_picture", "letter": "personal_communication", "performance": "performance",
    "legislation": "legislation", "jurisdiction": "legal_case", "legal": "treaty", "standard": "standard",
    "review": "review",
}  # fmt: skip
# CSL types that `entrysubtype` may name; the second word is what people write.
_SUBTYPES = {
    "newspaper": "article-newspaper", "magazine": "article-magazine", "blog": "post-weblog", "film": "motion_picture",
    "preprint": "article", "encyclopedia": "entry-encyclopedia", "dictionary": "entry-dictionary",
}  # fmt: skip
CSL_TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage""".split()
)
_PARTS_OF_BOOKS = frozenset(["chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"])
SERIALS = frozenset(["article-journal", "article-newspaper", "article-magazine", "review", "review-book", "periodical"])
_PUBLISHED_ON_SITES = frozenset(["webpage", "post", "post-weblog", "dataset", "software", "document", "report"])

MARKUP = {
    "shorttitle": "title-short", "shortjournal": "container-title-short", "series": "collection-title",
    "eventtitle": "event-title", "origtitle": "original-title", "reviewtitle": "reviewed-title",
    "note": "note", "annote": "annote", "annotation": "annote", "abstract": "abstract",
}  # fmt: skip
PLAIN = {
    "volume": "volume", "volumes": "number-of-volumes", "part": "part-number",
    "pagetotal": "number-of-pages", "venue": "event-place", "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID",
    "keywords": "keyword", "library": "archive_location", "call-number": "call-number",
}  # fmt: skip
NAMES = {
    "author": "author", "translator": "translator", "bookauthor": "container-author", "director": "director",
    "interviewer": "interviewer", "illustrator": "illustrator", "recipient": "recipient", "composer": "composer",
    "serieseditor": "collection-editor", "origauthor": "original-author", "reviewauthor": "reviewed-author",
}  # fmt: skip
_NAME_PARTS = ("family", "given", "non-dropping-particle", "dropping-particle", "suffix", "literal")  # as in Name
_NAME_FIELDS = (*NAMES, "editor", "editora", "editorb", "editorc")
_EDITOR_ROLES = {"compiler": "compiler", "director": "director", "collaborator": "contributor"}
THESES = {
    "phdthesis": ("PhD thesis", "پایان‌نامه دکتری"),
    "mastersthesis": ("Master’s thesis", "پایان‌نامه کارشناسی ارشد"),
    "candthesis": ("Candidate thesis", "پایان‌نامه"),
    "bathesis": ("Bachelor’s thesis", "پایان‌نامه کارشناسی"),
}
# Keys that biblatex prints as words (biblatex manual, section 4.9.2).
_TYPE_WORDS = {
    "mathesis": "mastersthesis", "techreport": "Technical report", "resreport": "Research report",
    "software": "Software", "datacd": "Data CD", "audiocd": "Audio CD", "patent": "Patent", "patentde": "German patent",
    "patenteu": "European patent", "patentfr": "French patent", "patentuk": "British patent", "patentus": "U.S. patent",
    "patreq": "Patent request", "patreqde": "German patent request", "patreqeu": "European patent request",
    "patreqfr": "French patent request", "patrequk": "British patent request", "patrequs": "U.S. patent request",
}  # fmt: skip
_SERIES_WORDS = {"newseries": "new series", "oldseries": "old series"}
_STATUS_WORDS = {"inpress": "in press", "inpreparation": "in preparation"}
# What people write for a year while there is none.
_STATUS = re.compile(
    r"in press|forthcoming|to appear|accepted|submitted|in preparation|in review|زیر چاپ|در دست (?:چاپ|انتشار)",
    re.IGNORECASE,
)
_ARXIV_JOURNAL = re.compile(r"arXiv(?: e-?prints?| preprint)?[,:]?\s*arXiv:\s?(\S+?)[,.]?", re.IGNORECASE)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
).split()
_EDITION = re.compile(r"([0-9]+)\s?(?:st|nd|rd|th|\.)?(?:\s?(?:ed\.?|edn\.?|edition))?", re.IGNORECASE)
_LINK = re.compile(r"\\url\s*\{|https?://|www\.")
_REGIONS = {
    "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB", "australian": "en-AU",
    "canadian": "en-CA", "brazil": "pt-BR", "brazilian": "pt-BR", "austrian": "de-AT", "naustrian": "de-AT",
    "swissgerman": "de-CH", "nswissgerman": "de-CH", "canadien": "fr-CA", "mexican": "es-MX", "nynorsk": "nn",
}  # fmt: skip
_DASH = re.compile(r"\s*(?:-{1,3}|[–—‐−])\s*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PREPRINTS = {
    "arxiv": ("arXiv", "https://arxiv.org/abs/"),
    "jstor": ("", "https://www.jstor.org/stable/"),
    "hdl": ("", "https://hdl.handle.net/"),
    "pubmed": ("", "https://pubmed.ncbi.nlm.nih.gov/"),
}
# What `to_item` asks for in most entries.
_NO_FIELDS = dict.fromkeys(
    """address annotation archiveprefix booktitle chapter date day doi dor edition eid entrysubtype eprint eprinttype
    eventdate howpublished hyphenation institution issue journal journaltitle langid language lastaccessed lastchecked
    location maintitle month number organization origdate pages publisher pubstate school series solaryear subtitle
    title titleaddon type url urldate version year booksubtitle journalsubtitle mainsubtitle""".split(),
    "",
)


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """The entries as a CSL-JSON array, one item per entry and line, in order."""
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    opened = False
    for entry in entries:
        yield f"{',' if opened else '['}\n{encode(to_item(entry))}"
        opened = True
    yield "\n]\n" if opened else "[]\n"


def to_item(entry: Entry) -> Item:
    """The CSL-JSON item of an entry; `id` is the citation key, rich text as `<i>` and its kin."""
    fields = {field.name: field.value for field in reversed(entry.fields)}
    get = defaultdict(str, _NO_FIELDS | fields).__getitem__  # quicker than looking through them some sixty times
    kind = _item_type(entry.type, get)
    item: Item = {"id": entry.key, "type": kind}
    _add_names(item, fields)
    _add_titles(item, get, kind, entry.type)
    for name, value in fields.items():
        if name in MARKUP:
            item.setdefault(MARKUP[name], to_markup(value))
        elif name in PLAIN:
            item.setdefault(PLAIN[name], to_text(value))
    _add_dates(item, get)
    _add_numbers(item, get, kind)
    _add_publisher(item, get)
    _add_links(item, get, kind)
    item["language"] = _language_tag(get)
    _add_genre(item, get, entry.type)
    _add_custom(item, get)
    return {name: value for name, value in item.items() if value or name == "id"}


def item_type(entry: Entry) -> str:
    """The CSL type: from `entrysubtype` when it names one, otherwise from the entry type."""
    return _item_type(entry.type, entry.get)


def _item_type(entry_type: str, get: Get) -> str:
    subtype = to_text(get("entrysubtype")).strip().lower().replace(" ", "-")
    if subtype in _SUBTYPES or subtype in CSL_TYPES:
        return _SUBTYPES.get(subtype, subtype)
    if entry_type == "inbook" and not get("booktitle") and not _named_chapter(get):
        return "book"  # BibTeX's own @inbook: the title is that of the book
    if entry_type == "article" and _is_preprint(get):
        return "article"
    if entry_type in ITEM_TYPES:
        return ITEM_TYPES[entry_type]
    return "webpage" if _LINK.search(get("url") + get("howpublished")) else "document"


def _named_chapter(get: Get) -> str:
    """The chapter of BibTeX's @inbook when it is a title and not a number."""
    chapter = "" if get("booktitle") else to_markup(get("chapter"))
    return chapter if re.search(r"[^\W\d_]{4}", chapter) else ""


def _is_preprint(get: Get) -> bool:
    journal = get("journal") or get("journaltitle")
    return bool(_ARXIV_JOURNAL.fullmatch(to_text(journal)) if journal else get("eprint"))


def language_tag(entry: Entry) -> str:
    """The language of an entry as a BCP 47 tag, empty when it has none or an unknown one."""
    return _language_tag(entry.get)


def _language_tag(get: Get) -> str:
    several = " and " in get("language")  # then the title's own is the one that it is hyphenated in
    for name in ("langid", "hyphenation", "language") if several else ("language", "langid", "hyphenation"):
        value = to_text(get(name)).strip().removeprefix("lang")
        if value.lower() in _REGIONS:
            return _REGIONS[value.lower()]
        if not value:
            continue
        if found := languages.by_any(re.split(r"\s*(?:,|;|\band\b)\s*", value)[0]):
            return value.replace("_", "-") if _TAG.fullmatch(value) and "-" in value else found.code
    return ""


def _add_names(item: Item, fields: Mapping[str, str]) -> None:
    for name in _NAME_FIELDS:
        if name in fields and (value := fields[name]):
            if name in NAMES:
                item[NAMES[name]] = _names(value)
            elif role := _editor_role(name, fields):
                item.setdefault(role, _names(value))
    if "useprefix=false" in fields.get("options", "").replace(" ", ""):
        for person in item.get("author", ()):
            if particle := person.pop("non-dropping-particle", ""):
                person["dropping-particle"] = particle


def _editor_role(name: str, fields: Mapping[str, str]) -> str:
    role = to_text(fields.get(f"{name}type", "")).strip()
    return _EDITOR_ROLES.get(role, "editor" if name == "editor" else "")


def _names(value: str) -> list[dict[str, str]]:
    names = parse_names(value)
    if may_hold_latex(value):
        return list(map(csl_name, names))
    return [{part: text for part, text in zip(_NAME_PARTS, name, strict=True) if text} for name in names]


def csl_name(name: Name) -> dict[str, str]:
    """A name as CSL-JSON, LaTeX undone; `and others` is the literal "others"."""
    return {part: to_text(value) for part, value in zip(_NAME_PARTS, name, strict=True) if value}


def _joined(get: Get, title: str, subtitle: str) -> str:
    first, second = get(title), get(subtitle)
    if not (first and second):
        return to_markup(first or second)
    first = to_markup(first)
    return f"{first}{' ' if first.endswith(('?', '!', ':', '.')) else ': '}{to_markup(second)}"


def _add_titles(item: Item, get: Get, kind: str, entry_type: str) -> None:
    """Title and container-title; a `maintitle` is the title of the whole of which this is a volume."""
    title = _joined(get, "title", "subtitle")
    if addon := to_markup(get("titleaddon")):
        title = f"{title}{'' if title.endswith(('?', '!', '.')) else '.'} {addon}" if title else addon
    main = _joined(get, "maintitle", "mainsubtitle")
    journal = _joined(get, "journaltitle", "journalsubtitle") or to_markup(get("journal"))
    book = _joined(get, "booktitle", "booksubtitle")
    if entry_type == "inbook" and (chapter := _named_chapter(get)):
        title, book = chapter, title
    if kind == "article" and _ARXIV_JOURNAL.fullmatch(journal):
        journal = ""
    if main and kind in _PARTS_OF_BOOKS:
        item["volume-title"], book = book, main
    elif main:
        item["volume-title"], title = title, main
    item["title"] = title
    item["container-title"] = (book or journal) if kind in _PARTS_OF_BOOKS else (journal or book)
    if not item["container-title"] and kind in _PUBLISHED_ON_SITES and entry_type not in ("techreport", "report"):
        item["container-title"] = _site(get)


def _site(get: Get) -> str:
    value = get("howpublished")
    return "" if _LINK.search(value) else to_markup(value)


def _add_dates(item: Item, get: Get) -> None:
    status, printed = to_text(get("pubstate")), to_text(get("date") or get("year"))
    if not printed.isdecimal() and _STATUS.fullmatch(printed):
        status = status or printed
    elif printed and (date := issued(get)):
        item["issued"] = date
    item["status"] = _STATUS_WORDS.get(status, status)
    accessed = get("urldate") or get("lastchecked") or get("lastaccessed")
    for value, variable in (
        (accessed, "accessed"),
        (get("eventdate"), "event-date"),
        (get("origdate"), "original-date"),
    ):
        if value:
            item[variable] = any_date(to_verbatim(value))


def _add_numbers(item: Item, get: Get, kind: str) -> None:
    number, issue, eid = (to_text(get(name)) for name in ("number", "issue", "eid"))
    if kind in SERIALS:
        item["issue"] = f"{number}, {issue}" if number and issue and number != issue else number or issue
    elif get("series") and kind not in ("report", "patent", "standard"):
        item["collection-number"], item["issue"] = number, issue
    else:
        item["number"], item["issue"] = number, issue
    item["page"] = pages(get("pages"))
    if eid:
        item["number"] = item.get("number") or eid
        item["page"] = item["page"] or eid
    item["edition"] = edition(to_text(get("edition")))
    if get("chapter") and not _named_chapter(get):
        item["chapter-number"] = to_text(get("chapter"))
    if version := to_text(get("version")):
        item["version"] = re.sub(r"^[vV](?=[0-9])", "", version)
    if series := _SERIES_WORDS.get(item.get("collection-title", "")):
        item["collection-title"] = series


def pages(value: str) -> str:
    """A page field as CSL writes it: "12-34", "1, 5-7", every dash a hyphen."""
    return _DASH.sub("-", to_text(value.replace("--", "-"))) if value else ""


def edition(text: str) -> str:
    """An edition as a number when it is one ("Second", "2nd ed." -> "2"), otherwise as it is."""
    if not text:
        return ""
    if match := _EDITION.fullmatch(text.strip()):
        return match[1]
    word = re.sub(r"\s+(?:ed\.?|edn\.?|edition)$", "", text.strip(), flags=re.IGNORECASE).lower()
    return str(_ORDINALS.index(word) + 1) if word in _ORDINALS else text


_PUBLISHERS = ("school", "institution", "publisher", "organization")


def _add_publisher(item: Item, get: Get) -> None:
    values = [to_text(value) for value in map(get, _PUBLISHERS) if value]
    published = get("howpublished")
    if published and not _LINK.search(published) and to_markup(published) != item.get("container-title"):
        values.append(to_text(published))
    item["publisher"] = values[0] if len(values) == 1 else "; ".join(dict.fromkeys(filter(None, values)))
    place = to_text(get("address") or get("location"))
    if "country" in place:
        place = re.sub(r"\bcountry([a-z]{2})\b", lambda match: match[1].upper(), place)
    item["publisher-place"] = place


def _add_links(item: Item, get: Get, kind: str) -> None:
    if doi := to_verbatim(get("doi")):
        item["DOI"] = normalise_doi(doi) or doi
    link = get("url") or (get("howpublished") if _LINK.search(get("howpublished")) else "")
    item["URL"] = to_verbatim(link)
    eprint, scheme = to_verbatim(get("eprint")), to_text(get("eprinttype") or get("archiveprefix")).lower()
    if match := _ARXIV_JOURNAL.fullmatch(to_text(get("journal"))) if kind == "article" else None:
        eprint, scheme = eprint or match[1], "arxiv"
    if eprint and scheme in _PREPRINTS:
        archive, address = _PREPRINTS[scheme]
        item["URL"] = item["URL"] or address + eprint
        if archive and kind == "article":
            item["number"] = item.get("number") or f"{archive}:{eprint}"
            item["publisher"] = item.get("publisher") or archive


def _add_genre(item: Item, get: Get, entry_type: str) -> None:
    word = to_text(get("type"))
    word = _TYPE_WORDS.get(word, word)
    if not word and entry_type in THESES:
        word = entry_type
    if word in THESES:
        word = THESES[word][item["language"].startswith("fa")]
    item["genre"] = word


def _add_custom(item: Item, get: Get) -> None:
    if get("dor") or get("solaryear"):
        custom = {"dor": to_verbatim(get("dor")), "solar-year": to_text(get("solaryear"))}
        item["custom"] = {name: value for name, value in custom.items() if value}
