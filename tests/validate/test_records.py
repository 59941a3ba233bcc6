"""The pipeline with the verifier, against a replay of the services on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from refkit.model import Safety, Source, VerdictKind
from refkit.validate import Options, Selection, to_diff, validate
from refkit.verify import Options as VerifyOptions
from tests.verify.replay import Replay, serve

WORK = {
    "DOI": "10.5555/soil.2019.12",
    "type": "journal-article",
    "title": ["Soil erosion in the Alborz"],
    "container-title": ["Journal of Soils"],
    "author": [{"family": "Karimi", "given": "Hassan"}, {"family": "Smith", "given": "Ann"}],
    "issued": {"date-parts": [[2019, 5, 1]]},
    "volume": "12",
    "issue": "3",
    "page": "101-108",
}
STORE = """@article{karimi2016soil,
  author = {Karimi, Hassan and Smith, Ann},
  title = {Soil erosion in the Alborz},
  journal = {Journal of Soils},
  year = {2016},
  volume = {12},
  number = {3},
  pages = {101--108},
  doi = {10.5555/soil.2019.12},
}
"""
LIST = (
    "Karimi, Hassan and Ann Smith (2016), “Soil erosion in the Alborz”, Journal of Soils, Vol. 12, No. 3, "
    "pp. 101-108, (doi: 10.5555/soil.2019.12).\n"
)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[VerifyOptions]:
    """Options for a check that asks a Crossref which knows one work."""
    replay = Replay()
    replay.add(WORK)
    with serve(replay):
        yield VerifyOptions(
            cache_dir=tmp_path,
            crossref_url=f"{replay.url}/crossref",
            doi_url=f"{replay.url}/doi",
            datacite_url=f"{replay.url}/datacite",
        )


def test_differences_are_findings_and_verdicts(asked: VerifyOptions) -> None:
    result = validate(Source("a.bib", STORE), Options(verify=asked))
    assert [verdict.kind for verdict in result.verdicts] == [VerdictKind.MISMATCH]
    [found] = [item for item in result.findings if item.code == "RK903"]
    assert (STORE[found.start : found.end], found.field) == ("2016", "year")


def test_differences_of_a_list_stand_in_the_reference(asked: VerifyOptions) -> None:
    result = validate(Source("a.txt", LIST), Options(verify=asked))
    [found] = [item for item in result.findings if item.code == "RK903"]
    assert "2016" in LIST[found.start : found.end]
    assert [verdict.start for verdict in result.verdicts] == [0]


def test_unsafe_fixes_take_over_the_record_and_ask_again(asked: VerifyOptions) -> None:
    result = validate(Source("a.bib", STORE), Options(verify=asked, fix=Safety.UNSAFE))
    assert result.source.text == STORE.replace("{2016}", "{2019}")
    assert [verdict.kind for verdict in result.verdicts] == [VerdictKind.VERIFIED]
    assert "-  year = {2016},\n+  year = {2019},\n" in to_diff(result)


def test_nobody_is_asked_when_no_rule_wants_to_know(asked: VerifyOptions) -> None:
    result = validate(Source("a.bib", STORE), Options(verify=asked, selection=Selection(ignore=("RK9",))))
    assert result.verdicts == ()


def test_a_comment_silences_a_difference(asked: VerifyOptions) -> None:
    text = f"% refkit: ignore RK903 -- the print edition came first\n{STORE}"
    result = validate(Source("a.bib", text), Options(verify=asked))
    assert [found.code for found in result.findings if found.code.startswith("RK9")] == []
