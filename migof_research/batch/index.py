"""The index of the reports: what a reader opens first. Made from the manifests alone, in every language they have.

``index.html`` lists all reports, ``<study>/index.html`` those of a study; ``index.fr.html`` and so on are the same in
another language. All is in the pages themselves, so they work from disk and on any static host, script or none.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, Template

import migof_research
from migof_research.batch.place import write
from migof_research.errors import InputError
from migof_research.indicators.tiles import tiles
from migof_research.languages import LOCALES
from migof_research.report.document import TEMPLATE, assets, script_words
from migof_research.report.style import ink_on
from migof_research.report.wording import Language, language


@dataclass(frozen=True)
class Report:
    """One finished report: its page record, its folder relative to the outputs, and the names of its files."""

    page: Mapping[str, Any]
    folder: str
    files: frozenset[str]

    @property
    def card(self) -> Mapping[str, Any]:
        return self.page["card"]

    def href(self, file: str = "report.html") -> str:
        return quote(f"{self.folder}/{file}")


@dataclass(frozen=True)
class Entry:
    """One unit in one study: its report in the language of the index, or in the nearest there is, and the others."""

    report: Report
    others: list[Report]


def build(outputs: Path) -> Path:
    """Write the index of all reports in ``outputs`` and of each study; return the path of ``index.html``."""
    reports = list(_reports(Path(outputs)))
    langs = [lang for lang in LOCALES if lang == "en" or any(report.page["lang"] == lang for report in reports)]
    for lang in langs:
        studies = _studies(reports, lang)
        facts: dict[str, Any] = {"_": language(lang), "langs": [language(code) for code in langs], "version": migof_research.__version__}
        write(outputs / _file(lang), _page(studies, base="", **facts))
        for study in studies:
            write(outputs / study["id"] / _file(lang), _page([study], base="../", **facts))
    return outputs / _file("en")


def _reports(outputs: Path) -> Iterator[Report]:
    for manifest in sorted(outputs.glob("[!.]*/[!.]*/**/manifest.json")):
        try:
            found = json.loads(manifest.read_text("utf-8"))
            page, files = found["page"], frozenset(found["files"])
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{manifest} is no report's manifest: remove its folder, or make the report again.") from None
        yield Report(page, manifest.parent.relative_to(outputs).as_posix(), files)


def _studies(reports: list[Report], lang: str) -> list[dict[str, Any]]:
    """The studies in their order, each with its entries by name and, in the order of the cards, the nodes they band."""
    units: dict[tuple[str, str], list[Report]] = {}
    for report in reports:
        units.setdefault((report.page["study"], report.page["unit"]), []).append(report)
    _, preference = language(lang), [lang, *LOCALES]
    studies: dict[str, dict[str, Any]] = {}
    for (name, __), found in units.items():
        first, *others = sorted(found, key=lambda report: preference.index(report.page["lang"]))
        known = studies.setdefault(name, {"id": name, "page": first.page, "entries": [], "nodes": {}, "bands": {}})
        known["entries"].append(Entry(first, others))
        known["nodes"] |= first.card.get("node_labels", {})
        known["bands"] |= {band["id"]: band for band in first.card.get("bands", {}).values() if "id" in band}
    for study in studies.values():
        study["entries"].sort(key=lambda entry: _.key(entry.report.card["name"]))
        study["nodes"] = {node: study["nodes"][node] for node in sorted(study["nodes"], key=lambda node: node != "overall")}
        study["bands"] = dict(sorted(study["bands"].items()))
        study["map"] = _map(study["entries"])
        study["count"] = _.n("{n} report", "{n} reports", len(study["entries"]))
    return sorted(studies.values(), key=lambda study: (study["page"].get("order", 99), study["id"]))


def _map(entries: list[Entry]) -> list[dict[str, Any]]:
    """The tiles of the world map: ``column``, ``row`` (from 1), the ``entry`` of each country or None; [] if no country
    has a report with bands."""
    by_unit = {entry.report.page["unit"]: entry for entry in entries if entry.report.card.get("bands")}
    places = tiles()
    if not by_unit.keys() & set(places["unit"]):
        return []
    return [
        {"unit": unit, "column": column + 1, "row": row + 1, "entry": by_unit.get(unit)}
        for unit, column, row in places[["unit", "column", "row"]].itertuples(index=False)
    ]


def _counts(entries: list[Entry], _: Language) -> str:
    """How many units are in each band overall, in words."""
    found = Counter(band["label"] for entry in entries if (band := (entry.report.card.get("bands") or {}).get("overall")))
    return _.join([f"{band} ({_.number(n)})" for band, n in found.most_common()])


def _page(studies: list[dict[str, Any]], base: str, _: Language, **facts: Any) -> str:
    return _template().render(studies=studies, base=base, _=_, assets=assets("site"), words=script_words(_), file=_file, **facts)


def _file(lang: str) -> str:
    return "index.html" if lang == "en" else f"index.{lang}.html"


def _colours(band: Mapping[str, Any]) -> str:
    """A band's colour and the ink that is read best on it; nothing for a band that has none."""
    colour = str(band.get("colour", ""))
    return f"background:{colour};color:{ink_on(colour)}" if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else ""


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"colours": _colours, "counts": _counts}
    return environment.get_template("site.html.j2")
