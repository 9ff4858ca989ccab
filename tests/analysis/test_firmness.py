"""Band probabilities against known distributions, one uncertainty at a time."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, binom

from migof_research.analysis import firmness
from migof_research.analysis.firmness import Uncertainty
from migof_research.frameworks import load
from migof_research.indicators import sdg_10_7_2
from migof_research.scoring import scores_from_answers
from tests.analysis import made_up

CERTAIN = {"weights": np.inf, "aggregations": ("mean",), "item_error": 0.0, "cuts": 0.0, "draws": 20_000}
WITHIN = pytest.approx


def probabilities(fw, values, node="overall", unit="U000", **uncertain) -> dict[str, float]:
    known = firmness.known_from_answers(made_up.answers(np.array(values, dtype=float), fw), fw)
    table = firmness.firmness(known, fw, Uncertainty(**(CERTAIN | uncertain)))
    return table.query("node == @node and unit == @unit").set_index("band")["probability"].to_dict()


def test_without_uncertainty_every_published_level_is_certain():
    fw, levels = load("sdg_10_7_2"), sdg_10_7_2.levels()
    table = firmness.firmness(firmness.known_from_levels(levels, fw), fw, Uncertainty(**(CERTAIN | {"draws": 50})))
    certain = table[table["probability"] == 1].astype({"band": int})
    both = levels.merge(certain, on=["unit", "year", "node"])
    assert len(both) == len(levels) == 1400 and (both["level"] == both["band"]).all()


def test_states_of_levels_are_all_that_fit():
    """Levels 2 1 1 1 1 1, overall 1: 4 totals of domain 1 (4 to 7), two of each other (0, 2), together at most 23 half points."""
    fw = load("sdg_10_7_2")
    levels = pd.DataFrame({"unit": "MDA", "year": 2021, "node": ["overall", *fw.domains], "level": [1, 2, 1, 1, 1, 1, 1]})
    states = firmness.known_from_levels(levels, fw)["MDA", 2021].states
    totals = 2 * states.reshape(len(states), 6, 5).sum(axis=2)
    assert len(np.unique(totals, axis=0)) == len(states) == 4 * 2**5
    assert set(totals[:, 0]) == {4, 5, 6, 7} and set(totals[:, 1]) == {0, 2}


def test_wrong_answers_follow_the_binomial():
    fw = made_up.framework((0, 40, 80, 100), domains=1, items=5)
    found = probabilities(fw, [[1, 1, 1, 1, 0]], item_error=0.1)
    p4 = 0.9**4 * 0.1  # the four stay, the fifth turns
    assert found["b4"] == WITHIN(p4, abs=0.01)
    p3 = binom.pmf(4, 4, 0.9) * 0.9 + binom.pmf(3, 4, 0.9) * 0.1
    assert found["b3"] == WITHIN(p3, abs=0.01)


def test_weights_follow_the_dirichlet():
    """One domain full and one empty: the score is the first weight, a beta variable."""
    fw = made_up.framework((0, 40, 60), domains=2, items=2)
    found = probabilities(fw, [[1, 1, 0, 0]], weights=10)
    assert found["b1"] == WITHIN(beta.cdf(0.4, 5, 5), abs=0.015)
    assert found["b3"] == WITHIN(beta.sf(0.6, 5, 5), abs=0.015)


def test_aggregations_are_equally_likely():
    """Mean 50, geometric mean 0."""
    found = probabilities(made_up.framework((0, 40), domains=2, items=2), [[1, 1, 0, 0]], aggregations=("mean", "geometric"))
    assert found == WITHIN({"b1": 0.5, "b2": 0.5}, abs=0.015)


def test_cuts_shift_evenly_and_only_the_whole():
    fw = made_up.framework((0, 51, 100), domains=2, items=2)
    assert probabilities(fw, [[1, 0, 1, 0]], cuts=2)["b2"] == WITHIN(0.25, abs=0.015)
    assert probabilities(fw, [[1, 0, 1, 0]], node="A", cuts=2)["b2"] == 0
    assert probabilities(fw, [[1, 1, 1, 1]], cuts=2)["b3"] == 1  # no cut lies beyond full marks


def test_what_is_not_answered_may_be_anything_where_the_rule_says_so():
    fw = made_up.framework((0, 25, 75), domains=1, items=4, missing="bounds")
    found = probabilities(fw, [[1, 1, np.nan, np.nan]])
    assert found == WITHIN({"b1": 0, "b2": 0.25, "b3": 0.75}, abs=0.015)  # two, or three and four of four
    assert probabilities(made_up.framework((0, 25, 75), domains=1, items=4), [[1, 1, np.nan, np.nan]])["b2"] == 1


def test_a_result_depends_on_the_seed_and_the_unit_alone():
    fw, values = made_up.framework(), np.random.default_rng(0).integers(0, 2, (5, 30))
    alone = made_up.answers(values, fw).query("unit == 'U003'")
    u = Uncertainty(draws=500)
    among = firmness.firmness(firmness.known_from_answers(made_up.answers(values, fw), fw), fw, u).query("unit == 'U003'")
    by_itself = firmness.firmness(firmness.known_from_answers(alone, fw), fw, u)
    assert among["probability"].tolist() == by_itself["probability"].tolist()
    other = firmness.firmness(firmness.known_from_answers(alone, fw), fw, Uncertainty(draws=500, seed=1))
    assert other["probability"].tolist() != by_itself["probability"].tolist()


def test_draws_are_those_that_were_counted():
    fw = made_up.framework()
    answers = made_up.answers(np.random.default_rng(0).integers(0, 2, (1, 30)), fw)
    known, u = firmness.known_from_answers(answers, fw), Uncertainty(draws=400)
    kept, table = firmness.draws(known, fw, u), firmness.firmness(known, fw, u)
    counted = kept.groupby(["node", "band"], observed=False).size() / 400
    assert counted.to_dict() == WITHIN(table.set_index(["node", "band"])["probability"].to_dict())
    exact = scores_from_answers(answers, fw).set_index("node")["score"]
    still = firmness.draws(known, fw, Uncertainty(**(CERTAIN | {"draws": 1}))).set_index("node")["score"]
    assert still.to_dict() == WITHIN(exact[still.index].to_dict())


def test_no_band_is_named_below_the_stated_probability():
    table = pd.DataFrame({"unit": "U", "year": 2020, "framework": "f", "node": list("AABB"), "probability": [0.6, 0.4, 0.45, 0.55]})
    table["band"] = pd.Categorical(["low", "high"] * 2, ["low", "high"], ordered=True)
    assert firmness.firm_bands(table)["band"].tolist() == ["low", "high"]
    strict = firmness.firm_bands(table, least=0.58)
    assert strict["band"].isna().tolist() == [False, True] and strict["probability"].tolist() == [0.6, 0.55]
