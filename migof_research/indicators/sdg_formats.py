"""SDG indicator 10.7.2 in every form it is met in, made the one table of ``data/raw/sdg_10_7_2.csv``.

Records of the database's service (JSON), its exports (CSV, Excel), the tab-separated files of the early releases (a
column a year), SDMX (CSV, XML) and our own table. They differ in names only: each heading, series and domain code is
looked up in the tables below, so a new round, or a form mixed from these, needs no code.
"""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

from migof_research.errors import InputError
from migof_research.frameworks import OVERALL, load
from migof_research.indicators import tabular
from migof_research.indicators.figures import Figures, with_units
from migof_research.indicators.tabular import plain

SERIES = ("SG_CPA_MIGRS", "SG_CPA_MIGR")  # levels of countries: the second in the releases 2019.Q3 and 2020.Q1
FIRST, STEP = (12, 2019), 2  # round of the Inquiry and its year; a round every two years
COLUMNS = ["unit", "year", "round", "node", "level", "item_nonresponse"]

HEADINGS = {  # ours: what the forms call it, as `plain` writes headings
    "series": ("series", "seriescode"),
    "area": ("geoareacode", "refarea", "m49", "unit", "iso3"),
    "area_name": ("geoareaname", "geoarea", "country"),
    "year": ("timeperiodstart", "timeperiod", "year"),
    "value": ("value", "obsvalue", "level"),
    "domain": ("policydomains", "policydomainscode", "policydomaincode", "compositebreakdown", "node"),
    "reporting": ("reportingtype", "reportingtypecode"),
    "footnote": ("footnotes", "footnote", "commentobs", "obscomment", "comment"),
    "round": ("round",),
    "flag": ("itemnonresponse",),
}
MISSING = ("", "n", "nan", "na", "none", "null", "-", "..")  # "N": the country did not answer
GLOBAL = ("g", "global", "")  # the reporting type of the global database; others are nations' own figures
NONRESPONSE = re.compile(r"non-?\s?response", re.IGNORECASE)
YEAR_COLUMN = re.compile(r"(?:value)?(20\d\d)")


def read(*files: Path) -> Figures:
    """The levels in one or more files of one download: ``unit, year, round, node, level, item_nonresponse``.

    A footnote on non-response is a flag; where no value of a year has one, flags are not known for that year (missing).
    Raises InputError with every level, year or domain that cannot be understood and its place.
    """
    records = pd.concat([_records(path) for path in files], ignore_index=True)
    of_countries = records["series"].isin(["", *SERIES])
    if not of_countries.any():
        found = ", ".join(sorted(set(records["series"]))[:10]) or "no rows at all"
        raise InputError(f"{files[0]}: no figures of series {SERIES[0]}; found {found}.")
    national = of_countries & ~records["reporting"].str.lower().isin(GLOBAL)
    records = records[of_countries & ~national & ~records["value"].str.lower().isin(MISSING)]
    known, notes = with_units(records, records["area"], records["area_name"])
    if national.any():
        notes.append(f"Left out, not of the global database: {national.sum()} rows of reporting type other than G.")
    table = _understood(known)
    inferred = sorted(table.loc[table["round"].isna() & (table["year"] > 2021), "year"].unique())
    notes += [f"{year} is taken for round {_round(year)} of the Inquiry." for year in inferred]
    table["round"] = table["round"].fillna(table["year"].map(_round)).astype(int)
    table = table[COLUMNS].drop_duplicates().sort_values(["unit", "year", "node"], key=_order, ignore_index=True)
    if len(twice := table[table.duplicated(["unit", "year", "node"])]):
        raise InputError(f"{row.unit} {row.year} {row.node} is given twice, differently." for row in twice.itertuples())
    years = ", ".join(map(str, sorted(table["year"].unique())))
    return Figures(table, f"years {years}", notes)


def _records(path: Path) -> pd.DataFrame:
    """One file as text columns ``series, area, ..., place``, a row a value."""
    match path.suffix.lower():
        case ".json":
            frames = [(path.name, pd.DataFrame(_flat(record) for record in _json(path)))]
        case ".xml":
            frames = [(path.name, _sdmx(path))]
        case _:
            needs = [[*HEADINGS["area"]], [*HEADINGS["domain"]]]
            frames = []
            for name, rows in tabular.sheets(path).items():
                try:
                    frames.append((f"{path.name} {name}".strip(), tabular.table(rows, needs, str(path))))
                except InputError:
                    if not name:
                        raise
            if not frames:
                raise InputError(f"{path}: no sheet has the columns of indicator 10.7.2 (GeoAreaCode, Policy Domains, ...).")
    return pd.concat([_named(frame, where) for where, frame in frames], ignore_index=True)


def _named(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    """Our names for the columns; a release file's columns of years become rows."""
    if frame.empty:
        return pd.DataFrame(columns=[*HEADINGS, "place"], dtype=str)
    found = {name: tabular.column(frame, *headings) for name, headings in HEADINGS.items()}
    years = {heading: match[1] for heading in frame.columns if (match := YEAR_COLUMN.fullmatch(plain(heading)))}
    absent = [name for name in ("area", "domain") if not found[name]]
    absent += [name for name in ("year", "value") if not found[name] and not years]
    if absent:
        raise InputError(f"{where}: no column for {', '.join(absent)}; the columns are {', '.join(frame.columns)}.")
    named = pd.DataFrame({name: frame[heading].fillna("").astype(str).str.strip() if heading else "" for name, heading in found.items()})
    named = named.assign(place=[f"{where}, row {row}" for row in frame.index])
    if not years:
        return named
    parts = [named.assign(year=year, value=frame[heading].astype(str)) for heading, year in years.items()]
    latest, of = (tabular.column(frame, heading) for heading in ("valuelatestyear", "latestyear"))
    if latest and of:
        parts.append(named.assign(year=frame[of].astype(str), value=frame[latest].astype(str)))
    long = pd.concat(parts)
    answered = long["year"].where(~long["value"].str.lower().isin(MISSING)).groupby(level=0).transform("nunique")
    long["footnote"] = long["footnote"].where(answered <= 1, "")  # of which year, the file does not tell
    return long


def _understood(records: pd.DataFrame) -> pd.DataFrame:
    domains = _domains()
    year = pd.to_numeric(records["year"].str.extract(r"^(\d{4})", expand=False), errors="coerce")
    level = pd.to_numeric(records["value"], errors="coerce")
    node = records["domain"].map(lambda text: domains.get(plain(text)))
    faults = {
        "year": (year.between(FIRST[1], 2100), f"a year from {FIRST[1]} on"),
        "value": (level.isin([1, 2, 3, 4]), "a level from 1 to 4, or N"),
        "domain": (node.notna(), "a policy domain"),
    }
    problems = [
        f"{row.place}: {name} {getattr(row, name)!r} is not {wanted}."
        for name, (good, wanted) in faults.items()
        for row in records[~good].itertuples()
    ]
    if problems:
        raise InputError(problems, f"{len(problems)} figures cannot be understood")
    table = pd.DataFrame({"unit": records["unit"], "year": year.astype(int), "node": node, "level": level.astype(int)})
    table["round"] = pd.to_numeric(records["round"])
    said = records["footnote"].str.contains(NONRESPONSE)
    flags = said.astype("boolean").where(said.groupby(table["year"]).transform("any"))
    own = records["flag"].str.lower().map({"true": True, "false": False}).astype("boolean")
    return table.assign(item_nonresponse=own.fillna(flags))


def _domains() -> dict[str, str]:
    """Every way a node is written -> the node."""
    framework = load("sdg_10_7_2")
    names = {"alldomains": OVERALL, "t": OVERALL, "total": OVERALL, "overall": OVERALL}
    for number, node in enumerate(framework.domains, 1):
        label = framework.node(node).label.get("en")
        names |= {plain(text): node for text in (node, f"DOMAIN{number}", f"PD_{number}", f"Domain {number}", str(number), label)}
    return names


def _round(year: int) -> int:
    """12 for 2019, 13 for 2021 and so on; the rounds after the 13th are numbered by this rule until they are known."""
    return FIRST[0] + -(-(year - FIRST[1]) // STEP)


def _order(column: pd.Series) -> pd.Series:
    """The overall level before those of the domains."""
    return column.replace(OVERALL, "") if column.name == "node" else column


def _json(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as JSON ({error}).") from error
    records = content.get("data") if isinstance(content, dict) else content
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise InputError(f"{path}: no list of records under 'data'.")
    return records


def _flat(record: dict[str, Any]) -> dict[str, str]:
    """A record of the service, its dimensions and attributes as columns, its footnotes as one text."""
    nested = {key: value for key, value in record.items() if isinstance(value, dict)}
    flat = {key: value for key, value in record.items() if key not in nested}
    for inner in nested.values():
        flat |= inner
    return {key: "; ".join(map(str, value)) if isinstance(value, list) else str(value) for key, value in flat.items()}


def _sdmx(path: Path) -> pd.DataFrame:
    import sdmx

    try:
        message: Any = sdmx.read_sdmx(path)
        series = [sdmx.to_pandas(data, attributes="o") for data in message.data]
    except Exception as error:  # the library raises what its XML parser raises
        raise InputError(f"{path}: cannot be read as an SDMX message ({error}).") from error
    frames = [one.reset_index() if isinstance(one, pd.DataFrame) else one.rename("OBS_VALUE").reset_index() for one in series]
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return table.rename(columns={"value": "OBS_VALUE"}).astype(str)
