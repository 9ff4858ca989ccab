"""The frameworks side by side: which of their nodes serve each MiGOF element, and what they do not cover."""

from collections.abc import Sequence

import pandas as pd

from migof_research.frameworks import available, load
from migof_research.frameworks.crosswalk import HUB, NOT_COVERED, between


def side_by_side(frameworks: Sequence[str] | None = None, crosswalk: str | None = None) -> pd.DataFrame:
    """The nodes of each framework by MiGOF element: ``framework, element, node, relation, basis``.

    Only the nodes right below the whole. An element that none of them serves is one row without a node, whose relation is
    ``not covered``; so is a node that serves none, without an element.
    """
    parts = []
    for id in frameworks or [id for id in available() if id != HUB]:
        links = between(id, HUB, crosswalk or None).rename(columns={"from_node": "node", "to_node": "element"})
        parts.append(links[links["node"].isin([*load(id).domains, ""])].assign(framework=id))
    table = pd.concat(parts, ignore_index=True)
    return table[["framework", "element", "node", "relation", "basis"]]


def coverage(table: pd.DataFrame) -> pd.DataFrame:
    """How many elements each framework covers, and how many of its links are stated: ``framework, elements, links, stated``."""
    found = table[table["relation"] != NOT_COVERED]
    counts = found.groupby("framework", sort=False).agg(
        elements=("element", "nunique"), links=("node", "size"), stated=("basis", lambda basis: (basis == "stated").sum())
    )
    return counts.reset_index()
