"""How many things a set of items measures, and whether each item sits in the right domain."""

import numpy as np
import pandas as pd


def parallel(values: pd.DataFrame, draws: int = 500, seed: int = 1) -> pd.DataFrame:
    """Horn's (1965) parallel analysis: ``component, eigenvalue, random_mean, random_95, kept``.

    The eigenvalues of the items' correlations beside those of data without any, each item's own values shuffled among the
    units. ``kept``: the leading components whose eigenvalue lies above 95 of 100 random ones.
    """
    complete = values.dropna().to_numpy(float)
    complete = complete[:, complete.std(axis=0) > 0]
    rng = np.random.default_rng(seed)
    random = np.array([_eigenvalues(rng.permuted(complete, axis=0)) for _draw in range(draws)])
    found = _eigenvalues(complete)
    above = found > np.quantile(random, 0.95, axis=0)
    return pd.DataFrame(
        {
            "component": np.arange(1, len(found) + 1),
            "eigenvalue": found,
            "random_mean": random.mean(axis=0),
            "random_95": np.quantile(random, 0.95, axis=0),
            "kept": np.logical_and.accumulate(above),
        }
    )


def _eigenvalues(values: np.ndarray) -> np.ndarray:
    return np.linalg.eigvalsh(np.corrcoef(values, rowvar=False))[::-1]


def placement(values: pd.DataFrame, domain_of: pd.Series) -> pd.DataFrame:
    """How each item goes with each domain: ``item, domain, own, best_other, other, gap, misplaced``.

    ``own`` is the correlation with the mean of the other items of its domain, ``other`` the domain whose mean it goes with
    best otherwise, at ``best_other``. ``misplaced`` where that is larger by more than ``gap`` = 1.96 standard errors of the
    difference of two correlations that share an item (Steiger 1980): a hint to look, no verdict.
    """
    domain_of = domain_of[list(values)]
    means = {domain: values[domain_of.index[domain_of == domain]].mean(axis=1) for domain in domain_of.unique()}
    rows = []
    for item, domain in domain_of.items():
        fellows = domain_of.index[(domain_of == domain) & (domain_of.index != item)]
        if fellows.empty or len(means) < 2:
            continue
        rest = values[fellows].mean(axis=1)
        elsewhere = pd.Series({other: values[item].corr(mean) for other, mean in means.items() if other != domain})
        if elsewhere.isna().all():
            continue
        best = elsewhere.idxmax()
        own, there, between = values[item].corr(rest), elsewhere[best], rest.corr(means[best])
        gap = _least_gap(own, there, between, values[item].notna().sum())
        rows.append((item, domain, own, best, there, gap, there - own > gap))
    return pd.DataFrame(rows, columns=["item", "domain", "own", "other", "best_other", "gap", "misplaced"])


def _least_gap(one: float, other: float, between: float, n: int) -> float:
    """1.96 standard errors of the difference between two correlations of one item (Steiger 1980, as Meng et al. write it)."""
    mean = (one**2 + other**2) / 2
    covariance = between * (1 - 2 * mean) - (one * other / 2) * (1 - 2 * mean - between**2)
    variance = ((1 - one**2) ** 2 + (1 - other**2) ** 2 - 2 * covariance) / n
    return 1.96 * float(np.sqrt(max(variance, 0)))
