"""Is a report what its manifest says, and does it come out the same again? If not, which input changed.

A report is made anew from its manifest in a folder of its own, and every file compared by its hash. The files of the
report itself are compared too: one that was edited after it was made is named.
"""

import hashlib
import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migof_research.batch import inputs
from migof_research.batch.place import LANGUAGE_FOLDERS
from migof_research.batch.plan import PDF, WORLD, Task
from migof_research.batch.pool import outcomes
from migof_research.batch.studies import Study, find
from migof_research.errors import InputError

KEYS = {"study": str, "unit": str, "lang": str, "engine": str, "parameters": dict, "inputs": dict, "files": dict}
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")  # of a study, a unit, a language: they become folders
BESIDE = {"manifest.json", "failed.ipynb"}  # what a report's folder may hold that its manifest does not name


@dataclass(frozen=True)
class Verdict:
    """What a verification found. ``edited`` and ``differing`` map the path of a file to what is wrong with it;
    ``changed`` are the kinds of input that are not what they were: notebook, code, definitions, data, versions, ..."""

    folder: Path
    files: int
    edited: Mapping[str, str]
    changed: tuple[str, ...]
    differing: Mapping[str, str]
    failure: str = ""

    @property
    def same(self) -> bool:
        return not (self.edited or self.differing or self.failure)


def verify(report: Path, timeout: float | None = None) -> Verdict:
    """Make the report in a folder (or of a ``report.html``) again from its manifest and compare.

    Raises InputError where there is no manifest, where it cannot be understood, or where the study or its parameters
    are no longer there.
    """
    folder = report.parent if report.name in ("report.html", "manifest.json") else report
    manifest = read(folder)
    study = find(manifest["study"])
    task = _task(study, manifest)
    now = inputs.hashes(study, task.parameters, task.engine)
    edited = _compare(manifest["files"], _hashes(folder))
    with tempfile.TemporaryDirectory(prefix="migof-verify-") as scratch:
        again = Task(**vars(task) | {"outputs": Path(scratch)})
        (outcome,) = outcomes([again], 1, timeout)
        made = _hashes(again.folder) if outcome.status == "made" else {}
    differing = _compare(manifest["files"], made) if made else {}
    return Verdict(folder, len(manifest["files"]), edited, _changed(task.inputs, now), differing, outcome.error)


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a report's folder, checked. Raises InputError with what is wrong with it."""
    path = folder / "manifest.json"
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; name a report's folder, such as outputs/country-benchmark/MDA, or its report.html.")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{folder}: no manifest.json; without it nobody can tell what the report was made from. Make it again.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error}). Make the report again.") from error
    if not isinstance(manifest, dict) or (wrong := [key for key, kind in KEYS.items() if not isinstance(manifest.get(key), kind)]):
        said = ", ".join(wrong) if isinstance(manifest, dict) else "everything"
        raise InputError(f"{path}: not the manifest of a report (wrong or missing: {said}).")
    if odd := [key for key in ("study", "unit", "lang") if not NAME.fullmatch(manifest[key])]:
        raise InputError(f"{path}: {', '.join(f'{key} {manifest[key]!r}' for key in odd)} cannot be the name of a folder.")
    return manifest


def _task(study: Study, manifest: Mapping[str, Any]) -> Task:
    """The task as it was; its inputs are those of the manifest, because the report's foot shows them."""
    values = study.values(manifest["parameters"])
    unit = values.get(study.unit, "") if study.unit else WORLD
    if unit != manifest["unit"] or manifest["engine"] not in ("migof", "plain"):
        raise InputError(f"The manifest contradicts itself: unit {manifest['unit']!r}, parameters {values}, engine {manifest['engine']!r}.")
    pdf = PDF in manifest["files"]
    return Task(study.name, study.path, unit, manifest["lang"], values, manifest["engine"], manifest["inputs"], Path(), pdf)


def _hashes(folder: Path) -> dict[str, str]:
    """The hash of each file of one report: without its manifest and the same report in other languages."""
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    own = {name: path for name, path in found.items() if name.parts[0] not in (*LANGUAGE_FOLDERS, *BESIDE)}
    return {name.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for name, path in own.items()}


def _compare(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    found = {name: "not there" if name not in now else "other content" for name in before if now.get(name) != before[name]}
    return found | {name: "not in the manifest" for name in now if name not in before}


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys([*before, *now]) if before.get(name) != now.get(name))
