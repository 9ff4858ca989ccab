"""A row a thing: an estimate with its interval, and its words and n beside it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from migof_research.report.style import ACCENT, GREY, LINE, MUTED, RULE, SMALL, canvas, margin_text, rule, styled, two_texts, wrap
from migof_research.report.wording import Language

LEFT, RIGHT, ROW, HEADING = 2.3, 1.75, 0.42, 0.3  # inches


@styled
def intervals(table: pd.DataFrame, ticks: Mapping[float, str], note: str, *, reference: float | None = None) -> Figure:
    """``table`` has ``name, estimate, lower, upper, bold, plain`` and, if some are, ``group`` (rows of one group lie together
    under its heading), ``hollow`` (an estimate that is not to be leaned on) and ``mark`` (a second value, as a diamond).

    ``ticks`` are the places and words of the axis, the first and last its ends; ``reference`` is drawn as a dashed line; ``bold``
    and ``plain`` stand right of the row, one under the other.
    """
    groups = list(table["group"].drop_duplicates()) if "group" in table else [None]
    table = table.assign(name=[wrap(name, LEFT - 0.15, SMALL) for name in table["name"]])
    table["height"] = [_height(row) for row in table.to_dict("records")]
    height = table["height"].sum() + HEADING * len(groups) * ("group" in table)
    fig, ax = canvas(height, LEFT, RIGHT, top=0.08, bottom=0.3, note=note)
    ax.set_xlim(min(ticks), max(ticks))
    ax.set_xticks(list(ticks), list(ticks.values()))
    for tick in ticks:
        ax.axvline(tick, color=RULE, lw=0.8, zorder=0, clip_on=False)
    if reference is not None:
        ax.axvline(reference, color=MUTED, lw=1, ls=(0, (4, 3)), zorder=1)
    top = 0.0
    for group in groups:
        if group is not None:
            margin_text(ax, 0.05 - LEFT, top + HEADING / 2, group, ha="left", weight="bold")
            top += HEADING
        for number, row in enumerate((table if group is None else table[table["group"] == group]).to_dict("records")):
            if number:
                rule(ax, top)
            _draw(ax, top + row["height"] / 2, row, (min(ticks), max(ticks)))
            top += row["height"]
    return fig


def _height(row: dict[str, Any]) -> float:
    """Room for the name on the left and the words on the right, whichever takes more lines."""
    beside = [wrap(row["bold"], RIGHT - 0.1, SMALL, "bold"), wrap(row["plain"], RIGHT - 0.1, SMALL)]
    lines = max(row["name"].count("\n") + 1, sum(text.count("\n") + 1 for text in beside))
    return max(ROW, LINE * lines + 0.12)


def _draw(ax: Axes, y: float, row: dict[str, Any], ends: tuple[float, float]) -> None:
    margin_text(ax, 0.05 - LEFT, y, row["name"], ha="left", size=SMALL)
    two_texts(ax, y, row["bold"], row["plain"], RIGHT)
    if pd.isna(row["estimate"]):
        return
    low, high = (min(max(row[end], ends[0]), ends[1]) for end in ("lower", "upper"))
    ax.plot([low, high], [y, y], color=ACCENT, lw=1.4, zorder=2)
    face = "white" if row.get("hollow") else ACCENT
    ax.plot([row["estimate"]], [y], "o", ms=6.5, color=ACCENT, mfc=face, mew=1.4, zorder=3, clip_on=False)
    if pd.notna(row.get("mark")):
        ax.plot([row["mark"]], [y], "D", ms=5, color=GREY, mfc="white", mew=1.2, zorder=3, clip_on=False)


def intervals_alt(table: pd.DataFrame, first: str, _: Language) -> str:
    """The same in words: what it shows, then each row's name and words."""
    rows = [
        _("{name}: {facts}.").format(name=row["name"], facts="; ".join(filter(None, [row["bold"], row["plain"]])))
        for row in table.to_dict("records")
    ]
    if "group" in table:
        rows = [_("{group}, {row}").format(group=group, row=row) for group, row in zip(table["group"], rows, strict=True)]
    return " ".join([first, *rows])
