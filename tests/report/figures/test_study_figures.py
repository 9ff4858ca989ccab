"""The figures of the studies robustness, coherence, context and insights: what every figure owes its reader, and what each says."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle

from migof_research.report import figures
from migof_research.report.wording import language

from . import made_up as data

EN = language("en")
ROWS = pd.DataFrame(
    {
        "group": ["Score", "Score", "Band"],
        "name": [
            "Weights of the domains",
            "A name so long that it takes three lines of small type beside the axis, or nearly four",
            "Cuts",
        ],
        "estimate": [0.54, 0.2, np.nan],
        "lower": [0.5, -0.3, np.nan],
        "upper": [0.58, 0.4, np.nan],
        "hollow": [False, True, False],
        "mark": [0.46, None, None],
        "bold": ["total: 0.54 (0.50–0.58)", "total: 0.20 (−0.30–0.40)", "–"],
        "plain": ["alone: 0.46", "alone: noise", ""],
    }
)
TICKS = {0.0: "0", 0.5: "0.5", 1.0: "1"}
RESULTS = pd.DataFrame(
    {"unit": [f"U{i:02}" for i in range(30)], "band": ["2"] * 10 + ["3"] * 20, "changed": [0.0] * 15 + [0.3] * 10 + [0.8] * 5}
)
PARALLEL = pd.DataFrame({"component": range(1, 21), "eigenvalue": np.linspace(6.2, 0.1, 20), "random_95": np.linspace(2, 0.4, 20)})
PARALLEL["kept"] = (PARALLEL["eigenvalue"] > PARALLEL["random_95"]).cummin() & (PARALLEL["component"] < 3)
SHARES = pd.DataFrame(
    {"node": ["overall", "overall", "D2", "D2"], "group": [202, 53, 202, 53], "n": [37, 2, 37, 4], "share": [56.8, 100.0, 0.0, 25.0]}
)
NAMES = {202: "Sub-Saharan Africa", 419: "Latin America and the Caribbean", 53: "Australia and New Zealand"}
FIGURES = {
    "intervals": lambda _: (
        figures.intervals(ROWS, TICKS, "How to read it.", reference=0.5),
        figures.intervals_alt(ROWS, "What it shows.", _),
    ),
    "firm_units": lambda _: tuple(
        getattr(figures, f"firm_units{side}")(RESULTS, data.FRAMEWORK.bands, _, unit="U27", names={"U27": "Republic of Moldova"})
        for side in ("", "_alt")
    ),
    "scree": lambda _: (figures.scree(PARALLEL, _), figures.scree_alt(PARALLEL, _)),
    "share_grid": lambda _: (
        figures.share_grid(SHARES, data.FRAMEWORK, NAMES, "How to read it.", _),
        figures.share_grid_alt(SHARES, data.FRAMEWORK, NAMES, "What it shows.", _),
    ),
}
each = pytest.mark.parametrize("name", FIGURES)


@each
def test_the_same_data_give_the_same_bytes_and_few_of_them(name):
    one, two = (data.svg(FIGURES[name](EN)[0]) for _run in range(2))
    assert one == two and len(one) < 80_000


@each
@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_no_word_sticks_out_of_the_figure(name, lang):
    assert data.outside(FIGURES[name](language(lang))[0]) == []


def test_words_of_the_intervals():
    assert FIGURES["intervals"](EN)[1] == (
        "What it shows. Score, Weights of the domains: total: 0.54 (0.50–0.58); alone: 0.46. Score, A name so long that it takes three "
        "lines of small type beside the axis, or nearly four: total: 0.20 (−0.30–0.40); alone: noise. Band, Cuts: –."
    )


def test_intervals_stay_on_the_axis_and_what_does_not_vary_has_no_dot():
    ax = FIGURES["intervals"](EN)[0].axes[0]
    lines = [line.get_xdata() for line in ax.lines if line.get_linewidth() == 1.4]
    assert [tuple(map(float, ends)) for ends in lines] == [(0.5, 0.58), (0.0, 0.4)]
    dots = [(float(line.get_xdata()[0]), line.get_markerfacecolor()) for line in ax.lines if line.get_marker() == "o"]
    assert [x for x, _face in dots] == [0.54, 0.2] and dots[1][1] == "white"


def test_every_unit_is_a_dot_in_the_row_of_its_band():
    fig, alt = FIGURES["firm_units"](EN)
    dots = [line for line in fig.axes[0].lines if line.get_marker() == "o"]
    assert sum(len(line.get_xdata()) for line in dots) == 30
    assert "Meets: n = 20; from 0% to 80% of the draws, median 30%; 5 in half of the draws or more." in alt
    assert alt.endswith("Republic of Moldova, marked: 80%.")


def test_components_beyond_chance_are_filled():
    fig, alt = FIGURES["scree"](EN)
    filled = [line for line in fig.axes[0].lines if line.get_marker() == "o" and line.get_markerfacecolor() != "white"]
    assert sum(len(line.get_xdata()) for line in filled) == 2
    assert alt.startswith("2 components carry more than shuffled answers do. component 1: 6.20, chance up to 2.00;")


def test_shares_of_few_units_are_not_coloured():
    fig, alt = FIGURES["share_grid"](EN)
    white = [patch for patch in fig.axes[0].patches if isinstance(patch, Rectangle) and patch.get_facecolor() == (1, 1, 1, 1)]
    assert len(white) == 2  # n = 2 and n = 4
    assert "Overall: Sub-Saharan Africa: 57%, n = 37; Australia and New Zealand: 100%, n = 2." in alt
    assert "Latin America" not in alt  # nobody there
