"""The band that a framework's readers ask for."""

from migof_research.frameworks import Framework


def goal(framework: Framework) -> str:
    """The highest band that does not ask for everything (of SDG indicator 10.7.2: Meets); the top one where none does."""
    return [band.id for band in framework.bands.bands if band.from_ < 100][-1]
