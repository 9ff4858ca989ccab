"""Where the project's folders are.

The project is a folder with ``notebooks/`` and ``data/raw/``: the one named by ``MIGOF_HOME``, else the nearest one at
or above the working directory, else the one this package was installed from.
"""

import os
from functools import cache
from pathlib import Path

from migof_research.errors import InputError


def _is_project(folder: Path) -> bool:
    return (folder / "data" / "raw" / "datapackage.json").is_file() and (folder / "notebooks").is_dir()


@cache
def _find(home: str | None, cwd: str) -> Path:
    if home:
        if _is_project(Path(home)):
            return Path(home).resolve()
        raise InputError(f"MIGOF_HOME is {home}, which holds no notebooks/ and data/raw/datapackage.json.")
    here = Path(cwd)
    for folder in (here, *here.parents, Path(__file__).resolve().parent.parent):
        if _is_project(folder):
            return folder.resolve()
    raise InputError(f"No migof_research project at or above {cwd}: change into its folder or set MIGOF_HOME to it.")


def root() -> Path:
    return _find(os.environ.get("MIGOF_HOME"), os.getcwd())


def raw() -> Path:
    """Figures as published, described by datapackage.json."""
    return root() / "data" / "raw"


def processed() -> Path:
    """Tables rebuilt by ``migof data build``."""
    return root() / "data" / "processed"


def notebooks() -> Path:
    """One parameterised notebook per study."""
    return root() / "notebooks"


def outputs() -> Path:
    """The reports and their index."""
    return root() / "outputs"
