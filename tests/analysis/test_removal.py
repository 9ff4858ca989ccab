import numpy as np
import pandas as pd

from migof_research.analysis import removal
from migof_research.frameworks import load
from tests.analysis import made_up


def test_a_domain_left_out_of_answers():
    """Two domains of two: one full, the other empty. Without the first nothing is left, without the second all is."""
    fw = made_up.framework((0, 50, 100), domains=2, items=2)
    found = removal.removals(made_up.answers(np.array([[1.0, 1, 0, 0]]), fw), fw)
    assert found[["element", "band", "band_lower", "change"]].astype(str).to_numpy().tolist() == [
        ["A", "b2", "b1", "surely down"], ["B", "b2", "b3", "surely up"],
    ]  # fmt: skip


def test_an_item_left_out_of_answers():
    fw = made_up.framework((0, 50, 100), domains=2, items=2)
    found = removal.removals(made_up.answers(np.array([[1.0, 1, 0, 0]]), fw), fw, elements="items")
    assert found["change"].astype(str).tolist() == ["surely down", "surely down", "no change", "no change"]
    counted = removal.counted(found)
    assert counted["element"].tolist() == ["A1", "A2", "B1", "B2"] and counted["n"].tolist() == [1] * 4
    assert counted["surely down"].tolist() == [1, 1, 0, 0]


def test_published_levels_leave_some_changes_open():
    fw = load("sdg_10_7_2")
    table = pd.DataFrame({"unit": "MDA", "year": 2021, "node": ["overall", *fw.domains], "level": [3, 4, 4, 4, 4, 4, 2]})
    found = removal.removals(table, fw).set_index("element")
    assert found.loc["D6", "change"] == "surely up" and found.loc["D6", "band_lower"] == "4"
    assert found.loc["D1", "change"] == "no change"
    table["level"] = [3, 3, 4, 4, 3, 3, 2]
    found = removal.removals(table, fw).set_index("element")
    assert found.loc["D2", "change"] == "perhaps down" and found.loc["D2", ["band_lower", "band_upper"]].tolist() == ["2", "3"]
