import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refkit.model import Span
from refkit.parse import labeller
from refkit.parse.labeller import label, label_many
from refkit.parse.places import Place, Places
from refkit.parse.trim import trim

APA = "Putnam, R. D. (1995). Bowling alone: America's declining social capital. Journal of Democracy, 6(1), 65-78."
CASES = {
    "apa": (
        APA,
        {
            "author": "Putnam, R. D.",
            "date": "1995",
            "title": "Bowling alone: America's declining social capital",
            "container-title": "Journal of Democracy",
            "volume": "6",
            "issue": "1",
            "pages": "65-78",
        },
    ),
    "vancouver": (
        "Krueger AB, Katz LF. The effect of the minimum wage on the fast-food industry. ILR Rev. 1992;46(1):6-21.",
        {"author": "Krueger AB, Katz LF.", "container-title": "ILR Rev", "date": "1992", "pages": "6-21"},
    ),
    "book": (
        "Scott, James C. Seeing Like a State. New Haven: Yale University Press, 1998.",
        {"title": "Seeing Like a State", "place": "New Haven", "publisher": "Yale University Press", "date": "1998"},
    ),
    "chapter": (
        "Hall, Stuart. “Cultural Identity and Diaspora.” In Identity: Community, Culture, Difference, edited by "
        "Jonathan Rutherford, 222–37. London: Lawrence & Wishart, 1990.",
        {
            "title": "Cultural Identity and Diaspora",
            "container-title": "Identity: Community, Culture, Difference",
            "editor": "Jonathan Rutherford",
            "pages": "222–37",
        },
    ),
    "german article": (
        "Kohli, Martin (1985): Die Institutionalisierung des Lebenslaufs. In: Kölner Zeitschrift für Soziologie und "
        "Sozialpsychologie, Jg. 37, H. 1, S. 1-29.",
        {
            "author": "Kohli, Martin",
            "title": "Die Institutionalisierung des Lebenslaufs",
            "container-title": "Kölner Zeitschrift für Soziologie und Sozialpsychologie",
            "volume": "37",
            "issue": "1",
            "pages": "1-29",
        },
    ),
    "german footnote": (
        "Gerd Althoff, Zur Bedeutung symbolischer Kommunikation, in: Frühmittelalterliche Studien 31 (1997), "
        "S. 370–389.",
        {
            "author": "Gerd Althoff",
            "title": "Zur Bedeutung symbolischer Kommunikation",
            "container-title": "Frühmittelalterliche Studien",
            "volume": "31",
            "date": "1997",
        },
    ),
    "gost": (
        "Тишков В. А. Реквием по этносу. — М. : Наука, 2003. — 544 с.",
        {"author": "Тишков В. А.", "title": "Реквием по этносу", "publisher": "Наука", "date": "2003"},
    ),
    "gost article": (
        "Ядов В.А. Социальная идентификация в кризисном обществе // Социологический журнал. 1994. № 1. С. 35–52.",
        {"container-title": "Социологический журнал", "issue": "1", "pages": "35–52"},
    ),
    "persian": (
        "بشیریه، حسین (۱۳۸۲)، جامعه‌شناسی سیاسی، تهران: نشر نی.",
        {"author": "بشیریه، حسین", "date": "۱۳۸۲", "place": "تهران", "publisher": "نشر نی"},
    ),
    "arxiv": (
        "E. Witten, Quantum field theory and the Jones polynomial, Comm. Math. Phys. 121 (1989), no. 3, 351-399.",
        {"author": "E. Witten", "volume": "121", "issue": "3", "pages": "351-399"},
    ),
}


def first_of(spans: tuple[Span, ...], field: str) -> str:
    return next((span.text for span in spans if span.field == field), "")


@pytest.mark.parametrize(("text", "fields"), CASES.values(), ids=CASES)
def test_fields_of_common_styles(text: str, fields: dict[str, str]) -> None:
    spans = label(text)
    assert {field: first_of(spans, field) for field in fields} == fields


@given(st.text(max_size=300))
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for span in label(text):
        assert end <= span.start < span.end
        assert text[span.start : span.end] == span.text
        assert 0 <= span.confidence <= 1
        end = span.end


@given(st.integers(0, len(APA) - 1), st.integers(1, 30), st.sampled_from(("title", "pages", "dor", "url")))
def test_fixed_spans_are_kept_and_nothing_is_laid_over_them(start: int, length: int, field: str) -> None:
    end = min(len(APA), start + length)
    fixed = Span(field, APA[start:end], start, end)
    spans = label(APA, (fixed,))
    assert fixed in spans
    assert all(span is fixed or span.end <= start or span.start >= end for span in spans)


def test_fixed_spans_guide_their_neighbours() -> None:
    text = "Smith, J. Cats 12 2001"
    start = text.index("Cats")
    spans = label(text, (Span("container-title", "Cats", start, start + 4),))
    assert first_of(spans, "author") == "Smith, J."


def test_many_references_get_the_same_labels_as_each_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for text, _ in CASES.values()] + ["", " ", "1999", "x", APA * 20]
    alone = [label(text) for text in texts]
    monkeypatch.setattr(labeller, "_FEW", 0)
    assert label_many(texts) == alone


def test_many_references_with_fixed_spans() -> None:
    doi = Span("doi", "10.1/x", 5, 11)
    assert label_many(("A b. 10.1/x", "C d."), ((doi,), ()))[0][-1] == doi


@pytest.mark.parametrize("limit", ["_MOST_FORMS", "_MOST_GAPS"])
def test_a_long_run_forgets_what_it_need_not_remember(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"refkit.parse.crf.{limit}", 5)
    before = label(APA)
    assert (label_many([APA]), len(labeller.load_model().forms)) == ([before], 0)


def count_places() -> int:
    return sum(isinstance(value, Place) for value in gc.get_objects())


def test_what_is_forgotten_is_freed_without_the_collector() -> None:
    gc.collect()
    before = count_places()
    places = Places()
    gc.disable()
    try:
        places.read([0, 0], [0, 1, 0], [0, 0, 0])
        assert count_places() > before
        places.forget()
        assert count_places() == before
    finally:
        gc.enable()


def test_a_very_long_line_is_labelled_in_part() -> None:
    spans = label(APA + " word, 12;" * 5000)
    assert first_of(spans, "date") == "1995"


TRIMMED = {
    "comma and quotes": ("title", "“Bowling alone,” ", "Bowling alone"),
    "bracketed whole": ("date", "(1995),", "1995"),
    "brackets inside": ("title", "Democracy (and how to get it).", "Democracy (and how to get it)"),
    "unbalanced": ("pages", "65-78).", "65-78"),
    "initial keeps its stop": ("author", "Putnam, R. D.", "Putnam, R. D."),
    "name loses its stop": ("author", "Krueger AB, Katz.", "Krueger AB, Katz"),
    "abbreviated journal": ("container-title", "Phys. Rev.", "Phys. Rev."),
    "question mark": ("title", "The End of History?”", "The End of History?"),
    "persian comma": ("title", "جامعه‌شناسی سیاسی،", "جامعه‌شناسی سیاسی"),
    "nothing left": ("title", " (,) ", ""),
}


@pytest.mark.parametrize(("field", "text", "value"), TRIMMED.values(), ids=TRIMMED)
def test_trim(field: str, text: str, value: str) -> None:
    start, end = trim(text, field, (0, len(text)))
    assert text[start:end] == value
