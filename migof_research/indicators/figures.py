"""What a source gives: a tidy table, the edition it is from, and what was left out of it and why."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from migof_research.errors import InputError
from migof_research.indicators import units

CONTEXT = ["unit", "year", "variable", "value", "source", "vintage"]
# Codes that older files of the World Bank and others use.
FORMER_CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "WBG": "PSE", "ADO": "AND", "TP": "TLS"}


class Figures(NamedTuple):
    table: pd.DataFrame
    vintage: str
    notes: list[str]


def with_units(table: pd.DataFrame, codes: pd.Series, names: pd.Series | None = None) -> tuple[pd.DataFrame, list[str]]:
    """The rows of the 197 countries, with their ``unit``; and a note that names every other code.

    ``codes`` are alpha-3, alpha-2 or M49 codes (``004``, ``4``, ``4.0``), one a row of ``table``; areas of M49 and
    codes from 900 on, which are aggregates of the United Nations, are left out without a word.
    """
    bare = codes.astype(str).str.strip().str.upper().str.replace(r"^0*(\d+)(\.0)?$", r"\1", regex=True).replace(FORMER_CODES)
    unit = bare.map(_known())
    quiet = bare.isin(_areas()) | pd.to_numeric(bare, errors="coerce").ge(900)
    other = bare[unit.isna() & ~quiet]
    labels = other if names is None else (other + " " + names.reindex(other.index).astype(str).str.strip())
    notes = [f"Left out, not one of the 197 countries: {', '.join(sorted(set(labels)))}."] if len(labels) else []
    return table.assign(unit=unit)[unit.notna()], notes


def context(parts: Mapping[str, pd.DataFrame], source: str, vintage: str, notes: list[str]) -> Figures:
    """A source's figures as context: ``unit, year, variable, value, source, vintage``, sorted.

    ``parts`` gives, for each variable, a table of ``unit, year, value``; missing values are dropped. InputError where a
    unit has two different values in a year, or nothing is left.
    """
    frames = [part[["unit", "year", "value"]].dropna().assign(variable=variable) for variable, part in parts.items()]
    whole = pd.concat(frames) if frames else pd.DataFrame(columns=CONTEXT)
    if whole.empty:
        raise InputError(f"{source}: the file holds no figure for any of the 197 countries.")
    years = pd.to_numeric(whole["year"], errors="coerce")
    if len(odd := whole[~years.between(1900, 2100) | (years % 1 != 0)]):
        raise InputError(f"{source}: {row.unit}: {row.year!r} is not a year." for row in odd.head(20).itertuples())
    table = whole.assign(year=years.astype(int), value=whole["value"].astype(float), source=source, vintage=vintage)
    table = table[CONTEXT].drop_duplicates().sort_values(["unit", "variable", "year"], ignore_index=True)
    twice = table[table.duplicated(["unit", "year", "variable"])]
    if len(twice):
        raise InputError(f"{source}: {row.unit} {row.year} has two values of {row.variable}." for row in twice.head(20).itertuples())
    return Figures(table, vintage, notes)


def by_year(frame: pd.DataFrame, value_columns: Mapping[str, int]) -> pd.DataFrame:
    """A wide table, a column a year, as ``unit, year, value`` of text."""
    long = frame.melt(["unit"], list(value_columns), var_name="column", value_name="value")
    return long.assign(year=long["column"].map(value_columns).astype(int))[["unit", "year", "value"]]


@cache
def _known() -> dict[str, str]:
    table = units.units()
    return {code: row.unit for row in table.itertuples() for code in (row.unit, row.iso2, str(row.m49))}


@cache
def _areas() -> frozenset[str]:
    return frozenset(units.areas()["m49"].astype(str))
