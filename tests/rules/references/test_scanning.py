"""The scan of a reference: quotation marks, heads, links, codes, numbers."""

import pytest

from refkit.rules.references.heads import read_head
from refkit.rules.references.label_words import access_word, language_meant, link_word, number_label
from refkit.rules.references.marks import scan
from refkit.rules.references.quotes import find_quotes

QUOTES = (
    # text, quoted stretches, unclosed marks, stray marks
    ("“One” and “two”", ["“One”", "“two”"], "", ""),
    ("“On “India” today”", ["“On “India” today”", "“India”"], "", ""),
    ("„Deutsch“, „polskie”", ["„Deutsch“", "„polskie”"], "", ""),
    ("»So« «ou ainsi»", ["»So«", "«ou ainsi»"], "", ""),
    ('"Straight," he said', ['"Straight,"'], "", ""),
    ("”Swedish” way", ["”Swedish”"], "", ""),
    ("(2020)” “Title”", ["“Title”"], "", "”"),
    ("“Never closed, Journal", [], "“", ""),
    ("It’s the Gulf’s ‘own’ word", [], "", ""),
)


@pytest.mark.parametrize(("text", "stretches", "unclosed", "stray"), QUOTES, ids=[row[0] for row in QUOTES])
def test_quotation_marks(text: str, stretches: list[str], unclosed: str, stray: str) -> None:
    quotes = find_quotes(text)
    assert [text[pair.start : pair.end] for pair in quotes.pairs] == stretches
    assert ("".join(text[at] for at in quotes.unclosed), "".join(text[at] for at in quotes.stray)) == (unclosed, stray)


HEADS = (
    # head, kind, people as (family, given, form)
    ("Katz, Mark N. ", "people", [("Katz", "Mark N.", "inverted")]),
    ("Abdi, Reza and Sara Karimi ", "people", [("Abdi", "Reza", "inverted"), ("Karimi", "Sara", "direct")]),
    ("Raisi Al-Sadat, Seyed Mohammad ", "people", [("Raisi Al-Sadat", "Seyed Mohammad", "inverted")]),
    ("Baker, C. E., & Lund, P. ", "people", [("Baker", "C. E.", "inverted"), ("Lund", "P.", "inverted")]),
    ("Kofman, Ann and Mark Rojansky, JD ", "people", [("Kofman", "Ann", "inverted"), ("Rojansky", "Mark", "direct")]),
    ("Krapohl & Anna Vasileva ", "people", [("Krapohl", "", "single"), ("Vasileva", "Anna", "direct")]),
    ("احمدی، حمید ", "people", [("احمدی", "حمید", "inverted")]),
    ("International Energy Agency ", "organisation", []),
    ("SIPRI ", "organisation", []),
    ("Value of Russian trade in goods with Iran ", "title", []),
    ("“The Concept of the Foreign Policy” ", "title", []),
    ("", "none", []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "people"), HEADS, ids=[row[0] or "empty" for row in HEADS])
def test_head(text: str, kind: str, people: list[tuple[str, str, str]]) -> None:
    head = read_head(text)
    assert (head.kind, [(person.family, person.given, person.form) for person in head.people]) == (kind, people)


CODES = (
    # text, kind, code
    ("A (2020), “B”, C, (doi:10.1000/abc.12).", "doi", "10.1000/abc.12"),
    ("A (2020), “B”, C, (doi: 10.1000/abc. 12).", "doi", "10.1000/abc. 12"),
    ("A (2020), “B”, C, https://doi.org/10.1000/(abc)12.", "doi", "10.1000/(abc)12"),
    ("A (2020), “B”, C, (10.1000/abc), [in Persian].", "doi", "10.1000/abc"),
    ("A (2020), “B”, C, doi:20.1001.1.20088221.1396.8.26.2.4", "dor", "20.1001.1.20088221.1396.8.26.2.4"),
    ("A (2020), “B”, C, (doi:10,1000/abc).", "other", "10,1000/abc"),
)


@pytest.mark.parametrize(("text", "kind", "value"), CODES, ids=[row[2] for row in CODES])
def test_code(text: str, kind: str, value: str) -> None:
    (code,) = scan(text).codes
    assert (code.kind, text[code.start : code.end]) == (kind, value)


LINKS = (
    ("A (2020), “B”, C, Available at: https://a.org/b_c.html, (Accessed on: 1/2/2020).", "https://a.org/b_c.html"),
    ("A (2020), “B”, C, www.a.org/b/,(doi:10.1000/1).", "www.a.org/b/"),
    ("A (2020), “B”, C, Available at: htpp://a.org/b.", "htpp://a.org/b"),
    ("A (2020), “B”, C, Available at: a.org/b, (Accessed on: 1/2/2020).", "a.org/b"),
    ("A (2020), “B”, C, <https://a.org/b>.", "https://a.org/b"),
)


@pytest.mark.parametrize(("text", "url"), LINKS, ids=[row[1] for row in LINKS])
def test_link(text: str, url: str) -> None:
    (link,) = scan(text).links
    assert text[link.start : link.end] == url


@pytest.mark.parametrize("text", ["Amazon.com sells books (2020), Title.", "See e.g. pp. 3-4.", "Note: this."])
def test_no_link(text: str) -> None:
    assert scan(text).links == ()


PARTS = (
    ("A, B (2020), “T”, Journal of X, Vol. 1, No. 2, pp. 3-4.", ["Journal of X"]),
    ("A, B (2020), Title, with Comma, London: Press.", ["Title", "with Comma", "London: Press"]),
    ("A, B (2020), “T”, in C D (ed., 2nd), Book, pp. 1-2.", ["in C D (ed., 2nd)", "Book"]),
)


@pytest.mark.parametrize(("text", "parts"), PARTS, ids=[row[0] for row in PARTS])
def test_parts(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in scan(text).parts] == parts


WORDS = (
    (link_word, "Availble", "available"),
    (link_word, "Avaylable", "available"),
    (link_word, "Retrived", "retrieved"),
    (link_word, "Reprinted", None),
    (link_word, "Valuable", None),
    (access_word, "Acessed", "accessed"),
    (access_word, "Assessed", "accessed"),
    (access_word, "Published", None),
    (language_meant, "Persain", "Persian"),
    (language_meant, "فارسی", "Persian"),
    (language_meant, "Paris", None),
    (number_label, "Volum", "volume"),
    (number_label, "Nr", "issue"),
    (number_label, "June", None),
    (number_label, "Report", None),
)


@pytest.mark.parametrize(("meant", "word", "right"), WORDS, ids=[f"{row[0].__name__}-{row[1]}" for row in WORDS])
def test_word_meant(meant: object, word: str, right: str | None) -> None:
    assert callable(meant) and meant(word) == right
