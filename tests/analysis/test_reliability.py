"""Against R: psych, factanal (tests/data/psych)."""

import numpy as np
import pandas as pd
import pytest

from migof_research.analysis import reliability
from migof_research.analysis.polychoric import polychoric
from tests.analysis import PSYCH

X = pd.read_csv(PSYCH / "psych_X.csv", header=None)
B = pd.read_csv(PSYCH / "psych_B.csv", header=None)
EXPECTED = pd.read_csv(PSYCH / "reliability.csv", index_col="stat")["value"]


def test_alpha_and_kr20():
    assert reliability.alpha(X.cov().to_numpy()) == pytest.approx(EXPECTED["alpha_X"], abs=1e-10)
    assert reliability.alpha(X.corr().to_numpy()) == pytest.approx(EXPECTED["alpha_std_X"], abs=1e-10)
    assert reliability.alpha(B.cov().to_numpy()) == pytest.approx(EXPECTED["kr20_B"], abs=1e-10)


def test_ordinal_alpha():
    assert reliability.alpha(polychoric(X).to_numpy()) == pytest.approx(EXPECTED["alpha_ordinal_polychoric_X"], abs=1e-5)


def test_omega_and_its_loadings():
    loadings = pd.read_csv(PSYCH / "fa1_ml_loadings.csv", index_col=0)["x"].to_numpy()
    assert reliability.one_factor(X.corr().to_numpy()) == pytest.approx(loadings, abs=2e-5)
    assert reliability.omega(X.corr().to_numpy()) == pytest.approx(EXPECTED["omega_congeneric_ml_X"], abs=1e-6)
    # psych fits the polychoric matrix by minimum residuals, not by maximum likelihood
    assert reliability.omega(polychoric(X).to_numpy()) == pytest.approx(EXPECTED["omega_total_1f_polychoric_X"], abs=1e-3)


def test_omega_says_nothing_where_there_is_no_solution():
    assert np.isnan(reliability.omega(np.ones((3, 3))))
    assert np.isnan(reliability.omega(np.array([[1, np.nan], [np.nan, 1]])))


def test_items():
    expected = pd.read_csv(PSYCH / "item_rest.csv")
    found = reliability.items(X)
    assert found["item_rest"].to_numpy() == pytest.approx(expected["r_drop"].to_numpy(), abs=1e-10)
    assert found["alpha_without"].to_numpy() == pytest.approx(expected["alpha_drop"].to_numpy(), abs=1e-10)


def test_the_interval_holds_alpha_and_repeats_itself():
    lower, upper = reliability.alpha_interval(B, draws=200)
    assert 0.75 < lower < EXPECTED["kr20_B"] < upper < 0.9
    assert (lower, upper) == reliability.alpha_interval(B, draws=200)


def test_items_that_do_not_vary_are_left_out():
    values = pd.DataFrame({"varies": [0, 1, 1], "all": [1, 1, 1], "few": [np.nan, 0, 1]})
    assert list(reliability.varying(values)) == ["varies", "few"]
