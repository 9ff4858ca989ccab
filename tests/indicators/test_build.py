"""data/processed is what `migof data build` makes, and both packages are what they say they are."""

import json
import shutil

import pytest
from frictionless import validate

from migof_research import files, paths
from migof_research.indicators import datapackage
from migof_research.indicators.build import build


def test_the_committed_tables_are_what_the_builder_makes(tmp_path):
    folder = tmp_path / "processed"
    for path in build(folder):
        assert path.read_bytes() == (paths.processed() / path.name).read_bytes(), path.name


@pytest.mark.parametrize("folder", ["raw", "processed"])
def test_a_standard_tool_accepts_the_package(folder):
    report = validate(str(paths.root() / "data" / folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])[:5]


@pytest.mark.parametrize("folder", ["raw", "processed"])
def test_the_descriptor_is_that_of_the_files(folder):
    place = paths.root() / "data" / folder
    stated = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    assert stated == datapackage.describe(place)
    assert sorted(resource["path"] for resource in stated["resources"]) == sorted(path.name for path in place.glob("*.csv"))
    for resource in stated["resources"]:
        content = (place / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{files.sha256(content)}"
        assert resource["bytes"] == len(content)
        assert resource["rows"] == content.count(b"\n") - 1
        assert resource["licenses"] and resource["sources"]
        header = content.decode().splitlines()[0].split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["title"] for field in resource["schema"]["fields"])


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("AFG,2021,13,D1,3,", "AFG,2021,13,D1,5,", "constraint-error"),
        ("AFG,2021,13,D1,3,", "AFG,2021,13,D2,3,", "primary-key"),
        ("AFG,2021,13,D1,3,", "XXX,2021,13,D1,3,", "foreign-key"),
        ("AFG,2021,13,D1,3,", "AFG,2021,13,D1,three,", "type-error"),
        ("AFG,2021,13,D1,3,", "AFG,2021,13,D1,4,", "hash-count"),
    ],
)
def test_the_tool_finds_a_table_that_was_changed(tmp_path, old, new, fault):
    raw = tmp_path / "raw"
    shutil.copytree(paths.raw(), raw)
    table = raw / "sdg_10_7_2.csv"
    table.write_text(table.read_text().replace(old, new, 1))
    assert fault in {kind for (kind,) in validate(str(raw / "datapackage.json")).flatten(["type"])}


def test_namibia_is_no_missing_value():
    for folder in ("raw", "processed"):
        for resource in datapackage.resources(folder).values():
            assert resource["schema"]["missingValues"] == [""]
