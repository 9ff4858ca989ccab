"""Results for planning and reporting: baseline, what is measured, the target that the user sets, and the progress."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from migof_research import files
from migof_research.errors import InputError
from migof_research.frameworks import OVERALL, Framework
from migof_research.indicators import words

COLUMNS = ["node", "target", "by"]


def read_targets(file: str | Path, framework: Framework) -> pd.DataFrame:
    """Targets that a user sets: ``node, target, by``, from a CSV file of these columns.

    ``node`` is overall, a node or an item; ``target`` a score from 0 to 100, or for an item one of its answers; ``by`` a
    year or empty. Returned with ``target`` as text. Raises InputError with every fault and its row.
    """
    path = Path(file)
    table = files.read_csv(path)
    if absent := [column for column in COLUMNS if column not in table]:
        raise InputError(f"{path}: no column {', '.join(absent)}; targets have {', '.join(COLUMNS)}.")
    if problems := list(_faults(table, framework, path.name)):
        raise InputError(problems, f"{path}: {len(problems)} faults")
    return table[COLUMNS]


def _faults(table: pd.DataFrame, framework: Framework, file: str) -> Iterator[str]:
    nodes = {OVERALL, *(node.id for node in framework.walk())}
    items = {item.id: item for item in framework.items()}
    for row, node, target, by in table[COLUMNS].itertuples():
        where = f"{file}, row {row + 2}"
        if node in items:
            allowed = words.answer_words(framework, items[node])
            if words.plain(target) not in allowed:
                options = [option.answer for option in framework.scales[items[node].scale].options]
                yield f"{where}, column target: {target!r} is no answer to {node}; there are {', '.join(options)}."
        elif node not in nodes:
            yield f"{where}, column node: {framework.id} has no node or item {node!r}."
        elif not _is_score(target):
            yield f"{where}, column target: {target!r} is not a score from 0 to 100."
        if by and not (by.isascii() and by.isdecimal() and len(by) == 4):
            yield f"{where}, column by: {by!r} is not a year."
    for row in table.index[table["node"].duplicated()]:
        yield f"{file}, row {row + 2}: {table.at[row, 'node']} has two targets."


def _is_score(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]+(\.[0-9]*)?", text)) and float(text) <= 100


def results(now: pd.DataFrame, before: pd.DataFrame | None, targets: pd.DataFrame | None) -> pd.DataFrame:
    """The results table: ``node, baseline_lower, baseline_upper, lower, upper, target, by, progress``.

    ``now`` and ``before`` have ``node, lower, upper`` (0-100) of this and of the earlier assessment; without an earlier
    one this one is the baseline and nothing is measured yet. ``targets`` has ``node, target`` (0-100) and ``by``.
    ``progress`` is 100 x (measured - baseline) / (target - baseline), where both are known exactly and the target is
    another value than the baseline.
    """
    start = now if before is None else before
    table = start[["node", "lower", "upper"]].rename(columns={"lower": "baseline_lower", "upper": "baseline_upper"})
    measured = now[["node", "lower", "upper"]]
    table = table.merge(measured if before is not None else measured.assign(lower=float("nan"), upper=float("nan")), on="node")
    targets = pd.DataFrame(columns=COLUMNS) if targets is None else targets
    table = table.merge(targets, on="node", how="left")
    table["target"] = pd.to_numeric(table["target"])
    exact = (table["lower"] == table["upper"]) & (table["baseline_lower"] == table["baseline_upper"])
    distance = (table["target"] - table["baseline_lower"]).replace(0, float("nan"))
    table["progress"] = (100 * (table["lower"] - table["baseline_lower"]) / distance).where(exact)
    return table
