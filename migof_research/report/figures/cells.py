"""Cells and tiles: a band as colour and number, and the key that names them."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from migof_research.frameworks.model import BandScheme
from migof_research.report.style import GREY, MUTED, SMALL, WIDTH, ink_on, wrap
from migof_research.report.wording import Language

KEY = 0.5  # inches that the key takes
CHIP = 0.2  # inches
NONE: Mapping[str, int] = MappingProxyType({})


def draw_cells(
    ax: Axes, x: np.ndarray, y: np.ndarray, width: float, height: float, bands: pd.Series, scheme: BandScheme, low: float = 0.5
) -> None:
    """A cell a band, with its upper left corner at (x, y): filled and numbered, or outlined with a dash where the band
    is not known; ``low`` is where the number stands, as a share of the height. All lengths are in inches.

    The cells of one band are one path, and their numbers one marker: a hundred times lighter than patches and texts.
    """
    for number, id in enumerate([*scheme.ids, None], 1):
        here = (~bands.isin(scheme.ids) if id is None else bands == id).to_numpy()
        colour = "white" if id is None else scheme.colour(id)
        ax.add_patch(_rectangles(x[here], y[here], width, height, fc=colour, ec=GREY if id is None else colour, lw=0.6))
        ink, marker = (MUTED, "_") if id is None else (ink_on(colour), f"${number}$")
        ax.plot(x[here] + width / 2, y[here] + height * low, ls="", marker=marker, ms=5.5, mew=0 if id else 0.8, color=ink, clip_on=False)


def _rectangles(x: np.ndarray, y: np.ndarray, width: float, height: float, **kwargs: object) -> PathPatch:
    """Many rectangles of one size as one patch."""
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height), (0, 0)])
    points = (np.column_stack([x, y])[:, None] + corners).reshape(-1, 2)
    codes = np.tile([Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY], len(x))
    return PathPatch(Path(points, codes), clip_on=False, **kwargs)


def draw_key(ax: Axes, y: float, scheme: BandScheme, _: Language, counts: Mapping[str, int] = NONE, none: bool = True) -> None:
    """The bands by cell and name, lowest first, and, with ``none``, the cell for no data, from ``y`` downwards; ``counts`` adds how many
    are in each, by band id, those without data under "". The x axis is in inches of the figure."""
    ids = [*scheme.ids, ""] if none else scheme.ids
    room = (WIDTH - 0.1) / len(ids)
    x = 0.05 + room * np.arange(len(ids))
    draw_cells(ax, x, np.full(len(ids), y), CHIP, CHIP, pd.Series(ids), scheme)
    for left, id in zip(x, ids, strict=True):
        name = scheme.label(id, _.code) if id else _("No data")
        said = _("{name}: {n}").format(name=name, n=_.number(counts[id])) if id in counts else name
        ax.text(left + CHIP + 0.06, y + 0.02, wrap(said, room - CHIP - 0.12, SMALL), va="top", size=SMALL)
