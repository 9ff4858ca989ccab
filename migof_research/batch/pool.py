"""One process a report, a few at a time, each with a deadline: whatever happens in one, the others go on.

With fork the processes are copies of a warmed parent and start in milliseconds. Without it they are fresh ones.
"""

import errno
import multiprocessing
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from migof_research.batch.make import keep_failed, make
from migof_research.batch.place import new_workspace
from migof_research.batch.plan import Outcome, Task
from migof_research.batch.state import own_files
from migof_research.errors import InputError

CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # macOS has fork, but its system libraries do not bear it

REFUSED = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EFBIG}  # no room, or no right, to write


@dataclass(frozen=True)
class _Running:
    task: Task
    workspace: Path
    process: BaseProcess
    pipe: Connection
    started: float


def outcomes(tasks: Iterable[Task], jobs: int, timeout: float | None = None) -> Iterator[Outcome]:
    """Make the reports, ``jobs`` at a time; yield each outcome as it comes. Leaving early ends what is running."""
    context = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
    waiting, running = iter(tasks), list[_Running]()
    try:
        while True:
            while len(running) < jobs and (task := next(waiting, None)):
                running.append(_start(task, context))
            if not running:
                return
            until = min(r.started for r in running) + timeout - time.monotonic() if timeout else None
            ready = wait([r.pipe for r in running], None if until is None else max(0, until))
            for r in list(running):
                late = timeout and time.monotonic() - r.started > timeout
                if r.pipe in ready or late:
                    running.remove(r)
                    yield _end(r, timeout)
    finally:
        for r in running:
            _kill(r.process)
            shutil.rmtree(r.workspace, ignore_errors=True)


def _start(task: Task, context: Any) -> _Running:
    workspace = new_workspace(task.outputs / task.study)
    receiver, sender = context.Pipe(duplex=False)
    sys.stdout.flush(), sys.stderr.flush()
    process = context.Process(target=_work, args=(task, workspace, sender))
    started = time.monotonic()
    process.start()
    sender.close()
    return _Running(task, workspace, process, receiver, started)


def _work(task: Task, workspace: Path, pipe: Connection) -> None:
    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own, to be ended with all it started; Ctrl-C is for the parent
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    own_files()
    try:
        make(task, workspace)
        told = ("made", "", "")
    except BaseException as error:
        told = ("failed", *_told(error))
    pipe.send((*told, _peak_memory()))


def _peak_memory() -> int:
    """Peak resident memory of this process in MB; 0 where the platform does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform != "darwin" else 1024**2)


def _end(r: _Running, timeout: float | None) -> Outcome:
    try:
        told = r.pipe.recv() if r.pipe.poll() else None
    except EOFError:
        told = None
    if told is None:
        late = timeout and time.monotonic() - r.started > timeout
        _kill(r.process)
        code = r.process.exitcode or 0
        how = f"by {signal.Signals(-code).name}" if code < 0 else f"with status {code}"
        told = ("failed", f"took longer than {timeout:g} s" if late else f"its process ended {how}", "", 0)
    r.process.join()
    r.pipe.close()
    status, error, trace, memory = told
    if status == "failed":
        keep_failed(r.task, r.workspace)
    else:
        (r.task.folder / "failed.ipynb").unlink(missing_ok=True)
    shutil.rmtree(r.workspace, ignore_errors=True)
    return Outcome(r.task, status, time.monotonic() - r.started, memory, error, trace)


def _kill(process: BaseProcess) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)  # type: ignore[arg-type]  # it was started, so it has an id
    except (AttributeError, OSError):
        process.kill()
    process.join()


def _told(error: BaseException) -> tuple[str, str]:
    """The error as a sentence, and where it came from; what is wrong with the input or the disk needs no more than that."""
    name = getattr(error, "ename", type(error).__name__)  # papermill's error names the one in the notebook
    if name == InputError.__name__:
        return getattr(error, "evalue", str(error)), ""
    if isinstance(error, OSError) and error.errno in REFUSED:
        return f"{error.strerror} ({error.filename or 'while writing the report'})", ""
    lines = [line for line in str(error).splitlines() if line.strip()] or [""]
    text = getattr(error, "evalue", lines[0])
    return f"{name}: {text}" if text else name, traceback.format_exc()
