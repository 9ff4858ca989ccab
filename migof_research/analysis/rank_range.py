"""Ranks, on request only and never without their range: where a unit would stand under other choices."""

import pandas as pd


def rank_range(scores: pd.DataFrame) -> pd.DataFrame:
    """The ranks of each unit over all runs: ``unit, n, lower, median, upper`` (5th, 50th and 95th percentile).

    ``scores`` has a row a unit and a column a run. 1 is the highest score; units with equal scores share the better rank.
    """
    ranks = scores.rank(ascending=False, method="min")
    table = ranks.quantile([0.05, 0.5, 0.95], axis=1).T.set_axis(["lower", "median", "upper"], axis=1)
    return table.assign(n=len(scores)).rename_axis("unit").reset_index()[["unit", "n", "lower", "median", "upper"]]
