import numpy as np
import pandas as pd
import pytest

from migof_research.analysis import dimensions
from tests.analysis import PSYCH


def test_eigenvalues_equal_r():
    expected = pd.read_csv(PSYCH / "parallel_pc.csv")
    found = dimensions.parallel(pd.read_csv(PSYCH / "psych_X.csv", header=None), draws=100)
    assert found["eigenvalue"].to_numpy() == pytest.approx(expected["eig"].to_numpy(), abs=1e-10)
    assert found["random_mean"].to_numpy() == pytest.approx(expected["sim"].to_numpy(), abs=0.05)  # chance on both sides
    assert found["kept"].tolist() == [True] + [False] * 19


def two_domains(n: int = 300) -> pd.DataFrame:
    rng = np.random.default_rng(4)
    trait = rng.normal(size=(n, 2))
    return pd.DataFrame({f"{'AB'[i // 4]}{i % 4}": (trait[:, i // 4] + rng.normal(size=n) > 0).astype(float) for i in range(8)})


def test_two_things_make_two_components():
    assert dimensions.parallel(two_domains(), draws=100)["kept"].sum() == 2


def test_an_item_in_the_wrong_domain_is_found():
    values = two_domains()
    domains = pd.Series({item: item[0] for item in values})
    assert not dimensions.placement(values, domains)["misplaced"].any()
    wrong = domains.copy()
    wrong["A1"] = "B"
    found = dimensions.placement(values, wrong).set_index("item")
    assert found.index[found["misplaced"]].tolist() == ["A1"]
    assert found.loc["A1", "other"] == "A"


def test_domains_of_one_item_cannot_be_placed():
    assert dimensions.placement(two_domains()[["A0", "B0"]], pd.Series({"A0": "A", "B0": "B"})).empty
