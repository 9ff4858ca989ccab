"""The share of countries that meet or fully meet, by area: each round, and the latest answers as published."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from migof_research.report.style import ACCENT, GREY, INK, RULE, SMALL, canvas, margin_text, rule, styled, wrap
from migof_research.report.wording import Language

LEFT, RIGHT, PITCH = 1.9, 1.75, 0.17  # inches: names, words, and from one share of an area to the next
EARLIER: dict[str, Any] = {"marker": "o", "color": GREY, "mfc": "white", "ms": 6}
LAST: dict[str, Any] = {"marker": "o", "color": ACCENT, "ms": 6}
LATEST: dict[str, Any] = {"marker": "D", "color": INK, "ms": 5.5}


def _chosen(shares: pd.DataFrame, node: str) -> pd.DataFrame:
    """The rounds and the latest answers of one node, areas in their order, rounds by year, latest last."""
    rows = shares[(shares["node"] == node) & shares["basis"].isin(["round", "latest"])]
    return rows.assign(latest=rows["basis"] == "latest").sort_values(["latest", "year"], kind="stable")


def _series(row: pd.Series, _: Language) -> str:
    return _("latest") if row["latest"] else str(row["year"])


@styled
def shares(shares: pd.DataFrame, node: str, _: Language) -> Figure:
    """An area a row, in the order of the table; in it a mark for each round and one for the latest answers, each with its
    Wilson interval as a thin line and its share and n beside it.

    ``shares`` is the table of `migof_research.analysis.shares`, cut to the areas that are to be shown.
    """
    rows, areas = _chosen(shares, node), list(dict.fromkeys(shares["area"]))
    pitch = PITCH * len(rows[["basis", "year"]].drop_duplicates()) + 0.14
    note = _(
        "Share of the responding countries that meet or fully meet. Circles: the countries that answered in the round; "
        "diamond: the latest answer of each country, as published. Thin lines: 95% interval (Wilson), for the reader who "
        "treats them as a sample."
    )
    fig, ax = canvas(pitch * len(areas), LEFT, RIGHT, top=0.08, bottom=0.3, note=note)
    percent_axis(ax, _)
    for position, area in enumerate(areas):
        top = pitch * position
        margin_text(ax, 0.05 - LEFT, top + pitch / 2, wrap(area, LEFT - 0.15), ha="left")
        if position:
            rule(ax, top)
        for line, (_index, row) in enumerate(rows[rows["area"] == area].iterrows()):
            y = top + 0.07 + PITCH * (line + 0.5)
            look = LATEST if row["latest"] else LAST if row["year"] == rows["year"].max() else EARLIER
            ax.plot([row["lower"], row["upper"]], [y, y], color=look["color"], lw=1, zorder=2)
            ax.plot([row["share"]], [y], ls="", clip_on=False, zorder=3, **look)
            words = _("{series}: {share}, n = {n}").format(series=_series(row, _), share=_.percent(row["share"], 1), n=_.number(row["n"]))
            margin_text(ax, 0.12, y, words, size=SMALL, va="center_baseline")
    return fig


def percent_axis(ax: Axes, _: Language) -> None:
    """0 to 100 per cent, with lines."""
    ticks = range(0, 101, 20)
    ax.set_xlim(0, 100)
    ax.set_xticks(ticks, [_.percent(tick) for tick in ticks])
    for tick in ticks:
        ax.axvline(tick, color=RULE, lw=0.8, zorder=0, clip_on=False)


def shares_alt(shares: pd.DataFrame, node: str, _: Language) -> str:
    """The same in words: the shares of each area with their n."""
    rows = _chosen(shares, node)
    sentences = [_("Share of the countries that answered which meet or fully meet.")]
    for area in dict.fromkeys(shares["area"]):
        said = [
            _("{series}: {share}, n = {n}").format(series=_series(row, _), share=_.percent(row["share"], 1), n=_.number(row["n"]))
            for _index, row in rows[rows["area"] == area].iterrows()
        ]
        sentences.append(_("{name}: {facts}.").format(name=area, facts="; ".join(said)))
    return " ".join(sentences)
