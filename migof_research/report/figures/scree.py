"""How many things a set of items measures: its components beside those of shuffled answers."""

import pandas as pd
from matplotlib.figure import Figure

from migof_research.report.style import ACCENT, GREY, MUTED, RULE, SMALL, WIDTH, canvas, styled
from migof_research.report.wording import Language

LEFT, RIGHT, HEIGHT = 0.6, 0.3, 2.1  # inches
MOST = 15  # components shown


@styled
def scree(parallel: pd.DataFrame, _: Language) -> Figure:
    """``parallel`` is the table of `migof_research.analysis.dimensions.parallel`: eigenvalues as dots, filled where kept; a grey line
    for the 95th percentile of shuffled answers."""
    table = parallel.head(MOST)
    note = _(
        "Dots: how much each component of the items' correlations carries (eigenvalue). Line: what 95 of 100 shuffles of the answers stay "
        "below. Filled: more than chance."
    )
    fig, ax = canvas(HEIGHT, LEFT, RIGHT, top=0.1, bottom=0.5, note=note)
    top = 1.08 * max(table["eigenvalue"].max(), table["random_95"].max())
    ax.set_xlim(0.5, len(table) + 0.5)
    ax.set_xticks(table["component"], [_.number(number) for number in table["component"]])
    ax.set_xlabel(_("Component"), color=MUTED)

    def place(values: pd.Series) -> pd.Series:
        return HEIGHT * (1 - values / top)

    step = next(step for step in (0.5, 1, 2, 5, 10, 20) if top / step <= 6)
    for tick in range(int(top / step) + 1):
        y = HEIGHT * (1 - tick * step / top)
        ax.axhline(y, color=RULE, lw=0.8, zorder=0)
        ax.text(
            -0.08 / (WIDTH - LEFT - RIGHT),
            y,
            _.number(tick * step, 0 if step >= 1 else 1),
            transform=ax.get_yaxis_transform(),
            ha="right",
            va="center",
            size=SMALL,
        )
    ax.plot(table["component"], place(table["random_95"]), color=GREY, lw=1.6, zorder=1)
    for kept, rows in table.groupby("kept"):
        ax.plot(rows["component"], place(rows["eigenvalue"]), "o", ms=7, color=ACCENT, mfc=ACCENT if kept else "white", mew=1.4, zorder=2)
    return fig


def scree_alt(parallel: pd.DataFrame, _: Language) -> str:
    """The same in words: each component beside chance."""
    said = [
        _("component {number}: {value}, chance up to {random}").format(
            number=_.number(row.component), value=_.number(row.eigenvalue, 2), random=_.number(row.random_95, 2)
        )
        for row in parallel.head(MOST).itertuples()
    ]
    kept = _.n(
        "{n} component carries more than shuffled answers do.",
        "{n} components carry more than shuffled answers do.",
        int(parallel["kept"].sum()),
    )
    return _("{first} {list}.").format(first=kept, list="; ".join(said))
