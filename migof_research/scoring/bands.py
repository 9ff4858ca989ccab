"""Scores -> bands, with how many answers they are from the next one."""

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from migof_research.errors import InputError
from migof_research.frameworks import OVERALL, Framework, Node
from migof_research.scoring.answers import Values, item_tables, node_scores, scores_from_answers, values_by_unit
from migof_research.scoring.exact import coefficients
from migof_research.scoring.levels import levels_by_year, scores_from_levels
from migof_research.scoring.margins import margins_from_answers, margins_from_levels

KEYS = ["unit", "year", "framework", "node"]
_MARGINS = ["to_gain_min", "to_gain_max", "to_lose_min", "to_lose_max"]


def band_type(framework: Framework) -> pd.CategoricalDtype:
    """The ordered categorical of a framework's band ids, lowest first."""
    if framework.bands is None:
        raise InputError(f"{framework.id} has no band scheme; nothing can be put into bands.")
    return pd.CategoricalDtype(framework.bands.ids, ordered=True)


def band_scores(scores: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """The band of every score: ``unit, year, framework, node, band, band_lower, band_upper``.

    ``band`` is that of the score; without a score, the one band that the whole interval lies in; else missing. No band
    where more than the framework's ``most_missing`` share of the items is missing. A score on a cut is in the upper band:
    cuts and scores are the nearest floats of exact fractions, and equal fractions make equal floats.
    """
    kind = band_type(framework)
    cuts = np.array([float(cut) for cut in framework.bands.cuts])

    def band(values: pd.Series) -> pd.Categorical:
        codes = np.searchsorted(cuts, values.to_numpy(float), side="right") - 1
        return pd.Categorical.from_codes(np.where(values.isna(), -1, codes), dtype=kind)

    table = scores[KEYS].copy()
    table["band"] = band(scores["score"])
    table["band_lower"], table["band_upper"] = band(scores["lower"]), band(scores["upper"])
    sure = scores["score"].isna() & (table["band_lower"] == table["band_upper"])
    table["band"] = table["band"].where(~sure, table["band_lower"])
    if framework.most_missing is not None:
        missing = 1 - scores["answered"].astype(float) / scores["items"].astype(float)
        table["band"] = table["band"].mask(missing > float(framework.most_missing))
    return table


def bands_from_levels(levels: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Bands and margins from published levels: the columns of `band_scores` and ``to_gain_min, to_gain_max,
    to_lose_min, to_lose_max``, the smallest and the largest number of answers over all answers that fit the levels
    (<NA> at the top and at the bottom)."""
    table = band_scores(scores_from_levels(levels, framework), framework)
    rows = []
    for (unit, year), given in levels_by_year(levels):
        for node, (gain, lose) in margins_from_levels(framework.id, given).items():
            rows.append((unit, year, framework.id, node, *gain, *lose))
    return _with_margins(table, rows)


def bands_from_answers(answers: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Bands and margins from item answers, with the columns of `bands_from_levels`.

    The margin is counted from the score under the framework's missing rule, or, where the rule gives none, from both
    bounds if they lie in one band. It is <NA> where the score is no weighted sum (geometric, harmonic, minimum).
    """
    table = band_scores(scores_from_answers(answers, framework), framework)
    rows = []
    for (unit, year), values in values_by_unit(answers, item_tables(framework)):
        for node in (None, *framework.walk()):
            rows.append((unit, year, framework.id, node.id if node else OVERALL, *_answer_margins(framework, node, values)))
    return _with_margins(table, rows)


def _answer_margins(framework: Framework, node: Node | None, values: Values) -> tuple[int | None, ...]:
    nothing = (None, None, None, None)
    lower, upper, score = node_scores(framework, node, values)
    if lower is None or upper is None:
        return nothing
    counted = {item for item, value in values.items() if framework.missing != "available" or value is not None}
    shares = coefficients(framework, node, counted)
    if shares is None:
        return nothing
    fillers = [Fraction(0)] if score is not None else [Fraction(0), Fraction(1)]
    cuts = [cut / 100 for cut in framework.bands.cuts]
    bands = {bisect_right(cuts, value) - 1 for value in ((lower, upper) if score is None else (score,))}
    if len(bands) > 1:
        return nothing
    band = bands.pop()
    next_cut = cuts[band + 1] if band + 1 < len(cuts) else None
    found = [
        margins_from_answers(
            {item: filler if (value := values[item]) is None else value for item in shares}, shares, cuts[band], next_cut
        )
        for filler in fillers
    ]
    gains, losses = zip(*found, strict=True)
    return *_ends(gains), *_ends(losses)


def _ends(counts: Sequence[int | None]) -> tuple[int | None, int | None]:
    """Smallest and largest; at the bottom there is no band to lose."""
    known = [count for count in counts if count is not None]
    return (min(known), max(known)) if len(known) == len(counts) else (None, None)


def _with_margins(table: pd.DataFrame, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    margins = pd.DataFrame(rows, columns=[*KEYS, *_MARGINS]).astype(dict.fromkeys(_MARGINS, "Int64"))
    return table.merge(margins, on=KEYS, how="left", validate="one_to_one")
