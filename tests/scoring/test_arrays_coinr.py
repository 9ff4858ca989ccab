"""Aggregates of an independent implementation, COINr 1.1.14, on its ASEM data: three levels, three kinds of mean."""

import pandas as pd
import pytest

from migof_research.frameworks import Framework
from migof_research.scoring import arrays
from tests.analysis import COINR, needs_coinr

pytestmark = needs_coinr


def asem(how: str) -> Framework:
    tree = pd.read_csv(COINR / "asem_imeta.csv").query("Type in ['Indicator', 'Aggregate']")

    def below(parent: str) -> list[dict]:
        found = []
        for row in tree[tree["Parent"] == parent].itertuples():
            one = {"id": row.iCode, "weight": row.Weight}
            inner = "items" if (tree[tree["Parent"] == row.iCode]["Level"] == 1).any() else "nodes"
            found.append(one | ({"text": row.iCode} if row.Level == 1 else {"label": row.iCode, inner: below(row.iCode)}))
        return found

    return Framework(
        id="asem", version="1", title="ASEM", sources=[{"title": "COINr"}], nodes=below("Index"), aggregation=how,
        scales={"yes_no": [{"answer": "yes", "points": 1}, {"answer": "no", "points": 0}]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("how", "data", "result"),
    [
        ("mean", "dset_normalised", "dset_aggregated"),
        ("mean", "norm_minmax_1_100", "agg_a_amean"),
        ("geometric", "norm_minmax_1_100", "agg_a_gmean"),
        ("harmonic", "norm_minmax_1_100", "agg_a_hmean"),
    ],
)
def test_aggregates_equal_coinr(how, data, result):
    fw = asem(how)
    values = pd.read_csv(COINR / f"{data}.csv", index_col="uCode")
    expected = pd.read_csv(COINR / f"{result}.csv", index_col="uCode").loc[values.index]
    values = values[[item.id for item in fw.items()]].to_numpy()
    for node in (None, *fw.walk()):
        theirs = expected[node.id if node else "Index"].to_numpy()
        assert arrays.score(fw, values, node) == pytest.approx(theirs, rel=1e-12, abs=1e-12)
