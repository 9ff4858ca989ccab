import numpy as np
import pandas as pd
import pytest

from migof_research.errors import InputError
from migof_research.indicators import tiles, units


@pytest.fixture(scope="module")
def grid():
    return tiles.tiles()


def test_the_committed_grid_is_what_the_builder_makes(grid):
    pd.testing.assert_frame_equal(tiles.build(units.units()), grid)


def test_every_country_has_a_tile_of_its_own(grid):
    assert sorted(grid["unit"]) == sorted(units.units()["unit"])
    assert not grid.duplicated(["column", "row"]).any()


def test_no_column_or_row_is_empty(grid):
    assert sorted(grid["column"].unique()) == list(range(grid["column"].max() + 1))
    assert sorted(grid["row"].unique()) == list(range(grid["row"].max() + 1))


def test_neighbours_stay_neighbours(grid):
    """Of the three nearest countries on the globe, nine in ten are at most two tiles away."""
    latitude, longitude = np.radians(grid["latitude"]), np.radians(grid["longitude"])
    globe = np.column_stack([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)])
    nearness = globe @ globe.T
    np.fill_diagonal(nearness, -1)
    nearest = np.argsort(-nearness, axis=1)[:, :3]
    places = grid[["column", "row"]].to_numpy()
    apart = np.abs(places[nearest] - places[:, None]).max(axis=-1)
    assert (apart <= 2).mean() > 0.9


@pytest.mark.parametrize(
    ("west", "east"), [("PRT", "ESP"), ("USA", "GBR"), ("SEN", "ETH"), ("CHL", "ARG"), ("PRK", "JPN"), ("AUS", "NZL"), ("AUS", "COK")]
)
def test_the_west_is_left(grid, west, east):
    column = grid.set_index("unit")["column"]
    assert column[west] < column[east]


@pytest.mark.parametrize(
    ("north", "south"), [("CAN", "MEX"), ("NOR", "ITA"), ("ITA", "TUN"), ("EGY", "ZAF"), ("CHN", "IDN"), ("IDN", "AUS")]
)
def test_the_north_is_up(grid, north, south):
    row = grid.set_index("unit")["row"]
    assert row[north] < row[south]


def test_coordinates_are_those_of_the_capital_where_it_is_the_only_place():
    places = tiles.coordinates().set_index("iso2")
    assert places.loc["FR"].tolist() == pytest.approx([48.87, 2.33], abs=0.01)  # +4852+00220
    assert places.loc["VA"].tolist() == pytest.approx([41.90, 12.45], abs=0.01)  # +415408+0122711, with seconds
    assert places.loc["UY"].tolist() == pytest.approx([-34.91, -56.21], abs=0.01)  # -345433-0561245


def test_the_middle_of_a_country_across_the_date_line_lies_near_the_date_line():
    assert abs(tiles.coordinates().set_index("iso2").at["KI", "longitude"]) > 160


def test_a_unit_without_a_place_is_named():
    table = pd.DataFrame({"unit": ["MDA", "XKX"], "iso2": ["MD", "XK"]})
    with pytest.raises(InputError, match="XKX"):
        tiles.build(table)
