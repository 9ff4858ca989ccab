"""SDG indicator 10.7.2: the levels that countries reached in each round of the United Nations Inquiry.

Series SG_CPA_MIGRS of the Global SDG Indicators Database (custodians UN DESA Population Division and IOM). Only the
level 1-4 of each domain and of the whole is published, never the score.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from migof_research import files, paths
from migof_research.errors import InputError
from migof_research.frameworks import OVERALL, load
from migof_research.indicators import units

FRAMEWORK = "sdg_10_7_2"
ROUNDS = {12: 2019, 13: 2021}  # round of the Inquiry -> year of the data
UNIVERSE = 197  # 193 Member States, Holy See, State of Palestine, Cook Islands, Niue
_MOST_ROWS = 100_000  # of seventy rounds
_COLUMNS = ["unit", "year", "round", "node", "level", "item_nonresponse"]


def levels(file: str | Path | None = None) -> pd.DataFrame:
    """The published levels: ``unit, year, round, framework, node, level, item_nonresponse``.

    ``level`` is 1 to 4; ``node`` is overall or D1 to D6; ``item_nonresponse`` tells whether 10 per cent or more of the
    node's items were not answered, <NA> where that is not known (2021). ``file`` is a table of the same columns; without
    it, ``data/raw/sdg_10_7_2.csv``. Raises InputError with every fault of the file and its row.
    """
    path = Path(file) if file else paths.raw() / "sdg_10_7_2.csv"
    return _read(path, path.stat().st_mtime_ns if path.is_file() else 0).copy()


def units_with_data(file: str | Path | None = None) -> list[str]:
    """The codes of the countries that answered in at least one round, in alphabetical order."""
    return sorted(levels(file)["unit"].unique())


def years(file: str | Path | None = None) -> list[int]:
    """The years for which there are data, oldest first."""
    return sorted(levels(file)["year"].unique().tolist())


def latest(table: pd.DataFrame) -> pd.DataFrame:
    """Each unit's latest answer: the rows of its last year."""
    return table[table["year"] == table.groupby("unit")["year"].transform("max")]


@cache
def _read(path: Path, changed: int) -> pd.DataFrame:
    table = files.read_csv(path)
    if absent := [column for column in _COLUMNS if column not in table.columns]:
        raise InputError(f"{path}: no column {', '.join(absent)}; the table needs {', '.join(_COLUMNS)}.")
    if len(table) > _MOST_ROWS:
        raise InputError(f"{path}: {len(table)} rows; {UNIVERSE} countries have at most {7 * UNIVERSE} levels a round.")
    if problems := _faults(table, path.name):
        raise InputError(problems, f"{path}: {len(problems)} faults")
    if table.empty:
        raise InputError(f"{path}: holds no levels.")
    table = table[_COLUMNS].astype({"year": int, "round": int, "level": int})
    table["item_nonresponse"] = table["item_nonresponse"].map({"true": True, "false": False, "": pd.NA}).astype("boolean")
    table.insert(3, "framework", FRAMEWORK)
    return table.sort_values(["unit", "year", "node"], ignore_index=True)


def _faults(table: pd.DataFrame, file: str) -> list[str]:
    """Every cell that breaks the table's contract, named by the row a spreadsheet shows (the header is row 1)."""
    known = set(units.units()["unit"])
    nodes = {OVERALL, *load(FRAMEWORK).domains}
    allowed = {
        "unit": (known.__contains__, "an ISO 3166 alpha-3 code of one of the 197 countries"),
        "year": (lambda text: text.isdecimal() and text.isascii() and 2015 <= int(text) <= 2100, "a year from 2015 on"),
        "round": (lambda text: text.isdecimal() and text.isascii() and len(text) < 4, "the number of the Inquiry's round"),
        "node": (nodes.__contains__, "overall or D1 to D6"),
        "level": ({"1", "2", "3", "4"}.__contains__, "a level from 1 to 4"),
        "item_nonresponse": ({"true", "false", ""}.__contains__, "true, false or empty"),
    }
    problems = []
    for column, (fits, expected) in allowed.items():
        for row, text in table.loc[~table[column].map(fits).astype(bool), column].items():
            problems.append(f"{file}, row {row + 2}, column {column}: {text!r} is not {expected}.")
    repeated = table.duplicated(["unit", "year", "node"])
    problems += [
        f"{file}, row {row + 2}: {unit} {year} {node} is given twice."
        for row, unit, year, node in table.loc[repeated, ["unit", "year", "node"]].itertuples()
    ]
    return problems
