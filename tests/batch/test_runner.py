"""Runs from end to end: what is made, what is kept, what becomes of faults."""

import json
import os
import signal
import time

import nbformat
import pytest

from migof_research.errors import InputError

TEXT = "page.text(f'About {country}.')"


def test_makes_one_report_a_unit(project, run):
    project.study(TEXT)
    results = run("MDA", "GHA")
    assert {unit: o.status for unit, o in results.items()} == {"MDA": "made", "GHA": "made"}
    for unit in results:
        folder = project.outputs / "small" / unit
        assert f"About {unit}." in (folder / "report.html").read_text()
        assert {"report.html", "notebook.ipynb"} <= set(project.manifest(unit)["files"])
        assert project.manifest(unit)["unit"] == unit
    assert (project.outputs / "index.html").exists()
    assert leftovers(project) == []


def test_languages_lie_beside_each_other(project, run):
    project.study(TEXT)
    run("MDA", lang="fr")
    run("MDA")
    run("MDA", lang="es")
    run("MDA", force=True)
    folder = project.outputs / "small" / "MDA"
    assert {lang: json.loads((folder / lang / "manifest.json").read_text())["lang"] for lang in ("", "fr", "es")} == {
        "": "en", "fr": "fr", "es": "es",
    }  # fmt: skip


def test_study_of_the_world_has_one_report(project, run):
    cell = "from migof_research.report import Page\nPage(study='globe').title('The world')"
    project.study(name="globe", parameters='lang: str = "en"', migof={})
    path = project.root / "notebooks" / "globe.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells[1].source = cell
    nbformat.write(notebook, path)
    assert run(study="globe")["world"].status == "made"
    with pytest.raises(InputError, match="takes no unit"):
        run("MDA", study="globe")


# ---- nothing twice


def test_unchanged_reports_are_kept(project, run):
    project.study(TEXT)
    run()
    before = stamps(project)
    assert {o.status for o in run().values()} == {"kept"}
    assert stamps(project) == before
    assert {o.status for o in run(force=True).values()} == {"made"}


def test_same_inputs_same_bytes(project, run):
    project.study(TEXT, "import matplotlib.pyplot as plt\nplt.plot([1, 2])", "print('a'); 1")
    folder = project.outputs / "small" / "MDA"
    contents = []
    for _ in range(2):
        run("MDA", force=True)
        contents.append({p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert contents[0] == contents[1]


def test_a_changed_parameter_makes_the_report_again(project, run):
    project.study(TEXT, parameters='country: str = "MDA"\nn: int = 1\nlang: str = "en"')
    assert run("MDA")["MDA"].status == "made"
    assert run("MDA", given=["n=2"])["MDA"].status == "made"
    assert run("MDA", given=["n=2"])["MDA"].status == "kept"
    assert project.manifest("MDA")["parameters"] == {"country": "MDA", "lang": "en", "n": 2}


def test_touching_an_input_redoes_what_depends_on_it(project, run):
    project.study(TEXT)
    project.study(TEXT, name="other")
    run("MDA"), run("MDA", study="other")
    project.study(TEXT, "1 + 1")  # one notebook
    assert run("MDA")["MDA"].status == "made"
    assert run("MDA", study="other")["MDA"].status == "kept"
    (project.root / "data/raw/new.csv").write_text("a\n1\n")  # the figures of both
    assert run("MDA")["MDA"].status == "made"
    assert run("MDA", study="other")["MDA"].status == "made"


def test_a_file_named_by_a_parameter_is_an_input(project, run):
    project.study(TEXT, parameters='country: str = "MDA"\nanswers: str = ""\nlang: str = "en"')
    answers = project.root / "answers.csv"
    answers.write_text("unit,item\n")
    assert run("MDA", given=[f"answers={answers}"])["MDA"].status == "made"
    assert run("MDA", given=[f"answers={answers}"])["MDA"].status == "kept"
    answers.write_text("unit,item\nMDA,1\n")
    assert run("MDA", given=[f"answers={answers}"])["MDA"].status == "made"


@pytest.mark.parametrize("gone", ["manifest.json", "report.html", "notebook.ipynb"])
def test_a_report_that_is_not_whole_is_made_again(project, run, gone):
    project.study(TEXT)
    run("MDA")
    (project.outputs / "small" / "MDA" / gone).unlink()
    assert run("MDA")["MDA"].status == "made"


def test_code_the_study_does_not_use_is_no_input():
    from migof_research.batch.imports import files_used

    names = {path.name for path in files_used(["from migof_research.batch import plan"])}
    assert {"plan.py", "studies.py", "errors.py"} <= names
    assert not names & {"pool.py", "runner.py", "cli.py"}


# ---- faults


def failing(*lines):
    """A cell that goes wrong for GHA only."""
    return "import os, signal, time\nif country == 'GHA':\n" + "\n".join(f"    {line}" for line in lines)


@pytest.mark.parametrize(
    "fault, options, reason",
    [
        ("1 / 0", {}, "ZeroDivisionError: division by zero"),
        ("os.kill(os.getpid(), signal.SIGKILL)", {}, "its process ended by SIGKILL"),
        ("os._exit(3)", {}, "its process ended with status 3"),
        ("time.sleep(60)", {"timeout": 8}, "took longer than 8 s"),
        ("import subprocess; subprocess.run(['sleep', '60'])", {"timeout": 8}, "took longer than 8 s"),
    ],
)
def test_a_failing_unit_fails_alone(project, run, fault, options, reason):
    project.study("print('before')", failing(fault), TEXT)
    results = run("MDA", "GHA", "CRI", **options)
    assert {unit: o.status for unit, o in results.items()} == {"MDA": "made", "GHA": "failed", "CRI": "made"}
    assert results["GHA"].error == reason
    folder = project.outputs / "small" / "GHA"
    assert [p.name for p in folder.iterdir()] == ["failed.ipynb"]
    partial = nbformat.read(folder / "failed.ipynb", 4)
    assert "An Exception was encountered" in partial.cells[0].source  # papermill's mark on top
    assert any("before" in str(cell.get("outputs")) for cell in partial.cells)
    assert leftovers(project) == []
    line = next(line for line in project.log() if line.get("unit") == "GHA")
    assert line["status"] == "failed" and line["error"] == reason and line["seconds"] > 0


def test_the_traceback_of_a_failing_cell_is_reported(project, run):
    project.study("def share(n):\n    return 1 / n", failing("share(0)"))
    trace = run("GHA")["GHA"].traceback
    assert "ZeroDivisionError" in trace and "return 1 / n" in trace


def test_no_room_on_the_disk(project, run):
    """Files of the child may not grow beyond 64 kB, as on a full disk: an error, and nothing of the report is left."""
    full = "import resource; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))"
    project.study(failing(full), "page.text('x' * 200_000)")
    results = run("MDA", "GHA")
    assert results["MDA"].status == "made" and results["GHA"].status == "failed"
    assert "File too large" in results["GHA"].error
    assert not (project.outputs / "small" / "GHA" / "report.html").exists()
    assert leftovers(project) == []


def test_a_failure_leaves_the_former_report_and_success_removes_the_failed_notebook(project, run):
    project.study(TEXT, parameters='country: str = "MDA"\nn: int = 1\nlang: str = "en"')
    project.study(TEXT, "1 / n", parameters='country: str = "MDA"\nn: int = 1\nlang: str = "en"')
    folder = project.outputs / "small" / "MDA"
    run("MDA")
    assert run("MDA", given=["n=0"])["MDA"].status == "failed"
    assert (folder / "failed.ipynb").exists() and (folder / "report.html").exists()
    assert run("MDA")["MDA"].status == "kept"
    assert not (folder / "failed.ipynb").exists()


def test_a_report_about_another_unit_is_an_error(project, run):
    project.study("from migof_research.report import Page\nPage(study='small', unit='MDA').title('Always the same')")
    path = project.root / "notebooks" / "small.ipynb"
    notebook = nbformat.read(path, 4)
    del notebook.cells[1]
    nbformat.write(notebook, path)
    results = run("MDA", "GHA")
    assert results["MDA"].status == "made"
    assert results["GHA"].status == "failed" and "'unit': 'MDA'" in results["GHA"].error


def test_no_state_passes_from_one_report_to_the_next(project, run):
    state = """
import builtins, locale, os, random, sys, warnings
import matplotlib as mpl, numpy as np, pandas as pd
def state():
    return [
        mpl.rcParams["font.size"], pd.options.display.max_rows, np.get_printoptions()["precision"], random.getstate()[1][:2],
        np.random.get_state()[1][:2].tolist(), len(warnings.filters), os.getcwd(), os.environ.get("LEAK"), "leak" in globals(),
        hasattr(builtins, "leak"), hasattr(sys.modules["json"], "leak"), "leak" in sys.path, np.geterr()["divide"],
    ]
"""
    spoil = """
mpl.rcParams["font.size"] = 99; pd.options.display.max_rows = 3; np.set_printoptions(precision=1); random.seed(5); np.random.seed(5)
warnings.simplefilter("error"); os.chdir("/"); os.environ["LEAK"] = "1"; leak = builtins.leak = sys.modules["json"].leak = 1
sys.path.append("leak"); np.seterr(divide="raise")
"""
    # numpy's generator is seeded by the system in each process: compare with what the report itself would start from
    project.study("import json" + state, "np.random.seed(1); random.seed(1)", "page.text(repr(state()))", spoil)
    run("MDA", "GHA", jobs=1)
    told = [(project.outputs / "small" / unit / "report.html").read_text() for unit in ("MDA", "GHA")]
    assert "<p>[" in told[0]
    assert told[0].split("<p>[")[1].split("]</p>")[0] == told[1].split("<p>[")[1].split("]</p>")[0]


# ---- interruption and company




def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(project, run, tmp_path):
    project.study("import time; time.sleep(1.5)", TEXT)
    pid = os.fork()
    if pid == 0:
        try:
            run(jobs=1)
        except KeyboardInterrupt:
            os._exit(130)
        os._exit(0)
    wait_for(lambda: len(list((project.outputs / "small").glob("*/manifest.json"))) >= 1)
    os.kill(pid, signal.SIGINT)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 130
    assert leftovers(project) == []
    made = {p.parent.name for p in (project.outputs / "small").glob("*/manifest.json")}
    assert 1 <= len(made) < 5
    assert project.log()[-1]["ended"] == "interrupted"
    assert {unit for unit, o in run().items() if o.status == "kept"} == made


def test_a_run_that_was_killed_leaves_nothing_to_the_next(project, run):
    project.study("import time; time.sleep(1)", TEXT)
    work = project.outputs / "small" / ".work" / "abandoned"
    (work / "figures").mkdir(parents=True)
    run("MDA")
    assert leftovers(project) == []


def test_two_runs_at_once_do_not_spoil_each_other(project, run):
    project.study(TEXT)
    pids = []
    for _ in range(2):
        pid = os.fork()
        if pid == 0:
            os._exit(0 if {o.status for o in run(force=True).values()} == {"made"} else 1)
        pids.append(pid)
    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0, 0]
    assert {o.status for o in run().values()} == {"kept"}
    assert leftovers(project) == []


def leftovers(project):
    return list((project.outputs / "small" / ".work").glob("*"))


def stamps(project):
    return {p: p.stat().st_mtime_ns for p in (project.outputs / "small").rglob("*") if p.is_file()}


def wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)
