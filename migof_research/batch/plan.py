"""What a run has to make: one task a report, with the hashes of everything the report depends on.

A report whose manifest names the same hashes is kept. Units of a study are looked up by what its notebook says a unit
is (``metadata.migof.unit``): see ``UNITS``.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from migof_research.batch import inputs
from migof_research.batch.place import folder_of
from migof_research.batch.studies import Study
from migof_research.errors import InputError

PDF = "report.pdf"
WORLD = "world"  # the unit of a study that has none


@dataclass(frozen=True)
class Task:
    """One report to make: everything ``make.make`` needs, nothing that cannot be pickled."""

    study: str
    notebook: Path
    unit: str
    lang: str
    parameters: Mapping[str, Any]
    engine: str
    inputs: Mapping[str, str]
    outputs: Path
    pdf: bool = False  # also as report.pdf

    @property
    def folder(self) -> Path:
        return folder_of(self.outputs, self.study, self.unit, self.lang)

    @property
    def label(self) -> str:
        return self.unit if self.lang == "en" else f"{self.unit} ({self.lang})"

    def is_kept(self) -> bool:
        """Whether the report is there, whole, and made of the same inputs."""
        try:
            manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        made = (manifest.get("parameters"), manifest.get("inputs")) == (self.parameters, self.inputs)
        return made and (not self.pdf or PDF in manifest["files"]) and all((self.folder / name).is_file() for name in manifest["files"])


@dataclass(frozen=True)
class Outcome:
    """How one report ended: ``made``, ``kept`` (nothing to do) or ``failed``, with the reason."""

    task: Task
    status: str
    seconds: float = 0.0
    memory: int = 0  # peak resident memory of the process, MB
    error: str = ""
    traceback: str = ""


def tasks(
    study: Study, units: Iterable[str], given: Mapping[str, Any], lang: str, engine: str, outputs: Path, pdf: bool = False
) -> list[Task]:
    """One task a unit, in the order given. Raises InputError for parameters that are not the study's, and for a PDF without
    the library that makes it."""
    if pdf and find_spec("weasyprint") is None:
        raise InputError("A PDF needs WeasyPrint: pip install 'migof-research[pdf]'.")
    if study.unit and study.unit in given:
        raise InputError(f"{study.name}: {study.unit} is the unit; name units after the study, not with --set.")
    if lang != "en" and "lang" not in study.parameters:
        raise InputError(f"{study.name} has no parameter lang: it is in English only.")
    given = dict(given) | ({"lang": lang} if "lang" in study.parameters else {})
    values = study.values(given)
    hashes = inputs.hashes(study, values, engine)
    return [
        Task(study.name, study.path, unit, lang, values | ({study.unit: unit} if study.unit else {}), engine, hashes, outputs, pdf)
        for unit in dict.fromkeys(units)
    ]


def select(study: Study, named: Iterable[str], everything: bool, given: Mapping[str, Any]) -> list[str]:
    """The codes of the units named, or of all. Raises InputError with every name that is not known."""
    named = list(named)
    if not study.unit:
        if named:
            raise InputError(f"{study.name} is a study of the whole world: it takes no unit ({', '.join(named)}).")
        return [WORLD]
    kind = UNITS.get(study.unit)
    if kind is None:
        raise InputError(f"{study.path}: no kind of unit {study.unit!r}; there are {', '.join(UNITS)}.")
    if not named and not everything:
        raise InputError(f"{study.name}: name one unit or more (such as MDA or Moldova), or --all.")
    if everything:
        return kind.all(given)
    codes, problems = [], []
    for text in named:
        try:
            codes.append(kind.find(text, given))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return codes


def settings(texts: Iterable[str]) -> dict[str, str]:
    """``["year=2019"]`` as ``{"year": "2019"}``. Raises InputError for what has no ``=``, or is given twice."""
    given, problems = {}, []
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.isidentifier():
            problems.append(f"--set {text}: write it as name=value.")
        elif name in given:
            problems.append(f"--set {name} is given twice.")
        given[name] = value
    if problems:
        raise InputError(problems)
    return given


def shard(units: list[str], part: str | None) -> list[str]:
    """The K-th of N parts of the units, ``part`` being "K/N": each unit is in exactly one part."""
    if part is None:
        return units
    k, _, n = part.partition("/")
    if not (k.isdecimal() and n.isdecimal() and 1 <= int(k) <= int(n)):
        raise InputError(f"--shard {part}: write it as K/N with K from 1 to N, such as 3/20.")
    return units[int(k) - 1 :: int(n)]


@dataclass(frozen=True)
class Kind:
    """A kind of unit: how a name becomes a code, and which units there are. Both may look at the given parameters."""

    find: Callable[[str, Mapping[str, Any]], str]
    all: Callable[[Mapping[str, Any]], list[str]]


def _find_country(text: str, given: Mapping[str, Any]) -> str:
    from migof_research.indicators.units import find

    return find(text)


def _countries_with_data(given: Mapping[str, Any]) -> list[str]:
    from migof_research.indicators.sdg_10_7_2 import units_with_data

    return units_with_data()


def _find_assessed(text: str, given: Mapping[str, Any]) -> str:
    from migof_research.indicators.answers import unit_code

    return unit_code(text)


def _units_assessed(given: Mapping[str, Any]) -> list[str]:
    from migof_research.indicators.sources import units_assessed

    return units_assessed(given.get("answers", ""), given.get("framework", ""))


def _domains(given: Mapping[str, Any]) -> list[str]:
    """``all``, then the domains of the framework that the answers name, or of 10.7.2."""
    from migof_research.frameworks import load
    from migof_research.indicators.sdg_10_7_2 import FRAMEWORK
    from migof_research.indicators.sources import open_answers

    answers, framework = given.get("answers", ""), given.get("framework", "")
    chosen = open_answers(answers, framework)[1] if answers else load(framework or FRAMEWORK)
    return ["all", *chosen.domains]


def _find_domain(text: str, given: Mapping[str, Any]) -> str:
    known = {code.casefold(): code for code in _domains(given)}
    if text.casefold() not in known:
        raise InputError(f"There is no domain {text!r}: there are {', '.join(known.values())}.")
    return known[text.casefold()]


UNITS = {
    "country": Kind(_find_country, _countries_with_data),
    "unit": Kind(_find_assessed, _units_assessed),
    "domain": Kind(_find_domain, _domains),
}
