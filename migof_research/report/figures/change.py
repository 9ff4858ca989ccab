"""How one unit changed from its first to its last round: two scores a row, and how sure the direction is."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from migof_research.frameworks.model import Framework
from migof_research.report.figures import scale
from migof_research.report.style import GREY, MUTED, SMALL, UNIT, rule, styled, two_texts
from migof_research.report.wording import Language

ROW = 0.58  # inches


def _direction(direction: str, _: Language) -> str:
    return {
        "surely up": _("▲ surely up"),
        "surely down": _("▼ surely down"),
        "not separable": _("not separable"),
        "unchanged": _("unchanged"),
    }[direction]


def _scores(row: pd.Series, _: Language) -> tuple[str, str]:
    start, end = (scale.score_words(row[f"lower_{when}"], row[f"upper_{when}"], _) for when in ("start", "end"))
    return start, end


def _band(band: str, framework: Framework, _: Language) -> str:
    return framework.bands.label(band, _.code) if pd.notna(band) else _("band not known")


@styled
def change(progress: pd.DataFrame, framework: Framework, _: Language) -> Figure:
    """A row a node: the score of the first round outlined in grey, that of the last below it in orange, and beside them
    whether the score surely went up or down.

    ``progress`` is the table of `migof_research.analysis.progress` of one unit.
    """
    rows = progress.set_index("node").reindex([n for n in scale.rows(framework) if n in set(progress["node"])])
    years = rows[["year_start", "year_end"]].iloc[0]
    note = _(
        "Grey outline: score in {start}; orange: score in {end}. A dot where the score is known exactly, a bar over the "
        "range in which it lies. Not separable: the ranges touch, so the score may have gone up or down."
    ).format(start=years["year_start"], end=years["year_end"])
    fig, ax = scale.sheet(ROW * len(rows), framework.bands, note, _)
    for number, (node, row) in enumerate(rows.iterrows()):
        y = ROW * (number + 0.5)
        scale.draw_row_name(ax, y, framework, node, _)
        start, end = ((row[f"lower_{when}"], row[f"upper_{when}"]) for when in ("start", "end"))
        _draw_arrow(ax, y, start, end, framework)
        scale.draw_score(ax, y - 0.1, start, framework.bands, GREY, hollow=True)
        scale.draw_score(ax, y + 0.1, end, framework.bands, UNIT)
        two_texts(ax, y, _direction(row["direction"], _), " → ".join(_scores(row, _)), scale.RIGHT)
        if number:
            rule(ax, ROW * number)
        else:
            _draw_year(ax, y - 0.23, start, years["year_start"], framework, MUTED)
            _draw_year(ax, y + 0.23, end, years["year_end"], framework, UNIT)
    return fig


def _draw_arrow(ax: Axes, y: float, start: tuple[float, float], end: tuple[float, float], framework: Framework) -> None:
    """From the earlier score to the later one where they do not touch."""
    if start[0] > end[1] or start[1] < end[0]:
        near = (start[0], end[1]) if start[0] > end[1] else (start[1], end[0])
        tail, tip = (scale.place(score, framework.bands) for score in near)
        look = {"arrowstyle": "-|>", "color": GREY, "lw": 1.0, "shrinkA": 4, "shrinkB": 5}
        ax.annotate("", (tip, y + 0.1), (tail, y - 0.1), arrowprops=look)


def _draw_year(ax: Axes, y: float, score: tuple[float, float], year: int, framework: Framework, colour: str) -> None:
    middle = (scale.place(score[0], framework.bands) + scale.place(score[1], framework.bands)) / 2
    ax.text(middle, y, str(year), ha="center", va="center_baseline", size=SMALL, color=colour)


def change_alt(progress: pd.DataFrame, framework: Framework, _: Language) -> str:
    """The same in words: scores and bands of both rounds and the direction, node by node."""
    rows = progress.set_index("node")
    years = rows[["year_start", "year_end"]].iloc[0]
    sentences = [_("Scores of 0 to 100 in {start} and {end}.").format(start=years["year_start"], end=years["year_end"])]
    for node in scale.rows(framework):
        if node in rows.index:
            row = rows.loc[node]
            before, after = _scores(row, _)
            sentences.append(
                _("{name}: {before}, {band_before}, then {after}, {band_after}: {direction}.").format(
                    name=scale.node_name(framework, node, _),
                    before=before,
                    after=after,
                    band_before=_band(row["band_start"], framework, _),
                    band_after=_band(row["band_end"], framework, _),
                    direction=_direction(row["direction"], _).lstrip("▲▼ "),
                )
            )
    return " ".join(sentences)
