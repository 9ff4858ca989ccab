"""Ordered logit: what goes with higher bands. Association, never cause.

The proportional-odds model of McCullagh (1980), fitted by statsmodels; beside it a guard against separation (Konis 2007,
for ordered outcomes), Brant's (1990) check of proportional odds, average marginal effects, and a permutation p that does
not lean on large samples.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.stats import chi2, norm, rankdata
from statsmodels.discrete.discrete_model import Logit
from statsmodels.miscmodels.ordinal_model import OrderedModel

from migof_research.errors import InputError

MOST = 4  # covariates at most: bands are few and units not many
FEW = 5  # a cut with fewer units on one side is not used in Brant's check


@dataclass(frozen=True)
class Fitted:
    """``coefficients``: ``variable, coefficient, se, odds_ratio, lower, upper, p`` (Wald, 95 %); ``thresholds``: ``threshold,
    value``; ``likelihood_p`` of the likelihood ratio against no covariate at all, ``pseudo_r2`` McFadden's."""

    coefficients: pd.DataFrame
    thresholds: pd.DataFrame
    n: int
    log_likelihood: float
    likelihood_p: float
    pseudo_r2: float
    model: OrderedModel
    params: np.ndarray
    covariance: np.ndarray

    def probabilities(self) -> pd.DataFrame:
        """The probability of each band for each unit."""
        found = self.model.predict(self.params)
        return pd.DataFrame(np.asarray(found), columns=list(self.model.labels))


def fit(outcome: pd.Series, covariates: pd.DataFrame) -> Fitted:
    """The ordered logit of bands (an ordered categorical) on numeric covariates, units without a value left out.

    Raises InputError for more than four covariates, one that does not vary, or separation (see `separating`).
    """
    y, x = complete(outcome, covariates)
    if problems := _problems(y, x):
        raise InputError(problems)
    model = OrderedModel(y, x, distr="logit")
    found = model.fit(method="bfgs", maxiter=500, gtol=1e-8, disp=False)
    found = model.fit(start_params=found.params, method="newton", maxiter=50, disp=False)
    k, params, covariance = x.shape[1], np.asarray(found.params), np.asarray(found.cov_params())
    coefficient, se = params[:k], np.sqrt(np.diag(covariance))[:k]
    half = norm.ppf(0.975) * se
    table = pd.DataFrame({"variable": list(x), "coefficient": coefficient, "se": se, "odds_ratio": np.exp(coefficient)})
    table = table.assign(lower=np.exp(coefficient - half), upper=np.exp(coefficient + half), p=2 * norm.sf(np.abs(coefficient / se)))
    bands = list(y.cat.categories)
    thresholds = pd.DataFrame(
        {
            "threshold": [f"{low}|{high}" for low, high in zip(bands, bands[1:], strict=False)],
            "value": model.transform_threshold_params(params)[1:-1],
        }
    )
    share = y.value_counts() / len(y)
    null = float((y.value_counts() * np.log(share)).sum())
    likelihood_p = float(chi2.sf(2 * (found.llf - null), k))
    return Fitted(table, thresholds, len(y), float(found.llf), likelihood_p, 1 - float(found.llf) / null, model, params, covariance)


def complete(outcome: pd.Series, covariates: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """The units that have a band and all covariates; bands that none of them is in are no outcome."""
    both = covariates.astype(float).assign(_band=outcome).dropna()
    return both.pop("_band").cat.remove_unused_categories(), both


def _problems(y: pd.Series, x: pd.DataFrame) -> list[str]:
    problems = []
    if x.shape[1] > MOST:
        problems.append(f"{x.shape[1]} covariates are too many for {len(y)} units: choose at most {MOST}.")
    problems += [f"{name} is the same for all {len(x)} units that have all values: leave it out." for name in x if x[name].nunique() < 2]
    if len(y.cat.categories) < 2:
        problems.append(f"All {len(y)} units are in one band: there is nothing to explain.")
    elif not problems and (alone := separating(y, x)):
        problems.append(f"{' and '.join(alone)} separate the bands completely, so no finite odds ratio fits: leave out one.")
    return problems


def separating(outcome: pd.Series, covariates: pd.DataFrame) -> list[str]:
    """The covariates of a weighted sum that puts all units of a higher band level with or above those of every lower one.

    Where there is one, the likelihood has no maximum. Found by a linear programme; empty where the bands overlap.
    """
    codes, x = outcome.cat.codes.to_numpy(), _standardised(covariates)
    rows = []
    for cut in range(len(outcome.cat.categories) - 1):
        threshold = np.zeros((len(x), len(outcome.cat.categories) - 1))
        threshold[:, cut] = -1
        rows.append(np.where(codes > cut, 1, -1)[:, None] * np.hstack([x, threshold]))
    signed = np.vstack(rows)
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1, 1))
    weights = found.x[: x.shape[1]] if -found.fun > 1e-7 else np.zeros(x.shape[1])
    return [name for name, weight in zip(covariates, weights, strict=True) if abs(weight) > 1e-7]


def _standardised(x: pd.DataFrame) -> np.ndarray:
    values = x.to_numpy(float)
    return (values - values.mean(axis=0)) / values.std(axis=0)


def marginal_effects(fitted: Fitted, steps: pd.Series | None = None, level: float = 0.95) -> pd.DataFrame:
    """Average marginal effects: ``variable, band, effect, lower, upper``, in percentage points.

    The mean over the units of how much more likely ``band`` or a higher one is: for a 0/1 covariate from 0 to 1, else for an
    increase by its ``steps`` (default 1), at the slope where each unit is. Intervals by the delta method.
    """
    x, bands = np.asarray(fitted.model.exog), list(fitted.model.labels)
    names = list(fitted.coefficients["variable"])
    rows, z = [], norm.ppf((1 + level) / 2)
    for place, name in enumerate(names):
        binary = set(np.unique(x[:, place])) <= {0.0, 1.0}
        low, high, scale = _two_worlds(x, place, binary, 1.0 if steps is None else float(steps.get(name, 1.0)))

        def effect(params: np.ndarray, low: np.ndarray = low, high: np.ndarray = high, scale: float = scale) -> np.ndarray:
            change = np.asarray(fitted.model.predict(params, high)) - np.asarray(fitted.model.predict(params, low))
            return 100 * scale * change.mean(axis=0)[::-1].cumsum()[::-1][1:]

        slope = _gradient(effect, fitted.params)
        se = np.sqrt(np.einsum("bi,ij,bj->b", slope, fitted.covariance, slope))
        found = effect(fitted.params)
        rows += [(name, band, e, e - z * s, e + z * s) for band, e, s in zip(bands[1:], found, se, strict=True)]
    return pd.DataFrame(rows, columns=["variable", "band", "effect", "lower", "upper"])


def _two_worlds(x: np.ndarray, place: int, binary: bool, step: float) -> tuple[np.ndarray, np.ndarray, float]:
    """The covariates without and with more of one of them, and what their difference is to be multiplied with."""
    low, high = x.copy(), x.copy()
    if binary:
        low[:, place], high[:, place] = 0, 1
        return low, high, 1.0
    small = 1e-4 * x[:, place].std()
    low[:, place] -= small
    high[:, place] += small
    return low, high, step / (2 * small)


def _gradient(function: Callable[[np.ndarray], np.ndarray], at: np.ndarray) -> np.ndarray:
    """Central differences: (values, parameters)."""
    steps = 1e-5 * np.maximum(np.abs(at), 1) * np.eye(len(at))
    return np.column_stack([(function(at + step) - function(at - step)) / (2 * step.max()) for step in steps])


@dataclass(frozen=True)
class Check:
    """Brant's check of proportional odds: chi-squared, its degrees of freedom and p; ``cuts`` are those with enough units."""

    statistic: float
    freedom: int
    p: float
    cuts: tuple[str, ...]
    fewest: int  # units on the smaller side of a cut


def proportional_odds(outcome: pd.Series, covariates: pd.DataFrame) -> Check | None:
    """Are the covariates' odds ratios the same at every cut? None where fewer than two cuts have enough units on both sides
    and overlapping covariates."""
    y, x = complete(outcome, covariates)
    design, fits = np.column_stack([np.ones(len(x)), x]), {}
    for cut, band in enumerate(y.cat.categories[1:]):
        above = pd.Series(pd.Categorical(y.cat.codes > cut, [False, True], ordered=True), index=y.index)
        smaller = min(above.value_counts())
        if smaller >= FEW and not separating(above, x):
            fits[band] = (Logit(above.cat.codes.to_numpy(), design).fit(disp=False), smaller)
    if len(fits) < 2:
        return None
    chance = np.column_stack([fitted.predict(design) for fitted, _ in fits.values()])
    bread = [np.linalg.inv(design.T @ (design * (p * (1 - p))[:, None])) for p in chance.T]
    k, m = x.shape[1], len(fits)
    covariance = np.block(
        [[(bread[i] @ (design.T @ (design * _shared(chance, i, j)[:, None])) @ bread[j])[1:, 1:] for j in range(m)] for i in range(m)]
    )
    slopes = np.concatenate([fitted.params[1:] for fitted, _ in fits.values()])
    contrast = np.hstack([np.tile(np.eye(k), (m - 1, 1)), -np.eye(k * (m - 1))])
    difference = contrast @ slopes
    statistic = float(difference @ np.linalg.solve(contrast @ covariance @ contrast.T, difference))
    freedom = k * (m - 1)
    return Check(statistic, freedom, float(chi2.sf(statistic, freedom)), tuple(fits), min(smaller for _, smaller in fits.values()))


def _shared(chance: np.ndarray, i: int, j: int) -> np.ndarray:
    """The covariance of being above cut i and above cut j: being above the higher implies the lower."""
    return chance[:, max(i, j)] - chance[:, i] * chance[:, j]


def permutation_p(outcome: pd.Series, covariates: pd.DataFrame, draws: int = 9999, seed: int = 1) -> pd.Series:
    """For each covariate, the share of shuffles of the bands among the units in which it goes with them as closely as it does.

    The statistic is the model's score at no effect: the covariate, freed from the others, times the bands' mid-ranks.
    """
    y, x = complete(outcome, covariates)
    ranks = rankdata(y.cat.codes) - (len(y) + 1) / 2
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(ranks, (draws, 1)), axis=1)
    found = {}
    for name in x:
        others = np.column_stack([np.ones(len(x)), x.drop(columns=name)])
        free = x[name].to_numpy() - others @ np.linalg.lstsq(others, x[name], rcond=None)[0]
        found[name] = (1 + (np.abs(shuffled @ free) >= abs(ranks @ free) - 1e-9).sum()) / (draws + 1)
    return pd.Series(found, name="p")
