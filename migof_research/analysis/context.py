"""The case of context: who answers at all, what goes with higher bands, and what goes with rising."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import spearmanr
from statsmodels.stats.proportion import proportion_confint

from migof_research import files
from migof_research.analysis import ordered_logit, peers
from migof_research.analysis.evidence import Evidence, read_evidence
from migof_research.analysis.goal import goal
from migof_research.errors import InputError
from migof_research.frameworks import OVERALL, Framework
from migof_research.indicators import compiled, units
from migof_research.indicators.context import context as fetched

OF_UNITS = ("income", "ldc", "lldc", "sids", "developed")  # known for every country, from the units table
DEFAULT = "income,lldc,sids"
WEAK = 0.3  # a rank correlation below this is called weak


@dataclass(frozen=True)
class Context:
    """``evidence`` holds the figures; ``table`` the context variables, a row a unit of the world and a column a variable;
    ``covariates`` those of the model, at most four."""

    evidence: Evidence
    node: str
    table: pd.DataFrame
    covariates: tuple[str, ...]

    @property
    def framework(self) -> Framework:
        return self.evidence.framework

    @property
    def goal(self) -> str:
        return goal(self.framework)

    @cached_property
    def universe(self) -> list[str]:
        """All countries of the area, whether they answered or not."""
        members = units.membership()
        return sorted(members.loc[members["m49"] == self.evidence.area, "unit"])

    @cached_property
    def bands(self) -> pd.Series:
        """The band of each unit that has one, in the node looked at: an ordered categorical by unit."""
        now = self.evidence.bands_ever.merge(self.evidence.now[["unit", "year"]].drop_duplicates(), on=["unit", "year"])
        return now[now["node"] == self.node].set_index("unit")["band"].dropna()

    @cached_property
    def of_answering(self) -> pd.DataFrame:
        """The context of the units with a band; a city or region has its country's."""
        return self.table.reindex(self.bands.index.str[:3]).set_axis(self.bands.index)

    @cached_property
    def selection(self) -> pd.DataFrame:
        """Who answers: ``kind, group, universe, n, share, lower, upper`` (per cent, Wilson), by income, region and group of States."""
        known = _kinds().loc[self.universe]
        answered = pd.Series(known.index.isin(self.bands.index), index=known.index)
        parts = {"income": known["income"], "sdg_region": known["sdg_region"]}
        parts |= {name: known[name] for name in ("ldc", "lldc", "sids")}
        rows = [
            (kind, group, len(inside), int(inside.sum()))
            for kind, values in parts.items()
            for group, inside in answered.groupby(values, observed=True)
            if kind in ("income", "sdg_region") or group
        ]
        table = pd.DataFrame(rows, columns=["kind", "group", "universe", "n"])
        lower, upper = proportion_confint(table["n"], table["universe"], method="wilson")
        return table.assign(share=100 * table["n"] / table["universe"], lower=100 * lower, upper=100 * upper)

    @cached_property
    def answering(self) -> ordered_logit.Fitted | None:
        """A logit of answering on the covariates, over all countries of the area; None where it cannot be fitted."""
        answered = pd.Categorical(np.isin(self.universe, self.bands.index), [False, True], ordered=True)
        covariates = self.table.loc[self.universe, list(self.covariates)]
        return _fit(pd.Series(answered, index=self.universe), covariates)

    @cached_property
    def correlations(self) -> pd.DataFrame:
        """Each variable with the band, the strongest first: ``variable, n, rho, lower, upper`` (Spearman, 95 %)."""
        return rank_correlations(self.bands.cat.codes, self.of_answering)

    @cached_property
    def model_covariates(self) -> pd.DataFrame:
        return self.of_answering[list(self.covariates)]

    @cached_property
    def fitted(self) -> ordered_logit.Fitted | None:
        """The ordered logit of the band; None where it cannot be fitted, see `refused`."""
        return _fit(self.bands, self.model_covariates)

    @property
    def model(self) -> ordered_logit.Fitted:
        """The ordered logit; InputError with the reasons where there is none."""
        if self.fitted is None:
            raise InputError(self.refused)
        return self.fitted

    @cached_property
    def refused(self) -> list[str]:
        """Why there is no model."""
        try:
            ordered_logit.fit(self.bands, self.model_covariates)
        except InputError as error:
            return error.problems
        return []

    @cached_property
    def steps(self) -> pd.Series:
        """By how much each covariate rises for its effect to be told: a standard deviation, or 1 where it has few values."""
        spread = self.model_covariates.std()
        return spread.where(self.model_covariates.nunique() > 5, 1.0)

    @cached_property
    def effects(self) -> pd.DataFrame:
        """The effects on being at the goal or above: `migof_research.analysis.ordered_logit.marginal_effects` with odds ratio,
        Wald p and permutation p."""
        effects = ordered_logit.marginal_effects(self.model, self.steps)
        effects = effects[effects["band"] == self.goal].drop(columns="band")
        coefficients = self.model.coefficients.rename(columns={"lower": "or_lower", "upper": "or_upper"})
        chance = ordered_logit.permutation_p(self.bands, self.model_covariates).rename("permutation_p")
        return effects.merge(coefficients, on="variable").merge(chance, left_on="variable", right_index=True)

    @cached_property
    def check(self) -> ordered_logit.Check | None:
        """See `migof_research.analysis.ordered_logit.proportional_odds`."""
        return ordered_logit.proportional_odds(self.bands, self.model_covariates)

    @cached_property
    def by_group(self) -> pd.DataFrame:
        """Bands by income group and region: ``kind, group, n, reached, share, lower, upper`` (at the goal or above, Wilson)."""
        known = _kinds().reindex(self.bands.index.str[:3]).set_axis(self.bands.index)
        reached = self.bands >= self.goal
        rows = [
            (kind, group, len(inside), int(inside.sum()))
            for kind in ("income", "sdg_region")
            for group, inside in reached.groupby(known[kind], observed=True)
        ]
        table = pd.DataFrame(rows, columns=["kind", "group", "n", "reached"])
        lower, upper = proportion_confint(table["reached"], table["n"], method="wilson")
        return table.assign(share=100 * table["reached"] / table["n"], lower=100 * lower, upper=100 * upper)

    @cached_property
    def moved(self) -> pd.Series:
        """By how many bands each unit of the panel rose (or fell) from the first to the last year."""
        wide = self.evidence.bands_ever.query("node == @self.node").pivot(index="unit", columns="year", values="band")
        wide = wide[[self.evidence.years[0], self.evidence.years[-1]]].dropna()
        return wide.iloc[:, -1].cat.codes.astype(int) - wide.iloc[:, 0].cat.codes.astype(int)

    @cached_property
    def moves_by_income(self) -> pd.DataFrame:
        """The panel by income group: ``income, n, up, same, down``."""
        income = units.units().set_index("unit")["income"].reindex(self.moved.index.str[:3]).set_axis(self.moved.index)
        counted = pd.DataFrame({"up": self.moved > 0, "same": self.moved == 0, "down": self.moved < 0, "n": True})
        return counted.groupby(income, observed=True).sum().reset_index(names="income")[["income", "n", "up", "same", "down"]]

    @cached_property
    def change_correlations(self) -> pd.DataFrame:
        """Each variable with the number of bands risen, in the panel."""
        return rank_correlations(self.moved, self.table.reindex(self.moved.index.str[:3]).set_axis(self.moved.index))


def _kinds() -> pd.DataFrame:
    """The units table with its regions in the order of the areas table."""
    table = units.units().set_index("unit")
    order = [m49 for m49 in units.areas()["m49"] if m49 in set(table["sdg_region"])]
    return table.assign(sdg_region=pd.Categorical(table["sdg_region"], order, ordered=True))


def _fit(outcome: pd.Series, covariates: pd.DataFrame) -> ordered_logit.Fitted | None:
    try:
        return ordered_logit.fit(outcome, covariates)
    except InputError:
        return None


def rank_correlations(outcome: pd.Series, variables: pd.DataFrame) -> pd.DataFrame:
    """Spearman's correlation of each variable with an outcome, the strongest first: ``variable, n, rho, lower, upper``.

    95 % interval after Bonett & Wright (2000). Variables that do not vary, or that fewer than ten units have, have no row.
    """
    rows = []
    for variable, values in variables.items():
        both = pd.DataFrame({"x": values.astype(float), "y": outcome}).dropna()
        if len(both) < 10 or (both.nunique() < 2).any():
            continue
        rho = float(spearmanr(both["x"], both["y"]).statistic)
        half = 1.96 * np.sqrt((1 + rho**2 / 2) / (len(both) - 3))
        z = np.arctanh(np.clip(rho, -0.9999, 0.9999))
        rows.append((variable, len(both), rho, float(np.tanh(z - half)), float(np.tanh(z + half))))
    table = pd.DataFrame(rows, columns=["variable", "n", "rho", "lower", "upper"])
    return table.sort_values("rho", key=lambda rho: -rho.abs(), kind="stable", ignore_index=True)


def read_context(
    context: str = "", variables: str = DEFAULT, node: str = OVERALL, framework: str = "", answers: str = "", area: str = "world",
    year: str = "latest", levels: str = "",
) -> Context:  # fmt: skip
    """The case from published levels or item answers, with the context of the units table and of ``context``: a CSV with
    ``unit, year, variable, value``, or one with a row a country and year; without it, what `migof data fetch` has fetched.

    ``variables`` are the model's, at most four, with commas: ``log:gdp_per_head`` takes the logarithm. Raises InputError for
    what is none of these.
    """
    evidence = read_evidence(framework, answers, area=area, year=year, levels=levels)
    problems = []
    if node not in (OVERALL, *evidence.framework.domains):
        problems.append(
            f"{evidence.framework.id} has no domain {node!r}: choose {OVERALL} or one of {', '.join(evidence.framework.domains)}."
        )
    chosen = [name.strip() for name in variables.split(",") if name.strip()]
    if not 1 <= len(chosen) <= ordered_logit.MOST:
        problems.append(f"variables names one to {ordered_logit.MOST}, with commas, not {len(chosen)}.")
    if "region" in variables:
        problems.append("A region is a kind, not a number: it stands in the tables by region and cannot be one of variables.")
    if problems:
        raise InputError(problems)
    figures = own_figures(context)
    last = evidence.years[-1] if year == "latest" else int(year)
    offered = [name for name in dict.fromkeys(figures["variable"])] if len(figures) else []
    every = list(dict.fromkeys([*OF_UNITS, *chosen, *(name for name in offered if f"log:{name}" not in chosen)]))
    table = peers.context(units.units(), every, figures if len(figures) else None, last)
    return Context(evidence, node, _numbers(table), tuple(chosen))


def _numbers(table: pd.DataFrame) -> pd.DataFrame:
    """Income groups as steps from 0 to 3, groups of States as 0 and 1."""
    coded = {
        name: values.cat.codes.where(values.notna()) for name, values in table.items() if isinstance(values.dtype, pd.CategoricalDtype)
    }
    return table.assign(**coded).astype(float)


def own_figures(path: str) -> pd.DataFrame:
    """The context figures of a file of one's own, or those fetched where none is named: ``unit, year, variable, value``."""
    if not path:
        return fetched()
    table = files.read_csv(Path(path))
    if not {"unit", "year", "variable", "value"} <= set(table.columns):
        return compiled.read(Path(path)).table
    if problems := list(_faults(table, Path(path).name)):
        raise InputError(problems, f"{path}: {len(problems)} faults")
    return table.loc[table["value"] != "", ["unit", "year", "variable", "value"]].astype({"year": int, "value": float})


def _faults(table: pd.DataFrame, file: str) -> Iterator[str]:
    """What is wrong in each row, by the number a spreadsheet shows (the header is row 1)."""
    known = set(units.units()["unit"])
    allowed = {
        "unit": (known.__contains__, "an ISO 3166 alpha-3 code of one of the 197 countries"),
        "year": (re.compile(r"[12][0-9]{3}").fullmatch, "a year"),
        "variable": (re.compile(r"[A-Za-z][A-Za-z0-9_]*").fullmatch, "a name of letters, digits and _"),
        "value": (re.compile(r"(-?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?)?").fullmatch, "a number such as 12.5, or empty"),
    }
    for column, (fits, expected) in allowed.items():
        for row, text in table.loc[~table[column].map(fits).astype(bool), column].items():
            yield f"{file}, row {row + 2}, column {column}: {text!r} is not {expected}."
    keys = ["unit", "year", "variable"]
    for row, *key in table.loc[table.duplicated(keys), keys].itertuples():
        yield f"{file}, row {row + 2}: {' '.join(key)} is given twice."
