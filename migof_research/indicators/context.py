"""The context of countries: one table of all sources' figures, each with its source and vintage."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from migof_research import paths
from migof_research.errors import InputError
from migof_research.indicators.figures import CONTEXT
from migof_research.indicators.variables import variables as known

# Where two sources have the same figure, the one that publishes it first-hand comes first.
SOURCES = ("worldbank", "undesa", "unhcr", "hdr", "treaties", "compiled")


def context(variables: Sequence[str] | None = None) -> pd.DataFrame:
    """The figures of the sources fetched so far: ``unit, year, variable, value, source, vintage``, one a unit, year, variable.

    ``variables`` are ids of ``variables.yaml``; without any, all. With nothing asked for and nothing fetched the table is
    empty; InputError names each variable asked for that no fetched source has, with the command that fetches it.
    """
    tables = [_read(path, path.stat().st_mtime_ns) for name in SOURCES if (path := _file(name)).is_file()]
    whole = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=CONTEXT)
    whole = whole.drop_duplicates(["unit", "year", "variable"])  # the first source's
    if variables is not None:
        if absent := [name for name in variables if name not in set(whole["variable"])]:
            raise InputError(_advice(name) for name in absent)
        whole = whole[whole["variable"].isin(variables)]
    return whole.sort_values(["variable", "unit", "year"], ignore_index=True)


def _advice(variable: str) -> str:
    if variable not in known():
        return f"There is no context variable {variable!r}; there are {', '.join(known())}."
    source = known()[variable]["from"]
    return f"No figures of {variable} in data/raw: `migof data fetch {source}` gets them (with --file FILE from a file you have)."


def _file(source: str) -> Path:
    return paths.raw() / f"{source}.csv"


@cache
def _read(path: Path, changed: int) -> pd.DataFrame:
    return pd.read_csv(path, keep_default_na=False, dtype={"year": int, "value": float, "vintage": str})[CONTEXT]
