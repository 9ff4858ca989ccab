"""What a unit's domains can be worth: under each missing rule and draw of wrong answers, or everywhere in its score interval."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np
import pandas as pd

from migof_research.analysis.choices import Draws
from migof_research.frameworks import OVERALL, Framework
from migof_research.scoring import arrays
from migof_research.scoring.exact import coefficients, item_values
from migof_research.scoring.levels import feasible, grid, levels_by_year


@dataclass(frozen=True)
class States:
    """One unit and year. ``parts`` (rules, states, domains): the values of the domains, 0 to 1, NaN where a domain has none;
    ``weights`` (rules, domains): what each domain weighs in the whole; ``band``: the number of the unit's own band, -1
    without one. The states are in the order of rising scores (``ordered``), or one a draw."""

    unit: str
    year: int
    parts: np.ndarray
    weights: np.ndarray
    band: int
    ordered: bool


def states_of(table: pd.DataFrame, framework: Framework, draws: Draws) -> Iterator[States]:
    """The states of each unit and year, from its answers (a table with ``item``) or its published levels."""
    return from_answers(table, framework, draws) if "item" in table else from_levels(table, framework)


def from_levels(levels: pd.DataFrame, framework: Framework) -> Iterator[States]:
    """Every set of domain scores that fits a unit's published levels, from the lowest to the highest overall score."""
    g = grid(framework.id)
    most = np.array([g.maximum(domain) for domain in g.domains])
    for (unit, year), given in levels_by_year(levels):
        possible = feasible(framework.id, given)
        points = np.array(list(product(*(possible[domain] for domain in g.domains))))
        points = points[np.isin(points.sum(axis=1), possible[OVERALL])]
        points = points[np.argsort(points.sum(axis=1), kind="stable")]
        yield States(unit, year, (points / most)[None], most[None].astype(float), given.get(OVERALL, 0) - 1, ordered=True)


def from_answers(answers: pd.DataFrame, framework: Framework, draws: Draws) -> Iterator[States]:
    """The domain scores of each unit under each of the missing rules of the draws, one state a draw of wrong answers."""
    known = arrays.value_table(answers, framework.model_copy(update={"missing": "available"}))
    tables = {"available": known.to_numpy(), "zero": _with_noughts(known, answers)}
    own = tables["available" if framework.missing == "available" else "zero"]
    codes = arrays.band_codes(arrays.score(framework, own), arrays.cuts(framework))
    tree = _Tree(framework)
    for row, (unit, year) in enumerate(known.index):
        values = {rule: tables[rule][row] for rule in draws.rules}
        wrong = tree.wrong_answers(tables["available"][row], draws, f"{unit} {year}")
        parts = np.stack([tree.parts(values[rule], wrong, draws) for rule in draws.rules])
        weights = np.stack([tree.weights(values[rule]) for rule in draws.rules])
        yield States(unit, year, parts, weights, int(codes[row]), ordered=False)


def _with_noughts(known: pd.DataFrame, answers: pd.DataFrame) -> np.ndarray:
    """The item values with 0 for what is missing; what does not apply stays out."""
    aside = answers[answers["missing"] == "not_applicable"].assign(aside=True).pivot(index=["unit", "year"], columns="item", values="aside")
    aside = aside.reindex(index=known.index, columns=known.columns).notna()
    return known.fillna(0.0).mask(aside).to_numpy()


class _Wrong(NamedTuple):
    """Answers that are wrong: in which draw, which item, and what another answer is worth."""

    draw: np.ndarray
    item: np.ndarray
    value: np.ndarray


class _Tree:
    """The parts of a framework as arrays."""

    def __init__(self, framework: Framework):
        self.framework = framework
        self.items = framework.items()
        self.pooled = framework.aggregation_at(0) == "pooled"
        self.item_weights = np.array([float(item.weight) for item in self.items])
        inside = [{item.id for item in node.all_items()} for node in framework.nodes]
        self.within = np.array([[item.id in ids for item in self.items] for ids in inside])
        self.domain = self.within.argmax(axis=0)
        self.options = [sorted(map(float, set(item_values(framework, item).values()))) for item in self.items]
        self.linear: dict[bytes, np.ndarray | None] = {}

    def wrong_answers(self, values: np.ndarray, draws: Draws, key: str) -> _Wrong | None:
        """The wrong answers of every draw: the same for a unit, whichever others are looked at."""
        if not draws.error:
            return None
        u = np.random.default_rng([draws.seed, zlib.crc32(key.encode())]).random((2 * draws.n, len(values)), dtype=np.float32)
        draw, item = np.divmod(np.flatnonzero((u < draws.error) & ~np.isnan(values)), len(values))
        others = [[other for other in options if other != value] for options, value in zip(self.options, values, strict=True)]
        count = np.array([len(each) for each in others])
        table = np.array([each + [np.nan] * (count.max() - len(each)) for each in others])
        pick = np.minimum((u[draw, item] / draws.error * count[item]).astype(int), count[item] - 1)
        return _Wrong(draw, item, table[item, pick])

    def parts(self, values: np.ndarray, wrong: _Wrong | None, draws: Draws) -> np.ndarray:
        """The score of each domain in every draw of wrong answers (a single one where none may be wrong)."""
        nodes, shares = self.framework.nodes, self._shares(~np.isnan(values))
        if wrong is None:
            return np.array([[arrays.score(self.framework, values, node) for node in nodes]])
        if shares is not None:
            right = np.bincount(self.domain, np.nan_to_num(values * shares), minlength=len(nodes))
            right[(self.within & ~np.isnan(values)).sum(axis=1) == 0] = np.nan
            step = (wrong.value - values[wrong.item]) * shares[wrong.item]
            steps = np.bincount(wrong.draw * len(nodes) + self.domain[wrong.item], step, minlength=2 * draws.n * len(nodes))
            return right + steps.reshape(-1, len(nodes))
        worlds = np.tile(values, (2 * draws.n, 1))
        worlds[wrong.draw, wrong.item] = wrong.value
        return np.stack([arrays.score(self.framework, worlds, node) for node in nodes], axis=-1)

    def weights(self, values: np.ndarray) -> np.ndarray:
        """What each domain weighs: its items that count, where all are pooled; else its own weight."""
        if self.pooled:
            return (self.within * self.item_weights * ~np.isnan(values)).sum(axis=1)
        return np.array([float(node.weight) for node in self.framework.nodes])

    def _shares(self, counted: np.ndarray) -> np.ndarray | None:
        """The share of each counted item in its domain; None where a domain is no weighted sum of its items."""
        key = counted.tobytes()
        if key not in self.linear:
            there = {item.id for item, counts in zip(self.items, counted, strict=True) if counts}
            by_domain = [
                coefficients(self.framework, node, there) for node in self.framework.nodes if there & {i.id for i in node.all_items()}
            ]
            whole = {item: float(share) for shares in by_domain if shares for item, share in shares.items()}
            self.linear[key] = None if None in by_domain else np.array([whole.get(item.id, np.nan) for item in self.items])
        return self.linear[key]
