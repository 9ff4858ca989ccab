"""What units with higher scores have more often than the rest: the difference of each practice with its interval."""

import pandas as pd
from matplotlib.figure import Figure

from migof_research.frameworks.model import Framework
from migof_research.report.figures.scale import practice_name, score_words
from migof_research.report.style import ACCENT, GREY, MUTED, RULE, SMALL, canvas, margin_text, rule, styled, two_texts, wrap
from migof_research.report.wording import Language

LEFT, RIGHT, ROW = 2.7, 1.6, 0.5  # inches
SURE = 0.05  # a dot is filled where the adjusted q is below


def _said(row: pd.Series, _: Language) -> tuple[str, str]:
    """The difference with its interval, and the two shares with their n."""
    difference = _("{difference} ({lower} to {upper})").format(
        difference=_.signed(row["risk_difference"]), lower=_.signed(row["lower"]), upper=_.signed(row["upper"])
    )
    shares = _("{top} of {n_top}, {rest} of {n_rest}").format(
        top=_.percent(row["prevalence_top"]),
        n_top=_.number(row["n_top"]),
        rest=_.percent(row["prevalence_rest"]),
        n_rest=_.number(row["n_rest"]),
    )
    return difference, shares


def _q(q: float, _: Language) -> str:
    return f"= {_.number(q, 3)}" if q >= 0.001 else f"< {_.number(0.001, 3)}"


@styled
def practices(contrast: pd.DataFrame, framework: Framework, cut: float, _: Language, *, typical: float | None = None) -> Figure:
    """A practice a row, in the order of the table: the difference between the shares that have it, in percentage points.

    ``contrast`` is the table of `migof_research.analysis.practices.contrast` (or its first rows), ``cut`` the score from
    which on a unit is at the top, ``typical`` the median difference of the whole set, drawn as a dashed line.
    """
    note = _(
        "Percentage points between the units that score {cut} or more without the practice itself, and the rest; line: "
        "95% interval (Newcombe). Filled: q below 0.05. Right: who has it, of how many, at the top and in the rest."
    ).format(cut=score_words(cut, cut, _))
    note += "" if typical is None else " " + _("Dashed: the typical practice of the set.")
    fig, ax = canvas(ROW * len(contrast), LEFT, RIGHT, top=0.08, bottom=0.3, note=note)
    low, high = min(0, contrast["lower"].min()), max(0, contrast["upper"].max())
    ax.set_xlim(low - 3, high + 3)
    ticks = [tick for tick in range(-100, 101, 50 if high - low > 120 else 20) if low - 3 <= tick <= high + 3]
    ax.set_xticks(ticks, [_.signed(tick) for tick in ticks])
    for tick in ticks:
        ax.axvline(tick, color=RULE if tick else GREY, lw=0.8 if tick else 1.2, zorder=0)
    if typical is not None:
        ax.axvline(typical, color=MUTED, lw=1, ls=(0, (4, 3)), zorder=1)
    for number, (_index, row) in enumerate(contrast.iterrows()):
        y = ROW * (number + 0.5)
        margin_text(ax, 0.05 - LEFT, y, wrap(practice_name(framework, row["practice"], _), LEFT - 0.15, SMALL), ha="left", size=SMALL)
        ax.plot([row["lower"], row["upper"]], [y, y], color=ACCENT, lw=1.4, zorder=2)
        ax.plot([row["risk_difference"]], [y], "o", ms=7, color=ACCENT, mfc=ACCENT if row["q"] < SURE else "white", mew=1.4, zorder=3)
        two_texts(ax, y, *_said(row, _), RIGHT)
        if number:
            rule(ax, ROW * number)
    return fig


def practices_alt(contrast: pd.DataFrame, framework: Framework, cut: float, _: Language, *, typical: float | None = None) -> str:
    """The same in words: difference, interval, shares and q of each practice."""
    sentences = [
        _("Practices of the units that score {cut} or more without them against the rest, in percentage points.").format(
            cut=score_words(cut, cut, _)
        )
    ]
    if typical is not None:
        sentences.append(_("The typical practice differs by {typical}.").format(typical=_.signed(typical)))
    for _index, row in contrast.iterrows():
        difference, shares = _said(row, _)
        sentences.append(
            _("{name}: {difference}; {shares}; q {q}.").format(
                name=practice_name(framework, row["practice"], _), difference=difference, shares=shares, q=_q(row["q"], _)
            )
        )
    return " ".join(sentences)
