"""The case of insights: how migration is governed across an area, by domain, region and income, and what lags."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from migof_research.analysis.evidence import Evidence, read_evidence
from migof_research.analysis.goal import goal
from migof_research.errors import InputError
from migof_research.frameworks import OVERALL, Framework
from migof_research.indicators import units

GROUPS = {"region": "sdg_region", "income": "income"}


@dataclass(frozen=True)
class Insights:
    """``evidence`` holds the figures, one year a unit in ``now``. A measure is an item at its best answer, or a domain at the
    goal or above where only levels are published."""

    evidence: Evidence

    @property
    def framework(self) -> Framework:
        return self.evidence.framework

    @property
    def goal(self) -> str:
        return goal(self.framework)

    @property
    def nodes(self) -> list[str]:
        return [OVERALL, *self.framework.domains]

    @cached_property
    def kinds(self) -> pd.DataFrame:
        """The region and income group of each unit; a city or region has its country's."""
        table, codes = units.units().set_index("unit"), pd.Index(self.evidence.units)
        order = [m49 for m49 in units.areas()["m49"] if m49 in set(table["sdg_region"])]
        table = table.assign(sdg_region=pd.Categorical(table["sdg_region"], order, ordered=True))
        return table.reindex(codes.str[:3]).set_axis(codes)[list(GROUPS.values())]

    @cached_property
    def bands(self) -> pd.DataFrame:
        """The band of each unit in the whole and each domain, and whether it is at the goal or above."""
        table = self.evidence.bands_ever.merge(self.evidence.now[["unit", "year"]].drop_duplicates(), on=["unit", "year"])
        table = table[table["node"].isin(self.nodes)].dropna(subset="band")
        return table.assign(reached=table["band"] >= self.goal)

    @cached_property
    def distribution(self) -> pd.DataFrame:
        """How many units are in each band: ``node, n`` and a column a band, then ``share`` at the goal or above (per cent)."""
        counts = pd.crosstab(self.bands["node"], self.bands["band"]).reindex(
            index=self.nodes, columns=self.framework.bands.ids, fill_value=0
        )
        reached = self.bands.groupby("node")["reached"].mean().reindex(self.nodes)
        return counts.assign(n=counts.sum(axis=1), share=100 * reached).rename_axis(columns=None).reset_index()

    def by(self, kind: str) -> pd.DataFrame:
        """The goal by region or income: ``node, group, n, reached, share`` (per cent), groups and nodes in their order."""
        known = self.bands.assign(group=self.bands["unit"].map(self.kinds[GROUPS[kind]]))
        table = known.groupby(["node", "group"], observed=True)["reached"].agg(n="size", reached="sum").reset_index()
        table["group"] = pd.Categorical(table["group"], self.kinds[GROUPS[kind]].cat.categories, ordered=True)
        table["node"] = pd.Categorical(table["node"], self.nodes, ordered=True)
        return table.assign(share=100 * table["reached"] / table["n"]).sort_values(["node", "group"], ignore_index=True)

    @cached_property
    def measures(self) -> pd.DataFrame:
        """How common each measure is, the rarest first: ``practice, n, having, share, lower, upper`` (per cent, Wilson)."""
        return _counted(self.evidence.held, ["practice"]).sort_values("share", kind="stable", ignore_index=True)

    def domain_of(self, measure: str) -> str:
        """The domain of an item; a domain is its own."""
        node = measure
        while node not in self.framework.domains:
            node = self.framework.parents[node]
        return node

    @property
    def spread(self) -> tuple[int, int]:
        """The first and the last year that are compared."""
        return self.evidence.years[0], self.evidence.years[-1]

    @cached_property
    def change(self) -> pd.DataFrame:
        """Each measure in the units that have it known in the first and the last year, the largest rise first:
        ``practice, n, start, end, change, adopted, dropped`` (shares in per cent)."""
        first, last = self.spread
        wide = (
            self.evidence.held_ever.dropna(subset="has")
            .astype({"has": bool})
            .pivot(index=["practice", "unit"], columns="year", values="has")
        )
        if first == last or not {first, last} <= set(wide.columns):
            return pd.DataFrame(columns=["practice", "n", "start", "end", "change", "adopted", "dropped"])
        both = wide[[first, last]].dropna().astype(bool).set_axis(["start", "end"], axis=1)
        both = both.assign(adopted=both["end"] & ~both["start"], dropped=both["start"] & ~both["end"], n=True)
        table = both.groupby("practice").sum()
        table[["start", "end"]] = table[["start", "end"]].mul(100).div(table["n"], axis=0)
        table = table.assign(change=table["end"] - table["start"]).reset_index()
        return table.sort_values("change", ascending=False, kind="stable", ignore_index=True)

    @cached_property
    def panel(self) -> int:
        """How many units have figures of the first and the last year."""
        first, last = self.spread
        years = self.evidence.figures.groupby("unit")["year"].agg(set)
        return int(years.map({first, last}.issubset).sum()) if first != last else 0

    @cached_property
    def regions(self) -> pd.DataFrame:
        """Each region's strongest and weakest domain: ``group, n, share`` (overall) ``, best, best_share, worst, worst_share``."""
        table = self.by("region")
        rows = []
        for group, rest in table.groupby("group", observed=True):
            whole, domains = rest[rest["node"] == OVERALL], rest[rest["node"] != OVERALL].sort_values("share", kind="stable")
            low, high = domains.iloc[0], domains.iloc[-1]
            share = whole["share"].iloc[0] if len(whole) else float("nan")
            rows.append((group, int(rest["n"].max()), share, high["node"], high["share"], low["node"], low["share"]))
        return pd.DataFrame(rows, columns=["group", "n", "share", "best", "best_share", "worst", "worst_share"])


def _counted(held: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    known = held.dropna(subset="has").astype({"has": bool})
    table = known.groupby(by)["has"].agg(n="size", having="sum").reset_index()
    lower, upper = proportion_confint(table["having"], table["n"], method="wilson")
    return table.assign(share=100 * table["having"] / table["n"], lower=100 * lower, upper=100 * upper)


def read_insights(framework: str = "", answers: str = "", area: str = "world", year: str = "latest", levels: str = "") -> Insights:
    """The case from the published levels of 10.7.2 or from item answers. Raises InputError where no unit has a band."""
    case = Insights(read_evidence(framework, answers, area=area, year=year, levels=levels))
    if case.bands.empty:
        raise InputError("No unit has a band in this area and year: there is nothing to tell.")
    return case
