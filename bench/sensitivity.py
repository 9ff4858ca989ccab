"""Sensitivity of units of 30 items: 24,576 runs each, with indices and bootstrap intervals. Target: 200 units in under 2 s
on two cores.

    python bench/sensitivity.py            200 units
    python bench/sensitivity.py 10000      so many units
"""

import os
import resource
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # the threads are over units

import numpy as np
import pandas as pd

from migof_research.analysis.choices import Choices, draw
from migof_research.analysis.sensitivity import sensitivity
from migof_research.frameworks import load


def made_up(units: int) -> pd.DataFrame:
    """Answers of so many units to the 30 items of 10.7.2, each with its own share of them in place."""
    rng, items = np.random.default_rng(1072), load("sdg_10_7_2").items()
    good = rng.random((units, len(items))) < rng.uniform(0.2, 0.95, (units, 1))
    yes = np.array(["yes_all" if item.scale == "by_status" else "yes" for item in items])
    wide = pd.DataFrame(np.where(good, yes, "no"), columns=[item.id for item in items], index=[f"U{i:05}" for i in range(units)])
    long = wide.rename_axis("unit").melt(var_name="item", value_name="answer", ignore_index=False).reset_index()
    return long.assign(year=2021, missing="none")


def main(units: int) -> None:
    framework, answers = load("sdg_10_7_2"), made_up(units)
    start, busy = time.perf_counter(), time.process_time()
    draws = draw(Choices(left_out=False, missing=()), framework, 4096, 1072, published_levels=False)
    indices, _results = sensitivity(answers, framework, draws, workers=2)
    took, busy = time.perf_counter() - start, time.process_time() - busy
    runs, memory = (len(draws.names) + 2) * draws.n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{indices['unit'].nunique():,} units x {runs:,} runs x {len(framework.items())} items, {len(draws.names)} choices: "
          f"{took:.2f} s ({busy:.2f} s of processor time), {memory:.0f} MB at most")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
