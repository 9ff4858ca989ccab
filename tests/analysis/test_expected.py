"""Over-performers: the leave-one-out prediction is that of really leaving each unit out."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from migof_research.analysis.expected import expected

RNG = np.random.default_rng(8)
CONTEXT = pd.DataFrame({"kind": RNG.choice(["a", "b", "c"], 60), "wealth": RNG.normal(size=60)}, index=[f"U{i:02}" for i in range(60)])
SCORE = 50 + 10 * CONTEXT["wealth"] + 8 * (CONTEXT["kind"] == "b") + RNG.normal(scale=5, size=60)
SCORES = pd.DataFrame({"unit": CONTEXT.index, "lower": SCORE.to_numpy() - 1, "upper": SCORE.to_numpy() + 1})


def test_each_unit_is_predicted_from_the_others():
    found = expected(SCORES, CONTEXT).set_index("unit")
    x = pd.get_dummies(CONTEXT, columns=["kind"], drop_first=True, dtype=float).assign(one=1.0)
    for unit in ["U00", "U17", "U59"]:
        others = CONTEXT.index != unit
        predicted = sm.OLS(SCORE[others], x[others]).fit().get_prediction(x.loc[[unit]]).summary_frame(alpha=0.2).iloc[0]
        ours = found.loc[unit, ["expected", "expected_lower", "expected_upper"]].tolist()
        assert ours == pytest.approx(predicted[["mean", "obs_ci_lower", "obs_ci_upper"]].tolist())


def test_only_a_whole_interval_above_is_surely_above():
    scores = SCORES.copy()
    scores.loc[3, ["lower", "upper"]] = [150, 160]
    scores.loc[4, ["lower", "upper"]] = [0, 200]
    found = expected(scores, CONTEXT).set_index("unit")
    assert found.loc["U03", "position"] == "surely above" and found.loc["U04", "position"] == "not separable"


def test_too_few_units_and_units_alone_of_their_kind_have_no_row():
    assert expected(SCORES.head(12), CONTEXT).empty
    alone = CONTEXT.assign(kind=["z", *CONTEXT["kind"][1:]])
    assert "U00" not in set(expected(SCORES, alone)["unit"])
    assert "U01" not in set(expected(SCORES, CONTEXT.assign(wealth=CONTEXT["wealth"].mask(CONTEXT.index == "U01")))["unit"])
