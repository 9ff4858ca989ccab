"""What is new, what changed and what vanished between two editions of a table."""

from collections.abc import Sequence

import pandas as pd

NEW, CHANGED, VANISHED = "new", "changed", "vanished"


def compare(old: pd.DataFrame, new: pd.DataFrame, keys: Sequence[str], passed_over: Sequence[str] = ("vintage",)) -> pd.DataFrame:
    """One row a difference: ``change``, the ``keys``, ``column, old, new``; no rows where nothing differs.

    A row of which only one edition has the keys is new or vanished, once for each of its other columns that holds a
    value; ``passed_over`` are columns that are no figures. Values are compared as texts, as they stand in a CSV file.
    """
    columns = [name for name in new.columns if name not in (*keys, *passed_over)]
    before, after = (_long(table, keys, columns) for table in (old, new))
    both = before.to_frame("old").join(after.to_frame("new"), how="outer").fillna("")
    differ = both[both["old"] != both["new"]].reset_index()
    known = set(old[list(keys)].astype(str).itertuples(index=False, name=None))
    present = set(new[list(keys)].astype(str).itertuples(index=False, name=None))
    rows = differ[list(keys)].itertuples(index=False, name=None)
    differ["change"] = [NEW if row not in known else VANISHED if row not in present else CHANGED for row in rows]
    return differ[["change", *keys, "column", "old", "new"]].sort_values(["change", *keys, "column"], ignore_index=True)


def summary(changes: pd.DataFrame, keys: Sequence[str]) -> dict[str, int]:
    """The number of rows of the table that are new, changed and vanished."""
    rows = changes.drop_duplicates(["change", *keys])["change"].value_counts()
    return {kind: int(rows.get(kind, 0)) for kind in (NEW, CHANGED, VANISHED)}


def _long(table: pd.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> pd.Series:
    texts = table.reindex(columns=[*keys, *columns]).astype("object")
    texts = texts.where(texts.notna(), "").astype(str)
    long = texts.set_index(list(keys)).rename_axis(columns="column").stack()
    return long[long != ""]
