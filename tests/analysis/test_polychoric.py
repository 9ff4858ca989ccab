"""Against R: polycor and psych (tests/data/psych); the normal distribution against scipy's."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import multivariate_normal

from migof_research.analysis.polychoric import bivariate_normal, polychoric
from tests.analysis import PSYCH


@pytest.mark.parametrize(("answers", "expected"), [("psych_X", "polychoric"), ("psych_B", "tetrachoric_polycor_ml")])
def test_correlations_equal_r(answers, expected):
    found = polychoric(pd.read_csv(PSYCH / f"{answers}.csv", header=None))
    assert found.to_numpy() == pytest.approx(pd.read_csv(PSYCH / f"{expected}.csv", index_col=0).to_numpy(), abs=5e-5)


@pytest.mark.parametrize("r", [-0.99, -0.5, 0.0, 0.3, 0.95])
def test_bivariate_normal(r):
    x, y = np.array([-1.5, 0.0, 0.7]), np.array([0.2, -0.4, 2.0])
    expected = multivariate_normal([0, 0], [[1, r], [r, 1]]).cdf(np.column_stack([x, y]))
    assert bivariate_normal(x, y, np.full(3, r)) == pytest.approx(expected, abs=1e-6)


def test_only_pairs_that_both_have_answers_count():
    B = pd.read_csv(PSYCH / "psych_B.csv", header=None).astype(float)
    with_gap = B[[0, 1, 2]].copy()
    with_gap.loc[:9, 0] = np.nan
    found, complete, shorter = polychoric(with_gap), polychoric(B[[0, 1, 2]]), polychoric(B.loc[10:, [0, 1, 2]])
    assert found.loc[1, 2] == complete.loc[1, 2]
    assert found.loc[0, 1] == pytest.approx(shorter.loc[0, 1], abs=0.02)  # the threshold of the other item still knows all units


def test_an_item_that_does_not_vary_has_no_correlation():
    found = polychoric(pd.DataFrame({"a": [0, 1, 0, 1], "b": [1, 1, 1, 1], "c": [0, 1, 1, 0]}))
    assert found["b"].isna().all() and np.isfinite(found.loc["a", "c"])


def test_perfect_agreement_stays_below_one():
    found = polychoric(pd.DataFrame({"a": [0, 0, 0, 1, 1, 1], "b": [0, 0, 0, 1, 1, 1]}))
    assert 0.7 < found.loc["a", "b"] < 0.999
