"""What lies ahead of one unit with item answers: how firm its bands are, and the best ways to the next one."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from migof_research.analysis import firmness, pathways, practices, transitions
from migof_research.frameworks import Framework
from migof_research.indicators.sdg_10_7_2 import latest
from migof_research.scoring.answers import Values, item_tables, values_by_unit

ENOUGH = 5  # fewer other units say nothing about what is usual


@dataclass(frozen=True)
class Outlook:
    """``answers`` hold the unit's of this year; those of other units up to it tell which measures are usual."""

    answers: pd.DataFrame
    framework: Framework
    unit: str
    year: int
    earlier: int | None = None  # the year of the assessment to compare with

    @cached_property
    def own(self) -> pd.DataFrame:
        return self.answers[(self.answers["unit"] == self.unit) & (self.answers["year"] == self.year)]

    @cached_property
    def firmness(self) -> pd.DataFrame:
        """The probability of each band, see `migof_research.analysis.firmness`."""
        return firmness.firmness(firmness.known_from_answers(self.own, self.framework), self.framework)

    @cached_property
    def values(self) -> Values:
        return next(values for _key, values in values_by_unit(self.own, item_tables(self.framework)))

    @cached_property
    def task(self) -> pathways.Task | None:
        """What the next band takes, see `migof_research.analysis.pathways.task`; None in the top band or without a weighted sum."""
        return pathways.task(self.values, self.framework)

    @cached_property
    def others(self) -> pd.DataFrame:
        """What other units have in place, by their latest answers up to this year; empty where they are too few."""
        up_to_now = self.answers[(self.answers["unit"] != self.unit) & (self.answers["year"] <= self.year)]
        held = practices.held_from_answers(latest(up_to_now), self.framework)
        return held if held["unit"].nunique() >= ENOUGH else held.iloc[:0]

    @cached_property
    def paths(self) -> pd.DataFrame:
        """The best path of each kind, see `migof_research.analysis.pathways.paths`."""
        usual = pathways.usual_cost(self.others) if len(self.others) else None
        return pathways.paths(self.values, self.framework, usual=usual)

    @cached_property
    def beyond_noise(self) -> pd.DataFrame:
        """How surely each score rose or fell since the earlier assessment, on the items answered both times, see
        `migof_research.analysis.transitions.beyond_noise`; empty without one."""
        both = self.answers[self.answers["unit"] == self.unit]
        basket = transitions.comparable(both, self.earlier or self.year, self.year)
        known = {} if basket.empty else firmness.known_from_answers(basket, self.framework)
        return transitions.beyond_noise(known, self.framework)
