"""The changes between two editions: old and changes give new."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from migof_research.indicators.changes import compare, summary

KEYS = ["unit", "year"]
EDITION = st.dictionaries(
    st.tuples(st.sampled_from(["NAM", "KEN", "CIV"]), st.sampled_from(["2019", "2021"])),
    st.tuples(st.sampled_from(["1", "2", "3"]), st.sampled_from(["", "true", "false"])),
)


def table(edition):
    rows = [(*key, *values) for key, values in edition.items()]
    return pd.DataFrame(rows, columns=[*KEYS, "value", "flag"], dtype=str)


@settings(deadline=None)
@given(EDITION, EDITION)
def test_the_old_edition_and_the_changes_give_the_new_one(old, new):
    found = compare(table(old), table(new), KEYS)
    cells = {(*key, column): value for key, row in old.items() for column, value in zip(("value", "flag"), row, strict=True) if value}
    for row in found.itertuples():
        key = (row.unit, row.year, row.column)
        assert cells.pop(key, "") == row.old != row.new
        if row.new:
            cells[key] = row.new
    assert cells == {
        (*key, column): value for key, row in new.items() for column, value in zip(("value", "flag"), row, strict=True) if value
    }
    counted = {"new": len(new.keys() - old.keys()), "changed": 0, "vanished": len(old.keys() - new.keys())}
    counted["changed"] = sum(old[key] != new[key] for key in old.keys() & new.keys())
    assert summary(found, KEYS) == counted


def test_the_vintage_is_no_figure():
    first = pd.DataFrame({"unit": ["NAM"], "year": [2019], "value": ["1"], "vintage": ["2020"]})
    assert compare(first, first.assign(vintage="2024"), KEYS).empty
