"""A table of context that someone compiled: a row a country and year, a column a variable (CSV or workbook).

A column counts if it is called like one of our variables, as ``variables.yaml`` lists them; a year in its name, as in
``migrant_stock_2020``, says of which year the values are, whatever the row's year.
"""

import re
from pathlib import Path

import pandas as pd

from migof_research.errors import InputError
from migof_research.indicators import tabular
from migof_research.indicators.figures import Figures, context, with_units
from migof_research.indicators.variables import variables

NAME = "compiled"
DATED = re.compile(r"(?P<name>\w+?)_(?P<year>(?:19|20)\d\d)(?:_\w+)?")
CODE = ("iso3", "iso3c", "iso3code", "unit", "countrycode", "m49")


def read(*paths: Path) -> Figures:
    """The variables that are known by name; a note lists the columns that are not."""
    (path,) = paths
    table = tabular.find(path, [CODE, ["year"]])
    code, year = tabular.column(table, *CODE), tabular.column(table, "year")
    names = {tabular.plain(text): name for name, known in variables().items() for text in (name, *known.get("also", ()))}
    blank = table[code].str.strip() == ""
    known, notes = with_units(table[~blank], table.loc[~blank, code])
    parts, passed = {}, []
    for heading in table.columns.drop([code, year]):
        whole, dated = tabular.plain(heading), DATED.fullmatch(heading)
        variable = names.get(whole) or (dated and names.get(tabular.plain(dated["name"])))
        if variable is None:
            passed.append(heading)
            continue
        years = dated["year"] if dated and whole not in names else known[year]
        part = pd.DataFrame({"unit": known["unit"], "year": years, "value": tabular.numbers(known[heading])})
        parts[variable] = part.drop_duplicates()
    if not parts:
        raise InputError(f"{path}: no column is called like a variable; known are {', '.join(names)}.")
    notes += [f"Columns passed over: {', '.join(passed)}."] if passed else []
    return context(parts, NAME, path.stem, notes)
