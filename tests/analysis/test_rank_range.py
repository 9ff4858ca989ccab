import pandas as pd
import pytest

from migof_research.analysis.rank_range import rank_range
from tests.analysis import COINR, needs_coinr


def test_equal_scores_share_the_better_rank():
    scores = pd.DataFrame({"one": [3.0, 5.0, 3.0, 1.0], "two": [9.0, 5.0, 3.0, 1.0]}, index=list("ABCD"))
    found = rank_range(scores).set_index("unit")
    assert found.loc["A", ["lower", "median", "upper"]].tolist() == pytest.approx([1.05, 1.5, 1.95])
    assert found.loc["C", "median"] == 2.5
    assert found.loc["D", ["n", "lower", "upper"]].tolist() == [4, 4, 4]


@needs_coinr
@pytest.mark.parametrize("runs", ["ua_n500", "sa_n100"])
def test_rank_quantiles_equal_coinr(runs):
    scores = pd.read_csv(COINR / f"{runs}_scores.csv", index_col="uCode").drop(columns="Nominal")
    scores = scores.iloc[:, :500] if runs == "ua_n500" else scores.iloc[:, :200]  # of Saltelli's runs, the independent ones
    expected = pd.read_csv(COINR / f"{runs}_rankstats.csv", index_col="uCode").loc[scores.index]
    found = rank_range(scores).set_index("unit")
    assert found[["lower", "median", "upper"]].to_numpy() == pytest.approx(expected[["Q5", "Median", "Q95"]].to_numpy(), abs=1e-9)
