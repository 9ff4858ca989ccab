"""On a Dask cluster of real processes: a scheduler and two workers, in a folder that is not the project's."""

import os
import subprocess
import sys
import threading
import time

import pytest

from migof_research.errors import InputError
from tests.batch.conftest import CODES

distributed = pytest.importorskip("distributed", reason="needs the extra [cluster]")
TEXT = "page.text(f'About {country}.')"


class Cluster:
    """``dask scheduler`` and ``dask worker`` as a user starts them."""

    def __init__(self, folder, workers):
        self.folder, self.file = folder, folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--port", "0", "--no-dashboard")
        wait_for(self.file.exists)
        self.workers = [self._start("dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in range(workers)]
        with distributed.Client(scheduler_file=str(self.file), set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
            self.address = client.scheduler.address

    def _start(self, program, *options):
        environment = {key: value for key, value in os.environ.items() if key != "MIGOF_HOME"}
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", self.file, *options]
        return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    started = Cluster(tmp_path, workers=2)
    yield started
    started.stop()


def test_reports_of_a_lost_worker_are_made_on_another(project, run, cluster, tmp_path):
    starts = tmp_path / "starts.txt"
    project.study("import time", f"open({str(starts)!r}, 'a').write(country + ' '); time.sleep(3)", TEXT)
    results = {}
    batch = threading.Thread(target=lambda: results.update(run(cluster=cluster.address)))
    batch.start()
    wait_for(lambda: starts.exists() and len(starts.read_text().split()) >= 2)  # one on each worker
    cluster.workers[0].kill()
    batch.join(timeout=180)
    assert {unit: o.status for unit, o in results.items()} == dict.fromkeys(CODES, "made")
    assert len(starts.read_text().split()) > len(CODES)
    for unit in CODES:
        assert f"About {unit}." in (project.outputs / "small" / unit / "report.html").read_text()
    assert {o.status for o in run().values()} == {"kept"}  # as if made here


def test_same_bytes_as_made_here_and_failures_come_back_too(project, run, cluster):
    (project.root / "answers.csv").write_text("unit\nMDA\n")
    project.study(
        "from pathlib import Path", "print('before')", "if country == 'GHA': 1 / 0", "page.text(Path(answers).read_text())",
        parameters='country: str = "MDA"\nanswers: str = "answers.csv"\nlang: str = "en"',
    )  # fmt: skip
    given = ["answers=answers.csv"]
    results = run("MDA", "GHA", given=given, cluster=cluster.address)
    assert results["MDA"].status == "made" and results["GHA"].status == "failed"
    assert results["GHA"].error == "ZeroDivisionError: division by zero"
    assert (project.outputs / "small" / "GHA" / "failed.ipynb").exists()
    there = contents(project)
    run("MDA", given=given, force=True)
    assert contents(project) == there


def test_no_scheduler_at_the_address(project, run):
    project.study(TEXT)
    with pytest.raises(InputError, match="no Dask scheduler answers there"):
        run("MDA", cluster="tcp://127.0.0.1:1")


def contents(project):
    folder = project.outputs / "small" / "MDA"
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def wait_for(condition, seconds=120):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
