"""One unit's own assessment: what is in place, what could be developed further, and what changed since the earlier one.

As in the profiles of the Migration Governance Indicators, an area is well developed where the answer is the best one, and
has potential for further development where it is not. A missing answer is neither.
"""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from migof_research.analysis import progress, targets
from migof_research.analysis.mapped import mapped
from migof_research.errors import InputError
from migof_research.frameworks import OVERALL, Framework
from migof_research.indicators import answers as answer_table
from migof_research.indicators import words
from migof_research.indicators.sources import open_answers
from migof_research.scoring import bands_from_answers, scores_from_answers
from migof_research.scoring.answers import item_tables

VIEWS = ("migof", "sdg_10_7_2", "gcm", "sdg_targets")  # the frameworks that results are mapped to
MISSING_STATES = ("not_answered", "dont_know", "no_framework")


@dataclass(frozen=True)
class Assessment:
    """``answers`` are all those of the file; ``beside`` those of a second file with its framework, or None."""

    unit: str
    year: int
    earlier: int | None
    framework: Framework
    answers: pd.DataFrame
    set_targets: pd.DataFrame | None
    beside: tuple[pd.DataFrame, Framework] | None
    crosswalk: str | None

    @cached_property
    def items(self) -> pd.DataFrame:
        """This assessment's items, see `states`."""
        return states(_of(self.answers, self.unit, self.year), self.framework)

    @cached_property
    def scores(self) -> pd.DataFrame:
        return scores_from_answers(_of(self.answers, self.unit, self.year), self.framework)

    @cached_property
    def bands(self) -> pd.DataFrame:
        return bands_from_answers(_of(self.answers, self.unit, self.year), self.framework)

    @property
    def well_developed(self) -> pd.DataFrame:
        return self.items[self.items["state"] == "in_place"]

    @property
    def potential(self) -> pd.DataFrame:
        return self.items[self.items["state"].isin(["partial", "absent"])]

    @property
    def unknown(self) -> pd.DataFrame:
        return self.items[self.items["state"].isin(MISSING_STATES)]

    @cached_property
    def basket(self) -> pd.DataFrame:
        """The answers of both assessments to the items answered in both: what can be compared."""
        both = self.answers[(self.answers["unit"] == self.unit) & self.answers["year"].isin([self.year, self.earlier])]
        times = both[both["missing"] == "none"].groupby("item").size()
        kept = both["item"].isin(times.index[times == 2])
        return both.assign(missing=both["missing"].where(kept, "not_applicable"), answer=both["answer"].where(kept, ""))

    @cached_property
    def progress(self) -> pd.DataFrame:
        """Change of each node on the comparable basket, see `migof_research.analysis.progress`; empty without an earlier one."""
        if self.earlier is None or not (self.basket["missing"] == "none").any():
            return pd.DataFrame()
        scores = scores_from_answers(self.basket, self.framework).dropna(subset="lower")
        bands = bands_from_answers(self.basket, self.framework)
        keys = ["unit", "year", "framework", "node"]
        return progress.progress(scores, bands.merge(scores[keys], on=keys), self.unit)

    @cached_property
    def changed_items(self) -> pd.DataFrame:
        """Items whose value rose or fell on the comparable basket: ``item, node, answer_start, answer_end, change``."""
        if self.earlier is None:
            return pd.DataFrame(columns=["item", "node", "answer_start", "answer_end", "change"])
        then, now = (states(_of(self.basket, self.unit, year), self.framework) for year in (self.earlier, self.year))
        both = then[["item", "node", "answer", "value"]].merge(now[["item", "answer", "value"]], on="item", suffixes=("_start", "_end"))
        both["change"] = both["value_end"] - both["value_start"]
        return both[both["change"].fillna(0) != 0].drop(columns=["value_start", "value_end"]).reset_index(drop=True)

    def mapped(self, to: str) -> pd.DataFrame:
        """What is in place for each node of another framework, see `migof_research.analysis.mapped`."""
        return mapped(_applicable(self.items), self.framework, to, self.crosswalk)

    @property
    def views(self) -> list[str]:
        return [view for view in VIEWS if view != self.framework.id]

    @cached_property
    def side_by_side(self) -> pd.DataFrame:
        """The units of one country (national and local, from both files) by MiGOF element, each by its latest assessment
        up to this year: ``unit, year, framework, node, items, answered, in_place, lower, upper``."""
        country, parts = self.unit[:3], []
        for table, framework in [(self.answers, self.framework), *([self.beside] if self.beside else [])]:
            own = table[(table["unit"].str[:3] == country) & (table["year"] <= self.year)]
            for unit, year in own.groupby("unit")["year"].max().items():
                values = _applicable(states(_of(own, unit, year), framework))
                found = mapped(values, framework, "migof", self.crosswalk)
                parts.append(found.assign(unit=unit, year=year, framework=framework.id))
        columns = ["unit", "year", "framework", "node", "items", "answered", "in_place", "lower", "upper"]
        return pd.concat(parts, ignore_index=True)[columns]

    @cached_property
    def results(self) -> pd.DataFrame:
        """Baseline, measured, target and progress of the whole, the domains, and every item that has a target."""
        before = None if self.earlier is None else self._measured(self.earlier)
        return targets.results(self._measured(self.year), before, self._numeric_targets())

    def _measured(self, year: int) -> pd.DataFrame:
        rows = _of(self.answers, self.unit, year)
        scores = scores_from_answers(rows, self.framework)
        nodes = [OVERALL, *(node.id for node in self.framework.walk())]
        aimed = set() if self.set_targets is None else set(self.set_targets["node"])
        shown = [node for node in nodes if node in (OVERALL, *self.framework.domains) or node in aimed]
        scores = scores.assign(lower=scores["score"].fillna(scores["lower"]), upper=scores["score"].fillna(scores["upper"]))
        items = states(rows, self.framework)
        items = items[items["item"].isin(aimed)].assign(node=lambda t: t["item"])
        items = items.assign(lower=100 * items["value"].fillna(0), upper=100 * items["value"].fillna(1))
        both = pd.concat([scores[scores["node"].isin(shown)], items])
        return both[["node", "lower", "upper"]].dropna()

    def _numeric_targets(self) -> pd.DataFrame | None:
        if self.set_targets is None:
            return None
        tables, items = item_tables(self.framework), {item.id: item for item in self.framework.items()}

        def number(node: str, target: str) -> float:
            if node not in items:
                return float(target)
            code = words.answer_words(self.framework, items[node])[words.plain(target)]
            return float(100 * tables[node][code])

        pairs = self.set_targets[["node", "target"]].itertuples(index=False)
        return self.set_targets.assign(target=[number(node, target) for node, target in pairs])


def states(answers: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """The items of one unit and year with what they are worth: the answers table and ``node, value, state``.

    ``value`` is 0 (worst) to 1 (best), direction taken into account; ``state`` is in_place, partial or absent, or the
    reason why the answer is missing.
    """
    values = {(item, answer): float(value) for item, table in item_tables(framework).items() for answer, value in table.items()}
    order = {item.id: number for number, item in enumerate(framework.items())}
    table = answers.sort_values("item", key=lambda column: column.map(order), ignore_index=True)
    table["node"] = table["item"].map(framework.parents)
    table["value"] = [values.get(pair, float("nan")) for pair in zip(table["item"], table["answer"], strict=True)]
    named = pd.cut(table["value"], [-1, 0, 1 - 1e-12, 2], labels=["absent", "partial", "in_place"]).astype(object)
    table["state"] = named.where(table["missing"] == "none", table["missing"])
    return table


def _of(answers: pd.DataFrame, unit: str, year: int) -> pd.DataFrame:
    return answers[(answers["unit"] == unit) & (answers["year"] == year)]


def _applicable(items: pd.DataFrame) -> pd.DataFrame:
    return items[items["state"] != "not_applicable"]


def read_assessment(
    answers: str, unit: str, round: str | int = "latest", earlier: str | int = "before", framework: str = "", targets_file: str = "",
    beside: str = "", beside_framework: str = "", crosswalk: str = "",
) -> Assessment:  # fmt: skip
    """A unit's case from a file of answers (or a data set).

    ``round`` is latest, a year, or the number of a round; ``earlier`` is before (the assessment before that one), none,
    a year or the number of a round. Raises InputError for what the file does not hold, with what it does.
    """
    table, chosen = open_answers(answers, framework)
    code = answer_table.unit_code(unit)
    own = table[table["unit"] == code].drop_duplicates("year").sort_values("year")
    if own.empty:
        raise InputError(f"No answers of {code}; there are those of {', '.join(sorted(table['unit'].unique()))}.")
    years = own["year"].tolist()
    year = years[-1] if str(round) == "latest" else _year(str(round), own, code)
    if str(earlier) == "before":
        then = max((y for y in years if y < year), default=None)
    else:
        then = None if str(earlier) == "none" else _year(str(earlier), own, code)
    if then is not None and then >= year:
        raise InputError(f"The earlier assessment ({then}) has to lie before {year}.")
    return Assessment(
        unit=code,
        year=int(year),
        earlier=None if then is None else int(then),
        framework=chosen,
        answers=table,
        set_targets=targets.read_targets(targets_file, chosen) if targets_file else None,
        beside=open_answers(beside, beside_framework) if beside else None,
        crosswalk=crosswalk or None,
    )


def _year(text: str, own: pd.DataFrame, unit: str) -> int:
    for column in ("year", "round"):
        found = own.loc[own[column].astype(str) == text, "year"]
        if len(found):
            return int(found.iloc[-1])
    there = ", ".join(map(str, own["year"]))
    raise InputError(f"{unit} has no assessment {text!r}: give latest, a year ({there}) or the number of a round.")
