"""The 2016 Migration Governance Index: bands of 15 countries, copied out of the published report by a researcher.

The report's bands are not in this package. ``migof data template mgi_2016`` writes the empty table; what is filled in
comes back by ``migof data fetch mgi_2016 --file TABLE``. Bands not copied yet stay empty.
"""

from pathlib import Path

import pandas as pd

from migof_research.errors import InputError
from migof_research.frameworks import load
from migof_research.indicators import tabular, units
from migof_research.indicators.figures import Figures

NAME = "mgi_2016"
COUNTRIES = ("BHR", "BGD", "CAN", "CRI", "DEU", "GHA", "ITA", "MEX", "MDA", "MAR", "PHL", "ZAF", "KOR", "SWE", "TUR")
YEAR = 2016
COLUMNS = ["unit", "year", "node", "band", "page", "note"]
TEXTS = ["page", "note"]


def template() -> pd.DataFrame:
    """The empty table: a row for each country and domain, with the names to help, a column for the page of the report."""
    framework = load(NAME)
    domains = [(node, framework.node(node).label.get("en")) for node in framework.domains]
    rows = [(units.name(unit), unit, *domain) for unit in sorted(COUNTRIES) for domain in domains]
    return pd.DataFrame(rows, columns=["country", "unit", "node", "domain"]).assign(band="", page="", note="")


def read(*paths: Path) -> Figures:
    """The bands filled in: ``unit, year, node, band, page, note``; rows without a band are left out, a note counts them.

    InputError with every country that is not of the 15, every unknown domain or band, and every cell given twice.
    """
    (path,) = paths
    framework = load(NAME)
    bands = framework.bands.ids if framework.own_bands else []
    table = tabular.find(path, [["unit", "country"], ["node"], ["band"]])
    named = tabular.column(table, "unit", "country")
    problems, clean = [], []
    for at, cells in table.to_dict("index").items():
        band, node = cells["band"].strip().lower(), cells["node"].strip()
        unit = _unit(cells[named])
        if unit not in COUNTRIES:
            problems.append(f"{path.name}, row {at}: {cells[named]!r} is not one of the 15 countries ({', '.join(COUNTRIES)}).")
        if node not in framework.domains:
            problems.append(f"{path.name}, row {at}: {node!r} is no domain of the index (1 to 5).")
        if band and band not in bands:
            problems.append(f"{path.name}, row {at}: {cells['band']!r} is no band; bands are {', '.join(bands)}.")
        clean.append((unit, YEAR, node, band, *(cells.get(name, "").strip() for name in TEXTS)))
    result = pd.DataFrame(clean, columns=COLUMNS, index=table.index)
    repeated = result[result.duplicated(["unit", "node"])]
    problems += [f"{path.name}, row {at}: {row.unit} {row.node} is given twice." for at, row in repeated.iterrows()]
    if problems:
        raise InputError(problems, f"{path}: {len(problems)} faults")
    filled = result[result["band"] != ""].sort_values(["unit", "node"], ignore_index=True)
    if filled.empty:
        raise InputError(f"{path}: no band is filled in.")
    open_ = len(COUNTRIES) * len(framework.domains) - len(filled)
    return Figures(filled, "report of 2016", [f"{open_} of 75 bands are not filled in."] if open_ else [])


def _unit(text: str) -> str:
    try:
        return units.find(text)
    except InputError:
        return text
