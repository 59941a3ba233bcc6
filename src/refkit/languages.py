"""Languages by tag, name and script.

Codes are BCP 47, babel names those of the LaTeX package babel (biblatex's `langid`).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_TABLE = """
ar arabic Arabic|العربية|عربي|عربی
az azerbaijani Azerbaijani|Azeri
be belarusian Belarusian
bg bulgarian Bulgarian|български
bn bengali Bengali
bs bosnian Bosnian
ca catalan Catalan|català
ckb sorani Sorani|Kurdish|Central Kurdish
cs czech Czech|čeština
da danish Danish|dansk
de german German|Deutsch
el greek Greek|Ελληνικά
en english English
es spanish Spanish|Castilian|español
et estonian Estonian
eu basque Basque
fa persian Persian|Farsi|Parsi|Dari|فارسی|فارسي
fi finnish Finnish|suomi
fr french French|français
he hebrew Hebrew|עברית
hi hindi Hindi
hr croatian Croatian|hrvatski
hu magyar Hungarian|Magyar
hy armenian Armenian
id indonesian Indonesian
is icelandic Icelandic
it italian Italian|italiano
ja japanese Japanese|日本語
ka georgian Georgian
kk kazakh Kazakh
ko korean Korean|한국어
la latin Latin
lt lithuanian Lithuanian
lv latvian Latvian
mk macedonian Macedonian
ms malay Malay
nl dutch Dutch|Nederlands
no norwegian Norwegian|norsk
pl polish Polish|polski
ps pashto Pashto
pt portuguese Portuguese|português
ro romanian Romanian|română
ru russian Russian|русский
sk slovak Slovak
sl slovenian Slovenian|Slovene
sq albanian Albanian
sr serbian Serbian|српски
sv swedish Swedish|svenska
tg tajik Tajik
th thai Thai
tk turkmen Turkmen
tr turkish Turkish|Türkçe
uk ukrainian Ukrainian|українська
ur urdu Urdu|اردو
uz uzbek Uzbek
vi vietnamese Vietnamese
zh chinese Chinese|Mandarin|中文
"""
_BABEL_ALIASES = {
    "american": "en", "usenglish": "en", "british": "en", "ukenglish": "en", "australian": "en", "canadian": "en",
    "ngerman": "de", "austrian": "de", "naustrian": "de", "swissgerman": "de", "nswissgerman": "de",
    "francais": "fr", "frenchb": "fr", "canadien": "fr", "acadian": "fr",
    "portuges": "pt", "brazil": "pt", "brazilian": "pt", "hungarian": "hu", "farsi": "fa", "nynorsk": "no",
    "bahasa": "id",
    "polutonikogreek": "el", "ancientgreek": "el", "slovene": "sl", "mexican": "es", "serbianc": "sr",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """A language: BCP 47 code, babel name, and the names people print, English first."""

    code: str
    babel: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The English name."""
        return self.names[0]


def _read_table() -> tuple[Language, ...]:
    rows = (line.split(" ", 2) for line in _TABLE.strip().splitlines())
    return tuple(Language(code, babel, tuple(names.split("|"))) for code, babel, names in rows)


LANGUAGES = _read_table()
_BY_CODE = {language.code: language for language in LANGUAGES}
_BY_NAME = {name.casefold(): language for language in LANGUAGES for name in language.names}
_BY_BABEL = {language.babel: language for language in LANGUAGES} | {
    alias: _BY_CODE[code] for alias, code in _BABEL_ALIASES.items()
}


def by_name(name: str) -> Language | None:
    """The language of that printed name, in English or in itself."""
    return _BY_NAME.get(name.strip().casefold())


def by_code(code: str) -> Language | None:
    """The language of a BCP 47 code; region and script are ignored."""
    return _BY_CODE.get(re.split(r"[-_]", code.strip().casefold())[0])


def by_babel(name: str) -> Language | None:
    """The language of a babel or polyglossia name, dialects folded."""
    return _BY_BABEL.get(name.strip().casefold())


def by_any(text: str) -> Language | None:
    """The language meant by a `language` or `langid` field: name, babel name or code."""
    return by_name(text) or by_babel(text) or by_code(text)


@cache
def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    return name.split(" ", 1)[0].split("-")[0]


def scripts(text: str) -> dict[str, int]:
    """How many letters of each script (`LATIN`, `CYRILLIC`, `ARABIC`, `CJK` …) the text holds."""
    counts: dict[str, int] = {}
    if text.isascii():
        letters = sum(map(str.isalpha, text))
        return {"LATIN": letters} if letters else counts
    for character in text:
        if character.isalpha():
            script = _script(character)
            counts[script] = counts.get(script, 0) + 1
    return counts


def main_script(text: str) -> str | None:
    """The script of most letters of the text, None without letters."""
    counts = scripts(text)
    return max(counts, key=counts.__getitem__) if counts else None


_ARABIC_SCRIPT_MARKS = (("ckb", "ێۆڕڵ"), ("ur", "ٹڈڑںے"), ("fa", "پچژگیک"), ("ar", "ةأإىي"))
_CYRILLIC_MARKS = (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђјљњћџ"), ("kk", "әғқңөұүһ"), ("ru", "ыэёъ"))


_FIRST_NOT_LATIN = "\u0370"  # Greek; before it stand Latin letters, their accents and phonetic signs


def guess(text: str) -> str | None:
    """The language that the script of the text gives away (fa, ar, ur, ckb, ru, uk, el, he, ja, ko, zh …).

    None for Latin letters, whose language cannot be told from a title, and where the script leaves it open.
    """
    if text.isascii() or max(text) < _FIRST_NOT_LATIN:
        return None
    script = main_script(text)
    if script == "ARABIC":
        return _marked(text, _ARABIC_SCRIPT_MARKS, "fa")
    if script == "CYRILLIC":
        return _marked(text.casefold(), _CYRILLIC_MARKS, "ru")
    simple = {"GREEK": "el", "HEBREW": "he", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "GEORGIAN": "ka",
              "ARMENIAN": "hy", "THAI": "th", "DEVANAGARI": "hi"}  # fmt: skip
    if script == "CJK":
        return "ja" if {"HIRAGANA", "KATAKANA"} & scripts(text).keys() else "zh"
    return simple.get(script or "")


def _marked(text: str, marks: tuple[tuple[str, str], ...], default: str) -> str:
    for code, letters in marks:
        if any(letter in text for letter in letters):
            return code
    return default
