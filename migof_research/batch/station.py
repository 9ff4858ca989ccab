"""A process beside each Dask worker that makes its reports: ``python -m migof_research.batch.station``.

It has one thread, is warmed like the parent of a local run, and forks a process a report. Tasks come as pickles on
standard input; each answer, on standard output, is the outcome with the report's files, so no disk need be shared.
"""

import os
import pickle
import shutil
from dataclasses import replace
from pathlib import Path

from migof_research.batch.warm import one_thread

one_thread()

from migof_research import paths  # noqa: E402
from migof_research.batch.inputs import versions_hash  # noqa: E402
from migof_research.batch.plan import Outcome, Task  # noqa: E402
from migof_research.batch.pool import outcomes  # noqa: E402
from migof_research.batch.studies import find  # noqa: E402
from migof_research.batch.warm import prepare  # noqa: E402


def main() -> None:
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not get between the answers
    rehearsal = _here(pickle.load(orders))
    prepare(find(rehearsal.study), rehearsal)
    while True:
        try:
            task, timeout = pickle.load(orders)
        except EOFError:
            return  # the worker is gone
        answers.write(pickle.dumps(pickle.dumps(answer(task, timeout))))
        answers.flush()


def answer(task: Task, timeout: float | None) -> tuple[Outcome, dict[str, bytes]]:
    """The outcome and the files, {path in the report's folder: content}."""
    if task.inputs["versions"] != versions_hash():
        reason = "this worker has other versions of the libraries than the machine that asks: give it the same lock file"
        return Outcome(task, "failed", error=reason), {}
    here = _here(task)
    (outcome,) = outcomes([here], 1, timeout)
    files = {path.relative_to(here.folder).as_posix(): path.read_bytes() for path in here.folder.rglob("*") if path.is_file()}
    shutil.rmtree(here.outputs, ignore_errors=True)
    return replace(outcome, task=task), files


def _here(task: Task) -> Task:
    return replace(task, notebook=paths.notebooks() / Path(task.notebook).name, outputs=paths.outputs())


if __name__ == "__main__":
    main()
