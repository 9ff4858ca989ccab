"""One element left out at a time: which units would then be in another band.

An element is a domain, or an item where the answers are known. A unit whose level alone is published has a range of scores
without a domain, so its band changes surely, perhaps, or not.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from migof_research.analysis.states import from_levels
from migof_research.frameworks import Framework
from migof_research.scoring import arrays
from migof_research.scoring.bands import band_type

CHANGES = ("surely up", "perhaps up", "no change", "perhaps down", "surely down")


def removals(table: pd.DataFrame, framework: Framework, elements: str = "domains") -> pd.DataFrame:
    """The band of each unit without each element: ``unit, year, element, band, band_lower, band_upper, change``.

    ``table`` holds answers or published levels; ``elements`` is ``domains`` or, for answers, ``items``. Units without a band
    of their own have no rows.
    """
    rows = _from_answers(table, framework, elements) if "item" in table else _from_levels(table, framework)
    found = pd.DataFrame(rows, columns=["unit", "year", "element", "band", "band_lower", "band_upper"])
    found = found[(found[["band", "band_lower", "band_upper"]] >= 0).all(axis=1)].reset_index(drop=True)
    own, low, high = (found[name] for name in ("band", "band_lower", "band_upper"))
    told = np.select([low > own, high > own, high < own, low < own], [CHANGES[0], CHANGES[1], CHANGES[4], CHANGES[3]], CHANGES[2])
    for name in ("band", "band_lower", "band_upper"):
        found[name] = pd.Categorical.from_codes(found[name], dtype=band_type(framework))
    return found.assign(change=pd.Categorical(told, CHANGES, ordered=True))


def _from_levels(levels: pd.DataFrame, framework: Framework) -> Iterator[tuple[Any, ...]]:
    for states in from_levels(levels, framework):
        for place, domain in enumerate(framework.domains):
            weights = np.where(np.arange(len(framework.domains)) == place, 0, states.weights[0])
            codes = arrays.band_codes(arrays.combine("mean", states.parts[0], weights), arrays.cuts(framework))
            yield states.unit, states.year, domain, states.band, codes.min(), codes.max()


def _from_answers(answers: pd.DataFrame, framework: Framework, elements: str) -> Iterator[tuple[Any, ...]]:
    table = arrays.value_table(answers, framework)
    values, cuts = table.to_numpy(), arrays.cuts(framework)
    own = arrays.band_codes(arrays.score(framework, values), cuts)
    inside = {node.id: {item.id for item in node.all_items()} for node in framework.nodes}
    for element in framework.domains if elements == "domains" else table.columns:
        without = np.where(table.columns.isin(inside.get(element, {element})), np.nan, values)
        codes = arrays.band_codes(arrays.score(framework, without), cuts)
        for (unit, year), mine, code in zip(table.index, own, codes, strict=True):
            yield unit, year, element, mine, code, code


def counted(removed: pd.DataFrame) -> pd.DataFrame:
    """How many units each element moves: ``element, n`` and a column for each of the five changes, in the order of `removals`."""
    order = removed["element"].drop_duplicates()
    table = pd.crosstab(removed["element"], removed["change"]).reindex(index=order, columns=list(CHANGES), fill_value=0)
    return table.assign(n=table.sum(axis=1)).rename_axis(columns=None).reset_index()[["element", "n", *CHANGES]]
