import pytest

from refkit.verify.titles import SAME, Numerals, compare, forms, numerals

ALIKE = [
    pytest.param("On Growth and Form", "ON GROWTH AND FORM", id="capitals"),
    pytest.param("Modern widget toolkits for the desktop", "Modern Widget Toolkits for the Desktop", id="title case"),
    pytest.param("Rivers of Europe: a new survey", "Rivers of Europe – a new survey", id="dash for colon"),
    pytest.param("The rivers of southern Europe", "The rivers of southern Europe: a new survey", id="subtitle cut"),
    pytest.param("Is this a question for us?", "Is this a question for us? An answer", id="subtitle after ?"),
    pytest.param("Rocks &amp; minerals of the Alps", "Rocks & minerals of the Alps", id="entity"),
    pytest.param("Rocks &amp;amp; minerals", "Rocks and minerals", id="entity twice, & spelt out"),
    pytest.param("<i>Escherichia coli</i> in water", "Escherichia coli in water", id="tags"),
    pytest.param("CO<sub>2</sub> in the sea", "CO₂ in the sea", id="subscript"),
    pytest.param("TGF-β signalling in mice", "TGF-beta signalling in mice", id="Greek letter"),
    pytest.param("Über naïve Mengenlehre", "Uber naive Mengenlehre", id="marks dropped"),
    pytest.param("Behaviour of coloured glass", "Behavior of colored glass", id="British and American"),
    pytest.param("Effects of temprature on yield of wheat", "Effects of temperature on yield of wheat", id="misprint"),
    pytest.param("7. Ecology in culture", "Ecology in culture", id="chapter number"),
    pytest.param("RETRACTED ARTICLE: Growth of cells", "Growth of cells", id="retraction mark"),
    pytest.param("بررسى سياست خارجي ايران", "بررسی سیاست خارجی ایران", id="Arabic yeh and kaf"),
    pytest.param("می‌خواهم بروم به خانه", "می خواهم بروم به خانه", id="joiner is a blank"),
    pytest.param("سال ۱۳۹۸ در ایران", "سال 1398 در ایران", id="Persian digits"),
    pytest.param("سیاست خارجی ایران [Foreign policy of Iran]", "Foreign policy of Iran", id="bilingual, second"),
    pytest.param("Titel der Arbeit hier = Title of the work here", "Title of the work here", id="parallel title"),
    pytest.param(
        "Untersuchung der Lage Исследование среды обитания птиц", "Исследование среды обитания птиц", id="scripts"
    ),
    pytest.param(
        "Становление электронного управления в республике",
        "Stanovlenie elektronnogo upravleniya v respublike",
        id="romanised",
    ),
    pytest.param(
        "بررسی سیاست خارجی ایران در خلیج فارس",
        "Barrasi-ye siyasat-e khareji-ye Iran dar Khalij-e Fars",
        id="Persian romanised",
    ),
    pytest.param("Heart failure. II. Treatment", "Heart failure. 2. Treatment", id="Roman and Arabic"),
]
UNLIKE = [
    pytest.param("Theory of waves. Part I", "Theory of waves. Part II", id="part I and II"),
    pytest.param("Theory of waves: part one", "Theory of waves: part two", id="numbers in words"),
    pytest.param("Census of towns 1990", "Census of towns 2000", id="years"),
    pytest.param("Widgets in the mobile office", "Windows in the medieval abbey", id="another topic"),
    pytest.param("Deep learning for image search", "Deep learning for speech search", id="same topic"),
    pytest.param(
        "بررسی سیاست خارجی ایران در خلیج فارس", "A study of Iran's foreign policy in the Persian Gulf", id="translated"
    ),
    pytest.param("Nature of light", "Nature of sound", id="one word"),
]


@pytest.mark.parametrize(("mine", "theirs"), ALIKE)
def test_alike(mine: str, theirs: str) -> None:
    assert compare([mine], [theirs]).score >= SAME
    assert compare([theirs], [mine]).score >= SAME


@pytest.mark.parametrize(("mine", "theirs"), UNLIKE)
def test_unlike(mine: str, theirs: str) -> None:
    assert compare([mine], [theirs]).score < SAME


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param("Waves. Part I", "Waves. Part II", Numerals.CONFLICT, id="conflict"),
        pytest.param("On the waves of the sea", "On the waves of the sea II", Numerals.MISSING, id="missing"),
        pytest.param("Waves 2", "Waves II", Numerals.SAME, id="same"),
    ],
)
def test_numerals_of_two(mine: str, theirs: str, expected: Numerals) -> None:
    assert compare([mine], [theirs]).numerals is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("part iv of the theory", ("4",), id="Roman"),
        pytest.param("if i were a king", (), id="pronoun"),
        pytest.param("kings and queens i", ("1",), id="last"),
        pytest.param("volume 02", ("2",), id="zero in front"),
        pytest.param("civil mix did", (), id="words of Roman letters"),
    ],
)
def test_numerals(title: str, expected: tuple[str, ...]) -> None:
    assert numerals(title) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "about"),
    [
        pytest.param("Growth of cells", "Correction: Growth of cells", True, id="correction"),
        pytest.param("Growth of cells", "Retraction notice to “Growth of cells”", True, id="retraction notice"),
        pytest.param("Growth of cells", 'Review for "Growth of cells"', True, id="peer review"),
        pytest.param("Reply to “Growth”", "Correction: Reply to “Growth”", True, id="correction of a reply"),
        pytest.param("Growth of cells", "RETRACTED: Growth of cells", False, id="mark is no notice"),
        pytest.param("Response of plants to drought", "Response of plants to drought", False, id="word of the title"),
        pytest.param("خطا [Erratum to: Growth]", "Erratum to: Growth", False, id="bilingual notice"),
    ],
)
def test_about(mine: str, theirs: str, about: bool) -> None:
    assert compare([mine], [theirs]).about is about


@pytest.mark.parametrize("title", ["", "   ", "…", "\x00\x1b[31m", "[" * 5000, "a" * 10_000_000, ": " * 100_000])
def test_hostile_titles_are_harmless(title: str) -> None:
    assert 0.0 <= compare([title[:2000]], ["Growth of cells"]).score <= 1.0
    assert len(forms(title[:2000])) >= 1
