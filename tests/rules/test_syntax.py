import pytest

from refkit.model import Severity
from tests.rules.linting import codes, fixed, lint

OWN = ("RK001", "RK002", "RK003", "RK004", "RK005", "RK006", "RK007", "RK008", "RK009")
CLEAN = [
    pytest.param("@misc{a, title = {T}, year = 2019, month = jan}\n", id="plain"),
    pytest.param('@misc{a, title = "A {"}quoted{"} word", year = "2019"}\n', id="quotes"),
    pytest.param("@misc(a, title = {T})\n", id="parentheses"),
    pytest.param('@string{j = "Journal"}\n@article{a, journal = j, note = j # { of trees}}\n', id="macros"),
    pytest.param(
        'By hand.\n@comment{jabref-meta: x;}\n@preamble{"\\newcommand{\\x}{y}"}\n@misc{a, title = {T}}\n',
        id="comments",
    ),
    pytest.param('% A comment about type = "Patent" in words.\n@misc{a, title = {T}}\n', id="prose about fields"),
    pytest.param("@misc{a, title = {T},}\n", id="trailing comma"),
    pytest.param("@misc{a,\r\n  title = {T}\r\n}\r\n", id="CRLF"),
    pytest.param("@article{a, journal = tcs, number = acta}\n", id="macros of plain.bst"),
    pytest.param('@string{a = "A"}\n@string{b = "B"}\n', id="a file of macros"),
    pytest.param("@article{a, journal = IEEE_J_IT}\n", id="macros of IEEEabrv"),
    pytest.param("Write to me@example.org, or @home.\n@misc{a, title = {T}}\n", id="at signs in text"),
]


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert codes(text, *OWN) == []


FOUND = [
    pytest.param("@misc{a, title {T}}\n", "RK001", None, id="equals sign missing"),
    pytest.param("@misc{a, title = }\n", "RK001", None, id="value missing"),
    pytest.param("@misc{a, title = {T} year = 2019}\n", "RK002", "@misc{a, title = {T}, year = 2019}\n", id="comma"),
    pytest.param("@misc{a title = {T}}\n", "RK002", "@misc{a, title = {T}}\n", id="comma after key"),
    pytest.param("@misc{a,, title = {T}}\n", "RK002", "@misc{a, title = {T}}\n", id="comma too many"),
    pytest.param("@misc{a, title = {T}\n\n@misc{b, title = {U}}\n", "RK003", None, id="brace never closed"),
    pytest.param('@misc{a, title = "T}\n\n@misc{b, title = {U}}\n', "RK003", None, id="quote never closed"),
    pytest.param("@misc{a, title = {x \\{ y}, note = {z}}}\n", "RK001", None, id="read differently by others"),
    pytest.param("@misc{a, title = {T,\n@misc{b,\n year = 2019}}}\n", "RK003", None, id="entry inside a value"),
    pytest.param(
        "@misc{a, year = 2019, title = {T}, title = {T}}\n",
        "RK004",
        "@misc{a, year = 2019, title = {T}}\n",
        id="twice the same",
    ),
    pytest.param("@misc{a, title = {T}, title = {U}}\n", "RK004", None, id="twice, different"),
    pytest.param("@ misc{a, title = {T}}\n", "RK005", "@misc{a, title = {T}}\n", id="space after @"),
    pytest.param("@misc{a, title = {T}}},\n  year = {2019}\n}\n", "RK005", None, id="closed too early"),
    pytest.param("article{a,\n  title = {T}\n}\n", "RK005", None, id="@ missing"),
    pytest.param("% @misc{a, title = {T}}\n", "RK006", None, id="entry commented out"),
    pytest.param("@misc{a,\n  title = {T},\n  % year = 2019,\n}\n", "RK006", None, id="field commented out"),
    pytest.param(
        "@misc{a,\r\n title = {T},\r\n year = 2019\n}\r\n",
        "RK007",
        "@misc{a,\r\n title = {T},\r\n year = 2019\r\n}\r\n",
        id="line ends",
    ),
    pytest.param("@misc{a, journal = nowhere}\n", "RK008", None, id="macro undefined"),
    pytest.param("@string{j = {J}}\n@misc{a, title = {T}}\n", "RK008", "@misc{a, title = {T}}\n", id="macro unused"),
    pytest.param("@misc{a, pages = 12--34}\n", "RK009", "@misc{a, pages = {12--34}}\n", id="unquoted"),
    pytest.param("@misc{a, title = {A } # {B}}\n", "RK009", None, id="texts joined"),
]


@pytest.mark.parametrize(("text", "code", "repaired"), FOUND)
def test_found_and_fixed(text: str, code: str, repaired: str | None) -> None:
    assert set(codes(text, code)) == {code}
    assert fixed(text, code) == (repaired or text)


def test_other_encoding() -> None:
    found = lint("@misc{a, title = {T}}\n", "RK007", encoding="cp1252")
    assert [item.message for item in found] == ["the file is not in UTF-8, but cp1252"]
    assert found[0].fix is not None


def test_declared_encoding_is_not_changed() -> None:
    assert lint("% Encoding: cp1252\n@misc{a, title = {T}}\n", "RK007", encoding="cp1252")[0].fix is None


def test_many_macros_from_elsewhere_are_only_mentioned() -> None:
    found = lint("@misc{a, journal = one, publisher = two, address = three}\n", "RK008")
    assert {item.severity for item in found} == {Severity.INFO}
