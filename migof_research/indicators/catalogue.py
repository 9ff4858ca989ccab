"""The sources: what lies in data/raw, how it is fetched anew, and whether it is sound.

A source is a resource of ``datapackage.yaml`` with a module here that reads its files (``read``) and, where there is a
service, gets them (``download``). What came last and was good is never given up for something worse.
"""

import datetime
import io
import shutil
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pandas as pd

from migof_research import files, paths
from migof_research.errors import InputError
from migof_research.indicators import changes, datapackage
from migof_research.indicators.context import context
from migof_research.indicators.fetch import cache
from migof_research.indicators.figures import Figures
from migof_research.indicators.net import Net, Unavailable

DAY = 86_400  # seconds for which a fetch that broke off may be taken up again
VANISHED_AT_MOST = 0.1  # of the rows; more is taken for a fault of the source unless the user accepts it


class Fetched(NamedTuple):
    """What a fetch did: numbers of rows by kind of change, what was left out and why, and where the changes are listed."""

    name: str
    counts: dict[str, int]
    notes: list[str]
    listed: Path | None


def sources() -> dict[str, dict[str, Any]]:
    """The tables of data/raw that can be fetched, by name, as ``datapackage.yaml`` describes them."""
    return {name: known for name, known in datapackage.resources("raw").items() if "fetch" in known}


def with_service() -> list[str]:
    return [name for name in sources() if hasattr(_module(name), "download")]


def listing() -> pd.DataFrame:
    """``name, rows, years, retrieved, vintage, licence, hash, title`` of every table, empty where it is not there."""
    lines = []
    for folder in ("raw", "processed"):
        there = datapackage.read(paths.root() / "data" / folder)
        for name, known in datapackage.resources(folder).items():
            stated = there.get(name, {})
            line = {"name": name, "rows": stated.get("rows", ""), "years": _years(folder, name) if stated else ""}
            line |= {key: stated.get(key, "") for key in ("retrieved", "vintage")}
            line |= {"licence": known["licenses"][0]["name"], "hash": stated.get("hash", "").removeprefix("sha256:")[:12]}
            lines.append(line | {"title": known["title"]})
    return pd.DataFrame(lines).astype(str)


def table(name: str) -> pd.DataFrame:
    """A table of data/raw or data/processed by name, typed by its schema; ``context`` is all context in one."""
    if name == "context":
        return context()
    for folder in ("raw", "processed"):
        known = datapackage.resources(folder).get(name)
        path = paths.root() / "data" / folder / f"{name}.csv"
        if known and path.is_file():
            return _typed(pd.read_csv(path, keep_default_na=False, dtype=str), known["schema"]["fields"])
        if known:
            raise InputError(f"{name} was never fetched: `migof data fetch {name}` gets it.")
    tables = [*datapackage.resources("raw"), *datapackage.resources("processed"), "context"]
    raise InputError(f"There is no table {name!r}; there are {', '.join(tables)}.")


def fetch(name: str, given: list[Path] | None = None, net: Net | None = None, accept: bool = False) -> Fetched:
    """Bring a source's table in data/raw up to date, from its service or from files that were downloaded by hand.

    The changes are listed in data/changes before the table is replaced. Where the service fails or answers what cannot
    be understood, or where many figures vanished and that was not accepted, InputError says so and data/raw stays.
    """
    module, folder = _module(name), _downloads(name) / "next"
    if not given and not hasattr(module, "download"):
        raise InputError(f"{name} has no service: give a file with --file. {sources()[name]['fetch']['by_hand']}.")
    if folder.is_dir() and time.time() - folder.stat().st_mtime > DAY:
        shutil.rmtree(folder)
    try:
        got = given or module.download(net or Net(), folder)
        figures: Figures = module.read(*got)
    except InputError as error:
        if not isinstance(error, Unavailable):
            shutil.rmtree(folder, ignore_errors=True)  # whole but not understood: not to be taken up again
        raise type(error)(error.problems, f"{name} was not fetched; {_kept(name)}") from error
    fetched = _replace(name, figures, accept)
    _keep(got, _downloads(name) / "last")
    shutil.rmtree(folder, ignore_errors=True)
    return fetched


def against_last_copy(name: str) -> list[str]:
    """What differs between the table and the files it was last fetched as; nothing where these are not in the cache."""
    folder = _downloads(name) / "last"
    if not folder.is_dir() or not _path(name).is_file():
        return []
    keys = _keys(name)
    table = _module(name).read(*sorted(folder.iterdir())).table
    found = changes.summary(changes.compare(_as_stored(table), _stored(name), keys), keys)
    said = ", ".join(f"{count} {kind}" for kind, count in found.items() if count)
    return [f"raw/{name}.csv differs from the copy last fetched: rows {said}; fetch it again or find out who edited it."] if said else []


def _replace(name: str, figures: Figures, accept: bool) -> Fetched:
    keys, path = _keys(name), _path(name)
    old = _stored(name) if path.is_file() else pd.DataFrame(columns=figures.table.columns)
    found = changes.compare(old, _as_stored(figures.table), keys)
    counts, listed = changes.summary(found, keys), None
    if len(found):
        listed = paths.root() / "data" / "changes" / f"{name}.csv"
        files.write(listed, files.to_csv(found))
    if counts[changes.VANISHED] > VANISHED_AT_MOST * len(old) and not accept:
        said = f"{counts[changes.VANISHED]} of {len(old)} rows vanished (see {listed}): if that is right, fetch again with --accept"
        raise InputError(f"{name} was not replaced; {_kept(name)}: {said}.")
    if len(found) or not path.is_file():
        files.write(path, files.to_csv(figures.table))
    today = datetime.date.today().isoformat()
    datapackage.write(paths.raw(), {name: {"retrieved": today, "vintage": figures.vintage}})
    return Fetched(name, counts, figures.notes, listed)


def _keep(copies: list[Path], folder: Path) -> None:
    """Keep the files a table was made of, for ``against_last_copy``; without them that has nothing to say."""
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.mkdir(parents=True)
        for number, path in enumerate(copies):
            shutil.copy(path, folder / (path.name if len(copies) == 1 else f"{number:04} {path.name}"))


def _downloads(name: str) -> Path:
    """Where the files of a source lie, apart for each project on this machine."""
    project = files.sha256(str(paths.root()).encode())[:8]
    return cache() / f"project-{project}" / name


def _module(name: str) -> ModuleType:
    if name not in sources():
        raise InputError(f"There is no source {name!r}; there are {', '.join(sources())}.")
    return import_module(f"migof_research.indicators.{sources()[name]['fetch']['module']}")


def _keys(name: str) -> list[str]:
    return list(sources()[name]["schema"]["primaryKey"])


def _path(name: str) -> Path:
    return paths.raw() / f"{name}.csv"


def _kept(name: str) -> str:
    return f"data/raw/{name}.csv stays as it was" if _path(name).is_file() else "there was no copy before"


def _stored(name: str) -> pd.DataFrame:
    return pd.read_csv(_path(name), keep_default_na=False, dtype=str)


def _as_stored(table: pd.DataFrame) -> pd.DataFrame:
    """A table as it comes back from its CSV file: every cell a text."""
    return pd.read_csv(io.BytesIO(files.to_csv(table)), keep_default_na=False, dtype=str)


def _typed(table: pd.DataFrame, fields: list[dict[str, Any]]) -> pd.DataFrame:
    for field in fields:
        texts = table[field["name"]].where(table[field["name"]] != "")
        match field["type"]:
            case "integer":
                table[field["name"]] = pd.to_numeric(texts).astype("int64" if texts.notna().all() else "Int64")
            case "number":
                table[field["name"]] = pd.to_numeric(texts).astype(float)
            case "boolean":
                words = dict.fromkeys(field["trueValues"], True) | dict.fromkeys(field["falseValues"], False)
                table[field["name"]] = texts.map(words).astype("boolean")
    return table


def _years(folder: str, name: str) -> str:
    table = pd.read_csv(paths.root() / "data" / folder / f"{name}.csv", keep_default_na=False, dtype=str)
    if "year" not in table:
        return ""
    first, last = table["year"].min(), table["year"].max()
    return first if first == last else f"{first}-{last}"
