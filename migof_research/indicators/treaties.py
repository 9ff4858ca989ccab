"""Who is party to the conventions on migrant workers and refugees and to the Palermo protocols, year by year.

From the United Nations Treaty Collection (its XML of a treaty's status), or from a table with a country and the year of
ratification or accession. A party is taken to have stayed one to the date of the list: withdrawals leave it.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from migof_research.errors import InputError
from migof_research.indicators import tabular, units
from migof_research.indicators.figures import Figures, context, with_units
from migof_research.indicators.net import Net
from migof_research.indicators.tabular import plain
from migof_research.indicators.variables import variables

NAME = "treaties"
URL = "https://treaties.un.org/doc/Publication/MTDSG/Volume%20{volume}/Chapter%20{chapter}/{treaty}.en.xml"
TREATIES = {name: known["treaty"] for name, known in variables().items() if "treaty" in known}
CODE = ("iso3", "iso2", "code")
NAMES = ("participant", "country", "state", "member")
SINCE = re.compile(r"ratification|accession")  # in a heading
DATE = re.compile(r"\b((?:19|20)\d\d)\b")


def download(net: Net, folder: Path) -> list[Path]:
    """One file a treaty; chapters up to XI are in the first volume of the collection."""
    files = []
    for treaty in TREATIES.values():
        chapter = treaty.partition("-")[0]
        url = URL.format(volume="I" if chapter in ("IV", "V") else "II", chapter=chapter, treaty=treaty)
        files.append(net.save(url, folder / f"{treaty}.xml", "xml"))
    return files


def read(*paths: Path) -> Figures:
    """1 for each year from that of ratification, accession or succession on, 0 before and for the other countries."""
    parts: dict[str, pd.DataFrame] = {}
    notes: list[str] = []
    until = 0
    lists = [_xml(path) if path.suffix == ".xml" else _table(path) for path in paths]
    for variable, since, year, left_out in lists:
        known = units.units()["unit"]
        first = variables()[variable]["since"]
        until, notes = max(until, year), notes + left_out
        years = pd.DataFrame([(unit, at) for unit in known for at in range(first, year + 1)], columns=["unit", "year"])
        parts[variable] = years.assign(value=(years["year"] >= years["unit"].map(since).fillna(9999)).astype(float))
    return context(parts, NAME, f"status in {until}", notes)


def _xml(path: Path) -> tuple[str, dict[str, int], int, list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise InputError(f"{path}: a status list declares no entities; this file is not read.")
        root = ElementTree.fromstring(text)
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise error if isinstance(error, InputError) else InputError(f"{path}: cannot be read as XML ({error}).") from error
    rows = [[_said(entry) for entry in row.findall("Entry")] for row in root.findall(".//Participants//Tbody//Row")]
    variable = _variable(f"{path.stem} {_said(root.find('.//Titlesect'))}", path)
    if not rows:
        raise InputError(f"{path}: no list of participants; the layout of the source may have changed.")
    since, notes = _by_name(variable, [(name, dates[-1] if dates else "") for name, *dates in rows])
    as_at = DATE.search(_said(root.find(".//Pagetitle")) or _said(root.find(".//Status")))
    return variable, since, int(as_at[0]) if as_at else max(since.values()), notes


def _table(path: Path) -> tuple[str, dict[str, int], int, list[str]]:
    table = tabular.find(path, [(*CODE, *NAMES)])
    dates = next((heading for heading in table.columns if SINCE.search(plain(heading))), None)
    if dates is None:
        raise InputError(f"{path}: no column is headed as ratification or accession; the columns are {', '.join(table.columns)}.")
    variable = _variable(path.stem, path)
    if code := tabular.column(table, *CODE):
        known, notes = with_units(table, table[code])
        found = known[dates].str.extract(DATE, expand=False).dropna().astype(int)
        since = dict(zip(known.loc[found.index, "unit"], found, strict=True))
    else:
        since, notes = _by_name(variable, table[[tabular.column(table, *NAMES), dates]].itertuples(index=False, name=None))
    if not since:
        raise InputError(f"{path}: no country has a year of ratification or accession.")
    return variable, since, max(since.values()), notes


def _by_name(variable: str, rows: Iterable[tuple[str, str]]) -> tuple[dict[str, int], list[str]]:
    """The year of each country that has one, from names as the treaty collection writes them and dates."""
    since, notes = {}, []
    for name, said in rows:
        try:
            unit = units.find(re.sub(r"\s*\(the\)|[\d\s,]+$", "", name))
        except InputError:
            notes.append(f"{variable}: no country is called {name!r}; left out.")
            continue
        if date := DATE.search(said):
            since[unit] = int(date[0])
    return since, notes


def _variable(said: str, path: Path) -> str:
    """Which treaty a file is about: by its number in the collection, our name, or words of its title."""
    words = {
        "icmw": "icmw|migrant workers", "smuggling_protocol": "smuggling", "trafficking_protocol": "trafficking",
        "refugee_protocol": "protocol.*refugees|refugee.protocol", "refugee_convention": "convention.*refugees|refugee.convention",
    }  # fmt: skip
    for variable, treaty in TREATIES.items():
        if re.search(rf"(?<![\w-]){treaty}(?![\w-])|{variable}", said):
            return variable
    for variable, pattern in words.items():
        if re.search(pattern, said, re.IGNORECASE):
            return variable
    raise InputError(f"{path}: of which treaty? Give the file the treaty's name, one of {', '.join(TREATIES)}.")


def _said(element: ElementTree.Element | None) -> str:
    """An element's text without the markup of footnotes."""
    text = "" if element is None else "".join(element.itertext())
    return " ".join(re.sub(r"<superscript>.*?</superscript>|<[^>]+>", " ", text).split())
