"""How one unit changed between rounds, and how sure that is.

A change of the level is a sure change of the score, because levels do not overlap. Within one level the score
intervals decide: up or down where they do not touch, else not separable. The Inquiry asked the same items both times,
so every node is comparable; answers are governments' own, and large swings also show noise in answering.
"""

import pandas as pd

DIRECTIONS = ("surely up", "surely down", "not separable", "unchanged")


def progress(scores: pd.DataFrame, bands: pd.DataFrame, unit: str) -> pd.DataFrame:
    """From the unit's first to its last year: ``node, year_start, year_end, band_start, band_end, lower_start,
    upper_start, lower_end, upper_end, direction, change_min, change_max``.

    The change is in points of 0-100, at its smallest and largest. Only nodes scored in both years; empty for a unit with
    one year.
    """
    table = scores[scores["unit"] == unit].merge(bands[["unit", "year", "node", "band"]], on=["unit", "year", "node"])
    first, last = (table[table["year"] == year] for year in (table["year"].min(), table["year"].max()))
    if table["year"].nunique() < 2:
        first = first.iloc[:0]
    columns = ["node", "year", "band", "lower", "upper"]
    both = first[columns].merge(last[columns], on="node", suffixes=("_start", "_end"))
    both["change_min"], both["change_max"] = both["lower_end"] - both["upper_start"], both["upper_end"] - both["lower_start"]
    both["direction"] = pd.Categorical(
        [_direction(low, high) for low, high in both[["change_min", "change_max"]].itertuples(index=False)], DIRECTIONS
    )
    order = ["node", "year_start", "year_end", "band_start", "band_end", "lower_start", "upper_start", "lower_end", "upper_end"]
    return both[[*order, "direction", "change_min", "change_max"]]


def _direction(smallest: float, largest: float) -> str:
    if smallest > 0:
        return DIRECTIONS[0]
    if largest < 0:
        return DIRECTIONS[1]
    return DIRECTIONS[3] if smallest == largest == 0 else DIRECTIONS[2]
