"""A run from end to end: keep what is unchanged, make the rest, log everything, write the index."""

import json
import os
import socket
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from migof_research.batch.place import sweep
from migof_research.batch.plan import Outcome, Task
from migof_research.batch.studies import Study


def run(
    study: Study,
    tasks: Sequence[Task],
    outputs: Path,
    *,
    jobs: int | None = None,
    timeout: float | None = None,
    force: bool = False,
    cluster: str | None = None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Make the reports of ``tasks`` and the index; return how each ended, in the order they did.

    ``tell`` is called with each outcome as it comes. Every outcome is also a line of ``outputs/run.jsonl``. After an
    interruption, the same call goes on with what is still to be made.
    """
    jobs = jobs or os.cpu_count() or 1
    outputs.mkdir(parents=True, exist_ok=True)
    log, results = RunLog(outputs / "run.jsonl"), []
    ended = "interrupted"
    log.write(event="start", study=study.name, reports=len(tasks), jobs=jobs, timeout=timeout, cluster=cluster)
    try:
        for outcome in _outcomes(study, tasks, jobs, timeout, force, cluster):
            results.append(outcome)
            log.outcome(outcome)
            tell(outcome)
        ended = "complete"
    finally:
        log.write(event="end", ended=ended, reports=len(results), failed=sum(o.status == "failed" for o in results))
        if any(o.status == "made" for o in results):
            from migof_research.batch import index

            index.build(outputs)
    return results


def _outcomes(
    study: Study, tasks: Sequence[Task], jobs: int, timeout: float | None, force: bool, cluster: str | None
) -> Iterator[Outcome]:
    stale = []
    for task in tasks:
        if force or not task.is_kept():
            stale.append(task)
        else:
            (task.folder / "failed.ipynb").unlink(missing_ok=True)  # of an attempt with other inputs
            yield Outcome(task, "kept")
    if not stale:
        return
    sweep(stale[0].outputs / study.name)
    if cluster:
        from migof_research.batch.cluster import outcomes as outcomes_of_cluster

        yield from outcomes_of_cluster(cluster, stale, jobs, timeout)
        return

    from migof_research.batch.pool import CAN_FORK, outcomes
    from migof_research.batch.warm import prepare

    if CAN_FORK:
        prepare(study, stale[0] if len(stale) > 2 else None)  # for one or two it would cost more than it saves
    yield from outcomes(stale, jobs, timeout)


class RunLog:
    """One line of JSON an event, appended: when, which run, on which machine, what."""

    def __init__(self, path: Path):
        self.path, self.run = path, uuid.uuid4().hex[:8]

    def write(self, **event: object) -> None:
        line = {"time": datetime.now(UTC).isoformat(timespec="seconds"), "run": self.run, "host": socket.gethostname(), **event}
        with suppress(OSError), open(self.path, "a", encoding="utf-8") as file:  # a full disk must not end the run
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def outcome(self, outcome: Outcome) -> None:
        task = outcome.task
        self.write(
            event="report", study=task.study, unit=task.unit, lang=task.lang, engine=task.engine, parameters=dict(task.parameters),
            inputs=dict(task.inputs), status=outcome.status, seconds=round(outcome.seconds, 3), memory=outcome.memory,
            error=outcome.error, traceback=outcome.traceback,
        )  # fmt: skip
