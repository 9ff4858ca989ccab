"""Margins counted from item answers, by hand, under each missing rule; and what each item counts in a nested score."""

from fractions import Fraction

import pandas as pd
import pytest

from migof_research.frameworks import load
from migof_research.scoring import bands_from_answers, scores_from_answers
from migof_research.scoring.exact import coefficients
from tests.frameworks import own

COLUMNS = ["band", "to_gain_min", "to_gain_max", "to_lose_min", "to_lose_max"]


def margins(folder, rule: str, given: str, cut: str = "50") -> list:
    """Band and margins of one block; ``given`` has a y, n or - (not answered) an item."""
    items = "".join(f"{{id: q{place}, text: q}}, " for place in range(len(given)))
    head = own.HEAD.replace("from: 50", f"from: {cut}")
    framework = load(own.write(folder, f"{head}missing: {rule}\nnodes: [{{id: A, label: A, items: [{items}]}}]\n"))
    rows = [
        ("MDA", 2024, f"q{place}", {"y": "yes", "n": "no"}.get(mark, ""), "not_answered" if mark == "-" else "none")
        for place, mark in enumerate(given)
    ]
    table = bands_from_answers(pd.DataFrame(rows, columns=["unit", "year", "item", "answer", "missing"]), framework)
    assert table["band"].cat.ordered
    found = table.set_index("node").loc["overall", COLUMNS]
    return [None if pd.isna(value) else value for value in found]


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        ("zero", "y-nnnn", ["low", 2, 2, None, None]),  # the missing answer counts 0 and can be gained
        ("zero", "yyyy-n", ["high", None, None, 2, 2]),  # three of six are still on the cut
        ("available", "ynnn--", ["low", 1, 1, None, None]),  # a quarter each, not a sixth
        ("available", "yynn--", ["high", None, None, 1, 1]),
        ("bounds", "y-nnnn", ["low", 1, 2, None, None]),  # from 2 of 6, and from 1 of 6
        ("bounds", "yyyy-n", ["high", None, None, 2, 3]),
        ("bounds", "yy--nn", [None, None, None, None, None]),  # 2 to 4 of 6 lie in two bands
        ("bounds", "yyyynn", ["high", None, None, 2, 2]),
    ],
)
def test_margins_by_hand(rule, given, expected, tmp_path):
    assert margins(tmp_path, rule, given) == expected


def test_a_cut_is_taken_exactly(tmp_path):
    assert margins(tmp_path, "zero", "yynn", cut="50.2") == ["low", 1, 1, None, None]
    assert margins(tmp_path, "zero", "yynn", cut="49.8") == ["high", None, None, 1, 1]
    assert margins(tmp_path, "zero", "yynn", cut="75") == ["low", 1, 1, None, None]  # three of four are on it
    assert margins(tmp_path, "zero", "yynn", cut="75.1") == ["low", 2, 2, None, None]


NESTED = """nodes:
  - id: A
    label: A
    nodes:
      - {id: A1, label: A1, items: [{id: a, text: a}]}
      - {id: A2, label: A2, items: [{id: b, text: b}, {id: c, text: c}, {id: d, text: d}]}
  - {id: B, label: B, weight: 3, items: [{id: e, text: e}]}
"""
ALL = {"a", "b", "c", "d", "e"}


@pytest.mark.parametrize(
    ("rule", "counted", "expected"),
    [
        ("mean", ALL, {"a": "1/8", "b": "1/24", "c": "1/24", "d": "1/24", "e": "3/4"}),
        ("[mean, pooled, mean]", ALL, {"a": "1/16", "b": "1/16", "c": "1/16", "d": "1/16", "e": "3/4"}),
        ("pooled", ALL, dict.fromkeys(sorted(ALL), "1/5")),
        ("mean", {"b", "c"}, {"b": "1/2", "c": "1/2"}),  # what has nothing that counts is left out
        ("mean", {"a", "b"}, {"a": "1/2", "b": "1/2"}),
        ("mean", set(), None),
        ("[mean, minimum]", ALL, None),
        ("[geometric, mean]", ALL, None),
    ],
)
def test_shares_of_items(rule, counted, expected, tmp_path):
    framework = load(own.write(tmp_path, f"{own.HEAD}aggregation: {rule}\n{NESTED}"))
    shares = coefficients(framework, None, counted)
    assert shares == (expected and {item: Fraction(share) for item, share in expected.items()})


def test_one_part_that_is_no_weighted_sum_is_enough(tmp_path):
    framework = load(own.write(tmp_path, own.HEAD + NESTED.replace("weight: 3,", "weight: 3, aggregation: minimum,")))
    assert coefficients(framework, None, ALL) is None
    assert coefficients(framework, framework.node("A"), ALL) == {"a": Fraction(1, 2)} | dict.fromkeys("bcd", Fraction(1, 6))


def test_rows_come_by_unit_and_year_whatever_the_order(tmp_path):
    framework = load(own.write(tmp_path, own.HEAD + NESTED))
    rows = [("MEX", 2021, "a", "yes", "none"), ("MEX", 2019, "a", "no", "none"), ("ALB", 2021, "a", "no", "none")]
    table = scores_from_answers(pd.DataFrame(rows, columns=["unit", "year", "item", "answer", "missing"]), framework)
    keys = table[["unit", "year"]].drop_duplicates()
    assert keys.values.tolist() == [["ALB", 2021], ["MEX", 2019], ["MEX", 2021]]
