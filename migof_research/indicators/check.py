"""Whether the tables of data/ are sound: all findings at once, each with its place."""

from pathlib import Path

import pandas as pd

from migof_research import paths
from migof_research.indicators import catalogue, datapackage, units


def check() -> list[str]:
    """Findings on data/raw and data/processed, none where all is well.

    Schemas, ranges, duplicates, references between tables and hashes by a standard Data Package tool; unknown
    countries; tables that are not described; differences from the copy last fetched.
    """
    findings = []
    for folder in (paths.raw(), paths.processed()):
        findings += _by_descriptor(folder) + _undescribed(folder)
    for name in catalogue.sources():
        findings += _unknown_units(paths.raw() / f"{name}.csv") + catalogue.against_last_copy(name)
    return findings


def _by_descriptor(folder: Path) -> list[str]:
    from frictionless import validate

    if not datapackage.read(folder):
        return [f"{folder.name}/datapackage.json: describes no table; `migof data build` writes it."]
    report = validate(str(folder / "datapackage.json"))
    findings = [f"{folder.name}/datapackage.json: {error.message}" for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            place = [f"row {error.row_number}" if hasattr(error, "row_number") else "", getattr(error, "field_name", "")]
            findings.append(", ".join([f"{folder.name}/{task.place}", *filter(None, place)]) + f": {error.message}")
    return findings


def _undescribed(folder: Path) -> list[str]:
    described = {resource["path"] for resource in datapackage.read(folder).values()}
    return [
        f"{folder.name}/{path.name}: datapackage.json does not describe it."
        for path in sorted(folder.glob("*.csv"))
        if path.name not in described
    ]


def _unknown_units(path: Path) -> list[str]:
    if not path.is_file():
        return []
    found = pd.read_csv(path, keep_default_na=False, dtype=str).get("unit", pd.Series(dtype=str))
    unknown = sorted(set(found) - set(units.units()["unit"]))
    return [f"raw/{path.name}: {', '.join(unknown)} is none of the 197 countries."] if unknown else []
