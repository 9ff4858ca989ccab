"""Against lpSolve in R (tests/data/psych); the closed form against a linear programme."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from migof_research.analysis import benefit
from tests.analysis import PSYCH

BOD = pd.read_csv(PSYCH / "bod.csv")
PARTS = BOD[["D1", "D2", "D3", "D4", "D5", "D6"]].to_numpy()


def test_benefit_of_the_doubt_equals_lpsolve():
    assert benefit.benefit_of_the_doubt(PARTS) == pytest.approx(BOD["bod"].to_numpy(), abs=1e-9)
    expected = pd.read_csv(PSYCH / "bod_bounded.csv")["bod_bounded"].to_numpy()
    assert benefit.benefit_of_the_doubt(PARTS, 0.05, 0.4) == pytest.approx(expected, abs=1e-9)


def test_own_weights_are_the_best_and_worst_there_are():
    shares = np.array([0.1, 0.1, 0.2, 0.2, 0.2, 0.2])
    lower, upper = benefit.own_weights(PARTS[:20], shares, most=1.5)
    for parts, low, high in zip(PARTS[:20], lower, upper, strict=True):
        bounds = list(zip(shares / 1.5, shares * 1.5, strict=True))
        best, worst = (sign * linprog(sign * parts, A_eq=np.ones((1, 6)), b_eq=[1], bounds=bounds).fun for sign in (-1, 1))
        assert (low, high) == pytest.approx((worst, best))


def test_without_room_the_weights_are_the_usual_ones():
    shares = np.full(6, 1 / 6)
    lower, upper = benefit.own_weights(PARTS, shares, most=1.0)
    assert lower == pytest.approx(PARTS.mean(axis=1)) and upper == pytest.approx(PARTS.mean(axis=1))
