"""Moves between rounds: counts of the published panel, adopted and dropped items, whose experience to ask for."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from migof_research.analysis import firmness, practices, transitions
from migof_research.frameworks import load
from migof_research.indicators import sdg_10_7_2
from migof_research.scoring import bands_from_levels, scores_from_answers
from tests.analysis import made_up


@pytest.fixture(scope="module")
def bands() -> pd.DataFrame:
    return bands_from_levels(sdg_10_7_2.levels(), load("sdg_10_7_2"))


def test_the_panel_of_62(bands):
    """19 up, 38 same, 5 down, as counted independently of this package."""
    table = transitions.transitions(bands, 2019, 2021)
    assert len(table) == 16 and table["n"].sum() == 62
    found = transitions.direction(table)
    assert found[:3] == (19, 38, 5)
    assert found.p == pytest.approx(2 * binom.cdf(5, 24, 0.5))


def test_no_move_has_no_p():
    table = pd.DataFrame({"band_from": ["a", "b"], "band_to": ["a", "b"], "n": [3, 4]})
    table = table.astype(dict.fromkeys(["band_from", "band_to"], pd.CategoricalDtype(["a", "b"], ordered=True)))
    found = transitions.direction(table)
    assert found[:3] == (0, 7, 0) and np.isnan(found.p)


def held(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["unit", "year", "practice", "has"]).astype({"has": "boolean"})


def test_adopted_and_dropped_from_one_known_answer_to_the_next():
    years, has = range(2015, 2020), [False, None, True, True, False]
    rows = [*(("A", year, "p", answer) for year, answer in zip(years, has, strict=True)), ("B", 2019, "p", True)]
    found = transitions.adopted_and_dropped(held(rows)).drop(columns=["practice", "unit"])
    assert found.to_numpy().tolist() == [[2015, 2017, "adopted"], [2018, 2019, "dropped"]]
    assert transitions.adopted_and_dropped(held(rows[:1])).empty


def test_the_comparable_basket_holds_what_was_answered_both_times():
    """Half of two items then, half of four now, but nothing changed in the two."""
    fw = made_up.framework((0, 50), domains=1, items=4)
    then, now = made_up.answers(np.array([[1, 0, np.nan, np.nan]]), fw, 2019), made_up.answers(np.array([[1, 0, 1, 0]]), fw, 2021)
    both = pd.concat([then, now], ignore_index=True)
    scores = scores_from_answers(transitions.comparable(both, 2019, 2021), fw).query("node == 'overall'")
    assert scores["score"].tolist() == [50, 50] and scores["items"].tolist() == [2, 2]
    assert scores_from_answers(both, fw).query("node == 'overall'")["score"].tolist() == [25, 50]
    assert transitions.comparable(then, 2019, 2021).empty


def test_beyond_noise_follows_the_error_rate():
    """One of twenty items more, answers wrong at a rate of 10 %: how often the score still rises, counted exactly."""
    fw = made_up.framework((0, 50), domains=1, items=10)
    then, now = np.array([[1.0] * 4 + [0.0] * 6]), np.array([[1.0] * 5 + [0.0] * 5])
    answers = pd.concat([made_up.answers(then, fw, 2019), made_up.answers(now, fw, 2021)])
    uncertain = firmness.Uncertainty(weights=np.inf, aggregations=("mean",), item_error=0.1, cuts=0, draws=20_000)
    found = transitions.beyond_noise(firmness.known_from_answers(answers, fw), fw, uncertain).set_index("node").loc["overall"]

    def totals(good: int) -> np.ndarray:  # of ten items
        return np.convolve(binom.pmf(range(good + 1), good, 0.9), binom.pmf(range(11 - good), 10 - good, 0.1))

    joint = np.outer(totals(4), totals(5))
    assert found["up"] == pytest.approx(np.triu(joint, 1).sum(), abs=0.015)
    assert found["down"] == pytest.approx(np.tril(joint, -1).sum(), abs=0.015)
    assert (found["year_start"], found["year_end"]) == (2019, 2021)


def test_practices_feed_adopted_items():
    fw = made_up.framework(domains=1, items=2)
    both = pd.concat([made_up.answers(np.array([[0, 1]]), fw, 2019), made_up.answers(np.array([[1, 1]]), fw, 2021)])
    found = transitions.adopted_and_dropped(practices.held_from_answers(both, fw))
    assert found[["practice", "change"]].to_numpy().tolist() == [["A1", "adopted"]]


def test_recent_movers_rose_above_the_band_in_which_the_unit_lags(bands):
    """Moldova is at level 2 in domain 5, where most of its region is higher; Mexico rose from 1 to 4, Bahrain only to 2."""
    latest = sdg_10_7_2.latest(bands)
    region = ["ALB", "AUT", "BEL", "BGR", "CZE", "DEU", "FIN", "HUN", "PRT", "ROU"]
    lags = transitions.lagging(latest, "MDA", region)
    assert "D5" in lags.index and "D2" not in lags.index  # D2 is at the top
    found = transitions.recent_movers(bands, lags).query("node == 'D5'")
    assert "MEX" in set(found["mover"]) and "BHR" not in set(found["mover"]) and "MDA" not in set(found["mover"])
    assert found["alike"].is_monotonic_decreasing  # those from the same band or below come first
    assert (found["band_to"] > "2").all() and (found["band_from"] < found["band_to"]).all()
    assert transitions.recent_movers(bands, lags.iloc[:0]).empty
