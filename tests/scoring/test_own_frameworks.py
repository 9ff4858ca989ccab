"""Users' own frameworks score as their files say: blocks, depth, weights, direction, missing rules; by hand and at random."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migof_research.frameworks import load
from migof_research.scoring import bands_from_answers, scores_from_answers
from tests.frameworks import own


def answers(framework, given: dict[str, str]) -> pd.DataFrame:
    """Answers of one unit; an item that is not given is not answered; "n/a" is not applicable."""
    rows = []
    for item in framework.items():
        text = given.get(item.id, "")
        missing = {"": "not_answered", "n/a": "not_applicable"}.get(text, "none")
        rows.append(("MDA", 2024, item.id, text if missing == "none" else "", missing))
    return pd.DataFrame(rows, columns=["unit", "year", "item", "answer", "missing"])


def scores(framework, given: dict[str, str]) -> pd.DataFrame:
    return scores_from_answers(answers(framework, given), framework).set_index("node")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.booleans(), min_size=35, max_size=35))
def test_35_items_in_8_blocks_are_the_unweighted_mean_of_the_blocks(tmp_path_factory, yes):
    path = own.write(tmp_path_factory.mktemp("own"), own.eight_blocks())
    framework = load(path)
    assert len(framework.items()) == 35 and len(framework.domains) == 8
    given = {item.id: "yes" if answer else "no" for item, answer in zip(framework.items(), yes, strict=True)}
    place, blocks = iter(yes), []
    for size in own.BLOCK_SIZES:
        blocks.append(Fraction(sum(next(place) for _ in range(size)), size))
    assert scores(framework, given).at["overall", "score"] == float(100 * sum(blocks) / 8)


def test_depth_four_averages_what_is_present(tmp_path):
    framework = load(own.write(tmp_path, own.depth_four()))
    table = scores(framework, {"q1": "yes", "q4": "half"})  # q2, q3 missing: A1b has nothing, A1a1 is q1 alone
    assert table.at["A1a1", "score"] == 100 and pd.isna(table.at["A1b", "score"])
    assert table.at["A", "score"] == 100 and table.at["overall", "score"] == 75
    assert (table.at["overall", "lower"], table.at["overall", "upper"]) == (37.5, 75)  # A: q1 of (1, 0) and 0, so 1/4
    every = scores(framework, {"q1": "yes", "q2": "no", "q3": "yes", "q4": "full"})
    assert every.at["A1", "score"] == 75 and every.at["overall", "score"] == 87.5
    assert every.at["overall", "answered"] == 4


def test_weights_and_items_where_yes_is_bad(tmp_path):
    framework = load(own.write(tmp_path, own.weighted_and_bad()))
    table = scores(framework, {"q1": "yes", "q2": "yes", "q3": "no"})
    assert table.at["A", "score"] == float(Fraction(200, 3)) and table.at["overall", "score"] == 50  # (3 x 2/3 + 1 x 0) / 4
    assert scores(framework, {"q1": "yes", "q2": "no", "q3": "yes"}).at["overall", "score"] == 100


RULES = {  # rule: score of (yes, missing, no) in one block of three, and whether a band is given
    "zero": (100 / 3, "low"),
    "available": (50.0, "high"),
    "bounds": (None, None),
}


@pytest.mark.parametrize("rule", RULES)
def test_missing_rules(rule, tmp_path):
    items = "".join(f"{{id: q{n}, text: q}}, " for n in (1, 2, 3))
    framework = load(own.write(tmp_path, own.HEAD + f"missing: {rule}\nnodes: [{{id: A, label: A, items: [{items}]}}]\n"))
    given = {"q1": "yes", "q3": "no"}
    score, band = RULES[rule]
    table, bands = scores(framework, given), bands_from_answers(answers(framework, given), framework).set_index("node")
    assert (table.at["overall", "lower"], table.at["overall", "upper"]) == pytest.approx((100 / 3, 200 / 3))
    assert table.at["overall", "score"] == pytest.approx(score) if score else pd.isna(table.at["overall", "score"])
    assert bands.at["overall", "band"] == band if band else pd.isna(bands.at["overall", "band"])


def test_no_band_above_a_share_of_missing_answers(tmp_path):
    items = "".join(f"{{id: q{n}, text: q}}, " for n in range(4))
    content = own.HEAD + f"missing: available\nmost_missing: 1/4\nnodes: [{{id: A, label: A, items: [{items}]}}]\n"
    framework = load(own.write(tmp_path, content))

    def band(given):
        return bands_from_answers(answers(framework, given), framework).set_index("node").at["overall", "band"]

    three = {"q0": "yes", "q1": "yes", "q2": "yes"}
    assert band(three) == "high"  # exactly a quarter missing
    assert pd.isna(band({"q0": "yes", "q1": "yes"}))
    assert band({"q0": "yes", "q1": "yes", "q2": "n/a", "q3": "n/a"}) == "high"  # what does not apply is not missing
