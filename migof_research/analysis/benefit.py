"""Benefit of the doubt: each unit judged by the weights that suit it best, within bounds.

Source: Cherchye, Moesen, Rogge & Van Puyenbroeck (2007). A unit below a band even under its own best weights is firmly
there; a unit that keeps its band under its own worst weights too holds it whatever the weights.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from migof_research.analysis.choices import domain_shares
from migof_research.analysis.states import from_levels
from migof_research.frameworks import Framework
from migof_research.scoring import arrays
from migof_research.scoring.bands import band_type


def benefit_of_the_doubt(parts: np.ndarray, lower: float = 0.0, upper: float = 1.0) -> np.ndarray:
    """The best score a unit can have relative to the best unit under the same weights, 0 to 1.

    ``parts`` (units, domains) are values of one scale; each domain's share in the unit's own score lies between ``lower`` and
    ``upper``. A unit with a nought in a domain that must have a share has the score 0.
    """
    units, domains = parts.shape
    found = np.empty(units)
    for number, own in enumerate(parts):
        pie = np.vstack([lower * own - np.diag(own), np.diag(own) - upper * own])
        limits = np.vstack([parts, pie])
        found[number] = -linprog(-own, A_ub=limits, b_ub=np.repeat([1.0, 0.0], [units, 2 * domains])).fun
    return found


def own_weights(parts: np.ndarray, shares: np.ndarray, most: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest weighted mean (..., domains) -> (...) when every weight may lie anywhere from its usual share
    over ``most`` to ``most`` times it, and all weights add up to 1."""
    least, room = shares / most, shares * (most - 1 / most)

    def heaped(order: np.ndarray) -> np.ndarray:
        values, rooms = np.take_along_axis(parts, order, axis=-1), room[order]
        before = np.cumsum(rooms, axis=-1) - rooms
        extra = np.clip(1 - least.sum() - before, 0, rooms)
        return (parts * least).sum(axis=-1) + (values * extra).sum(axis=-1)

    order = np.argsort(parts, axis=-1)
    return heaped(order), heaped(order[..., ::-1])


def bands_by_own_weights(table: pd.DataFrame, framework: Framework, most: float = 2.0) -> pd.DataFrame:
    """The bands that each unit has under its own worst and best weights: ``unit, year, band, band_lower, band_upper``.

    ``table`` holds answers or published levels; of levels every score that fits them is looked at. The domains are put
    together by the weighted mean. Units that lack a domain or a band of their own are left out.
    """
    shares, cuts, kind = domain_shares(framework), arrays.cuts(framework), band_type(framework)
    rows = []
    for unit, year, parts, band in _from_answers(table, framework) if "item" in table else _from_levels(table, framework):
        if band >= 0 and not np.isnan(parts).any():
            lower, upper = own_weights(parts, shares, most)
            rows.append((unit, year, band, *arrays.band_codes(np.array([lower.min(), upper.max()]), cuts)))
    found = pd.DataFrame(rows, columns=["unit", "year", "band", "band_lower", "band_upper"])
    return found.assign(**{name: pd.Categorical.from_codes(found[name], dtype=kind) for name in ("band", "band_lower", "band_upper")})


def _from_levels(levels: pd.DataFrame, framework: Framework) -> Iterator[tuple[str, int, np.ndarray, int]]:
    return ((states.unit, states.year, states.parts[0], states.band) for states in from_levels(levels, framework))


def _from_answers(answers: pd.DataFrame, framework: Framework) -> Iterator[tuple[str, int, np.ndarray, int]]:
    table = arrays.value_table(answers, framework)
    domains = np.stack([arrays.score(framework, table.to_numpy(), node) for node in framework.nodes], axis=-1)
    bands = arrays.band_codes(arrays.score(framework, table.to_numpy()), arrays.cuts(framework))
    return ((unit, year, parts[None], int(band)) for (unit, year), parts, band in zip(table.index, domains, bands, strict=True))
