import pytest

from refkit.names import OTHERS, Name, format_names, parse_names
from refkit.parse.name_forms import read_plain_people
from refkit.parse.people import looks_like_people, read_people


def person(family: str, given: str = "", **parts: str) -> Name:
    return Name(family=family, given=given, **parts)


NAMES = {
    "one": ("Boon, Jan", [person("Boon", "Jan")]),
    "initial": ("Parker, John W.", [person("Parker", "John W.")]),
    "two": ("Asaadi, Behrouz and Seyed Ali Monavari", [person("Asaadi", "Behrouz"), person("Monavari", "Seyed Ali")]),
    "and-repeated": (
        "Karimipour, Davood and Sayyid Jafar Hosseini and Nasim Qabashi",
        [person("Karimipour", "Davood"), person("Hosseini", "Sayyid Jafar"), person("Qabashi", "Nasim")],
    ),
    "second-inverted": (
        "Erokhin, Vasilii, Gao, Tianming, and Anna Ivolga",
        [person("Erokhin", "Vasilii"), person("Gao", "Tianming"), person("Ivolga", "Anna")],
    ),
    "second-not-inverted": (
        "Koolaee, Elaheh, Hamed Mousavi and Afifeh Abedi",
        [person("Koolaee", "Elaheh"), person("Mousavi", "Hamed"), person("Abedi", "Afifeh")],
    ),
    "family-of-two-words": ("Rasooli Saniabadi, Elham", [person("Rasooli Saniabadi", "Elham")]),
    "family-with-article": ("Raisi Al-Sadat, Seyed Mohammad Taghi", [person("Raisi Al-Sadat", "Seyed Mohammad Taghi")]),
    "comma-missing": ("Kozhanov Nikolay", [person("Kozhanov", "Nikolay")]),
    "given-first": (
        "Hansjörg Blöchliger and Olivier Durand-Lasserve",
        [person("Blöchliger", "Hansjörg"), person("Durand-Lasserve", "Olivier")],
    ),
    "lone-family": (
        "Krapohl & Alexandra Vasileva-Dienes",
        [person("Krapohl"), person("Vasileva-Dienes", "Alexandra")],
    ),
    "parenthesis": (
        "Binish, Binish and Belov (Yurtaev) V. I.",
        [person("Binish", "Binish"), person("Belov (Yurtaev)", "V. I.")],
    ),
    "degree": (
        "Kofman, Michael and Matthew Rojansky, JD",
        [person("Kofman", "Michael"), person("Rojansky", "Matthew")],
    ),
    "title-before-given": ("Hashemi, Dr. Mohammad", [person("Hashemi", "Mohammad")]),
    "and-twice": (
        "Kapur, Devesh, Arvind Rao and and Neil Mehta",
        [person("Kapur", "Devesh"), person("Rao", "Arvind"), person("Mehta", "Neil")],
    ),
    "capital-particle": ("John Van Reenen", [person("Van Reenen", "John")]),
    "capital-particle-stands-first": ("Van Thai", [person("Thai", "Van")]),
    "vietnamese": ("Tran Minh Duc", [person("Tran", "Minh Duc")]),
    "nation-and-word": ("British Petroleum", [Name(literal="British Petroleum")]),
    "nation-and-given-name": ("Royal Robert", [person("Royal", "Robert")]),
    "initial-on-the-wrong-side": ("Wilkins S., Thomas", [person("Wilkins", "Thomas S.")]),
    "swapped-stays": ("Aleksei, Zakharov", [person("Aleksei", "Zakharov")]),
    "apa": (
        "Smith, J. A., Jones, B., & O’Neil, C.-D.",
        [person("Smith", "J. A."), person("Jones", "B."), person("O’Neil", "C.-D.")],
    ),
    "vancouver": (
        "O'Neil S, Hosseini-Nasab SMH, et al.",
        [person("O'Neil", "S."), person("Hosseini-Nasab", "S. M. H."), OTHERS],
    ),
    "ieee": ("J. K. Smith, A. B. Writer, and C. Third", [
        person("Smith", "J. K."), person("Writer", "A. B."), person("Third", "C.")]),
    "semicolons": ("Çetinsaya, Gökhan; Özdemir, Ali", [person("Çetinsaya", "Gökhan"), person("Özdemir", "Ali")]),
    "junior": ("King, Martin Luther, Jr.", [person("King", "Martin Luther", suffix="Jr.")]),
    "particles": (
        "van der Berg, Pieter and Johannes de Vries",
        [person("Berg", "Pieter", particle="van der"), person("Vries", "Johannes", particle="de")],
    ),
    "capitals-first": ("WOMACK James", [person("WOMACK", "James")]),
    "cyrillic": ("Иванов И. И., Петров П. П.", [person("Иванов", "И. И."), person("Петров", "П. П.")]),
    "persian": ("حسینی، محمد و رضایی، علی", [person("حسینی", "محمد"), person("رضایی", "علی")]),
    "cyrillic-and-others": ("Орлов И. И., Серов П. П. [и др.]", [
        person("Орлов", "И. И."), person("Серов", "П. П."), OTHERS]),
    "initials-before-a-given-name": ("F. Scott, A. Benjamin", [person("Scott", "F."), person("Benjamin", "A.")]),
    "short-family-names": ("Yu Q, Ma J, Payea K.", [person("Yu", "Q."), person("Ma", "J."), person("Payea", "K.")]),
    "inverted-then-not": ("Paltsev, S., V. Karplus, and H.-D. Jacoby", [
        person("Paltsev", "S."), person("Karplus", "V."), person("Jacoby", "H.-D.")]),
    "initials-behind-some": ("Alcala-Fdez, J., Derrac J., & Herrera F.", [
        person("Alcala-Fdez", "J."), person("Derrac", "J."), person("Herrera", "F.")]),
    "two-families-and-junior": ("Garreau de Loubresse, N., King, M. L., Jr., Mc Loughlin H", [
        person("Garreau de Loubresse", "N."), person("King", "M. L.", suffix="Jr."), person("Mc Loughlin", "H.")]),
    "slashes": ("Baumert, J./Schümer, G.", [person("Baumert", "J."), person("Schümer", "G.")]),
    "roles-are-no-names": ("a cura di R. Cessi", [person("Cessi", "R.")]),
    "editors-mark": ("Weymann, Ansgar (Hrsg.)", [person("Weymann", "Ansgar")]),
    "given-first-without-and": ("Elson Manoel Pereira, Mathieu Perrin", [
        person("Pereira", "Elson Manoel"), person("Perrin", "Mathieu")]),
    "given-first-and": ("Jaswinder Pal Singh, Wolf-Dietrich Weber, and Anoop Gupta", [
        person("Singh", "Jaswinder Pal"), person("Weber", "Wolf-Dietrich"), person("Gupta", "Anoop")]),
    "family-of-two-words-and-slash": ("Castro Varela, María do Mar / Dhawan, Nikita", [
        person("Castro Varela", "María do Mar"), person("Dhawan", "Nikita")]),
    "family-first": ("Zaller John et Feldman Stanley", [person("Zaller", "John"), person("Feldman", "Stanley")]),
    "family-first-of-two-given": ("Paganelli Maria Pia", [person("Paganelli", "Maria Pia")]),
    "family-first-and-initial": ("Pellegrini Antonio G", [person("Pellegrini", "Antonio G")]),
    "family-of-given-name": ("Hartmut Rosa", [person("Rosa", "Hartmut")]),
    "patronymic": ("Леонтьев Алексей Николаевич", [person("Леонтьев", "Алексей Николаевич")]),
    "chinese": ("Mao Zedong and Zhang, Wei and Jun Wang", [
        person("Mao", "Zedong"), person("Zhang", "Wei"), person("Wang", "Jun")]),
    "korean": ("김연철, 이은철", [person("김", "연철"), person("이", "은철")]),
    "korean-full-stops": ("이찬희.조지현", [person("이", "찬희"), person("조", "지현")]),
    "article-of-a-family": ("J. Le Goff et C. De La Roncière", [
        person("Le Goff", "J."), person("De La Roncière", "C.")]),
    "no-article": ("Di Zhu", [person("Zhu", "Di")]),
    "two-family-names": ("Gabriel García Márquez", [person("García Márquez", "Gabriel")]),
    "y-within-a-family": ("Ortega y Gasset, José", [person("Ortega y Gasset", "José")]),
    "capitals-of-two-words": ("LE ROY LADURIE Emmanuel et DA MOSTO A.", [
        person("LE ROY LADURIE", "Emmanuel"), person("DA MOSTO", "A.")]),
    "capitals-last": ("HE, Ying, Angel YS WONG, Ian FU", [
        person("HE", "Ying"), person("WONG", "Angel YS"), person("FU", "Ian")]),
    "four-initials": ("Jonkers IJAM, de Man FHAF, Smelt AHM", [
        person("Jonkers", "I. J. A. M."), person("Man", "F. H. A. F.", particle="de"), person("Smelt", "A. H. M.")]),
    "initials-in-brackets": ("Gaillard de Sémainville (H.)", [person("Gaillard de Sémainville", "H.")]),
    "particle-cut-short": ("K. v. Klitzing; Wiese, Leopold v.; v. Savigny", [
        person("Klitzing", "K.", particle="v."), person("Wiese", "Leopold", dropping_particle="v."),
        person("Savigny", particle="v.")]),
    "particle-behind": ("Соссюр Ф. де", [person("Соссюр", "Ф.", dropping_particle="де")]),
    "initials-cut-short": ("Гамкрелидзе Т. В., Иванов Вяч. Вс.", [
        person("Гамкрелидзе", "Т. В."), person("Иванов", "Вяч. Вс.")]),
    "loose-blanks": ("L.Corner ,J .Limpert ,and A .D .Kanareykin", [
        person("Corner", "L."), person("Limpert", "J."), person("Kanareykin", "A.D.")]),
    "hyphens-and-dashes": ("F. Zava - Boccazzi, T. Pignatti - K.- H. Ludwig", [
        person("Zava-Boccazzi", "F."), person("Pignatti", "T."), person("Ludwig", "K.-H.")]),
    "full-stops-between": ("LABOUSSET-PIQUET, Hélène. AIGUEBONNE, Evelyne. SIEBERT, Carole", [
        person("LABOUSSET-PIQUET", "Hélène"), person("AIGUEBONNE", "Evelyne"), person("SIEBERT", "Carole")]),
    "nothing-between": ("Jin J Feng J Gu MH", [person("Jin", "J."), person("Feng", "J."), person("Gu", "M. H.")]),
    "lone-family-among-others": ("Hocher B, Thone-Reineke, Rohmeiss P", [
        person("Hocher", "B."), person("Thone-Reineke"), person("Rohmeiss", "P.")]),
    "ministry-of-much": ("Bundesministerium für Familie, Senioren, Frauen und Jugend", [
        Name(literal="Bundesministerium für Familie, Senioren, Frauen und Jugend")]),
    "court-is-a-family-too": ("Bertrand, J., Court, M.", [person("Bertrand", "J."), person("Court", "M.")]),
    "organisation": ("World Bank", [Name(literal="World Bank")]),
    "organisation-with-and": (
        "Ministry of Roads and Urban Development",
        [Name(literal="Ministry of Roads and Urban Development")],
    ),
    "acronym": ("UNCTAD", [Name(literal="UNCTAD")]),
}  # fmt: skip

PEOPLE = ["Boon, Jan", "World Health Organization", "Van der Berg, Pieter and Johannes de Vries", "Krapohl & A. Dienes"]
TITLES = [
    "The Meeting of the Leader of the Iranian Revolution with Vladimir Putin",
    "Value of Russian trade in goods (export, import) with Iran from 2005 to 2021",
    "“Iran & Russia: Gyrating Trade Grows”",
    "Arms Imports (SIPRI trend indicator values) – Japan",
]


@pytest.mark.parametrize(("text", "names"), NAMES.values(), ids=NAMES.keys())
def test_names(text, names):
    assert list(read_people(text)) == names


@pytest.mark.parametrize("text", PEOPLE)
def test_people_are_people(text):
    assert looks_like_people(text)


@pytest.mark.parametrize("text", TITLES)
def test_titles_are_no_people(text):
    assert not looks_like_people(text)


PLAIN = ["apa", "vancouver", "cyrillic", "initials-before-a-given-name", "short-family-names", "inverted-then-not",
         "initials-behind-some", "one"]  # fmt: skip


@pytest.mark.parametrize("text", [NAMES[name][0].replace(", et al.", "") for name in PLAIN], ids=PLAIN)
def test_names_of_a_plain_list_read_back_the_same(text):
    names = read_plain_people(text)
    assert names
    assert parse_names(format_names(names)) == names
