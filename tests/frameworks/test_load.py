"""Framework files: every fault with its place, and nothing but data."""

import pytest

from migof_research.errors import InputError
from migof_research.frameworks import load
from migof_research.frameworks.instruments import instruments
from migof_research.frameworks.instruments import table as instruments_table
from tests.frameworks.own import HEAD, depth_four, write

NODES = "nodes:\n  - {id: A, label: A, items: [{id: q1, text: one}]}\n"
FAULTS = {
    "unknown key": (HEAD + "colour: blue\n" + NODES, "line 11"),
    "unknown scale": (HEAD + NODES.replace("text: one", "text: one, scale: ten"), "no answer scale 'ten'"),
    "code twice": (HEAD + NODES + "  - {id: A, label: B, items: [{id: q2, text: two}]}\n", "used 2 times"),
    "empty node": (HEAD + NODES + "  - {id: B, label: B}\n", "neither nodes nor items"),
    "negative weight": (HEAD + NODES.replace("label: A,", "label: A, weight: -1,"), "greater than 0"),
    "no such element": (HEAD + NODES.replace("label: A,", "label: A, migof: P9,"), "migof.1: Input should be 'P1'"),
    "cuts that fall": (HEAD.replace("from: 50", "from: 0") + NODES, "rise"),
    "infinite points": (HEAD.replace("points: 1/2", "points: .inf") + NODES, "fraction"),
    "division by nought": (HEAD.replace("points: 1/2", "points: 1/0") + NODES, "fraction"),
    "key twice": (HEAD + "version: 2\n" + NODES, "given twice"),
    "an alias": (HEAD.replace("[{title: Ours}]", "&a [{title: Ours}]") + "about: *a\n" + NODES, "aliases"),
    "code in YAML": (HEAD.replace("title: A questionnaire", "title: !!python/object/apply:os.system [echo] #") + NODES, "not valid YAML"),
    "promised language": (HEAD + "languages: [en, fr]\n" + NODES, "fr"),
    "not a mapping": ("- a\n- b\n", "mapping"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told(fault, tmp_path):
    content, told = FAULTS[fault]
    with pytest.raises(InputError, match=told):
        load(write(tmp_path, content))


def test_all_faults_at_once_each_with_its_line(tmp_path):
    content = HEAD + "nodes:\n  - {id: A, label: A, items: [{id: q1, text: one, scale: ten}]}\n  - {id: B, label: B}\n"
    with pytest.raises(InputError) as error:
        load(write(tmp_path, content))
    assert len(error.value.problems) == 2
    assert "line 12" in error.value.problems[0] and "line 13" in error.value.problems[1]


def test_yes_and_no_stay_words(tmp_path):
    assert list(load(write(tmp_path, depth_four())).scales["yes_no"].points) == ["yes", "no"]


def test_an_unknown_framework_gets_the_known_ones():
    with pytest.raises(InputError, match="sdg_10_7_2"):
        load("sdg1072")


def test_every_instrument_serves_a_node_that_exists():
    assert len(instruments()) == 7
    for row in instruments_table("fr").itertuples():
        assert row.node == "overall" or load(row.framework).label(row.node)
    assert set(instruments_table().query("instrument == 'iris'")["node"]) == {"O1", "D4e"}
