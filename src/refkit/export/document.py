"""What is rendered: items, the locale of the list and of each item, the script of each entry."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from refkit import languages
from refkit.csl import BibliographyEntry, Processor, Style, compile_style
from refkit.csl.locale import PRIMARY
from refkit.csl.styles import locale_names, open_locale, open_style
from refkit.errors import StyleError
from refkit.export.inherit import with_inherited
from refkit.export.marks import Setting, set_tokens, with_note
from refkit.export.pages import Line
from refkit.export.rendering import Rendering
from refkit.formats.csl_json import Item, to_item
from refkit.latex import strip_markup
from refkit.model import Entry

_ARABIC_SCRIPT = ("fa", "ar", "ur", "ps")
_NOT_LATIN = frozenset("ar be bg ckb el fa he hi hy ja ka kk ko mk ps ru sr tg th uk ur zh".split())
# Small words that tell an English translation from a title in Latin transcription.
_ENGLISH = re.compile(r"\b(?:the|of|and|on|for|with|from|its|between|towards?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """What is rendered: the items under ids of their own, the style's XML, the locale of the list and of each item."""

    style_xml: str | bytes
    locale: str
    in_file_order: bool
    items: tuple[Item, ...]
    keys: dict[str, str]
    tags: dict[str, str]
    notes: dict[str, str]
    rtl: frozenset[str]
    item_locales: dict[str, str]

    @classmethod
    def of(cls, entries: Sequence[Entry], rendering: Rendering) -> "Document":
        """The document of these entries. Raises StyleError when there is no such style or locale."""
        file = open_style(rendering.style)
        locale = _known_locale(rendering.locale) if rendering.locale else file.locale or "en-US"
        items = [to_item(entry) for entry in with_inherited(entries)]
        keys = _give_ids(items)
        scripts = {item["id"]: languages.main_script(_text(item)) for item in items}
        tags = {item["id"]: _tag(item, scripts[item["id"]]) for item in items}
        notes = _language_notes(items, tags) if rendering.language_notes else {}
        for item in items:
            if tags[item["id"]]:
                item["language"] = tags[item["id"]]  # so that styles treat a translated title as what it is
        locales = {id: found for id, tag in tags.items() if (found := find_locale(tag))}
        for item in items:
            shown_in = locales.get(item["id"], locale) if rendering.locale_per_item else locale
            if shown_in.startswith("fa") and tags[item["id"]].startswith("fa"):
                _use_solar_year(item)
        rtl = frozenset(id for id, script in scripts.items() if script in ("ARABIC", "HEBREW"))
        return cls(file.xml, locale, rendering.sort == "file", tuple(items), keys, tags, notes, rtl, locales)

    def processor(self, locale: str) -> Processor:
        """A processor of all items in one locale."""
        style = compile_style(self.style_xml, open_locale, locale)
        return Processor(_unsorted(style) if self.in_file_order else style, self.items, links=True)

    def line(self, entry: BibliographyEntry, rendering: Rendering) -> Line:
        """A rendered entry with its key, language and direction, set in the marks of its script."""
        right_to_left = entry.id in self.rtl
        own = self.item_locales.get(entry.id, "") if rendering.locale_per_item else self.locale
        persian = rendering.digits == "persian"
        setting = Setting(
            marks=right_to_left and own[:2] in _ARABIC_SCRIPT,
            digits=right_to_left and persian,
            number_digits=persian and self.locale[:2] in _ARABIC_SCRIPT,
        )
        language = self.tags[entry.id] or ("und" if right_to_left or self.locale[:2] in _NOT_LATIN else self.locale)
        tokens = set_tokens(entry.tokens, setting)
        if note := self.notes.get(entry.id):
            tokens = with_note(tuple(tokens), note)
        return Line(self.keys[entry.id], language, right_to_left, tuple(tokens))


@lru_cache
def find_locale(tag: str) -> str | None:
    """The packaged locale for a language tag: itself, or the main dialect of its language."""
    plain = tag.replace("_", "-").lower()
    by_name = {name.lower(): name for name in locale_names()} if plain else {}
    return by_name.get(plain) or by_name.get(PRIMARY.get(plain.partition("-")[0], "").lower())


def _known_locale(name: str) -> str:
    found = find_locale(name)
    if found is None:
        known = ", ".join(locale_names())
        raise StyleError(f"no locale is called {name!r}; use one of: {known}")
    return found


def _give_ids(items: list[Item]) -> dict[str, str]:
    """Make the ids unique, so that two entries under one key are both printed; gives the key of each id."""
    keys: dict[str, str] = {}
    for number, item in enumerate(items):
        key = str(item.get("id", ""))
        id = key if key and key not in keys else f"{key}#{number}"
        item["id"], keys[id] = id, key
    return keys


def _text(item: Item) -> str:
    return strip_markup(str(item.get("title") or item.get("container-title") or item.get("publisher") or ""))


def _tag(item: Item, script: str | None) -> str:
    """The language of the printed text: a work in Persian whose title is given in English is set as English."""
    tag, text = str(item.get("language", "")), _text(item)
    if not tag:
        return languages.guess(text) or ""
    if script != "LATIN" or tag.partition("-")[0] not in _NOT_LATIN:
        return tag
    return "en" if _ENGLISH.search(text) else f"{tag}-Latn"


def _language_notes(items: Iterable[Item], tags: Mapping[str, str]) -> dict[str, str]:
    """The note of each work whose title is not printed in its own script."""
    found = ((item, languages.by_code(str(item.get("language", "")))) for item in items)
    return {
        item["id"]: f"[In {language.name}]"
        for item, language in found
        if language and language.code in _NOT_LATIN and tags[item["id"]] != item["language"]
    }


def _use_solar_year(item: Item) -> None:
    year = str(item.get("custom", {}).get("solar-year", ""))
    if re.fullmatch("[0-9]{4}", year):
        item["issued"] = {"date-parts": [[int(year)]]}


def _unsorted(style: Style) -> Style:
    return replace(style, bibliography=replace(style.bibliography, sort=())) if style.bibliography else style
