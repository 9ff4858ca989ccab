"""UN DESA, International Migrant Stock: migrants and their share of the population, from the workbook of any edition.

The editions differ in where the headings stand, in what they are called and in the order of columns (2019: years in the
row below; 2020: location code after the notes; 2024: before the years). So years and codes are looked for.
"""

import re
from pathlib import Path

import pandas as pd

from migof_research.errors import InputError
from migof_research.indicators import tabular
from migof_research.indicators.figures import Figures, by_year, context, with_units
from migof_research.indicators.net import Net
from migof_research.indicators.tabular import Rows, plain

NAME = "undesa"
URL = (
    "https://www.un.org/development/desa/pd/sites/www.un.org.development.desa.pd/files/undesa_pd_2024_ims_stock_by_sex_and_destination.xlsx"
)
TITLES = {  # what a sheet's title says of its figures; the first that fits
    "migrant_share": re.compile(r"migrant stock as a percentage of the total population", re.IGNORECASE),
    "migrant_stock": re.compile(r"^(table \d+[.:\s-]+)?(total )?(international )?migrant stock at mid-?year by sex and", re.IGNORECASE),
}
CODE = ("locationcode", "code", "countrycode")
NAMES = ("regiondevelopmentgroupcountryorarea", "majorarearegioncountryorareaofdestination")
ABOVE = 3  # rows above the years that hold the other headings


def download(net: Net, folder: Path) -> list[Path]:
    return [net.save(URL, folder / Path(URL).name, "xlsx")]


def read(*paths: Path) -> Figures:
    """Migrants at mid-year, both sexes, and their share in per cent, for the years of the edition."""
    path = paths[0]
    sheets = tabular.sheets(path)
    edition = next((match[1] for rows in sheets.values() for row in rows[:20] if (match := _edition(row))), "not known")
    parts, notes = {}, []
    for name, rows in sheets.items():
        if (variable := _variable(rows)) and (at := _row_of_years(rows)) is not None:
            parts[variable], left_out = _both_sexes(rows, at, f"{path}, sheet {name}")
            notes += left_out
    if not parts:
        raise InputError(f"{path}: no sheet has the title of the migrant stock by sex and destination and a row of years.")
    return context(parts, NAME, edition, sorted(set(notes)))


def _edition(row: list[str]) -> re.Match[str] | None:
    return re.search(r"(?:Rev\.|Migrant Stock )(\d{4})", " ".join(row))


def _variable(rows: Rows) -> str | None:
    top = [cell.strip() for row in rows[:12] for cell in row if cell.strip()]
    return next((variable for variable, title in TITLES.items() if any(title.search(cell) for cell in top)), None)


def _row_of_years(rows: Rows) -> int | None:
    return next((at for at, row in enumerate(rows[: tabular.HEADINGS_WITHIN]) if len(set(filter(_is_year, row))) >= 3), None)


def _both_sexes(rows: Rows, at: int, where: str) -> tuple[pd.DataFrame, list[str]]:
    years: dict[int, int] = {}
    for position, cell in enumerate(rows[at]):
        if _is_year(cell) and int(cell) not in years.values():  # the years come again for males and females
            years[position] = int(cell)
    first = min(years)
    above = " ".join(row[first] for row in rows[max(0, at - ABOVE) : at] if len(row) > first)
    if re.search(r"\b(fe)?males?\b", above, re.IGNORECASE):
        raise InputError(f"{where}: the first years are not those of both sexes ({above.strip()!r}).")
    code, name = (_position(rows[max(0, at - ABOVE) : at + 1], names) for names in (CODE, NAMES))
    if code is None:
        raise InputError(f"{where}: no column of location codes was found; the layout of the source may have changed.")
    body = [row for row in rows[at + 1 :] if len(row) > max(years) and row[code].strip().isdigit()]
    table = pd.DataFrame({str(year): [row[position] for row in body] for position, year in years.items()}, dtype=str)
    names = pd.Series([row[name] for row in body], dtype=str) if name is not None else None
    known, notes = with_units(table, pd.Series([row[code] for row in body], dtype=str), names)
    long = by_year(known, {str(year): year for year in years.values()})
    return long.assign(value=tabular.numbers(long["value"])), notes


def _position(rows: Rows, names: tuple[str, ...]) -> int | None:
    return next((position for row in rows for position, cell in enumerate(row) if plain(cell) in names), None)


def _is_year(cell: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d", cell.strip()))
