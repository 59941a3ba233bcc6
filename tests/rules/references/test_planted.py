"""Each kind of slip, planted into clean references of one list, is found where it was planted."""

import re

import pytest

from tests.rules.references.agreement import HERE, Flaw, compare, lists_of

HOUSE = dict(lists_of(HERE / "data" / "clean.txt"))["house"]
NAME = r"^([A-Z][\w’-]+), ([A-Z][a-z]+)(?= \(| and)"
DATE = r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?=\))"
# kind, what is replaced in a clean reference, what it becomes
PLANTS = (
    ("typo-available-at", "Available at", "Avalaible at"),
    ("typo-available-at", "Available at", "Availabel at"),
    ("typo-accessed-on", "Accessed on", "Accesed on"),
    ("typo-retrieved", "Available at", "Retrieved form"),
    ("typo-retrieved", "Available at", "Retreved from"),
    ("typo-language-tag", r"\[in Persian\]", "[in Persan]"),
    ("typo-label", r"Vol\.(?= [0-9])", "Volme"),
    ("typo-label", r"No\.(?= [0-9])", "Nr."),
    ("typo-label", r"pp\.(?= [0-9])", "ppp."),
    ("nbsp", r"(?<=”,) ", "\xa0"),
    ("multiple-spaces", r"(?<=”,) ", "  "),
    ("missing-comma", "”, (?=[A-Z])", "” "),
    ("missing-comma", r", (?=\(doi)", " "),
    ("missing-comma", r", (?=\(Acc)", " "),
    ("missing-comma", r", (?=\[in)", " "),
    ("missing-comma", r"(?<=[0-9]\)), (?=“)", " "),
    ("double-punctuation", r", (?=\(doi)", ",, "),
    ("space-after-comma", r", (?=\(doi)", ","),
    ("space-before-comma", "”, ", "” , "),
    ("space-before-paren", r" \((?=[0-9]{4}\))", "("),
    ("space-inside-paren", r"\((?=doi)", "( "),
    ("space-after-pp", r"pp\. ", "pp."),
    ("space-after-colon", r"(?<=[a-z]): (?=[A-Z])", ":"),
    ("space-after-colon", "on: ", "on:"),
    ("space-after-colon", "at: ", "at:"),
    ("comma-for-period", r"Vol\.", "Vol,"),
    ("missing-period-abbrev", r"No\. (?=[0-9])", "No "),
    ("singular-page-label", r"pp\.", "p."),
    ("period-for-comma", r", (?=\(doi)", ". "),
    ("period-for-comma", ", (?=Available)", ". "),
    ("unbalanced-bracket", r"(?<=\(doi:)(\S+)\)", r"\1"),
    ("unbalanced-bracket", r"\](?=\.$)", ""),
    ("reversed-brackets", r"\[in Persian\]", "] in Persian ["),
    ("spaced-date", r"(?<=[0-9])/(?=[0-9]{4}\))", " /"),
    ("double-slash-date", r"(?<=[0-9])/(?=[0-9]{4}\))", "//"),
    ("date-format", DATE, r"\3-0\2-\1"),
    ("date-format", DATE, r"\1 May \3"),
    ("ambiguous-date", DATE, r"5/3/\3"),
    ("impossible-date", DATE, r"31/2/\3"),
    ("impossible-date", DATE, r"25/13/\3"),
    ("accessed-before-issued", DATE, r"\1/\2/1999"),
    ("solar-hijri-year", r"\(20[0-9]{2}\)", "(1391)"),
    ("dual-calendar-year", r"\((20[0-9]{2})\)", r"(1391/\1)"),
    ("persian-digits", r"(?<=pp\. )[0-9]+", "۱۲"),
    ("unclosed-quote", r"(“\w+)([^”]*)”(?=,)", r"\1\2"),
    ("stray-quote", r"“([^”]*)", r"\1"),
    ("straight-quote", "“([^”]*)”(?=,)", r'"\1"'),
    ("straight-apostrophe", r"(?<=[a-z])’(?=s)", "'"),
    ("mixed-quotes", "”(?=,)", '"'),
    ("mixed-quotes", "“", "„"),
    ("nested-double-quotes", r"(?<=“)(\w+ \w+) (\w+) ", r"\1 “\2” "),
    ("question-mark-outside-quotes", r"\?”,", "”?,"),
    ("missing-quotes", "“([^”]*)”(?=, [^,]+, Vol)", r"\1"),
    ("odd-hyphen", r"(?<=[a-z])-(?=[A-Z])", "‐"),
    ("odd-dash", r"(?<=[a-z])-(?=[A-Z])", "—"),
    ("zero-width-char", r"(?<=“[A-Z])(?=[a-z])", "\u200b"),
    ("soft-hyphen", r"(?<=“[A-Z])(?=[a-z])", "\u00ad"),
    ("ligature", "fi", "ﬁ"),
    ("homoglyph", r"(?<=[a-z])o(?=[a-z]+”)", "о"),
    ("line-break-hyphen", r"(?<=[a-z]{3})(?=[a-z]{3,8}”)", "- "),
    ("name-order", NAME, r"\2, \1"),
    ("name-not-inverted", NAME, r"\2 \1"),
    ("name-missing-comma", NAME, r"\1 \2"),
    ("given-name-missing", NAME + r"(?=.*Vol\.)", r"\1"),
    ("duplicate-name-part", NAME, r"\1, \1"),
    ("name-all-caps", r"^[A-Z][a-z]{3,}(?=, [A-Z][a-z]+)", "KARIMI"),
    ("name-degree", NAME, r"\1, \2, PhD"),
    ("name-degree", NAME, r"Dr. \1, \2"),
    ("name-degree", NAME, r"\1, Dr. \2"),
    ("book-title-in-quotes", r"(The Evolution of Cooperation)(?=, New York)", r"“\1”"),
    ("book-title-in-quotes", r"(The Evolution of Cooperation), New York: .*", r"“\1”, New York: Knopf."),
    ("initial-missing-period", r"(?<= [A-Z])\.(?= \(| and)", ""),
    ("initial-misplaced", r"^([A-Z][a-z]+), ([A-Z][a-z]+) ([A-Z]\.)", r"\1 \3, \2"),
    ("ampersand-author", r"^([^(]*?) and (?=[^(]*\()", r"\1 & "),
    ("comma-before-and", r"^([^(]*?) and (?=[^(]*\()", r"\1, and "),
    ("comma-before-year", r" \((?=[0-9]{4}\),)", ", ("),
    ("repeated-and", r"^([^,(]+, [^,(]+), ([^,(]+) and ", r"\1 and \2 and "),
    ("name-inversion-mixed", r" and ([A-Z][a-z]+) ([A-Z][a-z]+)(?= \([0-9])", r" and \2, \1"),
    ("et-al-in-list", r" and [A-Z][a-z]+ [A-Z][a-z]+(?= \([0-9])", " et al."),
    ("editor-role-number", r"\(ed\.\)", "(eds.)"),
    ("editor-role-number", r"\(eds\.\)", "(ed.)"),
    ("in-marker-style", "(?<=, )in(?= [A-Z])", "in:"),
    ("missing-journal", "(?<=”, )[^,“”]+, (?=Vol)", ""),
    ("missing-pages", r", pp\. [0-9-]+(?=, \(doi)", ""),
    ("missing-volume", r"Vol\. [0-9]+, No\. [0-9-]+, (?=pp)", ""),
    ("missing-publisher", "(?<=”, )[^,“”]+, (?=Available)", ""),
    ("missing-accessed", r", \(Accessed on: [0-9/]+\)", ""),
    ("missing-available-label", "Available at: ", ""),
    ("missing-url", r"Available at: \S+ ", ""),
    ("missing-editors", r"(?<=, in )[^(]+ \(eds?\.\), (?=[A-Z])", ""),
    ("page-range-reversed", r"(?<=pp\. )([0-9]+)-([0-9]+)", r"\2-\1"),
    ("page-range-elided", r"(?<=pp\. )([0-9])([0-9]{2})-\1([0-9]{2})", r"\1\2-\3"),
    ("page-dash", r"(?<=pp\. )([0-9]+)-", r"\1–"),
    ("article-number-as-issue", r"No\. [0-9]+, pp\. [0-9-]+(?=, \(doi)", "No. 10432, pp. 1-18"),
    ("dor-as-doi", r"(?<=doi:)10[^)]+", "20.1001.1.17350794.1399.13.1.4.2"),
    ("doi-without-label", "doi:(?=10)", ""),
    ("doi-trailing-punct", r"(doi:[^)]+)\)", r"\1.)"),
    ("doi-space", r"(doi:10\.[0-9]+/)", r"\1 "),
    ("doi-label-spacing", "doi:", "doi: "),
    ("doi-label-case", "doi:", "DOI:"),
    ("doi-legacy-resolver", "doi:", "http://dx.doi.org/"),
    ("doi-as-url", "doi:", "https://doi.org/"),
    ("doi-double-prefix", "doi:", "doi:https://doi.org/"),
    ("doi-malformed", r"doi:10\.", "doi:1O."),
    ("doi-malformed", r"(doi:10\.[0-9]+)/", r"\1."),
    ("doi-truncated", r"doi:(10\.[0-9]+)/[^)]+", r"doi:\1/"),
    ("url-trailing-punct", r"(https://\S+[a-z0-9/]),(?= \()", r"\1.,"),
    ("url-home-page-only", r"(https://[^/]+)/\S+(?=, )", r"\1"),
    ("url-no-scheme", r"https://(?=\S+ )", ""),
    ("url-scheme-malformed", "https://", "htps://"),
    ("url-scheme-malformed", "https://", "https:/"),
    ("url-space", "(?<=://)([a-z./0-9]+)/(?=[a-z0-9]+)", r"\1/ "),
    ("url-tracking", r"(https://[^?\s]+)(?=, )", r"\1?utm_source=twitter"),
    ("url-short-link", r"https://\S+(?=, )", "https://bit.ly/2XyZ"),
    ("url-truncated", r"(https://[^?\s]+)(?=, )", r"\1?id="),
    ("language-tag-case", r"\[in Persian\]", "[In Persian]"),
    ("language-tag-form", r"\[in Persian\]", "(Persian)"),
    ("status-not-year", r"(?<=\()20[0-9]{2}(?=\))", "in press"),
    ("place-is-country", "(London|Oxford)(?=: [A-Z])", "UK"),
    ("publisher-suffix", r"(Routledge|Press)(?=\.$)", r"\1, Inc."),
    ("publisher-before-place", r"(London|Oxford|New York): ([^,]+)\.$", r"\2: \1."),
    ("container-case", "(?<=”, )Journal of (?=[A-Z])", "journal of "),
    ("publisher-before-place", r"(New York): ([^,]+)\.$", r"\2, \1, NY."),
    ("container-case", r"(?<=\), )[A-Z](?=[a-z]+ [^“]*, pp\.)", "q"),
    ("title-case", r"(?<= )[A-Z](?=[a-z]{5,}[^“]*”,)", "q"),
    ("misplaced-comma", " and (?=[A-Z][^“]*”)", " and, "),
    ("title-punctuation", "(?<=[a-z]): (?=The [^“]*”)", ", "),
    ("foreign-style", r" \(([0-9]{4})\), ", r". \1. "),
    ("foreign-style", r"Vol\. ([0-9]+), No\. ([0-9]+), pp\.", r"\1(\2),"),
    ("non-latin-container", "(?<=”, )[A-Z][^,“”]+(?=, Vol)", "Мировая экономика и международные отношения"),
)  # fmt: skip


def planted(kind: str, pattern: str, replacement: str) -> tuple[tuple[str, ...], tuple[Flaw, ...]]:
    """The clean list with up to two references spoilt, one near its beginning and one near its end."""
    lines = list(HOUSE)
    hits = [index for index, line in enumerate(lines) if re.search(pattern, line)]
    flaws = []
    for index in {hits[0], hits[-1]} if len(hits) > 6 else {hits[0]}:
        match = re.search(pattern, lines[index])
        assert match
        new = match.expand(replacement)
        lines[index] = lines[index][: match.start()] + new + lines[index][match.end() :]
        flaws.append(Flaw(index, kind, match.start(), match.start() + max(1, len(new))))
    return tuple(lines), tuple(flaws)


@pytest.mark.parametrize("plant", PLANTS, ids=[f"{row[0]}-{number}" for number, row in enumerate(PLANTS)])
def test_a_planted_slip_is_found_and_spoils_no_other_reference(plant: tuple[str, str, str]) -> None:
    lines, flaws = planted(*plant)
    found = compare(lines, flaws)
    elsewhere = [item for item in found.false_alarms if item[0] not in {flaw.line for flaw in flaws}]
    assert (found.missed, elsewhere) == ((), [])
