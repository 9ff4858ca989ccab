"""Who moved between rounds: between which bands, which practices, and whether more than noise would move.

Whether a *group* moved is tested by the exact sign test of those who rose against those who fell (McNemar's test on the
direction): bands are ordered and the moves are few, so that the large-sample tests of Bowker and Stuart & Maxwell, which
also see mere shuffling as change, do not fit. Whether *one unit* moved beyond noise is read from draws in which answers are
wrong at a stated rate; a fixed world of weights, aggregation and cuts is shared by both rounds, so that these cancel.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
from scipy.stats import binomtest

from migof_research.analysis.firmness import Known, Uncertainty, simulate
from migof_research.frameworks import OVERALL, Framework


def transitions(bands: pd.DataFrame, start: int, end: int, node: str = OVERALL) -> pd.DataFrame:
    """How many units went from which band to which: ``band_from, band_to, n``, with every pair of bands.

    Only units with a sure band in both years are counted.
    """
    sure = bands[bands["node"] == node].dropna(subset="band").set_index("unit")
    then, now = (sure.loc[sure["year"] == year, "band"] for year in (start, end))
    both = then.to_frame("band_from").join(now.rename("band_to"), how="inner")
    return both.groupby(["band_from", "band_to"], observed=False).size().reset_index(name="n")


class Direction(NamedTuple):
    """How many rose, stayed and fell, and the exact p of as many rising as falling by chance (NaN if none moved)."""

    up: int
    same: int
    down: int
    p: float


def direction(transitions: pd.DataFrame) -> Direction:
    """The sign test on a table of `transitions`."""
    step = transitions["band_to"].cat.codes.astype(int) - transitions["band_from"].cat.codes
    up, same, down = (int(transitions.loc[chosen, "n"].sum()) for chosen in (step > 0, step == 0, step < 0))
    return Direction(up, same, down, float(binomtest(up, up + down).pvalue) if up + down else float("nan"))


def beyond_noise(known: Known, framework: Framework, uncertainty: Uncertainty | None = None) -> pd.DataFrame:
    """From each year of a unit to its next: ``unit, node, year_start, year_end, up, down``, the shares of the draws in which
    the score rose and fell. ``known`` is made by `migof_research.analysis.firmness`, for one unit or more."""
    nodes, rows, before = [OVERALL, *framework.domains], [], None
    ordered = dict(sorted(known.items()))
    for (unit, year), scores, _codes in simulate(ordered, framework, uncertainty or Uncertainty()):
        if before and before[0] == unit:
            change = (scores - before[2]).round(12)
            shares = zip(nodes, (change > 0).mean(axis=0), (change < 0).mean(axis=0), strict=True)
            rows += [(unit, node, before[1], year, up, down) for node, up, down in shares]
        before = (unit, year, scores)
    return pd.DataFrame(rows, columns=["unit", "node", "year_start", "year_end", "up", "down"])


def adopted_and_dropped(held: pd.DataFrame) -> pd.DataFrame:
    """Every change of a practice from one known answer to the unit's next: ``practice, unit, year_start, year_end, change``.

    ``held`` (``unit, year, practice, has``) has several years a unit. ``change`` is adopted or dropped, ``year_end`` the first
    year in which it is seen.
    """
    table = held.dropna(subset="has").sort_values(["practice", "unit", "year"], ignore_index=True)
    table[["year_start", "had"]] = table.groupby(["practice", "unit"])[["year", "has"]].shift()
    found = table[table["had"].notna() & (table["had"] != table["has"])].rename(columns={"year": "year_end"})
    found = found.assign(change=found["has"].map({True: "adopted", False: "dropped"})).astype({"year_start": int})
    return found[["practice", "unit", "year_start", "year_end", "change"]].reset_index(drop=True)


def comparable(answers: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """The answers of both years on the comparable basket: items that a unit did not answer both times do not apply.

    To be scored like any answers; units without an answer in either year are left out.
    """
    both = answers[answers["year"].isin([start, end])]
    answered = both["missing"].isin(["none", "no_framework"])
    times = answered.groupby([both["unit"], both["item"]]).transform("sum")
    units = both.loc[times == 2, "unit"].unique()
    basket = both.assign(missing=both["missing"].where(times == 2, "not_applicable"), answer=both["answer"].where(times == 2, ""))
    return basket[basket["unit"].isin(units)].reset_index(drop=True)


def lagging(bands: pd.DataFrame, unit: str, others: Sequence[str]) -> pd.Series:
    """The domains in which more than half of the others are surely in a higher band than the unit: its ``band_upper`` by node.

    ``bands`` has one year a unit.
    """
    domains = bands[bands["node"] != OVERALL]
    own = domains[domains["unit"] == unit].set_index("node")["band_upper"]
    theirs = domains[domains["unit"].isin(others) & domains["node"].isin(own.index)]
    higher = theirs["band_lower"].cat.codes > theirs["node"].map(own.cat.codes)
    share = higher.groupby(theirs["node"]).mean()
    return own[[node for node in own.index if share.get(node, 0) > 0.5]]


def recent_movers(bands: pd.DataFrame, lags: pd.Series) -> pd.DataFrame:
    """Whose experience to ask for: units that rose, between two of their rounds, above the band in which a unit lags.

    ``bands`` has all rounds, ``lags`` is made by `lagging`. Returns ``node, mover, band_from, band_to, year_from, year_to,
    alike``: ``alike`` tells that the mover set out from the unit's own band or below. Those come first, then by code.
    """
    table = bands[bands["node"].isin(lags.index)].dropna(subset="band").sort_values(["node", "unit", "year"]).reset_index(drop=True)
    table["code"], table["own"] = table["band"].cat.codes, table["node"].map(lags.cat.codes)
    before = table.groupby(["node", "unit"])[["year", "band", "code"]].shift()
    rose = (table["code"] > before["code"]) & (table["code"] > table["own"])
    found = pd.DataFrame({
        "node": table["node"], "mover": table["unit"], "band_from": before["band"], "band_to": table["band"],
        "year_from": before["year"], "year_to": table["year"], "alike": before["code"] <= table["own"],
    })[rose]  # fmt: skip
    found = found.astype({"year_from": int, "band_from": bands["band"].dtype})
    return found.sort_values(["node", "alike", "mover"], ascending=[True, False, True], kind="stable", ignore_index=True)
