"""The case of robustness: all units of an area scored again under other choices, and one of them looked at closely."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from migof_research.analysis import benefit, rank_range, removal, sensitivity, states
from migof_research.analysis.choices import Choices, Draws, draw
from migof_research.analysis.evidence import Evidence, read_evidence
from migof_research.errors import InputError
from migof_research.frameworks import Framework
from migof_research.frameworks.model import Aggregation, MissingRule
from migof_research.indicators import units

FIRM, OPEN = 0.05, 0.5  # the band changes in at most so many draws; and in at least so many
MOST = 2.0  # own weights: from half to twice the usual
MEANS: tuple[Aggregation, ...] = ("mean", "geometric", "harmonic", "minimum")


@dataclass(frozen=True)
class Robustness:
    """``evidence`` holds the figures, one year a unit in ``now``; ``unit`` is the one looked at closely, or empty."""

    evidence: Evidence
    choices: Choices
    draws: Draws
    unit: str

    @property
    def framework(self) -> Framework:
        return self.evidence.framework

    @property
    def now(self) -> pd.DataFrame:
        return self.evidence.now

    @cached_property
    def _found(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return sensitivity.sensitivity(self.now, self.framework, self.draws)

    @property
    def indices(self) -> pd.DataFrame:
        """See `migof_research.analysis.sensitivity.sensitivity`."""
        return self._found[0]

    @property
    def results(self) -> pd.DataFrame:
        """See `migof_research.analysis.sensitivity.sensitivity`."""
        return self._found[1]

    @cached_property
    def by_band(self) -> pd.DataFrame:
        """How firm the units of each band are: ``band, n, firm, open, median`` (median share of draws in another band)."""
        grouped = self.results.groupby("band")["changed"]
        table = grouped.agg(n="size", firm=lambda x: (x <= FIRM).sum(), open=lambda x: (x >= OPEN).sum(), median="median")
        return table.reindex([band for band in self.framework.bands.ids if band in table.index]).reset_index()

    @cached_property
    def largest(self) -> pd.Series:
        """For each unit whose band changes, the choice with the largest total index."""
        changed = self.indices[self.indices["outcome"] == "changed"].dropna(subset="total")
        return changed.sort_values("total", kind="stable").groupby("unit")["choice"].last()

    @cached_property
    def deciding(self) -> pd.DataFrame:
        """What each choice does over all units, the most decisive first: ``choice, alone, score, changed, low, high, largest, n``.

        Medians over the units of the first and total index of the score and of the total index of whether the band changes
        (its middle half lies from ``low`` to ``high``); in how many of ``n`` units with a changing band it is the largest.
        """
        by = self.indices.set_index(["outcome", "choice"])
        changed = by.loc["changed", "total"].groupby("choice")
        table = pd.DataFrame(
            {
                "alone": by.loc["score", "first"].groupby("choice").median(),
                "score": by.loc["score", "total"].groupby("choice").median(),
                "changed": changed.median(),
                "low": changed.quantile(0.25),
                "high": changed.quantile(0.75),
                "largest": self.largest.value_counts(),
            }
        ).loc[list(self.draws.names)]
        table = table.fillna({"largest": 0}).astype({"largest": int}).assign(n=len(self.largest))
        return table.sort_values("changed", ascending=False, kind="stable").rename_axis("choice").reset_index()

    @cached_property
    def removed(self) -> pd.DataFrame:
        """How many units each domain moves when it is left out, see `migof_research.analysis.removal.counted`."""
        return removal.counted(removal.removals(self.now, self.framework))

    @cached_property
    def removed_items(self) -> pd.DataFrame:
        """The same for each item that moves any unit; empty where only levels are published."""
        if self.evidence.from_levels:
            return self.removed.iloc[:0]
        table = removal.counted(removal.removals(self.now, self.framework, "items"))
        return table[table["no change"] < table["n"]].sort_values("no change", kind="stable", ignore_index=True)

    @cached_property
    def own_weights(self) -> pd.DataFrame:
        """See `migof_research.analysis.benefit.bands_by_own_weights`."""
        return benefit.bands_by_own_weights(self.now, self.framework, MOST)

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """On request only, see `migof_research.analysis.rank_range.rank_range`."""
        runs = sensitivity.Runs(self.draws)
        found = {s.unit: runs.scores(s)[: 2 * self.draws.n] for s in states.states_of(self.now, self.framework, self.draws) if s.band >= 0}
        return rank_range.rank_range(pd.DataFrame(found).T.round(12))


def read_robustness(
    framework: str = "", answers: str = "", area: str = "world", year: str = "latest", country: str = "", levels: str = "",
    *, draws: int = 256, seed: int = 1072, weights: float = 0.3, aggregation: str = "mean,geometric", wrong: float = 0.02,
    cuts: float = 2.0,
) -> Robustness:  # fmt: skip
    """The case from the published levels of 10.7.2 or from item answers; the parameters of `migof_research.analysis.choices.Choices`.

    Raises InputError with every parameter that does not fit.
    """
    means = tuple(part.strip() for part in aggregation.split(",") if part.strip())
    problems = [f"aggregation: {how!r} is none of {', '.join(MEANS)}." for how in means if how not in MEANS]
    for name, value, most in (("weights", weights, 1), ("wrong", wrong, 0.5), ("cuts", cuts, 20)):
        if not 0 <= value <= most:
            problems.append(f"{name} lies between 0 and {most}, not {value}.")
    if problems:
        raise InputError(problems)
    evidence = read_evidence(framework, answers, area=area, year=year, levels=levels)
    choices = Choices(weights, _means(means), _rules(evidence), wrong, cuts)
    drawn = draw(choices, evidence.framework, draws, seed, published_levels=evidence.from_levels)
    unit = country if country in evidence.units else units.find(country) if country else ""
    if unit and unit not in evidence.units:
        raise InputError(f"There are no figures for {units.name(unit)} ({unit}) in this area and year.")
    return Robustness(evidence, choices, drawn, unit)


def _means(given: tuple[str, ...]) -> tuple[Aggregation, ...]:
    return tuple(how for how in MEANS if how in given)


def _rules(evidence: Evidence) -> tuple[MissingRule, ...]:
    """The missing rule is a choice only where something is missing."""
    missing = not evidence.from_levels and (~evidence.now["missing"].isin(["none", "not_applicable"])).any()
    return ("zero", "available") if missing else ()
