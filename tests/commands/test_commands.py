"""The commands of frameworks and assessments, as a user gives them."""

import pandas as pd
import pytest
from typer.testing import CliRunner

from migof_research.cli import app
from migof_research.errors import InputError
from migof_research.frameworks import available, load
from migof_research.frameworks.crosswalk import COLUMNS
from tests.frameworks import own


def migof(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments), catch_exceptions=True)
    if isinstance(done.exception, InputError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def test_frameworks_lists_them_and_shows_one_with_its_marks():
    listed = migof("frameworks")
    assert all(id in listed for id in available())
    shown = migof("frameworks", "mgi", "--lang", "fr")
    assert "Regroupement familial" in shown and "Migration étudiante  [unverified]" in shown and "Bands (own)" in shown
    assert "yes is bad" in migof("frameworks", "apla")


def test_frameworks_checks_a_file_of_ones_own(tmp_path):
    assert "Block 8" in migof("frameworks", str(own.write(tmp_path, own.eight_blocks())))
    with pytest.raises(InputError, match="no answer scale"):
        migof("frameworks", str(own.write(tmp_path, own.eight_blocks().replace("id: B1.1", "scale: ten, id: B1.1"))))


def test_crosswalk_says_what_is_not_covered():
    assert "not covered -> D5 Mobility dimensions of crises" in migof("crosswalk", "mgi_2016", "sdg_10_7_2")
    assert "D4c Recognition of skills" in migof("crosswalk", "sdg_10_7_2", "gcm")
    assert migof("crosswalk", "mgi", "gcm", "--csv").startswith("from_node,relation,to_node")


def test_crosswalk_can_be_exported_edited_and_given_back(tmp_path):
    (tmp_path / "mine.csv").write_text(migof("crosswalk", "mgi", "gcm", "--export"), encoding="utf-8")
    assert pd.read_csv(tmp_path / "mine.csv", nrows=0).columns.tolist() == COLUMNS
    assert migof("crosswalk", "mgi", "gcm", "--table", str(tmp_path / "mine.csv")) == migof("crosswalk", "mgi", "gcm")


def test_template_then_score(tmp_path):
    migof("template", "mgi", "--out", str(tmp_path / "mgi.xlsx"), "--unit", "Ghana", "--unit", "gha-accra", "--year", "2024")
    said = migof("score", "mgi", str(tmp_path / "mgi.xlsx"), "--out", str(tmp_path / "results"))
    assert "2 assessments, 0 of 58 answers" in said
    answers, scores, bands = (pd.read_csv(tmp_path / "results" / f"{name}.csv") for name in ("answers", "scores", "bands"))
    assert set(answers["unit"]) == {"GHA", "GHA-accra"} and set(answers["missing"]) == {"not_answered"}
    assert (scores["lower"] == 0).all() and (scores["upper"] == 100).all() and scores["score"].isna().all()
    assert {"band", "to_gain_min"} <= set(bands)


def test_scored_answers_are_safe_to_open_in_a_spreadsheet(tmp_path):
    framework = load("sdg_10_7_2")
    head, line = "unit,year,item,answer,source\n", "MDA,2024,D2a,yes,\"=HYPERLINK(\"\"http://x\"\")\"\n"
    (tmp_path / "answers.csv").write_text(head + line)
    migof("score", framework.id, str(tmp_path / "answers.csv"), "--out", str(tmp_path / "out"))
    sources = pd.read_csv(tmp_path / "out" / "answers.csv", keep_default_na=False)["source"]
    assert sources[sources != ""].tolist() == ["'=HYPERLINK(\"http://x\")"]
    again = migof("score", framework.id, str(tmp_path / "out" / "answers.csv"), "--out", str(tmp_path / "again"))
    assert "1 assessments" in again


def test_example_answers_are_scored(tmp_path):
    assert "3 assessments" in migof("score", "sdg_10_7_2", "data/examples/assessment.csv", "--out", str(tmp_path))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["template", "mgi", "--out", "x.csv"], "ends in .xlsx"),
        (["template", "mgi", "--out", "x.xlsx", "--unit", "GHA"], "together"),
        (["template", "mgi", "--out", "x.xlsx", "--unit", "Nowhere", "--year", "2024"], "No country"),
        (["template", "gcm", "--out", "x.xlsx"], "no items"),
        (["data", "fetch", "everything"], "apla"),
        (["crosswalk", "gcm", "gcm"], "twice"),
        (["frameworks", "nothing"], "No framework"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MIGOF_HOME", str(own.__file__).rpartition("/tests/")[0])
    with pytest.raises(InputError, match=told):
        migof(*arguments)
    assert list(tmp_path.iterdir()) == []
