"""A unit's own assessment: areas, change on the comparable basket, mapping, results; worked by hand."""

import pandas as pd
import pytest

from migof_research.analysis.answered import levels_from_answers
from migof_research.analysis.assessment import read_assessment
from migof_research.analysis.mapped import mapped
from migof_research.analysis.shares import shares
from migof_research.analysis.targets import read_targets, results
from migof_research.errors import InputError
from migof_research.frameworks import load

ITEMS = [item.id for item in load("sdg_10_7_2").items()]
BEST = {item: "yes_all" if item.startswith("D1") else "yes" for item in ITEMS}


def answers_file(folder, units: dict[tuple[str, int], dict[str, str]], name: str = "answers.csv", framework: str = "sdg_10_7_2") -> str:
    rows = [
        (unit, year, framework, item, "" if answer == "n/a" else answer, "not_applicable" if answer == "n/a" else "")
        for (unit, year), given in units.items()
        for item, answer in given.items()
    ]
    columns = ["unit", "year", "framework", "item", "answer", "missing"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / name, index=False)
    return str(folder / name)


def test_areas_are_told_apart_and_a_missing_answer_is_neither(tmp_path):
    given = BEST | {"D1a": "yes_legal", "D2a": "no", "D2b": "", "D2c": "n/a"}
    case = read_assessment(answers_file(tmp_path, {("MDA", 2024): given}), "Moldova")
    assert case.potential["item"].tolist() == ["D1a", "D2a"] and case.potential["state"].tolist() == ["partial", "absent"]
    assert case.unknown["item"].tolist() == ["D2b"] and len(case.well_developed) == 26
    whole = case.scores.set_index("node").loc["overall"]
    assert (whole["items"], whole["answered"]) == (29, 28)
    assert whole["lower"] == pytest.approx(100 * 26.5 / 29) and whole["upper"] == pytest.approx(100 * 27.5 / 29)


def test_change_is_measured_on_the_items_answered_both_times(tmp_path):
    before = BEST | {"D2a": "no", "D2b": "", "D3a": "yes"}
    after = BEST | {"D2a": "yes", "D2b": "yes", "D3a": "no", "D3b": ""}
    case = read_assessment(answers_file(tmp_path, {("MDA", 2021): before, ("MDA", 2024): after}), "MDA")
    assert case.earlier == 2021
    assert case.changed_items[["item", "change"]].values.tolist() == [["D2a", 1.0], ["D3a", -1.0]]  # D2b is no change: it was missing
    rows = case.progress.set_index("node")
    assert (rows.at["D2", "lower_start"], rows.at["D2", "lower_end"]) == (75, 100)  # four items of D2
    assert rows["direction"][["overall", "D2", "D3", "D4"]].tolist() == ["unchanged", "surely up", "surely down", "unchanged"]


def test_rounds_and_earlier_assessments_are_chosen(tmp_path):
    file = answers_file(tmp_path, {("MDA", year): BEST for year in (2015, 2019, 2024)})
    cases = [read_assessment(file, "MDA", *how) for how in ([], ["2019"], ["2024", "2015"], ["2019", "none"])]
    assert [(case.year, case.earlier) for case in cases] == [(2024, 2019), (2019, 2015), (2024, 2015), (2019, None)]
    assert read_assessment(file, "MDA", "2015").progress.empty
    for how, told in ((["2020"], "no assessment '2020'"), (["2015", "2019"], "before 2015")):
        with pytest.raises(InputError, match=told):
            read_assessment(file, "MDA", *how)
    with pytest.raises(InputError, match="there are those of MDA"):
        read_assessment(file, "Romania")


def test_mapping_counts_the_items_that_serve_a_node():
    framework = load("sdg_10_7_2")
    values = pd.DataFrame({"item": ITEMS, "value": 1.0}).set_index("item")
    values.loc["D6e", "value"], values.loc["D4d", "value"] = 0.0, float("nan")
    table = mapped(values.reset_index(), framework, "gcm").set_index("node")
    assert table.loc["10", ["items", "in_place", "lower"]].tolist() == [1, 0, 0]
    assert table.loc["20", ["items", "answered", "lower", "upper"]].tolist() == [1, 0, 0, 100]
    assert table.at["13", "items"] == 0 and pd.isna(table.at["13", "lower"])  # detention: not covered, never 0
    elements = mapped(values.reset_index(), framework, "migof").set_index("node")
    assert elements.at["O3", "lower"] == 80 and (elements["basis"] == "stated").all()


def test_national_and_local_side_by_side_from_two_files(tmp_path):
    national = answers_file(tmp_path, {("GHA", 2024): BEST, ("MDA", 2024): BEST})
    local = {item.id: "partial" for item in load("mgi_local").items()}
    beside = answers_file(tmp_path, {("GHA-accra", 2023): local, ("GHA-accra", 2025): local}, "local.csv", "mgi_local")
    table = read_assessment(national, "GHA", beside=beside).side_by_side
    assert table.groupby("unit")["year"].first().to_dict() == {"GHA": 2024, "GHA-accra": 2023}  # not after the year assessed
    assert table.query("unit == 'GHA-accra'")["lower"].tolist() == [50] * 6 and table.query("unit == 'GHA'")["lower"].eq(100).all()


def test_results_from_baseline_to_target(tmp_path):
    before, after = BEST | dict.fromkeys(ITEMS[5:10], "no"), BEST | dict.fromkeys(ITEMS[5:8], "no")
    (tmp_path / "targets.csv").write_text("node,target,by\nD2,80,2027\nD2a,Oui,2026\nD3,90,\n", encoding="utf-8")
    file = answers_file(tmp_path, {("MDA", 2021): before, ("MDA", 2024): after})
    table = read_assessment(file, "MDA", targets_file=str(tmp_path / "targets.csv")).results.set_index("node")
    assert table.loc["D2", ["baseline_lower", "lower", "target", "progress"]].tolist() == [0, 40, 80, 50]
    assert table.loc["D2a", ["baseline_lower", "lower", "target", "progress"]].tolist() == [0, 0, 100, 0]
    assert table.at["D3", "progress"] == 0 and pd.isna(table.at["D4", "progress"])


def test_without_an_earlier_assessment_this_one_is_the_baseline():
    now = pd.DataFrame({"node": ["overall"], "lower": [40.0], "upper": [60.0]})
    table = results(now, None, None)
    assert table.loc[0, ["baseline_lower", "baseline_upper"]].tolist() == [40, 60]
    assert table[["lower", "target", "progress"]].isna().all(axis=None)


def test_every_fault_of_a_targets_file(tmp_path):
    (tmp_path / "targets.csv").write_text("node,target,by\nD9,50,2026\nD2,120,2026\nD2a,perhaps,2026\nD3,50,soon\nD3,60,2026\n")
    with pytest.raises(InputError) as error:
        read_targets(tmp_path / "targets.csv", load("sdg_10_7_2"))
    assert [problem.split(", ")[1].split(":")[0] for problem in error.value.problems] == ["row 2", "row 3", "row 4", "row 5", "row 6"]


def test_answers_of_many_countries_give_levels_and_shares(tmp_path):
    lacking = dict.fromkeys(ITEMS[5:], "no") | dict.fromkeys(ITEMS[:5], "yes_all")
    file = answers_file(tmp_path, {("MDA", 2021): BEST, ("ROU", 2021): lacking, ("NAM", 2021): BEST | {i: "" for i in ITEMS[:3]}})
    levels, bands = levels_from_answers(file)
    level = levels.set_index(["unit", "node"])["level"]
    assert [level[unit, "overall"] for unit in ("MDA", "NAM", "ROU")] == [4, 3, 1] and level["NAM", "D1"] == 2
    flags = levels.set_index(["unit", "node"])["item_nonresponse"]
    assert flags["NAM", "overall"] and flags["NAM", "D1"] and not flags["NAM", "D2"]
    world = shares(levels).query("m49 == 1 and basis == 'latest' and node == 'overall'").iloc[0]
    assert (world["n"], world["meeting"]) == (3, 2)
    assert set(bands["unit"]) == {"MDA", "ROU", "NAM"}


def test_units_that_are_no_countries_stay_out_of_the_global_indicator(tmp_path):
    with pytest.raises(InputError, match="GHA-accra, XAA are not among the 197"):
        levels_from_answers(answers_file(tmp_path, {("XAA", 2021): BEST, ("GHA-accra", 2021): BEST}))


def test_the_framework_has_to_be_known(tmp_path):
    pd.DataFrame({"unit": ["MDA"], "year": [2024], "item": ["D2a"], "answer": ["yes"]}).to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(InputError, match="does not say which framework"):
        read_assessment(str(tmp_path / "a.csv"), "MDA")
    assert read_assessment(str(tmp_path / "a.csv"), "MDA", framework="sdg_10_7_2").framework.id == "sdg_10_7_2"
    with pytest.raises(InputError, match="name a file"):
        read_assessment("", "MDA")
