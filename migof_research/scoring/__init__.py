"""What answers and levels are worth: exact scores, score intervals, bands and margins."""

from migof_research.scoring.answers import scores_from_answers
from migof_research.scoring.bands import band_scores, band_type, bands_from_answers, bands_from_levels
from migof_research.scoring.levels import scores_from_levels

__all__ = ["band_scores", "band_type", "bands_from_answers", "bands_from_levels", "scores_from_answers", "scores_from_levels"]
