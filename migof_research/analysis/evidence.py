"""The case of good practices: one framework's figures in one area, every practice on rest-scores, and one reader's peers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import pandas as pd

from migof_research.analysis import benchmark, expected, practices, transitions
from migof_research.analysis import peers as likeness
from migof_research.analysis.association import Adjustment
from migof_research.analysis.shares import MEETS
from migof_research.errors import InputError
from migof_research.frameworks import OVERALL, Framework, load
from migof_research.indicators import sdg_10_7_2, units
from migof_research.indicators.sources import open_answers
from migof_research.scoring import band_scores, scores_from_answers, scores_from_levels
from migof_research.scoring.levels import contradictions

ALL = "all"  # the unit of the report on all domains
MOST = 12  # practices listed in it
WITHIN = {"region": "sdg_region", "income": "income"}


@dataclass(frozen=True)
class Evidence:
    """``figures`` are the levels or the answers of all units of the area in all years; practices are domains or items."""

    framework: Framework
    from_levels: bool
    figures: pd.DataFrame
    domain: str
    area: int
    asked: str
    within: str
    adjust: Adjustment
    unit: str  # the reader's country, or empty
    asked_peers: str
    peers: tuple[str, ...]
    contradicting: tuple[str, ...]

    @property
    def peer_group(self) -> str:
        return benchmark.peer_group(self.asked_peers)

    @cached_property
    def now(self) -> pd.DataFrame:
        """One year a unit: its latest, or the year asked for."""
        return sdg_10_7_2.latest(self.figures) if self.asked == "latest" else self.figures[self.figures["year"] == int(self.asked)]

    @cached_property
    def units(self) -> list[str]:
        return sorted(self.now["unit"].unique())

    @cached_property
    def years(self) -> list[int]:
        return sorted(self.figures["year"].unique().tolist())

    @cached_property
    def shown(self) -> list[str]:
        """The practices that the report is about: of its domain, or all."""
        if self.from_levels:
            return self.framework.domains if self.domain == ALL else [self.domain]
        return [item.id for item in (self.framework.items() if self.domain == ALL else self.framework.node(self.domain).all_items())]

    @cached_property
    def listed(self) -> list[str]:
        """The practices that tables list: all of a domain, of all domains the twelve with the largest differences."""
        ordered = [*self.found.loc[self.found["practice"].isin(self.shown), "practice"]]
        return (ordered + [id for id in self.shown if id not in ordered])[: MOST if self.domain == ALL else None]

    @property
    def last(self) -> int:
        """The year of the figures, or of the latest."""
        return int(self.now["year"].max())

    @property
    def node(self) -> str:
        return OVERALL if self.domain == ALL else self.domain

    @cached_property
    def held_ever(self) -> pd.DataFrame:
        """Who has which practice in every year."""
        if self.from_levels:
            return practices.held_from_levels(self.figures, self.framework, self.framework.bands.ids[MEETS - 1])
        return practices.held_from_answers(self.figures, self.framework)

    @cached_property
    def held(self) -> pd.DataFrame:
        return self.held_ever.merge(self.now[["unit", "year"]].drop_duplicates(), on=["unit", "year"])

    def rest(self, naive: bool = False) -> pd.DataFrame:
        made = practices.rest_from_levels if self.from_levels else practices.rest_from_answers
        return made(self.now, self.framework, naive)

    @cached_property
    def cut(self) -> float:
        """Where the top begins, on the rest-score."""
        return practices.top_cut(self.rest(), self.framework)

    @property
    def top(self) -> str | None:
        """The band that begins at the cut; None where the cut is the median."""
        return next((band.id for band in self.framework.bands.bands if float(band.from_) == self.cut), None)

    @cached_property
    def strata(self) -> str:
        """What the odds ratio is stratified by: as asked, but income where all units lie in one region."""
        regions = units.units().query("unit in @self.units")["sdg_region"].nunique()
        return "income" if regions <= 1 else self.within

    @cached_property
    def found(self) -> pd.DataFrame:
        """Every practice, the largest difference first, see `migof_research.analysis.practices.contrast`."""
        strata = units.units().set_index("unit")[WITHIN[self.strata]]
        return practices.contrast(self.held, self.rest(), self.cut, strata, self.adjust)

    @cached_property
    def found_listed(self) -> pd.DataFrame:
        """The findings of the listed practices; of published levels those of all domains, each the others' measure."""
        return self.found if self.from_levels else self.found[self.found["practice"].isin(self.listed)].reset_index(drop=True)

    @property
    def typical(self) -> float:
        """The median difference of all practices of the framework."""
        return float(self.found["risk_difference"].median())

    @cached_property
    def naive(self) -> pd.DataFrame:
        """The circular test on the same practices, to show what difference it makes."""
        table = practices.contrast(self.held, self.rest(naive=True), self.cut, how=self.adjust)
        return table[table["practice"].isin(self.found_listed["practice"])].reset_index(drop=True)

    @cached_property
    def prevalence(self) -> pd.DataFrame:
        table = practices.prevalence(self.held, self.rest(), self.framework)
        return table[table["practice"].isin(self.listed)].reset_index(drop=True)

    @cached_property
    def changes(self) -> pd.DataFrame:
        """Practices adopted and dropped, see `migof_research.analysis.transitions.adopted_and_dropped`."""
        table = transitions.adopted_and_dropped(self.held_ever)
        return table[table["practice"].isin(self.shown)].reset_index(drop=True)

    @cached_property
    def scores_ever(self) -> pd.DataFrame:
        """Scores by the framework's rule where it gives one, else their bounds."""
        scores = (scores_from_levels if self.from_levels else scores_from_answers)(self.figures, self.framework)
        if self.from_levels:
            return scores
        return scores.assign(lower=scores["score"].fillna(scores["lower"]), upper=scores["score"].fillna(scores["upper"]))

    @cached_property
    def bands_ever(self) -> pd.DataFrame:
        return band_scores(self.scores_ever, self.framework)

    @cached_property
    def transitions(self) -> pd.DataFrame:
        """Moves from the first to the last year, in the domain or overall, see `migof_research.analysis.transitions`."""
        return transitions.transitions(self.bands_ever, self.years[0], self.years[-1], self.node)

    @cached_property
    def over_performers(self) -> pd.DataFrame:
        """Score in the domain, or overall, beside what region and income predict, see `migof_research.analysis.expected`."""
        scores = self.scores_ever[self.scores_ever["node"] == self.node].merge(self.now[["unit", "year"]].drop_duplicates())
        return expected.expected(scores, likeness.context(units.units(), ("sdg_region", "income")))

    @cached_property
    def movers(self) -> pd.DataFrame:
        """Units that rose where the reader's country lags behind its peers, in the report's domain or all."""
        lags = transitions.lagging(sdg_10_7_2.latest(self.bands_ever), self.unit, self.peers)
        lags = lags[[node for node in lags.index if node in self.framework.domains and self.domain in (ALL, node)]]
        return transitions.recent_movers(self.bands_ever, lags)

    @cached_property
    def alike(self) -> pd.DataFrame:
        """The nearest units one band higher, and peers that were chosen by nearness: ``peer, distance, band, higher``."""
        bands = sdg_10_7_2.latest(self.bands_ever).query("unit in @self.units or unit == @self.unit")
        chosen = self.peer_group == benchmark.NEAREST
        distances, k = likeness.nearness(self.asked_peers if chosen else benchmark.NEAREST, [*self.units, self.unit])
        above = likeness.aspirational(distances, bands, self.unit, node=self.node).assign(higher=True)
        near = likeness.nearest(distances, self.unit, k if chosen else 0, self.units).assign(higher=False)
        band = bands[bands["node"] == self.node].set_index("unit")["band"]
        table = pd.concat([above.drop(columns="band"), near], ignore_index=True)
        return table.assign(band=pd.Categorical(table["peer"].map(band.astype(object)), dtype=band.dtype))

    @cached_property
    def strengths_and_gaps(self) -> pd.DataFrame:
        """The reader's country beside its peers, see `migof_research.analysis.peers.strengths_and_gaps`."""
        table = likeness.strengths_and_gaps(self.held, self.unit, self.peers)
        return table[table["practice"].isin(self.shown)].reset_index(drop=True)


def read_evidence(
    framework: str = "", answers: str = "", domain: str = ALL, area: str = "world", year: str = "latest", country: str = "",
    peers: str = "region", within: str = "region", adjust: str = "bh", levels: str = "",
) -> Evidence:  # fmt: skip
    """The case from the published levels of 10.7.2, or from item answers of any framework (`open_answers`).

    ``domain`` is ``all`` or a domain's code; ``area`` is world, an M49 code or an area's name; ``country`` the reader's own, or
    empty. Raises InputError with every parameter that does not fit.
    """
    if answers:
        figures, chosen, odd = *open_answers(answers, framework), ()
    elif framework not in ("", sdg_10_7_2.FRAMEWORK):
        raise InputError(f"No published levels of {framework}: name a file of item answers by the parameter answers.")
    else:
        figures, chosen = sdg_10_7_2.levels(levels or None), load(sdg_10_7_2.FRAMEWORK)
        table = contradictions(figures, chosen)
        keys = pd.MultiIndex.from_frame(figures[["unit", "year"]])
        figures, odd = figures[~keys.isin(pd.MultiIndex.from_frame(table[["unit", "year"]]))], tuple(table["problem"])
    _ = chosen.bands  # InputError where there are none
    m49 = _area(area)
    inside = units.membership().query("m49 == @m49")["unit"]
    figures = figures[figures["unit"].str[:3].isin(inside)] if m49 != 1 else figures
    problems = [*_problems(figures, chosen, domain, year, within, adjust)]
    unit = units.find(country) if country else ""
    if problems:
        raise InputError(problems)
    case = Evidence(chosen, not answers, figures, domain, m49, str(year), within, cast(Adjustment, adjust), unit, peers, (), odd)
    return replace(case, peers=tuple(benchmark.peers(unit, peers, case.units))) if unit else case


def _problems(figures: pd.DataFrame, framework: Framework, domain: str, year: str, within: str, adjust: str) -> Iterator[str]:
    if domain not in (ALL, *framework.domains):
        yield f"{framework.id} has no domain {domain!r}: choose {ALL} or one of {', '.join(framework.domains)}."
    years = sorted(map(str, figures["year"].unique()))
    if str(year) not in ("latest", *years):
        yield f"There are no figures for {year} in this area: year is latest or one of {', '.join(years)}."
    for name, value, allowed in (("within", within, tuple(WITHIN)), ("adjust", adjust, ("bh", "by"))):
        if value not in allowed:
            yield f"{name} is {' or '.join(allowed)}, not {value!r}."


def _area(text: str) -> int:
    table = units.areas()
    names = {str(name).casefold(): m49 for column in ("name_en", "name_fr", "name_es") for m49, name in table[["m49", column]].values}
    named = names | {str(m49): m49 for m49 in table["m49"]} | {"world": 1}
    found = named.get(str(text).strip().casefold().lstrip("0"))
    if found is None:
        raise InputError(f"There is no area {text!r}: give world, an M49 code such as 202, or a name such as Sub-Saharan Africa.")
    return int(found)
