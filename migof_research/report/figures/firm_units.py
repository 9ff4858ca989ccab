"""How often each unit's band changes: a dot a unit, in the row of its band."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from migof_research.frameworks.model import BandScheme
from migof_research.report.style import GREY, INK, MUTED, RULE, SMALL, UNIT, canvas, margin_text, rule, styled, wrap
from migof_research.report.wording import Language

LEFT, RIGHT, DOT, BINS = 1.75, 1.75, 0.062, 40  # inches; dots are stacked in so many stretches of the axis


def _rows(results: pd.DataFrame, scheme: BandScheme) -> list[tuple[str, pd.DataFrame]]:
    return [(band, rows) for band in scheme.ids if len(rows := results[results["band"] == band].sort_values(["changed", "unit"]))]


def _summary(rows: pd.DataFrame, _: Language) -> tuple[str, str]:
    half = _.n("{n} in half of the draws or more", "{n} in half of the draws or more", int((rows["changed"] >= 0.5).sum()))
    return _("n = {n}").format(n=_.number(len(rows))), half


@styled
def firm_units(results: pd.DataFrame, scheme: BandScheme, _: Language, *, unit: str = "", names: Mapping[str, str] | None = None) -> Figure:
    """A row a band, lowest first: each of its units is a dot at the share of the draws in which it is in another band, dots
    of one stretch stacked. ``results`` has ``unit, band, changed`` (0-1); ``unit`` is marked and named by ``names``."""
    rows = [(band, part.assign(bin=(part["changed"] * BINS).astype(int).clip(upper=BINS - 1))) for band, part in _rows(results, scheme)]
    heights = [max(0.55, DOT * part["bin"].value_counts().max() + 0.3) for _band, part in rows]
    note = _(
        "Each dot is a unit, in the row of its own band, at the share of the draws that put it into another band. Left: the band "
        "holds whatever is chosen. Dashed: as often in another band as in its own."
    )
    fig, ax = canvas(sum(heights), LEFT, RIGHT, top=0.08, bottom=0.3, note=note)
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], [_.percent(tick) for tick in range(0, 101, 25)])
    ax.axvline(0.5, color=MUTED, lw=1, ls=(0, (4, 3)), zorder=0)
    bottom = 0.0
    for number, ((band, part), height) in enumerate(zip(rows, heights, strict=True), 1):
        if number > 1:
            rule(ax, bottom)
        bottom += height
        margin_text(ax, 0.05 - LEFT, bottom - height / 2, wrap(scheme.label(band, _.code), LEFT - 0.15), ha="left")
        x = (part["bin"] + 0.5) / BINS
        y = bottom - 0.1 - DOT * part.groupby("bin").cumcount()
        mine = part["unit"] == unit
        ax.plot([0, 1], [bottom - 0.06] * 2, color=RULE, lw=0.8, zorder=1)
        ax.plot(x[~mine], y[~mine], "o", ms=3.6, color=scheme.colour(band), mec=GREY, mew=0.5, ls="", zorder=2, clip_on=False)
        ax.plot(x[mine], y[mine], "o", ms=6, color=UNIT, ls="", zorder=3, clip_on=False)
        if mine.any():
            side = "left" if x[mine].iloc[0] < 0.6 else "right"
            ax.text(
                x[mine].iloc[0] + (0.02 if side == "left" else -0.02),
                y[mine].iloc[0] - 0.12,
                (names or {}).get(unit, unit),
                ha=side,
                size=SMALL,
                color=UNIT,
            )
        bold, plain = _summary(part, _)
        margin_text(ax, 0.1, bottom - height / 2 - 0.08, bold, size=SMALL, weight="bold", color=INK)
        margin_text(ax, 0.1, bottom - height / 2 + 0.1, wrap(plain, RIGHT - 0.15, SMALL), size=SMALL, color=MUTED)
    return fig


def firm_units_alt(
    results: pd.DataFrame, scheme: BandScheme, _: Language, *, unit: str = "", names: Mapping[str, str] | None = None
) -> str:
    """The same in words: by band, how many units, and how often their band changes."""
    sentences = [_("How often the band of each unit changes when other choices are made, by band.")]
    for band, part in _rows(results, scheme):
        bold, half = _summary(part, _)
        low, middle, high = (_.percent(100 * part["changed"].quantile(q)) for q in (0, 0.5, 1))
        facts = [bold, _("from {low} to {high} of the draws, median {middle}").format(low=low, high=high, middle=middle), half]
        sentences.append(_("{name}: {facts}.").format(name=scheme.label(band, _.code), facts="; ".join(facts)))
    if (mine := results[results["unit"] == unit]).size:
        share = _.percent(100 * mine["changed"].iloc[0])
        sentences.append(_("{name}, marked: {facts}.").format(name=(names or {}).get(unit, unit), facts=share))
    return " ".join(sentences)
