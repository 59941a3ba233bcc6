import pytest

from refkit.formats.ris import write
from refkit.model import Entry, Field


def make(kind: str, **fields: str) -> Entry:
    return Entry(kind, "k", tuple(Field(name, value) for name, value in fields.items()))


RECORDS = {
    "article": (
        make(
            "article",
            author="van Gogh, Vincent and {World Bank} and others",
            title=r"The {NATO} \emph{question}",
            journal=r"A \& B",
            year="2019",
            month="jun",
            day="24",
            volume="3",
            number="2",
            pages="1--9",
            doi="10.1000/x",
            language="fa",
            dor="20.1001.1.20088221.2017.8.26.2.4",
            solaryear="1398",
        ),
        "TY  - JOUR\nAU  - van Gogh, Vincent\nAU  - World Bank\nAU  - et al.\nPY  - 2019\nDA  - 2019/06/24/\n"
        "TI  - The NATO question\nT2  - A & B\nVL  - 3\nIS  - 2\nDO  - 10.1000/x\nLA  - fa\nSP  - 1\nEP  - 9\n"
        "N1  - DOR: 20.1001.1.20088221.2017.8.26.2.4\nN1  - Solar Hijri year: 1398\nID  - k\nER  - \n",
    ),
    "chapter": (
        make("incollection", editor="A, B, C", title="T", booktitle="B", publisher="P", address="London", pages="vii"),
        "TY  - CHAP\nA2  - A, C, B\nTI  - T\nT2  - B\nPB  - P\nCY  - London\nSP  - vii\nID  - k\nER  - \n",
    ),
    "article number": (
        make("article", journal="J", eid="e12", year="44 n. Chr"),
        "TY  - JOUR\nPY  - 44 n. Chr\nT2  - J\nC7  - e12\nID  - k\nER  - \n",
    ),
    "web page": (
        make("misc", title="T", url="https://a.b", urldate="2019-08-20", entrysubtype="webpage", keywords="x, y; z"),
        "TY  - ELEC\nY2  - 2019/08/20/\nTI  - T\nUR  - https://a.b\nKW  - x\nKW  - y\nKW  - z\nID  - k\nER  - \n",
    ),
    "report with number": (
        make("techreport", number="7", institution="I", type="Working paper"),
        "TY  - RPRT\nPB  - I\nM3  - Working paper\nM1  - 7\nID  - k\nER  - \n",
    ),
    "range and season": (
        make("book", year="2019", month="Spring"),
        "TY  - BOOK\nPY  - 2019\nDA  - 2019///spring\nID  - k\nER  - \n",
    ),
    "unknown type": (make("misc"), "TY  - GEN\nID  - k\nER  - \n"),
    "line breaks in a value": (make("book", title="A\n  B"), "TY  - BOOK\nTI  - A B\nID  - k\nER  - \n"),
}


@pytest.mark.parametrize(("entry", "record"), RECORDS.values(), ids=RECORDS)
def test_records(entry: Entry, record: str) -> None:
    assert "".join(write([entry])) == record


def test_records_are_set_apart() -> None:
    assert "".join(write([make("misc"), make("misc")])) == "TY  - GEN\nID  - k\nER  - \n\nTY  - GEN\nID  - k\nER  - \n"


def test_nothing_gives_nothing() -> None:
    assert list(write([])) == []
