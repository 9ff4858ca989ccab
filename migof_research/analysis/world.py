"""The global indicator's case: shares of all areas on all bases, the areas to show, the change of the world's share."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from migof_research import paths
from migof_research.analysis import shares
from migof_research.analysis.answered import levels_from_answers
from migof_research.analysis.country import figures
from migof_research.errors import InputError
from migof_research.frameworks import Framework, load
from migof_research.indicators import sdg_10_7_2, units

BASES = ("latest", "round", "panel")
AREAS = {"sdg": ["world", "sdg_region"], "m49": ["world", "region", "subregion"], "groups": ["world", "group"]}


@dataclass(frozen=True)
class World:
    """The levels of all countries, the basis shown first and the M49 codes of the areas shown."""

    framework: Framework
    levels: pd.DataFrame
    bands: pd.DataFrame
    basis: str
    areas: tuple[int, ...]
    contradicting: tuple[str, ...]

    @cached_property
    def years(self) -> list[int]:
        return sorted(self.levels["year"].unique().tolist())

    @cached_property
    def _shares(self) -> dict[str, pd.DataFrame]:
        """By language, computed once: nearly every sentence and table of the report asks for them."""
        return {}

    def shares(self, lang: str = "en") -> pd.DataFrame:
        """Every area, basis, year and node, see `migof_research.analysis.shares.shares`."""
        if lang not in self._shares:
            self._shares[lang] = shares.shares(self.levels, lang)
        return self._shares[lang].copy()

    def shown(self, lang: str = "en") -> pd.DataFrame:
        """The shares of the areas shown, in their order."""
        table = self.shares(lang)
        order = {m49: place for place, m49 in enumerate(self.areas)}
        table = table[table["m49"].isin(order)]
        return table.sort_values("m49", key=lambda codes: codes.map(order), kind="stable", ignore_index=True)

    def on_basis(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of the basis shown first, in its last year."""
        return table[(table["basis"] == self.basis) & (table["year"] == self.years[-1])]

    @cached_property
    def bands_shown(self) -> pd.DataFrame:
        """The bands of the countries that the basis counts, each with its own year."""
        if self.basis == "latest":
            return sdg_10_7_2.latest(self.bands)
        last = self.bands[self.bands["year"] == self.years[-1]]
        return last[last["unit"].isin(self.panel)] if self.basis == "panel" else last

    @cached_property
    def panel(self) -> list[str]:
        """The countries that answered every round."""
        rounds = self.levels.groupby("unit")["year"].nunique()
        return rounds.index[rounds == len(self.years)].tolist()

    @cached_property
    def change(self) -> pd.DataFrame:
        """The change of the world's share and its parts, see `migof_research.analysis.shares.change`."""
        return shares.change(self.levels)

    @cached_property
    def moves(self) -> pd.Series:
        """How many countries of the panel went up, stayed and went down overall, from the first to the last round."""
        whole = self.levels[(self.levels["node"] == "overall") & self.levels["unit"].isin(self.panel)]
        level = whole.pivot(index="unit", columns="year", values="level")
        step = level[self.years[-1]] - level[self.years[0]]
        return pd.Series({"up": (step > 0).sum(), "same": (step == 0).sum(), "down": (step < 0).sum()})


def read_world(basis: str = "latest", areas: str = "sdg", levels: str = "", answers: str = "") -> World:
    """The case from the published levels, a table of levels of one's own, or the answers of many countries.

    ``basis`` is latest, round or panel; ``areas`` is sdg, m49, groups, or M49 codes with commas. Raises InputError for
    what is none of these.
    """
    problems = [] if basis in BASES else [f"There is no basis {basis!r}: choose one of {', '.join(BASES)}."]
    path = Path(levels) if levels else paths.raw() / "sdg_10_7_2.csv"
    try:
        chosen = _areas(areas)
    except InputError as error:
        problems += error.problems
    if levels and answers:
        problems.append("Both levels and answers are given: choose one.")
    if problems:
        raise InputError(problems)
    if answers:
        return World(load(sdg_10_7_2.FRAMEWORK), *levels_from_answers(answers), basis, tuple(chosen), ())
    table, _scores, bands, odd = figures(path, path.stat().st_mtime_ns if path.is_file() else 0)
    return World(load(sdg_10_7_2.FRAMEWORK), table, bands, basis, tuple(chosen), tuple(odd["problem"]))


def _areas(text: str) -> list[int]:
    table = units.areas()
    if text in AREAS:
        return table.loc[table["kind"].isin(AREAS[text]), "m49"].tolist()
    codes = [part for part in re.split(r"[,;\s]+", str(text)) if part]
    known = set(table["m49"].astype(str))
    if unknown := [code for code in codes if code.lstrip("0") not in known]:
        choice = f"choose one of {', '.join(AREAS)}, or M49 codes such as 202,419"
        raise InputError([f"There is no area {code!r} in M49: {choice}." for code in unknown])
    if not codes:
        raise InputError(f"No area is named: choose one of {', '.join(AREAS)}, or M49 codes such as 202,419.")
    return [int(code) for code in codes]
