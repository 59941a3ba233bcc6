import pytest

from tests.rules.linting import codes, fixed

OWN = ("RK701", "RK702", "RK703", "RK704", "RK705")
CLEAN = [
    pytest.param("title = {Trees – woods — “forests” ‘groves’ … and so on}", id="typographic marks"),
    pytest.param("author = {Müller, Ørsted and Đoàn, Nguyễn and Łukasiewicz, Šafařík}", id="letters of many languages"),
    pytest.param("title = {می‌خواهم کتاب‌ها را}", id="joiners inside Persian words"),
    pytest.param("title = {Trees \\& woods, 100\\% \\#1 a\\_b \\$5}", id="escaped"),
    pytest.param("title = {The case $a_1 & b\\%$ and \\(x_2\\) and $5 < x > 3$}", id="mathematics"),
    pytest.param("title = {The $\\alpha$-$\\beta$ problem}", id="two formulas"),
    pytest.param("note = {See \\url{https://example.org/a_b?c=d&e=100%#f}}", id="URL command"),
    pytest.param("note = {https://example.org/a_b?c=d&e=f}", id="bare URL in a note"),
    pytest.param("url = {https://example.org/a_b?c=d&e=f#g}", id="URL field"),
    pytest.param("doi = {10.1000/a_b#c}, eprint = {a_b}, file = {a_b&c#d%}", id="fields that are not printed"),
    pytest.param("abstract = {100% of <b>trees</b> & woods_}", id="abstract"),
    pytest.param("title = {Ãgua e Água: São João}", id="accented capitals"),
    pytest.param("title = {a < b and c > d}", id="comparison"),
    pytest.param("title = {Vector<T> and List<int>}", id="generic types"),
    pytest.param("title = {한국의 나무와 숲}", id="Korean"),
    pytest.param("title = {हिन्दी\u200d में}", id="joiner in an Indic script"),
    pytest.param("journal = IEEE_J_IT", id="macro name"),
]


@pytest.mark.parametrize("snippet", CLEAN)
def test_clean(snippet: str) -> None:
    assert codes(snippet, *OWN) == []


FOUND = [
    pytest.param("title = {Well\u2010known}", "RK701", "title = {Well-known}", id="hyphen"),
    pytest.param("pages = {12\u201034}", "RK701", "pages = {12--34}", id="hyphen in pages"),
    pytest.param("title = {Trees\u00a0and\u2009woods}", "RK701", "title = {Trees and woods}", id="spaces"),
    pytest.param("title = {E\ufb03cient \ufb01ltering}", "RK701", "title = {Efficient filtering}", id="ligatures"),
    pytest.param("title = {Cafe\u0301}", "RK701", "title = {Café}", id="not composed"),
    pytest.param("title = {\ufe8d\ufef3\ufeae\ufe8d\ufee5}", "RK701", "title = {ايران}", id="presentation forms"),
    pytest.param(
        "title = {Trees\u200b and wo\u00adods}", "RK702", "title = {Trees and woods}", id="zero width, soft hyphen"
    ),
    pytest.param("doi = {\u200e10.1145/3292500}", "RK702", "doi = {10.1145/3292500}", id="direction mark"),
    pytest.param("title = {Trees\u202e and woods}", "RK702", "title = {Trees and woods}", id="override"),
    pytest.param("title = {Tree\u200cs}", "RK702", "title = {Trees}", id="joiner in a Latin word"),
    pytest.param("title = {\u00c3\u00adslenska}", "RK703", "title = {íslenska}", id="half a letter is a soft hyphen"),
    pytest.param("title = {Voil\u00c3\u00a0 tout}", "RK703", "title = {Voilà tout}", id="half a letter is a space"),
    pytest.param("author = {MÃ¼ller, Jan}", "RK703", "author = {Müller, Jan}", id="umlaut"),
    pytest.param("title = {Treesâ€™ life}", "RK703", "title = {Trees’ life}", id="apostrophe"),
    pytest.param("title = {Trees &amp; woods}", "RK704", "title = {Trees \\& woods}", id="entity"),
    pytest.param("title = {Trees \\&amp; woods}", "RK704", "title = {Trees \\& woods}", id="entity with backslash"),
    pytest.param("title = {Caf&#233; &eacute;}", "RK704", "title = {Café é}", id="character references"),
    pytest.param(
        "title = {<i>Quercus</i> and CO<sub>2</sub>}",
        "RK704",
        "title = {\\emph{Quercus} and CO\\textsubscript{2}}",
        id="tags",
    ),
    pytest.param(
        "title = {<jats:italic>Quercus</jats:italic> growth<br/>}",
        "RK704",
        "title = {\\emph{Quercus} growth}",
        id="JATS",
    ),
    pytest.param("title = {<i>Quercus growth}", "RK704", None, id="tag never closed"),
    pytest.param(
        "url = {https://example.org/?a=1&amp;b=2}",
        "RK704",
        "url = {https://example.org/?a=1&b=2}",
        id="entity in a URL",
    ),
    pytest.param("title = {Trees & woods}", "RK705", "title = {Trees \\& woods}", id="ampersand"),
    pytest.param("title = {100% sure}", "RK705", "title = {100\\% sure}", id="percent"),
    pytest.param("title = {C# and file_name}", "RK705", "title = {C\\# and file\\_name}", id="hash and underscore"),
    pytest.param("title = {It costs $5}", "RK705", "title = {It costs \\$5}", id="lone dollar"),
    pytest.param(
        "title = {Trees & woods of $a_1$}", "RK705", "title = {Trees \\& woods of $a_1$}", id="beside a formula"
    ),
]


@pytest.mark.parametrize(("snippet", "code", "repaired"), FOUND)
def test_found_and_fixed(snippet: str, code: str, repaired: str | None) -> None:
    assert codes(snippet, code) == [code]
    assert fixed(snippet, code) == (repaired or snippet)
