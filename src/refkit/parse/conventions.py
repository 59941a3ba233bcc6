"""What some traditions print in a form of their own, claimed before the labeller reads the rest.

Days in figures ("12.3.2004"), numbers of volumes ("2 voll."), articles as lawyers cite them ("4 Harv. L. Rev. 193"),
editors, editions and theses as Romance, German and Russian lists name them, the statement of responsibility and the
medium of GOST. Each is claimed only where it is set off from its surroundings: the same words in a title stay in it.
"""

import re

from refkit.dates import month_number, read_numeric
from refkit.parse.name_forms import FAMILY, PARTICLE
from refkit.parse.patterns import Draft
from refkit.parse.person import CAPITAL
from refkit.regex import regex
from refkit.words import leaning

_DAY_SIGN = regex(r"[0-9](?:[./]\s?(?:19|20)|-[01][0-9]-)")  # most references have none, and it is searched faster
_DAY = regex(
    r"(?<![0-9./-])(?:[0-3]?[0-9]\.\s?[01]?[0-9]\.\s?(?:19|20)[0-9]{2}|[0-3]?[0-9]/[01]?[0-9]/(?:19|20)[0-9]{2}|"
    r"(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?=\s{0,3}(?:[,.;)\]\ue000]|$))"
)
_BEFORE_DAY = regex(r"(?:^|[,(\[–—:;\ue000]|\b(?:vom|am|on|dated|от))\s{0,3}$")
_YEAR = regex(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")
_BEHIND_LINK = regex(r"[^\w]*(?:Stand|Abruf|zuletzt)?[^\w]*")
_BY_INITIALS = rf"(?:{CAPITAL}\. ?){{1,3}}{CAPITAL}[^\W\d_]+(?:-[^\W\d_]+)*"
_BY_PATRONYMIC = rf"{CAPITAL}[^\W\d_]+(?:-[^\W\d_]+)* {CAPITAL}[^\W\d_]+ {CAPITAL}[^\W\d_]+(?:[оеь]вич|[оеи]вна|ична)"
_PERSON = rf"(?:(?:{CAPITAL}\. ?){{1,3}}|{FAMILY} (?:{CAPITAL}\. ?){{0,2}}){PARTICLE}{FAMILY}"
# Signs of which at least one stands in every text with such a form, and the form. Its groups are named after what is
# claimed, "label" after what says so.
_FORMS = (
    (
        ("(",),
        r",\s(?P<volume>[0-9]{1,3})\s"
        r"(?P<container_title>[A-Z][^\s0-9,()]*(?:\s(?:[A-Z&][^\s0-9,()]*|of|the|and|for|on|in)){0,8})\s"
        r"(?P<pages>[0-9]{1,5})(?:,\s(?P<note>[0-9]+(?:[-–][0-9]+)?))?\s\((?:[^()0-9]{0,20}\s)?(?P<date>[0-9]{4})\)",
    ),
    (
        ("Текст", "ресурс", "[Text]", "[Electronic"),
        r"(?P<label>\[(?:Текст|Электронный ресурс|Text|Electronic resource)\]|"
        r"\bТекст : (?:непосредственный|электронный)(?=\s*(?://|[.–—]|$))|"
        r"\bЭлектронный ресурс\b(?=\s*(?://|[.:\]–—]|$)))",
    ),
    (
        (" / ",),
        rf"(?<=\s/\s)(?P<author>{_BY_PATRONYMIC}|{_BY_INITIALS}(?:, {_BY_INITIALS})*+(?:,? \[?(?:и др|et al)\.?\]?)?)"
        r"(?=\s*(?://|[–—;]|\.\s|\.?-|$))",
    ),
    (
        ("ред",),
        r"(?:^|[/;.,:]\s{0,3})"
        r"(?P<label>[Пп]од\s(?:(?:общ|науч)\.\s)?ред(?:\.|акцией)|(?:[Оо]тв|[Гг]л|[Нн]ауч)\.\sред\.)\s"
        rf"(?P<editor>{_BY_INITIALS}(?:(?:,|\sи)\s{_BY_INITIALS})*+)",
    ),
    (
        ("cura di", "c. di", "ited by", "ed. by", "rsg. v", "erausgegeben von"),
        r"(?:(?<=[,.:]\s)|(?<=\())(?P<label>[aA] (?:cura|c\.) di|[Ee]d(?:ited|\.) by|[Hh]rsg\. v(?:on|\.)|"
        r"[Hh]erausgegeben von)\s"
        rf"(?P<editor>{_PERSON}(?:(?:,\s{_PERSON})*,? (?:e|and|und|et|&) {_PERSON}|\s?/\s?{_PERSON})*)(?=\s?[.,;:)])",
    ),
    (
        (" (trans",),
        rf"(?<=[.,]\s)(?P<translator>{_PERSON}(?:,? (?:and|&) {_PERSON})*+)\s(?P<label>\(trans\.?\))",
    ),
    (
        (", ed. ", ", eds. ", ", Hrsg. ", ", Hg. "),
        r"(?<=[^\d],\s)(?P<label>(?:eds?|Hrsg|Hg)\.)\s"
        rf"(?P<editor>{_PERSON}(?:,? (?:and|&|und) {_PERSON})*+)(?=\s?[.,;:()])",
    ),
    (
        ("Suppl",),
        r"(?<=[;\s])(?P<volume>[0-9]{1,4})\s?\(?(?P<issue>Suppl(?:\.|ement)?(?:\s[0-9A-Z]{1,3})?)\)?(?=\s?[:,]\s?[S0-9])",
    ),
    (
        (" ed.", " edn", " edition", " ed)"),
        r"(?<=\()(?P<edition>(?:[0-9]{1,2}(?:st|nd|rd|th)|[Rr]ev\.|[Rr]evised)\s(?:rev\.\s|revised\s)?ed(?:ition|n)?\.?)(?=[,;)])",
    ),
    (
        (", ",),
        r"(?P<date>[12](?<=\s[12])(?:(?<=1)9|(?<=2)0)[0-9]{2}),\s(?P<volume>[0-9]{1,4}),\s(?P<pages>[0-9]{1,6}(?:[-–][0-9]+)?)\.?$",
    ),
    (
        ("Trans.",),
        rf"(?<=[.,;:”\"’»]\s)(?P<label>Trans\.)\s(?P<translator>{_PERSON}(?:,? (?:and|&) {_PERSON})*+)(?=\s?[.,;:)])",
    ),
    (
        ("дис", "Дис"),
        r"(?<=[:.]\s)(?P<genre>(?:[Аа]втореф(?:ерат|\.)\s)?[Дд]ис(?:сертация|\.)[^/–—]{0,80}\bнаук)\b",
    ),
    (
        ("thèse", "Thèse", "tesi ", "Tesi ", "tesis", "Tesis"),
        r"(?<=[,.]\s)(?P<genre>(?:[Tt]hèse|[Tt]esis?)(?:\s(?:de|di|en|ès|du)?\s?[^\W\d_]{3,12}){1,3})(?=[,.;])",
    ),
    (
        ("Aufl", "ª ed", "a ed"),
        r"(?:(?<=[.,;:(]\s)|(?<=\())(?P<edition>[0-9]{1,2}\.(?:,?\s[a-zäöüß]+\.?){1,6}\s(?:Auflage|Aufl\.)|"
        r"[0-9]{1,2}\.?[ªa]\sed\.(?:\s[a-záéíóúñ]+){1,4})(?=\s?[.,;:)]|\s[A-Z])",
    ),
    (
        ("t. ", "T. ", "ol. ", "Bd. ", "Band ", "ome ", "Teil "),
        r"(?<=[,.;]\s)(?P<label>(?:[Tt]|[Vv]ol|Bd)\.|[Tt]ome|Band|Teil)\s(?P<volume>[IVXLC]{1,6})(?=[,.:;)]|\s\()",
    ),
    ((" p.", " pp."), r"(?<=,\s)(?P<volume>[IVXLC]{1,6}),\s(?P<issue>[0-9]{1,3})(?=,\s(?:19|20)[0-9]{2},\spp?\.)"),
    (("n°", "nº", "N°"), r"(?<=[,»”]\s)(?P<label>[nN][°º])\s?(?P<issue>[1-9][0-9]{0,3})(?=\s?(?:[,.;:)]|$))"),
    (("année", "anno ", "año"), r"(?<=[,.]\s)(?P<volume>[0-9]{1,3})(?:e|ème|ª|º|°)\s(?P<label>année|anno|año)\b"),
    (
        ("vols", "voll", "volumes", "Bde", "Bände", "tomes"),
        r"(?:^|[,.;(])\s{0,3}(?P<volumes>[0-9]{1,2})\s?(?P<label>(?:vols|volumes|voll|Bde|Bände|tomes)\b\.?)"
        r"(?=\s{0,3}(?:[,.;:()\ue000]|$))",
    ),
    ((" S.",), r"(?<=[.,;–—-]\s)(?P<pages>[1-9][0-9]{1,3})\s(?P<label>S)\.(?=\s*(?:$|[–—(]|ISBN))"),
)
_WEAK_LABELS = ("Trans.", "ed.", "eds.", "Hrsg.", "Hg.")  # people stand behind them when the first has a given name
_PATTERNS = tuple((signs, regex(form)) for signs, form in _FORMS)


def claim_conventional(draft: Draft) -> None:
    """Claim whatever such a form marks beyond doubt."""
    text = draft.text  # not `free`, which is searched slower once anything is blanked
    for signs, pattern in _PATTERNS:
        for sign in signs:  # a loop is several times faster than any()
            if sign in text:
                for match in pattern.finditer(draft.free):
                    _claim_groups(draft, match)
                break
    _claim_day(draft)


def _claim_groups(draft: Draft, match: re.Match[str]) -> None:
    groups = match.groupdict()
    if month_number((groups.get("container_title") or "").rstrip(".")):
        return  # ", 5 May 12 (1999)"
    person = groups.get("translator") or groups.get("editor") or ""
    if groups.get("label") in _WEAK_LABELS and leaning(person.split(" ")[0]) <= 0:
        return  # "Trans. Power Delivery"
    for group, value in groups.items():
        name = group.replace("_", "-")
        if group == "label":
            draft.label(*match.span(group))
        elif value and not (name != "author" and draft.has(name)):
            draft.claim(name, *match.span(group))


def _claim_day(draft: Draft) -> None:
    """A day that is set off: the date of issue where no year is printed besides, that of access behind a link."""
    match = _DAY.search(draft.free) if _DAY_SIGN.search(draft.free) else None
    if not match or not read_numeric(match[0]) or not _BEFORE_DAY.search(draft.free, 0, match.start()):
        return
    link = max((span.end for span in draft.spans if span.field == "url"), default=-1)
    if 0 <= link <= match.start() and _BEHIND_LINK.fullmatch(draft.text, link, match.start()):
        if not draft.has("accessed"):
            draft.claim("accessed", *match.span())
    elif not (_YEAR.search(draft.free, 0, match.start()) or _YEAR.search(draft.free, match.end())):
        draft.claim("date", *match.span())
