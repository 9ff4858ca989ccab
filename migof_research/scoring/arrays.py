"""The arithmetic of scores in arrays: many units, many draws, or many ways of leaving an item out, at once.

The same tree, aggregations and missing rules as `migof_research.scoring.answers`, in floats; scores are rounded to 10
decimals before they meet a cut, so that the noise of floats cannot cost a band. A part that is NaN is left out.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from migof_research.frameworks import Framework, Item, Node
from migof_research.frameworks.model import Aggregation
from migof_research.scoring.answers import item_tables, values_by_unit


def value_table(answers: pd.DataFrame, framework: Framework, worst: bool = True) -> pd.DataFrame:
    """Item values (0-1) with a row a (unit, year) and a column an item.

    NaN is left out of the score: items that do not apply, and missing ones where the framework's rule is ``available``.
    Under ``zero`` a missing item counts 0, under ``bounds`` its worst value or (not ``worst``) its best.
    """
    missing = {"available": np.nan, "zero": 0.0, "bounds": 0.0 if worst else 1.0}[framework.missing]
    rows = {}
    for key, values in values_by_unit(answers, item_tables(framework)):
        rows[key] = {item: missing if value is None else float(value) for item, value in values.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=[item.id for item in framework.items()], dtype=float)
    table.index = pd.MultiIndex.from_tuples(rows, names=["unit", "year"])
    return table


def combine(how: Aggregation, parts: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The weighted aggregate over the last axis; NaN where every part is NaN."""
    there = ~np.isnan(parts)
    values, weights = np.where(there, parts, 1.0), np.where(there, weights, 0.0)
    total = weights.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        match how:
            case "mean" | "pooled":
                return np.einsum("...i,...i", weights, values) / total
            case "geometric":
                return np.exp((weights * np.log(values)).sum(axis=-1) / total)
            case "harmonic":
                return total / (weights / values).sum(axis=-1)
            case "minimum":
                return np.where(total > 0, values.min(axis=-1), np.nan)


def score(framework: Framework, values: np.ndarray, node: Node | None = None) -> np.ndarray:
    """The score (0-1) of a node (None: the whole) from item values of shape (..., items of the framework)."""
    column = {item.id: i for i, item in enumerate(framework.items())}

    def evaluate(node: Node | None, depth: int) -> np.ndarray:
        how = (node.aggregation if node else None) or framework.aggregation_at(depth)
        children = node.nodes if node else framework.nodes
        if children and how != "pooled":
            parts = np.stack([evaluate(child, depth + 1) for child in children], axis=-1)
            weights: Sequence[Node | Item] = children
        else:
            weights = node.all_items() if node else framework.items()
            parts = values[..., [column[item.id] for item in weights]]
        return combine(how, parts, np.array([float(part.weight) for part in weights]))

    return evaluate(node, framework.depth(node))


def cuts(framework: Framework) -> np.ndarray:
    """The lower cuts of the bands, lowest first (0-100)."""
    return np.array(framework.bands.cuts, dtype=float)


def band_codes(score: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """The number of the band (0 the lowest) that scores of 0-1 lie in, -1 without a score; ``cuts`` on 0-100, the lowest first.

    The lowest cut is not looked at: nothing lies below the lowest band. ``cuts`` may have leading axes like the scores'.
    """
    points = np.round(100 * score, 10)
    codes = sum((points >= cuts[..., band]).astype(np.int8) for band in range(1, cuts.shape[-1]))
    return np.where(np.isnan(score), -1, codes)
