"""The bands of a unit and its peers in every domain, side by side."""

import unicodedata
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migof_research.frameworks.model import Framework
from migof_research.report.figures import scale
from migof_research.report.figures.cells import KEY, draw_cells, draw_key
from migof_research.report.style import INK, MUTED, SMALL, UNIT, WIDTH, canvas, styled, wrap
from migof_research.report.wording import Language

LEFT, HEAD, ROW, GAP = 2.1, 1.75, 0.27, 0.01  # inches


def by_name(units: list[str], names: Mapping[str, str], first: str | None = None) -> list[str]:
    """The units in the order of the alphabet, accents disregarded, the reader's own before the rest."""
    plain = {unit: unicodedata.normalize("NFKD", names[unit]).encode("ascii", "ignore").lower() for unit in units}
    return sorted(units, key=lambda unit: (unit != first, plain[unit]))


@styled
def band_heatmap(bands: pd.DataFrame, framework: Framework, names: Mapping[str, str], _: Language, *, unit: str | None = None) -> Figure:
    """A row a unit, a column a node; each cell has the colour and the number of the band, a dash where it is not known.

    ``bands`` holds one row a unit and node; ``names`` the names of the units; ``unit`` is put first and marked. The rest
    is sorted by name: this is no league table.
    """
    nodes, scheme = scale.rows(framework), framework.bands
    units = by_name(list(bands["unit"].unique()), names, unit)
    grid = pd.MultiIndex.from_product([units, nodes], names=["unit", "node"])
    band = bands.set_index(["unit", "node"])["band"].reindex(grid)
    height, column = ROW * len(units), (WIDTH - LEFT - 0.05) / len(nodes)
    fig, ax = canvas(height + 0.15 + KEY, left=0, right=0, top=HEAD, bottom=0)
    ax.set(xlim=(0, WIDTH), xticks=[])
    y, x = (part.ravel() for part in np.meshgrid(ROW * np.arange(len(units)), LEFT + column * np.arange(len(nodes)), indexing="ij"))
    draw_cells(ax, x + GAP, y + GAP, column - 2 * GAP, ROW - 2 * GAP, band, scheme)
    for col, node in enumerate(nodes):
        weight, middle = "normal" if col else "bold", LEFT + column * (col + 0.5)
        code = " ".join(framework.node(node).migof) if col else ""
        name = wrap(scale.node_name(framework, node, _), HEAD - 0.35, SMALL, weight)
        ax.text(middle, -0.09, code, ha="center", size=SMALL, color=MUTED)
        ax.text(middle, -0.27, name, rotation=90, ha="center", va="bottom", ma="left", size=SMALL, weight=weight, linespacing=1.05)
    for row, code in enumerate(units):
        weight, ink = ("bold", UNIT) if code == unit else ("normal", INK)
        name = wrap(names[code], LEFT - 0.15, SMALL, weight)
        ax.text(LEFT - 0.08, ROW * (row + 0.5), name, ha="right", va="center", size=SMALL, weight=weight, color=ink, linespacing=1.0)
    if unit in units:
        ax.add_patch(Rectangle((LEFT, 0), column * len(nodes), ROW, fc="none", ec=UNIT, lw=2, clip_on=False, zorder=3))
    draw_key(ax, height + 0.15, scheme, _)
    return fig


def band_heatmap_alt(bands: pd.DataFrame, framework: Framework, names: Mapping[str, str], _: Language, *, unit: str | None = None) -> str:
    """The same in words: the units shown, the bands of the marked unit, and for each node how many are in each band."""
    scheme = framework.bands
    sentences = [_.n("Bands of {n} country in each domain.", "Bands of {n} countries in each domain.", bands["unit"].nunique())]
    for node in scale.rows(framework):
        here = bands[bands["node"] == node].set_index("unit")["band"]
        counts = here.value_counts()
        facts = [_("{name}: {n}").format(name=scheme.label(id, _.code), n=_.number(counts.get(id, 0))) for id in scheme.ids]
        if unit is not None and unit in here.index and here[unit] in scheme.ids:
            own = _("{name} is in {band}").format(name=names[unit], band=scheme.label(here[unit], _.code))
            facts.insert(0, own)
        sentences.append(_("{name}: {facts}.").format(name=scale.node_name(framework, node, _), facts="; ".join(facts)))
    return " ".join(sentences)
