"""`migof data` as a user types it."""

import subprocess
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

from migof_research.commands.data import app
from migof_research.errors import InputError
from migof_research.indicators.hdr import URL
from tests.indicators.made_up import text


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.fixture
def hdi(tmp_path):
    path = tmp_path / "hdi.csv"
    path.write_bytes(text([["iso3", "hdi_2021", "hdi_2022"], ["NAM", "0.61", "0.62"], ["HKG", "0.9", "0.9"]]))
    return path


def test_list_names_the_command_for_what_was_never_fetched(project):
    said = run("list").output
    assert "rows 1400; years 2019-2021" in said
    assert "never fetched: migof data fetch worldbank\n" in said
    assert "never fetched: migof data fetch mgi_2016 --file FILE" in said
    assert "apla: Asylum Policies in Latin America" in said


def test_fetch_from_a_file_list_check_export(project, hdi, tmp_path):
    done = run("fetch", "hdr", "--file", hdi)
    assert done.exit_code == 0
    assert "rows 2 new, 0 changed, 0 vanished" in done.output and "HKG" in done.output
    assert "edition figures to 2022" in run("list").output
    assert run("check").output == "All tables are sound.\n"
    assert run("export", "context", "--out", tmp_path / "context.dta").exit_code == 0
    assert pd.read_stata(tmp_path / "context.dta")["value"].tolist() == [0.61, 0.62]


def test_fetch_goes_on_after_a_source_that_fails(project, service):
    service.answers[URL.removeprefix("https:/")] = text([["iso3", "hdi_2021"], ["NAM", "0.6"]])
    done = run("fetch", "undesa", "hdr", "--tries", 1)
    assert done.exit_code == 1
    assert "hdr: rows 1 new" in done.output
    assert "undesa was not fetched; there was no copy before" in done.output and "1 of 2 failed: undesa." in done.output


def test_unknown_sources_are_all_named(project):
    error = run("fetch", "hdr", "x", "y").exception
    assert isinstance(error, InputError) and "'x'" in str(error) and "'y'" in str(error)
    for arguments in ((), ("hdr", "unhcr"), ("apla",)):
        assert "name the one source" in str(run("fetch", *arguments, "--file", "a.csv").exception)


def test_check_ends_with_status_1_and_counts(project):
    file = project / "data/raw/sdg_10_7_2.csv"
    table = pd.read_csv(file, keep_default_na=False, dtype=str)
    at = table.index[(table["unit"] == "AFG") & (table["node"] == "overall")]
    table.loc[at, "level"] = "1"  # with these domain levels the whole cannot be level 1
    table.to_csv(file, index=False, lineterminator="\n")
    done = run("check")
    assert done.exit_code == 1
    assert "no answers can make these levels together" in done.output
    assert done.output.splitlines()[-1] == "2 findings."  # and the hash


def test_build_names_what_it_wrote(project):
    assert run("build").output.split() == [
        "data/processed/units.csv", "data/processed/tiles.csv", "data/processed/datapackage.json", "data/raw/datapackage.json",
    ]  # fmt: skip


def test_template_and_back(project, tmp_path):
    path = tmp_path / "mgi.xlsx"
    assert run("template", "--out", path).exit_code == 0
    table = pd.read_excel(path, dtype=str)
    table.loc[(table["unit"] == "PHL") & (table["node"] == "1"), "band"] = "mature"
    table.to_excel(path, index=False)
    assert "74 of 75 bands are not filled in" in run("fetch", "mgi_2016", "--file", path).output
    assert run("check").exit_code == 0


def test_an_error_is_a_sentence_and_status_2():
    done = subprocess.run(
        [sys.executable, "-m", "migof_research", "data", "export", "levels", "--out", "x.csv"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("There is no table 'levels'; there are sdg_10_7_2,")
