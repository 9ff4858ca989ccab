"""The case of coherence: do the items, or the domains where only levels are published, hang together?"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from migof_research.analysis import adoption, dimensions, reliability
from migof_research.analysis.evidence import Evidence, read_evidence
from migof_research.analysis.polychoric import polychoric
from migof_research.frameworks import OVERALL, Framework
from migof_research.scoring import arrays

LEAST = 10  # fewer units with all answers: no parallel analysis
KNOWN = 0.5  # an item that fewer units than this share have answered is left out
Z = 1.96


@dataclass(frozen=True)
class Coherence:
    """``evidence`` holds the figures, one year a unit in ``now``. An item is an item, or a domain's level."""

    evidence: Evidence

    @property
    def framework(self) -> Framework:
        return self.evidence.framework

    @cached_property
    def asked(self) -> pd.DataFrame:
        """The values of all items, a row a unit: levels 1 to 4, or 0 to 1 with NaN where there is no answer."""
        if self.evidence.from_levels:
            levels = self.evidence.now[self.evidence.now["node"] != OVERALL]
            return levels.pivot(index="unit", columns="node", values="level")[self.framework.domains].astype(float)
        table = arrays.value_table(self.evidence.now, self.framework.model_copy(update={"missing": "available"}))
        return table.droplevel("year")

    @cached_property
    def values(self) -> pd.DataFrame:
        """The items that say something: answered by half of the units at least, and not by all alike; units with any of them."""
        known = self.asked.loc[:, self.asked.notna().mean() >= KNOWN]
        return reliability.varying(known).dropna(how="all")

    @property
    def left_out(self) -> list[str]:
        return [item for item in self.asked if item not in self.values]

    @cached_property
    def yes_no(self) -> bool:
        """Whether every item has two values, so that alpha is KR-20."""
        return bool((self.values.nunique() == 2).all())

    @cached_property
    def domain_of(self) -> pd.Series:
        """The domain of each item."""
        if self.evidence.from_levels:
            return pd.Series(self.framework.domains, index=self.framework.domains)
        return pd.Series({item.id: node.id for node in self.framework.nodes for item in node.all_items()})

    @cached_property
    def correlations(self) -> pd.DataFrame:
        """The polychoric correlations of the items."""
        return polychoric(self.values)

    @cached_property
    def sets(self) -> pd.DataFrame:
        """How well the whole and each domain of three items or more hang together: ``node, items, n, alpha, lower, upper,
        ordinal_alpha, omega, ordinal_omega``."""
        domains = {d: [item for item in self.values if self.domain_of[item] == d] for d in self.framework.domains}
        sets = {OVERALL: list(self.values)} | {d: items for d, items in domains.items() if len(items) > 2}
        rows = []
        for node, items in sets.items():
            values, ordinal = self.values[items], self.correlations.loc[items, items].to_numpy()
            whole = reliability.alpha(values.cov().to_numpy()), *reliability.alpha_interval(values)
            omega = reliability.omega(values.corr().to_numpy())
            rows.append((node, len(items), len(values), *whole, reliability.alpha(ordinal), omega, reliability.omega(ordinal)))
        names = ["node", "items", "n", "alpha", "lower", "upper", "ordinal_alpha", "omega", "ordinal_omega"]
        return pd.DataFrame(rows, columns=names)

    @cached_property
    def items(self) -> pd.DataFrame:
        """Each item's part, from the one that goes least with the rest, with the 95 % interval of that correlation (Fisher):
        `migof_research.analysis.reliability.items` and ``domain, lower, upper``."""
        table = reliability.items(self.values)
        z, half = np.arctanh(table["item_rest"].clip(-0.9999, 0.9999)), Z / np.sqrt((table["n"] - 3).clip(lower=1))
        table = table.assign(lower=np.tanh(z - half), upper=np.tanh(z + half), domain=table["item"].map(self.domain_of))
        return table.sort_values("item_rest", kind="stable", ignore_index=True)

    @cached_property
    def placement(self) -> pd.DataFrame:
        """See `migof_research.analysis.dimensions.placement`; empty where each domain is one value."""
        return dimensions.placement(self.values, self.domain_of)

    @cached_property
    def parallel(self) -> pd.DataFrame:
        """See `migof_research.analysis.dimensions.parallel`; empty where fewer than ten units have answered everything."""
        complete = self.complete
        return dimensions.parallel(complete) if len(complete) >= LEAST and complete.shape[1] > 2 else pd.DataFrame()

    @cached_property
    def complete(self) -> pd.DataFrame:
        """The units with all answers, and the items that vary among them."""
        return reliability.varying(self.values.dropna())

    @cached_property
    def between(self) -> pd.DataFrame:
        """How the domains go with one another: polychoric of levels, else Pearson's of the means of their items."""
        if self.evidence.from_levels:
            return self.correlations
        means = self.values.T.groupby(self.domain_of).mean().T
        return means[[d for d in self.framework.domains if d in means]].corr()

    @cached_property
    def adopted(self) -> pd.DataFrame:
        """1 where an item is at its best answer, or a domain at the level that meets; for the ladder."""
        held = self.evidence.held.pivot(index="unit", columns="practice", values="has")
        return held.astype(float)[list(self.values)]

    @cached_property
    def ladder(self) -> pd.DataFrame:
        """See `migof_research.analysis.adoption.ladder`; with Rasch ``difficulty`` where there are five units to an item."""
        table = adoption.ladder(self.adopted)
        steps = self.adopted[table["item"]]
        if len(steps.dropna()) < 5 * len(table):
            return table
        return table.merge(adoption.difficulties(steps)[["item", "difficulty"]], on="item")

    @cached_property
    def scalability(self) -> float:
        """Loevinger's H of the whole."""
        return adoption.scalability(self.adopted)


def read_coherence(framework: str = "", answers: str = "", area: str = "world", year: str = "latest", levels: str = "") -> Coherence:
    """The case from the published levels of 10.7.2 or from item answers."""
    return Coherence(read_evidence(framework, answers, area=area, year=year, levels=levels))
