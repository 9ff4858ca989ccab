"""Paths to the next band: the best sets of measures that lift a unit, exactly.

A measure brings one item to its best answer. A path is a 0/1 programme: the cheapest measures whose gains reach the next
cut, under the prerequisites and exclusions of the framework file. All gains are whole numbers, so the optimum is exact.
Where only levels are published, no measures can be named: `scoring.bands_from_levels` gives the smallest and the largest
number of answers instead.

A safety margin lets any ``safety`` of the measures fail (robust programme of Bertsimas & Sim 2003); further sets come by
cuts that forbid each set already found together with all its supersets.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from migof_research.frameworks import Framework, Node
from migof_research.scoring.answers import Values
from migof_research.scoring.exact import coefficients

KINDS = ("smallest", "usual", "robust", "cheapest")


@dataclass(frozen=True)
class Task:
    """What one unit could do to lift the score of one node into its next band."""

    band: str  # the next band
    score: Fraction  # 0-1
    measures: tuple[str, ...]  # items that are not yet at their best
    gains: tuple[int, ...]  # what each adds to the score, in steps
    needed: int  # steps to the next band
    step: Fraction  # of the score: the largest that all gains are whole numbers of
    first: tuple[tuple[str, str], ...]  # (measure, the measure it requires)
    either: tuple[tuple[str, str], ...]  # measures that exclude each other
    barred: frozenset[str]  # measures that something in place excludes


def task(values: Values, framework: Framework, node: Node | None = None) -> Task | None:
    """The way to the next band of a node (None: the whole), from the values of a unit's items.

    Missing items count nothing, and are measures like others, except under the rule ``available``, which leaves them out.
    None in the top band, and where the score is no weighted sum of items (geometric, harmonic, minimum).
    """
    known = {item: value or Fraction(0) for item, value in values.items() if framework.missing != "available" or value is not None}
    shares = coefficients(framework, node, set(known))
    if shares is None:
        return None
    score = sum((share * known[item] for item, share in shares.items()), Fraction(0))
    above = next((band for band in framework.bands.bands if band.from_ > 100 * score), None)
    if above is None:
        return None
    measures = tuple(item for item, value in known.items() if value < 1)
    gains = [shares.get(item, Fraction(0)) * (1 - known[item]) for item in measures]
    step = Fraction(math.gcd(*(gain.numerator for gain in gains)), math.lcm(*(gain.denominator for gain in gains)))
    items = [item for item in framework.items() if item.id in measures]
    return Task(
        band=above.id,
        score=score,
        measures=measures,
        gains=tuple(int(gain / step) for gain in gains),
        needed=math.ceil((above.from_ / 100 - score) / step),
        step=step,
        first=tuple((item.id, other) for item in items for other in item.requires if other in measures),
        either=tuple((item.id, other) for item in items for other in item.excludes if other in measures),
        barred=frozenset(_barred(framework, measures, known)),
    )


def _barred(framework: Framework, measures: tuple[str, ...], known: Mapping[str, Fraction]) -> set[str]:
    """An exclusion binds both ways, whichever of the two items names it."""
    pairs = {(item.id, other) for item in framework.items() for other in item.excludes if other in known and item.id in known}
    return {a for pair in pairs for a, b in (pair, pair[::-1]) if a in measures and b not in measures}


def best_sets(task: Task, cost: Mapping[str, float], k: int = 1, safety: int = 0) -> list[tuple[str, ...]]:
    """The ``k`` cheapest sets of measures that reach the next band even if any ``safety`` of them fail.

    ``cost`` of each measure is positive. The cheapest first; no set contains an earlier one; fewer than ``k`` where there
    are no more, none where nothing reaches the band.
    """
    found: list[tuple[str, ...]] = []
    while len(found) < k:
        offers = [_cheapest(task, cost, found, threshold, safety) for threshold in _thresholds(task, safety)]
        offers = [offer for offer in offers if offer]
        if not offers:
            break
        found.append(min(offers, key=lambda offer: sum(cost[measure] for measure in offer)))
    return found


def _thresholds(task: Task, safety: int) -> list[int]:
    """Losing any ``safety`` measures leaves enough if, for some threshold among the gains, the gains cut off at it add up
    to what is needed and ``safety`` thresholds more (Bertsimas & Sim 2003, theorem 3)."""
    return sorted(set(task.gains)) if safety else [max(task.gains)]


def _cheapest(task: Task, cost: Mapping[str, float], forbidden: list[tuple[str, ...]], threshold: int, safety: int) -> tuple[str, ...]:
    """The cheapest set under one threshold that holds none of the forbidden ones; empty where there is none."""
    gains, needed = [min(gain, threshold) for gain in task.gains], task.needed + safety * threshold
    if sum(gains) < needed:
        return ()
    rules = [LinearConstraint(gains, lb=needed)]

    def rule(coefficients: Mapping[str, int], most: int) -> LinearConstraint:
        return LinearConstraint([coefficients.get(measure, 0) for measure in task.measures], ub=most)

    rules += [rule({measure: 1, required: -1}, 0) for measure, required in task.first]
    rules += [rule({measure: 1, other: 1}, 1) for measure, other in task.either]
    rules += [rule(dict.fromkeys(chosen, 1), len(chosen) - 1) for chosen in forbidden]
    prices = [cost[measure] for measure in task.measures]
    bounds = Bounds(0, [float(measure not in task.barred) for measure in task.measures])
    for whole in (0, 1):  # the programme without whole numbers is solved five times faster, and often whole already
        solved = milp(prices, integrality=np.full(len(gains), whole), bounds=bounds, constraints=rules, options={"mip_rel_gap": 0})
        if solved.x is None or np.allclose(solved.x, solved.x.round(), rtol=0, atol=1e-9):
            break
    return () if solved.x is None else tuple(measure for measure, x in zip(task.measures, solved.x, strict=True) if x > 0.5)


def usual_cost(held: pd.DataFrame) -> pd.Series:
    """1 - log(share of the peers that have it), by practice; half a peer is added so that what none has keeps a price.

    ``held`` is the peers' table of `practices.held_from_answers`.
    """
    having = held.dropna(subset="has").groupby("practice")["has"].agg(["sum", "size"]).astype(float)
    return 1 - np.log((having["sum"] + 0.5) / (having["size"] + 1))


def paths(
    values: Values,
    framework: Framework,
    node: Node | None = None,
    *,
    usual: pd.Series | None = None,
    cost: pd.Series | None = None,
    k: int = 1,
) -> pd.DataFrame:
    """The ``k`` best paths of each kind to the next band: ``band, kind, rank, item, gain, cost, score``, a row a measure.

    Kinds: ``smallest``, the fewest measures; ``usual``, the most usual among peers (with ``usual``, the costs of
    `usual_cost`); ``robust``, the fewest measures of which any one may fail; ``cheapest``, by the user's own ``cost`` of
    every measure. Among paths with equally few measures the more usual ones come first. ``gain`` and the ``score``
    reached are on 0-100. Empty in the top band, or where no measures can reach the next.
    """
    found = task(values, framework, node)
    if found is None:
        return _table([])
    by_peers = pd.Series(usual, dtype=float).reindex(found.measures)
    by_peers = by_peers.fillna(by_peers.max() if by_peers.notna().any() else 1.0)
    one = pd.Series(1.0, index=by_peers.index)
    few = one + by_peers / (1 + by_peers.sum())  # the number of measures first, then how usual they are
    kinds = {"smallest": (few, one, 0)}  # prices to choose by, prices to show, safety; in the order of KINDS
    if usual is not None:
        kinds["usual"] = (by_peers, by_peers, 0)
    kinds["robust"] = (few, one, 1)
    if cost is not None:
        kinds["cheapest"] = (cost, cost, 0)
    gains, rows = {item: 100 * gain * found.step for item, gain in zip(found.measures, found.gains, strict=True)}, []
    for kind, (prices, shown, safety) in kinds.items():
        for rank, chosen in enumerate(best_sets(found, prices, k, safety), start=1):
            score = float(100 * found.score + sum(gains[item] for item in chosen))
            rows += [(found.band, kind, rank, item, float(gains[item]), float(shown[item]), score) for item in chosen]
    return _table(rows)


def _table(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["band", "kind", "rank", "item", "gain", "cost", "score"])
    return table.assign(kind=pd.Categorical(table["kind"], KINDS, ordered=True))
