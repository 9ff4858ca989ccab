"""How well the items hang together: alpha (KR-20 for yes/no items), omega, each item's part in them.

Sources: Cronbach (1951); Kuder & Richardson (1937); McDonald (1999); Zumbo, Gadermann & Zeisser (2007) for the ordinal forms,
which are computed from polychoric correlations. These measures suppose that the items reflect one thing behind them. The
items of a policy index partly *make up* what it measures, so a low value does not condemn it.
"""

import numpy as np
import pandas as pd
from scipy.optimize import minimize

FEW = 100  # with fewer units the intervals are wide and factor results unsteady


def alpha(covariance: np.ndarray) -> float:
    """Alpha from the items' covariances; from correlations the standardised one, from polychoric correlations the ordinal one."""
    k = len(covariance)
    return float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


def omega(correlation: np.ndarray) -> float:
    """Total omega of one common factor by maximum likelihood; NaN where a correlation is, or the matrix is not positive definite."""
    if not np.isfinite(correlation).all() or np.linalg.eigvalsh(correlation)[0] <= 1e-8:
        return float("nan")
    loadings = one_factor(correlation)
    common = loadings.sum() ** 2
    return float(common / (common + (1 - loadings**2).sum()))


def one_factor(correlation: np.ndarray) -> np.ndarray:
    """The items' loadings on one common factor by maximum likelihood (Jöreskog 1967), no item's own part below 0.005, as in
    R's factanal."""

    def loss(own: np.ndarray) -> tuple[float, np.ndarray]:
        values, vectors = np.linalg.eigh(correlation / np.sqrt(np.outer(own, own)))
        loadings = np.sqrt(own * max(values[-1] - 1, 0)) * vectors[:, -1]
        slope = (loadings**2 + own - 1) / own**2
        return float((values[:-1] - np.log(values[:-1]) - 1).sum()), slope

    start = (1 - 0.5 / len(correlation)) / np.diag(np.linalg.inv(correlation))
    own = minimize(loss, start, jac=True, bounds=[(0.005, 1)] * len(correlation), options={"ftol": 1e-15, "gtol": 1e-9}).x
    values, vectors = np.linalg.eigh(correlation / np.sqrt(np.outer(own, own)))
    loadings = np.sqrt(own * max(values[-1] - 1, 0)) * vectors[:, -1]
    return loadings if loadings.sum() >= 0 else -loadings


def varying(values: pd.DataFrame) -> pd.DataFrame:
    """The items that vary: the others say nothing about coherence."""
    return values.loc[:, values.nunique() > 1]


def alpha_interval(values: pd.DataFrame, draws: int = 1000, seed: int = 1, level: float = 0.95) -> tuple[float, float]:
    """The interval of alpha when the units are drawn again (percentiles)."""
    rng, n = np.random.default_rng(seed), len(values)
    found = [alpha(values.iloc[rng.integers(0, n, n)].cov().to_numpy()) for _draw in range(draws)]
    return tuple(np.nanquantile(found, [(1 - level) / 2, (1 + level) / 2]))


def items(values: pd.DataFrame) -> pd.DataFrame:
    """Each item's part: ``item, n, mean, item_rest, alpha_without``.

    ``item_rest`` is the correlation of the item with the mean of all others, ``alpha_without`` the alpha of the others.
    """
    covariance, rows = values.cov().to_numpy(), []
    for place, item in enumerate(values):
        others = values.drop(columns=item)
        without = np.delete(np.delete(covariance, place, 0), place, 1)
        rows.append((item, int(values[item].notna().sum()), values[item].mean(), values[item].corr(others.mean(axis=1)), alpha(without)))
    return pd.DataFrame(rows, columns=["item", "n", "mean", "item_rest", "alpha_without"])
