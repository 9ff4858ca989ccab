"""One country's case: its scores and bands, its peers, and what the comparison is made of."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from migof_research import paths
from migof_research.analysis import benchmark, firmness, progress, transitions
from migof_research.errors import InputError
from migof_research.frameworks import OVERALL, Framework, load
from migof_research.indicators import sdg_10_7_2, units
from migof_research.scoring import bands_from_levels, scores_from_levels
from migof_research.scoring.levels import contradictions


@dataclass(frozen=True)
class Country:
    """A country in SDG indicator 10.7.2, with the figures of all countries it is held against.

    ``scores`` and ``bands`` hold every country-year; ``scores_then`` and ``bands_then`` one year a country: the year asked
    for, or each one's latest. ``year`` is the country's own year among these, None where it did not answer.
    """

    unit: str
    framework: Framework
    year: int | None
    asked: str  # "latest" or a round's year
    peer_group: str
    peers: tuple[str, ...]
    levels: pd.DataFrame
    scores: pd.DataFrame
    bands: pd.DataFrame
    contradicting: tuple[str, ...]  # country-years left out because their levels contradict each other

    @property
    def answered(self) -> bool:
        return self.year is not None

    @cached_property
    def years(self) -> list[int]:
        """The years in which the country answered."""
        return sorted(self.levels.loc[self.levels["unit"] == self.unit, "year"].unique().tolist())

    def _then(self, table: pd.DataFrame) -> pd.DataFrame:
        return sdg_10_7_2.latest(table) if self.asked == "latest" else table[table["year"] == int(self.asked)]

    @cached_property
    def scores_then(self) -> pd.DataFrame:
        return self._then(self.scores)

    @cached_property
    def bands_then(self) -> pd.DataFrame:
        return self._then(self.bands)

    def own(self, table: pd.DataFrame, year: int | None = None) -> pd.DataFrame:
        """The country's rows of a table, in the year of the report or another, in the framework's order of nodes."""
        rows = table[(table["unit"] == self.unit) & (table["year"] == (year or self.year))]
        return self.in_order(rows)

    def of_peers(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[table["unit"].isin(self.peers)]

    def in_order(self, table: pd.DataFrame) -> pd.DataFrame:
        """The whole first, then the domains in the framework's order."""
        rank = {node: number for number, node in enumerate([OVERALL, *self.framework.domains])}
        return table.sort_values("node", key=lambda nodes: nodes.map(rank), kind="stable", ignore_index=True)

    @cached_property
    def benchmark(self) -> pd.DataFrame:
        """Where the country stands among its peers, see `migof_research.analysis.benchmark.benchmark`."""
        return self.in_order(benchmark.benchmark(self.scores_then, self.unit, self.peers))

    @cached_property
    def leaders(self) -> pd.DataFrame:
        """Peers in a higher band, by domain, see `migof_research.analysis.benchmark.leaders`."""
        found = benchmark.leaders(self.scores_then, self.bands_then, self.unit, self.peers)
        return self.in_order(found[found["node"] != OVERALL])

    @cached_property
    def progress(self) -> pd.DataFrame:
        """Change from the first to the last round it answered, see `migof_research.analysis.progress`."""
        return self.in_order(progress.progress(self.scores, self.bands, self.unit))

    @cached_property
    def firmness(self) -> pd.DataFrame:
        """The probability of each level under the named uncertainties, see `migof_research.analysis.firmness`."""
        return firmness.firmness(firmness.known_from_levels(self.own(self.levels), self.framework), self.framework)

    @cached_property
    def beyond_noise(self) -> pd.DataFrame:
        """How surely each score rose or fell, were answers wrong at a stated rate, see `transitions.beyond_noise`."""
        known = firmness.known_from_levels(self.levels[self.levels["unit"] == self.unit], self.framework)
        return transitions.beyond_noise(known, self.framework)

    @cached_property
    def movers(self) -> pd.DataFrame:
        """Countries that rose between rounds where this one lags behind its peers, see `transitions.recent_movers`."""
        lags = transitions.lagging(self.bands_then, self.unit, self.peers)
        return self.in_order(transitions.recent_movers(self.bands[self.bands["unit"] != self.unit], lags))

    @cached_property
    def nonresponse(self) -> dict[int, list[str] | None]:
        """By year, the nodes flagged for item non-response of 10 per cent or more; None where that is not known."""
        own = self.levels[self.levels["unit"] == self.unit]
        found: dict[int, list[str] | None] = {}
        for year, rows in own.groupby("year"):
            flagged = rows.loc[rows["item_nonresponse"].fillna(False), "node"].tolist()
            found[int(year)] = None if rows["item_nonresponse"].isna().all() else flagged
        return found


def read_country(country: str, year: str | int = "latest", peers: str = "region", levels: str = "") -> Country:
    """A country's case from the published levels, or from a table of levels of one's own.

    ``year`` is ``latest`` or a round's year; ``peers`` is described in `migof_research.analysis.benchmark.peers`. Raises
    InputError for a country or year that does not exist, and where the country's own levels contradict each other; other
    countries that do are left out and named in ``contradicting``.
    """
    unit, path = units.find(country), Path(levels) if levels else paths.raw() / "sdg_10_7_2.csv"
    framework = load(sdg_10_7_2.FRAMEWORK)
    table, scores, bands, odd = figures(path, path.stat().st_mtime_ns if path.is_file() else 0)
    if own := odd.loc[odd["unit"] == unit, "problem"].tolist():
        raise InputError([f"{path.name}: {problem}" for problem in own])
    rounds = sorted(table["year"].unique().tolist())
    asked = str(year)
    if asked != "latest" and asked not in map(str, rounds):
        raise InputError(f"There are no figures for {year}: year is latest or one of {', '.join(map(str, rounds))}.")
    answered = table.loc[table["unit"] == unit, "year"]
    answered = answered if asked == "latest" else answered[answered == int(asked)]
    available = (table if asked == "latest" else table[table["year"] == int(asked)])["unit"].unique()
    return Country(
        unit=unit,
        framework=framework,
        year=int(answered.max()) if len(answered) else None,
        asked=asked,
        peer_group=benchmark.peer_group(peers),
        peers=tuple(benchmark.peers(unit, peers, sorted(available))),
        levels=table,
        scores=scores,
        bands=bands,
        contradicting=tuple(odd["problem"]),
    )


@cache
def figures(path: Path, changed: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Levels, scores, bands and contradictions of all countries, computed once a process and version of the file."""
    framework, table = load(sdg_10_7_2.FRAMEWORK), sdg_10_7_2.levels(path)
    odd = contradictions(table, framework)
    keys = pd.MultiIndex.from_frame(table[["unit", "year"]])
    table = table[~keys.isin(pd.MultiIndex.from_frame(odd[["unit", "year"]]))]
    return table, scores_from_levels(table, framework), bands_from_levels(table, framework), odd
