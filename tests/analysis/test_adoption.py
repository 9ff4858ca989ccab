import numpy as np
import pandas as pd
import pytest

from migof_research.analysis import adoption
from tests.analysis import PSYCH


def test_difficulties_equal_erm():
    expected = pd.read_csv(PSYCH / "rasch_eRm.csv")
    found = adoption.difficulties(pd.read_csv(PSYCH / "psych_B.csv", header=None).iloc[:, :20])
    assert found["difficulty"].to_numpy() == pytest.approx(-expected["beta"].to_numpy(), abs=2e-3)
    assert found["se"].to_numpy() == pytest.approx(expected["se"].to_numpy(), abs=1e-3)


def test_a_perfect_ladder():
    rungs = pd.DataFrame(np.tril(np.ones((6, 5)), -1), columns=list("abcde"))
    found = adoption.ladder(rungs)
    assert found["item"].tolist() == list("abcde") and found["h"].tolist() == [1] * 5
    assert adoption.scalability(rungs) == 1


def test_chance_makes_no_ladder():
    noise = np.random.default_rng(1).random((2000, 6)) < [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    assert abs(adoption.scalability(pd.DataFrame(noise.astype(float)))) < 0.05


def test_h_by_hand():
    """Two items, four units of ten with the commoner alone, one with the rarer alone: 1 error where 3 x 4 / 10 are expected."""
    values = pd.DataFrame({"rare": [1, 1, 1] + [0] * 7, "common": [1, 1, 0] + [1] * 4 + [0] * 3})
    assert adoption.scalability(values) == pytest.approx(1 - 1 / (3 * 4 / 10))
