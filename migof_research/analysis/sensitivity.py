"""How much a unit's result hangs on choices that could have been made otherwise.

Each unit is scored again under every run of Saltelli's design (`migof_research.analysis.choices`); its variance is then
divided among the choices (`migof_research.analysis.sobol`), for three outcomes: the overall score, the band, and whether
the band is another than the unit's own. One unit is held in memory at a time, so their number does not matter.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd

from migof_research.analysis import sobol
from migof_research.analysis.choices import Draws
from migof_research.analysis.states import States, states_of
from migof_research.frameworks import Framework
from migof_research.scoring import arrays

OUTCOMES = ("score", "band", "changed")
FLOOR = 0.01  # a domain counts at least 1 of 100 in a mean that is not the framework's own, lest one zero wipe out all the rest
RESAMPLES = 100

Row = tuple[Any, ...]


class Runs:
    """What all units share in the runs of a design: weights, aggregation and cuts of every run."""

    def __init__(self, draws: Draws):
        self.draws = draws
        kept = draws.left_out[:, None] != np.arange(len(draws.domains))
        self.multiplier = (draws.multiplier[draws.rows("weights")] * kept[draws.rows("left_out")]).T  # runs lie together: faster
        how = draws.aggregation[draws.rows("aggregation")]
        self.groups = [(name, np.flatnonzero(how == place)) for place, name in enumerate(draws.aggregations)]
        self.cuts = np.asfortranarray(draws.cuts[draws.rows("cuts")])
        self.rule, self.draw = draws.missing[draws.rows("missing")], draws.rows("answers")
        self.position = draws.position[draws.rows("interval")]

    def scores(self, states: States) -> np.ndarray:
        """The overall score (0-1) of a unit in every run."""
        count, rule = states.parts.shape[1], self.rule if len(states.parts) > 1 else 0
        state = (self.position * count).astype(int) if states.ordered else np.minimum(self.draw, count - 1)
        parts = np.moveaxis(states.parts, 2, 0)[:, rule, state]  # domains x runs
        weights = (states.weights[rule].T if len(states.parts) > 1 else states.weights.T) * self.multiplier
        found = np.empty(parts.shape[1])
        for how, rows in self.groups:
            own, heavy = parts[:, rows], weights[:, rows]
            values = own if how in ("mean", self.draws.aggregations[0]) else np.maximum(own, FLOOR)
            found[rows] = arrays.combine(how, np.where(heavy > 0, values, np.nan).T, heavy.T)
        return found

    def outcomes(self, states: States) -> np.ndarray:
        """Score (0-100), number of the band (1 the lowest) and whether it changed, of shape (2 + choices, n, outcomes)."""
        score = self.scores(states)
        band = arrays.band_codes(score, self.cuts)
        found = np.stack([100 * score, band + 1, band != states.band], axis=-1)
        return found.reshape(2 + len(self.draws.names), self.draws.n, len(OUTCOMES))


def sensitivity(
    table: pd.DataFrame, framework: Framework, draws: Draws, *, resamples: int = RESAMPLES, workers: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Indices and results of every unit that has a score and a band, from its answers or its published levels.

    Returns two tables:

    - ``unit, year, outcome, choice, first, first_lower, first_upper, total, total_lower, total_upper, noise``: the share (0-1)
      of the outcome's variance that goes with each choice; NaN where it does not vary. ``noise`` is true where the interval
      of the first order holds 0: such a value, negative ones above all, says nothing.
    - ``unit, year, band, n, lower, median, upper, changed`` and ``in_<band>`` for each band, over the ``n`` independent draws:
      the score at the 5th, 50th and 95th percentile, and the shares (0-1) of draws in another band than its own and in each.

    ``workers`` threads share the units; the result does not depend on their number.
    """
    runs, shares = Runs(draws), sobol.resamples(draws.n, resamples, draws.seed)
    codes = sorted(table["unit"].unique())
    chunks = [table[table["unit"].isin(some)] for some in np.array_split(codes, workers)]
    with ThreadPoolExecutor(workers) as pool:
        done = [pair for pairs in pool.map(lambda chunk: list(_units(chunk, framework, runs, shares)), chunks) for pair in pairs]
    names = ["unit", "year", "outcome", "choice", *sobol.Indices._fields]
    indices = pd.DataFrame([row for rows, _ in done for row in rows], columns=names)
    columns = ["unit", "year", "band", "n", "lower", "median", "upper", "changed", *(f"in_{band}" for band in framework.bands.ids)]
    results = pd.DataFrame([result for _, result in done], columns=columns)
    return indices.assign(noise=indices["first_lower"] <= 0), results


def _units(table: pd.DataFrame, framework: Framework, runs: Runs, shares: np.ndarray) -> Iterator[tuple[list[Row], Row]]:
    """The rows of both tables, unit by unit; only one unit's runs are held at a time."""
    for states in states_of(table, framework, runs.draws):
        if states.band < 0 or np.isnan(states.parts).all(axis=2).any():
            continue
        outcomes = runs.outcomes(states)
        found = sobol.indices(outcomes, shares)
        rows = [
            (states.unit, states.year, outcome, choice, *(part[j, i] for part in found))
            for i, outcome in enumerate(OUTCOMES)
            for j, choice in enumerate(runs.draws.names)
        ]
        yield rows, (states.unit, states.year, framework.bands.ids[states.band], *_results(outcomes[:2].reshape(-1, 3), framework))


def _results(draws: np.ndarray, framework: Framework) -> Row:
    score, band, changed = draws.T
    inside = [(band == number).mean() for number in range(1, len(framework.bands.ids) + 1)]
    return len(draws), *np.quantile(score, [0.05, 0.5, 0.95]), changed.mean(), *inside
