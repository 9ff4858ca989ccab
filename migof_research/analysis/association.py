"""Two groups, one trait: how much more common it is in one, how sure that is, and over many traits at once.

Counts come as arrays: ``a`` of ``n_a`` units in one group have the trait, ``b`` of ``n_b`` in the other. Sources: Fisher
(1935) with the two-sided rule of R's fisher.test; Newcombe (1998), method 10; Benjamini & Hochberg (1995); Benjamini &
Yekutieli (2001); Mantel & Haenszel (1959) with the variance of Robins, Breslow & Greenland (1986).
"""

from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import hypergeom
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

Adjustment = Literal["bh", "by"]


def fisher(a: np.ndarray, n_a: np.ndarray, b: np.ndarray, n_b: np.ndarray) -> np.ndarray:
    """The two-sided exact p of each table: all tables with its margins that are no more likely than it.

    Likelihoods within a ten-millionth of each other count as equal, as in R.
    """
    a, n_a, b, n_b = (np.asarray(x)[..., None] for x in np.broadcast_arrays(a, n_a, b, n_b))
    possible = np.arange(n_a.max(initial=0) + 1)
    chance = hypergeom.pmf(possible, n_a + n_b, a + b, n_a)
    seen = hypergeom.pmf(a, n_a + n_b, a + b, n_a)
    return np.minimum(np.where(chance <= seen * (1 + 1e-7), chance, 0).sum(axis=-1), 1)


def newcombe(a: np.ndarray, n_a: np.ndarray, b: np.ndarray, n_b: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """The interval of the difference of two shares (0-1), from the Wilson interval of each. Both groups must have units."""
    p_a, p_b = a / n_a, b / n_b
    low_a, high_a = proportion_confint(a, n_a, 1 - level, method="wilson")
    low_b, high_b = proportion_confint(b, n_b, 1 - level, method="wilson")
    below, above = np.hypot(p_a - low_a, high_b - p_b), np.hypot(high_a - p_a, p_b - low_b)
    return p_a - p_b - below, p_a - p_b + above


def adjust(p: pd.Series, how: Adjustment = "bh") -> pd.Series:
    """q: the smallest false discovery rate at which each test would be called; tests without a p are not counted."""
    q, tested = pd.Series(np.nan, index=p.index), p.notna()
    if tested.any():
        q[tested] = multipletests(p[tested], method=f"fdr_{how}")[1]
    return q


class WithinStrata(NamedTuple):
    """The odds ratio within strata, its 95 % interval, and the p of no association in any stratum (without correction)."""

    odds_ratio: float
    lower: float
    upper: float
    p: float
    strata: int  # strata that say something: with both groups, and with and without the trait


def within_strata(has: pd.Series, top: pd.Series, strata: pd.Series) -> WithinStrata:
    """Mantel-Haenszel: what is left of the association when units are compared only with those of their own stratum.

    The three series share an index; units without a stratum are left out. NaN where no stratum says anything or the ratio
    is 0 or infinite.
    """
    counts = pd.crosstab([strata, top.astype(bool)], has.astype(bool)).unstack(level=1, fill_value=0)
    full = pd.MultiIndex.from_product([[True, False], [True, False]])  # has x top
    tables = counts.reindex(columns=full, fill_value=0).to_numpy().reshape(-1, 2, 2)
    telling = [t for t in tables if (t.sum(axis=0) > 0).all() and (t.sum(axis=1) > 0).all()]
    both = sum(t[0, 0] * t[1, 1] for t in telling), sum(t[0, 1] * t[1, 0] for t in telling)
    if not all(both):
        return WithinStrata(np.nan, np.nan, np.nan, np.nan, len(telling))
    pooled = StratifiedTable(telling)
    lower, upper = pooled.oddsratio_pooled_confint()
    p = pooled.test_null_odds(correction=False).pvalue
    return WithinStrata(float(pooled.oddsratio_pooled), float(lower), float(upper), float(p), len(telling))
