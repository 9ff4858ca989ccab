"""Benefit of the doubt: each unit judged by the weights that suit it best, within bounds.

Source: Cherchye, Moesen, Rogge & Van Puyenbroeck (2007). A unit below a band even under its own best weights is firmly
there; a unit that keeps its band under its own worst weights too holds it whatever the weights.
"""

import numpy as np
from scipy.optimize import linprog


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
