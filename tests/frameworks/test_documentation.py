"""The worked example of docs/framework-files.md is a framework, and scores as the page says."""

import re

import pandas as pd
import pytest

from migof_research.frameworks import crosswalk, load
from migof_research.paths import root
from migof_research.scoring import bands_from_answers, scores_from_answers

GIVEN = {"S1": "yes", "S2": "partial", "S3": "yes", "W1": "complete", "W2": "no", "W3": "yes"}


def test_the_worked_example(tmp_path):
    page = (root() / "docs" / "framework-files.md").read_text(encoding="utf-8")
    path = tmp_path / "integration.yaml"
    path.write_text(re.search(r"```yaml\n(.*?)```", page, flags=re.DOTALL)[1], encoding="utf-8")
    framework = load(path)
    answers = pd.DataFrame([("GHA-accra", 2025, item, answer, "none") for item, answer in GIVEN.items()])
    answers.columns = ["unit", "year", "item", "answer", "missing"]
    scores = scores_from_answers(answers, framework).set_index("node")["score"]
    assert scores[["S", "W"]].tolist() == [50, 60] and scores["overall"] == pytest.approx(160 / 3)
    assert bands_from_answers(answers, framework).set_index("node").at["overall", "band"] == "under_way"
    assert set(crosswalk.between(framework, "gcm").query("from_node == 'W'")["via"]) >= {"O1", "P1"}


def test_every_field_is_documented():
    page = (root() / "docs" / "framework-files.md").read_text(encoding="utf-8")
    framework = load("apla")
    for part in (framework, framework.nodes[0], framework.items()[0], framework.sources[0]):
        assert all(f"`{about.alias or field}`" in page for field, about in type(part).model_fields.items())
