"""The world by bands: each country one tile of the same size, near where it lies."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migof_research.frameworks.model import BandScheme
from migof_research.report.figures.cells import KEY, draw_cells, draw_key
from migof_research.report.style import MUTED, UNIT, WIDTH, canvas, ink_on, styled
from migof_research.report.wording import Language

GAP = 1 / 72  # inches around a tile: a point, so that the SVG has short numbers


@styled
def tile_map(bands: pd.DataFrame, tiles: pd.DataFrame, scheme: BandScheme, _: Language, *, unit: str | None = None) -> Figure:
    """A tile a country with its code, and the colour and number of its band; countries without a band are outlined.

    ``bands`` holds one row a country (`unit, band`), ``tiles`` is the grid of `migof_research.indicators.tiles`;
    ``unit`` is the country to be marked.
    """
    band = bands.set_index("unit")["band"].reindex(tiles["unit"])
    side = WIDTH / (tiles["column"].max() + 1)
    height = side * (tiles["row"].max() + 1) + 0.2
    fig, ax = canvas(height + KEY, top=2 / 72)
    ax.set(xlim=(0, WIDTH), xticks=[])
    left, top = tiles["column"].to_numpy() * side, tiles["row"].to_numpy() * side
    draw_cells(ax, left + GAP, top + GAP, side - 2 * GAP, side - 2 * GAP, band, scheme, low=0.71)
    for x, y, (code, id) in zip(left, top, band.items(), strict=True):
        ink = ink_on(scheme.colour(id)) if id in scheme.ids else MUTED
        ax.text(x + side / 2, y + side * 0.32, code, ha="center", va="center_baseline", size=6, color=ink)
        if code == unit:
            for colour, wide in (("white", 4), (UNIT, 2.2)):
                ax.add_patch(Rectangle((x, y), side, side, fc="none", ec=colour, lw=wide))
    draw_key(ax, height, scheme, _, _counts(band, scheme))
    return fig


def _counts(band: pd.Series, scheme: BandScheme) -> Mapping[str, int]:
    known = band[band.isin(scheme.ids)]
    return {**known.value_counts().to_dict(), "": len(band) - len(known)}


def tile_map_alt(
    bands: pd.DataFrame,
    tiles: pd.DataFrame,
    scheme: BandScheme,
    _: Language,
    *,
    unit: str | None = None,
    names: Mapping[str, str],
) -> str:
    """The same in words: how many countries are in each band, which ones in the highest, where the marked one is."""
    band = bands.set_index("unit")["band"].reindex(tiles["unit"])
    counts = _counts(band, scheme)
    said = [_("{name}: {n}").format(name=scheme.label(id, _.code), n=_.number(counts.get(id, 0))) for id in scheme.ids]
    sentences = [
        _("World map with a tile for each of {n} countries.").format(n=_.number(len(tiles))),
        _("Countries by band: {counts}; no data: {none}.").format(counts="; ".join(said), none=_.number(counts[""])),
    ]
    if counts.get(scheme.ids[-1]):
        top = sorted((names[country] for country in band.index[band == scheme.ids[-1]]), key=_.key)
        sentences.append(_("{band}: {names}.").format(band=scheme.label(scheme.ids[-1], _.code), names=_.join(top)))
    if unit is not None and unit in band.index:
        here = band[unit]
        where = scheme.label(here, _.code) if here in scheme.ids else _("No data")
        sentences.append(_("{name}, marked: {band}.").format(name=names[unit], band=where))
    return " ".join(sentences)
