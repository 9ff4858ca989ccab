"""The world as a grid of tiles, one a country: small states are seen, large ones do not dominate, no border is drawn.

A country's place is the middle of its principal locations in the time zone database (``zone.tab``, public domain, as
shipped by the package ``tzdata``). Places that crowd are pushed apart until each has room for a tile, then each country
is given the grid cell for which the total squared displacement is smallest.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from migof_research import paths
from migof_research.errors import InputError

DEGREES = np.array([13.0, 7.0])  # a tile is so many degrees of longitude wide, of latitude high
PACIFIC, ATLANTIC = -130, -30  # meridians: the map begins at the first; west of the second it moves a tile further west
ROOM = 1.05  # a tile, and a little air, between two places
ZONE = r"^(?P<iso2>[A-Z]{2})\t([+-]\d\d)(\d\d)(\d\d)?([+-]\d\d\d)(\d\d)(\d\d)?\t"


@cache
def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False)


def tiles() -> pd.DataFrame:
    """The tile of each of the 197 countries, as built: `unit, column, row, latitude, longitude`."""
    return _read(paths.processed() / "tiles.csv").copy()


def coordinates() -> pd.DataFrame:
    """`iso2, latitude, longitude` (degrees): the middle of each country's principal locations on the sphere."""
    lines = pd.Series((files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines())
    zones = lines.str.extract(ZONE).dropna(subset="iso2").fillna("0").set_index("iso2")
    latitude, longitude = (np.radians(_degrees(zones.iloc[:, part : part + 3])) for part in (0, 3))
    middle = pd.DataFrame(
        {
            "x": np.cos(latitude) * np.cos(longitude),
            "y": np.cos(latitude) * np.sin(longitude),
            "z": np.sin(latitude),
        }
    ).groupby(level=0).mean()  # fmt: skip
    return pd.DataFrame(
        {
            "latitude": np.degrees(np.arctan2(middle["z"], np.hypot(middle["x"], middle["y"]))).round(2),
            "longitude": np.degrees(np.arctan2(middle["y"], middle["x"])).round(2),
        }
    ).reset_index()


def build(units: pd.DataFrame) -> pd.DataFrame:
    """The tile of each unit: `unit, column, row, latitude, longitude`; column 0 is the west, row 0 the north.

    ``units`` holds `unit` and `iso2`; InputError where a unit has no place in the time zone database.
    """
    placed = units[["unit", "iso2"]].merge(coordinates(), on="iso2", how="left").sort_values("unit")
    lost = placed.loc[placed["latitude"].isna(), "unit"]
    if len(lost):
        raise InputError([f"units: {unit} has no place in tzdata's zone.tab; give it one by its iso2." for unit in lost])
    longitude = placed["longitude"].where(placed["longitude"] >= PACIFIC, placed["longitude"] + 360)
    home = np.column_stack([longitude, -placed["latitude"]]) / DEGREES
    home[:, 0] -= longitude < ATLANTIC
    places = _apart(home)
    places -= places.min(axis=0)
    width, height = np.ceil(places.max(axis=0)).astype(int) + 1
    cells = np.stack(np.meshgrid(np.arange(width), np.arange(height)), axis=-1).reshape(-1, 2)
    displacement = ((places[:, None] - cells) ** 2).sum(axis=-1)
    taken = cells[linear_sum_assignment(displacement)[1]]
    return pd.DataFrame(
        {
            "unit": placed["unit"],
            "column": _without_gaps(taken[:, 0]),
            "row": _without_gaps(taken[:, 1]),
            "latitude": placed["latitude"],
            "longitude": placed["longitude"],
        }
    ).reset_index(drop=True)


def _degrees(parts: pd.DataFrame) -> pd.Series:
    """Sign and degrees, minutes and seconds as decimal degrees."""
    degrees, minutes, seconds = (parts[name].str.lstrip("+-").astype(float) for name in parts)
    return (degrees + minutes / 60 + seconds / 3600).where(~parts.iloc[:, 0].str.startswith("-"), lambda x: -x)


def _apart(home: np.ndarray, steps: int = 300, pull: float = 0.02) -> np.ndarray:
    """Push places nearer than ROOM apart, each held back by a weak pull home, until they hardly move."""
    places = home.copy()
    for _ in range(steps):
        between = places[:, None] - places
        distance = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(distance, np.inf)
        push = between / distance[..., None] * np.clip(ROOM - distance, 0, None)[..., None] / 4
        places += push.sum(axis=1) + (home - places) * pull
    return places


def _without_gaps(line: np.ndarray) -> np.ndarray:
    """Numbers of columns or rows, those that hold no tile left out."""
    return np.unique(line, return_inverse=True)[1]
