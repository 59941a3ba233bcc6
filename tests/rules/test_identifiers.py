import pytest

from refkit.model import Severity
from tests.rules.linting import codes, fixed, lint

OWN = tuple(f"RK4{n:02d}" for n in range(1, 17))
CLEAN = [
    *(
        pytest.param(f"doi = {{{doi}}}", id=f"doi {doi}")
        for doi in (
            "10.1145/3292500",
            "10.1000/xyz;2-#",
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "10.1016/S0304-3975(97)00123-4",
            "10.1007/978-3-540-72816-0_9",
            "10.17487/RFC2119",
            "10.1000.10/abc(1)",
            "10.1093/mnras/stab123",
            "10.5281/zenodo.5555555",
            "10.1130/0091-7613(1990)018<0500:TRBTR>2.3.CO;2",
        )
    ),
    *(
        pytest.param(f"url = {{{url}}}, urldate = {{2020-01-01}}", id=f"url {url}")
        for url in (
            "https://example.org/a_b?c=d&e=f#g",
            "http://example.org/~smith/",
            "https://en.wikipedia.org/wiki/Tree_(graph)",
            "https://example.org/a%20b.pdf",
            "https://example.org/?id=abc",
            "ftp://ftp.example.org/pub/",
            "urn:nbn:de:101:1-2",
            "https://example.org/x?id=YWJj==",
            "file:///home/a/b.pdf",
            "https://example.org/a,b;c",
            "mailto:a@example.org",
            "https://xn--e1afmkfd.example/",
            "https://example.org:8080/x",
            "https://doi.example.org/x",
            "\\url{https://example.org/x y}",
            "https://example.org/100%",
            "https://web.archive.org/web/2020/http://example.org/",
        )
        if not url.endswith("%")
    ),
    pytest.param("@manual{a, title = {CTAN}, url = {https://www.ctan.org/}}", id="home page of the site itself"),
    pytest.param("isbn = {978-3-540-72816-0}", id="ISBN-13"),
    pytest.param("isbn = {0-201-13445-4 (hard), 0-201-13444-6 (soft)}", id="ISBN list with notes"),
    pytest.param("isbn = {080442957X}", id="ISBN-10 with X"),
    pytest.param("isbn = {978-3-540-72816-0 978-0-8218-0053-9}", id="two ISBNs with a space between"),
    pytest.param("isbn = {978 3 540 72816 0}", id="ISBN with spaces"),
    pytest.param("issn = {0097-8493}", id="ISSN"),
    pytest.param("issn = {0038-0644 (print), 1097-024X (electronic)}", id="ISSN list"),
    pytest.param("eprint = {1412.6980}, archiveprefix = {arXiv}", id="arXiv"),
    pytest.param("eprint = {math/0307200v3}, eprinttype = {arxiv}", id="old arXiv"),
    pytest.param(
        "doi = {10.1103/PhysRevLett.77.3865}, volume = {77}, pages = {3865--3868}", id="volume and page as in the DOI"
    ),
    pytest.param("doi = {10.1016/j.physletb.2012.08.020}, year = {2013}", id="printed a year after acceptance"),
    pytest.param("doi = {10.1016/S0095-4470(19)30815-0}, year = {1983}", id="number given on digitising"),
    pytest.param("doi = {10.1007/s00220-004-1234-5}, year = {2005}", id="Springer year"),
    pytest.param("@book{a, doi = {10.1007/978-3-540-72816-0}, isbn = {978-3-540-72816-0}}", id="book with its DOI"),
    pytest.param("@inproceedings{a, pages = {1--9}, doi = {10.1007/978-3-540-72816-0_1}}", id="chapter with its DOI"),
    pytest.param("doi = {10.1088/0368-3281/5/2/304}, volume = {5}, pages = {89--107}", id="IOP article number"),
    pytest.param("note = {See https://example.org/10.1000/x}", id="no DOI link in a note"),
    pytest.param(
        "@misc{a, title = {T}, howpublished = {\\url{https://example.org/x}}, note = {Accessed 3 May 2020}}",
        id="accessed in note",
    ),
]


@pytest.mark.parametrize("snippet", CLEAN)
def test_clean(snippet: str) -> None:
    assert codes(snippet, *OWN) == []


FOUND = [
    pytest.param("doi = {10.1145}", "RK401", None, id="no suffix"),
    pytest.param("doi = {3292500.3330701}", "RK401", None, id="no prefix"),
    pytest.param("doi = {https://www.sciencedirect.com/science/article/pii/S0304}", "RK401", None, id="another URL"),
    pytest.param("doi = {https://doi.org/10.1145/3292500}", "RK402", "doi = {10.1145/3292500}", id="URL"),
    pytest.param("doi = {http://dx.doi.org/10.1145/3292500}", "RK402", "doi = {10.1145/3292500}", id="old resolver"),
    pytest.param("doi = {doi:10.1145/3292500}", "RK402", "doi = {10.1145/3292500}", id="label"),
    pytest.param("doi = {DOI: 10.1145/3292500}", "RK402", "doi = {10.1145/3292500}", id="label with space"),
    pytest.param(
        "doi = {https://doi.org/https://doi.org/10.1145/3292500}", "RK402", "doi = {10.1145/3292500}", id="twice"
    ),
    pytest.param("doi = {10.1145/3292500.}", "RK403", "doi = {10.1145/3292500}", id="full stop"),
    pytest.param("doi = { 10.1145/3292500}", "RK403", "doi = {10.1145/3292500}", id="space before"),
    pytest.param("doi = {10.1145/ 3292500}", "RK403", "doi = {10.1145/3292500}", id="space inside"),
    pytest.param("doi = {(10.1145/3292500)}", "RK403", "doi = {10.1145/3292500}", id="brackets"),
    pytest.param(
        r"doi = {10.1007/978-3-540-72816-0\_9}", "RK403", "doi = {10.1007/978-3-540-72816-0_9}", id="TeX escape"
    ),
    pytest.param(
        r"doi = {10.1007/978-3-540-72816-0{\_}9}", "RK403", "doi = {10.1007/978-3-540-72816-0_9}", id="braced TeX"
    ),
    pytest.param("url = {https://doi.org/10.1145/3292500}", "RK404", "doi = {10.1145/3292500}", id="only in url"),
    pytest.param("note = {doi:10.1145/3292500}", "RK404", "doi = {10.1145/3292500}", id="only in note"),
    pytest.param(
        "note = {In Persian. doi: 10.1145/3292500}",
        "RK404",
        "note = {In Persian.},\n  doi = {10.1145/3292500}",
        id="behind other text",
    ),
    pytest.param(
        "howpublished = {\\url{https://doi.org/10.1145/3292500}}",
        "RK404",
        "doi = {10.1145/3292500}",
        id="in howpublished",
    ),
    pytest.param(
        "doi = {20.1001.1.20088221.2017.8.26.2.4}", "RK405", "dor = {20.1001.1.20088221.2017.8.26.2.4}", id="DOR"
    ),
    pytest.param(
        "doi = {https://doi.org/20.1001.1.20088221.1399.8.26.2.4}",
        "RK405",
        "dor = {20.1001.1.20088221.1399.8.26.2.4}",
        id="DOR with resolver",
    ),
    pytest.param("doi = {10.1103/PhysRevLett.77.3865}, volume = {78}", "RK406", None, id="volume (APS)"),
    pytest.param("doi = {10.1103/PhysRevLett.77.3865}, pages = {3866}", "RK406", None, id="page (APS)"),
    pytest.param("doi = {10.1016/j.physletb.2012.08.020}, year = {2002}", "RK406", None, id="year (Elsevier)"),
    pytest.param("doi = {10.5194/acp-10-1234-2010}, year = {2013}", "RK406", None, id="year (Copernicus)"),
    pytest.param("doi = {10.1109/TIT.2011.1053964}, year = {1967}", "RK406", None, id="year (IEEE)"),
    pytest.param("doi = {10.1111/j.1365-2966.2005.09123.x}, issn = {0035-8711}", "RK406", None, id="ISSN (Wiley)"),
    pytest.param("@incollection{a, pages = {1--9}, doi = {10.1007/978-3-540-72816-0}}", "RK407", None, id="book's DOI"),
    pytest.param("@book{a, doi = {10.1007/978-3-540-72816-0_9}}", "RK407", None, id="chapter's DOI"),
    pytest.param("isbn = {978-3-540-72816-9}", "RK408", None, id="ISBN check digit"),
    pytest.param("isbn = {0097-8493}", "RK408", None, id="ISSN in isbn"),
    pytest.param("issn = {0097-8494}", "RK408", None, id="ISSN check digit"),
    pytest.param("isbn = {12345}", "RK408", None, id="ISBN of five digits"),
    pytest.param("isbn = {978-3-540-7281-0}", "RK408", None, id="ISBN too short"),
    pytest.param("isbn = {ISBN 978-3-540-72816-0}", "RK409", "isbn = {978-3-540-72816-0}", id="ISBN label"),
    pytest.param("issn = {00978493}", "RK409", "issn = {0097-8493}", id="ISSN hyphen"),
    pytest.param("eprint = {arXiv:1412.6980}", "RK409", "eprint = {1412.6980}", id="arXiv label"),
    pytest.param("eprint = {https://arxiv.org/abs/1412.6980}", "RK409", "eprint = {1412.6980}", id="arXiv URL"),
    pytest.param("pmid = {PMID: 26061978}", "RK409", "pmid = {26061978}", id="PMID label"),
    pytest.param("url = {www.example.org/x}", "RK410", "url = {https://www.example.org/x}", id="no scheme"),
    pytest.param("url = {example.org/x.pdf}", "RK410", "url = {https://example.org/x.pdf}", id="no www either"),
    pytest.param("url = {xyz-icaps07.pdf}", "RK410", None, id="the name of a file"),
    pytest.param("url = {10.1351/pac1992}", "RK410", None, id="a DOI as URL"),
    pytest.param(
        "url = {https://example.org/annual report.pdf}",
        "RK411",
        "url = {https://example.org/annual%20report.pdf}",
        id="space",
    ),
    pytest.param(
        "url = {https://example.org/annual-\n    report.pdf}",
        "RK411",
        "url = {https://example.org/annual-report.pdf}",
        id="line break",
    ),
    pytest.param("url = {https://example.org/x?id=}", "RK411", None, id="query cut"),
    pytest.param("url = {https://example.org/a; https://example.org/b}", "RK411", None, id="two addresses"),
    pytest.param("url = {https://example.org/x.}", "RK412", "url = {https://example.org/x}", id="full stop"),
    pytest.param("url = {https://example.org/x),}", "RK412", "url = {https://example.org/x}", id="bracket and comma"),
    pytest.param("url = {https://example.org/x (accessed 2019)}", "RK412", None, id="text behind"),
    pytest.param("@article{a, title = {On Trees}, url = {https://www.example.org/}}", "RK413", None, id="home page"),
    pytest.param(
        "@article{a, title = {On Trees}, url = {http://www.example.org/index.html}}", "RK413", None, id="index page"
    ),
    pytest.param(
        "url = {http://arxiv.org/abs/1412.6980}", "RK414", "url = {https://arxiv.org/abs/1412.6980}", id="http"
    ),
    pytest.param(
        "url = {https://example.org/x?a=1&utm_source=b&c=2#d}",
        "RK414",
        "url = {https://example.org/x?a=1&c=2#d}",
        id="tracking",
    ),
    pytest.param("url = {https://bit.ly/abc}", "RK414", None, id="short link"),
    pytest.param(
        "doi = {10.1145/3292500},\n  url = {https://doi.org/10.1145/3292500}",
        "RK415",
        "doi = {10.1145/3292500}",
        id="url repeats",
    ),
    pytest.param("@online{a, title = {T}, url = {https://example.org/x}}", "RK416", None, id="no access date"),
]


@pytest.mark.parametrize(("snippet", "code", "repaired"), FOUND)
def test_found_and_fixed(snippet: str, code: str, repaired: str | None) -> None:
    assert codes(snippet, code) == [code]
    assert fixed(snippet, code) == (repaired or snippet)


def test_short_doi_is_only_mentioned() -> None:
    assert lint("@misc{a, doi = {10/cn2h9c}}", "RK401")[0].severity is Severity.INFO


def test_tex_escapes_are_a_warning() -> None:
    assert lint("@misc{a, doi = {10.1007/978-3-540-72816-0\\_9}}", "RK403")[0].severity is Severity.WARNING
