"""Dates, numbers, page ranges and labels in the forms that a style asks for."""

from typing import Any

import pytest
from small_styles import cite

from refkit.csl import Cite
from refkit.csl.numbers import is_numeric, is_plural, page_range, roman

TEXT = '<date variable="issued" form="text"/>'
DATES: dict[str, tuple[str, Any, str]] = {
    "day": (TEXT, [[2001, 5, 3]], "May 3, 2001"),
    "month": (TEXT, [[2001, 5]], "May 2001"),
    "year": (TEXT, [[2001]], "2001"),
    "strings": (TEXT, [["2001", "05", "03"]], "May 3, 2001"),
    "numeric": ('<date variable="issued" form="numeric"/>', [[2001, 5, 3]], "05/03/2001"),
    "year only wanted": ('<date variable="issued" form="text" date-parts="year"/>', [[2001, 5, 3]], "2001"),
    "before Christ": (TEXT, [[-44]], "44 BC"),
    "after Christ": (TEXT, [[79]], "79 AD"),
    "season": (TEXT, [[2001, 21]], "Spring 2001"),
    "days": (TEXT, [[2001, 5, 3], [2001, 5, 9]], "May 3–9, 2001"),
    "months": (TEXT, [[2001, 1, 3], [2001, 5, 9]], "January 3–May 9, 2001"),
    "years": (TEXT, [[2001, 5, 3], [2002, 5, 9]], "May 3, 2001–May 9, 2002"),
    "open": (TEXT, [[2001], [0]], "2001–"),
    "parts of the style": (
        '<date variable="issued" delimiter="/"><date-part name="year" form="short"/>'
        '<date-part name="month" form="numeric"/><date-part name="day" form="ordinal"/></date>',
        [[2001, 5, 3]],
        "01/5/3rd",
    ),
    "short month without stop": (
        '<date variable="issued"><date-part name="month" form="short" strip-periods="true" suffix="."/></date>',
        [[2001, 1]],
        "Jan.",
    ),
    "own form in a localized date": (
        '<date variable="issued" form="text" prefix="(" suffix=")"><date-part name="month" form="short"/></date>',
        [[2001, 1]],
        "(Jan. 2001)",
    ),
}


@pytest.mark.parametrize(("layout", "parts", "expected"), DATES.values(), ids=DATES)
def test_date(layout: str, parts: Any, expected: str) -> None:
    assert cite(layout, {"issued": {"date-parts": parts}}) == expected


OTHER_DATES = {
    "literal": ({"literal": "in press"}, "in press"),
    "EDTF": ({"raw": "2001-05-03"}, "May 3, 2001"),
    "words": ({"raw": "May 3, 2001"}, "May 3, 2001"),
    "range of years": ({"raw": "2001/2002"}, "2001–2002"),
    "not understood": ({"raw": "the day before"}, "the day before"),
    "empty": ({"date-parts": [[]]}, ""),
    "nothing": ({}, ""),
    "a season beside the year": ({"date-parts": [[2001]], "season": "3"}, "Autumn 2001"),
    "a month that is none": ({"date-parts": [[2001, 44]]}, "2001"),
}


@pytest.mark.parametrize(("value", "expected"), OTHER_DATES.values(), ids=OTHER_DATES)
def test_other_date(value: dict[str, Any], expected: str) -> None:
    assert cite(TEXT, {"issued": value}) == expected


def test_uncertain_date() -> None:
    layout = f'<choose><if is-uncertain-date="issued"><text value="c. "/></if></choose>{TEXT}'
    assert cite(layout, {"issued": {"date-parts": [[1500]], "circa": True}}) == "c. 1500"
    assert cite(layout, {"issued": {"date-parts": [[1500]]}}) == "1500"


NUMBERS = {
    "numeric": ("numeric", "2", "2"),
    "first": ("ordinal", "1", "1st"),
    "eleventh": ("ordinal", "11", "11th"),
    "twenty-first": ("ordinal", "21", "21st"),
    "112": ("ordinal", "112", "112th"),
    "word": ("long-ordinal", "1", "first"),
    "no word for it": ("long-ordinal", "12", "12th"),
    "roman": ("roman", "1994", "mcmxciv"),
    "range": ("roman", "2-4", "ii–iv"),
    "with letters": ("ordinal", "2nd ed.", "2nd ed."),
}


@pytest.mark.parametrize(("form", "value", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_number(form: str, value: str, expected: str) -> None:
    assert cite(f'<number variable="edition" form="{form}"/>', {"edition": value}) == expected


@pytest.mark.parametrize("value", ["1", "2nd", "D2", "1-3", "1, 3 & 4", "xi-xv", "-1", "3/4"])
def test_numeric(value: str) -> None:
    assert is_numeric(value)


@pytest.mark.parametrize("value", ["", "second", "2nd ed.", "Vol. 3", "42+", "II", "۲", "Rev. ed."])
def test_not_numeric(value: str) -> None:
    assert not is_numeric(value)


@pytest.mark.parametrize(
    ("value", "plural"), [("1", False), ("1-3", True), ("1 & 3", True), ("12a", False), ("A-12", False)]
)
def test_plural(value: str, plural: bool) -> None:
    assert is_plural(value) is plural


RANGES = {
    "no format": ("", "321-328", "321–328"),
    "blanks": ("", "12 - 14", "12–14"),
    "expanded": ("expanded", "321-8", "321–328"),
    "minimal": ("minimal", "321-328", "321–8"),
    "minimal-two": ("minimal-two", "321-328", "321–28"),
    "chicago, hundreds": ("chicago-15", "100-104", "100–104"),
    "chicago, one digit": ("chicago-15", "101-108", "101–8"),
    "chicago, two digits": ("chicago-15", "321-328", "321–28"),
    "chicago, four digits": ("chicago-15", "1496-1504", "1496–1504"),
    "chicago 16, four digits": ("chicago-16", "1496-1504", "1496–504"),
    "chicago, short": ("chicago-15", "71-72", "71–72"),
    "letters": ("expanded", "e123-e27", "e123–e127"),
    "several": ("minimal", "1-3, 321-328", "1–3, 321–8"),
    "Roman": ("minimal", "xi-xv", "xi–xv"),
    "other letters": ("", "A-12", "A-12"),
    "escaped": ("", "3\\-4", "3-4"),
    "backwards": ("expanded", "328-321", "328–321"),
    "no range": ("expanded", "e1023", "e1023"),
}


@pytest.mark.parametrize(("wanted", "text", "expected"), RANGES.values(), ids=RANGES)
def test_page_range(wanted: str, text: str, expected: str) -> None:
    assert page_range(text, wanted, "–") == expected


def test_page_delimiter_is_a_term() -> None:
    extra = '<locale><terms><term name="page-range-delimiter"> to </term></terms></locale>'
    assert cite('<text variable="page"/>', {"page": "1-3"}, extra=extra) == "1 to 3"


@pytest.mark.parametrize(("page", "expected"), [("3", "p. 3"), ("3-4", "pp. 3–4"), ("3, 4", "pp. 3, 4"), ("", "")])
def test_page_label(page: str, expected: str) -> None:
    layout = '<group delimiter=" "><label variable="page" form="short"/><text variable="page"/></group>'
    assert cite(layout, {"page": page}) == expected


def test_locator_label() -> None:
    layout = '<label variable="locator" form="short" suffix=" "/><text variable="locator"/>'
    assert cite(layout, {}, Cite("x", "12-14")) == "pp. 12–14"
    assert cite(layout, {}, Cite("x", "3", "volume")) == "vol. 3"


@pytest.mark.parametrize(("number", "expected"), [(1, "i"), (49, "xlix"), (0, "0"), (5000, "5000")])
def test_roman(number: int, expected: str) -> None:
    assert roman(number) == expected
