"""RK8 in a store: language, calendar and script of the values."""

import re
from collections.abc import Iterator

from refkit.dates import ascii_digits, gregorian_year, is_solar
from refkit.languages import Language, by_any, by_name, main_script
from refkit.model import Bibliography, Edit, Entry, Field, Finding, Safety, Severity
from refkit.regex import regex
from refkit.rules import check, in_field, is_literal, rule
from refkit.rules.context import Context, addition

_NUMBERS = frozenset("year date volume number pages month urldate issue day solaryear isbn issn doi".split())
_NAMES = frozenset("author editor translator bookauthor".split())
_UNTOUCHED = frozenset("url file keywords abstract doi key crossref".split())


@rule("RK803", "language-unclear", Severity.WARNING, fix=Safety.SAFE, fields=("title", "note"))
def language_unclear(entry: Entry, context: Context) -> Iterator[Finding]:
    """The language named in the text, the field `langid` and the script of the title do not agree.

    Why: `langid` decides hyphenation, quotation marks and the words between the fields.
    Bad: `title = {On trees [In Persian]}`
    Good: `title = {On trees [In Persian]}, langid = {persian}`
    """
    langid = entry.field("langid") or entry.field("hyphenation")
    for name in ("title", "note", "titleaddon"):
        field = entry.field(name)
        named = _tagged(field) if field else None
        if field and named:
            yield from _tag_against_langid(entry, field, named, langid, context)
    title = entry.field("title")
    stated = by_any(langid.value) if langid else None
    if title and langid and stated and not title.value.isascii():
        script = main_script(title.value)
        if script in _SCRIPT_LANGUAGES and stated.code not in _SCRIPT_LANGUAGES[script]:
            message = f"langid is {langid.value}, but the title is in {script.title()} script"
            yield in_field(entry, langid, "RK803", message)


_SCRIPT_LANGUAGES = {
    "ARABIC": frozenset(("fa", "ar", "ur", "ckb", "ps", "az", "tg", "uz", "tr", "kk", "tk")),
    "CYRILLIC": frozenset(("ru", "uk", "be", "bg", "sr", "mk", "kk", "tg", "uz", "az", "bs", "tk", "ro")),
    "GREEK": frozenset(("el",)),
    "HEBREW": frozenset(("he",)),
    "HANGUL": frozenset(("ko",)),
}
_TAG = regex(r"[\[(]\s{0,3}(?:text\s|article\s)?in\s{1,3}([^\W\d_]{4,12})\s{0,3}[\])]", re.IGNORECASE)
_NOTE = regex(r"(?:text |article |original )?in ([^\W\d_]{4,12})(?=\s{0,3}(?:[.,;:]|$))", re.IGNORECASE)


def _tagged(field: Field) -> Language | None:
    """The language that a tag names, also when the tag is malformed."""
    match = _TAG.search(field.value) or (_NOTE.match(field.value.strip()) if field.name == "note" else None)
    if match and (language := by_name(match[1])):
        return language
    like = _TAG_LIKE.search(field.value)
    return by_name(_language_of(like[3])) if like else None


def _tag_against_langid(
    entry: Entry, field: Field, named: Language, langid: Field | None, context: Context
) -> Iterator[Finding]:
    stated = by_any(langid.value) if langid else None
    if langid is None and not entry.field("language"):
        also = (addition(field, "langid", named.babel, context.text),) if field.start >= 0 and context.text else ()
        usual = context.dialect == "bibtex" and "[" not in field.value
        severity = Severity.INFO if usual else Severity.WARNING
        message = f"the text is in {named.name}, but there is no langid"
        yield in_field(entry, field, "RK803", message, also=also, severity=severity)
    elif langid and stated and stated.code != named.code:
        yield in_field(entry, langid, "RK803", f"langid is {langid.value}, but the {field.name} says {named.name}")


_LABELLED = ("note", "howpublished", "addendum", "annote")


@check("RK801", fields=_LABELLED)
def typo_in_note(entry: Entry, context: Context) -> Iterator[Finding]:
    """A misspelt label of a link or an access date in a note."""
    for field in entry.fields:
        if field.name not in _LABELLED:
            continue
        for match in _LABEL.finditer(field.value):
            meant = _label_meant(match[1])
            if meant:
                message = f"“{match[1]}” is a misspelling of “{meant}”."
                yield in_field(entry, field, "RK801", message, (*match.span(1), meant), at=match.span(1))


_LABEL = regex(
    r"(?<![^\W_])([A-Za-z]{6,12})(?=:|\s{1,3}(?:at|from|on|form|fron|online)(?![^\W_])|\s{1,3}[0-9]|\s{1,3}(?:https?:|\\url))"
)
_OTHER_WORDS = frozenset(
    "assessed received reviewed revised reviews related relieved visible valuable accepted".split()
)


def _label_meant(word: str) -> str:
    from refkit.rules.references.label_words import access_word, link_word

    small = word.lower()
    meant = (link_word(word) or access_word(word) or small) if small not in _OTHER_WORDS else small
    if meant == small:
        return ""
    return meant.capitalize() if word[0].isupper() else meant


@check("RK802", fields=("title", "note", "titleaddon"))
def language_tag_in_field(entry: Entry, context: Context) -> Iterator[Finding]:
    """A language tag that is misspelt, in capitals, or whose brackets are the wrong way round."""
    for name in ("title", "note", "titleaddon"):
        field = entry.field(name)
        match = _TAG_LIKE.search(field.value) if field else None
        wanted = _wanted_tag(match) if match else ""
        if field and match and wanted:
            message = f"Language tag “{match[0]}” is malformed: “{wanted}”."
            yield in_field(entry, field, "RK802", message, (*match.span(), wanted), at=match.span())


_TAG_LIKE = regex(
    r"([\[\](){}])\s{0,3}((?:text\s{1,3}|article\s{1,3})?in)\s{1,3}([^\W\d_]{4,14})\s{0,3}([\[\](){}])", re.IGNORECASE
)


def _language_of(printed: str) -> str:
    """The language that a word is, or was meant to be; empty for a country (`Germany` is no slip of German)."""
    from refkit.rules.references.label_words import language_meant

    language, word = language_meant(printed) or "", printed.casefold()
    is_country = word != language.casefold() and (word.startswith(language.casefold()) or word.endswith("ia"))
    return "" if is_country else language


def _wanted_tag(match: re.Match[str]) -> str:
    language = _language_of(match[3])
    if not language:
        return ""
    balanced = match[1] + match[4] in ("[]", "()", "{}")
    misspelt = by_name(match[3]) is None
    shouting = match[3].isupper()
    if balanced and not misspelt and not shouting:
        return ""
    opening, closing = (match[1], match[4]) if balanced else ("[", "]")
    return f"{opening}{match[2].lower() if shouting else match[2]} {language}{closing}"


@rule("RK809", "solar-year-as-gregorian", Severity.ERROR, fix=Safety.UNSAFE, fields=("year", "date"))
def solar_year_as_gregorian(entry: Entry, context: Context) -> Iterator[Finding]:
    """A year of the Solar Hijri calendar stands where a Gregorian year is expected.

    Why: the work is listed among those of the fourteenth century; 1400 began in March 2021.
    Bad: `@article{a, journal = {Geographical Research}, year = {1400}}`
    Good: `@article{a, journal = {Geographical Research}, year = {2021}, solaryear = {1400}}`
    """
    for name in ("year", "date"):
        field = entry.field(name)
        match = re.match("[0-9]{4}(?![0-9])", ascii_digits(field.value).strip()) if field else None
        if field is None or match is None or not is_solar(int(match[0])) or not _is_modern(entry):
            continue
        persian = main_script(entry.get("title")) == "ARABIC"
        year = str(gregorian_year(int(match[0])))
        also: tuple[Edit, ...] = ()
        if context.text and is_literal(field) and not entry.field("solaryear"):
            also = (addition(field, "solaryear", match[0], context.text),)
        edits = [(0, len(field.value), year)] if match[0] == ascii_digits(field.value).strip() else []
        yield in_field(
            entry,
            field,
            "RK809",
            f"{match[0]} is a Solar Hijri year; in the Gregorian calendar {year}, or {int(year) + 1} from January on",
            *edits,
            also=also if edits else (),
            severity=Severity.INFO if persian else Severity.ERROR,
        )


_MODERN = frozenset("journal journaltitle doi volume number publisher isbn issn booktitle url school".split())
_MODERN_TYPES = frozenset("inproceedings conference phdthesis mastersthesis thesis techreport report online".split())


def _is_modern(entry: Entry) -> bool:
    """Whether the entry cannot be of the fourteenth century."""
    return entry.type in _MODERN_TYPES or any(field.name in _MODERN and field.value for field in entry.fields)


@rule("RK811", "arabic-script-defect", Severity.WARNING, fix=Safety.SAFE)
def arabic_script_defect(bibliography: Bibliography, context: Context) -> Iterator[Finding]:
    """Persian text has Arabic letters, digits of another kind, misplaced joiners, or Latin punctuation.

    Why: ی and ي look alike, but are not found, sorted or compared as the same; programs cannot count with ۱۲.
    Bad: `title = {جغرافياي سياسي ایران}`
    Good: `title = {جغرافیای سیاسی ایران}`
    """
    if bibliography.source.text.isascii() or not _ARABIC.search(bibliography.source.text):
        return
    for entry in bibliography.entries:
        for field in entry.fields:
            if not field.value.isascii() and field.name not in _UNTOUCHED:
                yield from _script_defects(entry, field)


_ARABIC = regex("[\u0600-\u06ff]")
_FOREIGN_DIGITS = regex("[۰-۹٠-٩]")
_PERSIAN_ONLY = regex("[پچژگکی]")
_ARABIC_LETTERS = regex("[يىك]")
_LETTERS = {"ي": "ی", "ى": "ی", "ك": "ک"}
_ARABIC_DIGITS = regex("[٠-٩]")
_JOINER = regex("\u200c{2,9}|(?<=[\\s()«»،.])\u200c+|\u200c+(?=[\\s()«»،.]|$)|^\u200c+")
_TATWEEL = regex("(?<!ه)ـ{1,99}(?=\\w)|ـ{1,99}(?=[\u0600-\u06ff])")
_ARABIC_MARKS = regex("[،؛؟]")
_LATIN_MARKS = regex("(?<=[\u0620-\u06d3])\\s?([,;?])(?=\\s|$)")
_MARKS = {"،": ",", "؛": ";", "؟": "?", ",": "،", ";": "؛", "?": "؟"}


def _script_defects(entry: Entry, field: Field) -> Iterator[Finding]:
    defects = list(_digits(field)) if field.name in _NUMBERS else list(_text_defects(entry, field))
    for what, edits in defects:
        if edits:
            yield in_field(entry, field, "RK811", what, *edits, at=edits[0][:2])


_Defect = tuple[str, list[tuple[int, int, str]]]


def _digits(field: Field) -> Iterator[_Defect]:
    edits = [(match.start(), match.end(), ascii_digits(match[0])) for match in _FOREIGN_DIGITS.finditer(field.value)]
    yield f"{field.name} not in ASCII digits: {field.value}", edits


def _text_defects(entry: Entry, field: Field) -> Iterator[_Defect]:
    value = field.value
    script = main_script(value)
    if script == "LATIN" and field.name not in _NAMES:
        marks = [(match.start(), match.end(), _MARKS[match[0]]) for match in _ARABIC_MARKS.finditer(value)]
        yield "punctuation of the Arabic script in Latin text", marks
    if script != "ARABIC":
        return
    if _is_persian(entry, value):
        letters = [(match.start(), match.end(), _LETTERS[match[0]]) for match in _ARABIC_LETTERS.finditer(value)]
        yield "Arabic yeh or kaf in Persian text", letters
        digits = [(match.start(), match.end(), _persian_digit(match[0])) for match in _ARABIC_DIGITS.finditer(value)]
        yield "Arabic digits in Persian text", digits
        if field.name not in _NAMES:
            marks = [(*match.span(1), _MARKS[match[1]]) for match in _LATIN_MARKS.finditer(value)]
            yield "punctuation of the Latin script in Persian text", marks
    joiners = [
        (match.start(), match.end(), "\u200c" if _inside(match, value) else "") for match in _JOINER.finditer(value)
    ]
    yield "zero-width non-joiner doubled or at the edge of a word", joiners
    tatweels = [(match.start(), match.end(), "") for match in _TATWEEL.finditer(value)]
    yield "stretched letters (tatweel)", tatweels


def _is_persian(entry: Entry, value: str) -> bool:
    stated = by_any(entry.get("langid") or entry.get("language"))
    return stated.code == "fa" if stated else _PERSIAN_ONLY.search(value) is not None


def _persian_digit(digit: str) -> str:
    return chr(ord(digit) - ord("٠") + ord("۰"))


def _inside(match: re.Match[str], value: str) -> bool:
    before, after = value[match.start() - 1 : match.start()], value[match.end() : match.end() + 1]
    return before.isalpha() and after.isalpha()
