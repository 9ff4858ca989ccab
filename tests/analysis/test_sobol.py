"""Known indices of test functions; the stored runs of COINr (where its files are) to 1e-12."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

from migof_research.analysis import sobol
from tests.analysis import COINR, needs_coinr


def design(function, choices: int, n: int, evenly: bool = True) -> np.ndarray:
    """The outcomes of a function of uniform numbers under Saltelli's design: (2 + choices, n, 1)."""
    rng = np.random.default_rng(3)
    points = qmc.Sobol(2 * choices, rng=rng).random(n) if evenly else rng.random((n, 2 * choices))
    a, b = points[:, :choices], points[:, choices:]
    mixed = [np.where(np.arange(choices) == i, b, a) for i in range(choices)]
    return np.stack([function(x) for x in (a, b, *mixed)])[..., None]


def ishigami(u: np.ndarray) -> np.ndarray:
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_ishigami_function():
    first, total = sobol.estimates(design(ishigami, 3, 2**14))
    assert first[:, 0] == pytest.approx([0.3139, 0.4424, 0], abs=0.005)
    assert total[:, 0] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.005)


def test_linear_function_far_from_nought():
    """Variances 1, 4 and 9 twelfths and no interaction."""
    found = sobol.estimates(design(lambda u: 1000 + u @ [1.0, 2.0, 3.0], 3, 2**10))
    assert np.array(found)[..., 0] == pytest.approx(np.tile(np.array([1, 4, 9]) / 14, (2, 1)), abs=0.01)


def test_centring_keeps_the_first_order_out_of_the_noise():
    runs = design(lambda u: 1000 + u @ [1.0, 2.0, 3.0], 3, 2**12, evenly=False)
    truth = np.array([[1], [4], [9]]) / 14
    assert np.abs(sobol.estimates(runs)[0] - truth).max() < 0.05
    assert np.abs(sobol.estimates(runs, centre=False)[0] - truth).max() > 1


def test_bootstrap_intervals_hold_the_true_indices():
    found = sobol.indices(design(ishigami, 3, 1024), sobol.resamples(1024, 200, seed=2))
    truth = {"first": [0.3139, 0.4424, 0], "total": [0.5576, 0.4424, 0.2437]}
    for name, values in truth.items():
        lower, upper = getattr(found, f"{name}_lower")[:, 0], getattr(found, f"{name}_upper")[:, 0]
        assert (lower < values).all() and (values < upper).all()
        assert (upper - lower < 0.3).all()


def test_an_outcome_that_does_not_vary_has_no_indices():
    found = sobol.indices(np.full((4, 8, 1), 5.0), sobol.resamples(8, 10, seed=1))
    assert np.isnan(found.first).all() and np.isnan(found.total_upper).all()


@needs_coinr
def test_indices_equal_coinr_from_its_stored_scores():
    """COINr's target: the mean absolute change of rank over all units; it does not centre."""
    scores = pd.read_csv(COINR / "sa_n100_scores.csv", index_col="uCode")
    ranks = scores.rank(ascending=False, method="min")
    outcome = ranks.drop(columns="Nominal").sub(ranks["Nominal"], axis=0).abs().mean().to_numpy()
    first, total = sobol.estimates(outcome.reshape(6, 100, 1), centre=False)
    expected = pd.read_csv(COINR / "sa_n100_sobol.csv")
    assert first[:, 0] == pytest.approx(expected["Si"].to_numpy(), abs=1e-12)
    assert total[:, 0] == pytest.approx(expected["STi"].to_numpy(), abs=1e-12)


@needs_coinr
def test_indices_equal_coinr_on_a_linear_function():
    sample, expected = pd.read_csv(COINR / "sobol_linear_sample.csv"), pd.read_csv(COINR / "sobol_linear_est.csv")
    first, total = sobol.estimates(sample["y"].to_numpy().reshape(5, 500, 1), centre=False)
    assert first[:, 0] == pytest.approx(expected["Si"].to_numpy(), abs=1e-12)
    assert total[:, 0] == pytest.approx(expected["STi"].to_numpy(), abs=1e-12)
