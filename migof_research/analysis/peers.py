"""Who is like a unit, who is like it and one band higher, and what it has that they have not.

Distances are Gower's (1971), as in R's cluster::daisy: each variable's difference on 0-1, averaged with weights over the
variables known for both units. The groups by region and income are in `migof_research.analysis.benchmark`.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from migof_research.errors import InputError
from migof_research.frameworks import OVERALL
from migof_research.indicators.context import context as figures
from migof_research.indicators.units import units

CONTEXT = ("sdg_region", "income", "ldc", "lldc", "sids")  # known for every country, from the units table
FEW, MOST = 1 / 3, 1 / 2  # shares of peers: fewer than a third have a strength, more than half what is a gap


def context(
    table: pd.DataFrame, variables: Sequence[str] = CONTEXT, figures: pd.DataFrame | None = None, year: int | None = None
) -> pd.DataFrame:
    """The context variables of each unit: index ``unit``, a column a variable.

    A variable is a column of ``table`` (the units) or a ``variable`` of ``figures`` (``unit, year, variable, value, source``), of
    which the last value not after ``year`` is taken; ``log:NAME`` takes its natural logarithm. Codes of regions are kinds, not
    numbers. Raises InputError with every unknown variable.
    """
    table = table.set_index("unit").astype(dict.fromkeys(table.columns.intersection(["region", "subregion", "sdg_region"]), str))
    if figures is not None:
        then = figures if year is None else figures[figures["year"] <= year]
        newest = then.dropna(subset="value").sort_values("year").drop_duplicates(["unit", "variable"], keep="last")
        table = newest.pivot(index="unit", columns="variable", values="value").astype(float).reindex(table.index).combine_first(table)
    names = {variable: variable.removeprefix("log:") for variable in variables}
    if unknown := [variable for variable, name in names.items() if name not in table]:
        raise InputError([f"There is no context variable {name!r}; there are {', '.join(table.columns)}." for name in unknown])
    if kinds := [v for v, name in names.items() if v.startswith("log:") and not pd.api.types.is_numeric_dtype(table[name])]:
        raise InputError([f"{v}: {names[v]} is a kind, not a number, and has no logarithm." for v in kinds])
    columns = {v: np.log(table[name].where(table[name] > 0)) if v.startswith("log:") else table[name] for v, name in names.items()}
    return pd.DataFrame(columns)


def gower(context: pd.DataFrame, weights: Mapping[str, float] | None = None) -> pd.DataFrame:
    """The distance (0-1) of every unit to every other: index and columns are those of the units.

    Numbers, and ordered categories by their place, differ by their distance over the range of the variable; other kinds
    by 0 or 1. A variable missing for either unit is left out; NaN where none is left. ``weights`` default to 1 each.
    """
    total, weight = np.zeros((len(context), len(context))), np.zeros((len(context), len(context)))
    for variable, values in context.items():
        numbers = _numbers(values)
        known = ~np.isnan(numbers)
        difference = np.abs(numbers[:, None] - numbers[None, :])
        if not _measured(values):
            difference = np.minimum(difference, 1)
        elif (span := np.ptp(numbers[known]) if known.any() else 0) > 0:
            difference = difference / span
        both = (known[:, None] & known[None, :]) * float((weights or {}).get(variable, 1))
        total += np.where(both > 0, difference, 0) * both
        weight += both
    with np.errstate(invalid="ignore"):
        return pd.DataFrame(total / weight, index=context.index, columns=context.index)


def _measured(values: pd.Series) -> bool:
    ordered = isinstance(values.dtype, pd.CategoricalDtype) and values.cat.ordered
    return ordered or pd.api.types.is_numeric_dtype(values)


def _numbers(values: pd.Series) -> np.ndarray:
    """The values as floats; categories and texts as the numbers of their kinds; NaN where missing."""
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy(dtype=float, na_value=np.nan)
    codes = values.cat.codes if isinstance(values.dtype, pd.CategoricalDtype) else pd.Series(pd.factorize(values)[0])
    return np.where(codes < 0, np.nan, codes).astype(float)


def nearest(distances: pd.DataFrame, unit: str, k: int, among: Sequence[str]) -> pd.DataFrame:
    """The ``k`` units most like this one: ``peer, distance``, the nearest first; ties by code."""
    others = distances.loc[unit].reindex([other for other in sorted(among) if other != unit]).dropna()
    return others.sort_values(kind="stable").head(k).rename_axis("peer").reset_index(name="distance")


def nearness(how: str, among: Sequence[str]) -> tuple[pd.DataFrame, int]:
    """The distances among countries by a stated context, and how many of the nearest are asked for.

    ``how`` is ``nearest``, ``nearest:K`` or ``nearest:K:VARIABLES``: how many (10), and variables of the units table or of the
    figures fetched, with commas, each with a weight if it is not 1: ``nearest:8:income,log:population*2``. Differences are
    scaled by the range among these countries.
    """
    _word, k, listed = [*how.split(":", 2), "", ""][:3]
    if not re.fullmatch(r"[1-9][0-9]{0,2}", k or "10"):
        raise InputError(f"{how}: write it as nearest:K or nearest:K:VARIABLES, such as nearest:8:income,log:population*2.")
    parts = [part.strip().partition("*") for part in listed.split(",") if part.strip()]
    weights = {name: _weight(weight, how) for name, _star, weight in parts} or dict.fromkeys(CONTEXT, 1.0)
    table = context(units(), list(weights), figures())
    return gower(table.loc[table.index.isin(among)], weights), int(k or 10)


def _weight(text: str, how: str) -> float:
    try:
        weight = float(text or 1)
    except ValueError:
        weight = 0
    if not 0 < weight < float("inf"):
        raise InputError(f"{how}: {text!r} is no weight; a weight is a positive number.")
    return weight


def aspirational(distances: pd.DataFrame, bands: pd.DataFrame, unit: str, k: int = 5, node: str = OVERALL) -> pd.DataFrame:
    """The nearest units exactly one band above the unit's: ``peer, distance, band``; empty where it has no sure band or the top one.

    ``bands`` has one year a unit.
    """
    band = bands[bands["node"] == node].set_index("unit")["band"]
    codes = band.cat.codes
    higher = codes.index[codes == codes.get(unit, -1) + 1] if codes.get(unit, -1) >= 0 else []
    found = nearest(distances, unit, k, list(higher))
    return found.assign(band=pd.Categorical(found["peer"].map(band.astype(str)), dtype=band.dtype))


def strengths_and_gaps(held: pd.DataFrame, unit: str, peers: Sequence[str], few: float = FEW, most: float = MOST) -> pd.DataFrame:
    """What the unit has and few peers have, and what most peers have and it has not: ``practice, kind, having, n, share``.

    ``held`` (``unit, practice, has``) has one year a unit. ``kind`` is strength or gap, never both, since a unit either has a
    practice or has not; ``share`` (per cent) is of the ``n`` peers whose answer is known.
    """
    own = held[held["unit"] == unit].dropna(subset="has").set_index("practice")["has"].astype(bool)
    theirs = held[held["unit"].isin(peers)].dropna(subset="has").groupby("practice")["has"].agg(having="sum", n="size")
    table = theirs.join(own, how="inner")
    table["share"] = 100 * table["having"].astype(float) / table["n"]
    strength, gap = table["has"] & (table["share"] < 100 * few), ~table["has"] & (table["share"] > 100 * most)
    table["kind"] = pd.Categorical.from_codes(np.select([strength, gap], [0, 1], default=-1), ["strength", "gap"])
    found = table.dropna(subset="kind").reset_index()[["practice", "kind", "having", "n", "share"]]
    rarest = found["share"].where(found["kind"] == "strength", -found["share"])  # strengths: the rarest first; gaps: the commonest
    return found.assign(rarest=rarest).sort_values(["kind", "rarest"], kind="stable", ignore_index=True).drop(columns="rarest")
