"""Hashes of what a report is made of: equal hashes, equal report."""

import hashlib
import importlib.metadata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from migof_research import __version__, paths
from migof_research.batch.imports import PACKAGE, files_used
from migof_research.batch.place import to_json
from migof_research.batch.studies import Study

DEFINITIONS = PACKAGE / "frameworks" / "definitions"
MAKER = ("migof_research.batch.make", "migof_research.batch.engine")  # what makes a report, whatever the study
VERSIONS = ("pandas", "numpy", "scipy", "statsmodels", "matplotlib", "seaborn", "great-tables", "nbconvert", "papermill", "ipykernel")


def hashes(study: Study, values: Mapping[str, Any], engine: str) -> dict[str, str]:
    """One hash a kind of input: notebook, code, definitions, data, engine, versions, and every file a parameter names."""
    return {
        "notebook": text_hash("\0".join(study.sources)),
        "code": files_hash(PACKAGE, _code(study)),
        "definitions": files_hash(DEFINITIONS, files_in(DEFINITIONS)),
        "data": files_hash(paths.root(), [*files_in(paths.raw()), *files_in(paths.processed())]),
        "engine": engine,
        "versions": versions_hash(),
    } | {f"file of {name}": files_hash(path.parent, [path]) for name, path in named_files({**study.defaults, **values}).items()}


def _code(study: Study) -> set[Path]:
    """The modules the study and its making use, and the templates, catalogues and tables that lie beside them."""
    modules = files_used(study.sources, MAKER)
    beside = {path for module in modules if module.parent != PACKAGE for path in files_in(module.parent) if path.suffix != ".py"}
    return modules | {path for path in beside if DEFINITIONS not in path.parents}


@cache
def versions() -> dict[str, str]:
    """This package and what shapes its numbers and figures."""
    return {"migof-research": __version__} | {name: importlib.metadata.version(name) for name in VERSIONS}


def versions_hash() -> str:
    return text_hash(to_json(versions()))


def named_files(values: Mapping[str, Any]) -> dict[str, Path]:
    """The parameters whose value is the path of a file, as it stands or within the project: {name: path}."""
    texts = {name: value for name, value in sorted(values.items()) if isinstance(value, str) and "." in value}
    places = {name: [path for path in (Path(text), paths.root() / text) if path.is_file()] for name, text in texts.items()}
    return {name: found[0] for name, found in places.items() if found}


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def files_hash(base: Path, files: Iterable[Path]) -> str:
    """Of names and contents, whatever the order the files come in."""
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(f"{path.relative_to(base).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def files_in(folder: Path) -> list[Path]:
    """All files below a folder, without hidden ones and what Python compiled."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")]
