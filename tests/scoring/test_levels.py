"""Score intervals from published levels, against a brute force over every vector of half points."""

import itertools

import numpy as np
import pandas as pd
import pytest

from migof_research import frameworks, scoring
from migof_research.errors import InputError
from migof_research.indicators import sdg_10_7_2

NODES = ["D1", "D2", "D3", "D4", "D5", "D6"]


def level(half_points, of):
    """Levels from half points, written out by hand from the metadata: below 40, below 80, below 100, 100 per cent."""
    share = half_points / of
    return 1 + (share >= 0.4).astype(int) + (share >= 0.8).astype(int) + (half_points == of).astype(int)


@pytest.fixture(scope="module")
def framework():
    return frameworks.load("sdg_10_7_2")


@pytest.fixture(scope="module")
def vectors():
    """Every vector of half points: 0..10 in the first domain, even numbers in the others."""
    grid = np.array(list(itertools.product(range(11), *[range(0, 11, 2)] * 5)))
    return grid, level(grid, 10), level(grid.sum(axis=1), 60)


def test_every_published_country_year_equals_the_brute_force(framework, vectors):
    grid, domain_levels, overall_levels = vectors
    levels = sdg_10_7_2.levels()
    scores = scoring.scores_from_levels(levels, framework)
    published = levels.pivot(index=["unit", "year"], columns="node", values="level")
    found = scores.pivot(index=["unit", "year"], columns="node", values=["lower", "upper"])
    assert len(published) == 200
    for key, row in published.iterrows():
        fits = (domain_levels == row[NODES].to_numpy()).all(axis=1) & (overall_levels == row["overall"])
        assert fits.any(), key
        points = np.column_stack([grid[fits], grid[fits].sum(axis=1) / 6])
        for node, column in zip([*NODES, "overall"], points.T, strict=True):
            assert found.loc[key, ("lower", node)] == pytest.approx(10 * column.min(), abs=1e-12)
            assert found.loc[key, ("upper", node)] == pytest.approx(10 * column.max(), abs=1e-12)


def test_published_levels_pin_the_overall_score_to_six_points_on_average(framework):
    whole = scoring.scores_from_levels(sdg_10_7_2.levels(), framework).query("node == 'overall'")
    width = whole["upper"] - whole["lower"]
    assert len(whole) == 200
    assert round(width.mean(), 1) == 6.3
    assert (width == 0).sum() == whole["score"].notna().sum() == 21
    assert (whole["score"].dropna() == whole.loc[whole["score"].notna(), "lower"]).all()


def test_bands_of_the_published_levels_are_the_levels(framework):
    levels = sdg_10_7_2.levels()
    bands = scoring.bands_from_levels(levels, framework)
    both = bands.merge(levels, on=["unit", "year", "node"], validate="one_to_one")
    assert len(both) == 1400
    assert (both["band"].astype(int) == both["level"]).all()


def test_contradicting_levels_name_the_country_and_year(framework):
    levels = sdg_10_7_2.levels()
    wrong = levels["unit"].isin(["MDA", "PER"]) & (levels["year"] == 2021) & (levels["node"] == "overall")
    levels.loc[wrong, "level"] = 1
    with pytest.raises(InputError) as caught:
        scoring.scores_from_levels(levels, framework)
    assert len(caught.value.problems) == 2
    assert "MDA 2021" in caught.value.problems[0] and "PER 2021" in caught.value.problems[1]


def test_a_missing_domain_level_is_bounded_by_the_whole(framework):
    """Overall 4 leaves every domain at 100, published or not."""
    levels = pd.DataFrame({"unit": "XXX", "year": 2021, "node": ["overall", "D1"], "level": [4, 4]})
    scores = scoring.scores_from_levels(levels, framework).set_index("node")
    assert scores.loc["overall", "score"] == scores.loc["D1", "score"] == 100.0
