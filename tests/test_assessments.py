"""Own assessments and the mapping as a user runs them: every unit in a file, in several languages, plain to read."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from migof_research.paths import root
from tests.frameworks import own

APLA = root().parent / "shared" / "data" / "apla" / "APLA_Database.csv"


def migof(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from migof_research.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=root(), capture_output=True, text=True)


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {path.stem: pd.read_csv(path, keep_default_na=False) for path in (folder / "tables").glob("*.csv")}


@pytest.fixture(scope="module")
def examples(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("out")
    settings = ["--set", "answers=data/examples/assessment.csv", "--set", "targets=data/examples/targets.csv"]
    done = migof("run", "assessment", "--all", *settings, "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out / "assessment"


def test_one_report_for_each_unit_in_the_file(examples):
    assert sorted(path.parent.name for path in examples.glob("*/report.html")) == ["XAA", "XAA-port"]
    names = "standing well-developed potential no-answer changed by-migof by-gcm by-sdg-targets side-by-side results"
    assert set(names.split()) <= set(tables(examples / "XAA"))


def test_the_numbers_of_the_report_agree_with_one_another(examples):
    found = tables(examples / "XAA")
    sizes = [len(found[name]) for name in ("well-developed", "potential", "no-answer")]
    assert sum(sizes) == 30
    whole = found["standing"].iloc[0]
    text = (examples / "XAA" / "report.html").read_text(encoding="utf-8")
    assert f"{float(whole['score']):.1f} of 100 overall in 2024" in text
    assert f"{sizes[0]} are well developed and {sizes[1]} have potential" in text
    gcm = found["by-gcm"].set_index("name")
    assert gcm.loc["13 Detention as a last resort", ["share", "items"]].tolist() == ["not covered", ""]


def test_a_unit_that_the_file_does_not_hold(tmp_path):
    done = migof("run", "assessment", "MDA", "--out", str(tmp_path))
    assert done.returncode == 1 and "No answers of MDA; there are those of XAA, XAA-port" in done.stdout + done.stderr


def test_a_framework_of_ones_own_and_a_hostile_text(tmp_path):
    content = own.eight_blocks().replace("label: Block 1\n", "label: \"<script>alert(1)</script>\"\n")
    framework = own.write(tmp_path, content)
    items = [(block, f"B{block}.{item}") for block, size in enumerate(own.BLOCK_SIZES, 1) for item in range(1, size + 1)]
    rows = [("GHA-accra", 2025, item, "yes" if block > 4 else "no", "<img src=x>") for block, item in items]
    pd.DataFrame(rows, columns=["unit", "year", "item", "answer", "source"]).to_csv(tmp_path / "a.csv", index=False)
    settings = ["--set", f"answers={tmp_path / 'a.csv'}", "--set", f"framework={framework}"]
    done = migof("run", "assessment", "GHA-accra", *settings, "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "out" / "assessment" / "GHA-accra"
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert "Accra (Ghana)" in text and "<script>alert(1)" not in text and "<img src=x>" not in text
    assert json.loads((folder / "manifest.json").read_text())["page"]["card"]["bands"]["overall"]["id"] == "high"  # 50, on the cut


@pytest.mark.skipif(not APLA.is_file(), reason="the APLA file is not beside the project (../shared/data/apla)")
def test_mexico_2020_by_apla(tmp_path):
    settings = [f"answers={APLA}", "round=2020", "earlier=2000"]
    done = migof("run", "assessment", "Mexico", *(part for text in settings for part in ("--set", text)), "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    found = tables(tmp_path / "assessment" / "MEX")
    assert found["standing"].loc[0, ["score", "answered"]].tolist() == [pytest.approx(100 * 46 / 61), "61 of 61"]
    assert (len(found["well-developed"]), len(found["potential"]), len(found["changed"])) == (46, 15, 31)


def test_the_mapping_report(tmp_path):
    done = migof("run", "framework-mapping", "--set", "one=mgi_2016", "--set", "other=sdg_10_7_2", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    found = tables(tmp_path / "framework-mapping" / "world")
    assert found["links"].query("relation == '–'")[["from", "to"]].values.tolist() == [["not covered", "D5 Mobility dimensions of crises"]]
    assert len(found["instruments"]) == 9 and len(found["frameworks"]) == 10
    assert {"stated", "inferred"} == set(found["crosswalk"]["basis"])
