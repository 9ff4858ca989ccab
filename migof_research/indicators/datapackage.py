"""``datapackage.json``: what lies in data/raw and data/processed, in the words of the Data Package standard (version 2).

What is known of a table stands in ``datapackage.yaml``; what can be measured (hash, bytes, rows) is measured. So the
descriptor is written, never edited, and a table that changed without it is found out.
"""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from migof_research import files

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE = {"type": "table", "scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
OURS = ("fetch",)  # keys of datapackage.yaml that say how we get a table, not what it is


@cache
def _definitions() -> dict[str, Any]:
    known: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("datapackage.yaml").read_text(encoding="utf-8"))
    return known


def resources(folder: str) -> dict[str, dict[str, Any]]:
    """What is known of the tables of ``raw`` or ``processed``, by name, whether they are there or not."""
    return {resource["name"]: resource for resource in _definitions()[folder]["resources"]}


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """The resources that the folder's descriptor tells of, by name; none where it is empty or not there."""
    path = folder / "datapackage.json"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return {resource["name"]: resource for resource in json.loads(text or "{}").get("resources", [])}


def describe(folder: Path, retrieved: dict[str, dict[str, str]] | None = None) -> dict[str, Any]:
    """The descriptor of the folder's tables as they are now.

    ``retrieved`` gives, for tables that are new, what only their retrieval tells: ``{name: {"retrieved": date, "vintage":
    edition}}``; what the old descriptor says of the others is kept.
    """
    told: dict[str, dict[str, str]] = {
        name: {key: old[key] for key in ("retrieved", "vintage") if key in old} for name, old in read(folder).items()
    }
    told |= retrieved or {}
    package = {key: value for key, value in _definitions()[folder.name].items() if key != "resources"}
    tables = {name: folder / f"{name}.csv" for name in resources(folder.name)}
    described = [_resource(resources(folder.name)[name], path, told.get(name, {})) for name, path in tables.items() if path.is_file()]
    return {"$schema": PROFILE, **package, "resources": described}


def write(folder: Path, retrieved: dict[str, dict[str, str]] | None = None) -> None:
    """Write the folder's ``datapackage.json`` anew: see ``describe``."""
    text = json.dumps(describe(folder, retrieved), ensure_ascii=False, indent=2) + "\n"
    files.write(folder / "datapackage.json", text.encode())


def _resource(known: dict[str, Any], path: Path, told: dict[str, str]) -> dict[str, Any]:
    content = path.read_bytes()
    measured = {
        "hash": f"sha256:{files.sha256(content)}",
        "bytes": len(content),
        "rows": sum(1 for _ in csv.reader(content.decode("utf-8").splitlines(keepends=True))) - 1,
    }
    said = {key: value for key, value in known.items() if key not in (*OURS, "schema")}
    return {"name": said.pop("name"), "path": path.name, **RESOURCE, **said, **told, **measured, "schema": known["schema"]}
