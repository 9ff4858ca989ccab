"""UNDP, Human Development Index: from the file of all composite indices (a column a year), of any report."""

import re
from pathlib import Path

from migof_research.errors import InputError
from migof_research.indicators import tabular
from migof_research.indicators.figures import Figures, by_year, context, with_units
from migof_research.indicators.net import Net

NAME = "hdr"
URL = "https://hdr.undp.org/sites/default/files/2025_HDR/HDR25_Composite_indices_complete_time_series.csv"


def download(net: Net, folder: Path) -> list[Path]:
    return [net.save(URL, folder / Path(URL).name, "csv")]


def read(*paths: Path) -> Figures:
    """The index (0 to 1) by year; rows of regions and groups of countries are left out."""
    (path,) = paths
    wide = tabular.find(path, [["iso3"]])
    years = {heading: int(match[1]) for heading in wide.columns if (match := re.fullmatch(r"hdi_(\d{4})", heading.strip().lower()))}
    if not years:
        raise InputError(f"{path}: no column is called hdi_YEAR; the columns are {', '.join(wide.columns[:12])}, ...")
    known, notes = with_units(wide, wide[tabular.column(wide, "iso3")])
    long = by_year(known, years)
    long = long.assign(value=tabular.numbers(long["value"]))
    if len(odd := long[~(long["value"].isna() | long["value"].between(0, 1))]):
        raise InputError(f"{path}: {row.unit} {row.year}: {row.value} is not between 0 and 1." for row in odd.itertuples())
    return context({"hdi": long}, NAME, f"figures to {max(years.values())}", notes)
