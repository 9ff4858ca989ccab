import numpy as np
import pytest

from migof_research.analysis.choices import Choices, domain_shares, draw
from migof_research.errors import InputError
from migof_research.frameworks import load
from tests.analysis import made_up

SDG = load("sdg_10_7_2")


def test_choices_by_kind_of_data():
    both = ("weights", "aggregation", "cuts", "left_out")
    assert set(Choices().active(SDG, published_levels=True)) == {*both, "interval"}
    assert set(Choices().active(SDG, published_levels=False)) == {*both, "missing", "answers"}


def test_a_choice_that_cannot_vary_is_no_choice():
    still = Choices(weights=0, aggregation=("mean",), missing=("zero",), answers=0, cuts=0, left_out=True)
    assert still.active(SDG, published_levels=False) == ("left_out",)
    assert "aggregation" in still.active(made_up.framework(aggregation="geometric"), published_levels=False)


def test_weights_vary_around_the_frameworks_own():
    fw = made_up.framework(aggregation="mean", domains=4)
    drawn = draw(Choices(weights=0.4), fw, 1024, 1, published_levels=False).multiplier * domain_shares(fw)
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert drawn.mean(axis=0) == pytest.approx(0.25, abs=0.002)
    assert drawn.std(axis=0) / 0.25 == pytest.approx(0.4, abs=0.01)


def test_options_are_equally_likely_and_cuts_stay_in_order():
    drawn = draw(Choices(cuts=5), SDG, 1024, 1, published_levels=True)
    assert np.bincount(drawn.left_out + 1) == pytest.approx(2048 / 7, abs=2)
    assert np.bincount(drawn.aggregation) == pytest.approx(1024, abs=2)
    assert drawn.cuts.min(axis=0) == pytest.approx([0, 35, 75, 95], abs=0.02)
    assert drawn.cuts.max(axis=0) == pytest.approx([5, 45, 85, 100], abs=0.02)
    assert (np.diff(drawn.cuts, axis=1) > 0).all()


def test_each_run_of_the_design_takes_one_choice_from_b():
    drawn = draw(Choices(), SDG, 4, 1, published_levels=True)
    blocks = {name: drawn.rows(name).reshape(-1, 4)[:, 0] for name in drawn.names}
    assert blocks["weights"].tolist() == [0, 4, 4, 0, 0, 0, 0]
    assert blocks["interval"].tolist() == [0, 4, 0, 0, 0, 0, 4]
    assert drawn.rows("missing").max() >= 4  # what does not vary is the same in both


def test_the_same_seed_gives_the_same_table_and_it_names_what_was_drawn():
    one, two, other = (draw(Choices(), SDG, 8, seed, published_levels=True).table() for seed in (1, 1, 2))
    assert one.equals(two) and not one.equals(other)
    assert list(one)[:3] == ["draw", "matrix", "weight_D1"]
    assert set(one["aggregation"]) == {"mean", "geometric"} and set(one["left_out"]) <= {"", *SDG.domains}
    assert "missing" not in one


@pytest.mark.parametrize(("choices", "n"), [(Choices(), 100), (Choices(0, ("mean",), (), 0, 0, False, False), 8)])
def test_what_cannot_be_drawn_is_told(choices, n):
    with pytest.raises(InputError):
        draw(choices, SDG, n, 1, published_levels=True)
