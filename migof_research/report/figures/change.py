"""How one unit changed from its first to its last round: two scores a row, and how sure the direction is."""

import pandas as pd
from matplotlib.figure import Figure

from migof_research.frameworks.model import Framework
from migof_research.report.figures import scale
from migof_research.report.style import GREY, RULE, UNIT, styled
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
    return tuple(scale.score_words(row[f"lower_{when}"], row[f"upper_{when}"], _) for when in ("start", "end"))


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
        scale.draw_score(ax, y - 0.1, row["lower_start"], row["upper_start"], framework.bands, GREY, hollow=True)
        scale.draw_score(ax, y + 0.1, row["lower_end"], row["upper_end"], framework.bands, UNIT)
        scale.draw_words(ax, y, _direction(row["direction"], _), " → ".join(_scores(row, _)))
        if number:
            ax.axhline(ROW * number, color=RULE, lw=0.8, zorder=0)
    return fig


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
