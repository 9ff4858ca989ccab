"""Variance-based sensitivity: how much of an outcome's variance goes with each uncertain choice.

First order after Saltelli et al. (2010), total order after Jansen (1999), on the outcomes of Saltelli's design: ``n`` runs
with matrix A, ``n`` with matrix B, and for each choice ``n`` with A where that choice alone comes from B. The outcomes are
centred first: without that, the first order of an outcome far from nought is little but noise.
"""

from typing import NamedTuple

import numpy as np


class Indices(NamedTuple):
    """Arrays of shape (choices, outcomes); NaN where an outcome does not vary.

    ``first``: the share of the variance that goes with the choice alone; ``total``: with it and all its interactions. The
    ends are percentiles of the bootstrap.
    """

    first: np.ndarray
    first_lower: np.ndarray
    first_upper: np.ndarray
    total: np.ndarray
    total_lower: np.ndarray
    total_upper: np.ndarray


def estimates(runs: np.ndarray, shares: np.ndarray | None = None, *, centre: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """First and total order from outcomes of shape (2 + choices, n, outcomes): A, B, then A with one choice from B.

    ``shares`` of shape (resamples, n) weighs the runs, each row adding up to 1; the results then have the shape (resamples,
    choices, outcomes), without it (choices, outcomes).
    """
    n, choices = runs.shape[1], len(runs) - 2
    weigh = np.full((1, n), 1 / n) if shares is None else shares
    a, b, *mixed = runs - runs[:2].mean(axis=(0, 1)) if centre else runs
    moments = [(a + b) / 2, (a**2 + b**2) / 2, *(b * (one - a) for one in mixed), *((a - one) ** 2 / 2 for one in mixed)]
    means = (weigh @ np.concatenate(moments, axis=1)).reshape(len(weigh), len(moments), -1)
    variance = (means[:, 1:2] - means[:, :1] ** 2) * (2 * n / (2 * n - 1))
    both = means[:, 2:] / np.where(variance > 1e-12, variance, np.nan)
    first, total = both[:, :choices], both[:, choices:]
    return (first[0], total[0]) if shares is None else (first, total)


def resamples(n: int, count: int, seed: int) -> np.ndarray:
    """The shares of ``n`` runs in each of so many bootstrap samples."""
    return np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=count) / n


def indices(runs: np.ndarray, shares: np.ndarray, level: float = 0.95) -> Indices:
    """Both indices of each choice with bootstrap intervals; ``shares`` comes from `resamples`."""
    first, total = estimates(runs, np.vstack([np.full(runs.shape[1], 1 / runs.shape[1]), shares]))
    ends = [(1 - level) / 2, (1 + level) / 2]
    (first_lower, first_upper), (total_lower, total_upper) = (np.quantile(many[1:], ends, axis=0) for many in (first, total))
    return Indices(first[0], first_lower, first_upper, total[0], total_lower, total_upper)
