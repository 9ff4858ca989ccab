"""What a Dask worker runs: unpack the project, keep a station (``batch.station``) going, hand it reports to make.

This module is sent to the workers by value, so that they need the libraries but not this package: it imports nothing
but the standard library and distributed, and deals in bytes. Reports are not made in the worker itself, which has
threads and so must not fork.
"""

import io
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import zipfile
from queue import Empty, SimpleQueue
from typing import IO, cast

from distributed import Worker, WorkerPlugin, get_worker

Station = subprocess.Popen[bytes]


class Porter(WorkerPlugin):
    """Set up on every worker, also on one that joins later; ``project`` is a ZIP file of package, notebooks, data."""

    def __init__(self, name: str, project: bytes, rehearsal: bytes):
        self.name, self.project, self.rehearsal = name, project, rehearsal

    def setup(self, worker: Worker) -> None:
        self.home = tempfile.mkdtemp(prefix="migof-", dir=worker.local_directory)
        zipfile.ZipFile(io.BytesIO(self.project)).extractall(self.home)
        self.idle: SimpleQueue[Station] = SimpleQueue()
        self.stations: list[Station] = []
        self.idle.put(self._start())  # begins to warm before the first report comes

    def teardown(self, worker: Worker) -> None:
        for station in self.stations:
            station.kill()
            station.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def make(self, order: bytes) -> bytes:
        """Have one report made; one station for each of the worker's threads."""
        try:
            station = self.idle.get_nowait()
        except Empty:
            station = self._start()
        try:
            _tell(station, order)
            answer: bytes = pickle.load(cast(IO[bytes], station.stdout))
        except (OSError, EOFError) as error:
            station.kill()
            raise RuntimeError(f"The station of {get_worker().address} ended with status {station.wait()}.") from error
        self.idle.put(station)
        return answer

    def _start(self) -> Station:
        environment = os.environ | {"PYTHONPATH": self.home, "MIGOF_HOME": self.home}
        command = [sys.executable, "-m", "migof_research.batch.station"]
        station = subprocess.Popen(command, cwd=self.home, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.stations.append(station)
        _tell(station, self.rehearsal)
        return station


def _tell(station: Station, message: bytes) -> None:
    pipe = cast(IO[bytes], station.stdin)
    pipe.write(message)
    pipe.flush()


def make_on_worker(name: str, order: bytes) -> bytes:
    porter = cast(Porter, get_worker().plugins[name])
    return porter.make(order)
