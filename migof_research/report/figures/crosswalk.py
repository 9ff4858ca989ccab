"""The frameworks side by side: a row a MiGOF element, a column a framework, the codes of the nodes that serve it."""

from collections.abc import Mapping
from itertools import accumulate

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from migof_research.frameworks import load
from migof_research.frameworks.crosswalk import NOT_COVERED
from migof_research.report.style import GREY, INK, LINE, MUTED, SMALL, WIDTH, canvas, margin_text, rule, styled, wrap
from migof_research.report.wording import Language

LEFT, HEAD, GAP = 2.05, 0.5, 0.08  # inches
CHIP, HIGH = 0.29, 0.18  # inches: a code's box
AIR = 0.03  # inches between two boxes
TALL = 3  # boxes one above the other, before a column gets wider
STATED = "#d9e8f3"


@styled
def crosswalk(table: pd.DataFrame, names: Mapping[str, str], _: Language) -> Figure:
    """``table`` is that of `migof_research.analysis.mapping.side_by_side`; ``names`` {framework: heading} chooses and orders
    the columns. A filled box is a link stated in a source, an outlined one inferred."""
    migof = load("migof")
    cells = {key: group for key, group in table.groupby(["framework", "element"])}
    most = {id: max(len(cells.get((id, node), [])) for node in migof.domains) for id in names}
    across = {id: -(-count // TALL) for id, count in most.items()}
    width = {id: (WIDTH - LEFT) * (n + 1) / sum(m + 1 for m in across.values()) for id, n in across.items()}
    left = dict(zip(names, accumulate(width.values(), initial=0.0), strict=False))
    labels = {node: wrap(migof.label(node, _.code), LEFT - 0.45, SMALL) for node in migof.domains}
    tall = {node: max(-(-len(cells.get((id, node), [])) // across[id]) for id in names) for node in migof.domains}
    heights = [2 * GAP + max(tall[node] * (HIGH + AIR), labels[node].count("\n") * LINE + LINE) for node in migof.domains]
    note = _(
        "Codes of the nodes that serve each principle (P) and objective (O). Filled: stated in a source; outlined: inferred "
        "by this project."
    )
    fig, ax = canvas(sum(heights), LEFT, 0.0, HEAD, 0.0, note=note)
    ax.set(xlim=(0, WIDTH - LEFT), xticks=[])
    for id, heading in names.items():
        middle, said = left[id] + width[id] / 2, wrap(heading, width[id], SMALL, "bold")
        ax.text(middle, -0.08, said, ha="center", va="bottom", size=SMALL, weight="bold")
    top = 0.0
    for node, height in zip(migof.domains, heights, strict=True):
        rule(ax, top)
        margin_text(ax, 0.05 - LEFT, top + height / 2, node, ha="left", color=MUTED)
        margin_text(ax, 0.35 - LEFT, top + height / 2, labels[node], ha="left", size=SMALL)
        for id in names:
            _draw_cell(ax, left[id] + width[id] / 2, top + height / 2, width[id], across[id], cells.get((id, node)), _)
        top += height
    return fig


def _draw_cell(ax: Axes, centre: float, middle: float, width: float, across: int, links: pd.DataFrame | None, _: Language) -> None:
    if links is None or (links["relation"] == NOT_COVERED).all():
        said = wrap(_("not covered"), width, SMALL)
        ax.text(centre, middle, said, ha="center", va="center", size=SMALL - 1, color=MUTED, style="italic")
        return
    rows = [links.iloc[start : start + across] for start in range(0, len(links), across)]
    for number, row in enumerate(rows):
        y = middle + (number - (len(rows) - 1) / 2) * (HIGH + AIR)
        for place, link in enumerate(row.itertuples()):
            x = centre + (place - (len(row) - 1) / 2) * (CHIP + AIR)
            fill = STATED if link.basis == "stated" else "white"
            corner = x - CHIP / 2, y - HIGH / 2
            ax.add_patch(FancyBboxPatch(corner, CHIP, HIGH, boxstyle="round,pad=0,rounding_size=0.04", fc=fill, ec=GREY, lw=0.7))
            ax.text(x, y, link.node, ha="center", va="center_baseline", size=SMALL - 1, color=INK)


def crosswalk_alt(table: pd.DataFrame, names: Mapping[str, str], _: Language) -> str:
    """The same in words: for each element, the codes of each framework."""
    migof, sentences = load("migof"), []
    for node in migof.domains:
        told = []
        for id, heading in names.items():
            codes = table.loc[(table["framework"] == id) & (table["element"] == node) & (table["relation"] != NOT_COVERED), "node"]
            told.append(_("{framework}: {codes}").format(framework=heading, codes=" ".join(codes) or _("not covered")))
        sentences.append(_("{element} is served by {list}.").format(element=f"{node} {migof.label(node, _.code)}", list="; ".join(told)))
    return " ".join(sentences)
