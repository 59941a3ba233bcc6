"""Terms, date formats and options of a language: locale files, overridden by what the style itself says."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from refkit.csl.xml import Element, parse_xml

LocaleXml = Callable[[str], str | None]

# The dialect that stands for a language given without one (CSL locales, "primary dialects").
PRIMARY = {
    "af": "af-ZA", "ar": "ar", "bg": "bg-BG", "ca": "ca-AD", "cs": "cs-CZ", "cy": "cy-GB", "da": "da-DK",
    "de": "de-DE", "el": "el-GR", "en": "en-US", "es": "es-ES", "et": "et-EE", "eu": "eu", "fa": "fa-IR",
    "fi": "fi-FI", "fr": "fr-FR", "gl": "gl-ES", "he": "he-IL", "hi": "hi-IN", "hr": "hr-HR", "hu": "hu-HU",
    "id": "id-ID", "is": "is-IS", "it": "it-IT", "ja": "ja-JP", "km": "km-KH", "ko": "ko-KR", "la": "la",
    "lt": "lt-LT", "lv": "lv-LV", "mn": "mn-MN", "ms": "ms-MY", "nb": "nb-NO", "nl": "nl-NL", "nn": "nn-NO",
    "pl": "pl-PL", "pt": "pt-PT", "ro": "ro-RO", "ru": "ru-RU", "sk": "sk-SK", "sl": "sl-SI", "sr": "sr-RS",
    "sv": "sv-SE", "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
}  # fmt: skip

_NEXT_FORM = {"verb-short": "verb", "verb": "long", "symbol": "short", "short": "long"}


class Term(NamedTuple):
    """A term in one form; `gender` is set on nouns that ordinals agree with, `match` on last-digit ordinals."""

    single: str
    multiple: str
    gender: str = ""
    match: str = ""


class Locale:
    """What one language says; keys of `terms` are (name, form, gender form)."""

    __slots__ = ("dates", "language", "options", "terms")

    def __init__(self, language: str) -> None:
        self.language = language
        self.terms: dict[tuple[str, str, str], Term] = {}
        self.dates: dict[str, Element] = {}
        self.options: dict[str, str] = {}

    def find(self, name: str, form: str = "long", gender: str = "") -> Term | None:
        """A term, falling back along the forms and to the neuter."""
        while True:
            for wanted in (gender, "") if gender else ("",):
                found = self.terms.get((name, form, wanted))
                if found is not None:
                    return found
            if form not in _NEXT_FORM:
                return None
            form = _NEXT_FORM[form]

    def term(self, name: str, form: str = "long", plural: bool = False, gender: str = "") -> str | None:
        """The text of a term: None when there is no such term, empty when it is defined as empty."""
        found = self.find(name, form, gender)
        if found is None:
            return None
        return found.multiple if plural else found.single

    def text(self, name: str, default: str = "", form: str = "long") -> str:
        """The text of a term, or the default where the locale lacks it."""
        found = self.term(name, form)
        return default if found is None else found

    @property
    def ampersand(self) -> str:
        """The sign for "and", which most languages share."""
        found = self.terms.get(("and", "symbol", ""))
        return found.single if found else "&"

    def flag(self, name: str) -> bool:
        """A style option such as punctuation-in-quote."""
        return self.options.get(name) == "true"


def load_locale(language: str, own: list[Element], locale_xml: LocaleXml) -> Locale:
    """The terms for `language`: en-US, its base dialect and itself, then the style's own `own` elements over them."""
    base = language.partition("-")[0]
    locale = Locale(language)
    for name in _chain(language, base):
        text = locale_xml(name)
        if text:
            root = parse_xml(text, f"locale {name}")
            _forget(locale, root)
            _merge(locale, root)
    for wanted in ("", base, language) if language != base else ("", base):
        for element in own:
            if element.get("xml:lang") == wanted:
                _merge(locale, element)
    return locale


def _chain(language: str, base: str) -> Iterator[str]:
    return iter(dict.fromkeys(("en-US", PRIMARY.get(base, base), language)))


def _forget(locale: Locale, root: Element) -> None:
    """Drop the forms of a less specific language where this one has the term in any form."""
    if not locale.terms:
        return
    named = {element.get("name") for terms in root.all("terms") for element in terms.all("term")}
    for key in [key for key in locale.terms if key[0] in named]:
        del locale.terms[key]


def _merge(locale: Locale, element: Element) -> None:
    for child in element.children:
        if child.tag == "terms":
            _merge_terms(locale, child)
        elif child.tag == "date":
            locale.dates[child.get("form")] = child
        elif child.tag == "style-options":
            locale.options.update(child.attributes)


def _merge_terms(locale: Locale, terms: Element) -> None:
    elements = list(terms.all("term"))
    if any(_is_ordinal(element.get("name")) for element in elements):
        for key in [key for key in locale.terms if _is_ordinal(key[0])]:
            del locale.terms[key]
    for element in elements:
        key = (element.get("name"), element.get("form", "long"), element.get("gender-form"))
        locale.terms[key] = _term(element)


def _is_ordinal(name: str) -> bool:
    return name.startswith("ordinal")


def _text(element: Element) -> str:
    """The text as written; line breaks are layout of the file."""
    text = " ".join(element.text.split()) if "\n" in element.text else element.text
    return text.replace("'", "’") if len(text) > 1 else text


def _term(element: Element) -> Term:
    single, multiple = element.find("single"), element.find("multiple")
    return Term(
        _text(single or element),
        _text(multiple or single or element),
        element.get("gender"),
        element.get("match"),
    )
