"""Answers to gain and to lose a level, against brute force over the answers themselves."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migof_research import frameworks, scoring
from migof_research.indicators import sdg_10_7_2
from migof_research.scoring.margins import fewest, margins_from_levels

CUTS = {10: (0, 4, 8, 10), 60: (0, 24, 48, 60)}  # half points of the official cuts


def level(points, top):
    return sum(points >= cut for cut in CUTS[top])


def needed(items, goal, up):
    """The fewest items to change so that the half points reach a goal (up) or fall below it, by trying all subsets."""
    for count in range(len(items) + 1):
        for chosen in itertools.combinations(range(len(items)), count):
            points = sum((2 if up else 0) if i in chosen else item for i, item in enumerate(items))
            if (points >= goal) if up else (points < goal):
                return count
    return None


def brute_domain(values, wanted):
    """Smallest and largest number of answers to gain, and to lose, over all answers that make a level."""
    gains, losses = [], []
    for items in itertools.product(values, repeat=5):
        if level(sum(items), 10) == wanted:
            gains.append(needed(items, CUTS[10][wanted], True) if wanted < 4 else None)
            losses.append(needed(items, CUTS[10][wanted - 1], False) if wanted > 1 else None)
    ends = [(min(c), max(c)) if None not in c else (None, None) for c in (gains, losses)]
    return tuple(ends)


@pytest.mark.parametrize("wanted", [1, 2, 3, 4])
@pytest.mark.parametrize(("node", "values"), [("D1", (0, 1, 2)), ("D2", (0, 2))])
def test_domain_margins_equal_brute_force(node, values, wanted):
    assert margins_from_levels("sdg_10_7_2", {node: wanted})[node] == brute_domain(values, wanted)


def brute_overall(levels):
    """Over all counts of answers that fit the levels: zeros and halves of the first domain, yeses of the others."""
    gains, losses, whole = set(), set(), levels["overall"]
    first = [(n2, n1) for n2 in range(6) for n1 in range(6 - n2) if level(2 * n2 + n1, 10) == levels["D1"]]
    yeses = [[y for y in range(6) if level(2 * y, 10) == levels[d]] for d in ("D2", "D3", "D4", "D5", "D6")]
    for (n2, n1), *counts in itertools.product(first, *yeses):
        yes = n2 + sum(counts)
        points = 2 * yes + n1
        if level(points, 60) != whole:
            continue
        zeros = 30 - yes - n1
        if whole < 4:
            gains.add(min(a + b for a in range(zeros + 1) for b in range(n1 + 1) if points + 2 * a + b >= CUTS[60][whole]))
        if whole > 1:
            losses.add(min(a + b for a in range(yes + 1) for b in range(n1 + 1) if points - 2 * a - b < CUTS[60][whole - 1]))
    return tuple((min(c), max(c)) if c else (None, None) for c in (gains, losses))


@pytest.mark.parametrize("unit", ["MDA", "BFA", "MEX", "BGD", "GNQ", "PER"])
def test_overall_margins_equal_brute_force(unit):
    levels = sdg_10_7_2.levels()
    for _year, rows in levels[levels["unit"] == unit].groupby("year"):
        given_levels = dict(zip(rows["node"], rows["level"], strict=True))
        assert margins_from_levels("sdg_10_7_2", given_levels)["overall"] == brute_overall(given_levels)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=8), st.integers(0, 30), st.booleans())
def test_fewest_steps_equal_brute_force(steps, wanted, strictly):
    reach = [len(c) for n in range(len(steps) + 1) for c in itertools.combinations(steps, n) if sum(c) > wanted - (not strictly)]
    assert fewest(steps, wanted, strictly=strictly) == (min(reach) if reach else None)


def test_the_table_has_no_margin_beyond_the_ends():
    bands = scoring.bands_from_levels(sdg_10_7_2.levels(), frameworks.load("sdg_10_7_2"))
    top, bottom = bands["band"] == "4", bands["band"] == "1"
    assert bands.loc[top, "to_gain_min"].isna().all() and bands.loc[~top, "to_gain_min"].ge(1).all()
    assert bands.loc[bottom, "to_lose_min"].isna().all() and bands.loc[~bottom, "to_lose_min"].ge(1).all()
    assert (bands["to_gain_min"].fillna(0) <= bands["to_gain_max"].fillna(0)).all()
    assert (bands["to_lose_min"].fillna(0) <= bands["to_lose_max"].fillna(0)).all()
