"""Colours that everyone can tell apart and text that everyone can read, computed."""

from itertools import combinations, pairwise

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from migof_research import frameworks
from migof_research.report import style

SCHEMES = {fw.id: fw.bands for fw in map(frameworks.load, frameworks.available()) if fw.own_bands}
each_scheme = pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)

# What people without red, green or blue cones see, on linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.
SIGHT = {
    "all cones": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour, sight="all cones"):
    """CIE L*a*b* of a colour as seen."""
    rgb = np.array(to_rgb(colour))
    linear = np.clip(SIGHT[sight] @ np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4), 0, 1)
    x, y, z = np.cbrt(np.maximum(TO_XYZ @ linear / TO_XYZ.sum(axis=1), 1e-6))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_contrast_of_known_pairs():
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the best-known grey that fails WCAG AA


@each_scheme
def test_text_on_every_band_colour_can_be_read(scheme):
    for id in scheme.ids:
        assert style.contrast(style.ink_on(scheme.colour(id)), scheme.colour(id)) >= 4.5


@pytest.mark.parametrize("colour", ["INK", "MUTED", "UNIT", "ACCENT"])
def test_text_on_white_can_be_read(colour):
    assert style.contrast(getattr(style, colour), "white") >= 4.5


def test_outlines_can_be_seen_on_white():
    assert style.contrast(style.GREY, "white") >= 3


@each_scheme
def test_bands_grow_darker_step_by_step_so_that_they_survive_a_grey_printer(scheme):
    lightness = [lab(scheme.colour(id))[0] for id in scheme.ids]
    assert all(lighter - darker >= 15 for lighter, darker in pairwise(lightness))


@each_scheme
@pytest.mark.parametrize("sight", SIGHT)
def test_bands_and_marks_can_be_told_apart_without_some_cones(scheme, sight):
    colours = [*(scheme.colour(id) for id in scheme.ids), style.UNIT]
    for one, other in combinations(colours, 2):
        assert np.linalg.norm(lab(one, sight) - lab(other, sight)) >= 15, (one, other)


def test_wrapped_lines_fit_and_lose_no_word():
    text = "Approche associant l'ensemble du gouvernement et fondée sur des données"
    lines = style.wrap(text, 1.5).split("\n")
    assert " ".join(lines) == text
    assert all(style.text_width(line) <= 1.5 for line in lines)


def test_wrapped_lines_are_even():
    assert style.wrap("Asie de l'Est et Asie du Sud-Est", 1.75) == "Asie de l'Est et\nAsie du Sud-Est"


def test_a_word_that_is_too_long_keeps_its_line():
    assert style.wrap("a Donaudampfschifffahrt b", 0.5).split("\n")[1] == "Donaudampfschifffahrt"


def test_text_width_is_what_matplotlib_draws():
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with mpl.rc_context(style.RC):
        figure = Figure(dpi=72)
        canvas = FigureCanvasAgg(figure)
        text = figure.text(0, 0, "Migrant rights", size=9)
        drawn = text.get_window_extent(canvas.get_renderer()).width / 72
    assert style.text_width("Migrant rights") == pytest.approx(drawn, abs=0.03)
