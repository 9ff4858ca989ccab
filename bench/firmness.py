"""Band probabilities of all 138 countries from published levels, 10,000 draws. Target: under 2 s on two cores.

    python bench/firmness.py
"""

import time

from migof_research.analysis import firmness
from migof_research.frameworks import load
from migof_research.indicators import sdg_10_7_2


def main() -> None:
    framework, levels = load("sdg_10_7_2"), sdg_10_7_2.latest(sdg_10_7_2.levels())
    start = time.perf_counter()
    table = firmness.firmness(firmness.known_from_levels(levels, framework), framework)
    took = time.perf_counter() - start
    print(f"{table['unit'].nunique()} units x {firmness.Uncertainty().draws:,} draws x {table['node'].nunique()} nodes: {took:.2f} s")


if __name__ == "__main__":
    main()
