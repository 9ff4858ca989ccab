"""The arithmetic in arrays is that of the exact scores, for every aggregation and missing rule."""

import numpy as np
import pandas as pd
import pytest

from migof_research.frameworks import Framework
from migof_research.scoring import arrays, scores_from_answers

SCALES = {"three": [{"answer": "none", "points": 0}, {"answer": "some", "points": 1}, {"answer": "all", "points": 3}]}


def framework(how: str, missing: str) -> Framework:
    """Two domains, one of them with two unequal indicators; an item where yes is bad."""
    items = [{"id": f"q{i}", "text": f"Question {i}", "scale": "three", "weight": 1 + i % 2} for i in range(8)]
    items[3]["yes_is"] = "bad"
    nodes = [
        {"id": "A", "label": "A", "items": items[:3]},
        {"id": "B", "label": "B", "weight": 2, "nodes": [
            {"id": "B1", "label": "B1", "items": items[3:5]}, {"id": "B2", "label": "B2", "weight": "1/3", "items": items[5:]}]},
    ]  # fmt: skip
    bands = [{"id": "low", "from": 0, "label": "Low", "colour": "#000000"}, {"id": "high", "from": 50, "label": "High", "colour": "#ffffff"}]
    return Framework(
        id="made_up", version="1", title="Made up", sources=[{"title": "None"}], scales=SCALES, nodes=nodes, aggregation=how,
        missing=missing, bands=bands,
    )  # fmt: skip


def random_answers(fw: Framework, units: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for unit in range(units):
        for item in fw.items():
            missing = rng.choice(["none", "not_answered", "not_applicable"], p=[0.8, 0.1, 0.1])
            rows.append((f"U{unit}", 2020, item.id, rng.choice(["none", "some", "all"]) if missing == "none" else "", missing))
    return pd.DataFrame(rows, columns=["unit", "year", "item", "answer", "missing"])


@pytest.mark.parametrize("missing", ["zero", "available"])
@pytest.mark.parametrize("how", ["mean", "pooled", "geometric", "harmonic", "minimum"])
def test_arrays_equal_exact_scores(how, missing):
    fw = framework(how, missing)
    answers = random_answers(fw, units=40, seed=3)
    exact = scores_from_answers(answers, fw).pivot(index="unit", columns="node", values="score")
    table = arrays.value_table(answers, fw)
    order = table.index.get_level_values("unit")
    for node in (None, *fw.walk()):
        found = 100 * arrays.score(fw, table.to_numpy(), node)
        assert found == pytest.approx(exact.loc[order, node.id if node else "overall"].to_numpy(), abs=1e-9, nan_ok=True)


def test_a_score_on_a_cut_is_in_the_upper_band():
    thirds = np.array([1 / 3 + 1 / 3 + 1 / 3 - 1e-16, 0.4, 0.39999, np.nan, 0.0])
    assert arrays.band_codes(thirds, np.array([0, 40, 100.0])).tolist() == [2, 1, 0, -1, 0]
