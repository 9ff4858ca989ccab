"""What is asked: frameworks as definition files, validated, and how they map to one another."""

from migof_research.frameworks.load import available, load
from migof_research.frameworks.model import LANGUAGES, OVERALL, Framework, Item, Node, Text

__all__ = ["LANGUAGES", "OVERALL", "Framework", "Item", "Node", "Text", "available", "load"]
