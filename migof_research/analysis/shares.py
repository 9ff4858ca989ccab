"""The global indicator: the share of responding countries that meet or fully meet, by area, node and basis.

Three bases, because much of the published change is composition:

- ``latest``: each country's latest answer, as published (the aggregate "2021" of the database);
- ``round``: the countries that answered in one round;
- ``panel``: the countries that answered in every round, in each round.

Unweighted shares of the *responding* countries: non-responders are in neither part of the fraction and nothing is
imputed (SDG indicator metadata 10.7.2, UN DESA and IOM).
"""

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from migof_research.indicators import units
from migof_research.indicators.sdg_10_7_2 import latest

MEETS = 3  # lowest level that counts: 3 Meets, 4 Fully meets


def bases(levels: pd.DataFrame) -> pd.DataFrame:
    """The levels under each basis: ``basis, year, unit, node, level``; ``year`` is the round's, for latest the last one."""
    rounds = levels.groupby("unit")["year"].nunique()
    panel = levels[levels["unit"].isin(rounds.index[rounds == levels["year"].nunique()])]
    parts = [
        latest(levels).assign(basis="latest", year=levels["year"].max()),
        levels.assign(basis="round"),
        panel.assign(basis="panel"),
    ]
    return pd.concat(parts, ignore_index=True)[["basis", "year", "unit", "node", "level"]]


def shares(levels: pd.DataFrame, lang: str = "en") -> pd.DataFrame:
    """The indicator for every area of M49, basis, year and node.

    ``levels`` has ``unit, year, node, level``. Returns ``m49, area, basis, year, node, n, meeting, share, lower, upper,
    universe, coverage``: ``n`` countries responded, ``meeting`` of them are at level 3 or 4, ``share`` is 100 x meeting / n,
    unrounded and empty where no country responded; ``lower`` and ``upper`` are the 95 % Wilson interval, for the reader
    who treats the responders as a sample; ``universe`` is the number of countries of the area among the 197 and ``coverage``
    100 x n / universe.
    """
    areas, members = units.areas(), units.membership()
    answered = bases(levels).merge(members, on="unit")
    answered["meets"] = answered["level"] >= MEETS
    keys = ["m49", "basis", "year", "node"]
    counted = answered.groupby(keys)["meets"].agg(n="size", meeting="sum")
    combinations = bases(levels)[["basis", "year", "node"]].drop_duplicates().sort_values(["basis", "year", "node"])
    frame = areas[["m49", f"name_{lang}"]].merge(combinations, how="cross")
    table = frame.merge(counted, on=keys, how="left").rename(columns={f"name_{lang}": "area"})
    table[["n", "meeting"]] = table[["n", "meeting"]].fillna(0).astype(int)
    table["share"] = (100 * table["meeting"] / table["n"]).where(table["n"] > 0)
    lower, upper = proportion_confint(table["meeting"], table["n"].clip(lower=1), method="wilson")
    table["lower"], table["upper"] = (100 * lower).where(table["n"] > 0), (100 * upper).where(table["n"] > 0)
    table["universe"] = table["m49"].map(members.groupby("m49").size())
    table["coverage"] = 100 * table["n"] / table["universe"]
    columns = ["m49", "area", "basis", "year", "node", "n", "meeting", "share", "lower", "upper", "universe", "coverage"]
    return table[columns]


def change(levels: pd.DataFrame, m49: int = 1) -> pd.DataFrame:
    """The change of an area's share from the first to the last round, split into composition and change within the panel.

    Returns ``node, basis, start, end, change, within, joined, left, n_start, n_end, n_panel`` (shares in per cent, parts
    in percentage points), for the bases ``round`` (last round against the first) and ``latest`` (as published). The
    parts add up to the change:

    - ``within``: countries in both rounds changed their level, as they weigh at the end;
    - ``joined``: countries that answered only later differ from the rest;
    - ``left``: countries that answered only the first time differ from the rest. On the basis ``latest`` they stay in with
      their old answer, so this part is 0.
    """
    inside = set(units.membership().query("m49 == @m49")["unit"])
    levels = levels[levels["unit"].isin(inside)]
    years = sorted(levels["year"].unique())
    first, last = years[0], years[-1]
    rows = []
    for node, group in levels.groupby("node"):
        meets = group.assign(meets=group["level"] >= MEETS).pivot(index="unit", columns="year", values="meets")
        if first == last or not {first, last} <= set(meets.columns):
            continue
        now, then = meets[last].dropna().astype(float), meets[first].dropna().astype(float)
        newest = meets.ffill(axis=1)[last].dropna().astype(float)
        for basis, end in (("round", now), ("latest", newest)):
            rows.append((node, basis, *_split(then, end, panel=now.index.intersection(then.index))))
    parts, counts = ["start", "end", "change", "within", "joined", "left"], ["n_start", "n_end", "n_panel"]
    table = pd.DataFrame(rows, columns=["node", "basis", *parts, *counts])
    return table.astype(dict.fromkeys(parts, float) | dict.fromkeys(counts, int))


def _split(then: pd.Series, end: pd.Series, panel: pd.Index) -> tuple[float, ...]:
    """Start, end, change and its three parts, with the three numbers of countries."""
    if then.empty or end.empty:
        return (float("nan"),) * 6 + (len(then), len(end), len(panel))
    start, finish = 100 * then.mean(), 100 * end.mean()
    within = 100 * (end[panel] - then[panel]).sum() / len(end)
    stayed = end.index.intersection(then.index)
    # The end without the newcomers, all with their old answers: what is left is who dropped out (round), or nothing (latest).
    old = 100 * then[stayed].mean() if len(stayed) else finish - within
    left = old - start if len(stayed) else 0.0
    return (start, finish, finish - start, within, finish - start - within - left, left, len(then), len(end), len(panel))
