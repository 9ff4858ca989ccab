"""Where a change of the share comes from: who answered, or what they answered."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migof_research.report.figures.shares import percent_axis
from migof_research.report.style import ACCENT, GREY, INK, SIZE, canvas, margin_text, styled, wrap
from migof_research.report.wording import Language

LEFT, RIGHT, ROW, BAR = 2.9, 0.75, 0.46, 0.2  # inches


def _steps(change: pd.Series, years: tuple[int, int], _: Language) -> list[tuple[str, float, float, bool]]:
    """What is said, where the bar begins and ends in per cent, and whether it is a step between the two shares."""
    gone = change["start"] + change["left"]
    stayed = gone + change["within"]
    shown = [str(years[0]), str(years[1]) if change["basis"] == "round" else _("Latest answers")]
    countries = [_.n("{n} country", "{n} countries", int(change[f"n_{part}"])) for part in ("start", "end")]
    first, last = (_("{name}: {value}").format(name=name, value=value) for name, value in zip(shown, countries, strict=True))
    panel = _.number(change["n_panel"])
    steps = [
        (first, 0.0, change["start"], False),
        (_("Countries that answered only in {year} are left out").format(year=years[0]), change["start"], gone, True),
        (_("The {n} countries that answered both times changed").format(n=panel), gone, stayed, True),
        (_("Countries that answered only in {year} come in").format(year=years[1]), stayed, change["end"], True),
        (last, 0.0, change["end"], False),
    ]
    return [step for step in steps if not (step[3] and step[1] == step[2] and change["basis"] == "latest")]


@styled
def decomposition(change: pd.Series, years: tuple[int, int], _: Language) -> Figure:
    """From the share of the first round to that of the last, step by step: who no longer answers, the change among those
    who answered both times (green), who newly answers.

    ``change`` is one row of `migof_research.analysis.shares.change`; ``years`` the two rounds.
    """
    steps = _steps(change, years, _)
    fig, ax = canvas(
        ROW * len(steps), LEFT, RIGHT, top=0.08, bottom=0.3, note=_("Share of the responding countries that meet or fully meet")
    )
    percent_axis(ax, _)
    within = change["start"] + change["left"] + change["within"]
    for number, (name, low, high, is_step) in enumerate(steps):
        y = ROW * (number + 0.5)
        weight = "normal" if is_step else "bold"
        margin_text(ax, 0.05 - LEFT, y, wrap(name, LEFT - 0.2, weight=weight), ha="left", weight=weight)
        colour = INK if not is_step else ACCENT if high == within else GREY
        ax.add_patch(Rectangle((min(low, high), y - BAR / 2), abs(high - low), BAR, fc=colour, lw=0, zorder=2))
        said = _.signed(high - low, 1) if is_step else _.percent(high, 1)
        ax.text(max(low, high) + 1.5, y, said, va="center_baseline", size=SIZE, weight=weight, zorder=4)
        if number + 1 < len(steps):
            ax.plot([high, high], [y + BAR / 2, y + ROW - BAR / 2], color=INK, lw=0.8, zorder=1)
    return fig


def decomposition_alt(change: pd.Series, years: tuple[int, int], _: Language) -> str:
    """The same in words: the two shares and the steps between them in percentage points."""
    said = [
        _("{name}: {value}").format(name=name, value=_.signed(high - low, 1) if is_step else _.percent(high, 1))
        for name, low, high, is_step in _steps(change, years, _)
    ]
    return _("Share of countries that meet or fully meet, and how it changed in percentage points. {steps}.").format(steps="; ".join(said))
