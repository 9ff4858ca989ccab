"""UNHCR refugee statistics: refugees and asylum seekers by country of asylum, by its service or from a download (CSV)."""

import json
from pathlib import Path

import pandas as pd

from migof_research.errors import InputError
from migof_research.indicators import tabular
from migof_research.indicators.figures import Figures, context, with_units
from migof_research.indicators.net import Net, Unavailable

NAME = "unhcr"
URL = "https://api.unhcr.org/population/v1/population/"
FIRST = 1990
PAGE = 1000
CODE = ("coaiso", "countryofasylumiso")
VARIABLES = {  # ours: the service's names and the download's
    "refugees_hosted": ("refugees", "refugeesunderunhcrsmandate", "refugeesunderunhcrmandate"),
    "asylum_seekers_hosted": ("asylumseekers",),
}


def download(net: Net, folder: Path) -> list[Path]:
    """All pages of the service, a row a country of asylum and year."""
    files: list[Path] = []
    pages = 1
    while len(files) < pages:
        number = len(files) + 1
        asked = {"limit": PAGE, "page": number, "yearFrom": FIRST, "yearTo": 2100, "coa_all": "true"}
        files.append(net.save(URL, folder / f"page-{number:04}.json", "json", asked))
        answer = json.loads(files[-1].read_text(encoding="utf-8"))
        if not isinstance(answer, dict) or not answer.get("items") or "maxPages" not in answer:
            files[-1].unlink()
            raise Unavailable(f"{URL}: page {number} is no page of figures (items or maxPages are missing).")
        pages = int(answer["maxPages"])
    return files


def read(*paths: Path) -> Figures:
    """Refugees under UNHCR's mandate and asylum seekers at the end of each year, by country of asylum."""
    table = pd.concat([_one(path) for path in paths], ignore_index=True)
    table, notes = with_units(table, table["code"])
    table = table[table["year"].str.fullmatch(r"\d{4}")]
    summed = table.groupby(["unit", "year"], as_index=False)[list(VARIABLES)].sum(min_count=1)  # files by origin have many rows
    parts = {variable: summed.rename(columns={variable: "value"}) for variable in VARIABLES}
    return context(parts, NAME, f"figures to {summed['year'].max()}", notes)


def _one(path: Path) -> pd.DataFrame:
    if path.suffix == ".json":
        try:
            table = pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))["items"]).astype(str)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: no answer of UNHCR's service ({error!r}).") from error
    else:
        table = tabular.find(path, [["year"], CODE])
    found = {name: tabular.column(table, *names) for name, names in {"code": CODE, "year": ("year",), **VARIABLES}.items()}
    if absent := [name for name, heading in found.items() if heading is None]:
        raise InputError(f"{path}: no column for {', '.join(absent)}; the columns are {', '.join(table.columns)}.")
    ours = pd.DataFrame({name: table[heading] for name, heading in found.items()})
    return ours.assign(**{variable: tabular.numbers(ours[variable]) for variable in VARIABLES})
