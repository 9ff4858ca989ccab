"""What the robustness report shows, ready for ``page.figure(**...)``, ``page.table(**...)`` and ``page.download(**...)``."""

from typing import Any

import pandas as pd

from migof_research.analysis.removal import CHANGES
from migof_research.analysis.robustness import FIRM, OPEN, Robustness
from migof_research.report import figures
from migof_research.report import words_robustness as words
from migof_research.report.figures.scale import practice_name
from migof_research.report.wording import MISSING, Language

Shown = dict[str, Any]
MOST = 12  # items shown of those that move a band


def _ticks(_: Language) -> dict[float, str]:
    return {tick / 4: _.number(tick / 4, 2) for tick in range(5)}


def firm_units(case: Robustness, _: Language) -> Shown:
    """Figure: how often the band of each unit changes."""
    given = case.results, case.framework.bands, _
    names = {case.unit: words.name(case.unit, _)} if case.unit else {}
    return {
        "fig": figures.firm_units(*given, unit=case.unit, names=names),
        "alt": figures.firm_units_alt(*given, unit=case.unit, names=names),
        "name": "firm-units",
        "caption": _("Share of {draws} draws in which each of {n} units is in another band than its own").format(
            draws=_.number(2 * case.draws.n), n=_.number(len(case.results))
        ),
    }


def by_band(case: Robustness, _: Language) -> Shown:
    """Table: how many units of each band are firm and how many open."""
    table = case.by_band.assign(name=[words.band(case, id, _) for id in case.by_band["band"]], median=100 * case.by_band["median"])
    return {
        "df": table,
        "name": "by-band",
        "caption": _("How firm the units of each band are"),
        "columns": {
            "name": _("Band"),
            "n": _("Units (n)"),
            "firm": _("In another band in at most {share} of the draws").format(share=_.percent(100 * FIRM)),
            "open": _("In another band in at least {share}").format(share=_.percent(100 * OPEN)),
            "median": _("Median share in another band (%)"),
        },
        "formats": {"median": "number:1"},
    }


def deciding(case: Robustness, _: Language) -> Shown:
    """Figure: the total index of each choice for whether the band changes, the middle half of the units as a line."""
    table = case.deciding
    rows = pd.DataFrame(
        {
            "name": [words.choice(id, _) for id in table["choice"]],
            "estimate": table["changed"],
            "lower": table["low"],
            "upper": table["high"],
            "bold": [_("median {value}").format(value=_.number(value, 2)) for value in table["changed"]],
            "plain": [
                _("largest in {k} of {n} units").format(k=_.number(k), n=_.number(n))
                for k, n in zip(table["largest"], table["n"], strict=True)
            ],
        }
    )
    note = _(
        "Total index of each choice for whether the band changes: dot the median over the units whose band changes, line their middle half."
    )
    return {
        "fig": figures.intervals(rows, _ticks(_), note),
        "alt": figures.intervals_alt(rows, _("Total index of each choice for whether the band changes."), _),
        "name": "choices",
        "caption": _("Which choice decides whether the band changes, {n} units").format(n=_.number(table["n"].max())),
    }


def choices(case: Robustness, _: Language) -> Shown:
    """Table: every choice, how far it varies, and what it does."""
    table = case.deciding.assign(
        name=[words.choice(id, _) for id in case.deciding["choice"]], how=[words.varies(case, id, _) for id in case.deciding["choice"]]
    )
    return {
        "df": table,
        "name": "choices",
        "caption": _("The choices, how far each varies, and its indices (medians over the units)"),
        "columns": {
            "name": _("Choice"), "how": _("varies"), "alone": _("alone"), "score": _("total"), "changed": _("total"),
            "largest": _("largest in (units)"),
        },
        "spanners": {_("Overall score"): ["alone", "score"], _("Band changes"): ["changed", "largest"]},
        "formats": dict.fromkeys(["alone", "score", "changed"], "number:2"),
        "notes": [
            _("n: {score} units for the score, {band} for the band, those in which it changes at all.").format(
                score=_.number(len(case.results)), band=_.number(len(case.largest))
            )
        ],
    }  # fmt: skip


def _moved(table: pd.DataFrame, names: list[str], first: str, caption: str, name: str, _: Language, *, sure: bool) -> Shown:
    """Table of how many units each element moves; answers leave no change open."""
    headings = dict(zip(CHANGES, [_("surely up"), _("perhaps up"), _("no change"), _("perhaps down"), _("surely down")], strict=True))
    if sure:
        headings = {"surely up": _("up"), "no change": _("no change"), "surely down": _("down")}
    return {"df": table.assign(name=names), "name": name, "caption": caption, "columns": {"name": first, "n": _("Units (n)"), **headings}}


def removed(case: Robustness, _: Language) -> Shown:
    """Table: how many units each domain moves when it is left out."""
    names = [words.node_name(case.framework, node, _) for node in case.removed["element"]]
    caption = _("Units whose band changes when one domain is left out")
    shown = _moved(case.removed, names, _("Left out"), caption, "left-out", _, sure=not case.evidence.from_levels)
    if case.evidence.from_levels:
        shown["notes"] = [_("Perhaps: the published levels leave a range of scores, part of which is in another band.")]
    return shown


def removed_items(case: Robustness, _: Language) -> Shown:
    """Table: the items that move most units when they are left out."""
    table = case.removed_items.head(MOST)
    names = [practice_name(case.framework, item, _) for item in table["element"]]
    caption = _("Items that move a band when left out: {shown} of {n}").format(
        shown=_.number(len(table)), n=_.number(len(case.removed_items))
    )
    return _moved(table, names, _("Left out"), caption, "left-out-items", _, sure=True)


def own_weights(case: Robustness, _: Language) -> Shown:
    """Table: by band, how many units keep it under all weights of their own."""
    table = case.own_weights
    grouped = table.assign(keep=table["band_lower"] == table["band_upper"], higher=table["band_upper"] > table["band"],
                           lower=table["band_lower"] < table["band"], n=1).groupby("band", observed=True)  # fmt: skip
    counts = grouped[["n", "keep", "higher", "lower"]].sum().reset_index()
    counts["name"] = [words.band(case, id, _) for id in counts["band"]]
    return {
        "df": counts,
        "name": "own-weights",
        "caption": _("Bands under the weights that suit each unit best and worst"),
        "columns": {
            "name": _("Band"), "n": _("Units (n)"), "keep": _("keep it under all weights"), "higher": _("can be higher"),
            "lower": _("can be lower"),
        },
        "notes": [_("Of published levels every score that fits them counts: part of this is its range.")] * case.evidence.from_levels,
    }  # fmt: skip


def _of_unit(case: Robustness) -> pd.DataFrame:
    table = case.indices[(case.indices["unit"] == case.unit) & case.indices["outcome"].isin(["score", "changed"])]
    return table.sort_values("total", ascending=False, kind="stable").sort_values("outcome", ascending=False, kind="stable")


def unit_indices(case: Robustness, _: Language) -> Shown:
    """Figure: the indices of one unit, for its score and for whether its band changes."""
    outcomes = {"score": _("Overall score"), "changed": _("Whether the band changes")}
    rows = pd.DataFrame(
        [
            {
                "group": outcomes[row.outcome], "name": words.choice(row.choice, _), "estimate": row.total, "lower": row.total_lower,
                "upper": row.total_upper, "mark": None if row.noise else row.first,
                "bold": _("total: {index}").format(index=words.index(row.total, row.total_lower, row.total_upper, False, _)),
                "plain": _("alone: {index}").format(index=words.index(row.first, row.first_lower, row.first_upper, row.noise, _)),
            }
            for row in _of_unit(case).itertuples()
        ]
    )  # fmt: skip
    note = _(
        "Dot: total index, line: its 95% bootstrap interval; diamond: the index alone, where it is more than noise. A dash: does not vary."
    )
    name = words.name(case.unit, _)
    return {
        "fig": figures.intervals(rows, _ticks(_), note),
        "alt": figures.intervals_alt(rows, _("Which choices decide the result of {name}.").format(name=name), _),
        "name": "unit",
        "caption": _("Which choices decide the result of {name} ({runs} runs)").format(
            name=name, runs=_.number((len(case.draws.names) + 2) * case.draws.n)
        ),
    }


def units(case: Robustness, _: Language) -> Shown:
    """Table: every unit with its band, how often it changes, the range of its score and the choice that decides."""
    table = case.results.assign(
        name=[words.name(unit, _) for unit in case.results["unit"]],
        own=[words.band(case, id, _) for id in case.results["band"]],
        share=100 * case.results["changed"],
        choice=[words.choice(case.largest[unit], _) if unit in case.largest else MISSING for unit in case.results["unit"]],
    )
    return {
        "df": table.sort_values("name", key=lambda names: names.map(_.key), ignore_index=True),
        "name": "units",
        "caption": _("Each unit under {draws} draws of other choices").format(draws=_.number(2 * case.draws.n)),
        "columns": {
            "name": _("Unit"), "year": _("Year"), "own": _("Band"), "share": _("Another band (%)"),
            "lower": _("5th"), "median": _("median"), "upper": _("95th"), "choice": _("Most decisive for the band"),
        },
        "spanners": {_("Score, percentiles of the draws"): ["lower", "median", "upper"]},
        "notes": [_("In the order of names: this is no league table. A dash: the band never changes.")],
    }  # fmt: skip


def ranks(case: Robustness, _: Language) -> Shown:
    """Table: the range of ranks of every unit."""
    table = case.ranks.assign(name=[words.name(unit, _) for unit in case.ranks["unit"]])
    return {
        "df": table.sort_values("name", key=lambda names: names.map(_.key), ignore_index=True),
        "name": "ranks",
        "caption": _("Range of ranks over {draws} draws, of {n} units").format(draws=_.number(2 * case.draws.n), n=_.number(len(table))),
        "columns": {"name": _("Unit"), "lower": _("5th"), "median": _("median"), "upper": _("95th")},
        "spanners": {_("Rank, percentiles of the draws"): ["lower", "median", "upper"]},
        "formats": dict.fromkeys(["lower", "median", "upper"], "number"),
        "notes": [_("1 is the highest score; equal scores share the better rank. Ranges overlap: this is no league table.")],
    }


def downloads(case: Robustness, _: Language) -> list[Shown]:
    """Data: all indices, all results, and the draws themselves."""
    draws = _("The {n} draws of the choices, with which every number can be made again").format(n=_.number(2 * case.draws.n))
    return [
        {"df": case.indices, "name": "indices", "about": _("First and total indices of every unit, outcome and choice, with intervals")},
        {"df": case.results, "name": "results", "about": _("Score range and share of the draws in each band, of every unit")},
        {"df": case.draws.table(), "name": "draws", "about": draws},
    ]
