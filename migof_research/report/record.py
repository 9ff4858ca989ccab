"""The executed notebook as the record of a report: refused when unfit, stripped of chance, read piece by piece."""

import copy
from typing import Any

from nbformat import NotebookNode

from migof_research.errors import InputError
from migof_research.report.piece import MIME

_RICH = {"text/html", "image/png", "image/svg+xml", "image/jpeg", "text/markdown", "text/latex"}


def outputs(notebook: NotebookNode) -> list[tuple[int, NotebookNode]]:
    """Every output with the number of its cell, counted from one."""
    return [(i, output) for i, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code" for output in cell.outputs]


def pieces(notebook: NotebookNode) -> list[tuple[dict[str, Any], NotebookNode]]:
    """The pieces a Page made, in the order of reading: (record, the output's data)."""
    return [(output.data[MIME], output.data) for _, output in outputs(notebook) if MIME in output.get("data", {})]


def check(notebook: NotebookNode) -> None:
    """Refuse a notebook that failed, or whose report would lack its title or show things without their words."""
    problems = []
    for i, output in outputs(notebook):
        if output.output_type == "error":
            problems.append(f"cell {i} failed: {output.ename}: {output.evalue}")
        elif MIME not in (data := output.get("data", {})) and _RICH & set(data):
            problems.append(f"cell {i} shows a figure or table without caption: hand it to page.figure or page.table")
    if notebook.metadata.get("papermill", {}).get("exception") and not problems:
        problems.append("its run was broken off by an exception")
    kinds = [(record["kind"], record.get("name")) for record, _ in pieces(notebook)]
    if (titles := kinds.count(("page", None))) != 1 and not problems:
        problems.append(f"a report needs exactly one page.title(...), this has {titles}")
    twice = dict.fromkeys(f"{kind} {name!r}" for kind, name in kinds if name and kinds.count((kind, name)) > 1)
    problems += [f"there are two of {piece}: each needs a name of its own" for piece in twice]
    if problems:
        raise InputError(problems, "The notebook cannot be published")


def stripped(notebook: NotebookNode) -> NotebookNode:
    """A copy without what differs from run to run: times, random cell ids, paths, warnings on stderr."""
    made = copy.deepcopy(notebook)
    parameters = made.metadata.pop("papermill", {}).get("parameters", {})
    made.metadata.pop("widgets", None)
    made.metadata["language_info"] = {"name": "python"}
    made.metadata["papermill"] = {"parameters": parameters}
    ran = 0
    for i, cell in enumerate(made.cells, 1):
        cell.id = f"cell-{i}"
        for chance in ("papermill", "execution", "ExecuteTime"):
            cell.metadata.pop(chance, None)
        if cell.cell_type == "code":
            ran += 1
            cell.execution_count = ran
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = ran
    return made
