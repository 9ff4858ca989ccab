"""How the cost of a run grows with the number of reports: python bench/scaling.py [-n 10 50 138 1000]

Each run goes into a fresh folder; a thousand units are the 138 countries with data several times over. The run of 138
is then repeated unchanged. Prints seconds, seconds per report, peak memory of a report's process and of the parent.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import psutil

STUDY = "country-benchmark"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, nargs="*", default=[10, 50, 138, 1000])
    options.add_argument("--again", type=int, default=138, help="the run that is repeated unchanged (default 138)")
    asked = options.parse_args()
    print(f"{STUDY}, {os.cpu_count()} cores\n{'reports':>8} {'seconds':>8} {'each':>7} {'report MB':>10} {'parent MB':>10}")
    for n in asked.n:
        with tempfile.TemporaryDirectory() as folder:
            show(n, *measure(n, Path(folder)))
            if n == asked.again:
                show(n, *measure(n, Path(folder)), "unchanged")


def show(n: int, seconds: float, report: int, parent: float, note: str = "") -> None:
    print(f"{n:8} {seconds:8.1f} {seconds / n:7.3f} {report:10} {parent:10.0f} {note}", flush=True)


def measure(n: int, folder: Path) -> tuple[float, int, float]:
    """Wall-clock seconds of one run, peak memory of a report, and of the process that forks them (MB)."""
    script = f"from scaling import run; run({n}, {str(folder)!r})"
    started = time.perf_counter()
    running = psutil.Popen([sys.executable, "-c", script], env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)})
    parent = 0.0
    while running.poll() is None:
        try:
            parent = max(parent, running.memory_info().rss / 2**20)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.2)
    seconds = time.perf_counter() - started
    if running.returncode:
        raise SystemExit(f"The run of {n} ended with status {running.returncode}.")
    log = [json.loads(line) for line in (folder / "run.jsonl").read_text().splitlines()]
    return seconds, max(line.get("memory", 0) for line in log), parent


def run(n: int, outputs: str) -> None:
    """What ``migof run`` does, for ``n`` units in one run; after the first 138 they are the same countries once more,
    each time in a folder of their own."""
    from migof_research.batch.warm import one_thread

    one_thread()
    from migof_research.batch import plan, runner, studies
    from migof_research.indicators.sdg_10_7_2 import units_with_data

    study, codes, tasks = studies.find(STUDY), units_with_data(), []
    for part in range(0, n, len(codes)):
        tasks += plan.tasks(study, codes[: n - part], {}, "en", "migof", Path(outputs, f"part-{part}"))
    results = runner.run(study, tasks, Path(outputs))
    raise SystemExit("\n".join(f"{o.task.label}: {o.error}" for o in results if o.status == "failed") or 0)


if __name__ == "__main__":
    main()
