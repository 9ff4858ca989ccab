"""The cases of robustness, coherence, context and insights on the published levels: the figures that are known."""

import numpy as np
import pandas as pd
import pytest

from migof_research.analysis import context
from migof_research.analysis.coherence import read_coherence
from migof_research.analysis.context import rank_correlations, read_context
from migof_research.analysis.goal import goal
from migof_research.analysis.insights import read_insights
from migof_research.analysis.robustness import read_robustness
from migof_research.errors import InputError
from migof_research.frameworks import load
from migof_research.indicators import units
from tests.analysis import made_up


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> str:
    """Answers of 40 countries to 10.7.2 in two years, some missing; the second year a little better."""
    rng, fw = np.random.default_rng(3), load("sdg_10_7_2")
    codes = units.units()["unit"][::4].head(40)
    ability = rng.normal(size=40)
    rows = []
    for year, lift in ((2019, 0.0), (2021, 0.5)):
        for unit, trait in zip(codes, ability, strict=True):
            for item in fw.items():
                good = trait + lift + rng.logistic() > 0
                answer = ("yes_all" if item.scale == "by_status" else "yes") if good else "no"
                rows.append((unit, year, item.id, "" if rng.random() < 0.03 else answer))
    path = tmp_path_factory.mktemp("answers") / "answers.csv"
    pd.DataFrame(rows, columns=["unit", "year", "item", "answer"]).assign(framework="sdg_10_7_2").to_csv(path, index=False)
    return str(path)


def test_the_goal_is_the_band_below_perfection():
    assert goal(load("sdg_10_7_2")) == "3"
    assert goal(made_up.framework((0, 50, 70))) == "b3"


def test_robustness_of_the_published_levels():
    case = read_robustness(draws=64, country="Moldova")
    assert case.unit == "MDA" and case.draws.names == ("weights", "aggregation", "cuts", "left_out", "interval")
    assert case.by_band["n"].tolist() == [6, 46, 81, 5]
    assert case.by_band.set_index("band").loc["4", "firm"] == 5  # all answers at their best: no choice moves them
    assert case.removed["n"].tolist() == [138] * 6
    assert case.deciding["largest"].sum() == len(case.largest) <= 138
    assert len(case.own_weights) == 138 and (case.own_weights["band_lower"] <= case.own_weights["band"]).all()
    assert case.ranks["lower"].min() >= 1 and case.ranks["upper"].max() <= 138


def test_robustness_of_answers_knows_what_is_missing(answers):
    case = read_robustness(answers=answers, draws=16)
    assert {"missing", "answers"} <= set(case.draws.names) and len(case.results) == 40
    assert set(case.removed_items["element"]) <= {item.id for item in case.framework.items()}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"aggregation": "mean,median"}, "'median'"),
        ({"wrong": 0.9}, "wrong lies between"),
        ({"country": "USA"}, "no figures for United States"),
        ({"draws": 100}, "power of 2"),
    ],
)
def test_robustness_tells_what_does_not_fit(given, told):
    with pytest.raises(InputError, match=told):
        read_robustness(**{"draws": 16} | given)


def test_coherence_of_the_published_levels():
    case = read_coherence()
    whole = case.sets.iloc[0]
    wide = case.asked
    k, total = wide.shape[1], wide.sum(axis=1)
    assert whole["alpha"] == pytest.approx(k / (k - 1) * (1 - wide.var().sum() / total.var()))
    assert whole["lower"] < whole["alpha"] < whole["upper"] and len(case.sets) == 1
    assert case.items["item"].iloc[0] == "D1" and not case.yes_no
    assert case.placement.empty and case.parallel["kept"].sum() == 1
    assert 0.3 < case.scalability < 0.4


def test_coherence_of_answers(answers):
    case = read_coherence(answers=answers)
    assert case.yes_no and case.sets["node"].tolist() == ["overall", "D1", "D2", "D3", "D4", "D5", "D6"]
    assert case.sets.iloc[0]["alpha"] > 0.7  # one trait made the answers
    assert set(case.placement["item"]) == set(case.values) and case.between.shape == (6, 6)
    assert case.values.isna().any(axis=None) and len(case.complete) < 40


def test_selection_counts_the_countries_that_answered():
    case = read_context()
    groups = case.selection.set_index(["kind", "group"])
    assert groups.loc[("sids", True), ["n", "universe"]].tolist() == [15, 40]
    assert groups.loc["income", "universe"].sum() == 193 and groups.loc["sdg_region", "n"].sum() == 138
    assert case.answering.n == 193


def test_context_says_little_of_the_published_levels():
    case = read_context()
    assert case.correlations["rho"].abs().max() < context.WEAK and (case.correlations["n"] == 138).all()
    assert case.fitted.n == 138 and case.effects["variable"].tolist() == ["income", "lldc", "sids"]
    assert (len(case.moved), (case.moved > 0).sum(), (case.moved < 0).sum()) == (62, 19, 5)
    assert case.moves_by_income[["n", "up", "same", "down"]].sum().tolist()[1:] == [19, 38, 5]


def test_context_of_ones_own(tmp_path):
    """A variable that is the level itself: found, and refused as a covariate because it separates the bands."""
    level = read_context().bands.astype(int)
    table = pd.DataFrame({"unit": level.index, "year": 2018, "variable": "mirror", "value": level.to_numpy(), "source": "made up"})
    table.to_csv(tmp_path / "context.csv", index=False)
    case = read_context(context=str(tmp_path / "context.csv"), variables="mirror,income")
    assert case.correlations.iloc[0][["variable", "n"]].tolist() == ["mirror", 138] and case.correlations.iloc[0]["rho"] > 0.99
    assert case.fitted is None and "mirror" in case.refused[0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"variables": "income,ldc,lldc,sids,developed"}, "one to 4"),
        ({"variables": "gpd"}, "no context variable 'gpd'"),
        ({"node": "D9"}, "no domain 'D9'"),
        ({"variables": "sdg_region"}, "a kind, not a number"),
        ({"context": "nowhere.csv"}, "nowhere.csv"),
    ],
)
def test_context_tells_what_does_not_fit(given, told):
    with pytest.raises(InputError, match=told):
        read_context(**given)


def test_rank_correlations_leave_out_what_says_nothing():
    outcome = pd.Series(range(20))
    found = rank_correlations(
        outcome, pd.DataFrame({"up": range(20), "flat": 1.0, "few": [1.0, 2] + [np.nan] * 18, "down": range(20, 0, -1)})
    )
    assert found["variable"].tolist() == ["up", "down"] and found["rho"].tolist() == pytest.approx([1, -1])


def test_insights_of_the_published_levels():
    case = read_insights()
    assert case.distribution.set_index("node").loc["overall", ["1", "2", "3", "4", "n"]].tolist() == [6, 46, 81, 5, 138]
    shares = case.by("region").set_index(["node", "group"])
    assert shares.loc[("overall", 202), ["n", "reached"]].tolist() == [37, 21]
    assert case.measures["practice"].iloc[0] == "D1" and case.measures["n"].eq(138).all()
    assert case.panel == 62 and case.change["n"].eq(62).all()
    rise = case.change.set_index("practice").loc["D1"]
    assert rise["change"] == pytest.approx(100 * (rise["adopted"] - rise["dropped"]) / 62)


def test_insights_of_one_region_and_of_answers(answers):
    assert len(read_insights(area="Sub-Saharan Africa").regions) == 1
    case = read_insights(answers=answers)
    assert len(case.measures) == 30 and case.domain_of("D4c") == "D4"
    assert (case.measures["n"] <= 40).all() and (case.change["n"] <= 40).all() and case.change["change"].mean() > 0
