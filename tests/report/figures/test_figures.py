"""What every figure owes its reader, and that each draws and says what is in its data."""

import re

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.patches import Rectangle

from migof_research.indicators import tiles
from migof_research.report import figures
from migof_research.report.figures.band_heatmap import by_name
from migof_research.report.wording import language

from . import made_up as data

EN = language("en")
FIGURES = {
    "domain_profile": lambda _, side: getattr(figures, f"domain_profile{side}")(
        data.SCORES, data.BANDS, data.FRAMEWORK, _, peers=data.PEERS, previous=data.BEFORE
    ),
    "band_heatmap": lambda _, side: getattr(figures, f"band_heatmap{side}")(
        data.pd.concat([data.BANDS, data.PEERS]), data.FRAMEWORK, data.NAMES, _, unit="MDA"
    ),
    "change": lambda _, side: getattr(figures, f"change{side}")(data.PROGRESS, data.FRAMEWORK, _),
    "shares": lambda _, side: getattr(figures, f"shares{side}")(data.SHARES, "overall", _),
    "decomposition": lambda _, side: getattr(figures, f"decomposition{side}")(data.CHANGE, (2019, 2021), _),
    "practices": lambda _, side: getattr(figures, f"practices{side}")(data.PRACTICES, data.FRAMEWORK, 80.0, _, typical=27.0),
    "firmness": lambda _, side: getattr(figures, f"firmness{side}")(data.FIRMNESS, data.FRAMEWORK, _),
    "transitions": lambda _, side: getattr(figures, f"transitions{side}")(data.TRANSITIONS, (2019, 2021), data.FRAMEWORK.bands, _),
    "paths": lambda _, side: getattr(figures, f"paths{side}")(data.PATHS, data.FRAMEWORK, _),
    "tile_map": lambda _, side: getattr(figures, f"tile_map{side}")(
        data.WORLD, data.TILES, data.FRAMEWORK.bands, _, unit="MDA", **({"names": data.NAMES} if side else {})
    ),
}
each = pytest.mark.parametrize("name", FIGURES)


def drawn(name, lang="en"):
    return FIGURES[name](language(lang), "")


def said(name, lang="en"):
    return FIGURES[name](language(lang), "_alt")


@each
def test_the_same_data_give_the_same_bytes(name):
    assert data.svg(drawn(name)) == data.svg(drawn(name))


@each
def test_a_figure_is_light(name):
    assert len(data.svg(drawn(name))) < 80_000


def test_the_map_of_all_countries_is_light_too():
    table = tiles.tiles()
    bands = table[["unit"]].assign(band=[data.FRAMEWORK.bands.ids[row % 4] for row in range(len(table))])
    assert len(data.svg(figures.tile_map(bands, table, data.FRAMEWORK.bands, EN))) < 80_000


@each
@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_no_word_sticks_out_of_the_figure(name, lang):
    assert data.outside(drawn(name, lang)) == []


@each
def test_drawing_leaves_the_settings_of_matplotlib_alone(name):
    with mpl.rc_context({"font.size": 31, "axes.linewidth": 7}):
        before = dict(mpl.rcParams)
        drawn(name)
        assert dict(mpl.rcParams) == before


@each
def test_a_readers_own_settings_do_not_change_a_figure(name):
    plain = data.svg(drawn(name))
    with mpl.rc_context({"font.size": 31, "lines.linewidth": 9, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert data.svg(drawn(name)) == plain


@each
def test_the_words_name_every_number_that_is_written_in_the_figure(name):
    """But for the axis, the counts of bands in cells and the confidence level."""
    numbers = {n for n in re.findall(r"\d+\.\d", data.words(drawn(name)))}
    assert numbers <= set(re.findall(r"\d+\.\d", said(name)))


def test_words_of_the_profile():
    alt = said("domain_profile")
    assert "Overall: 80–88.3; Meets; 60–75 in 2019; 1 of 3 peers in a higher band, 1 in a lower one." in alt
    assert "Safe, orderly and regular migration: 60–80; Partially meets or Meets" in alt
    assert "Mobility dimensions of crises: 0–20; Requires further progress" in alt


def test_a_peer_whose_band_is_not_known_is_not_counted():
    assert re.search(r"Mobility dimensions of crises: [^.]*2 of 2 peers in a higher band, 0 in a lower one", said("domain_profile"))


def test_the_profile_draws_exact_scores_as_dots_and_others_as_ranges():
    ax = figures.domain_profile(data.SCORES, data.BANDS, data.FRAMEWORK, EN).axes[0]
    colour = mpl.colors.to_rgba(figures.domain_profile.__globals__["UNIT"])
    bars = [p for p in ax.patches if isinstance(p, Rectangle) and p.get_facecolor() == colour]
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert [(b.get_x(), pytest.approx(b.get_x() + b.get_width())) for b in bars] == [(80, 88.3), (40, 70), (0, 20), (60, 80)]
    assert [float(dot.get_xdata()[0]) for dot in dots] == [104, 104, 60]  # 100 in the middle of the band that is one point


def test_the_profile_names_the_band_of_every_row():
    text = data.words(drawn("domain_profile"))
    assert text.count("Fully meets") == 3  # the scale and two rows
    assert "Partially meets or Meets" in text


def test_a_node_without_an_answer_has_a_row_that_says_so():
    scores, bands = data.SCORES.copy(), data.BANDS.copy()
    scores.loc[3, ["lower", "upper", "score"]] = float("nan")
    bands.loc[3, ["band", "band_lower", "band_upper"]] = None
    assert "Cooperation and partnerships: –; No band." in figures.domain_profile_alt(scores, bands, data.FRAMEWORK, EN)
    assert "No band | –" in data.words(figures.domain_profile(scores, bands, data.FRAMEWORK, EN))


def test_a_band_withheld_because_too_much_is_missing_is_not_named():
    bands = data.BANDS.copy()
    bands.loc[3, "band"] = None  # though both ends of the score lie in one band
    assert "Cooperation and partnerships: 100; No band." in figures.domain_profile_alt(data.SCORES, bands, data.FRAMEWORK, EN)


def test_words_of_the_change():
    alt = said("change")
    assert "Overall: 60–75, Partially meets, then 80–88.3, Meets: surely up." in alt
    assert "Mobility dimensions of crises: 0–20, Requires further progress, then 0–20, Requires further progress: not separable." in alt
    assert "then 60–80, band not known: surely down." in alt


def test_the_change_has_an_arrow_where_the_direction_is_sure_and_only_there():
    fig = drawn("change")
    arrows = [text for text in fig.axes[0].texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == (data.PROGRESS["direction"].isin(["surely up", "surely down"])).sum()
    assert data.words(fig).count("surely") == len(arrows)
    first = arrows[0]
    assert (first.xyann[0], first.xy[0]) == (75, 80)  # from the upper end before to the lower end after


def test_units_are_sorted_by_name_without_accents_and_the_own_unit_comes_first():
    assert by_name(["ZMB", "GBR", "MDA", "ETH"], data.NAMES, "MDA") == ["MDA", "ETH", "GBR", "ZMB"]


def test_the_heat_map_puts_each_band_as_a_number_into_its_cell():
    fig = drawn("band_heatmap")
    numbers = {line.get_marker().strip("$"): line.get_xydata() for line in fig.axes[0].lines[:5]}  # then the key's
    assert {mark: len(places) for mark, places in numbers.items()} == {"1": 4, "2": 5, "3": 8, "4": 9, "_": 2}
    columns, rows = (np.unique(np.vstack(list(numbers.values()))[:, axis].round(6)) for axis in (0, 1))
    first = numbers["3"][numbers["3"][:, 1] == numbers["3"][:, 1].min()].round(6)
    assert (len(columns), len(rows), first.tolist()) == (7, 4, [[columns[0], rows[0]]])  # Moldova's only 3 is the overall one


def test_words_of_the_heat_map():
    alt = said("band_heatmap")
    assert alt.startswith("Bands of 4 countries in each domain.")
    assert "Overall: Republic of Moldova is in Meets; Requires further progress: 0; Partially meets: 1; Meets: 2; Fully meets: 1." in alt


def test_words_of_the_shares():
    alt = said("shares")
    assert "World: 2019: 54.1%, n = 111; 2021: 69.7%, n = 89; latest: 62.3%, n = 138." in alt
    assert "Oceania: 2019: 33.3%, n = 9; 2021: –, n = 0; latest: 44.4%, n = 9." in alt


def test_the_shares_stand_inside_their_intervals():
    ax = drawn("shares").axes[0]
    intervals = [line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linewidth() == 1]
    points = [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() in ("o", "D")]
    assert points[:4] == [54.054, 69.663, 62.319, 33.333]
    assert [tuple(line.get_xdata()) for line in intervals][:3] == [(44.8, 63.0), (59.5, 78.2), (54.0, 70.0)]


def test_the_steps_of_the_decomposition_lead_from_the_first_share_to_the_last():
    bars = drawn("decomposition").axes[0].patches
    spans = [(round(bar.get_x(), 3), round(bar.get_x() + bar.get_width(), 3)) for bar in bars]
    assert spans == [(0, 54.0), (54.0, 58.0), (58.0, 71.6), (69.7, 71.6), (0, 69.7)]
    assert "The 62 countries that answered both times changed: +13.6" in said("decomposition")
    assert "Countries that answered only in 2021 come in: −1.9" in said("decomposition")


def test_on_the_latest_basis_nobody_is_left_out():
    latest = data.CHANGE.copy()
    latest[["basis", "left", "within", "joined", "end", "n_end"]] = "latest", 0.0, 8.7, -0.4, 62.3, 138
    alt = figures.decomposition_alt(latest, (2019, 2021), EN)
    assert "left out" not in alt
    assert alt.endswith("Latest answers: 138 countries: 62.3%.")


def test_the_tile_map_puts_every_code_on_its_tile():
    fig = drawn("tile_map")
    places = {text.get_text(): text.get_position() for text in fig.axes[0].texts}
    assert set(data.TILES["unit"]) <= set(places)
    assert places["GBR"][0] < places["MDA"][0] < places["ETH"][0] == places["ZMB"][0]
    assert places["GBR"][1] == places["MDA"][1] < places["ETH"][1] < places["ZMB"][1]


def test_words_of_the_tile_map():
    assert said("tile_map") == (
        "World map with a tile for each of 4 countries. Countries by band: Requires further progress: 0; Partially meets: 0; "
        "Meets: 2; Fully meets: 1; no data: 1. Fully meets: United Kingdom of Great Britain and Northern Ireland. "
        "Republic of Moldova, marked: Meets."
    )


def test_the_practices_stand_where_their_numbers_are():
    ax = drawn("practices").axes[0]
    lines = [tuple(line.get_xdata()) for line in ax.lines if line.get_linewidth() == 1.4]
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert lines == [(33.0, 62.0), (-13.0, 22.0)]
    assert [float(dot.get_xdata()[0]) for dot in dots] == [50.0, 4.2]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [False, True]  # filled where q is below 0.05


def test_words_of_the_practices():
    alt = said("practices")
    assert "Aligning labour migration policy with labour market needs through periodic assessments: +50 (+33 to +62); " in alt
    assert "90% of 41, 40% of 97; q < 0.001." in alt
    assert "+4 (−13 to +22); 50% of 40, 46% of 96; q = 0.710." in alt
    assert alt.startswith("Practices of the units that score 80 or more without them against the rest")
    assert "The typical practice differs by +27." in alt


def test_the_parts_of_a_firmness_bar_are_the_probabilities():
    bars = [bar for bar in drawn("firmness").axes[0].patches if bar.get_width() > 0]
    assert [round(bar.get_width(), 6) for bar in bars] == [0.25, 0.75, 0.4, 0.3, 0.3]
    assert [round(bar.get_x(), 6) for bar in bars] == [0, 0.25, 0, 0.4, 0.7]


def test_a_band_less_likely_than_the_least_is_not_named():
    assert "Overall: Partially meets: 25%; Meets: 75%." in said("firmness")
    assert "Requires further progress: 40%; Partially meets: 30%; Meets: 30%; no firm band." in said("firmness")
    assert data.words(drawn("firmness")).count("no firm band") == 1


def test_words_of_the_transitions():
    alt = said("transitions")
    assert alt.startswith("From 2019 to 2021, 18 moved up, 37 stayed in their band, 5 moved down.")
    assert "Meets to Partially meets: 5;" in alt


def test_ribbons_are_as_thick_as_what_flows_in_them():
    from matplotlib.patches import PathPatch

    ribbons = [patch.get_path().vertices for patch in drawn("transitions").axes[0].patches if isinstance(patch, PathPatch)]
    thick = [ribbon[7, 1] - ribbon[0, 1] for ribbon in ribbons]
    assert [round(t / thick[0]) for t in thick] == [1, 2, 28, 5, 15, 8, 1]


def test_words_of_the_paths():
    alt = said("paths")
    assert alt.startswith("To reach: Meets. Fewest measures, 2 measures, score 81.7: Equal pay for equal work (+1.7); ")
    assert "Any one may fail, 3 measures, score 85.0" in alt
    assert "visa overstays" not in alt  # only the best set of each kind
