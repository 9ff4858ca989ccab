"""Do once, in the parent, what every report would do again: imports, reading the shared data, the first drawing."""

import gc
import importlib
import os
import tempfile
import warnings
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from migof_research.batch.imports import imported
from migof_research.batch.plan import Task
from migof_research.batch.state import restored
from migof_research.batch.studies import Study

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def one_thread() -> None:
    """The cores are shared out by report; to be called before numpy is imported, which reads this once."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


def prepare(study: Study, rehearsal: Task | None) -> None:
    """Import what the study imports and, if its notebook allows it (``metadata.migof.warm``), run it once and throw
    the result away, so that caches are full and nothing is done for the first time in a report.

    It runs as the task given, but for the default unit. A study that keeps state in modules other than caches must not
    allow it: reports would start from what that run left. An error is left for the reports to meet and report.
    """
    with restored(), warnings.catch_warnings(action="ignore"):
        for name in dict.fromkeys(name for source in study.sources for name in imported(source)):
            with suppress(Exception):  # also of what is no module: from a import b
                importlib.import_module(name)
        if study.warm and rehearsal:
            _rehearse(study, rehearsal)
    gc.collect()
    gc.freeze()  # the collector need not touch, and so copy, what the children share


def _rehearse(study: Study, task: Task) -> None:
    from migof_research.batch.make import execute, publish_into

    unit = study.defaults[study.unit] if study.unit else task.unit
    values = study.defaults | {name: value for name, value in task.parameters.items() if name != study.unit}
    with tempfile.TemporaryDirectory() as scratch:
        rehearsal = replace(task, unit=unit, engine="migof", parameters=values, outputs=Path(scratch))
        with suppress(Exception):
            publish_into(Path(scratch), execute(rehearsal, Path(scratch)), rehearsal)

