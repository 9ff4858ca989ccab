"""``data/processed``: made anew from data/raw and the packages that know countries, always the same way."""

from pathlib import Path

from migof_research import files, paths
from migof_research.indicators import datapackage, tiles, units


def build(folder: Path | None = None) -> list[Path]:
    """Write units.csv, tiles.csv and their datapackage.json, and data/raw/datapackage.json; returns the files written.

    ``folder`` is where they go instead of data/processed (then data/raw is left alone).
    """
    folder = folder or paths.processed()
    countries = units.build()
    tables = {"units": countries, "tiles": tiles.build(countries)}
    for name, table in tables.items():
        files.write(folder / f"{name}.csv", table.to_csv(index=False, lineterminator="\n").encode())
    described = [folder, paths.raw()] if folder == paths.processed() else [folder]
    for place in described:
        datapackage.write(place)
    return [*(folder / f"{name}.csv" for name in tables), *(place / "datapackage.json" for place in described)]
