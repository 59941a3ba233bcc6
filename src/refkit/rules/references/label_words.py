"""The words of labels: what introduces a link, an access date, a volume, a language; right and misspelt.

The lists are our own. A misspelling is found by its distance from the right word, and only where a label can stand.
"""

from functools import lru_cache

from refkit.dates import MONTHS
from refkit.languages import LANGUAGES, by_name
from refkit.text import near

_LINK_WORDS = ("available", "retrieved", "accessed", "accessible", "obtained", "downloaded")
_OTHER_LINK_WORDS = frozenset(
    "online url link source see web website doi via abrufbar verfügbar zugänglich disponible disponibile accessibile "
    "disponível beschikbaar dostupné tillgänglig erişim".split()
)
_ACCESS_WORDS = ("accessed", "retrieved", "visited", "viewed", "consulted", "downloaded")
_OTHER_ACCESS_WORDS = frozenset(
    "cited abgerufen zugriff aufgerufen consulté consultato consultado acessado geraadpleegt access".split()
)
_PREPOSITION_SLIPS = {
    "form": "from", "fron": "from", "fom": "from", "ta": "at", "no": "on", "onn": "on", "ot": "at", "att": "at",
    "om": "on",
}  # fmt: skip
LABEL_KINDS = {
    **dict.fromkeys(("vol", "vols", "volume", "volumes", "v"), "volume"),
    **dict.fromkeys(("no", "nos", "number", "numbers", "issue", "issues", "iss"), "issue"),
    **dict.fromkeys(("p", "pp", "page", "pages", "p. p"), "pages"),
}
FOREIGN_LABEL_KINDS = {
    **dict.fromkeys(("bd", "band", "jg", "jahrgang", "tome", "tomo", "band"), "volume"),
    **dict.fromkeys(("nr", "heft", "num", "núm", "nº", "n°", "fasc"), "issue"),
    **dict.fromkeys(("s", "seite", "seiten", "pág", "págs", "pg", "pgs", "str"), "pages"),
}
_NUMBER_SLIPS = {
    **dict.fromkeys(("vo", "vl", "voll", "vool", "vlo", "volu", "vil", "bol", "vol1", "cvol", "vpl", "vok"), "volume"),
    **dict.fromkeys(("noo", "nu", "nub", "mo", "ni"), "issue"),
    **dict.fromkeys(("ppp", "ppg", "pps", "po", "ppl", "pag", "op"), "pages"),
}
_NUMBER_WORDS = ("volume", "number", "issue", "pages")
_KIND_OF_WORD = {"volume": "volume", "number": "issue", "issue": "issue", "pages": "pages"}
_NOT_LABELS = frozenset(
    "part report paper chapter book series section article art ch cap years year age act phase group type level case "
    "june july april may march august october unit map no image images passages voices sages".split()
) | frozenset(MONTHS)
MONTH_WORDS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
STATUS = (
    r"forthcoming|in\s?press|n\.\s?d\.?|nd|no date|accepted|under review|submitted|to appear|in preparation|"
    r"unpublished|im druck|im erscheinen|o\.\s?j\.|s\.\s?d\.|s\.\s?a\.|à paraître|en prensa|in corso di stampa|"
    r"в печати|б\.\s?г\.|زیر چاپ|در دست چاپ|بی[‌ ]?تا"
)
LANGUAGE_LEADS = frozenset("in im text article original auf en ın به n on is".split())
MISSPELT_LANGUAGES = frozenset(
    "persain presian persian persina perisan persan farsy fasri arabi arabix russain rusian russin ruissian englsh "
    "englich germna germn frensh spansih turkis turksih".split()
)
_LANGUAGE_NAMES = tuple(
    sorted({name.casefold() for language in LANGUAGES for name in language.names if name.isascii() and len(name) > 4})
)


@lru_cache(maxsize=2048)
def access_word(word: str) -> str | None:
    """The access word meant by `word` ("accessed" for "Acessed"), None when it is none."""
    small = word.casefold()
    if small in _ACCESS_WORDS or small in _OTHER_ACCESS_WORDS:
        return small
    return _meant(small, _ACCESS_WORDS)


@lru_cache(maxsize=2048)
def link_word(word: str) -> str | None:
    """The word meant by `word` that introduces a link ("available" for "Avaliable"), None when it is none."""
    small = word.casefold()
    if small in _LINK_WORDS or small in _OTHER_LINK_WORDS:
        return small
    return _meant(small, _LINK_WORDS)


def _meant(small: str, words: tuple[str, ...]) -> str | None:
    if len(small) < 6 or small[0] not in {word[0] for word in words} | {"v"}:
        return None
    return near(small, words, 2)


def right_preposition(word: str) -> str:
    """The preposition meant by the second word of a label, such as "from" for "form"; else the word itself."""
    return _PREPOSITION_SLIPS.get(word.casefold(), word)


@lru_cache(maxsize=2048)
def number_label(word: str) -> str | None:
    """The kind of number a word that is no right English label was meant for: volume, issue, pages or None."""
    small = word.casefold()
    if small in FOREIGN_LABEL_KINDS or small in _NUMBER_SLIPS:
        return FOREIGN_LABEL_KINDS.get(small) or _NUMBER_SLIPS[small]
    if small in _NOT_LABELS or len(small) < 4:
        return None
    meant = near(small, _NUMBER_WORDS, 1 if len(small) < 6 else 2)
    return _KIND_OF_WORD[meant] if meant else None


@lru_cache(maxsize=1024)
def language_meant(word: str) -> str | None:
    """The English name of the language that `word` is or was meant to be, None when it is none."""
    language = by_name(word)
    if language:
        return language.name
    small = word.casefold()
    if len(small) < 6:
        return None
    found = near(small, _LANGUAGE_NAMES, 2 if len(small) > 6 else 1)
    language = by_name(found) if found else None
    return language.name if language else None
