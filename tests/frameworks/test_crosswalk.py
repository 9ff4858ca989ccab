"""How frameworks map: directly, through MiGOF, or not at all."""

import itertools

import pandas as pd
import pytest

from migof_research.errors import InputError
from migof_research.frameworks import available, load
from migof_research.frameworks.crosswalk import COLUMNS, NOT_COVERED, between, item_links, table
from tests.frameworks.own import eight_blocks, write

ELEMENTS = ["P1", "P2", "P3", "O1", "O2", "O3"]


def targets(links: pd.DataFrame, node: str) -> set[str]:
    return set(links.loc[links.iloc[:, 0] == node, "to_node"]) - {""}


@pytest.mark.parametrize("id", [id for id in available() if id != "migof"])
def test_every_node_reaches_migof_or_is_not_covered(id):
    links = between(id, "migof").set_index("from_node")
    for node in load(id).walk():
        relation = links.loc[[node.id], "relation"]
        assert len(relation) and ((relation == NOT_COVERED).all() or set(links.loc[[node.id], "to_node"]) <= set(ELEMENTS))
    assert set(item_links(id, "migof")["item"]) == {item.id for item in load(id).items()}


def test_every_pair_has_an_answer_for_every_node_on_both_sides():
    for one, other in itertools.permutations(available(), 2):
        links = between(one, other)
        assert {node.id for node in load(one).walk()} <= set(links["from_node"])
        reached = set(links["to_node"])
        second = load(other)
        for node in second.walk():
            line = {node.id, second.parents[node.id]} | {part.id for part in (*node.walk(), *node.all_items())}
            assert reached & line, (one, other, node.id)


def test_domains_of_10_7_2_and_dimensions_of_the_indicators_are_the_elements_as_stated():
    for id, nodes in (("sdg_10_7_2", ["D1", "D2", "D3", "D4", "D5", "D6"]), ("mgi", list("123456"))):
        links = between(id, "migof")
        assert links["to_node"].tolist() == ELEMENTS and links["from_node"].tolist() == nodes
        assert (links["basis"] == "stated").all()


def test_the_index_of_2016_does_not_cover_crises():
    links = between("mgi_2016", "sdg_10_7_2")
    gap = links[links["relation"] == NOT_COVERED]
    assert gap[["from_node", "to_node"]].values.tolist() == [["", "D5"]]


def test_gcm_objectives_of_the_elements():
    links = between("migof", "gcm")
    assert targets(links, "P1") == {"4", "7", "13", "14", "15", "17"}
    assert targets(links, "O1") == {"5", "6", "16", "18", "19", "20", "22"}
    assert targets(links, "O3") == {"3", "5", "8", "9", "10", "11", "12", "13", "21"}


def test_items_map_directly_where_that_is_known():
    links = item_links("sdg_10_7_2", "gcm")
    assert targets(links, "D4c") == {"18"} and targets(links, "D6e") == {"9", "10"} and targets(links, "D4d") == {"20"}
    assert links.loc[links["item"] == "D2a", "relation"].tolist() == [NOT_COVERED]
    targets_of_sdg = item_links("sdg_10_7_2", "sdg_targets")
    assert targets(targets_of_sdg, "D4d") == {"10.7", "10.c"}


def test_a_link_through_migof_is_weaker_and_stated_only_if_both_parts_are():
    composed = between("mgi", "sdg_10_7_2").set_index("from_node").loc["1"]
    assert (composed["relation"], composed["basis"], composed["via"]) == ("closeMatch", "stated", "P1")
    inferred = between("mgi_2016", "sdg_10_7_2").set_index("from_node").loc["1"]
    assert (inferred["to_node"], inferred["basis"]) == ("D2", "inferred")
    assert set(between("mcof", "gcm").query("via != ''")["relation"]) == {"relatedMatch"}


def test_the_other_direction_turns_broader_into_narrower():
    there = between("sdg_10_7_2", "gcm").query("from_node == 'D4c'")
    back = between("gcm", "sdg_10_7_2").query("to_node == 'D4c'")
    assert there["relation"].tolist() == ["broadMatch"] and back["relation"].tolist() == ["narrowMatch"]


def test_a_framework_of_ones_own_maps_by_its_file(tmp_path):
    own = load(write(tmp_path, eight_blocks()))
    assert targets(between(own, "migof"), "B1") == {"P2"}
    assert targets(item_links(own, "sdg_10_7_2"), "B3.1") == {"D1"}


def test_a_table_of_ones_own_takes_the_place_of_the_packages(tmp_path):
    mine = table()
    mine.loc[(mine["from_framework"] == "sdg_10_7_2") & (mine["from_node"] == "D1"), "to_node"] = "O3"
    mine = mine.drop_duplicates(["from_framework", "from_node", "to_framework", "to_node"])
    mine = mine[~((mine["from_framework"] == "sdg_10_7_2") & (mine["to_framework"] != "migof"))]
    mine.to_csv(tmp_path / "mine.csv", index=False)
    assert targets(between("sdg_10_7_2", "migof", tmp_path / "mine.csv"), "D1") == {"O3"}
    assert targets(between("sdg_10_7_2", "migof"), "D1") == {"P1"}


def test_every_fault_of_a_table_is_told_with_its_row(tmp_path):
    rows = [
        ["sdg_10_7_2", "D1", "sameAs", "migof", "P1", "stated", "x", "1"],
        ["nowhere", "D1", "closeMatch", "migof", "P1", "stated", "x", "1"],
        ["sdg_10_7_2", "D9", "closeMatch", "migof", "P1", "guessed", "", "1"],
        ["sdg_10_7_2", "D2", "closeMatch", "migof", "P2", "stated", "x", "1"],
        ["sdg_10_7_2", "D2", "broadMatch", "migof", "P2", "stated", "x", "1"],
    ]
    pd.DataFrame(rows, columns=COLUMNS).to_csv(tmp_path / "mine.csv", index=False)
    with pytest.raises(InputError) as error:
        table(tmp_path / "mine.csv")
    told = error.value.problems
    places = ["row 2, column relation", "row 4, column basis", "row 3, column from_framework", "row 4, column from_node"]
    assert all(any(place in line for line in told) for place in [*places, "row 4, column source", "row 6"])
    assert len(told) == 6


def test_a_table_without_its_columns_or_not_there(tmp_path):
    (tmp_path / "mine.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="no column from_framework"):
        table(tmp_path / "mine.csv")
    with pytest.raises(InputError, match="cannot be read"):
        table(tmp_path / "absent.csv")
