"""The same country reports made four ways: python bench/reports.py [-n 32] [--only abcd]

a  the papermill command, then the nbconvert command, one country after the other (a sample of them: see --sample)
b  papermill's Python call and one HTML exporter, in two processes
c  migof run
d  the bare computation and drawing of the notebook's cells, nothing saved, published or converted, in two processes

Prints seconds per report (start-up left out: time of N reports less time of the first ones, where that is possible),
peak memory, and the ratios that the project holds itself to: c at least 12 times faster than a, at least 4 times
faster than b, within 1.2 of d.
"""

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from migof_research.batch.warm import one_thread

JOBS = 2
STUDY = "country-benchmark"
TARGETS = {"a": 12.0, "b": 4.0, "d": 1 / 1.2}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("-n", type=int, default=32, help="reports (default 32)")
    options.add_argument("--sample", type=int, default=6, help="reports of way a, which is slow (default 6)")
    options.add_argument("--only", default="abcd", help="ways to run (default abcd)")
    asked = options.parse_args()

    from migof_research.indicators.sdg_10_7_2 import units_with_data

    units = (units_with_data() * (asked.n // 138 + 1))[: asked.n]
    seconds = {}
    print(f"{STUDY}, {asked.n} reports, {JOBS} at a time, {os.cpu_count()} cores")
    for way in asked.only:
        with tempfile.TemporaryDirectory() as folder:
            chosen = units[: asked.sample] if way == "a" else units
            started = time.perf_counter()
            first, memory = WAYS[way](chosen, Path(folder))
            total = time.perf_counter() - started
        seconds[way] = (total - first) / len(chosen)
        costs = f"{seconds[way]:6.3f} s a report  {memory:5.0f} MB peak  start-up {first:5.1f} s"
        print(f"{way}  {costs}  ({len(chosen)} reports)  {WAYS[way].__doc__}")
    for way, target in TARGETS.items():
        if way in seconds and "c" in seconds:
            ratio = seconds[way] / seconds["c"]
            print(f"{way} / c = {ratio:5.2f}   target at least {target:.2f}: {'reached' if ratio >= target else 'NOT reached'}")


def by_commands(units: list[str], folder: Path) -> tuple[float, float]:
    """papermill and nbconvert commands"""
    for unit in units:
        made = str(folder / f"{unit}.ipynb")
        run = {"capture_output": True, "check": True}
        subprocess.run([sys.executable, "-m", "papermill", f"notebooks/{STUDY}.ipynb", made, "-p", "country", unit], **run)
        subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", made], **run)
    return 0.0, _peak()  # its start-up is what it costs


def by_call(units: list[str], folder: Path) -> tuple[float, float]:
    """papermill.execute_notebook in two processes"""
    return _shared_out(_call, units, folder)


def _call(unit: str, folder: Path) -> None:
    import papermill

    notebook = papermill.execute_notebook(f"notebooks/{STUDY}.ipynb", folder / f"{unit}.ipynb", {"country": unit}, progress_bar=False)
    (folder / f"{unit}.html").write_text(_exporter().from_notebook_node(notebook)[0])


_EXPORTER = []


def _exporter():
    if not _EXPORTER:
        from nbconvert import HTMLExporter

        _EXPORTER.append(HTMLExporter())
    return _EXPORTER[0]


def by_migof(units: list[str], folder: Path) -> tuple[float, float]:
    """migof run"""
    command = [sys.executable, "-m", "migof_research", "run", STUDY, *dict.fromkeys(units), "--jobs", str(JOBS), "--out", str(folder)]
    started = time.time()
    subprocess.run(command, check=True, capture_output=True)
    first = min(path.stat().st_mtime for path in folder.glob("*/*/manifest.json"))
    lines = [json.loads(line) for line in (folder / "run.jsonl").read_text().splitlines()]
    reports = [line for line in lines if line["event"] == "report"]
    begun = first - max(line["seconds"] for line in reports[:JOBS])  # when the first reports were started
    return begun - started, max(line["memory"] for line in reports)


def bare(units: list[str], folder: Path) -> tuple[float, float]:
    """the cells alone, as plain Python"""
    return _shared_out(_bare, units, folder)


def _bare(unit: str, folder: Path) -> None:
    notebook = json.loads(Path(f"notebooks/{STUDY}.ipynb").read_text())
    names: dict = {"display": lambda *shown: None}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names["country"] = unit


def _shared_out(work, units: list[str], folder: Path) -> tuple[float, float]:
    """Seconds until both processes had done one report (their start-up), and peak memory."""
    one_thread()
    started = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    with context.Pool(JOBS) as pool:
        pool.starmap(work, [(units[i], folder) for i in range(JOBS)], chunksize=1)
        first = time.perf_counter() - started
        pool.starmap(work, [(unit, folder) for unit in units], chunksize=1)
        memory = max(pool.map(_peak_of_self, range(JOBS * 2), chunksize=1))
    return first, memory


def _peak_of_self(_: int) -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


WAYS = {"a": by_commands, "b": by_call, "c": by_migof, "d": bare}

if __name__ == "__main__":
    main()
