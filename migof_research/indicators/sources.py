"""Where answers come from: a file that someone filled in, or a data set that is known by name."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from migof_research.errors import InputError
from migof_research.frameworks import Framework, available, load
from migof_research.indicators import answers, apla, cells
from migof_research.indicators.fetch import Remote

DATA_SETS: dict[str, Callable[[], pd.DataFrame]] = {"apla": apla.answers}  # each has the name of its framework
REMOTES: dict[str, Remote] = {remote.name: remote for remote in (apla.REMOTE,)}


def open_answers(given: str, framework: str = "") -> tuple[pd.DataFrame, Framework]:
    """The answers of a file (CSV or XLSX) or of a data set (``apla``, or its file as published), and their framework.

    ``framework`` is an id or a framework file; empty means the one that the file itself names.
    """
    if not given:
        raise InputError(f"No answers: name a file (.csv, .xlsx) or a data set ({', '.join(DATA_SETS)}) by the parameter answers.")
    if given in DATA_SETS:
        if framework and load(framework).id != given:
            raise InputError(f"The data set {given} belongs to the framework {given}, not to {framework}.")
        return DATA_SETS[given](), load(given)
    path = Path(given)
    if path.is_file() and apla.is_data_set(path):
        return apla.answers(path), load(apla.FRAMEWORK)
    chosen = load(framework or _named_in(path))
    return answers.read(given, chosen), chosen


def units_assessed(given: str, framework: str = "") -> list[str]:
    """The units that a file or data set holds answers of."""
    return sorted(open_answers(given, framework)[0]["unit"].unique())


def _named_in(path: Path) -> str:
    found = cells.read(path)
    named = sorted(({found.framework} | set(found.table.get("framework", []))) - {""})
    if len(named) == 1 and named[0] in available():
        return named[0]
    said = f"names {', '.join(named)}" if named else "does not say which framework it answers"
    raise InputError(f"{path.name} {said}: name the framework (an id such as sdg_10_7_2, or its file) by the parameter framework.")
