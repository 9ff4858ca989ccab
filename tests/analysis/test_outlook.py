"""What lies ahead of a unit: its own rows only, and what is usual among the others."""

import numpy as np
import pandas as pd

from migof_research.analysis.outlook import Outlook
from tests.analysis import made_up

FW = made_up.framework((0, 50), domains=2, items=3)


def outlook(units: int, unit: str = "U000", year: int = 2020) -> Outlook:
    """The first unit has one item of six; the others have A2 and B3; the year after, everyone has everything."""
    values = np.zeros((units, 6))
    values[0, 0] = 1
    values[1:, [1, 5]] = 1
    later = made_up.answers(np.ones((units, 6)), FW, year + 1)
    return Outlook(pd.concat([made_up.answers(values, FW, year), later], ignore_index=True), FW, unit, year)


def test_the_usual_path_is_what_others_have_now():
    found = outlook(units=8)
    assert found.others["unit"].nunique() == 7
    assert set(found.paths.query("kind == 'usual'")["item"]) == {"A2", "B3"}
    assert set(found.paths["band"]) == {"b2"} and set(found.firmness["unit"]) == {"U000"}


def test_few_others_say_nothing_about_what_is_usual():
    found = outlook(units=5)
    assert found.others.empty and set(found.paths["kind"]) == {"smallest", "robust"}


def test_no_task_in_the_top_band():
    found = outlook(units=2, year=2021)
    top = Outlook(found.answers, FW, "U001", 2022)
    assert top.task is None and top.paths.empty
    assert top.firmness.query("node == 'overall' and band == 'b2'")["probability"].item() > 0.9


def test_change_is_held_against_wrong_answers():
    later = Outlook(outlook(units=2).answers, FW, "U000", 2021, earlier=2020)
    whole = later.beyond_noise.query("node == 'overall'").iloc[0]
    assert whole["up"] > 0.99 and whole["down"] < 0.01  # from one item of six to all
    assert outlook(units=2).beyond_noise.empty
