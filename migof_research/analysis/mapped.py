"""One assessment's answers seen through another framework: how much of what each node asks is in place.

This is a reading aid, not the other framework's score: it counts only the items that the crosswalk links to a node, all
alike. A node that no item serves is not covered, which says nothing about the country.
"""

from pathlib import Path

import pandas as pd

from migof_research.frameworks import Framework, load
from migof_research.frameworks.crosswalk import NOT_COVERED, item_links

COLUMNS = ["node", "items", "answered", "in_place", "lower", "upper", "basis", "via", "codes"]


def mapped(values: pd.DataFrame, framework: Framework, to: str, crosswalk: str | Path | None = None) -> pd.DataFrame:
    """What is in place for each node of another framework: ``node, items, answered, in_place, lower, upper, basis, via, codes``.

    ``values`` has ``item, value`` (0 to 1, NaN where missing) of the applicable items of one assessment. ``items`` of
    them serve the node, ``answered`` have an answer, ``in_place`` the best one; ``lower`` and ``upper`` are 100 x the mean
    of their values with what is missing at its worst and best. ``basis`` is stated only if every link is; ``via`` names
    MiGOF elements where the links are not direct; ``codes`` are the items. Nodes without items have ``items`` 0 and no
    bounds: not covered.
    """
    links = item_links(framework, to, crosswalk)
    links = links[links["relation"] != NOT_COVERED]
    value = values.set_index("item")["value"]
    rows = []
    for node in load(to).walk():
        served = {node.id, *(part.id for part in (*node.walk(), *node.all_items()))}
        own = links[links["to_node"].isin(served) & links["item"].isin(value.index)]
        rows.append((node.id, *_counts(value[own["item"].unique()]), *_told(own)))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"items": int, "answered": int, "in_place": int, "lower": float, "upper": float})


def _counts(values: pd.Series) -> tuple[int, int, int, float, float]:
    if values.empty:
        return 0, 0, 0, float("nan"), float("nan")
    lower, upper = 100 * values.fillna(0).mean(), 100 * values.fillna(1).mean()
    return len(values), int(values.notna().sum()), int((values == 1).sum()), lower, upper


def _told(links: pd.DataFrame) -> tuple[str, str, str]:
    if links.empty:
        return "", "", ""
    basis = "stated" if (links["basis"] == "stated").all() else "inferred"
    via = sorted({element for elements in links["via"] for element in elements.split()})
    return basis, " ".join(via), " ".join(links["item"].unique())
