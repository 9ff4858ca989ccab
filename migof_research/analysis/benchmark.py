"""One country beside its peers: who they are, where it stands among them, and who leads where it lags.

A score is an interval, so a position is "surely above", "surely below" or "not separable", and a gap has a smallest and
a largest value. Nothing is ranked here; `ranks` is for the reader who asks for it, and gives intervals.
"""

import re
from collections.abc import Sequence

import pandas as pd

from migof_research.analysis.peers import nearest, nearness
from migof_research.errors import InputError
from migof_research.indicators import units

PEER_GROUPS = ("region", "income", "region_income")
NEAREST = "nearest"
POSITIONS = ("surely above", "surely below", "not separable")


def peers(unit: str, group: str | Sequence[str], available: Sequence[str]) -> list[str]:
    """The codes of a country's peers among the units with data, without the country itself.

    ``group`` is ``region`` (SDG region), ``income`` (World Bank income group), ``region_income`` (both), ``nearest:K`` by
    context (`migof_research.analysis.peers.nearness`), or a list of countries, also as text with commas. A listed country
    without data is left out. Raises InputError for a group that is none of these.
    """
    if isinstance(group, str) and peer_group(group) == NEAREST:
        distances, k = nearness(group, [*available, unit])
        return nearest(distances, unit, k, available)["peer"].tolist()
    if not isinstance(group, str) or group not in PEER_GROUPS:
        listed = _listed(group)
        return [code for code in listed if code in set(available) and code != unit]
    table = units.units().set_index("unit")
    alike = pd.Series(True, index=table.index)
    if "region" in group:
        alike &= table["sdg_region"] == table.at[unit, "sdg_region"]
    if "income" in group:
        alike &= table["income"] == table.at[unit, "income"]  # never true where the country is not classified
    return [code for code in table.index[alike] if code in set(available) and code != unit]


def peer_group(group: str | Sequence[str]) -> str:
    """What kind of group is asked for: region, income, region_income, nearest or list."""
    kind = group.split(":")[0] if isinstance(group, str) else "list"
    return kind if kind in (*PEER_GROUPS, NEAREST) else "list"


def _listed(group: str | Sequence[str]) -> list[str]:
    names = [part.strip() for part in re.split(r"[,;]", group)] if isinstance(group, str) else list(group)
    codes, problems = [], []
    for name in filter(None, names):
        try:
            codes.append(units.find(name))
        except InputError as error:
            problems += error.problems
    if problems or not codes:
        choice = f"peers is one of {', '.join(PEER_GROUPS)}, nearest:10, or a list of countries such as ROU,UKR,GEO."
        raise InputError([*problems, choice])
    return list(dict.fromkeys(codes))


def position(lower: float, upper: float, other_lower: float, other_upper: float) -> str:
    """How one score interval lies to another: surely above, surely below, or not separable."""
    if lower > other_upper:
        return POSITIONS[0]
    return POSITIONS[1] if upper < other_lower else POSITIONS[2]


def positions(scores: pd.DataFrame, unit: str, peers: Sequence[str]) -> pd.DataFrame:
    """The country beside each peer: ``node, peer, year, position, gap_min, gap_max``.

    ``scores`` has one year a unit. ``position`` is the country's; the gap is the country's score minus the peer's, in
    points of 0-100, at its smallest and largest.
    """
    own = scores.loc[scores["unit"] == unit, ["node", "lower", "upper"]]
    theirs = scores.loc[scores["unit"].isin(peers), ["unit", "year", "node", "lower", "upper"]]
    pairs = theirs.merge(own, on="node", suffixes=("_peer", "")).rename(columns={"unit": "peer"})
    intervals = pairs[["lower", "upper", "lower_peer", "upper_peer"]].itertuples(index=False)
    pairs["position"] = pd.Categorical([position(*four) for four in intervals], POSITIONS)
    pairs["gap_min"], pairs["gap_max"] = pairs["lower"] - pairs["upper_peer"], pairs["upper"] - pairs["lower_peer"]
    return pairs[["node", "peer", "year", "position", "gap_min", "gap_max"]]


def benchmark(scores: pd.DataFrame, unit: str, peers: Sequence[str]) -> pd.DataFrame:
    """The country among its peers: ``node, lower, upper, n, above, below, not_separable, median_lower, median_upper,
    position, gap_min, gap_max``.

    Of ``n`` peers the country is surely above ``above`` and surely below ``below``. The median of the peers' scores lies
    between the median of their lower and that of their upper ends; ``position`` and gap are the country's to that median.
    """
    own = scores.loc[scores["unit"] == unit, ["node", "lower", "upper"]]
    theirs = scores[scores["unit"].isin(peers)]
    pairs = positions(scores, unit, peers)
    counts = pd.crosstab(pairs["node"], pairs["position"])
    counts = counts.reindex(index=own["node"], columns=POSITIONS, fill_value=0).set_axis(["above", "below", "not_separable"], axis=1)
    medians = theirs.groupby("node")[["lower", "upper"]].median().add_prefix("median_")
    table = own.merge(counts, left_on="node", right_index=True).merge(medians, left_on="node", right_index=True, how="left")
    table.insert(3, "n", table[["above", "below", "not_separable"]].sum(axis=1))
    four = table[["lower", "upper", "median_lower", "median_upper"]]
    table["position"] = [position(*row) if pd.notna(row[2]) else None for row in four.itertuples(index=False)]
    table["gap_min"], table["gap_max"] = table["lower"] - table["median_upper"], table["upper"] - table["median_lower"]
    return table.reset_index(drop=True)


def leaders(scores: pd.DataFrame, bands: pd.DataFrame, unit: str, peers: Sequence[str]) -> pd.DataFrame:
    """Peers that are surely above the country in a domain and in a higher band: whose practice to look at.

    Returns ``node, peer, year, band, gap_min, gap_max`` (the gap is the peer's score minus the country's), by node and
    name of the peer, never by score.
    """
    ahead = positions(scores, unit, peers).query("position == 'surely below'").copy()
    ahead["gap_min"], ahead["gap_max"] = -ahead["gap_max"], -ahead["gap_min"]
    theirs = bands[["unit", "node", "band"]].rename(columns={"unit": "peer"})
    own = bands.loc[bands["unit"] == unit, ["node", "band"]]
    found = ahead.merge(theirs, on=["peer", "node"]).merge(own, on="node", suffixes=("", "_own"))
    higher = found["band"].cat.codes > found["band_own"].cat.codes
    return found.loc[higher, ["node", "peer", "year", "band", "gap_min", "gap_max"]].sort_values(["node", "peer"], ignore_index=True)


def ranks(scores: pd.DataFrame, node: str = "overall") -> pd.DataFrame:
    """On request only: the best and the worst rank each unit can have, given the intervals: ``unit, n, best, worst``.

    1 is the highest score; units that cannot be told apart share their range of ranks.
    """
    chosen = scores[scores["node"] == node]
    lower, upper = chosen["lower"].to_numpy(), chosen["upper"].to_numpy()
    best = 1 + (lower[None, :] > upper[:, None]).sum(axis=1)
    worst = len(chosen) - (upper[None, :] < lower[:, None]).sum(axis=1)
    return pd.DataFrame({"unit": chosen["unit"].to_numpy(), "n": len(chosen), "best": best, "worst": worst})
