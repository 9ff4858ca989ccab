"""``migof studies`` and ``migof run`` as commands: what they print, write and return."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from tests.batch.project import Project

FIGURE = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(2, 1)); ax.plot([1, 2])\npage.figure(fig, name='line', caption='A line of two points', alt='A line from one to two')"


@pytest.fixture
def project(tmp_path, request) -> Project:
    made = Project(tmp_path / "project")
    shutil.copytree(request.config.rootpath / "data", made.root / "data", dirs_exist_ok=True)
    made.study("page.text(f'About {country}.')", FIGURE, "if country == 'GHA': 1 / 0", parameters=PARAMETERS, migof=ABOUT)
    return made


PARAMETERS = 'country: str = "MDA"  # code or name\nn: int = 3  # how many\nlang: str = "en"  # en, fr or es'
ABOUT = {"unit": "country", "title": "Small study", "about": "nothing much"}


def migof(project, *arguments, **options):
    command = [sys.executable, "-m", "migof_research", *map(str, arguments)]
    environment = os.environ | {"MIGOF_HOME": str(project.root), "COLUMNS": "120"}
    return subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True, timeout=300, **options)


def test_run_makes_reports_and_an_index(project):
    done = migof(project, "run", "small", "moldova", "Costa Rica", "sénégal", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert "3 made, 0 kept, 0 failed" in done.stderr
    for unit in ("MDA", "CRI", "SEN"):
        folder = project.outputs / "small" / unit
        assert f"About {unit}." in (folder / "report.html").read_text()
        assert (folder / "figures" / "line.svg").exists()
        assert f"small/{unit}/report.html" in (project.outputs / "index.html").read_text()
    again = migof(project, "run", "small", "moldova", "Costa Rica", "sénégal")
    assert "0 made, 3 kept, 0 failed" in again.stderr


def test_a_failure_gives_status_1_and_a_summary_that_names_it(project):
    done = migof(project, "run", "small", "MDA", "GHA")
    assert done.returncode == 1
    assert "1 made, 0 kept, 1 failed" in done.stderr and "Failed: GHA." in done.stderr
    assert "ZeroDivisionError: division by zero" in done.stderr
    assert (project.outputs / "small" / "GHA" / "failed.ipynb").exists()
    assert (project.outputs / "small" / "MDA" / "report.html").exists()


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["small", "Moldvoa"], "Republic of Moldova (MDA)"),
        (["smal", "MDA"], "Did you mean small?"),
        (["small"], "name one unit or more"),
        (["small", "MDA", "--set", "m=4"], "no parameter 'm'"),
        (["small", "MDA", "--set", "n=four"], "n must be int"),
        (["small", "MDA", "--shard", "5/3"], "--shard 5/3"),
        (["small", "MDA", "--lang", "de"], "de"),
        (["small", "MDA", "--jobs", "0"], "--jobs"),
    ],
)
def test_bad_input_is_said_in_a_sentence_with_status_2(project, arguments, said):
    done = migof(project, "run", *arguments)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
    assert not project.outputs.exists()


def test_studies_lists_parameters_types_and_defaults(project):
    done = migof(project, "studies")
    assert done.returncode == 0
    assert "small: Small study" in done.stdout and "nothing much" in done.stdout
    assert "n: int = 3" in done.stdout and "how many" in done.stdout


def test_other_folder_and_both_engines(project, tmp_path):
    texts = {}
    for engine in ("migof", "plain"):
        done = migof(project, "run", "small", "MDA", "--engine", engine, "--out", tmp_path / engine)
        assert done.returncode == 0, done.stderr
        texts[engine] = (tmp_path / engine / "small" / "MDA" / "figures" / "line.svg").read_bytes()
    assert texts["migof"] == texts["plain"]
    assert not project.outputs.exists()


def test_shards_make_all_of_it(project):
    for k in (1, 2):
        assert migof(project, "run", "small", "MDA", "CRI", "SEN", "--shard", f"{k}/2").returncode == 0
    assert "0 made, 3 kept" in migof(project, "run", "small", "MDA", "CRI", "SEN").stderr


def test_ctrl_c_stops_with_status_130(project):
    project.study("import time; time.sleep(60)", parameters=PARAMETERS, migof=ABOUT)
    command = [sys.executable, "-m", "migof_research", "run", "small", "MDA"]
    running = subprocess.Popen(command, cwd=project.root, env=os.environ | {"MIGOF_HOME": str(project.root)}, stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not list(project.outputs.glob("small/.work/*/cells.jsonl")) and time.monotonic() < until:
        time.sleep(0.1)
    running.send_signal(2)
    said = running.communicate(timeout=30)[1]
    assert running.returncode == 130
    assert "Interrupted after 0 of 1" in said and "Traceback" not in said
    assert not list(project.outputs.glob("small/.work/*"))


def test_help_is_quick_because_it_imports_nothing_heavy():
    heavy = "import sys, migof_research.cli; print(sorted({'pandas', 'numpy', 'papermill', 'nbformat', 'matplotlib'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True).stdout == "[]\n"


def test_help_shows_examples(project):
    done = migof(project, "run", "--help")
    assert done.returncode == 0
    assert "migof run country-benchmark --all --lang fr" in " ".join(done.stdout.split())
