"""docs/tutorial.md, done as a reader would: every block in order, in a copy of the project.

Not run are the commands that set a machine up or stay open: ``make`` (its targets are there, `make --dry-run` takes them),
``source`` and ``conda`` (environment.yml is compared with pyproject.toml by tests/test_environment.py), ``jupyter`` (it is
installed and knows the command), and ``--all`` (the study and its options are checked; all countries take minutes).
"""

import json
import shutil
import subprocess

import pandas as pd
import pytest

from migof_research.batch.studies import studies
from migof_research.paths import root
from tests.docs.blocks import blocks, commands, copy_of_project, run

PAGE = "tutorial.md"


def test_the_tutorial_from_start_to_end(tmp_path):
    folder = copy_of_project(tmp_path / "project")
    for language, _, block in blocks(PAGE):
        if language == "python":
            run(["python", "-c", block], folder)
        for command in commands(block) if language == "sh" else []:
            if command[0] in ("migof", "ls") and "--all" not in command:
                run(command, folder)
            else:
                only_there(command)
    made = {path.parent.relative_to(folder / "outputs").as_posix() for path in (folder / "outputs").rglob("manifest.json")}
    assert made == {*(f"country-benchmark/{unit}" for unit in ("MDA", "MDA/fr", "SEN")), "assessment/XAA", "mine/assessment/XAA"}
    whole = [pd.read_csv(folder / name / "bands.csv", dtype=str).set_index("node").loc["overall", "band"] for name in ("scored", "scored-mine")]
    assert whole == ["2", "3"]  # as the page says
    bands = [json.loads((folder / "outputs" / place / "manifest.json").read_text("utf-8"))["page"]["card"]["bands"]["overall"]["id"] for place in ("assessment/XAA", "mine/assessment/XAA")]
    assert bands == whole


def only_there(command):
    """A command that a test cannot run to its end: that there is such a thing."""
    match command:
        case ["make", target]:
            if shutil.which("make"):
                assert subprocess.run(["make", "--dry-run", target], cwd=root(), capture_output=True).returncode == 0
            assert f"\n{target}:" in (root() / "Makefile").read_text(encoding="utf-8")
        case ["source", ".venv/bin/activate"] | ["conda", "activate", "migof"] | ["conda", "env", "create", "-f", "environment.yml"]:
            assert "name: migof\n" in (root() / "environment.yml").read_text(encoding="utf-8")
        case ["jupyter", "lab", folder]:
            import jupyterlab.labapp

            assert jupyterlab.labapp.main and (root() / folder).is_dir()
        case ["migof", "run", study, "--all"]:
            assert study in {one.name for one in studies()}
        case _:
            pytest.fail(f"the tutorial has a command that no test knows: {command}")


def test_the_notebooks_are_listed_in_their_order():
    page = (root() / "docs" / PAGE).read_text(encoding="utf-8")
    listed = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    there = {study.name: study.order for study in studies()}
    assert set(listed) == set(there)
    assert [there[name] for name in listed] == sorted(there.values())


def test_every_page_that_is_linked_is_there():
    for page in (root() / "docs").glob("*.md"):
        for part in page.read_text(encoding="utf-8").split("](")[1:]:
            target = part.split(")")[0].split("#")[0]
            assert target.startswith("http") or not target or (page.parent / target).exists(), f"{page.name}: {target}"
