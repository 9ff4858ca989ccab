"""The tables as a whole: what there is, what is unsound about it, how one table comes of many sources."""

import os
import re
import time

import pandas as pd
import pytest

from migof_research.errors import InputError
from migof_research.indicators import catalogue, datapackage, hdr
from migof_research.indicators.build import build
from migof_research.indicators.check import check
from migof_research.indicators.context import context
from migof_research.indicators.variables import label, variables
from tests.indicators.made_up import text


def given(folder, name, rows):
    path = folder / name
    path.write_bytes(text(rows))
    return [path]


def fetch_compiled(folder, *rows):
    return catalogue.fetch("compiled", given(folder, "own.csv", [["iso3", "year", "hdi", "population"], *rows]), accept=True)


def fetch_hdr(folder, *rows):
    return catalogue.fetch("hdr", given(folder, "hdr.csv", [["iso3", "hdi_2021", "hdi_2022"], *rows]), accept=True)


def test_every_source_can_be_read_and_is_described():
    for name, known in catalogue.sources().items():
        assert known["fetch"]["by_hand"] and known["title"] and known["licenses"] and known["sources"], name
        assert ("from" in known["fetch"]) == (name in catalogue.with_service())


def test_the_listing_tells_of_tables_that_are_there_and_of_those_that_are_not(project):
    table = catalogue.listing().set_index("name")
    assert table.loc["sdg_10_7_2", ["rows", "years"]].tolist() == ["1400", "2019-2021"]
    assert re.fullmatch("[0-9a-f]{12}", table.at["units", "hash"])
    assert table.loc["worldbank", ["rows", "years", "retrieved", "hash"]].tolist() == ["", "", "", ""]


def test_a_table_comes_with_the_types_of_its_schema():
    table = catalogue.table("sdg_10_7_2")
    assert table["level"].dtype == "int64" and table["item_nonresponse"].dtype == "boolean"
    assert table["item_nonresponse"].sum() == 26 + 12 + 11 + 11 + 24 + 22 + 11
    assert catalogue.table("units").set_index("iso2").at["NA", "unit"] == "NAM"
    with pytest.raises(InputError, match="migof data fetch worldbank"):
        catalogue.table("worldbank")
    with pytest.raises(InputError, match="There is no table 'x'"):
        catalogue.table("x")


def test_a_table_without_a_service_needs_a_file(project):
    with pytest.raises(InputError, match="has no service: give a file with --file"):
        catalogue.fetch("mgi_2016")
    with pytest.raises(InputError, match="There is no source 'eurostat'"):
        catalogue.fetch("eurostat")


class TestContext:
    def test_nothing_fetched_is_an_empty_table(self, project):
        assert context().empty

    def test_what_is_asked_for_and_not_there_is_named_with_its_command(self, project):
        with pytest.raises(InputError) as error:
            context(["hdi", "remittances", "icmw", "happiness"])
        for said in ("fetch hdr", "fetch worldbank", "fetch treaties", "There is no context variable 'happiness'"):
            assert said in str(error.value)

    def test_one_value_a_unit_year_and_variable_that_of_the_first_hand_source(self, project, tmp_path):
        fetch_compiled(tmp_path, ["NAM", "2021", "0.5", "2500000"], ["NAM", "2020", "0.4", ""])
        fetch_hdr(tmp_path, ["NAM", "0.61", "0.62"])
        table = context(["hdi"])
        assert table[["unit", "year", "value", "source", "vintage"]].values.tolist() == [
            ["NAM", 2020, 0.4, "compiled", "own"],
            ["NAM", 2021, 0.61, "hdr", "figures to 2022"],
            ["NAM", 2022, 0.62, "hdr", "figures to 2022"],
        ]
        assert set(context()["variable"]) == {"hdi", "population"}

    def test_a_new_fetch_is_seen(self, project, tmp_path):
        fetch_hdr(tmp_path, ["NAM", "0.61", "0.62"])
        assert len(context()) == 2
        fetch_hdr(tmp_path, ["NAM", "0.61", "0.62"], ["KEN", "0.6", ""])
        assert len(context()) == 3

    def test_variables_have_names_in_three_languages_and_a_source(self):
        for name, known in variables().items():
            assert len({known[lang] for lang in ("en", "fr", "es")}) >= 2 and known["measured"], name
            assert known["from"] in catalogue.sources()
        assert label("hdi", "fr") == "Indice de développement humain" and label("own_variable") == "own_variable"


class TestCheck:
    def edit(self, project, path, old, new):
        file = project / "data" / path
        content = file.read_text(encoding="utf-8")
        assert old in content
        file.write_text(content.replace(old, new, 1), encoding="utf-8")

    def test_the_committed_tables_are_sound(self, project):
        assert check() == []

    def test_all_findings_at_once(self, project, tmp_path):
        fetch_hdr(tmp_path, ["NAM", "0.61", "0.62"])
        assert check() == []
        self.edit(project, "raw/hdr.csv", "NAM,2021", "NAX,2021")
        self.edit(project, "raw/sdg_10_7_2.csv", "AFG,2021,13,D1,3,", "AFG,2021,13,D1,7,")
        self.edit(project, "raw/sdg_10_7_2.csv", "AFG,2021,13,D3,", "AFG,2021,13,D2,")
        self.edit(project, "processed/units.csv", ",142,34,62,low,", ",142,34,62,poor,")
        (project / "data/raw/stray.csv").write_text("a\n1\n")
        findings = "\n".join(check())
        for said in (
            "raw/sdg_10_7_2.csv, row 3, level:",
            "primary key",
            "processed/units.csv, row 2, income:",
            "raw/stray.csv: datapackage.json does not describe it",
            "raw/hdr.csv: NAX is none of the 197 countries",
            "raw/hdr.csv differs from the copy last fetched: rows 1 new, 1 vanished",
            "raw/hdr.csv: The data source does not match the expected hash count",
        ):
            assert said in findings, findings

    def test_a_project_without_descriptor(self, project):
        (project / "data/raw/datapackage.json").write_text("")
        assert check()[0].startswith("raw/datapackage.json: describes no table")
        build()
        assert check() == []


def test_what_was_taken_from_a_file_keeps_its_place_in_the_package(project, tmp_path):
    fetch_hdr(tmp_path, ["NAM", "0.61", "0.62"])
    described = datapackage.read(project / "data/raw")
    assert described["hdr"]["retrieved"] == time.strftime("%Y-%m-%d") and described["hdr"]["rows"] == 2
    assert "retrieved" not in described["sdg_10_7_2"]
    assert "fetch" not in described["hdr"]
    build()
    assert datapackage.read(project / "data/raw") == described


def test_a_fetch_that_broke_off_long_ago_begins_anew(project, service, net):
    address = hdr.URL.removeprefix("https:/")
    service.answers[address] = text([["iso3", "hdi_2021"], ["NAM", "0.1"]])
    fetch_hdr(project.parent, ["NAM", "0.1", "0.1"], ["KEN", "0.2", "0.2"])
    with pytest.raises(InputError, match="--accept"):
        catalogue.fetch("hdr", net=net)
    service.answers[address] = text([["iso3", "hdi_2021"], ["NAM", "0.6"]])
    (waiting,) = (project.parent / "cache").glob("project-*/hdr/next")
    os.utime(waiting, (0, 0))
    catalogue.fetch("hdr", net=net, accept=True)
    assert pd.read_csv(project / "data/raw/hdr.csv")["value"].tolist() == [0.6]
