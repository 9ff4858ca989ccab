"""One style for all figures: what they share in type, colour, size and bytes.

Figures are made without pyplot, with margins in inches, so that nothing has to be measured by drawing twice (no tight
box, no layout engine). The font is DejaVu Sans, which ships with matplotlib. The SVG holds words as words: a third of
the size and half of the time of outlined letters, and they can be searched and edited. A machine without the font
shows another, and since DejaVu is among the widest, what fits in it fits in all of them.

Blue is for bands, grey for peers and for the past, orange for the unit the report is about, green for the world.
"""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text
from matplotlib.transforms import blended_transform_factory

INK = "#1a1f24"
MUTED = "#57616b"  # secondary text; 6.3:1 on white
GREY = "#8a949e"  # outlines, peers, no data; 3.1:1 on white
RULE = "#d5dadf"  # grid lines
UNIT = "#b4470f"  # the unit the report is about; 5.5:1 on white
ACCENT = "#0f766e"  # what a figure of the whole world wants seen; 5.5:1 on white

WIDTH = 6.5  # inches: 624 px, where 9 points are 12 px
SIZE, SMALL = 9.0, 8.0  # points
LINE = 0.135  # inches from one line of small type to the next

FONT = "DejaVu Sans"
RC: dict[Any, Any] = sns.axes_style("white") | {
    "font.family": "sans-serif",
    "font.sans-serif": [FONT],
    "font.size": SIZE,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.labelsize": SMALL,
    "axes.edgecolor": GREY,
    "axes.linewidth": 0.8,
    "xtick.color": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SIZE,
    "hatch.color": GREY,
    "hatch.linewidth": 0.6,
    "figure.dpi": 100,
    "figure.constrained_layout.use": False,
    "savefig.bbox": None,
    "savefig.facecolor": "white",  # a figure keeps its own ground, also on a dark page
    "svg.fonttype": "none",
    "svg.hashsalt": "migof",
}

P = ParamSpec("P")
T = TypeVar("T")


def styled(draw: Callable[P, T]) -> Callable[P, T]:
    """Run a function that draws in this style and leave matplotlib's settings as they were."""

    @functools.wraps(draw)
    def inside(*args: P.args, **kwargs: P.kwargs) -> T:
        with mpl.rc_context(RC):
            return draw(*args, **kwargs)

    return inside


def canvas(
    height: float, left: float = 0.0, right: float = 0.0, top: float = 0.0, bottom: float = 0.0, note: str = ""
) -> tuple[Figure, Axes]:
    """A figure and its axes: the height of the axes and the margins around them in inches; a note on how to read the
    figure goes below the bottom margin.

    The y axis of the axes is in inches too, from 0 at the top down to ``height``, so that rows, type and margins are
    laid out in one unit.
    """
    note = wrap(note, WIDTH - 0.2, SMALL)
    below = bottom + (LINE * (note.count("\n") + 1) + 0.1 if note else 0)
    total = height + top + below
    figure = Figure(figsize=(WIDTH, total))
    figure.text(0.05 / WIDTH, 0.06 / total, note, size=SMALL, color=MUTED, va="bottom")
    axes = figure.add_axes((left / WIDTH, below / total, (WIDTH - left - right) / WIDTH, height / total))
    axes.set(ylim=(height, 0), yticks=[], facecolor="none")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, pad=4)
    return figure, axes


def margin_text(axes: Axes, inches: float, y: float, text: str, **kwargs: Any) -> Text:
    """Text beside the axes: so many inches right of its right edge, or, where negative, left of its left edge."""
    width = axes.get_position().width * WIDTH
    x = inches / width + (inches >= 0)
    side = {"ha": "left" if inches >= 0 else "right", "va": "center", "linespacing": 1.1}
    return axes.text(x, y, text, transform=axes.get_yaxis_transform(), **side | kwargs)


def two_texts(axes: Axes, y: float, bold: str, plain: str, inches: float) -> None:
    """Two texts right of the axes, the first in bold, one under the other, together centred on ``y``."""
    bold, plain = wrap(bold, inches - 0.1, SMALL, "bold"), wrap(plain, inches - 0.1, SMALL)
    lines = [text.count("\n") + 1 for text in (bold, plain)]
    margin_text(axes, 0.1, y - LINE * lines[1] / 2, bold, size=SMALL, weight="bold")
    margin_text(axes, 0.1, y + LINE * lines[0] / 2, plain, size=SMALL, color=MUTED)


def rule(axes: Axes, y: float) -> None:
    """A thin line across the whole figure."""
    across = blended_transform_factory(axes.figure.transFigure, axes.transData)
    margin = 0.05 / WIDTH
    axes.plot([margin, 1 - margin], [y, y], color=RULE, lw=0.8, zorder=0, clip_on=False, transform=across)


def wrap(text: str, inches: float, size: float = SIZE, weight: str = "normal") -> str:
    """The text in as few lines of at most so many inches as it takes in this size, and these as even as can be; a longer
    word keeps a line of its own."""
    fewest = _filled(text, inches, size, weight)
    narrower = (_filled(text, inches * share, size, weight) for share in (0.6, 0.7, 0.8, 0.9))
    return next((lines for lines in narrower if lines.count("\n") == fewest.count("\n")), fewest)


def _filled(text: str, inches: float, size: float, weight: str) -> str:
    lines, used = [""], 0.0
    for word in text.split(" "):
        wide = text_width(f" {word}", size, weight)
        if lines[-1] and used + wide > inches:
            lines, used = [*lines, word], wide
        else:
            lines[-1], used = f"{lines[-1]} {word}".lstrip(), used + wide
    return "\n".join(lines)


@functools.cache
def text_width(text: str, size: float = SIZE, weight: str = "normal") -> float:
    """Inches that one line of text takes."""
    font = get_font(findfont(FontProperties(family=[FONT], weight=weight)))
    font.set_size(size, 72)
    font.set_text(text)
    return font.get_width_height()[0] / 64 / 72


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour))
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """White or ink, whichever is easier to read on this colour."""
    return max("white", INK, key=lambda ink: contrast(ink, colour))


def tint(colour: str, share: float) -> str:
    """The colour mixed with white: ``share`` of the colour, the rest white."""
    red, green, blue = to_rgb(colour)
    return to_hex((1 - share * (1 - red), 1 - share * (1 - green), 1 - share * (1 - blue)))
