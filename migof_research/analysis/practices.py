"""Good practices: what units in the top band have and the others have not, without going round in a circle.

A practice is part of what made the band, so "more common in the top band" is true of pure noise. Each unit is therefore
banded on its *rest-score*, with the practice that is tested left out (method 5 of the design). What is compared is then
independent of the practice unless it truly goes with the others.

Two tables feed everything: ``held`` (``unit, year, practice, has``) and ``bands`` (``unit, year, practice, band_lower,
band_upper``), the band of the unit as it is without the practice. With item answers a practice is an item; with
published levels it is a domain whose level is reached, and the rest-score is the interval that the *other domains'* levels
leave. The overall level is not used there: together with the others it would tell of the domain that is tested.
"""

import numpy as np
import pandas as pd

from migof_research.analysis import association
from migof_research.frameworks import OVERALL, Framework, Item
from migof_research.scoring import arrays
from migof_research.scoring.bands import band_type
from migof_research.scoring.levels import feasible, grid

FEW = 5  # a cell with fewer units than this is told to the reader
KEYS = ["unit", "year", "practice"]


def held_from_answers(answers: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Which practices are in place: an item is, where its answer is the best of its scale.

    Where no framework is in force yet nothing is in place; ``has`` is <NA> where an item was not answered or does not apply.
    """
    best = {item.id: _best_answer(framework, item) for item in framework.items()}
    held = answers[["unit", "year", "item"]].rename(columns={"item": "practice"})
    held["has"] = (answers["answer"] == answers["item"].map(best)).astype("boolean")
    held["has"] = held["has"].mask(~answers["missing"].isin(["none", "no_framework"]))
    return held[held["practice"].isin(best)].sort_values(KEYS, ignore_index=True)


def _best_answer(framework: Framework, item: Item) -> str:
    points = framework.scales[item.scale].points
    return (max if item.yes_is == "good" else min)(points, key=points.get)


def held_from_levels(levels: pd.DataFrame, framework: Framework, reached: str) -> pd.DataFrame:
    """Which domains are at the band ``reached`` or above, from published levels."""
    domains = levels[levels["node"].isin(framework.domains)]
    held = domains[["unit", "year", "node"]].rename(columns={"node": "practice"})
    held["has"] = (domains["level"] > framework.bands.ids.index(reached)).astype("boolean")
    return held.sort_values(KEYS, ignore_index=True)


def rest_codes(framework: Framework, values: np.ndarray) -> np.ndarray:
    """The number of the band of each unit without each item, from item values of shape (..., units, items)."""
    codes = np.empty(values.shape, dtype=int)
    for i in range(values.shape[-1]):
        without = values.copy()
        without[..., i] = np.nan
        codes[..., i] = arrays.band_codes(arrays.score(framework, without), arrays.cuts(framework))
    return codes


def bands_without(answers: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """The band of every unit without each of the items, from item answers, under the framework's missing rule."""
    table = arrays.value_table(answers, framework)
    return _long(table, rest_codes(framework, table.to_numpy()), framework)


def bands_with(answers: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """The naive test's bands, with the practice inside: only to show what difference it makes."""
    table = arrays.value_table(answers, framework)
    codes = arrays.band_codes(arrays.score(framework, table.to_numpy()), arrays.cuts(framework))
    return _long(table, np.broadcast_to(codes[:, None], table.shape), framework)


def _long(table: pd.DataFrame, codes: np.ndarray, framework: Framework) -> pd.DataFrame:
    wide = pd.DataFrame(codes, index=table.index, columns=table.columns)
    found = wide.melt(var_name="practice", value_name="code", ignore_index=False).reset_index()
    band = pd.Categorical.from_codes(found.pop("code"), dtype=band_type(framework))
    return found.assign(band_lower=band, band_upper=band).sort_values(KEYS, ignore_index=True)


def level_bands_without(levels: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """The first and the last band that the answers in all other domains may make, for each domain, from published levels."""
    g, rows = grid(framework.id), []
    for (unit, year), group in levels[levels["node"] != OVERALL].groupby(["unit", "year"], sort=True):
        points = feasible(framework.id, {node: int(level) for node, level in group[["node", "level"]].itertuples(index=False)})
        for domain in group["node"]:
            others = [d for d in g.domains if d != domain]
            most = sum(g.maximum(d) for d in others)
            rows.append((unit, year, domain, *(sum(points[d][end] for d in others) / most for end in (0, -1))))
    table = pd.DataFrame(rows, columns=[*KEYS, "lower", "upper"])
    for end in ("lower", "upper"):
        codes = arrays.band_codes(table.pop(end).to_numpy(), arrays.cuts(framework))
        table[f"band_{end}"] = pd.Categorical.from_codes(codes, dtype=band_type(framework))
    return table


def level_bands_with(levels: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """The naive test's bands from published levels: the overall level, with the domain inside."""
    overall = levels[levels["node"] == OVERALL]
    band = pd.Categorical.from_codes(overall["level"] - 1, dtype=band_type(framework))
    whole = overall[["unit", "year"]].assign(band_lower=band, band_upper=band)
    domains = levels.loc[levels["node"] != OVERALL, ["unit", "year", "node"]].rename(columns={"node": "practice"})
    return domains.merge(whole, on=["unit", "year"])


def top_band(bands: pd.DataFrame, framework: Framework) -> str:
    """The highest band that at least five units, and a tenth of all, surely reach, whichever practice is left out."""
    units = bands.groupby(["unit", "year"]).ngroups
    for band in reversed(framework.bands.ids):
        if (bands["band_lower"] >= band).groupby(bands["practice"]).sum().min() >= max(FEW, units / 10):
            return band
    return framework.bands.ids[-1]


def prevalence(held: pd.DataFrame, bands: pd.DataFrame) -> pd.DataFrame:
    """How common each practice is in each band: ``practice, band, n, having, share`` (per cent, NaN without units).

    Units whose band is not sure, or whose answer is missing, are not counted.
    """
    cases = held.dropna(subset="has").merge(bands, on=KEYS)
    cases = cases[cases["band_lower"] == cases["band_upper"]].rename(columns={"band_lower": "band"})
    counted = cases.groupby(["practice", "band"], observed=False)["has"].agg(n="size", having="sum").reset_index()
    return counted.assign(share=(100 * counted["having"] / counted["n"]).where(counted["n"] > 0).astype(float))


def contrast(
    held: pd.DataFrame, bands: pd.DataFrame, top: str, strata: pd.Series | None = None, how: association.Adjustment = "bh"
) -> pd.DataFrame:
    """Each practice in the bands from ``top`` on against the bands below, the largest difference first.

    ``held`` and ``bands`` have one year a unit. Returns ``practice, n_top, n_rest, has_top, has_rest, prevalence_top,
    prevalence_rest, risk_difference, lower, upper, beyond_typical, lift, p, q, fewest, unsure`` and, with ``strata`` (a
    Series by unit), ``odds_ratio, or_lower, or_upper, or_p, or_strata`` (`association.within_strata`):

    - shares in per cent, differences in percentage points with their 95 % interval (Newcombe);
    - ``beyond_typical``: the difference minus the median one of the set: what marks the top beyond sheer breadth;
    - ``lift``: the share in the top over that of all; ``p``: Fisher's exact; ``q``: adjusted over the set;
    - ``fewest``: the smallest of the four cells; ``unsure``: units left out because they may be in the top or below.

    A practice without units on both sides has no row.
    """
    cases = held.dropna(subset="has").merge(bands, on=KEYS)
    above, below = cases["band_lower"] >= top, cases["band_upper"] < top
    unsure = (~above & ~below).groupby(cases["practice"]).sum()
    cases = cases.assign(top=above, has=cases["has"].astype(bool))[above | below]
    table = _compared(pd.crosstab(cases["practice"], [cases["top"], cases["has"]]))
    table["q"] = association.adjust(table["p"], how)
    table["unsure"] = unsure[table.index]
    if strata is not None:
        within = {k: association.within_strata(g["has"], g["top"], g["unit"].map(strata)) for k, g in cases.groupby("practice")}
        found = pd.DataFrame(list(within.values()), index=list(within))
        table = table.join(found.set_axis(["odds_ratio", "or_lower", "or_upper", "or_p", "or_strata"], axis=1))
    return table.rename_axis("practice").sort_values("risk_difference", ascending=False, kind="stable").reset_index()


def _compared(counts: pd.DataFrame) -> pd.DataFrame:
    counts = counts.reindex(columns=pd.MultiIndex.from_product([[True, False], [True, False]]), fill_value=0)
    a, c, b, d = counts.to_numpy().T  # top with and without, rest with and without
    counts, (a, b, c, d) = counts[(a + c > 0) & (b + d > 0)], (x[(a + c > 0) & (b + d > 0)] for x in (a, b, c, d))
    table = pd.DataFrame({"n_top": a + c, "n_rest": b + d, "has_top": a, "has_rest": b}, index=counts.index)
    table["prevalence_top"], table["prevalence_rest"] = 100 * a / (a + c), 100 * b / (b + d)
    table["risk_difference"] = table["prevalence_top"] - table["prevalence_rest"]
    table["lower"], table["upper"] = (100 * end for end in association.newcombe(a, a + c, b, b + d))
    table["beyond_typical"] = table["risk_difference"] - table["risk_difference"].median()
    everywhere = 100 * (a + b) / (a + b + c + d)
    table["lift"] = table["prevalence_top"] / np.where(everywhere > 0, everywhere, np.nan)
    table["p"] = association.fisher(a, a + c, b, b + d)
    return table.assign(fewest=counts.min(axis=1))
