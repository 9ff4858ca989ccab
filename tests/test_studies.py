"""The studies of the whole world as a user runs them: on the published levels, and on item answers where those are there."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from migof_research.paths import root

APLA = root().parent / "shared" / "data" / "apla" / "APLA_Database.csv"
CONTEXT = root().parent / "shared" / "data" / "context.csv"


def run(study: str, out: Path, *settings: str, lang: str = "en") -> Path:
    given = [part for setting in settings for part in ("--set", setting)]
    command = [sys.executable, "-m", "migof_research", "run", study, *given, "--lang", lang, "--out", str(out)]
    done = subprocess.run(command, cwd=root(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr + done.stdout
    return out / study / "world" / ("" if lang == "en" else lang)


def text(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {path.stem: pd.read_csv(path, keep_default_na=False) for path in (folder / "tables").glob("*.csv")}


def test_robustness(tmp_path):
    folder = run("robustness", tmp_path, "country=Moldova", "draws=64")
    found = tables(folder)
    assert {"by-band", "choices", "left-out", "own-weights", "units", "indices", "results", "draws"} <= set(found)
    assert len(found["units"]) == 138 and len(found["draws"]) == 128 and len(found["indices"]) == 138 * 3 * 5
    assert "Republic of Moldova is in Meets (2021)" in text(folder) and "alone: noise" in text(folder)
    assert "this is no league table" in text(folder) and "ranks" not in found


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    one, two = (run("robustness", tmp_path / name, "draws=16") for name in ("one", "two"))
    names = sorted(path.relative_to(one) for path in one.rglob("*") if path.suffix in (".csv", ".svg", ".png"))
    assert names and all((one / name).read_bytes() == (two / name).read_bytes() for name in names)


def test_coherence(tmp_path):
    folder = run("coherence", tmp_path, "ladder=true")
    assert len(tables(folder)["items"]) == 6 and len(tables(folder)["ladder"]) == 6
    assert "a low value does not condemn the index" in text(folder)


def test_context(tmp_path):
    folder = run("context", tmp_path)
    assert "138 of 197 countries answered (70%)" in text(folder) and "Context says little" in text(folder)
    assert "This is association among countries that answered, not cause" in text(folder)
    assert tables(folder)["model"]["name"].str.contains("Income group").any()


def test_insights_in_french(tmp_path):
    folder = run("insights", tmp_path, lang="fr")
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["page"]["lang"] == "fr"
    assert "Afrique subsaharienne" in text(folder)


@pytest.mark.skipif(not APLA.is_file(), reason="the APLA file is not beside the project (../shared/data/apla)")
@pytest.mark.parametrize("study", ["robustness", "coherence", "insights"])
def test_item_answers(tmp_path, study):
    settings = [f"answers={APLA}", "year=2020", *(["draws=16"] if study == "robustness" else [])]
    folder = run(study, tmp_path, *settings)
    found = tables(folder)
    if study == "robustness":
        assert set(found["choices"]["name"]) >= {"Wrong answers", "What a missing answer counts"} and len(found["units"]) == 19
    if study == "coherence":
        assert "Only 19 units" in text(folder) and "There are 0.4 units to an item" in text(folder)
    if study == "insights":
        assert len(found["measures"]) == 61


@pytest.mark.skipif(not CONTEXT.is_file(), reason="the context file is not beside the project (../shared/data)")
def test_context_of_more_variables(tmp_path):
    folder = run("context", tmp_path, f"context={CONTEXT}", "variables=log:gdp_per_head,log:population,liberal_democracy")
    assert "GDP per head (logarithm)" in text(folder) and "of 16 variables none goes with the band at more than 0.2" in text(folder)
