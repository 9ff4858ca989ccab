"""Polychoric correlations: of the normal variables that are thought to lie behind ordered answers.

Two steps after Olsson (1979): thresholds from each item's own shares, then the correlation that makes each pair's table
most likely. Of two yes/no items it is the tetrachoric correlation. All pairs are worked on at once; the bivariate normal
distribution is Plackett's (1954) integral over the correlation, by Gauss and Legendre's rule.
"""

import numpy as np
import pandas as pd
from scipy.stats import norm

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(24)
_FAR = 8.0  # stands for infinity
_LIMIT = 0.9995  # correlations are looked for between minus and plus this
_GOLDEN = (np.sqrt(5) - 1) / 2


def bivariate_normal(x: np.ndarray, y: np.ndarray, r: np.ndarray) -> np.ndarray:
    """P(X < x, Y < y) of two standard normal variables with correlation ``r``; the arrays are broadcast."""
    x, y, r = (np.asarray(part, float)[..., None] for part in (x, y, r))
    half = np.arcsin(r) / 2
    angle = half * (_NODES + 1)
    sine = np.sin(angle)
    density = np.exp(-(x**2 + y**2 - 2 * x * y * sine) / (2 * np.cos(angle) ** 2))
    return norm.cdf(x[..., 0]) * norm.cdf(y[..., 0]) + (half * _WEIGHTS * density).sum(axis=-1) / (2 * np.pi)


def polychoric(answers: pd.DataFrame) -> pd.DataFrame:
    """The correlation of every pair of items, from ordered values with a row a unit and a column an item.

    A unit counts in the pairs for which it has both answers. An empty cell of a fourfold table counts half a unit, or
    the correlation would run to 1. NaN for an item that does not vary.
    """
    codes, size = _codes(answers)
    items = answers.shape[1]
    one, other = np.triu_indices(items, 1)
    indicator = (codes[..., None] == np.arange(size)).astype(float)  # units x items x values
    tables = np.einsum("uia,ujb->ijab", indicator, indicator, optimize=True)[one, other]
    values = indicator.any(axis=0).sum(axis=1)  # how many values each item has
    fourfold = (values[one] == 2) & (values[other] == 2)
    used = indicator.any(axis=0)[one][:, :, None] & indicator.any(axis=0)[other][:, None, :]
    tables = np.where(fourfold[:, None, None] & used & (tables == 0), 0.5, tables)
    ends = _thresholds(indicator)
    found = np.eye(items)
    found[one, other] = found[other, one] = _most_likely(tables, ends[one], ends[other])
    found[values < 2] = found[:, values < 2] = np.nan
    return pd.DataFrame(found, index=answers.columns, columns=answers.columns)


def _codes(answers: pd.DataFrame) -> tuple[np.ndarray, int]:
    """Answers as 0, 1, 2 ... in their order, -1 where missing, and the largest number of values of an item."""
    coded = np.stack([pd.factorize(answers[column], sort=True)[0] for column in answers], axis=1)
    return coded, int(coded.max(initial=0)) + 1


def _thresholds(indicator: np.ndarray) -> np.ndarray:
    """The ends of every value's stretch of the normal variable, item by item: (items, values + 1)."""
    share = np.cumsum(indicator.sum(axis=0), axis=1) / indicator.sum(axis=(0, 2))[:, None]
    return np.clip(np.column_stack([np.full(len(share), -_FAR), norm.ppf(np.minimum(share, 1))]), -_FAR, _FAR)


def _most_likely(tables: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The correlation that makes each table most likely, by golden section on all of them together."""

    def loss(r: np.ndarray) -> np.ndarray:
        corners = bivariate_normal(x[:, :, None], y[:, None, :], r[:, None, None])
        cells = np.diff(np.diff(corners, axis=1), axis=2)
        return -(tables * np.log(np.maximum(cells, 1e-300))).sum(axis=(1, 2))

    low, high = np.full(len(tables), -_LIMIT), np.full(len(tables), _LIMIT)
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = loss(left), loss(right)
    for _step in range(40):
        lower = at_left < at_right
        low, high = np.where(lower, low, left), np.where(lower, right, high)
        new = np.where(lower, high - _GOLDEN * (high - low), low + _GOLDEN * (high - low))
        at_new = loss(new)
        left, right, at_left, at_right = (
            np.where(lower, new, right), np.where(lower, left, new), np.where(lower, at_new, at_right), np.where(lower, at_left, at_new)
        )  # fmt: skip
    return (low + high) / 2
