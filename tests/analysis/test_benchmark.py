"""A country beside its peers, on figures worked by hand."""

import pandas as pd
import pytest

from migof_research.analysis import benchmark
from migof_research.analysis.country import read_country
from migof_research.errors import InputError
from migof_research.indicators import sdg_10_7_2

SCORES = pd.DataFrame(
    [("ALB", 40, 60), ("AUT", 60, 60), ("BEL", 61, 80), ("BGR", 0, 39), ("CHE", 100, 100)], columns=["unit", "lower", "upper"]
).assign(node="D2", year=2021)
PEERS = ["AUT", "BEL", "BGR", "CHE"]


def test_positions_are_sure_only_where_intervals_do_not_touch():
    found = benchmark.positions(SCORES, "ALB", PEERS).set_index("peer")
    assert found["position"].to_dict() == {"AUT": "not separable", "BEL": "surely below", "BGR": "surely above", "CHE": "surely below"}
    assert found.loc["BGR", ["gap_min", "gap_max"]].tolist() == [1, 60]
    assert found.loc["CHE", ["gap_min", "gap_max"]].tolist() == [-60, -40]


def test_the_median_of_the_peers_is_an_interval():
    row = benchmark.benchmark(SCORES, "ALB", PEERS).iloc[0]
    assert (row["n"], row["above"], row["below"], row["not_separable"]) == (4, 1, 2, 1)
    assert (row["median_lower"], row["median_upper"]) == (60.5, 70.0)
    assert row["position"] == "surely below" and (row["gap_min"], row["gap_max"]) == (-30.0, -0.5)


def test_leaders_are_in_a_higher_band_and_listed_by_name():
    levels = sdg_10_7_2.levels()
    case = read_country("Moldova")
    assert not case.leaders.empty
    level = levels.set_index(["unit", "year", "node"])["level"]
    for row in case.leaders.itertuples():
        assert level[row.peer, row.year, row.node] > level["MDA", 2021, row.node]
    assert case.leaders.groupby("node")["peer"].apply(lambda peers: peers.is_monotonic_increasing).all()
    assert set(case.leaders["node"]) == {"D1", "D5"}  # the domains where Moldova is at level 2


def test_ranks_are_ranges_and_exact_scores_pin_them():
    found = benchmark.ranks(SCORES, "D2").set_index("unit")
    assert found.loc["CHE", ["best", "worst"]].tolist() == [1, 1]
    assert found.loc["ALB", ["best", "worst"]].tolist() == [3, 4]
    assert found.loc["BGR", ["best", "worst"]].tolist() == [5, 5]


@pytest.mark.parametrize(("group", "number"), [("region", 38), ("income", 40), ("region_income", 8), ("ROU, Ukraine;GEO, MDA", 3)])
def test_peer_groups_of_moldova(group, number):
    found = benchmark.peers("MDA", group, sdg_10_7_2.units_with_data())
    assert len(found) == number and "MDA" not in found


def test_every_wrong_name_in_a_list_of_peers_is_told():
    with pytest.raises(InputError) as caught:
        benchmark.peers("MDA", "Narnia, Romania, Mordor", sdg_10_7_2.units_with_data())
    assert "Narnia" in str(caught.value) and "Mordor" in str(caught.value) and "region_income" in str(caught.value)
