"""Every form of indicator 10.7.2 gives the same table; what cannot be understood is named with its place."""

import json

import pandas as pd
import pytest

from migof_research import files, paths
from migof_research.errors import InputError
from migof_research.indicators import sdg_formats
from tests.indicators import made_up


def as_stored(table):
    return files.to_csv(table).decode()


@pytest.fixture(scope="module")
def ours():
    return (paths.raw() / "sdg_10_7_2.csv").read_text(encoding="utf-8")


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


FORMS = {
    "records.json": lambda: json.dumps({"data": made_up.records()}).encode(),
    "list.json": lambda: json.dumps(made_up.records()).encode(),
    "brackets.csv": lambda: made_up.text(made_up.export()),
    "no-brackets.csv": lambda: made_up.text(made_up.export("Policy Domains"), encoding="utf-8-sig"),
    "semicolons.csv": lambda: made_up.text(made_up.export("PolicyDomains"), delimiter=";"),
    "utf16.csv": lambda: made_up.text(made_up.export(), encoding="utf-16"),
    "goal10.xlsx": lambda: made_up.workbook({"About": [["Exported"]], "Goal10": made_up.export()}),
    "sdmx.csv": lambda: made_up.text(made_up.sdmx_csv()),
    "sdmx.xml": made_up.sdmx_xml,
    "own.csv": lambda: (paths.raw() / "sdg_10_7_2.csv").read_bytes(),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_table(tmp_path, ours, name):
    found = sdg_formats.read(written(tmp_path, name, FORMS[name]()))
    assert as_stored(found.table) == ours
    assert found.notes == []


@pytest.mark.parametrize("series", ["SG_CPA_MIGR", "SG_CPA_MIGRS"])
def test_a_release_file_of_one_round(tmp_path, ours, series):
    path = written(tmp_path, "release.txt", made_up.text(made_up.release(series), delimiter="\t"))
    first_round = "".join(line for line in ours.splitlines(keepends=True) if ",2021," not in line)
    assert as_stored(sdg_formats.read(path).table) == first_round


def test_a_release_file_of_two_rounds_gives_both_and_no_flag_of_either(tmp_path):
    head = ["seriesCode", "geoAreaCode", "policyDomainsCode", "value_2019", "value_2021", "value_latest_year", "latest_year", "footnotes"]
    row = ["SG_CPA_MIGRS", "004", "ALLDOMAINS", "2", "3.0", "3", "2021", made_up.NOTE]
    table = sdg_formats.read(written(tmp_path, "two.tsv", made_up.text([head, row], delimiter="\t"))).table
    assert table[["year", "round", "level"]].values.tolist() == [[2019, 12, 2], [2021, 13, 3]]
    assert table["item_nonresponse"].isna().all()


def test_pages_of_one_download_are_one_table(tmp_path, ours):
    everything = made_up.records()
    pages = [
        written(tmp_path, f"page-{n}.json", json.dumps({"data": everything[start : start + 500]}).encode())
        for n, start in enumerate(range(0, len(everything), 500))
    ]
    assert as_stored(sdg_formats.read(*pages).table) == ours


def test_unanswered_areas_and_other_series_are_no_levels(tmp_path, ours):
    sheet = made_up.export()
    sheet += [["10", "10.7", "10.7.2", "SG_CPA_MIGRS", "", 36, "Australia", 2021, "N", "", "ALLDOMAINS", "G"]]
    sheet += [["10", "10.7", "10.7.2", "SG_CPA_MIGRP", "", 1, "World", 2019, 54.1, "", "ALLDOMAINS", "G"]]
    sheet += [["10", "10.7", "10.7.2", "SG_CPA_MIGRS", "", 419, "Latin America and the Caribbean", 2019, 3, "", "ALLDOMAINS", "G"]]
    sheet += [["10", "10.c", "10.c.1", "SI_RMT_COST", "", 4, "Afghanistan", 2019, 7.3, "", "", "G"]]
    found = sdg_formats.read(written(tmp_path, "all.csv", made_up.text(sheet)))
    assert as_stored(found.table) == ours
    assert found.notes == []


def test_a_territory_outside_the_universe_and_national_figures_are_named(tmp_path, ours):
    sheet = made_up.export()
    sheet += [["10", "10.7", "10.7.2", "SG_CPA_MIGRS", "", 412, "Kosovo", 2021, 3, "", "ALLDOMAINS", "G"]]
    sheet += [["10", "10.7", "10.7.2", "SG_CPA_MIGRS", "", 250, "France", 2021, 4, "", "ALLDOMAINS", "N"]]
    sheet += [["10", "10.c", "10.c.1", "SI_RMT_COST", "", 4, "Afghanistan", 2019, 7.3, "", "", "N"]]
    found = sdg_formats.read(written(tmp_path, "all.csv", made_up.text(sheet)))
    assert as_stored(found.table) == ours
    assert any("412 Kosovo" in note for note in found.notes)
    assert any("1 rows of reporting type" in note for note in found.notes)
    assert len(found.notes) == 2


def test_a_new_round_simply_appears(tmp_path, ours):
    sheet = made_up.export() + [["10", "10.7", "10.7.2", "SG_CPA_MIGRS", "", 516, "Namibia", 2023, "4", "", "DOMAIN6", "G"]]
    found = sdg_formats.read(written(tmp_path, "2023.csv", made_up.text(sheet)))
    (row,) = found.table[found.table["year"] == 2023].itertuples()
    assert (row.unit, row.round, row.node, row.level, row.item_nonresponse) == ("NAM", 14, "D6", 4, pd.NA)
    assert found.notes == ["2023 is taken for round 14 of the Inquiry."]
    assert found.vintage == "years 2019, 2021, 2023"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (8, "5", "row 3: value '5' is not a level from 1 to 4"),
        (8, "2.5", "value '2.5' is not a level"),
        (8, "2019-03-01", "value '2019-03-01' is not a level"),
        (7, "2O19", "year '2O19' is not a year"),
        (7, "1999", "year '1999' is not a year from 2019 on"),
        (10, "DOMAIN7", "domain 'DOMAIN7' is not a policy domain"),
    ],
)
def test_a_figure_that_cannot_be_understood_is_named(tmp_path, column, value, said):
    sheet = made_up.export()
    sheet[2][column] = value
    with pytest.raises(InputError) as error:
        sdg_formats.read(written(tmp_path, "odd.csv", made_up.text(sheet)))
    assert said in str(error.value)


def test_two_levels_of_one_country_are_a_contradiction(tmp_path):
    sheet = made_up.export()
    again = [*sheet[1]]
    again[8] = 1 if sheet[1][8] != 1 else 2
    with pytest.raises(InputError, match="given twice, differently"):
        sdg_formats.read(written(tmp_path, "twice.csv", made_up.text([*sheet, again])))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.csv", b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "a web page, not a table"),
        ("empty.csv", b"", "empty"),
        ("other.csv", b"a,b\n1,2\n", "no row has the headings"),
        ("none.json", b'{"message": "error"}', "no list of records"),
        ("broken.json", b'{"data": [', "cannot be read as JSON"),
        ("broken.xml", b"<mes:Gen", "SDMX message"),
        ("broken.xlsx", b"PK\x03\x04 and nothing else", "cannot be opened as a workbook"),
        ("shares.csv", made_up.text([made_up.export()[0], ["10", "", "", "SG_CPA_MIGRP", "", 1, "World", 2019, 54, "", "ALLDOMAINS", "G"]]),
         "no figures of series SG_CPA_MIGRS; found SG_CPA_MIGRP"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_the_indicator_is_refused(tmp_path, name, content, said):
    with pytest.raises(InputError, match=said):
        sdg_formats.read(written(tmp_path, name, content))
