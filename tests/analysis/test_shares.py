"""The global indicator, against the published figures."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migof_research.analysis import shares
from migof_research.indicators import sdg_10_7_2, units

PUBLISHED = pd.read_csv(Path(__file__).parent.parent / "data" / "sdg_10_7_2_published.csv", dtype={"value": str})


@pytest.fixture(scope="module")
def table():
    return shares.shares(sdg_10_7_2.levels()).set_index(["m49", "node", "year", "basis"]).sort_index()


@pytest.mark.parametrize("row", list(PUBLISHED.itertuples(index=False)), ids=lambda row: f"{row.m49}-{row.node}-{row.year}")
def test_published_cells_to_their_printed_digits(table, row):
    digits = len(row.value.partition(".")[2])
    basis = "latest" if row.year == 2021 else "round"
    assert f"{table.loc[(row.m49, row.node, row.year, basis), 'share']:.{digits}f}" == f"{float(row.value):.{digits}f}"


def test_why_three_bases(table):
    world = table.loc[(1, "overall")]
    found = {(basis, year): (round(row["share"], 1), row["n"]) for (year, basis), row in world.iterrows()}
    assert found == {
        ("round", 2019): (54.1, 111), ("latest", 2021): (62.3, 138), ("round", 2021): (69.7, 89),
        ("panel", 2019): (58.1, 62), ("panel", 2021): (77.4, 62),
    }  # fmt: skip
    assert world.loc[(2021, "latest"), "coverage"] == pytest.approx(100 * 138 / 197)


def test_every_area_basis_and_node_has_a_row(table):
    assert len(table) == len(units.areas()) * 5 * 7
    empty = table[table["n"] == 0]
    assert empty["share"].isna().all() and table.loc[table["n"] > 0, "share"].between(0, 100).all()
    known = table.dropna(subset="share")
    assert (known["lower"] <= known["share"] + 1e-9).all() and (known["share"] - 1e-9 <= known["upper"]).all()
    assert (table["n"] <= table["universe"]).all()


def test_parts_of_an_area_add_up_to_it(table):
    parts = table.loc[[53, 543]].groupby(["node", "year", "basis"])[["n", "meeting"]].sum()
    pd.testing.assert_frame_equal(parts, table.loc[9][["n", "meeting"]].sort_index())
    split = table.loc[[514, 515]].groupby(["node", "year", "basis"])[["n", "meeting"]].sum()
    pd.testing.assert_frame_equal(split, table.loc[1][["n", "meeting"]].sort_index())


def test_the_change_of_the_world_and_its_parts():
    row = shares.change(sdg_10_7_2.levels()).set_index(["node", "basis"]).loc[("overall", "round")]
    assert (row["n_start"], row["n_end"], row["n_panel"]) == (111, 89, 62)
    # by hand: the panel went from 36 to 48 of 62; 24 of the 49 leavers and 14 of the 27 newcomers met
    assert row["start"] == pytest.approx(100 * 60 / 111) and row["end"] == pytest.approx(100 * 62 / 89)
    assert row["within"] == pytest.approx(100 * (48 - 36) / 89)
    assert row["left"] == pytest.approx(100 * 36 / 62 - 100 * 60 / 111)


LEVELS = st.integers(1, 4)
UNITS = ["AFG", "AGO", "ALB", "AND", "ARE", "ARG"]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.sampled_from(UNITS), st.sampled_from([2019, 2021])), LEVELS, min_size=1))
def test_the_parts_always_add_up_to_the_change(cells):
    levels = pd.DataFrame([(unit, year, "overall", level) for (unit, year), level in cells.items()], columns=["unit", "year", "node", "level"])
    found = shares.change(levels)
    np.testing.assert_allclose(found["within"] + found["joined"] + found["left"], found["change"], atol=1e-9)
    np.testing.assert_allclose(found["end"] - found["start"], found["change"], atol=1e-9)
