"""Distances equal to R's cluster::daisy; peers, aspirational peers, strengths and gaps."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migof_research import paths
from migof_research.analysis import peers
from migof_research.errors import InputError
from migof_research.indicators import units
from tests.analysis import PSYCH

CONTEXT_FILE = Path(paths.root()).parent / "shared" / "data" / "context.csv"


def test_gower_equals_daisy():
    data = pd.read_csv(PSYCH / "gower_data.csv", dtype={"income": str})
    data["income"] = pd.Categorical(data["income"], sorted(data["income"].unique()), ordered=True)
    expected = pd.read_csv(PSYCH / "gower_daisy.csv")
    assert data.isna().sum().sum() == 2
    assert peers.gower(data).to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-12)


def test_weights_scale_a_variable():
    data = pd.DataFrame({"kind": ["a", "b", "a"], "number": [0.0, 0.0, 10.0]}, index=list("xyz"))
    found = peers.gower(data, {"kind": 3})
    assert found.loc["x", "y"] == 0.75 and found.loc["x", "z"] == 0.25 and found.loc["x", "x"] == 0


def test_nearest_are_by_distance_then_code_and_only_among_those_given():
    distances = pd.DataFrame([[0, 0.2, 0.1, 0.2, np.nan]], index=["MDA"], columns=["MDA", "UKR", "ROU", "ALB", "XKX"])
    assert peers.nearest(distances, "MDA", 2, ["UKR", "ALB", "ROU", "MDA", "XKX"])["peer"].tolist() == ["ROU", "ALB"]
    assert peers.nearest(distances, "MDA", 9, ["UKR", "XKX"])["peer"].tolist() == ["UKR"]


def test_aspirational_peers_are_exactly_one_band_higher():
    distances = pd.DataFrame(0.0, index=["A"], columns=list("ABCDE")) + [0, 0.3, 0.1, 0.2, 0.1]
    band = pd.Categorical(["low", "mid", "high", "mid", None], ["low", "mid", "high"], ordered=True)
    bands = pd.DataFrame({"unit": list("ABCDE"), "node": "overall", "band": band})
    assert peers.aspirational(distances, bands, "A")["peer"].tolist() == ["D", "B"]
    assert peers.aspirational(distances, bands.assign(band=band[::-1]), "A").empty  # without a sure band


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.sampled_from([True, False, None]), min_size=4, max_size=4), min_size=2, max_size=8))
def test_no_practice_is_both_a_strength_and_a_gap(answers):
    rows = [(f"U{i}", f"p{j}", has) for i, row in enumerate(answers) for j, has in enumerate(row)]
    held = pd.DataFrame(rows, columns=["unit", "practice", "has"]).astype({"has": "boolean"})
    found = peers.strengths_and_gaps(held, "U0", [f"U{i}" for i in range(1, len(answers))])
    assert found["practice"].is_unique
    own = dict(zip([f"p{j}" for j in range(4)], answers[0], strict=True))
    for practice, kind, having, n, share in found.itertuples(index=False):
        known = [row[int(practice[1])] for row in answers[1:] if row[int(practice[1])] is not None]
        assert (having, n) == (sum(known), len(known)) and share == 100 * having / n
        assert (own[practice], share < 100 / 3) == (True, True) if kind == "strength" else (own[practice], share > 50) == (False, True)


def test_context_from_the_units_table():
    table = peers.context(units.units())
    assert len(table) == 197 and table["income"].cat.ordered
    assert not pd.api.types.is_numeric_dtype(table["sdg_region"])  # codes are kinds
    with pytest.raises(InputError, match="no context variable 'rainfall'"):
        peers.context(units.units(), ["income", "rainfall"])


def test_the_last_figure_not_after_the_year_is_taken():
    rows = [("MDA", 2018, 7.0), ("MDA", 2019, 8.0), ("MDA", 2022, 9.0), ("ROU", 2015, np.e), ("ROU", 2016, np.nan)]
    figures = pd.DataFrame(rows, columns=["unit", "year", "value"]).assign(variable="people", source="made up")
    found = peers.context(units.units(), ["people", "log:people"], figures, year=2020)
    assert found.loc["MDA", "people"] == 8 and found.loc["ROU", "log:people"] == 1 and np.isnan(found.loc["FRA", "people"])


@pytest.mark.skipif(not CONTEXT_FILE.is_file(), reason="../shared/data/context.csv is not there")
def test_neighbours_in_real_context_are_plausible():
    """Moldova on region, income, people, income per head and migrant share: its nearest are in its own region."""
    raw = pd.read_csv(CONTEXT_FILE, keep_default_na=False, na_values=[""], dtype={"iso3": str})
    variables = ["population", "gdp_pc_ppp_const2021", "migrant_share_2020_pct"]
    figures = raw.melt(["iso3", "year"], variables, value_name="value").rename(columns={"iso3": "unit"})
    table = peers.context(units.units(), ["sdg_region", "income", *(f"log:{v}" for v in variables)], figures, year=2021)
    found = peers.nearest(peers.gower(table), "MDA", 5, table.index)
    assert len(found) == 5 and found["distance"].is_monotonic_increasing and found["distance"].max() < 0.2
    assert (units.units().set_index("unit").loc[found["peer"], "sdg_region"] == 513).all()
    assert not np.isnan(table.loc["NAM", "log:population"])


def test_the_nearest_are_asked_for_as_text():
    countries = ["ROU", "UKR", "GEO", "MDA", "BOL", "PRY", "NPL"]
    distances, k = peers.nearness("nearest:2:income,lldc*3", countries)
    assert k == 2 and set(distances.index) == set(countries)
    assert distances.loc["BOL", "PRY"] == 1 / 2 / 4  # both landlocked; one of two steps of income apart
    assert peers.nearness("nearest", countries)[1] == 10


WRONG = {
    "nearest:few": "nearest:K", "nearest:3:rainfall": "rainfall", "nearest:3:income*-1": "no weight", "nearest:3:income*x": "no weight",
}  # fmt: skip


@pytest.mark.parametrize(("how", "message"), WRONG.items())
def test_what_is_asked_for_wrongly_is_told(how, message):
    with pytest.raises(InputError, match=message):
        peers.nearness(how, ["MDA", "ROU"])
