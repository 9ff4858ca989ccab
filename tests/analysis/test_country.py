"""One country's case: rounds, changes, gaps in the figures."""

import pandas as pd
import pytest

from migof_research import paths
from migof_research.analysis.country import read_country
from migof_research.errors import InputError


@pytest.fixture
def contradicting(tmp_path):
    """The published table with Moldova's overall level of 2021 made impossible."""
    table = pd.read_csv(paths.raw() / "sdg_10_7_2.csv", keep_default_na=False, dtype=str)
    table.loc[(table["unit"] == "MDA") & (table["year"] == "2021") & (table["node"] == "overall"), "level"] = "1"
    file = tmp_path / "levels.csv"
    table.to_csv(file, index=False)
    return str(file)


def test_the_directions_of_change_of_moldova():
    found = read_country("MDA").progress.set_index("node")["direction"]
    assert found.to_dict() == {
        "overall": "not separable", "D1": "surely down", "D2": "unchanged", "D3": "unchanged", "D4": "unchanged",
        "D5": "not separable", "D6": "surely up",
    }  # fmt: skip


def test_a_change_of_level_is_a_sure_change():
    for unit in ("MEX", "BFA", "GRD", "AGO"):
        table = read_country(unit).progress
        up, down = table["band_end"] > table["band_start"], table["band_end"] < table["band_start"]
        assert (table.loc[up, "direction"] == "surely up").all() and (table.loc[down, "direction"] == "surely down").all()
    assert read_country("MEX").progress.query("node == 'overall'")["band_start"].item() == "1"


def test_a_country_with_one_round_has_no_progress():
    case = read_country("AFG")
    assert case.years == [2021] and case.progress.empty and case.answered


def test_a_country_without_figures_has_peers_and_no_year():
    case = read_country("USA")
    assert not case.answered and case.years == [] and len(case.peers) == 39


def test_a_round_the_country_missed():
    case = read_country("AFG", year=2019)
    assert not case.answered and case.years == [2021]
    assert set(case.bands_then["year"]) == {2019}


def test_nonresponse_is_told_by_year():
    case = read_country("AUS")
    assert case.nonresponse == {2019: ["D1", "D5", "overall"], 2021: None}


def test_own_contradicting_levels_are_an_error_and_others_are_left_out(contradicting):
    with pytest.raises(InputError, match="MDA 2021"):
        read_country("MDA", levels=contradicting)
    case = read_country("ROU", levels=contradicting)
    assert len(case.contradicting) == 1 and "MDA 2021" in case.contradicting[0]
    moldova = case.scores_then.query("unit == 'MDA'")
    assert moldova["year"].unique().tolist() == [2019]  # its sound round still counts


@pytest.mark.parametrize(("arguments", "told"), [({"year": 2020}, "2019, 2021"), ({"year": "soon"}, "2019, 2021"), ({"peers": "friends"}, "region_income")])
def test_wrong_choices_say_what_there_is(arguments, told):
    with pytest.raises(InputError, match=told):
        read_country("MDA", **arguments)
