"""Good practices as a user runs them: by domain, for a reader's country, and on item answers."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.test_assessments import APLA, migof, tables


def run(out: Path, *arguments: str) -> Path:
    done = migof("run", "good-practices", *arguments, "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    return out / "good-practices"


def test_a_domain_for_a_reader_s_country(tmp_path):
    folder = run(tmp_path, "d5", "--set", "country=Moldova", "--set", "peers=nearest:6") / "D5"
    found = tables(folder)
    assert found["evidence"]["risk_difference"].astype(float).is_monotonic_decreasing and len(found["evidence"]) == 6
    assert found["holders"]["name"].tolist() == ["Mobility dimensions of crises"]
    assert "Mexico" in found["movers"]["countries"].str.cat() and (found["alike"]["kind"] == "peer").sum() == 6
    assert "naive" not in found  # on request only
    text = (folder / "report.html").read_text(encoding="utf-8")
    row = found["all-practices"].set_index("practice").loc["D5"]
    assert f"{row['has_top']:.0f} of the {row['n_top']:.0f} that are at Meets or higher" in text
    assert json.loads((folder / "manifest.json").read_text())["page"]["unit"] == "D5"


@pytest.mark.skipif(not APLA.is_file(), reason="the APLA file is not beside the project (../shared/data/apla)")
def test_items_of_a_section_and_the_naive_test(tmp_path):
    folder = run(tmp_path, "reception", "--set", f"answers={APLA}", "--set", "year=2020", "--set", "naive=true") / "reception"
    found = tables(folder)
    assert set(found["evidence"]["name"]) == set(found["naive"]["name"]) == set(found["holders"]["name"])
    everything = pd.read_csv(folder / "tables" / "all-practices.csv")
    assert len(everything) == 61 and everything[["n_top", "n_rest", "p", "q", "lower", "upper"]].notna().all(axis=None)
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert "not evidence" in text and "fewer than 5" in text
    assert "Not: " in text  # a question whose good answer is no is said as such


def test_a_domain_that_is_not_there(tmp_path):
    done = migof("run", "good-practices", "D9", "--out", str(tmp_path))
    assert done.returncode == 2 and "all, D1, D2" in done.stderr
