"""The figures of the reports: each function draws one from tidy tables; the one beside it, ``..._alt``, tells the same
in words, written from the same data."""

from migof_research.report.figures.band_heatmap import band_heatmap, band_heatmap_alt
from migof_research.report.figures.change import change, change_alt
from migof_research.report.figures.decomposition import decomposition, decomposition_alt
from migof_research.report.figures.domain_profile import domain_profile, domain_profile_alt
from migof_research.report.figures.firm_units import firm_units, firm_units_alt
from migof_research.report.figures.firmness import firmness, firmness_alt
from migof_research.report.figures.intervals import intervals, intervals_alt
from migof_research.report.figures.paths import paths, paths_alt
from migof_research.report.figures.practices import practices, practices_alt
from migof_research.report.figures.scree import scree, scree_alt
from migof_research.report.figures.share_grid import share_grid, share_grid_alt
from migof_research.report.figures.shares import shares, shares_alt
from migof_research.report.figures.tile_map import tile_map, tile_map_alt
from migof_research.report.figures.transitions import transitions, transitions_alt

__all__ = [
    "band_heatmap",
    "band_heatmap_alt",
    "change",
    "change_alt",
    "decomposition",
    "decomposition_alt",
    "domain_profile",
    "domain_profile_alt",
    "firm_units",
    "firm_units_alt",
    "firmness",
    "firmness_alt",
    "intervals",
    "intervals_alt",
    "paths",
    "paths_alt",
    "practices",
    "practices_alt",
    "scree",
    "scree_alt",
    "share_grid",
    "share_grid_alt",
    "shares",
    "shares_alt",
    "tile_map",
    "tile_map_alt",
    "transitions",
    "transitions_alt",
]
