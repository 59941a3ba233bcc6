"""Word lists of our own that tell an organisation, a publisher, a newspaper, a given name by its form."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from refkit.regex import regex


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ORGANISATION = _words(
    """academy administration agency alliance assembly associates association authority bank board bureau cabinet center
    centre chamber college commission committee commonwealth company confederation congress consortium consulate
    corporation council court department departement ministère ministry directorate division embassy endowment
    establishment faculty federation force forces foundation fund government group initiative inspectorate institut
    institute institution institutes laboratory league library majlis museum nato nations network observatory office
    organisation organization parliament party program programme project secretariat senate service services society
    station syndicate tank task treasury trust unesco unhcr unicef union universität université universidad university
    advisory collaboration collab autorengruppe arbeitsgruppe arbeitskreis konsortium comune collectif kollektiv
    académie academia accademia société società sociedad conseil consiglio consejo ministero ministerio comisión
    commissione panel asociación associazione academias fondation fondazione fundación instituto istituto kingdom
    watch worldbank bundesamt bundesministerium ministerium verband stiftung gesellschaft akademie
    министерство институт университет академия центр банк агентство служба комитет совет федерация организация фонд
    وزارت سازمان دانشگاه موسسه مؤسسه مرکز پژوهشگاه پژوهشکده بانک شورای مجلس انجمن بنیاد دفتر کمیته اداره شرکت"""
)
ACRONYM_ORGANISATIONS = _words(
    "reuters xinhua tass irna isna mehr tasnim interfax bloomberg statista oecd imf iea opec sipri who wto unctad undp"
    " unesco unhcr nato asean eurostat eia nasa bbc cnn rand"
)
PUBLISHER = _words(
    """press publisher publishers publishing publication publications publ books verlag verlagsgesellschaft presses
    éditions editions edition editorial editore edizioni ediciones editora uitgeverij förlag wydawnictwo nakladatelství
    routledge springer palgrave wiley blackwell elsevier sage brill macmillan bloomsbury norton penguin
    random harper harpercollins pearson mcgraw-hill cengage addison-wesley prentice-hall academic emerald ashgate
    rowman littlefield lexington rienner tauris peter lang suhrkamp nomos gruyter mohr siebeck fischer beck oldenbourg
    gallimard seuil flammarion puf harmattan karthala einaudi laterza mondadori mulino giuffrè
    edward elgar praeger westview hurst saqi verso polity pluto zed igi nova birkhäuser vieweg chapman crc ieee acm
    издательство изд-во наука мысль прогресс республика аст
    انتشارات نشر ناشر سمت نی مرکز امیرکبیر"""
)
COMPANY_SUFFIX = _words(
    "inc inc. incorporated ltd ltd. limited llc l.l.c. co co. company corp corp. gmbh ag plc bv b.v. s.a."
)
PERIODICAL = _words(
    """journal review quarterly studies affairs annals annual archives bulletin letters magazine proceedings
    transactions research advances zeitschrift jahrbuch archiv revue cahiers annales rivista archivio revista boletín
    quaestio acta
    вестник журнал известия записки политика обозрение наука исследования survey surveys reports notes monthly weekly
    perspectives frontiers trends politics science sciences today international
    فصلنامه مجله نشریه دوفصلنامه ماهنامه پژوهشنامه پژوهش‌های مطالعات پژوهش"""
)
_STRONG_PERIODICAL = _words(
    "journal review quarterly annals bulletin magazine zeitschrift revue rivista revista вестник журнал letters studies"
    " transactions jahrbuch archiv monthly weekly فصلنامه مجله نشریه دوفصلنامه ماهنامه"
)
_NEWSPAPER = regex(
    r"\b(?:(?:New York|Los Angeles|Financial|Washington|Irish|Japan|Tehran|Moscow|Kyiv|Asia|Straits|Hindustan|"
    r"Economic|Khaleej|Gulf|Arab|Jerusalem|Sunday|Global|Kuwait|Seattle|Korea) (?:Times|Post|News)|The Times|"
    r"(?:Washington|Jerusalem|Huffington|Jakarta|National|Bangkok|Denver) Post|Wall Street Journal|Guardian|"
    r"(?:Daily|Sunday|Morning|Evening) \w+|\w+ (?:Daily|Tribune|Herald|Gazette|Telegraph|Newspaper|Chronicle)|"
    r"Le Monde|Le Figaro|Libération|Süddeutsche Zeitung|Frankfurter (?:Allgemeine|Rundschau)\w*|Neue Zürcher Zeitung|"
    r"Die (?:Zeit|Welt)|Der Spiegel|Der Standard|taz|El País|El Mundo|La Repubblica|Corriere della Sera|Kommersant|"
    r"Izvestia|Nezavisimaya Gazeta|Rossiyskaya Gazeta|Vedomosti|Pravda|Коммерсантъ?|Известия|Ведомости|"
    r"Российская газета|Независимая газета|Kayhan|Ettela'at|Hamshahri|Shargh|Al[- ]Monitor|Al[- ]Jazeera|Haaretz|"
    r"China Daily|People's Daily|Dawn|The Economist|Newsweek|The Hindu|The Independent|"
    r"روزنامه [\w‌]+|کیهان|اطلاعات|همشهری|شرق)\b"
)
REPORT_SERIES = regex(
    r"\b(?:working papers?|discussion papers?|occasional papers?|policy briefs?|policy papers?|research papers?|"
    r"technical reports?|reports? series|research reports?|white papers?|issue briefs?|briefing papers?|"
    r"strategic analysis|commentary|memorand(?:um|a)|working documents?|arbeitspapiere?|diskussionspapiere?|"
    r"fact ?sheets?|adelphi papers?|monograph series)\b",
    re.IGNORECASE,
)
CONFERENCE = regex(
    r"\b(?:proceedings|proc|conf|conference|symposium|congress|workshop|colloquium|meeting of the|konferenz|tagung|"
    r"kongress|colloque|actes|congreso|congresso|конференци\w*|симпозиум\w*|همایش|کنفرانس|کنگره)\b",
    re.IGNORECASE,
)
THESIS = regex(
    r"\b(?:(?:ph\.? ?d\.?|doctoral|master[’']?s?|m\.? ?a\.?|m\.? ?sc\.?|bachelor[’']?s?|mphil)\.? "
    r"(?:thesis|dissertation)|unpublished (?:thesis|dissertation)|dissertation|diss\.|doktorarbeit|masterarbeit|"
    r"habilitation(?:sschrift)?|thèse|tesi di (?:dottorato|laurea)|tesis doctoral|дис\. ?\.{0,3}|диссертация|"
    r"پایان[ ‌]?نامه|رساله)(?!\w)",
    re.IGNORECASE,
)
DATASET = regex(
    r"\b(?:statistics|statistical (?:data|database)|indicators?|dataset|data set|database|time series|trend values|"
    r"data ?bank|value of .{0,60} trade)\b|(?://|\.)data\.|statista\.com|/statistics/|/indicator/|databank|comtrade",
    re.IGNORECASE,
)
PLACES = frozenset(
    (
        "Abingdon|Aldershot|Amsterdam|Ankara|Ann Arbor|Athens|Atlanta|Austin|Baku|Baltimore|Bangkok|Barcelona|"
        "Basel|Basingstoke|Beijing|Belgrade|Berkeley|Berlin|Bern|Boston|Bologna|Bonn|Brussels|Bruxelles|"
        "Bucharest|Budapest|Buenos Aires|Cairo|Cambridge|Canberra|Cape Town|Cham|Chapel Hill|Cheltenham|"
        "Chicago|Cologne|Copenhagen|Damascus|Delhi|Dhaka|Doha|Dordrecht|Dubai|Dublin|Durham|Düsseldorf|"
        "Edinburgh|Essex|Farnham|Florence|Frankfurt|Frankfurt am Main|Frankfurt a. M.|Freiburg|Geneva|Genève|"
        "Glasgow|Göttingen|Hamburg|Hampshire|Hanoi|Heidelberg|Helsinki|Hoboken|Hong Kong|Houndmills|Isfahan|"
        "Islamabad|Istanbul|Ithaca|Jakarta|Jerusalem|Kabul|Kiel|Kyiv|Kraków|Kuala Lumpur|Köln|Lahore|Lanham|"
        "Leeds|Leiden|Leipzig|Leuven|Lexington|Lisbon|Liverpool|Ljubljana|London|Los Angeles|Louvain|Lund|"
        "Lyon|Madrid|Maidenhead|Malden|Manchester|Manila|Mashhad|Melbourne|Mexico City|Milan|Milano|"
        "Minneapolis|Minsk|Montreal|Montréal|Moscow|Mumbai|Munich|München|Nairobi|New Delhi|New Haven|"
        "New York|Newbury Park|Nice|Northampton|Orlando|Oslo|Oxford|Palo Alto|Paris|Philadelphia|Pittsburgh|"
        "Prague|Princeton|Providence|Qom|Riga|Rio de Janeiro|Roma|Rome|Rotterdam|San Francisco|Santa Barbara|Santiago|"
        "São Paulo|Seoul|Shanghai|Shiraz|Singapore|Sofia|St. Petersburg|Stanford|Stockholm|Stuttgart|Sydney|"
        "Tabriz|Taipei|Tallinn|Tashkent|Tbilisi|Tehran|Tel Aviv|The Hague|Thousand Oaks|Tokyo|Toronto|"
        "Tübingen|Turin|Utrecht|Vancouver|Venice|Venezia|Vienna|Vilnius|Warsaw|Warszawa|Washington|"
        "Washington D.C.|Washington DC|Wien|Wiesbaden|Yerevan|Zagreb|Zurich|Zürich|UK|USA|Москва|Санкт-"
        "Петербург|СПб|Киев|Минск|Казань|Новосибирск|تهران|قم|مشهد|اصفهان|شیراز|تبریز"
    )
    .casefold()
    .split("|")
)
_TOWNS = regex(r"\s?[/;]\s?|\s(?:and|und|et|e|y|&)\s")
_WORD = regex(r"[^\W\d_]+(?:[-’'.][^\W\d_]+)*\.?")


def words_of(text: str) -> list[str]:
    """The words of `text` in lower case, hyphenated ones whole."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return [word.casefold() for word in _WORD.findall(text)]


@lru_cache(maxsize=256)  # the reading of people asks for a name several times
def is_organisation(text: str) -> bool:
    """Whether the name holds a word that only organisations have, or is one of the well-known short names."""
    words = words_of(text)
    if len(words) == 1 and words[0].rstrip(".") in ACRONYM_ORGANISATIONS:
        return True
    return not ORGANISATION.isdisjoint([word.rstrip(".").rpartition("-")[2] for word in words])


def is_publisher(text: str) -> bool:
    """Whether the name holds a word that publishers have."""
    words = words_of(text)
    return any(word.rstrip(".") in PUBLISHER or word in COMPANY_SUFFIX for word in words)


def is_periodical(text: str) -> bool:
    """Whether the name has a word that names of journals have."""
    return not PERIODICAL.isdisjoint(words_of(text))


def is_surely_periodical(text: str) -> bool:
    """Whether the name has a word that hardly anything but a journal has."""
    return not _STRONG_PERIODICAL.isdisjoint(words_of(text))


def is_place(text: str) -> bool:
    """Whether the text is the name of a town where much is published, or of several such towns."""
    return text.casefold() in PLACES or all(town in PLACES for town in _TOWNS.split(text.casefold()))


def is_newspaper(text: str) -> bool:
    """Whether the name is that of a newspaper or news magazine."""
    return _NEWSPAPER.search(text) is not None


GIVEN, RATHER_GIVEN, FAMILY = 2.0, 1.2, -2.0  # of `leaning`; the first and the last are hardly ever the other


@cache
def _name_words() -> dict[str, list[str]]:
    """The words of names by what they lean to: each list stands below its name."""
    found: dict[str, list[str]] = {}
    for part in Path(__file__).with_name("name_words.txt").read_text("utf-8").split("\n\n"):
        kind, _, words = part.partition(":")
        found[kind] = words.split()
    return found


@cache
def _leanings() -> dict[str, float]:
    found: dict[str, float] = {}
    for kind, words in _name_words().items():
        found |= dict.fromkeys(words, _LEANINGS[kind])
    return found


_LEANINGS = {
    "given": GIVEN,
    "rather given": RATHER_GIVEN,
    "perhaps given": 0.6,
    "rather family": -1.2,
    "family": FAMILY,
    "double family": FAMILY,
    "eastern family": FAMILY,
}


@lru_cache(maxsize=16_384)
def leaning(word: str) -> float:
    """Whether a word is a given name (above 0, `GIVEN` when it is nothing else) or a family name; 0 when unknown.

    Of a hyphenated one the mean of its parts; an initial counts as given name.
    """
    if word[1:2] == "." or len(word) == 1:
        return GIVEN if word.isupper() or word[0].isupper() else 0.0
    known = _leanings()
    folded = word.casefold().strip(".,")
    if folded.startswith(("al-", "el-")):
        return known.get(folded, _LEANINGS["rather family"])
    if folded in known or "-" not in folded:
        return known.get(folded) or known.get(_without_accents(folded), 0.0)
    parts = [part for part in folded.split("-") if part]
    if not eastern_families().isdisjoint(parts):  # "Tsung-Yu"
        return RATHER_GIVEN
    return sum(known.get(part, 0.0) for part in parts) / max(len(parts), 1)


def _without_accents(word: str) -> str:
    if word.isascii():
        return ""
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))


@cache
def double_families() -> frozenset[str]:
    """Family names of countries where people have two of them, in lower case."""
    return frozenset(_name_words()["double family"])


@cache
def eastern_families() -> frozenset[str]:
    """Family names of countries where they stand first, in lower case."""
    return frozenset(_name_words()["eastern family"])


@cache
def given_names() -> frozenset[str]:
    """Common given names of many countries, in lower case."""
    return frozenset(Path(__file__).with_name("given_names.txt").read_text("utf-8").split())
