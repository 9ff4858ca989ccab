"""docs/extending.md, built as it says: its files are saved, its commands run, in a copy of the project a section."""

import json
import re

import pytest

from migof_research.paths import root
from tests.docs.blocks import blocks, commands, copy_of_project, run

SECTIONS = {
    "A framework": ["outputs/assessment/GHA-accra/report.html", "scored/bands.csv"],
    "A study": ["outputs/top-of-the-scale/world/report.html", "outputs/2019/top-of-the-scale/world/tables/top.csv"],
    "A source": ["data/raw/shelters.csv", "context.csv"],
    "A language": ["outputs/country-benchmark/MDA/pt/report.html"],
}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_worked_example(section, tmp_path):
    folder, said = copy_of_project(tmp_path / "project"), ""
    for language, name, block in blocks("extending.md", section):
        if language == "sh":
            said += "".join(run(command, folder) for command in commands(block))
        else:
            assert name, f"nobody is told what file to save this as:\n{block}"
            (folder / name).write_text(block, encoding="utf-8")
    assert all((folder / name).is_file() for name in SECTIONS[section])
    CHECKS[section](folder, said)


def check_framework(folder, said):
    assert "GHA-accra,2025,shelter,overall,75.0,75.0" in (folder / "scored/scores.csv").read_text()


def check_study(folder, said):
    assert "top-of-the-scale: Top of the scale" in said
    tables = [(folder / f"outputs/{year}top-of-the-scale/world/report.html").read_text("utf-8") for year in ("", "2019/")]
    shares = [re.search(r"(\d+) of (\d+) countries fully meet", table).groups() for table in tables]
    assert [n for _, n in shares] == ["89", "111"]


def check_source(folder, said):
    table = (folder / "data/raw/shelters.csv").read_text().splitlines()
    assert table[1:] == [f"{row},shelters,to 2021" for row in ("GHA,2020,shelter_places,100.0", "NAM,2020,shelter_places,12.0", "NAM,2021,shelter_places,14.0")]
    assert "ATL" in said and "All tables are sound." in said
    assert "shelter_places" in (folder / "context.csv").read_text()


def check_language(folder, said):
    html = (folder / "outputs/country-benchmark/MDA/pt/report.html").read_text("utf-8")
    assert '<html lang="pt"' in html
    assert json.loads((folder / "outputs/country-benchmark/MDA/pt/manifest.json").read_text("utf-8"))["lang"] == "pt"
    assert (folder / "outputs/index.pt.html").is_file()


CHECKS = {"A framework": check_framework, "A study": check_study, "A source": check_source, "A language": check_language}


def test_every_section_is_built():
    page = (root() / "docs" / "extending.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", page, flags=re.MULTILINE) == list(SECTIONS)
