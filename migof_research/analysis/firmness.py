"""How firm a band is: the probability of each band when named choices and answers are uncertain.

Every draw takes one set of domain weights (Dirichlet around the framework's), one aggregation of the domains, one shift of
all cuts, answers that are each wrong at a stated rate and, where only levels are published, one of the domain totals that
fit the levels. Weights, aggregation and cuts are drawn once and are the same for all units; answers are drawn from a seed of
the unit's own, so that its result does not depend on which other units are looked at. Levels are never averaged.

Weights, aggregation and cuts bear on the whole only. A domain of five answers has six scores, some of them right on a cut:
to shift the cut a little would ask for one more answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from migof_research.frameworks import OVERALL, Framework, load
from migof_research.frameworks.model import Aggregation
from migof_research.scoring import arrays
from migof_research.scoring.answers import item_tables
from migof_research.scoring.bands import KEYS, band_type
from migof_research.scoring.levels import _profiles, feasible, grid

LEAST = 0.5  # no band is named that is less likely than this


@dataclass(frozen=True)
class Uncertainty:
    """What is uncertain, and by how much."""

    weights: float = 60.0  # concentration of the Dirichlet: six equal weights of 1/6 then have a standard deviation of 0.05
    aggregations: tuple[Aggregation, ...] = ("mean", "geometric")  # of the domains, equally likely
    item_error: float = 0.02  # how often an answer is any other of its scale
    cuts: float = 2.0  # points by which the cuts of the whole may lie higher or lower, all together
    draws: int = 10_000
    seed: int = 1072


@dataclass(frozen=True)
class Answers:
    """What may be the answers of one unit: equally likely states (states x items, values 0-1, NaN left out), and which
    items are not known at all."""

    states: np.ndarray
    unknown: np.ndarray


Known = Mapping[tuple[str, int], Answers]


def known_from_answers(answers: pd.DataFrame, framework: Framework) -> Known:
    """One state a unit and year. Missing items count by the framework's rule; under ``bounds`` they may be anything."""
    table = arrays.value_table(answers, framework)
    given = answers[answers["missing"] == "none"].assign(given=True).pivot(index=["unit", "year"], columns="item", values="given")
    given = given.reindex(index=table.index, columns=table.columns).notna()
    open_ = (table.notna() & ~given).to_numpy() & (framework.missing == "bounds")
    return {key: Answers(values[None, :], unknown) for key, values, unknown in zip(table.index, table.to_numpy(), open_, strict=True)}


def known_from_levels(levels: pd.DataFrame, framework: Framework) -> Known:
    """A state for every combination of domain totals that fits the published levels, the overall one among them."""
    return {
        key: _answers_of_levels(framework.id, tuple(group[["node", "level"]].astype({"level": int}).itertuples(index=False, name=None)))
        for key, group in levels.groupby(["unit", "year"], sort=True)
    }


@cache
def _answers_of_levels(framework_id: str, levels: tuple[tuple[str, int], ...]) -> Answers:
    """Within a domain's total, as many answers as can be are at their best: only the total bears on the score."""
    g, points = grid(framework_id), feasible(framework_id, dict(levels))

    def items(domain: str, total: int) -> np.ndarray:
        fullest = max(_profiles(g.values[domain], g.size[domain])[total], key=lambda way: way[::-1])
        return np.repeat(g.values[domain], fullest) / g.item_points

    parts = [{total: items(domain, total) for total in points[domain]} for domain in g.domains]
    states = [
        np.concatenate([part[total] for part, total in zip(parts, totals, strict=True)])
        for totals in product(*parts)
        if sum(totals) in points[OVERALL]
    ]
    return Answers(np.array(states), np.zeros(len(load(framework_id).items()), dtype=bool))


@dataclass(frozen=True)
class _World:
    """What is drawn once for all units."""

    weights: np.ndarray  # draws x domains, relative to the framework's
    aggregation: np.ndarray  # number of the aggregation of each draw
    cuts: np.ndarray  # draws x bands


def _world(framework: Framework, u: Uncertainty) -> _World:
    rng = np.random.default_rng(u.seed)
    base = _domain_weights(framework, np.ones(len(framework.items())))
    drawn = rng.dirichlet(u.weights * base, size=u.draws) / base if np.isfinite(u.weights) else np.ones((u.draws, len(base)))
    aggregation = rng.integers(len(u.aggregations), size=u.draws)
    shift = rng.uniform(-u.cuts, u.cuts, size=(u.draws, 1))
    return _World(drawn, aggregation, np.clip(arrays.cuts(framework) + shift, 0, 100))


def _domain_weights(framework: Framework, applies: np.ndarray) -> np.ndarray:
    """The domains' shares in the whole: their own weights, or under ``pooled`` those of their items that apply."""
    if framework.aggregation_at(0) != "pooled":
        weights = np.array([float(node.weight) for node in framework.nodes])
    else:
        each = dict(zip((item.id for item in framework.items()), applies, strict=True))
        weights = np.array([sum(float(item.weight) * each[item.id] for item in node.all_items()) for node in framework.nodes])
    return weights / weights.sum()


def simulate(known: Known, framework: Framework, u: Uncertainty) -> Iterator[tuple[tuple[str, int], np.ndarray, np.ndarray]]:
    """For each unit and year the scores (0-1) and band numbers of all draws: draws x (overall, domains)."""
    world = _world(framework, u)
    allowed = [np.array(sorted(map(float, values.values()))) for values in item_tables(framework).values()]
    for (unit, year), answers in known.items():
        rng = np.random.default_rng([u.seed, year, *unit.encode()])
        values = answers.states[rng.integers(len(answers.states), size=u.draws)]
        _slip(values, np.where(answers.unknown, 0.5, u.item_error), allowed, rng)
        domains = np.stack([arrays.score(framework, values, node) for node in framework.nodes], axis=-1)
        weights = world.weights * _domain_weights(framework, ~np.isnan(answers.states[0]))
        overall = np.empty(u.draws)
        for number, how in enumerate(u.aggregations):
            chosen = world.aggregation == number
            overall[chosen] = arrays.combine(how, domains[chosen], weights[chosen])
        codes = [arrays.band_codes(overall, world.cuts), arrays.band_codes(domains, arrays.cuts(framework))]
        yield (unit, year), np.column_stack([overall, domains]), np.column_stack(codes)


def _slip(values: np.ndarray, rate: np.ndarray, allowed: list[np.ndarray], rng: np.random.Generator) -> None:
    """Changes, in place, answers to any other of their scale, at the rate of each item."""
    wrong = rng.random(values.shape, dtype=np.float32) < rate
    for i, scale in enumerate(allowed):
        rows = np.flatnonzero(wrong[:, i] & ~np.isnan(values[:, i]))
        now = np.searchsorted(scale, values[rows, i])
        values[rows, i] = scale[(now + rng.integers(1, len(scale), size=len(rows))) % len(scale)]


def firmness(known: Known, framework: Framework, uncertainty: Uncertainty | None = None) -> pd.DataFrame:
    """The share of the draws in each band: ``unit, year, framework, node, band, probability`` for the whole and the domains.

    ``known`` is made by `known_from_levels` or `known_from_answers`. The same seed gives the same result.
    """
    u, nodes, bands = uncertainty or Uncertainty(), [OVERALL, *framework.domains], framework.bands.ids
    rows = [
        (unit, year, framework.id, node, band, float((codes[:, i] == j).mean()))
        for (unit, year), _, codes in simulate(known, framework, u)
        for i, node in enumerate(nodes)
        for j, band in enumerate(bands)
    ]
    table = pd.DataFrame(rows, columns=[*KEYS, "band", "probability"])
    return table.astype({"band": band_type(framework)})


def draws(known: Known, framework: Framework, uncertainty: Uncertainty | None = None) -> pd.DataFrame:
    """The draws themselves, to keep beside a result: ``unit, year, framework, node, draw, score, band`` (score 0-100)."""
    u, nodes = uncertainty or Uncertainty(), [OVERALL, *framework.domains]
    parts = [
        pd.DataFrame({
            "unit": unit, "year": year, "framework": framework.id, "node": np.tile(nodes, u.draws),
            "draw": np.repeat(np.arange(u.draws), len(nodes)), "score": 100 * scores.ravel(),
            "band": pd.Categorical.from_codes(codes.ravel(), dtype=band_type(framework)),
        })
        for (unit, year), scores, codes in simulate(known, framework, u)
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def firm_bands(firmness: pd.DataFrame, least: float = LEAST) -> pd.DataFrame:
    """The most likely band of each node: ``unit, year, framework, node, band, probability``; the band is missing where it
    is less likely than ``least``."""
    likeliest = firmness.loc[firmness.groupby(KEYS, sort=False)["probability"].idxmax()].reset_index(drop=True)
    return likeliest.assign(band=likeliest["band"].where(likeliest["probability"] >= least))
