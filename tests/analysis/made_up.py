"""Made-up frameworks and answers for the tests of the analyses."""

import numpy as np
import pandas as pd

from migof_research.frameworks import Framework

COLOURS = ("#eeeeee", "#bbbbbb", "#777777", "#333333")


def framework(cuts: tuple[float, ...] = (0, 40, 60, 80), domains: int = 6, items: int = 5, **fields) -> Framework:
    """Domains A, B, ... of yes/no items A1, A2, ...; bands b1, b2, ... from the cuts. ``fields`` overrides any field."""
    bands = [{"id": f"b{i}", "from": cut, "label": f"Band {i}", "colour": COLOURS[i - 1]} for i, cut in enumerate(cuts, 1)]
    nodes = [
        {"id": d, "label": f"Domain {d}", "items": [{"id": f"{d}{i}", "text": f"Item {d}{i}"} for i in range(1, items + 1)]}
        for d in "ABCDEFGHIJ"[:domains]
    ]
    yes_no = [{"answer": "yes", "points": 1}, {"answer": "no", "points": 0}]
    given = {"aggregation": "pooled", "nodes": nodes, "bands": bands, "scales": {"yes_no": yes_no}} | fields
    return Framework(id="made_up", version="1", title="Made up", sources=[{"title": "None"}], **given)


def answers(values: np.ndarray, fw: Framework, year: int = 2020) -> pd.DataFrame:
    """The answers table of a (units x items) array of 1, 0 and NaN (not answered); units are U000, U001, ..."""
    wide = pd.DataFrame(values, columns=[item.id for item in fw.items()], index=[f"U{i:03}" for i in range(len(values))])
    long = wide.rename_axis("unit").melt(var_name="item", value_name="value", ignore_index=False).reset_index()
    long["missing"] = np.where(long["value"].isna(), "not_answered", "none")
    long["answer"] = long["value"].map({1.0: "yes", 0.0: "no"}).fillna("")
    return long.assign(year=year)
