"""The same plan on a Dask cluster (extra ``[cluster]``): reports are made on its workers and brought back.

Nothing need be shared but the network: the project is sent to each worker once, also to one that joins later, and each
report comes back as the bytes of its files. A report on a worker that is lost is made again on another.
"""

import hashlib
import io
import os
import pickle
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from migof_research import paths
from migof_research.batch.imports import PACKAGE
from migof_research.batch.inputs import files_in, named_files
from migof_research.batch.place import new_workspace, owned, put_in_place
from migof_research.batch.plan import Outcome, Task
from migof_research.errors import InputError


def outcomes(address: str, tasks: Sequence[Task], jobs: int, timeout: float | None = None) -> Iterator[Outcome]:
    """Make the reports on the cluster at ``address``, or on ``jobs`` workers of this machine if that is "local"."""
    try:
        import cloudpickle
        from distributed import Client, LocalCluster, as_completed
    except ImportError as error:
        raise InputError("--cluster needs Dask: python -m pip install 'migof-research[cluster]'.") from error
    from migof_research.batch import porter

    cloudpickle.register_pickle_by_value(porter)  # workers need not have this package
    with ExitStack() as stack:
        if address == "local":
            address = stack.enter_context(LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=None))
        try:
            client = stack.enter_context(Client(address, timeout="10s"))
        except (OSError, ValueError) as error:
            raise InputError(f"--cluster {address}: no Dask scheduler answers there ({error}).") from error
        project = _pack(tasks)
        name = f"migof-{hashlib.sha256(project).hexdigest()[:12]}-{os.getpid()}"
        client.register_plugin(porter.Porter(name, project, pickle.dumps(tasks[0])), name=name)
        stack.callback(client.unregister_worker_plugin, name)

        orders = [pickle.dumps((task, timeout)) for task in tasks]
        futures = client.map(porter.make_on_worker, [name] * len(tasks), orders, key=[f"{name}-{i}" for i in range(len(tasks))])
        stack.callback(client.cancel, futures)
        task_of = {future.key: task for future, task in zip(futures, tasks, strict=True)}
        for future in as_completed(futures):
            task = task_of[future.key]
            if future.status != "finished":
                yield Outcome(task, "failed", error=f"on the cluster: {future.exception()}")
                continue
            outcome, files = pickle.loads(future.result())
            future.release()  # the scheduler need not keep a thousand reports
            yield _bring_home(replace(outcome, task=task), files)


def _pack(tasks: Sequence[Task]) -> bytes:
    """The project as a ZIP file: package, notebooks, data, and files that parameters name by a relative path."""
    root = paths.root()
    files = {path: Path(PACKAGE.name, path.relative_to(PACKAGE)) for path in files_in(PACKAGE)}
    files |= {path: path.relative_to(root) for folder in (root / "notebooks", root / "data") for path in files_in(folder)}
    files |= {path: path for path in named_files(tasks[0].parameters).values() if not path.is_absolute()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, name in sorted(files.items()):
            archive.write(path, name)
    return packed.getvalue()


def _bring_home(outcome: Outcome, files: dict[str, bytes]) -> Outcome:
    """Write a report's files, whole or not at all; of a failed one, the notebook as far as it got."""
    task, workspace = outcome.task, new_workspace(outcome.task.outputs / outcome.task.study)
    try:
        with owned(workspace):
            for name, content in files.items():
                target = (workspace if outcome.status == "made" else task.folder) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            if outcome.status == "made":
                put_in_place(workspace, task.folder)
    except OSError as error:
        return replace(outcome, status="failed", error=f"OSError: {error}")
    finally:
        shutil.rmtree(workspace, ignore_errors=True)
    return outcome
