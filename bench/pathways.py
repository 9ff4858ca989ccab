"""Paths to the next band for 138 units of 30 items: three kinds each. Target: under 3 s on two cores.

    python bench/pathways.py
"""

import time
from fractions import Fraction

import numpy as np
import pandas as pd

from migof_research.analysis import pathways
from migof_research.frameworks import load
from migof_research.scoring.exact import item_values


def main(units: int = 138) -> None:
    framework, rng = load("sdg_10_7_2"), np.random.default_rng(1072)
    tables = {item.id: sorted(item_values(framework, item).values()) for item in framework.items()}
    usual = pd.Series(1 - np.log(rng.uniform(0.1, 0.95, len(tables))), index=list(tables))
    answered = [  # each unit with its own share of answers in place
        {item: Fraction(values[rng.binomial(len(values) - 1, share)]) for item, values in tables.items()}
        for share in rng.uniform(0.3, 0.95, units)
    ]
    start, busy = time.perf_counter(), time.process_time()
    found = [pathways.paths(values, framework, usual=usual) for values in answered]
    took, busy = time.perf_counter() - start, time.process_time() - busy
    sets = sum(len(table.drop_duplicates(["kind", "rank"])) for table in found)
    print(f"{units} units, {sets} best sets: {took:.2f} s ({busy:.2f} s of one core)")


if __name__ == "__main__":
    main()
