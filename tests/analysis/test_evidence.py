"""The case of good practices, on the published levels, on a file of answers and on APLA."""

from pathlib import Path

import pandas as pd
import pytest

from migof_research import paths
from migof_research.analysis.evidence import MOST, read_evidence
from migof_research.errors import InputError
from migof_research.frameworks import load
from migof_research.indicators import units

APLA = Path(paths.root()).parent / "shared" / "data" / "apla" / "APLA_Database.csv"


@pytest.fixture(scope="module")
def world():
    return read_evidence(country="MDA")


def test_published_levels_of_the_world(world):
    """Counted by hand from the levels: in D4, 72 countries surely meet by their other domains, 61 of them meet in D4 too."""
    row = world.found.set_index("practice").loc["D4"]
    assert row[["n_top", "has_top", "n_rest", "has_rest", "unsure"]].tolist() == [72, 61, 42, 15, 24]
    assert (world.cut, world.top, world.strata, len(world.units)) == (80, "3", "region", 138)
    assert (world.found["n_top"] + world.found["n_rest"] + world.found["unsure"] == 138).all()
    both = world.naive.merge(world.found, on="practice", suffixes=("_naive", ""))
    assert len(both) == 6 and (both["risk_difference_naive"] > both["risk_difference"]).all()


def test_the_moves_and_adoptions_of_the_panel(world):
    assert world.transitions["n"].sum() == 62
    assert set(world.changes["year_end"]) == {2021} and world.changes["unit"].nunique() <= 62
    mexico = world.changes.query("unit == 'MEX'")
    assert set(mexico["practice"]) >= {"D1", "D5"} and set(mexico["change"]) == {"adopted"}


def test_the_reader_s_country(world):
    europe = set(units.units().query("sdg_region == 513")["unit"])
    assert set(world.peers) <= europe and "MDA" not in world.peers
    assert set(world.strengths_and_gaps.query("kind == 'gap'")["practice"]) == {"D1", "D5"}
    assert {"D1", "D5"} >= set(world.movers["node"])


def test_peers_by_nearness_are_shown_with_their_distances():
    case = read_evidence(country="MDA", peers="nearest:4:income,sdg_region")
    assert len(case.peers) == 4 and case.peer_group == "nearest"
    assert set(case.alike.loc[~case.alike["higher"], "peer"]) == set(case.peers)
    assert (case.alike.loc[case.alike["higher"], "band"] == "4").all()  # Moldova is at level 3
    assert not read_evidence(country="MDA").alike["higher"].eq(False).any()


def test_one_domain_of_one_area():
    case = read_evidence(domain="D4", area="Sub-Saharan Africa", year="2019")
    africa = set(units.membership().query("m49 == 202")["unit"])
    assert set(case.units) <= africa and set(case.now["year"]) == {2019}
    assert case.strata == "income"  # all of one region
    assert case.listed == ["D4"] and case.node == "D4" and set(case.prevalence["practice"]) == {"D4"}
    assert case.peers == ()  # no reader's country


def test_what_does_not_fit_is_told_at_once():
    with pytest.raises(InputError) as error:
        read_evidence(domain="D9", year="2020", within="continent", adjust="bonferroni")
    assert len(error.value.problems) == 4
    for given in ({"area": "Atlantis"}, {"framework": "mgi"}, {"country": "Atlantis"}):
        with pytest.raises(InputError):
            read_evidence(**given)


def test_a_file_of_answers(tmp_path):
    """Ten countries with half the items, ten with all but D1a, five of these with it: without D1a ten are at 100."""
    fw, codes = load("sdg_10_7_2"), units.units()["unit"].head(20)
    rows = []
    for number, unit in enumerate(codes):
        for place, item in enumerate(fw.items()):
            good = place % 2 == 0 if number < 10 else True
            good = number >= 15 if item.id == "D1a" else good
            rows.append((unit, 2020, item.id, ("yes_all" if item.scale == "by_status" else "yes") if good else "no"))
    file = tmp_path / "answers.csv"
    pd.DataFrame(rows, columns=["unit", "year", "item", "answer"]).assign(framework=fw.id).to_csv(file, index=False)
    case = read_evidence(answers=str(file))
    row = case.found.set_index("practice").loc["D1a"]
    assert row[["n_top", "has_top", "n_rest", "has_rest"]].tolist() == [10, 5, 10, 0]
    assert case.cut == 100 and len(case.listed) == MOST and case.changes.empty


@pytest.mark.skipif(not APLA.is_file(), reason="../shared/data/apla is not there")
def test_apla_2020():
    """19 countries, no band with five on both sides: the upper half against the lower, and honest about so few."""
    case = read_evidence(answers=str(APLA), year="2020", country="MEX")
    assert len(case.units) == 19 and case.top is None and case.strata == "income"
    assert len(case.found) == 61 and (case.found["n_top"] + case.found["n_rest"] + case.found["unsure"] <= 19).all()
    assert {"LA15", "LA1", "LA11"} <= set(case.found["practice"].head(5))  # declaratory status, duties of the State, mass influx
    assert (case.found["q"] > 0.05).all()
    assert not set(case.strengths_and_gaps.query("kind == 'strength'")["practice"]) & set(
        case.strengths_and_gaps.query("kind == 'gap'")["practice"]
    )
