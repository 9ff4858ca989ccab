"""Exact scores from answers: the official rules of 10.7.2, cases worked by hand on every cut."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migof_research import frameworks, scoring

FRAMEWORK = frameworks.load("sdg_10_7_2")
ITEMS = [item.id for item in FRAMEWORK.items()]


def answers(given, missing=None):
    """A table of answers of one unit; items not named are answered no."""
    missing = missing or {}
    rows = [("XXX", 2021, item, "" if item in missing else given.get(item, "no"), missing.get(item, "none")) for item in ITEMS]
    return pd.DataFrame(rows, columns=["unit", "year", "item", "answer", "missing"])


def yes(item):
    return "yes_all" if item.startswith("D1") else "yes"


def score(table, node="overall"):
    return scoring.scores_from_answers(table, FRAMEWORK).set_index("node").loc[node]


def band(table, node="overall"):
    return scoring.bands_from_answers(table, FRAMEWORK).set_index("node").loc[node]


def test_thirty_of_thirty_is_exactly_one_hundred_and_fully_meets():
    table = answers({item: yes(item) for item in ITEMS})
    assert score(table)["score"] == 100.0
    assert band(table)["band"] == "4"
    assert FRAMEWORK.bands.label("4") == "Fully meets"
    assert band(table)["to_lose_min"] == 1 and pd.isna(band(table)["to_gain_min"])


@pytest.mark.parametrize(
    ("number", "expected", "level", "to_gain", "to_lose"),
    [(0, 0.0, "1", 12, None), (11, 110 / 3, "1", 1, None), (12, 40.0, "2", 12, 1), (23, 230 / 3, "2", 1, 12), (24, 80.0, "3", 6, 1), (29, 290 / 3, "3", 1, 6)],
)  # fmt: skip
def test_overall_cuts_are_closed_on_the_left(number, expected, level, to_gain, to_lose):
    """``number`` yeses, counted from the last item backwards so that all are yes/no items first."""
    table = answers({item: yes(item) for item in ITEMS[::-1][:number]})
    assert score(table)["score"] == expected
    row = band(table)
    assert row["band"] == level
    assert row["to_gain_min"] == row["to_gain_max"] == to_gain
    assert (None if pd.isna(row["to_lose_min"]) else row["to_lose_min"]) == to_lose


@pytest.mark.parametrize(("half_points", "level"), [(3, "1"), (4, "2"), (7, "2"), (8, "3"), (9, "3"), (10, "4")])
def test_first_domain_counts_half_points(half_points, level):
    codes = ["yes_all"] * (half_points // 2) + ["yes_legal"] * (half_points % 2)
    table = answers(dict(zip(ITEMS, codes, strict=False)))
    assert score(table, "D1")["score"] == 10.0 * half_points
    assert band(table, "D1")["band"] == level


def test_a_missing_item_counts_nothing_and_the_bounds_say_what_it_could():
    table = answers({item: yes(item) for item in ITEMS[3:]}, missing={"D1a": "not_answered", "D1b": "dont_know", "D1c": "no_framework"})
    whole = score(table)
    assert (whole["lower"], whole["score"], whole["upper"]) == (90.0, 90.0, 100.0)
    assert (whole["items"], whole["answered"]) == (30, 27)
    assert (band(table)["band"], band(table)["band_lower"], band(table)["band_upper"]) == ("3", "3", "4")


def test_not_applicable_leaves_the_denominator():
    table = answers({item: yes(item) for item in ITEMS[1:]}, missing={"D1a": "not_applicable"})
    assert score(table)["score"] == 100.0
    assert (score(table, "D1")["items"], score(table, "D1")["score"]) == (4, 100.0)


ANSWERED = st.fixed_dictionaries({i: st.sampled_from(["yes_all", "yes_legal", "no"] if i.startswith("D1") else ["yes", "no"]) for i in ITEMS})
MISSING = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(["not_answered", "dont_know"]), max_size=6)


@settings(max_examples=40, deadline=None)
@given(ANSWERED, MISSING)
def test_levels_made_from_answers_hold_the_score_of_the_answers(given_answers, missing):
    """Publishing only the levels loses the score, but its interval always contains it."""
    table = answers(given_answers, missing)
    scores = scoring.scores_from_answers(table, FRAMEWORK).set_index("node")
    assert (scores["lower"] <= scores["score"]).all() and (scores["score"] <= scores["upper"]).all()
    levels = scoring.bands_from_answers(table, FRAMEWORK)[["unit", "year", "node", "band"]].assign(level=lambda t: t["band"].astype(int))
    found = scoring.scores_from_levels(levels, FRAMEWORK).set_index("node")
    assert (found["lower"] <= scores["score"]).all() and (scores["score"] <= found["upper"]).all()


@settings(max_examples=25, deadline=None)
@given(ANSWERED, st.sampled_from(ITEMS))
def test_one_more_yes_never_lowers_a_score(given_answers, item):
    before, after = answers(given_answers), answers({**given_answers, item: yes(item)})
    assert score(after)["score"] >= score(before)["score"]
