"""The project's own table of published levels."""

import pandas as pd
import pytest

from migof_research import paths
from migof_research.errors import InputError
from migof_research.indicators import sdg_10_7_2


def test_the_figures_carried_over():
    levels = sdg_10_7_2.levels()
    assert len(levels) == 1400
    assert levels["unit"].nunique() == len(sdg_10_7_2.units_with_data()) == 138
    assert levels.drop_duplicates(["unit", "year"])["year"].value_counts().to_dict() == {2019: 111, 2021: 89}
    flagged = levels[levels["item_nonresponse"].fillna(False)].groupby("node").size()
    assert flagged.to_dict() == {"overall": 26, "D1": 12, "D2": 11, "D3": 11, "D4": 24, "D5": 22, "D6": 11}
    assert levels.loc[levels["year"] == 2021, "item_nonresponse"].isna().all()
    assert len(sdg_10_7_2.latest(levels)) == 138 * 7


def test_every_fault_of_a_table_is_told_with_its_row(tmp_path):
    lines = (paths.raw() / "sdg_10_7_2.csv").read_text(encoding="utf-8").splitlines()
    lines[1] = "ZZZ,2021,13,overall,3,"
    lines[2] = "AFG,2021,13,D9,5,maybe"
    lines.append(lines[20])
    file = tmp_path / "levels.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        sdg_10_7_2.levels(file)
    told = str(caught.value)
    for piece in ("row 2, column unit: 'ZZZ'", "row 3, column node: 'D9'", "row 3, column level: '5'", "column item_nonresponse: 'maybe'", "is given twice"):
        assert piece in told
    assert len(caught.value.problems) == 5


def test_a_table_of_other_columns_says_which_are_needed(tmp_path):
    file = tmp_path / "levels.csv"
    pd.DataFrame({"iso3": ["MDA"], "level": [3]}).to_csv(file, index=False)
    with pytest.raises(InputError, match="no column unit, year, round, node, item_nonresponse"):
        sdg_10_7_2.levels(file)


def test_a_new_round_simply_appears(tmp_path):
    table = pd.read_csv(paths.raw() / "sdg_10_7_2.csv", keep_default_na=False, dtype=str)
    later = table[(table["unit"] == "MDA") & (table["year"] == "2021")].assign(year="2023", round="14")
    file = tmp_path / "levels.csv"
    pd.concat([table, later]).to_csv(file, index=False)
    assert sdg_10_7_2.years(file) == [2019, 2021, 2023]
    assert sdg_10_7_2.latest(sdg_10_7_2.levels(file)).query("unit == 'MDA'")["year"].unique().tolist() == [2023]
