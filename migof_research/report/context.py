"""What the context report shows, ready for ``page.figure(**...)``, ``page.table(**...)`` and ``page.download(**...)``."""

from typing import Any

import numpy as np
import pandas as pd

from migof_research.analysis.context import Context
from migof_research.report import figures, words_practices
from migof_research.report import words_context as words
from migof_research.report.wording import Language

Shown = dict[str, Any]
MOST = 15  # variables in the figure


def _percents(_: Language) -> dict[float, str]:
    return {tick: _.percent(tick) for tick in range(0, 101, 20)}


def _shares(table: pd.DataFrame, of: str, _: Language) -> pd.DataFrame:
    """Rows of the figure from ``kind, group, share, lower, upper`` and two counts."""
    counts = {"answered": ("n", "universe"), "reached": ("reached", "n")}[of]
    return pd.DataFrame(
        {
            "group": [words.kind(kind, _) for kind in table["kind"]],
            "name": [words.group(kind, id, _) for kind, id in zip(table["kind"], table["group"], strict=True)],
            "estimate": table["share"],
            "lower": table["lower"],
            "upper": table["upper"],
            "bold": [_.percent(share) for share in table["share"]],
            "plain": [_("{k} of {n}").format(k=_.number(k), n=_.number(n)) for k, n in table[list(counts)].itertuples(index=False)],
        }
    )


def selection(case: Context, _: Language) -> Shown:
    """Figure: the share of the countries that answered, by group."""
    rows = _shares(case.selection, "answered", _)
    overall = 100 * len(case.bands) / len(case.universe)
    note = _("Share of the countries of each group that answered, with its 95% interval (Wilson). Dashed: all countries.")
    return {
        "fig": figures.intervals(rows, _percents(_), note, reference=overall),
        "alt": figures.intervals_alt(rows, _("Share of the countries of each group that answered."), _),
        "name": "selection",
        "caption": _("Who answers: {n} of {universe} countries").format(n=_.number(len(case.bands)), universe=_.number(len(case.universe))),
    }


def by_group(case: Context, _: Language) -> Shown:
    """Figure: the share at the goal or above, by income and region."""
    rows = _shares(case.by_group, "reached", _)
    name = words.goal(case, _)
    note = _(
        "Share of the units with a band that are at {goal}, with its 95% interval (Wilson), for the reader who treats them "
        "as a sample. Dashed: all."
    )
    return {
        "fig": figures.intervals(rows, _percents(_), note.format(goal=name), reference=100 * (case.bands >= case.goal).mean()),
        "alt": figures.intervals_alt(rows, _("Share at {goal}, by group.").format(goal=name), _),
        "name": "groups",
        "caption": _("Units at {goal} by income group and region, {node}; n = {n}").format(
            goal=name, node=words.node(case, _), n=_.number(len(case.bands))
        ),
    }


def correlations(case: Context, _: Language) -> Shown:
    """Figure: each variable's rank correlation with the band."""
    table = case.correlations.head(MOST)
    rows = pd.DataFrame(
        {
            "name": [words.variable(id, _) for id in table["variable"]],
            "estimate": table["rho"],
            "lower": table["lower"],
            "upper": table["upper"],
            "hollow": (table["lower"] <= 0) & (table["upper"] >= 0),
            "bold": [
                _("{rho} ({range})").format(rho=_.signed(r.rho, 2), range=words.range_words(r.lower, r.upper, 2, _))
                for r in table.itertuples()
            ],
            "plain": [_("n = {n}").format(n=_.number(n)) for n in table["n"]],
        }
    )
    ticks = {tick: _.signed(tick, 1) for tick in np.linspace(-1, 1, 5)}
    note = _("The axis runs to a perfect correlation on either side. Line: 95% interval; hollow: it holds 0.")
    return {
        "fig": figures.intervals(rows, ticks, note, reference=0.0),
        "alt": figures.intervals_alt(rows, _("Rank correlation of each variable with the band."), _),
        "name": "correlations",
        "caption": _("Rank correlation of context with the band, {node}").format(node=words.node(case, _)),
    }


def effects(case: Context, _: Language) -> Shown:
    """Figure: the average marginal effects on being at the goal or above."""
    table = case.effects
    rows = pd.DataFrame(
        {
            "name": [words.step(case, id, _) for id in table["variable"]],
            "estimate": table["effect"],
            "lower": table["lower"],
            "upper": table["upper"],
            "hollow": (table["lower"] <= 0) & (table["upper"] >= 0),
            "bold": [_("{effect} points").format(effect=_.signed(effect)) for effect in table["effect"]],
            "plain": [
                _("{range}; p {p}").format(
                    range=words.range_words(r.lower, r.upper, 0, _), p=words_practices.probability(r.permutation_p, _)
                )
                for r in table.itertuples()
            ],
        }
    )
    most = 20 * np.ceil(max(table["upper"].max(), -table["lower"].min(), 20) / 20)
    ticks = {tick: _.signed(tick) for tick in np.linspace(-most, most, 5)}
    note = _(
        "Percentage points on being at {goal}, the other covariates as they are. Line: 95% interval; hollow: it holds 0; p: by permutation."
    )
    return {
        "fig": figures.intervals(rows, ticks, note.format(goal=words.goal(case, _)), reference=0.0),
        "alt": figures.intervals_alt(rows, _("Average marginal effects in percentage points."), _),
        "name": "effects",
        "caption": _("What goes with being at {goal}, {node}; ordered logit, n = {n}").format(
            goal=words.goal(case, _), node=words.node(case, _), n=_.number(case.model.n)
        ),
    }


def model(case: Context, _: Language) -> Shown:
    """Table: the ordered logit in full."""
    return {
        "df": case.effects.assign(name=[words.step(case, id, _) for id in case.effects["variable"]]),
        "name": "model",
        "caption": _("Ordered logit of the band, n = {n}").format(n=_.number(case.model.n)),
        "columns": {
            "name": _("Covariate"), "effect": _("points"), "lower": _("from"), "upper": _("to"), "odds_ratio": _("ratio"),
            "or_lower": _("from"), "or_upper": _("to"), "p": _("Wald p"), "permutation_p": _("Permutation p"),
        },
        "spanners": {
            _("Effect (percentage points, 95% interval)"): ["effect", "lower", "upper"],
            _("Odds of a higher band (95% interval)"): ["odds_ratio", "or_lower", "or_upper"],
        },
        "formats": dict.fromkeys(["effect", "lower", "upper"], "signed:1")
        | dict.fromkeys(["odds_ratio", "or_lower", "or_upper"], "number:2")
        | dict.fromkeys(["p", "permutation_p"], lambda p: words_practices.probability(p, _)),
        "notes": [_("The odds ratio of a covariate with few values is for one more; that of others for one unit of measurement.")],
    }  # fmt: skip


def panel(case: Context, _: Language) -> Shown:
    """Table: who rose, by income group."""
    return {
        "df": words.income_rows(case, _),
        "name": "panel",
        "caption": _("Moves between bands from {first} to {last} by income group, {node}").format(
            first=case.evidence.years[0], last=case.evidence.years[-1], node=words.node(case, _)
        ),
        "columns": {"name": _("Income group"), "n": _("Units (n)"), "up": _("rose"), "same": _("stayed"), "down": _("fell")},
        "notes": [_("Only units with answers in both years and an income group. Small numbers: no shares are given.")],
    }


def change(case: Context, _: Language) -> Shown:
    """Table: each variable's rank correlation with the number of bands risen."""
    return {
        "df": case.change_correlations.assign(name=[words.variable(id, _) for id in case.change_correlations["variable"]]),
        "name": "change",
        "caption": _("Rank correlation of context with rising, among units with answers in both years"),
        "columns": {"name": _("Variable"), "n": "n", "rho": _("Correlation"), "lower": _("from"), "upper": _("to")},
        "formats": dict.fromkeys(["rho", "lower", "upper"], "signed:2"),
    }


def context_file(case: Context, _: Language) -> Shown:
    """Data: the band and the context of every unit."""
    return {
        "df": case.of_answering.assign(band=case.bands.astype(str)).rename_axis("unit").reset_index(),
        "name": "context",
        "about": _("Band and context variables of every unit"),
    }
