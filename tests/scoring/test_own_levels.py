"""Totals and margins that fit published levels, in small frameworks of one's own, by hand."""

import pandas as pd
import pytest

from migof_research.errors import InputError
from migof_research.frameworks import load
from migof_research.scoring import scores_from_levels
from migof_research.scoring.levels import feasible
from migof_research.scoring.margins import margins_from_levels
from tests.frameworks import own


def two_domains(folder, cut: str, scale: str = "yes_no", rest: str = "") -> str:
    """A and B with two items each."""
    nodes = "".join(
        f"  - {{id: {domain}, label: l, items: [{{id: {domain}1, text: q, scale: {scale}}}, {{id: {domain}2, text: q, scale: {scale}}}]}}\n"
        for domain in "AB"
    )
    head = own.HEAD.replace("from: 50", f"from: {cut}").rstrip()
    return str(own.write(folder, f"{head}\n{rest}nodes:\n{nodes}"))


@pytest.mark.parametrize(
    ("cut", "low", "high"),
    [
        ("30", (0,), (1, 2)),  # 0.6 of 2: one yes is above it
        ("50", (0,), (1, 2)),  # one yes is on it
        ("50.2", (0, 1), (2,)),
        ("100", (0, 1), (2,)),
    ],
)
def test_totals_of_a_level(cut, low, high, tmp_path):
    path = two_domains(tmp_path, cut)
    assert feasible(path, {"A": 1})["A"] == low and feasible(path, {"A": 2})["A"] == high
    assert feasible(path, {"A": 1})["B"] == (0, 1, 2)


def test_half_answers_can_be_lost_too(tmp_path):
    """The middle level is 1 or 2 of 4 half points; losing it takes two answers from (1, 1), one from (2, 0)."""
    path = two_domains(tmp_path, "25", "three", rest='  - {id: top, from: 75, colour: "#000000", label: Top}\n')
    assert margins_from_levels(path, {"A": 2})["A"] == ((1, 1), (1, 2))


@pytest.mark.parametrize("content", [own.weighted_and_bad(), own.eight_blocks().replace("aggregation: mean", "aggregation: minimum")])
def test_levels_need_items_that_all_weigh_the_same(content, tmp_path):
    with pytest.raises(InputError, match="items of equal weight"):
        feasible(str(own.write(tmp_path, content)), {"B": 1})


def test_rows_come_by_unit_and_year_whatever_the_order():
    rows = [("MEX", 2021, "D2", 4), ("MEX", 2019, "D2", 1), ("ALB", 2021, "D2", 2)]
    table = scores_from_levels(pd.DataFrame(rows, columns=["unit", "year", "node", "level"]), load("sdg_10_7_2"))
    assert table[["unit", "year"]].values.tolist() == [["ALB", 2021], ["MEX", 2019], ["MEX", 2021]]
