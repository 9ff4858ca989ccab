"""How firm a band is: the probability of each band, node by node."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migof_research.frameworks.model import Framework
from migof_research.report.figures import scale
from migof_research.report.figures.cells import KEY, draw_key
from migof_research.report.style import SMALL, canvas, ink_on, rule, styled, two_texts
from migof_research.report.wording import Language

ROW, BAR = 0.58, 0.26  # inches
ROOM = 0.09  # a part narrower than this share of the axis is not labelled


def _rows(firmness: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """A row a node, a column a band, probabilities of 0-1."""
    wide = firmness.assign(band=firmness["band"].astype(str)).pivot(index="node", columns="band", values="probability")
    nodes = [node for node in scale.rows(framework) if node in wide.index]
    return wide.reindex(index=nodes, columns=framework.bands.ids).fillna(0.0)


def _verdict(row: pd.Series, framework: Framework, least: float, _: Language) -> str:
    return framework.bands.label(row.idxmax(), _.code) if row.max() >= least else _("no firm band")


@styled
def firmness(firmness: pd.DataFrame, framework: Framework, _: Language, *, least: float = 0.5) -> Figure:
    """A row a node: a bar divided by the probability of each band, lowest band first, and the most likely band beside it,
    or that there is none as likely as ``least``.

    ``firmness`` has ``node, band, probability`` (0-1) of one unit.
    """
    rows, scheme = _rows(firmness, framework), framework.bands
    height = ROW * len(rows)
    fig, ax = canvas(height, scale.LEFT, scale.RIGHT, top=0.05, bottom=0.32 + KEY)
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], [_.percent(tick) for tick in range(0, 101, 25)])
    for position, (node, row) in enumerate(rows.iterrows()):
        y, left = ROW * (position + 0.5), 0.0
        scale.draw_row_name(ax, y, framework, node, _)
        for number, (band, share) in enumerate(row.items(), 1):
            colour = scheme.colour(band)
            ax.add_patch(Rectangle((left, y - BAR / 2), share, BAR, fc=colour, ec="white", lw=0.8, clip_on=False))
            if share >= ROOM:
                ax.text(left + share / 2, y, str(number), ha="center", va="center_baseline", size=SMALL, color=ink_on(colour))
            left += share
        two_texts(ax, y, _verdict(row, framework, least, _), _.percent(100 * row.max()), scale.RIGHT)
        if position:
            rule(ax, ROW * position)
    below = fig.add_axes((0, 0, 1, KEY / fig.get_figheight()), xlim=(0, fig.get_figwidth()), ylim=(KEY, 0))
    below.set_axis_off()
    draw_key(below, 0.02, scheme, _, none=False)
    return fig


def firmness_alt(firmness: pd.DataFrame, framework: Framework, _: Language, *, least: float = 0.5) -> str:
    """The same in words: the probability of each band that has one of at least 1 %, node by node."""
    sentences = [_("Probability of each band.")]
    for node, row in _rows(firmness, framework).iterrows():
        facts = [
            _("{name}: {value}").format(name=framework.bands.label(band, _.code), value=_.percent(100 * share))
            for band, share in row.items()
            if share >= 0.005
        ]
        if row.max() < least:
            facts.append(_("no firm band"))
        sentences.append(_("{name}: {facts}.").format(name=scale.node_name(framework, node, _), facts="; ".join(facts)))
    return " ".join(sentences)
