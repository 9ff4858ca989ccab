"""``python -m migof_research`` is ``migof``."""

from migof_research.cli import main

main()
