"""The repository's own store: green as it is, red for any new defect."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STORE = (ROOT / "data/references.bib").read_text("utf-8")
# family: what is planted, where, and the rule that must see it
PLANTED = {
    "RK0 syntax": ("year = {2023},\n  volume = {17}", "year = {2023}\n  volume = {17}", "RK002"),
    "RK1 fields": ("journal = {Quaestio Rossica},\n", "", "RK102"),
    "RK2 names": ("author = {Karami, Jahangir}", "author = {Karami, Jahangir and }", "RK201"),
    "RK3 dates": ("urldate = {2018-01-24}", "urldate = {2018-02-31}", "RK303"),
    "RK4 identifiers": ("doi = {10.1111/rego.12506}", "doi = {10.1111/rego.12506.}", "RK403"),
    "RK5 titles": ("title = {Iran-Russia Relations: New Opportunities and Existing Problems}",
                   "title = {IRAN-RUSSIA RELATIONS: NEW OPPORTUNITIES AND EXISTING PROBLEMS}", "RK502"),
    "RK6 keys": ("@book{flemes2016regional", "@book{filis2020closer", "RK601"),
    "RK7 characters": ("Regional Leadership in", "Regional Lead\u200bership in", "RK702"),
    "RK8 calendar": ("title = {Development of the North-South Corridor, Geopolitics Media},\n  year = {2021}",
                     "title = {Development of the North-South Corridor, Geopolitics Media},\n  year = {1400}", "RK809"),
}  # fmt: skip


def test_the_store_is_green(refkit):
    result = refkit("validate", "--offline", "data/references.bib")
    assert (result.returncode, result.stdout) == (0, result.stdout)
    assert " error " not in result.stdout
    assert " warning " not in result.stdout


@pytest.mark.parametrize(("before", "after", "code"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_defect_turns_it_red(before, after, code, refkit, tmp_path):
    assert before in STORE
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    store = tmp_path / "references.bib"
    store.write_text(STORE.replace(before, after, 1), "utf-8")
    result = refkit("validate", "--offline", "--output-format", "concise", store, folder=tmp_path)
    assert result.returncode == 1
    assert f" {code} " in result.stdout
