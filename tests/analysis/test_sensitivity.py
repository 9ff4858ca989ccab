"""The runs are those of the plain functions; choices that must matter do, and the others do not."""

import numpy as np
import pandas as pd
import pytest

from migof_research.analysis import states
from migof_research.analysis.choices import Choices, draw
from migof_research.analysis.sensitivity import Runs, sensitivity
from migof_research.frameworks import load
from migof_research.scoring import arrays, scores_from_levels
from tests.analysis import made_up

SDG = load("sdg_10_7_2")
STILL = Choices(weights=0, aggregation=(), missing=(), answers=0, cuts=0, left_out=False, interval=False)


def some_answers(fw, units=6, missing=0.1) -> pd.DataFrame:
    rng = np.random.default_rng(7)
    values = (rng.random((units, len(fw.items()))) < rng.uniform(0.2, 0.9, (units, 1))).astype(float)
    return made_up.answers(np.where(rng.random(values.shape) < missing, np.nan, values), fw)


def levels(unit: str, digits: str) -> pd.DataFrame:
    return pd.DataFrame({"unit": unit, "year": 2021, "node": ["overall", *SDG.domains], "level": [int(d) for d in digits]})


@pytest.mark.parametrize("how", ["pooled", "mean", "geometric", ("mean", "geometric")])
@pytest.mark.parametrize("missing", ["zero", "available"])
def test_without_a_wrong_answer_the_runs_give_the_frameworks_own_score(how, missing):
    fw = made_up.framework(aggregation=how, missing=missing)
    answers = some_answers(fw)
    drawn = draw(Choices(0, (), (), 0, 2.0, False), fw, 4, 1, published_levels=False)
    own = arrays.score(fw, arrays.value_table(answers, fw).to_numpy())
    for unit, score in zip(states.states_of(answers, fw, drawn), own, strict=True):
        assert Runs(drawn).scores(unit) == pytest.approx(np.full(12, score), abs=1e-12)


@pytest.mark.parametrize("how", ["pooled", ("mean", "geometric")])
def test_wrong_answers_are_scored_as_any_answers(how):
    """The short cut for weighted sums, and the long way for other means, against the answers written out."""
    fw = made_up.framework(aggregation=how)
    answers = some_answers(fw, units=2)
    drawn = draw(Choices(0, (), (), 0.2, 0, False), fw, 64, 1, published_levels=False)
    tree, values = states._Tree(fw), arrays.value_table(answers, fw.model_copy(update={"missing": "available"})).to_numpy()[0]
    wrong = tree.wrong_answers(values, drawn, "U000 2020")
    worlds = np.tile(np.nan_to_num(values), (128, 1))
    worlds[wrong.draw, wrong.item] = wrong.value
    found = Runs(drawn).scores(next(states.states_of(answers, fw, drawn)))
    expected = np.concatenate([arrays.score(fw, worlds), arrays.score(fw, worlds)[64:]])  # A, B, then A with B's answers
    assert found == pytest.approx(expected, abs=1e-12)
    assert len(wrong.item) == pytest.approx(0.2 * 128 * np.isfinite(values).sum(), rel=0.1)
    assert not np.isnan(values[wrong.item]).any() and (wrong.value == 1 - values[wrong.item]).all()


def test_published_levels_give_every_score_in_the_interval():
    table = levels("MDA", "3342444")
    interval = scores_from_levels(table, SDG).set_index("node").loc["overall"]
    drawn = draw(Choices(0, ("mean",), (), 0, 0, False), SDG, 256, 1, published_levels=True)
    scores = 100 * Runs(drawn).scores(next(states.from_levels(table, SDG)))
    assert (scores.min(), scores.max()) == pytest.approx((interval["lower"], interval["upper"]))


def test_the_interval_alone_never_changes_a_published_band():
    table = pd.concat([levels("MDA", "3342444"), levels("FRA", "2322233"), levels("PER", "4444444")])
    drawn = draw(Choices(0, ("mean",), (), 0, 0, False), SDG, 64, 1, published_levels=True)
    indices, results = sensitivity(table, SDG, drawn)
    assert results["changed"].tolist() == [0, 0, 0]
    score = indices[(indices["outcome"] == "score") & (indices["unit"] == "MDA")]
    assert score["total"].tolist() == pytest.approx([1], abs=0.05) and score["first"].tolist() == pytest.approx([1], abs=0.1)
    assert indices.loc[indices["outcome"] == "changed", "total"].isna().all()


def test_cuts_move_the_band_and_never_the_score():
    fw = made_up.framework((0, 50))
    answers = made_up.answers(np.tile(np.r_[np.ones(15), np.zeros(15)], (1, 1)), fw)  # exactly on the cut
    drawn = draw(Choices(0, (), (), 0, 2.0, False), fw, 256, 1, published_levels=False)
    indices, results = sensitivity(answers, fw, drawn)
    assert results["changed"].iloc[0] == pytest.approx(0.5, abs=0.01)
    by_outcome = indices.set_index("outcome")["total"]
    assert np.isnan(by_outcome["score"]) and by_outcome["band"] == pytest.approx(1, abs=0.1)


def test_a_choice_without_effect_is_noise():
    """Equal domains: weights and the domain left out change nothing; wrong answers do."""
    fw = made_up.framework()
    answers = made_up.answers(np.tile([1, 1, 1, 0, 0], (1, 6)).astype(float), fw)
    drawn = draw(Choices(0.3, (), (), 0.05, 0, True), fw, 512, 1, published_levels=False)
    indices, _ = sensitivity(answers, fw, drawn)
    score = indices[indices["outcome"] == "score"].set_index("choice")
    assert score.loc["answers", "first"] > 0.7 and not score.loc["answers", "noise"]
    assert score.loc[["weights", "left_out"], "noise"].all()


def test_a_units_result_does_not_depend_on_the_others_or_on_the_threads():
    fw = made_up.framework()
    answers = some_answers(fw)
    drawn = draw(Choices(), fw, 32, 1, published_levels=False)
    all_of_them, alone = sensitivity(answers, fw, drawn, workers=3), sensitivity(answers[answers["unit"] == "U003"], fw, drawn)
    for whole, one in zip(all_of_them, alone, strict=True):
        pd.testing.assert_frame_equal(whole[whole["unit"] == "U003"].reset_index(drop=True), one)


def test_units_without_a_score_are_left_out():
    fw = made_up.framework(missing="available")
    answers = made_up.answers(np.vstack([np.full(30, np.nan), np.ones(30)]), fw)
    _, results = sensitivity(answers, fw, draw(Choices(missing=()), fw, 8, 1, published_levels=False))
    assert results["unit"].tolist() == ["U001"]
    assert results.filter(like="in_").sum(axis=1).tolist() == pytest.approx([1])
