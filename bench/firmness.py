"""Band probabilities of all 138 countries from published levels, 10,000 draws. Target: under 2 s on two cores.

    python bench/firmness.py
"""

import time

from migof_research.analysis import firmness
from migof_research.frameworks import load
from migof_research.indicators import sdg_10_7_2


def main() -> None:
    framework, levels = load("sdg_10_7_2"), sdg_10_7_2.latest(sdg_10_7_2.levels())
    start, busy = time.perf_counter(), time.process_time()
    table = firmness.firmness(firmness.known_from_levels(levels, framework), framework)
    took, busy = time.perf_counter() - start, time.process_time() - busy
    size = f"{table['unit'].nunique()} units x {firmness.Uncertainty().draws:,} draws x {table['node'].nunique()} nodes"
    print(f"{size}: {took:.2f} s ({busy:.2f} s of one core)")


if __name__ == "__main__":
    main()
