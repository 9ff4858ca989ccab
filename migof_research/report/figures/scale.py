"""What figures on the scale 0-100 share: the rows of a framework, the bands along the top, a score on the scale."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from migof_research.frameworks.model import OVERALL, BandScheme, Framework
from migof_research.report.style import MUTED, RULE, SMALL, WIDTH, canvas, ink_on, margin_text, wrap
from migof_research.report.wording import Language

LEFT, RIGHT = 2.25, 1.3  # inches beside the scale, for names on the left and words on the right
CODE = 0.3  # inches of these for the MiGOF code
STRIP = 0.2  # inches, the height of the strip of bands
HEAD = 0.72  # inches above the rows, for the strip and the names of the bands
SPOT = 8.0  # a band that is the single point 100 is drawn this wide, beyond the end of the scale


def rows(framework: Framework) -> list[str]:
    """The overall score, then the domains."""
    return [OVERALL, *framework.domains]


def node_name(framework: Framework, node: str, _: Language) -> str:
    return _("Overall") if node == OVERALL else framework.label(node, _.code)


def practice_name(framework: Framework, id: str, _: Language) -> str:
    """An item, or a domain, as something to have in place: "Not: ..." where no is the good answer."""
    bad = any(item.id == id and item.yes_is == "bad" for item in framework.items())
    return _("Not: {text}").format(text=framework.label(id, _.code)) if bad else framework.label(id, _.code)


def score_words(lower: float, upper: float, _: Language) -> str:
    """ "80", or "80–88.3": a decimal only where it is needed."""
    ends = (_.number(end, digits=0 if float(end).is_integer() else 1) for end in (lower, upper))
    return "–".join(dict.fromkeys(ends))


def band_name(row: pd.Series, scheme: BandScheme, _: Language) -> str:
    """The name of the band, or of the lowest and highest band it may be in, or that there is none."""
    if pd.notna(row["band"]):
        return scheme.label(row["band"], _.code)
    ends = [row["band_lower"], row["band_upper"]]
    if pd.isna(ends).any() or ends[0] == ends[1]:  # too little is answered for any
        return _("No band")
    return _.join([scheme.label(band, _.code) for band in ends], style="or")


def zones(scheme: BandScheme) -> list[tuple[str, float, float]]:
    """Each band with where it begins and ends as drawn."""
    cuts = [float(cut) for cut in scheme.cuts]
    return list(zip(scheme.ids, cuts, [*cuts[1:], 100 if cuts[-1] < 100 else 100 + SPOT], strict=True))


def place(score: float, scheme: BandScheme) -> float:
    """Where a score is drawn: 100 lies in the middle of its band where that band is a single point."""
    return 100 + SPOT / 2 if score == 100 == scheme.cuts[-1] else score


def sheet(height: float, scheme: BandScheme, note: str, _: Language) -> tuple[Figure, Axes]:
    """A figure with room for rows of this height in all: the strip of bands above them with number and name, the cuts
    as lines down through them, and below the scale how to read it."""
    fig, ax = canvas(height, LEFT, RIGHT, top=HEAD, bottom=0.3, note=note)
    end = zones(scheme)[-1][2]
    inches = (WIDTH - LEFT - RIGHT) / end
    ax.set_xlim(0, end)
    for number, (band, low, high) in enumerate(zones(scheme), 1):
        middle, colour, spot = (low + high) / 2, scheme.colour(band), low == 100
        ax.add_patch(Rectangle((low, -STRIP), high - low, STRIP, color=colour, lw=0, clip_on=False))
        ax.text(middle, -STRIP / 2, str(number), ha="center", va="center_baseline", size=SMALL, color=ink_on(colour))
        name = wrap(scheme.label(band, _.code), RIGHT - 0.3 if spot else inches * (high - low), SMALL)
        x, side = (low, "left") if spot else (middle, "center")
        ax.text(x, -STRIP - 0.05, name, ha=side, va="bottom", size=SMALL)
        if low:
            ax.plot([low, low], [0, height], color=RULE, lw=1, zorder=0)
    ticks = [low for _band, low, _high in zones(scheme) if low < 100] + [100]
    ax.set_xticks([place(tick, scheme) for tick in ticks], [_.number(tick) for tick in ticks])
    return fig, ax


def draw_row_name(ax: Axes, y: float, framework: Framework, node: str, _: Language) -> None:
    """The name of a row, and in front of it the MiGOF principles and objectives it serves."""
    overall = node == OVERALL
    weight, indent = ("bold", 0.0) if overall else ("normal", CODE)
    name = wrap(node_name(framework, node, _), LEFT - 0.1 - indent, weight=weight)
    margin_text(ax, indent - LEFT + 0.05, y, name, ha="left", weight=weight)
    if not overall:
        margin_text(ax, 0.05 - LEFT, y, wrap(" ".join(framework.node(node).migof), CODE), ha="left", color=MUTED)


def draw_score(
    ax: Axes, y: float, score: tuple[float, float], scheme: BandScheme, colour: str, hollow: bool = False, label: str = ""
) -> None:
    """A dot where the score is exact; else a bar over the range in which it lies; a label beside it."""
    (lower, upper), face = score, "white" if hollow else colour
    left, right = place(lower, scheme), place(upper, scheme)
    if lower == upper:
        ax.plot([left], [y], "o", ms=8, color=colour, mfc=face, mew=1.4, clip_on=False, zorder=3)
    else:
        ax.add_patch(Rectangle((left, y - 0.05), right - left, 0.1, ec=colour, fc=face, lw=1.4, zorder=3))
    if label:
        x, side = (right + 4, "left") if right < 80 else (left - 4, "right")
        ax.text(x, y, label, ha=side, va="center_baseline", size=SMALL, color=MUTED if hollow else colour)
