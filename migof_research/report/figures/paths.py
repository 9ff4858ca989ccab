"""Sets of measures that reach the next band, side by side."""

import pandas as pd
from matplotlib.figure import Figure

from migof_research.analysis.pathways import KINDS
from migof_research.frameworks.model import Framework
from migof_research.report.figures.scale import practice_name
from migof_research.report.style import GREY, LINE, MUTED, RULE, SMALL, UNIT, WIDTH, canvas, margin_text, rule, styled, wrap
from migof_research.report.wording import Language

LEFT, ROW = 2.75, 0.42  # inches


def _kinds(_: Language) -> dict[str, str]:
    return {
        "smallest": _("Fewest measures"),
        "usual": _("Most usual among peers"),
        "robust": _("Any one may fail"),
        "cheapest": _("Cheapest"),
    }


def _sets(paths: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The best set of each kind there is."""
    best = paths[paths["rank"] == 1]
    return {kind: best[best["kind"] == kind] for kind in KINDS if (best["kind"] == kind).any()}


@styled
def paths(paths: pd.DataFrame, framework: Framework, _: Language) -> Figure:
    """A column a set, a row a measure: a dot where the set holds the measure, with the points it adds; above each column
    how many measures and the score reached.

    ``paths`` is the table of `migof_research.analysis.pathways.paths` of one unit; the best set of each kind is shown.
    """
    sets = _sets(paths)
    items = list(dict.fromkeys(paths.loc[paths["rank"] == 1, "item"]))
    column = (WIDTH - LEFT - 0.1) / max(len(sets), 1)
    heads = {kind: wrap(_kinds(_)[kind], column - 0.1, SMALL, "bold") for kind in sets}
    top = 0.55 + LINE * max(head.count("\n") + 1 for head in heads.values())
    fig, ax = canvas(ROW * len(items), LEFT, 0.1, top=top, bottom=0.08)
    ax.set(xlim=(0, column * len(sets)), xticks=[])
    margin_text(ax, 0.05 - LEFT, -0.3, wrap(_reached(paths, framework, _), LEFT - 0.3), ha="left", weight="bold")
    for position, (kind, group) in enumerate(sets.items()):
        x = column * (position + 0.5)
        ax.text(x, -0.42, heads[kind], ha="center", va="bottom", size=SMALL, weight="bold")
        ax.text(x, -0.37, _summary(group, _), ha="center", va="top", size=SMALL, color=MUTED, linespacing=1.1)
        for row, item in enumerate(items):
            y, gain = ROW * (row + 0.5), group.loc[group["item"] == item, "gain"]
            if len(gain):
                ax.plot([x - 0.17], [y], "o", ms=8, color=UNIT)
                ax.text(x - 0.05, y, _.signed(gain.iloc[0], 1), va="center_baseline", size=SMALL)
            else:
                ax.plot([x - 0.17], [y], "o", ms=3, color=GREY)
    for row, item in enumerate(items):
        margin_text(ax, 0.05 - LEFT, ROW * (row + 0.5), wrap(practice_name(framework, item, _), LEFT - 0.2, SMALL), ha="left", size=SMALL)
        rule(ax, ROW * row)
    for position in range(1, len(sets)):
        ax.axvline(column * position, color=RULE, lw=0.8, zorder=0)
    return fig


def _reached(paths: pd.DataFrame, framework: Framework, _: Language) -> str:
    return _("To reach: {band}").format(band=framework.bands.label(str(paths["band"].iloc[0]), _.code))


def _summary(group: pd.DataFrame, _: Language) -> str:
    measures = _.n("{n} measure", "{n} measures", len(group))
    return measures + "\n" + _("score {score}").format(score=_.number(group["score"].iloc[0], 1))


def paths_alt(paths: pd.DataFrame, framework: Framework, _: Language) -> str:
    """The same in words: the measures of each set with the points they add, and the score reached."""
    sentences = [_reached(paths, framework, _) + "."]
    for kind, group in _sets(paths).items():
        measures = [
            _("{name} ({gain})").format(name=practice_name(framework, item, _), gain=_.signed(gain, 1))
            for item, gain in group[["item", "gain"]].itertuples(index=False)
        ]
        summary = _summary(group, _).replace("\n", ", ")
        sentences.append(_("{kind}, {summary}: {measures}.").format(kind=_kinds(_)[kind], summary=summary, measures="; ".join(measures)))
    return " ".join(sentences)
