import pytest

from refkit.model import Severity
from tests.rules.linting import codes, fixed, lint

OWN = ("RK801", "RK802", "RK803", "RK809", "RK811")
CLEAN = [
    pytest.param("note = {Accessed on 2019-05-03. Available at: https://example.org}", id="labels"),
    pytest.param("note = {Assessed on 1 May; received 2 May, reviewed at home}", id="other words"),
    pytest.param("note = {Abgerufen am 3. Mai 2019}", id="German label"),
    pytest.param("title = {Trees (in Germany) and [in general]}", id="countries are no languages"),
    pytest.param("title = {Trees [in Persian]}, langid = {persian}", id="tag"),
    pytest.param("title = {جغرافیای سیاسی ایران}, langid = {persian}", id="Persian"),
    pytest.param("title = {كتاب الأشجار والغابات}, langid = {arabic}", id="Arabic keeps its letters"),
    pytest.param("title = {كتاب الأشجار}", id="Arabic, not said so"),
    pytest.param("title = {Joghrafia-ye siasi}, langid = {persian}", id="transliterated"),
    pytest.param("title = {On trees [In Persian]}, langid = {persian}", id="tag and langid"),
    pytest.param("title = {On trees [In Farsi]}, language = {fa}", id="tag and language"),
    pytest.param("note = {In press}", id="in press is no language"),
    pytest.param("title = {On trees (in summer)}", id="in summer is none"),
    pytest.param("title = {Лес и деревья}, langid = {russian}", id="Russian"),
    pytest.param("@book{a, title = {Codex}, year = {1398}}", id="a manuscript"),
    pytest.param("@book{a, title = {T}, publisher = {P}, year = {1455}}", id="early print"),
    pytest.param("title = {می‌خواهم، پس هستم؟}, author = {رضایی, علی}", id="punctuation in place"),
    pytest.param("title = {سال ۱۳۹۸}, year = {2019}", id="Persian digits in a title"),
    pytest.param("title = {Trees, woods; and why?}", id="Latin punctuation"),
    pytest.param("title = {۱۲ درخت (1420 هـ)}", id="hijri sign"),
]


@pytest.mark.parametrize("snippet", CLEAN)
def test_clean(snippet: str) -> None:
    assert codes(snippet, *OWN) == []


FOUND = [
    pytest.param(
        "note = {Availble at: https://example.org}",
        "RK801",
        "note = {Available at: https://example.org}",
        id="available",
    ),
    pytest.param("note = {Acessed on 3 May 2019}", "RK801", "note = {Accessed on 3 May 2019}", id="accessed"),
    pytest.param(
        "howpublished = {Retrived from \\url{https://example.org}}",
        "RK801",
        "howpublished = {Retrieved from \\url{https://example.org}}",
        id="retrieved",
    ),
    pytest.param("title = {On trees ]in Persian[}", "RK802", "title = {On trees [in Persian]}", id="brackets reversed"),
    pytest.param("title = {On trees [in Persain]}", "RK802", "title = {On trees [in Persian]}", id="language misspelt"),
    pytest.param(
        "title = {On trees (in Persian]}", "RK802", "title = {On trees [in Persian]}", id="brackets of two kinds"
    ),
    pytest.param(
        "title = {On trees [In Persian]}",
        "RK803",
        "title = {On trees [In Persian]},\n  langid = {persian}",
        id="no langid",
    ),
    pytest.param("title = {On trees [In Persian]}, langid = {german}", "RK803", None, id="another langid"),
    pytest.param("title = {جغرافیای سیاسی}, langid = {english}", "RK803", None, id="script against langid"),
    pytest.param(
        "@article{a, journal = {J}, year = {1400}}",
        "RK809",
        "@article{a, journal = {J}, year = {2021}, solaryear = {1400}}",
        id="Solar year",
    ),
    pytest.param("title = {جغرافياي سياسي ایران}", "RK811", "title = {جغرافیای سیاسی ایران}", id="Arabic yeh"),
    pytest.param("title = {كتاب}, langid = {persian}", "RK811", "title = {کتاب}, langid = {persian}", id="Arabic kaf"),
    pytest.param("year = {۱۳۹۸}", "RK811", "year = {1398}", id="Persian digits in a number"),
    pytest.param("pages = {٤٥--٥٠}", "RK811", "pages = {45--50}", id="Arabic digits in pages"),
    pytest.param("title = {کتاب\u200c\u200cها}", "RK811", "title = {کتاب\u200cها}", id="joiner twice"),
    pytest.param("title = {کتاب\u200c ها}", "RK811", "title = {کتاب ها}", id="joiner before a space"),
    pytest.param("title = {ایـــران و جهان}", "RK811", "title = {ایران و جهان}", id="stretched"),
    pytest.param(
        "title = {چرا درخت? برای جنگل, پس}", "RK811", "title = {چرا درخت؟ برای جنگل، پس}", id="Latin punctuation"
    ),
    pytest.param("title = {Trees، woods؛ why؟}", "RK811", "title = {Trees, woods; why?}", id="Arabic punctuation"),
]


@pytest.mark.parametrize(("snippet", "code", "repaired"), FOUND)
def test_found_and_fixed(snippet: str, code: str, repaired: str | None) -> None:
    assert set(codes(snippet, code)) == {code}
    assert fixed(snippet, code) == (repaired or snippet)


def test_solar_year_of_a_persian_work_is_only_mentioned() -> None:
    found = lint("@article{a, title = {جغرافیای سیاسی}, journal = {فصلنامه}, year = {1400}}", "RK809")
    assert [item.severity for item in found] == [Severity.INFO]
