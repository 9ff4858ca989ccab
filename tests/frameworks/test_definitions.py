"""The frameworks that come with the package."""

import pytest

from migof_research.frameworks import LANGUAGES, available, load

SIZES = {  # nodes, items (domain facts)
    "migof": (6, 0), "sdg_10_7_2": (6, 30), "sdg_10_7_2_2016": (6, 0), "mgi_2016": (5, 23), "mgi": (6, 29), "mgi_local": (6, 8),
    "gcm": (23, 0), "sdg_targets": (8, 0), "mcof": (21, 0), "apla": (7, 61),
}  # fmt: skip


def test_all_frameworks_are_there_with_their_sizes():
    assert {id: (len(list(load(id).walk())), len(load(id).items())) for id in available()} == SIZES


@pytest.mark.parametrize("id", SIZES)
def test_every_text_is_in_three_languages(id):
    framework = load(id)
    texts = [framework.title, *(node.label for node in framework.walk()), *(item.text for item in framework.items())]
    assert all(text.missing(LANGUAGES) == [] for text in texts)


def test_cuts_that_are_our_own_are_marked_so():
    bases = {id: load(id).bands.basis for id in available() if load(id).own_bands}
    assert bases == {"sdg_10_7_2": "stated", "mgi_2016": "own", "mgi": "own", "mgi_local": "own", "apla": "own"}


def test_what_was_not_read_in_a_source_is_marked_unverified():
    assert all(node.basis == "unverified" for node in load("mcof").node("sectors").nodes)
    marked = {item.id for item in load("mgi").items() if item.basis == "unverified"}
    dimensions = {"4.2", "4.3", "4.4", "4.5", "4.6"}, {"5.1", "5.2", "5.3"}, {"6.1", "6.2", "6.3", "6.4", "6.5"}
    assert marked == set().union(*dimensions)


def test_the_index_of_2016_has_four_bands_as_answers():
    framework = load("mgi_2016")
    assert list(framework.scales["band"].points) == framework.bands.ids == ["nascent", "emerging", "developed", "mature"]


def test_the_four_unclear_items_of_apla_are_left_out_and_said_so():
    framework = load("apla")
    unclear = ("Q7", "Q278", "LA5", "LA63")
    assert not {item.id for item in framework.items()} & set(unclear)
    assert all(id in framework.about.en for id in unclear)
    assert sum(item.yes_is == "bad" for item in framework.items()) == 13
