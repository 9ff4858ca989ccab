"""Good practices: what units in the top band have and the others have not, without going round in a circle.

A practice is part of what made the band, so "more common in the top band" is true of pure noise. Each unit is therefore
banded on its *rest-score*, with the practice that is tested left out (method 5 of the design). What is compared is then
independent of the practice unless it truly goes with the others.

Two tables feed everything: ``held`` (``unit, year, practice, has``) and ``rest`` (``unit, year, practice, lower, upper``), the
score of the unit without the practice (0-100). With item answers a practice is an item; with published levels it is a domain
whose level is reached, and the rest-score is the interval that the *other domains'* levels leave. The overall level is not
used there: together with the others it would tell of the domain that is tested.
"""

from fractions import Fraction

import numpy as np
import pandas as pd

from migof_research.analysis import association
from migof_research.frameworks import OVERALL, Framework, Item
from migof_research.scoring import arrays, scores_from_levels
from migof_research.scoring.bands import band_type
from migof_research.scoring.exact import percent
from migof_research.scoring.levels import feasible, grid

FEW = 5  # a cell with fewer units than this is told to the reader
KEYS = ["unit", "year", "practice"]


def held_from_answers(answers: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """Which practices are in place: an item is, where its answer is the best of its scale.

    ``has`` is <NA> where an item was not answered or does not apply. Where no framework is in force nothing is in place,
    unless the missing rule is ``bounds``: then what is missing may be anything.
    """
    best = {item.id: _best_answer(framework, item) for item in framework.items()}
    held = answers[["unit", "year", "item"]].rename(columns={"item": "practice"})
    known = ["none"] if framework.missing == "bounds" else ["none", "no_framework"]
    held["has"] = (answers["answer"] == answers["item"].map(best)).astype("boolean").where(answers["missing"].isin(known))
    return held[held["practice"].isin(best)].sort_values(KEYS, ignore_index=True)


def _best_answer(framework: Framework, item: Item) -> str:
    points = framework.scales[item.scale].points
    return (max if item.yes_is == "good" else min)(points, key=points.__getitem__)


def held_from_levels(levels: pd.DataFrame, framework: Framework, reached: str) -> pd.DataFrame:
    """Which domains are at the band ``reached`` or above, from published levels."""
    domains = levels[levels["node"] != OVERALL]
    held = domains[["unit", "year", "node"]].rename(columns={"node": "practice"})
    held["has"] = (domains["level"] > framework.bands.ids.index(reached)).astype("boolean")
    return held.sort_values(KEYS, ignore_index=True)


def scores_without(framework: Framework, values: np.ndarray) -> np.ndarray:
    """The score (0-100) of each unit without each item, from item values of shape (..., units, items)."""
    scores = np.empty(values.shape)
    for i in range(values.shape[-1]):
        without = values.copy()
        without[..., i] = np.nan
        scores[..., i] = arrays.score(framework, without)
    return np.round(100 * scores, 10)


def rest_from_answers(answers: pd.DataFrame, framework: Framework, naive: bool = False) -> pd.DataFrame:
    """The score of every unit without each of the items, under the framework's missing rule.

    ``naive`` leaves nothing out: the circular test, only to show what difference it makes.
    """
    ends = []
    for worst in (True, False):
        table = arrays.value_table(answers, framework, worst)
        values = table.to_numpy()
        whole = np.round(100 * arrays.score(framework, values), 10)
        scores = np.broadcast_to(whole[:, None], values.shape) if naive else scores_without(framework, values)
        ends.append(pd.DataFrame(scores, table.index, table.columns.rename("practice")).stack())
    return pd.DataFrame(dict(zip(("lower", "upper"), ends, strict=True))).reset_index().sort_values(KEYS, ignore_index=True)


def rest_from_levels(levels: pd.DataFrame, framework: Framework, naive: bool = False) -> pd.DataFrame:
    """The lowest and the highest score that all other domains leave open for each domain, from published levels.

    ``naive`` gives the interval of the whole score, the domain inside.
    """
    domains = levels[levels["node"] != OVERALL]
    if naive:
        whole = scores_from_levels(levels, framework).query("node == @OVERALL")[["unit", "year", "lower", "upper"]]
        return domains[["unit", "year", "node"]].rename(columns={"node": "practice"}).merge(whole, on=["unit", "year"])
    g, rows = grid(framework.id), []
    for (unit, year), group in domains.groupby(["unit", "year"], sort=True):
        points = feasible(framework.id, {node: int(level) for node, level in group[["node", "level"]].itertuples(index=False)})
        for domain in group["node"]:
            others = [d for d in g.domains if d != domain]
            most = sum(g.maximum(d) for d in others)
            rows.append((unit, year, domain, *(percent(Fraction(sum(points[d][end] for d in others), most)) for end in (0, -1))))
    return pd.DataFrame(rows, columns=[*KEYS, "lower", "upper"])


def top_cut(rest: pd.DataFrame, framework: Framework) -> float:
    """Where the top begins: the cut of the highest band with enough units surely in it and surely below, whichever practice is
    left out: five, and a tenth of all. Where no band has that, the median score: the upper half against the lower."""
    enough = max(FEW, rest.groupby(["unit", "year"]).ngroups / 10)
    for cut in map(float, reversed(framework.bands.cuts[1:])):
        sides = [(rest["lower"] >= cut), (rest["upper"] < cut)]
        if all(side.groupby(rest["practice"]).sum().min() >= enough for side in sides):
            return cut
    return float(rest[["lower", "upper"]].mean(axis=1).groupby([rest["unit"], rest["year"]]).mean().median())


def prevalence(held: pd.DataFrame, rest: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """How common each practice is in each band: ``practice, band, n, having, share`` (per cent, NaN without units).

    Units whose band is not sure, or whose answer is missing, are not counted.
    """
    cases = held.dropna(subset="has").merge(rest, on=KEYS)
    first, last = (arrays.band_codes(cases[end].to_numpy() / 100, arrays.cuts(framework)) for end in ("lower", "upper"))
    cases = cases.assign(band=pd.Categorical.from_codes(first, dtype=band_type(framework)))[first == last]
    counted = cases.groupby(["practice", "band"], observed=False)["has"].agg(n="size", having="sum").reset_index()
    return counted.assign(share=(100 * counted["having"] / counted["n"]).where(counted["n"] > 0).astype(float))


def contrast(
    held: pd.DataFrame, rest: pd.DataFrame, cut: float, strata: pd.Series | None = None, how: association.Adjustment = "bh"
) -> pd.DataFrame:
    """Each practice in units whose rest-score is at or above ``cut`` against those below, the largest difference first.

    ``held`` and ``rest`` have one year a unit. Returns ``practice, n_top, n_rest, has_top, has_rest, prevalence_top,
    prevalence_rest, risk_difference, lower, upper, beyond_typical, lift, p, q, fewest, unsure`` and, with ``strata`` (a
    Series by unit), ``odds_ratio, or_lower, or_upper, or_p, or_strata`` (`association.within_strata`):

    - shares in per cent, differences in percentage points with their 95 % interval (Newcombe);
    - ``beyond_typical``: the difference minus the median one of the set: what marks the top beyond sheer breadth;
    - ``lift``: the share in the top over that of all; ``p``: Fisher's exact; ``q``: adjusted over the set;
    - ``fewest``: the smallest of the four cells; ``unsure``: units left out because they may be in the top or below.

    A practice without units on both sides has no row.
    """
    cases = held.dropna(subset="has").merge(rest, on=KEYS)
    above, below = cases["lower"] >= cut, cases["upper"] < cut
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
