"""Shares by node and group, a cell each: the darker, the larger."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migof_research.frameworks.model import Framework
from migof_research.report.figures import scale
from migof_research.report.style import ACCENT, GREY, LINE, MUTED, SMALL, WIDTH, canvas, ink_on, styled, tint, wrap
from migof_research.report.wording import Language

LEFT, ROW, FEW = 2.1, 0.36, 5  # inches; a share of fewer units is outlined only


@styled
def share_grid(shares: pd.DataFrame, framework: Framework, names: Mapping[object, str], note: str, _: Language) -> Figure:
    """A row a node, a column a group; in each cell the share in per cent and n. Shares of fewer than five units are not
    coloured. ``shares`` has ``node, group, n, share``; ``names`` the names of the groups, in the order of the columns."""
    nodes = [node for node in scale.rows(framework) if node in set(shares["node"])]
    groups = [group for group in names if group in set(shares["group"])]
    column = (WIDTH - LEFT - 0.05) / len(groups)
    heads = [wrap(names[group], 1.6 if column < 0.9 else column - 0.06, SMALL) for group in groups]
    upright = column < 0.9
    head = 1.75 if upright else 0.1 + LINE * max(name.count("\n") + 1 for name in heads)
    fig, ax = canvas(ROW * len(nodes), left=0, right=0, top=head, bottom=0.08, note=note)
    ax.set(xlim=(0, WIDTH), xticks=[])
    for place, name in enumerate(heads):
        x, turn = LEFT + column * (place + 0.5), 90 if upright else 0
        ax.text(x, -0.07, name, ha="center", va="bottom", ma="left" if upright else "center", size=SMALL, linespacing=1.05, rotation=turn)
    cells = shares.set_index(["node", "group"])
    for row, node in enumerate(nodes):
        weight = "bold" if row == 0 else "normal"
        name = wrap(scale.node_name(framework, node, _), LEFT - 0.15, SMALL, weight)
        ax.text(LEFT - 0.08, ROW * (row + 0.5), name, ha="right", va="center", size=SMALL, weight=weight, linespacing=1.0)
        for place, group in enumerate(groups):
            _draw(ax, LEFT + column * place, ROW * row, column, cells.loc[(node, group)] if (node, group) in cells.index else None, _)
    return fig


def _draw(ax: Axes, x: float, y: float, width: float, cell: pd.Series | None, _: Language) -> None:
    few = cell is None or cell["n"] < FEW
    colour = "white" if cell is None or few else tint(ACCENT, 0.08 + 0.92 * cell["share"] / 100)
    ax.add_patch(Rectangle((x + 0.015, y + 0.015), width - 0.03, ROW - 0.03, fc=colour, ec=GREY if few else colour, lw=0.6))
    ink = MUTED if few else ink_on(colour)
    ax.text(
        x + width / 2,
        y + ROW * 0.36,
        _.percent(cell["share"]) if cell is not None else "–",
        ha="center",
        va="center",
        size=SMALL,
        color=ink,
    )
    if cell is not None:
        ax.text(x + width / 2, y + ROW * 0.72, _.number(cell["n"]), ha="center", va="center", size=6.5, color=ink)


def share_grid_alt(shares: pd.DataFrame, framework: Framework, names: Mapping[object, str], first: str, _: Language) -> str:
    """The same in words: what it shows, then for each node the share and n of each group."""
    sentences = [first]
    for node in scale.rows(framework):
        rows = shares[shares["node"] == node].set_index("group")
        facts = [
            _("{name}: {share}, n = {n}").format(
                name=names[group], share=_.percent(rows.at[group, "share"]), n=_.number(rows.at[group, "n"])
            )
            for group in names
            if group in rows.index
        ]
        if facts:
            sentences.append(_("{name}: {facts}.").format(name=scale.node_name(framework, node, _), facts="; ".join(facts)))
    return " ".join(sentences)
