import pytest

from tests.rules.linting import codes, fixed, lint

OWN = ("RK301", "RK302", "RK303", "RK304", "RK305", "RK306", "RK308", "RK309", "RK310", "RK311", "RK312")
CLEAN = [
    *(
        pytest.param(f"year = {{{year}}}", id=f"year {year}")
        for year in (
            "2019",
            "{2019}",
            "1998/1999",
            "1998--1999",
            "1998-99",
            "[1926]",
            "c. 1900",
            "ca. 1890",
            "1926?",
            "1884--",
            "forthcoming",
            "in press",
            "to appear",
            "Submitted",
            "n.d.",
            "44 BC",
            "-350",
            "{\\noopsort{1973b}}1973",
            "1970s",
            "۱۳۹۸",
            "1987--present",
            "1860 [1999]",
            "1994 (to appear)",
        )
    ),
    *(
        pytest.param(f"date = {{{date}}}", id=f"date {date}")
        for date in (
            "2019",
            "2019-05",
            "2019-05-03",
            "2019-05-03/2019-06-01",
            "1998/1999",
            "2019-05/..",
            "1723~",
            "1931?",
            "199X",
            "2019-21",
            "-0350",
            "2019-05-03T10:00:00Z",
            "y17000000002",
            "/1998",
        )
    ),
    *(
        pytest.param(f"pages = {{{pages}}}", id=f"pages {pages}")
        for pages in ("Pages", "Paper B", "Part 2", "P3--P8", "S. Karger")
    ),
    pytest.param("month = jan", id="macro"),
    pytest.param("month = {3}", id="number"),
    pytest.param("month = mar # {~12}", id="macro joined"),
    pytest.param("month = {Spring}", id="season"),
    pytest.param("month = {March--April}", id="two months"),
    pytest.param("year = 2004, date = {2004-03}, month = mar", id="dates agree"),
    pytest.param("year = 2005, date = {2004/2006}", id="year within a range"),
    pytest.param("year = 2019, urldate = {2019-01-01}", id="accessed in the same year"),
    *(
        pytest.param(f"pages = {{{pages}}}", id=f"pages {pages}")
        for pages in (
            "12--34",
            "12",
            "e0127502",
            "S1--S20",
            "xii--xv",
            "12:1--12:25",
            "1--3, 7, 9--12",
            "A-12",
            "045-123",
            "300",
            "xii + 286",
            "1:1--1:25",
            "C1--C4",
            "999--1001",
            "12--",
            "L12",
            "1-12-1-15",
            "ii--25",
            "3.1--3.12",
            "99A--B",
        )
    ),
    pytest.param("volume = {12A}, number = {3--4}", id="volume with letter"),
    pytest.param("volume = {XIV}, number = {Suppl. 1}", id="supplement"),
    pytest.param("volume = {abs/1412.6980}", id="dblp"),
    pytest.param("@techreport{a, number = {No. 12/2009}}", id="report number keeps its label"),
    pytest.param("volume = {Volcanoes}, number = {Nostalgia}", id="words that begin like labels"),
    pytest.param("@article{a, number = {123456}, pages = {1--9}}", id="long number with pages"),
]


@pytest.mark.parametrize("snippet", CLEAN)
def test_clean(snippet: str) -> None:
    assert codes(snippet, *OWN) == []


FOUND = [
    pytest.param("year = {20003}", "RK301", "year = {2003}", id="digit doubled"),
    pytest.param("year = {199}", "RK301", None, id="digit lost"),
    pytest.param("year = {twenty}", "RK301", None, id="no number"),
    pytest.param("year = {March 2004}", "RK301", "year = {2004}", id="month in the year"),
    pytest.param("date = {2019-5-3}", "RK301", "date = {2019-05-03}", id="date without zeros"),
    pytest.param("date = {3 May 2019}", "RK301", "date = {2019-05-03}", id="date in words"),
    pytest.param("date = {soon}", "RK301", None, id="date that is none"),
    pytest.param("year = {2917}", "RK302", None, id="future"),
    pytest.param("date = {2917-01-01}", "RK302", None, id="future date"),
    pytest.param("@article{a, journal = {Woods}, year = {1019}}", "RK302", None, id="before printing"),
    pytest.param("urldate = {2021-02-30}", "RK303", None, id="30 February"),
    pytest.param("date = {2021-13}", "RK303", None, id="month 13"),
    pytest.param("month = {13}", "RK303", None, id="month field 13"),
    pytest.param("day = {32}", "RK303", None, id="day 32"),
    pytest.param("urldate = {31/11/2020}", "RK303", None, id="31 November"),
    pytest.param("month = {March}", "RK304", "month = mar", id="month in words"),
    pytest.param('month = "Sept."', "RK304", "month = sep", id="month abbreviated"),
    pytest.param("month = {März}", "RK304", "month = mar", id="German month"),
    pytest.param("year = {2004}, date = {2005-03}", "RK305", None, id="year and date"),
    pytest.param("month = {4}, date = {2005-03}", "RK305", None, id="month and date"),
    pytest.param("year = {2021}, urldate = {2019-03-01}", "RK306", None, id="accessed too early"),
    pytest.param("urldate = {10/5/2019}", "RK308", "urldate = {2019-05-10}", id="ambiguous"),
    pytest.param("urldate = {17/5/2019}", "RK308", "urldate = {2019-05-17}", id="not ISO"),
    pytest.param("urldate = {May 10, 2019}", "RK308", "urldate = {2019-05-10}", id="in words"),
    pytest.param("urldate = {2019/5/1}", "RK308", "urldate = {2019-05-01}", id="slashes"),
    pytest.param("pages = {12-34}", "RK309", "pages = {12--34}", id="hyphen"),
    pytest.param("pages = {12–34}", "RK309", "pages = {12--34}", id="en dash"),
    pytest.param("pages = {12 -- 34}", "RK309", "pages = {12--34}", id="spaces"),
    pytest.param("pages = {pp. 12-34}", "RK309", "pages = {12--34}", id="label"),
    pytest.param("pages = {S. 12--34}", "RK309", "pages = {12--34}", id="German label"),
    pytest.param("pages = {صص 12-34}", "RK309", "pages = {12--34}", id="Persian label"),
    pytest.param("pages = {1-3, 7-9}", "RK309", "pages = {1--3, 7--9}", id="two ranges"),
    pytest.param("pages = {S1-S20}", "RK309", "pages = {S1--S20}", id="supplement pages"),
    pytest.param("pages = {pp. xii-xv}", "RK309", "pages = {xii--xv}", id="label before Roman numbers"),
    pytest.param("pages = {P.~E12--E34}", "RK309", "pages = {E12--E34}", id="label before numbers with a letter"),
    pytest.param("pages = {1258--73}", "RK310", "pages = {1258--1273}", id="shortened"),
    pytest.param("pages = {58--45}", "RK310", "pages = {45--58}", id="reversed"),
    pytest.param("@article{a, pages = {104567--104567}}", "RK311", None, id="article number twice"),
    pytest.param("@article{a, volume = {3}, number = {104567}}", "RK311", None, id="article number as issue"),
    pytest.param("volume = {Vol. 12}", "RK312", "volume = {12}", id="Vol."),
    pytest.param("@article{a, number = {No. 4}}", "RK312", "@article{a, number = {4}}", id="No."),
    pytest.param("volume = {جلد 2}", "RK312", "volume = {2}", id="Persian label of a volume"),
    pytest.param("volume = {Volume XII}", "RK312", "volume = {XII}", id="Roman number"),
    pytest.param("volume = {12(3)}", "RK312", "volume = {12},\n  number = {3}", id="volume with number"),
]


@pytest.mark.parametrize(("snippet", "code", "repaired"), FOUND)
def test_found_and_fixed(snippet: str, code: str, repaired: str | None) -> None:
    assert codes(snippet, code) == [code]
    assert fixed(snippet, code) == (repaired or snippet)


def test_swapped_volume_and_number() -> None:
    text = "".join(f"@article{{k{n}, journal = {{W}}, year = 2009, volume = 37, number = {n}}}\n" for n in (1, 2))
    swapped = "@article{x, journal = {W}, year = 2009, volume = 5, number = 37}\n"
    assert [item.key for item in lint(text + swapped, "RK312")] == ["x"]


def test_mixed_access_dates() -> None:
    usual = "".join(f"@misc{{k{n}, note = {{Accessed 2019-05-0{n}}}}}\n" for n in (1, 2))
    assert [item.key for item in lint(usual + "@misc{x, note = {Accessed 3 May 2019}}\n", "RK308")] == ["x"]
    assert lint(usual, "RK308") == []
