"""Paths to the next band: the optimum of every case of up to 12 items is that of trying all sets."""

import math
from fractions import Fraction
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migof_research.analysis import pathways
from migof_research.scoring.answers import node_scores
from tests.analysis import made_up


@st.composite
def cases(draw):
    """A framework of up to 12 items with unequal weights, half answers, prerequisites and exclusions; answers and costs."""
    n = draw(st.integers(2, 12))
    ids = [f"q{i}" for i in range(n)]
    some = st.lists(st.sampled_from(ids), max_size=2, unique=True)
    items = []
    for i, id in enumerate(ids):
        requires = [other for other in draw(some) if other in ids[:i]]
        excludes = [other for other in draw(some) if other != id and other not in requires]
        weight = draw(st.sampled_from(["1", "2", "1/3", "5/7"]))
        items.append({"id": id, "text": id, "weight": weight, "requires": requires, "excludes": excludes})
    cut = n // 2
    nodes = [{"id": "A", "label": "A", "items": items[:cut]}, {"id": "B", "label": "B", "weight": 2, "items": items[cut:]}]
    fw = made_up.framework((0, 30, 60, 90), nodes=nodes, aggregation=draw(st.sampled_from(["mean", "pooled"])))
    values = {id: draw(st.sampled_from([Fraction(0), Fraction(0), Fraction(1, 2), Fraction(1), None])) for id in ids}
    cost = {id: draw(st.integers(1, 9)) for id in ids}
    return fw, values, cost


def allowed(fw, values, chosen) -> bool:
    """By the wording of the framework file: what is required is there, what is excluded is not."""
    there = {item for item, value in values.items() if value == 1} | set(chosen)
    items = {item.id: item for item in fw.items()}
    return all(set(items[item].requires) <= there for item in chosen) and not any(
        other in there and item in there and (item in chosen or other in chosen) for item in items for other in items[item].excludes
    )


def by_trying_all(fw, values, cost, node, safety) -> dict[frozenset, int]:
    """Every set of measures that reaches the next band, whichever ``safety`` of its measures fail, with its cost."""
    found = pathways.task(values, fw, node)
    gain = dict(zip(found.measures, found.gains, strict=True))
    good = {}
    for size in range(1, len(gain) + 1):
        for chosen in combinations(gain, size):
            left = sorted(gain[item] for item in chosen)[: max(size - safety, 0)]
            if sum(left) >= found.needed and allowed(fw, values, chosen):
                good[frozenset(chosen)] = sum(cost[item] for item in chosen)
    return good


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cases(), st.integers(0, 2), st.sampled_from([None, "A", "B"]))
def test_the_best_sets_are_those_of_trying_all(case, safety, node):
    fw, values, cost = case
    node = fw.node(node) if node else None
    found = pathways.task(values, fw, node)
    if found is None:  # in the top band already
        return
    possible = by_trying_all(fw, values, cost, node, safety)
    sets = pathways.best_sets(found, cost, k=3, safety=safety)
    for chosen in sets:
        assert possible[frozenset(chosen)] == min(possible.values())
        raised = node_scores(fw, node, values | dict.fromkeys(chosen, Fraction(1)))[0]
        assert 100 * raised >= fw.bands.band(found.band).from_ > 100 * found.score
        possible = {other: price for other, price in possible.items() if not other >= set(chosen)}
    assert len(sets) == 3 or not possible


FW = made_up.framework((0, 50), domains=2, items=3)


def unit(**values: int) -> dict[str, Fraction]:
    return {item.id: Fraction(values.get(item.id, 0)) for item in FW.items()}


def test_kinds_of_paths():
    """From one of six to three of six: two measures, or three of which any may fail; the usual ones are those peers have."""
    usual = pd.Series({"A1": 1.0, "A2": 2.0, "A3": 3.0, "B1": 1.1, "B2": 1.2, "B3": 3.0})
    found = pathways.paths(unit(A1=1), FW, usual=usual)
    sets = {kind: set(group["item"]) for kind, group in found.groupby("kind", observed=True)}
    assert sets == {"smallest": {"B1", "B2"}, "usual": {"B1", "B2"}, "robust": {"B1", "B2", "A2"}}
    assert found.loc[found["kind"] == "smallest", "score"].tolist() == [50, 50]
    assert found.loc[found["kind"] == "robust", "score"].iloc[0] == pytest.approx(400 / 6)
    cost = pd.Series({"A2": 9, "A3": 1, "B1": 9, "B2": 9, "B3": 1})
    cheapest = pathways.paths(unit(A1=1), FW, cost=cost).query("kind == 'cheapest'")
    assert cheapest["item"].tolist() == ["A3", "B3"] and cheapest["cost"].sum() == 2


def test_no_path_from_the_top_and_none_where_measures_exclude_each_other():
    assert pathways.paths(unit(A1=1, A2=1, B1=1), FW).empty
    either = [{"id": f"q{i}", "text": "x", "excludes": [f"q{j}" for j in range(3) if j != i]} for i in range(3)]
    fw = made_up.framework((0, 60), nodes=[{"id": "A", "label": "A", "items": either}])
    assert pathways.paths({f"q{i}": Fraction(0) for i in range(3)}, fw).empty


def test_what_peers_have_is_usual():
    held = pd.DataFrame({"unit": list("abab"), "year": 2020, "practice": ["A1", "A1", "A2", "A2"], "has": [True, True, False, True]})
    assert pathways.usual_cost(held.astype({"has": "boolean"})).to_dict() == pytest.approx(
        {"A1": 1 - math.log(2.5 / 3), "A2": 1 - math.log(1.5 / 3)}
    )
