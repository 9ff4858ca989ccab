"""Over-performers: units whose score is above what their context predicts.

A linear model of the score on context (region and income group by default), each unit predicted from all *others*: its
leave-one-out prediction interval comes exactly from one fit by way of the hat matrix. This is association: it tells where
a look is worthwhile, not why.
"""

import numpy as np
import pandas as pd
from scipy.stats import t

from migof_research.analysis.benchmark import POSITIONS, position

UNITS_PER_TERM = 5  # fewer units for each term of the model say nothing


def expected(scores: pd.DataFrame, context: pd.DataFrame, level: float = 0.8) -> pd.DataFrame:
    """What context predicts for each unit: ``unit, lower, upper, expected, expected_lower, expected_upper, position, n``.

    ``scores`` has one row a unit (``unit, lower, upper``, 0-100), ``context`` a row a unit by index; units with a variable
    missing are left out. ``position`` is the score's interval against the prediction interval of ``level``: surely above,
    surely below or not separable. Where the score is an interval the model is fitted to its middle. Empty where there
    are fewer than five units a term of the model.
    """
    known = context.dropna()
    table = scores[scores["unit"].isin(known.index)].dropna(subset=["lower", "upper"]).sort_values("unit", ignore_index=True)
    x = _design(known.loc[table["unit"]])
    n, terms = x.shape
    columns = ["unit", "lower", "upper", "expected", "expected_lower", "expected_upper", "position", "n"]
    if n < UNITS_PER_TERM * terms:
        return pd.DataFrame(columns=columns)
    y = ((table["lower"] + table["upper"]) / 2).to_numpy()
    hat = x @ np.linalg.pinv(x)
    leverage = np.diag(hat)
    residual = y - hat @ y
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = residual / (1 - leverage)  # y minus its prediction from all others
        variance = (residual @ residual - residual * left_out) / (n - terms - 1)
        margin = t.ppf((1 + level) / 2, n - terms - 1) * np.sqrt(variance / (1 - leverage))
    alone = np.isclose(leverage, 1)  # the only unit of its kind: the others say nothing about it
    table["expected"] = np.where(alone, np.nan, y - left_out)
    table["expected_lower"], table["expected_upper"] = table["expected"] - margin, table["expected"] + margin
    intervals = table[["lower", "upper", "expected_lower", "expected_upper"]].itertuples(index=False)
    table["position"] = pd.Categorical([position(*four) for four in intervals], POSITIONS)
    return table.assign(n=n)[columns].dropna(subset="expected").reset_index(drop=True)


def _design(context: pd.DataFrame) -> np.ndarray:
    """A constant, numbers in standard units, and a dummy for each kind but the first of each variable."""
    columns = [np.ones(len(context))]
    for _variable, values in context.items():
        if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
            columns += [(values - values.mean()) / (values.std() or 1)]
        else:
            columns += [(values == kind).astype(float) for kind in sorted(values.unique())[1:]]
    x = np.column_stack(columns)
    independent = [i for i in range(x.shape[1]) if np.linalg.matrix_rank(x[:, : i + 1]) > np.linalg.matrix_rank(x[:, :i])]
    return x[:, independent]
