"""Answers to items -> scores, exactly, with bounds for what is missing.

Source of the rules for 10.7.2: SDG indicator metadata (UN DESA and IOM, March 2021): the overall score is 100 times the
mean of the 30 items, and a missing item counts 0. Other frameworks name their own rules.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pandas as pd

from migof_research.frameworks import OVERALL, Framework, Node
from migof_research.scoring.exact import Number, aggregate, item_values, percent

Values = dict[str, Fraction | None]  # applicable items; None where the answer is missing
SCORE_COLUMNS = ["unit", "year", "framework", "node", "lower", "upper", "score", "items", "answered"]
SCORE_TYPES = {"year": int, "lower": float, "upper": float, "score": float, "items": "Int64", "answered": "Int64"}


def scores_from_answers(answers: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """The scores of every node from item answers.

    ``answers`` has ``unit, year, item, answer, missing``; ``answer`` is a code of the item's scale, empty where
    ``missing`` is not ``none``. Returns ``unit, year, framework, node, lower, upper, score, items, answered``, one row a
    unit, year and node:

    - ``lower`` and ``upper`` (0-100): every missing item at its worst, and at its best;
    - ``score``: by the framework's missing rule: ``zero`` counts a missing item as the worst answer, ``available``
      leaves it out, ``bounds`` gives a score only where nothing is missing;
    - ``items``: asked and applicable; ``answered``: of these. "Not applicable" leaves the denominator.

    A node without an applicable item has no scores (NaN).
    """
    rows = []
    for (unit, year), values in values_by_unit(answers, item_tables(framework)):
        rows += [(unit, year, framework.id, *row) for row in _node_rows(framework, values)]
    return pd.DataFrame(rows, columns=SCORE_COLUMNS).astype(SCORE_TYPES)


def item_tables(framework: Framework) -> dict[str, dict[str, Fraction]]:
    """The value of each allowed answer of each item."""
    return {item.id: item_values(framework, item) for item in framework.items()}


def values_by_unit(answers: pd.DataFrame, tables: dict[str, dict[str, Fraction]]) -> Iterator[tuple[tuple[str, int], Values]]:
    """The item values of each unit and year; an item without a row is missing."""
    for key, group in answers.groupby(["unit", "year"], sort=True):
        values: Values = dict.fromkeys(tables)
        for item, answer, missing in group[["item", "answer", "missing"]].itertuples(index=False):
            if missing == "not_applicable":
                values.pop(item, None)
            elif missing == "none":
                values[item] = tables[item][answer]
        yield key, values


def _node_rows(framework: Framework, values: Values) -> list[tuple[Any, ...]]:
    rows = []
    for node in (None, *framework.walk()):
        items = [item.id for item in (node.all_items() if node else framework.items()) if item.id in values]
        answered = sum(values[item] is not None for item in items)
        lower, upper, score = node_scores(framework, node, values)
        rows.append((node.id if node else OVERALL, *map(_percent, (lower, upper, score)), len(items), answered))
    return rows


def _percent(value: Number | None) -> float:
    return float("nan") if value is None else percent(value)


def node_scores(framework: Framework, node: Node | None, values: Values) -> tuple[Number | None, Number | None, Number | None]:
    """Lower bound, upper bound and score of a node (None: the whole), 0 to 1; None where there is none."""

    def with_missing_as(filler: Fraction | None) -> Number | None:
        return evaluate(framework, node, lambda item: filler if values[item] is None else values[item], values)

    lower, upper = with_missing_as(Fraction(0)), with_missing_as(Fraction(1))
    match framework.missing:
        case "zero":
            score = lower
        case "available":
            score = with_missing_as(None)
        case "bounds":
            score = lower if lower == upper else None
    return lower, upper, score


def evaluate(
    framework: Framework, node: Node | None, value_of: Callable[[str], Fraction | None], applicable: Values, depth: int | None = None
) -> Number | None:
    """The aggregate of what lies below a node; parts without a value are left out; None if nothing is left."""
    if depth is None:
        depth = framework.depth(node)
    how = (node.aggregation if node else None) or framework.aggregation_at(depth)
    children = node.nodes if node else framework.nodes
    if children and how != "pooled":
        parts = [(child.weight, evaluate(framework, child, value_of, applicable, depth + 1)) for child in children]
    else:
        items = node.all_items() if node else framework.items()
        parts = [(item.weight, value_of(item.id)) for item in items if item.id in applicable]
    present = [(weight, value) for weight, value in parts if value is not None]
    if not present:
        return None
    return aggregate(how, [value for _, value in present], [weight for weight, _ in present])
