"""The arithmetic of scores, in fractions: values of items, weighted aggregates, shares of the whole.

A score is a fraction of what could be reached, 0 to 1, until the very end, when it becomes 100 times the nearest float.
Cuts are compared as floats made the same way, so that a score on a cut is in the upper band (see `migof_research.scoring.bands`).
"""

import math
from collections.abc import Sequence
from fractions import Fraction

from migof_research.frameworks import Framework, Item, Node
from migof_research.frameworks.model import Aggregation

Number = Fraction | float


def item_values(framework: Framework, item: Item) -> dict[str, Fraction]:
    """The value of each allowed answer, 0 for the worst and 1 for the best; ``yes_is: bad`` turns the scale round."""
    scale = framework.scales[item.scale]
    span = scale.highest - scale.lowest
    values = {answer: (points - scale.lowest) / span for answer, points in scale.points.items()}
    return values if item.yes_is == "good" else {answer: 1 - value for answer, value in values.items()}


def aggregate(how: Aggregation, values: Sequence[Number], weights: Sequence[Fraction]) -> Number:
    """Values put together with weights. Geometric means are floats, all others exact for exact values.

    A harmonic or geometric mean with a zero among its values is zero.
    """
    total = sum(weights)
    match how:
        case "mean" | "pooled":
            return sum((weight * value for weight, value in zip(weights, values, strict=True)), Fraction(0)) / total
        case "minimum":
            return min(values)
        case _ if min(values) == 0:
            return Fraction(0)
        case "harmonic":
            return total / sum(weight / value for weight, value in zip(weights, values, strict=True))
        case "geometric":
            return math.exp(sum(weight * math.log(value) for weight, value in zip(weights, values, strict=True)) / total)


def coefficients(framework: Framework, node: Node | None, counted: set[str]) -> dict[str, Fraction] | None:
    """The share of each counted item in the score of a node (None: of the whole), where that score is a weighted sum.

    The shares add up to 1. None where an aggregation on the way is not linear, or nothing is counted.
    """
    return _shares(framework, node, counted, framework.depth(node))


def _shares(framework: Framework, node: Node | None, counted: set[str], depth: int) -> dict[str, Fraction] | None:
    how = (node.aggregation if node else None) or framework.aggregation_at(depth)
    children = node.nodes if node else framework.nodes
    if how == "pooled" or not children:
        items = [item for item in (node.all_items() if node else framework.items()) if item.id in counted]
        if not items or how not in ("mean", "pooled"):
            return None
        total = sum(item.weight for item in items)
        return {item.id: item.weight / total for item in items}
    if how != "mean":
        return None
    parts = [(child.weight, _shares(framework, child, counted, depth + 1)) for child in children if _counts(child, counted)]
    linear = [(weight, shares) for weight, shares in parts if shares is not None]
    if not parts or len(linear) < len(parts):
        return None
    total = sum(weight for weight, _ in linear)
    return {id: weight / total * share for weight, shares in linear for id, share in shares.items()}


def _counts(node: Node, counted: set[str]) -> bool:
    return any(item.id in counted for item in node.all_items())


def percent(value: Number) -> float:
    """100 times a value, as the nearest float: exact fractions lose nothing before this.

    Geometric means are rounded to 10 decimals, so that the noise of their logarithms cannot cost a band.
    """
    return float(100 * value) if isinstance(value, Fraction) else round(100 * value, 10)
