"""Reports: what a notebook shows (``Page``), how it reads (wording, template), and what is published of it (publish)."""

from migof_research.report.blocks import band
from migof_research.report.page import Page
from migof_research.report.piece import Piece
from migof_research.report.wording import language

__all__ = ["Page", "Piece", "band", "language"]
