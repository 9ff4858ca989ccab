"""Good practices: silent on noise, found when they are there, and equal to counting by hand."""

import numpy as np
import pandas as pd
import pytest

from migof_research.analysis import association, practices
from migof_research.frameworks import load
from migof_research.scoring import arrays
from tests.analysis import made_up

NOISE = made_up.framework(cuts=(0, 25, 50, 75))


def share_of_runs_with_a_find(values: np.ndarray, top: np.ndarray) -> float:
    """Over runs x units x items: how often any item has q <= 5 % by Fisher and Benjamini-Hochberg."""
    having = (top & (values == 1)).sum(axis=1), (~top & (values == 1)).sum(axis=1)
    n = top.sum(axis=1), (~top).sum(axis=1)
    p = association.fisher(having[0], n[0], having[1], n[1])
    return np.mean([(association.adjust(pd.Series(run)) <= 0.05).any() for run in p])


@pytest.mark.parametrize("units", [84, 138])
def test_on_pure_noise_the_naive_test_finds_practices_and_ours_does_not(units):
    values = np.random.default_rng(1072).integers(0, 2, (200, units, 30)).astype(float)
    ours = practices.scores_without(NOISE, values) >= 50
    whole = 100 * arrays.score(NOISE, values) >= 50
    assert share_of_runs_with_a_find(values, ours) <= 0.08
    assert share_of_runs_with_a_find(values, np.broadcast_to(whole[..., None], values.shape)) >= 0.5


def test_planted_practices_are_found_and_only_they():
    """Ten of thirty items follow one trait; they come out on top and, but for chance, alone."""
    rng = np.random.default_rng(5)
    trait = rng.normal(size=(190, 1))
    planted = (trait + rng.normal(scale=0.8, size=(190, 10)) > 0).astype(float)
    values = np.hstack([planted, rng.integers(0, 2, (190, 20))])
    answers = made_up.answers(values, NOISE)
    found = practices.contrast(practices.held_from_answers(answers, NOISE), practices.rest_from_answers(answers, NOISE), cut=50)
    ids = [item.id for item in NOISE.items()]
    assert set(found["practice"][:10]) == set(ids[:10])
    assert set(ids[:10]) <= set(found.loc[found["q"] <= 0.05, "practice"])
    assert (found.loc[found["practice"].isin(ids[10:]), "q"] > 0.05).mean() >= 0.9
    assert (found["beyond_typical"] - (found["risk_difference"] - found["risk_difference"].median())).abs().max() < 1e-12


def test_a_row_counted_by_hand():
    """Six items: with item A1 left out, three of the five others are 60 %."""
    fw = made_up.framework(cuts=(0, 60), domains=1, items=6)
    values = np.array([
        [1, 1, 1, 1, 0, 0],  # 3 of 5 without A1: top
        [1, 1, 1, 1, 1, 0],  # top
        [0, 1, 1, 1, 0, 0],  # top, though 3 of 6 with it is below: has not
        [1, 1, 1, 0, 0, 0],  # 2 of 5: rest, has
        [0, 1, 1, 0, 0, 0],  # rest
        [0, 0, 0, 0, 0, 0],  # rest
        [np.nan, 1, 1, 1, 1, 1],  # not answered: not counted
    ])  # fmt: skip
    answers = made_up.answers(values, fw)
    found = practices.contrast(practices.held_from_answers(answers, fw), practices.rest_from_answers(answers, fw), cut=60)
    row = found.set_index("practice").loc["A1"]
    assert row[["n_top", "n_rest", "has_top", "has_rest", "fewest"]].tolist() == [3, 3, 2, 1, 1]
    assert row["risk_difference"] == pytest.approx(100 / 3) and row["lift"] == pytest.approx(4 / 3)
    shares = practices.prevalence(practices.held_from_answers(answers, fw), practices.rest_from_answers(answers, fw), fw)
    assert shares[shares["practice"] == "A1"][["n", "having"]].to_numpy().tolist() == [[3, 1], [3, 2]]


def test_what_cannot_be_compared_has_no_row():
    fw = made_up.framework(cuts=(0, 60), domains=1, items=3)
    answers = made_up.answers(np.ones((8, 3)), fw)
    assert practices.contrast(practices.held_from_answers(answers, fw), practices.rest_from_answers(answers, fw), cut=60).empty


def test_missing_kinds_decide_what_is_held():
    items = [{"id": id, "text": id, "yes_is": "bad" if id == "A2" else "good"} for id in ("A1", "A2", "A3", "A4")]
    fw = made_up.framework(nodes=[{"id": "A", "label": "A", "items": items}])
    missing, answer = ["none", "none", "no_framework", "dont_know"], ["yes", "yes", "", ""]
    answers = pd.DataFrame({"unit": "U", "year": 2020, "item": ["A1", "A2", "A3", "A4"], "answer": answer, "missing": missing})
    assert practices.held_from_answers(answers, fw)["has"].tolist() == [True, False, False, pd.NA]


def test_levels_leave_the_tested_domain_out():
    """Where the others' levels leave both bands open, both are told."""
    fw = load("sdg_10_7_2")
    levels = pd.DataFrame({"unit": "MDA", "year": 2021, "node": ["overall", *fw.domains], "level": [3, 2, 4, 4, 4, 4, 2]})
    rest = practices.rest_from_levels(levels, fw).set_index("practice")
    assert rest.loc["D1", ["lower", "upper"]].tolist() == [88, 92]  # 44 or 46 of 50 half points
    assert rest.loc["D2", ["lower", "upper"]].tolist() == [76, 86]  # 38 to 43, with D1 at 4-7 and D6 at 4 or 6
    held = practices.held_from_levels(levels, fw, "3").set_index("practice")["has"]
    assert held.tolist() == [False, True, True, True, True, False]
    naive = practices.rest_from_levels(levels, fw, naive=True)
    assert naive[["lower", "upper"]].drop_duplicates().to_numpy().tolist() == [[80, 530 / 6]]  # 48 to 53 of 60


def test_what_is_missing_under_bounds_leaves_the_band_open():
    """One of four items not answered: without A1 the two others of three are 2 or 3 of 3."""
    fw = made_up.framework(cuts=(0, 60, 80), domains=1, items=4, missing="bounds")
    answers = made_up.answers(np.array([[1, 1, 1, np.nan]]), fw)
    rest = practices.rest_from_answers(answers, fw).set_index("practice")
    assert rest.loc["A1", ["lower", "upper"]].tolist() == pytest.approx([200 / 3, 100])
    assert rest.loc["A4", ["lower", "upper"]].tolist() == [100, 100]
    shares = practices.prevalence(practices.held_from_answers(answers, fw), practices.rest_from_answers(answers, fw), fw)
    assert shares.empty  # A4 is not known and the others' band is open


def test_the_top_is_a_band_with_enough_units_on_both_sides():
    fw = made_up.framework(cuts=(0, 40, 60, 80), domains=1, items=10)
    values = np.array([[1.0] * 10] * 4 + [[1.0] * 7 + [0.0] * 3] * 6 + [[0.0] * 10] * 20)
    assert practices.top_cut(practices.rest_from_answers(made_up.answers(values, fw), fw), fw) == 60
    alike = np.array([[1.0] * 9 + [0.0]] * 6 + [[1.0] * 8 + [0.0] * 2] * 6)  # all in the top band: halves
    assert 80 < practices.top_cut(practices.rest_from_answers(made_up.answers(alike, fw), fw), fw) < 90
