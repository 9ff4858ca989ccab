"""One report: execute its notebook with papermill, publish it, write its manifest, put it in place.

``make`` is a plain function of a task, so it runs the same in a forked child, a worker process or on a cluster.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.execute import raise_for_execution_errors

from migof_research import __version__
from migof_research.batch.engine import InProcessEngine
from migof_research.batch.inputs import versions
from migof_research.batch.place import owned, put_in_place, to_json, write
from migof_research.batch.plan import Task
from migof_research.report import publish

# by hand, because a worker of a cluster may have this package without its entry points
papermill_engines.register("migof", InProcessEngine)
ENGINES = {"migof": "migof", "plain": "nbclient"}
JOURNAL, EXECUTED = "cells.jsonl", "executed.ipynb"


def make(task: Task, workspace: Path) -> dict[str, Any]:
    """Make the report in ``workspace`` and move it to ``task.folder``; return its manifest.

    Whatever is raised, nothing of the report's folder has changed; ``keep_failed`` then saves what was executed.
    """
    with owned(workspace):
        executed = execute(task, workspace)
        for scratch in (JOURNAL, EXECUTED):
            (workspace / scratch).unlink(missing_ok=True)
        manifest = publish_into(workspace, executed, task)
        put_in_place(workspace, task.folder)
    return manifest


def execute(task: Task, workspace: Path) -> nbformat.NotebookNode:
    """The executed notebook. The plain engine saves as it goes; ours only notes each cell, which costs less."""
    ours = task.engine == "migof"
    with open(workspace / JOURNAL, "w", encoding="utf-8") as journal:

        def note(index: int, cell: nbformat.NotebookNode, done: bool) -> None:
            journal.write(json.dumps([index, cell, done]) + "\n")
            journal.flush()

        return papermill.execute_notebook(
            _source(task),
            None if ours else workspace / EXECUTED,
            in_order(task.parameters),
            engine_name=ENGINES[task.engine],
            progress_bar=False,
            **({"journal": note} if ours else {}),
        )


def publish_into(workspace: Path, executed: nbformat.NotebookNode, task: Task) -> dict[str, Any]:
    """Write the published files and manifest.json; raises if the report is not about the unit asked for."""
    provenance = {"version": __version__, "engine": task.engine, "inputs": in_order(task.inputs), "versions": versions()}
    page = publish.publish(executed, workspace, provenance, ("html", "pdf") if task.pdf else ("html",))
    asked = {"study": task.study, "unit": task.unit, "lang": task.lang}
    shown = {key: page.get(key) for key in asked}
    if shown != asked:
        raise ValueError(f"The report shows {shown}, not {asked}: does {task.notebook.name} use its parameters?")
    files = sorted(path for path in workspace.rglob("*") if path.is_file())
    manifest = asked | {
        "parameters": dict(task.parameters),
        "inputs": dict(task.inputs),
        "engine": task.engine,
        "version": __version__,
        "page": page,
        "files": {path.relative_to(workspace).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files},
    }
    write(workspace / "manifest.json", to_json(manifest))
    return manifest


def keep_failed(task: Task, workspace: Path) -> Path | None:
    """Save as failed.ipynb what was executed before a report failed, marked by papermill; None if nothing was."""
    target = task.folder / "failed.ipynb"
    try:
        if (workspace / EXECUTED).exists():
            write(target, (workspace / EXECUTED).read_text(encoding="utf-8"))
        elif (workspace / JOURNAL).exists():
            write(target, nbformat.writes(_partial(task, workspace)))
        else:
            return None
    except OSError:
        return None  # no room for it: the failure itself is reported all the same
    return target


def _partial(task: Task, workspace: Path) -> nbformat.NotebookNode:
    """The notebook as far as the journal tells, with papermill's own marks at the cell it ended in."""
    notebook = papermill.execute_notebook(_source(task), None, in_order(task.parameters), prepare_only=True)
    for line in (workspace / JOURNAL).read_text(encoding="utf-8").splitlines(keepends=True):
        if not line.endswith("\n"):
            break  # ended while it was being written
        index, cell, done = json.loads(line)
        notebook.cells[index] = nbformat.from_dict(cell)
        notebook.cells[index].metadata.papermill.exception = not done
    with suppress(PapermillExecutionError):
        raise_for_execution_errors(notebook, None)
    return notebook


def in_order(values: Mapping[str, Any]) -> dict[str, Any]:
    """In one order, however they were given: same values, same bytes."""
    return dict(sorted(values.items()))


def _source(task: Task) -> nbformat.NotebookNode:
    notebook = nbformat.read(task.notebook, as_version=4)
    return notebook if task.lang == "en" else publish.localise(notebook, task.lang)
