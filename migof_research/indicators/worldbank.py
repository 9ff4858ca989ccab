"""World Bank: population, income, remittances (World Development Indicators) and governance (Worldwide Governance Indicators).

By its service (wbgapi) or from files downloaded by hand: the bulk CSV of one indicator or of the whole database, an
answer of the service saved as JSON, the long workbook of the governance indicators.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from migof_research import files
from migof_research.errors import InputError
from migof_research.indicators import tabular
from migof_research.indicators.figures import Figures, context, with_units
from migof_research.indicators.net import Bad, Net
from migof_research.indicators.variables import variables

NAME = "worldbank"
URL = "https://api.worldbank.org/v2"
CODES = {known["code"]: name for name, known in variables().items() if "code" in known}
SERIES = ("indicatorcode", "seriescode")
GOVERNANCE = {code.partition(".")[0].lower(): name for code, name in CODES.items() if code.endswith(".EST")}


def download(net: Net, folder: Path) -> list[Path]:
    """One file a variable, with its rows and the date of the database's last update."""
    return [_series(net, code, variables()[name]["db"], folder / f"{code}.json") for code, name in CODES.items()]


def _series(net: Net, code: str, db: int, path: Path) -> Path:
    import wbgapi

    wbgapi.endpoint, wbgapi.get_options, wbgapi.per_page = net.address(URL), {"timeout": net.timeout}, 5000

    def once() -> None:
        with net.polite(URL):
            try:
                updated = wbgapi.source.get(db)["lastupdated"]
                rows = list(wbgapi.data.fetch(code, db=db, skipBlanks=True, numericTimeKeys=True))
            except wbgapi.APIError as error:
                raise Bad(str(error)) from error
            except (KeyError, TypeError, IndexError) as error:  # what the library makes of an answer of another shape
                raise Bad(f"an answer that is not understood ({error!r})") from error
            if not rows:
                raise Bad("no rows")
        files.write(path, json.dumps({"series": code, "lastupdated": updated, "rows": rows}).encode())
        net.tell(f"{code}: {len(rows):,} values")

    if not path.is_file():
        net.again(once, f"{URL} {code}")
    return path


def read(*paths: Path) -> Figures:
    """Context by year from one or more files; figures of other variables than ours are passed over."""
    found = [one for path in paths for one in (_json(path) if path.suffix == ".json" else _tables(path))]
    if not found or all(frame.empty for frame, _ in found):
        raise InputError(f"{paths[0]}: holds none of the indicators {', '.join(CODES)}.")
    table = pd.concat([frame for frame, _ in found], ignore_index=True)
    known, notes = with_units(table, table["code"])
    return context(dict(list(known.groupby("variable"))), NAME, max(edition for _, edition in found) or "not known", notes)


def _json(path: Path) -> Iterator[tuple[pd.DataFrame, str]]:
    """``code, year, value, variable`` and edition from our own file, or from an answer of ``country/all/indicator/CODE``."""
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, dict):
            rows = [(row["economy"], content["series"], row["time"], row["value"]) for row in content["rows"]]
            edition = content["lastupdated"]
        else:
            head, records = content
            rows = [(row["countryiso3code"], row["indicator"]["id"], row["date"], row["value"]) for row in records]
            edition = head.get("lastupdated", "")
            if int(head.get("pages", 1)) > 1 and len(records) < int(head["total"]):
                raise InputError(f"{path}: page {head['page']} of {head['pages']} alone; ask with per_page={head['total']}.")
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise InputError(f"{path}: no answer of the World Bank's service ({error!r}).") from error
    frame = pd.DataFrame(rows, columns=["code", "series", "year", "value"])
    yield _ours(frame[frame["code"] != ""], CODES), edition


def _tables(path: Path) -> Iterator[tuple[pd.DataFrame, str]]:
    """The same from the sheets of a bulk file: a row a country and series with a column a year, or a row a value."""
    for sheet, rows in tabular.sheets(path).items():
        edition = next((row[1] for row in rows[:6] if len(row) > 1 and tabular.plain(row[0]) == "lastupdateddate"), "")
        headings = {tabular.plain(cell) for row in rows[:6] for cell in row}
        if "countrycode" in headings and headings & set(SERIES):
            wide = tabular.table(rows, [["countrycode"], SERIES], f"{path} {sheet}")
            names = {heading: heading.partition(" [")[0] for heading in wide.columns}  # 2019 [YR2019]
            names |= {tabular.column(wide, "countrycode"): "code", tabular.column(wide, *SERIES): "series"}
            wide = wide.rename(columns=names)
            years = [heading for heading in wide.columns if heading.isdigit()]
            long = wide.melt(["code", "series"], years, var_name="year", value_name="value")
            yield _ours(long, CODES), edition
        elif {"estimate", "indicator", "year"} <= headings:
            long = tabular.table(rows, [["code"], ["year"], ["indicator"], ["estimate"]], f"{path} {sheet}")
            yield _ours(long.rename(columns={"indicator": "series", "estimate": "value"}), GOVERNANCE), edition


def _ours(frame: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    codes = frame["series"].str.removeprefix("GOV_WGI_")  # as governance indicators are also coded
    ours = frame.assign(variable=codes.map(names)).dropna(subset="variable")
    values = ours["value"] if pd.api.types.is_numeric_dtype(ours["value"]) else tabular.numbers(ours["value"].fillna("").astype(str))
    return ours[["code", "year", "variable"]].assign(value=values)
