"""How many units moved from which band to which between two rounds."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from migof_research.frameworks.model import BandScheme
from migof_research.report.style import ACCENT, GREY, INK, MUTED, SIZE, SMALL, WIDTH, canvas, ink_on, styled, tint, wrap
from migof_research.report.wording import Language

HEIGHT, GAP, BAR, SIDE = 3.2, 0.12, 0.3, 1.75  # inches: all units, between bands, a band, the names beside it


def _table(transitions: pd.DataFrame, scheme: BandScheme) -> pd.DataFrame:
    """Rows: band before; columns: band after; both from the highest band down."""
    table = transitions.astype({"band_from": str, "band_to": str}).pivot_table(
        index="band_from", columns="band_to", values="n", aggfunc="sum"
    )
    order = scheme.ids[::-1]
    return table.reindex(index=order, columns=order).fillna(0).astype(int)


def _moves(table: pd.DataFrame) -> tuple[int, int, int]:
    """How many rose, stayed and fell."""
    counts = table.to_numpy()
    return int(np.tril(counts, -1).sum()), int(np.trace(counts)), int(np.triu(counts, 1).sum())


def _tops(sizes: pd.Series, inch: float) -> dict[str, float]:
    """Where each band begins, from above; a band without units takes no room."""
    rooms = sizes * inch + np.where(sizes > 0, GAP, 0)
    return dict(zip(sizes.index, rooms.cumsum() - rooms, strict=True))


@styled
def transitions(transitions: pd.DataFrame, years: tuple[int, int], scheme: BandScheme, _: Language) -> Figure:
    """The bands of the earlier round on the left, of the later on the right, the highest above, and between them a ribbon as
    thick as the number of units that moved: green upwards, light level, dark downwards.

    ``transitions`` has ``band_from, band_to, n``.
    """
    table = _table(transitions, scheme)
    inch = HEIGHT / max(int(table.to_numpy().sum()), 1)
    tops = [_tops(table.sum(axis=1), inch), _tops(table.sum(axis=0), inch)]
    height = HEIGHT + GAP * len(scheme.ids)
    fig, ax = canvas(height, left=0, right=0, top=0.35, bottom=0.3)
    ax.set(xlim=(0, WIDTH), xticks=[])
    edges = SIDE, WIDTH - SIDE
    at = [dict(tops[0]), dict(tops[1])]  # how far each band is filled with ribbons
    label = (0.0, -1.0)
    for (before, after), n in table.stack().items():
        if n:
            thick, rank = n * inch, scheme.ids.index(after) - scheme.ids.index(before)
            colour = tint(ACCENT if rank > 0 else INK if rank < 0 else GREY, 0.45)
            _draw_ribbon(ax, edges, at[0][before], at[1][after], thick, colour, zorder=1 + 1 / (n + 1))
            y = at[0][before] + thick / 2
            label = (label[0] + 0.16 if y - label[1] < 0.12 else edges[0] + 0.1, y)  # beside the last one, not on it
            ax.text(*label, _.number(n), va="center_baseline", size=SMALL, zorder=3)
            at[0][before] += thick
            at[1][after] += thick
    for side, (x, sizes) in enumerate(zip((edges[0] - BAR, edges[1]), (table.sum(axis=1), table.sum(axis=0)), strict=True)):
        ax.text(x + BAR / 2, -0.15, str(years[side]), ha="center", size=SIZE, weight="bold")
        for band, n in sizes[sizes > 0].items():
            _draw_band(ax, x, tops[side][band], int(n) * inch, band, int(n), scheme, side, _)
    up, same, down = (_.number(n) for n in _moves(table))
    note = _("Up: {up}; same band: {same}; down: {down}.").format(up=up, same=same, down=down)
    ax.text(WIDTH / 2, height + 0.12, note, ha="center", va="center", size=SIZE, color=MUTED)
    return fig


def _draw_ribbon(ax: Axes, edges: tuple[float, float], start: float, end: float, thick: float, colour: str, zorder: float) -> None:
    left, right = edges
    middle = (left + right) / 2
    upper = [(left, start), (middle, start), (middle, end), (right, end)]
    lower = [(x, y + thick) for x, y in reversed(upper)]
    curve = [Path.CURVE4] * 3
    path = Path([*upper, *lower, upper[0]], [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])
    ax.add_patch(PathPatch(path, fc=colour, ec="white", lw=0.8, zorder=zorder))


def _draw_band(ax: Axes, x: float, y: float, height: float, band: str, n: int, scheme: BandScheme, side: int, _: Language) -> None:
    colour = scheme.colour(band)
    ax.add_patch(Rectangle((x, y), BAR, height, fc=colour, ec=INK, lw=0.6, zorder=2))
    if height > 0.14:
        number = scheme.ids.index(band) + 1
        ax.text(x + BAR / 2, y + height / 2, str(number), ha="center", va="center_baseline", size=SMALL, color=ink_on(colour), zorder=3)
    name = wrap(_("{name}: {n}").format(name=scheme.label(band, _.code), n=_.number(n)), SIDE - BAR - 0.15, SMALL)
    beside, align = (x - 0.08, "right") if side == 0 else (x + BAR + 0.08, "left")
    ax.text(beside, y + height / 2, name, ha=align, va="center", size=SMALL)


def transitions_alt(transitions: pd.DataFrame, years: tuple[int, int], scheme: BandScheme, _: Language) -> str:
    """The same in words: how many rose, stayed and fell, and every move between two bands."""
    table = _table(transitions, scheme)
    up, same, down = (_.number(n) for n in _moves(table))
    moves = [
        _("{before} to {after}: {n}").format(before=scheme.label(before, _.code), after=scheme.label(after, _.code), n=_.number(n))
        for (before, after), n in table.stack().items()
        if n
    ]
    return _("From {start} to {end}, {up} moved up, {same} stayed in their band, {down} moved down. {moves}.").format(
        start=years[0], end=years[1], up=up, same=same, down=down, moves="; ".join(moves)
    )
