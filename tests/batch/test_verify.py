"""Verifying a report: the same, edited by hand, made of other inputs, or without a manifest that says what of."""

import json

import pytest
from typer.testing import CliRunner

from migof_research.batch.verify import verify
from migof_research.cli import app
from migof_research.errors import InputError

FIGURE = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(2, 1)); ax.plot([1, n])\npage.figure(fig, name='line', caption='A line up', alt='A line from one to two')"
FILE = "from pathlib import Path\npage.text((Path(levels) if levels else Path('data/raw/a.csv')).read_text())"
PARAMETERS = 'country: str = "MDA"\nn: int = 2\nlevels: str = ""\nlang: str = "en"'


@pytest.fixture
def made(project, run):
    """The folder of a report that shows a figure and the content of a data file."""
    (project.root / "data/raw/a.csv").write_text("a\n1\n")
    project.study(FIGURE, FILE, parameters=PARAMETERS)
    (outcome,) = run("MDA").values()
    assert outcome.status == "made", outcome.traceback
    return project.outputs / "small" / "MDA"


def test_a_report_that_comes_out_the_same(made):
    for report in (made, made / "report.html"):
        found = verify(report)
        assert found.same and not found.changed and found.files == 5


def test_a_report_in_another_language_beside_it(made, run):
    run("MDA", lang="fr")
    assert verify(made).same and verify(made / "fr").same


def test_a_data_file_that_was_touched(made, project):
    (project.root / "data/raw/a.csv").write_text("a\n2\n")
    found = verify(made)
    assert not found.same and found.changed == ("data",) and not found.edited
    assert set(found.differing) == {"report.html", "report.json", "notebook.ipynb"}  # not the figure: it does not hang on that file


def test_a_touched_file_that_no_figure_hangs_on(made, project):
    (project.root / "data/raw/b.csv").write_text("b\n")
    found = verify(made)
    assert found.same and found.changed == ("data",)


def test_a_file_that_a_parameter_names(project, run, made):
    own = project.root / "own.csv"
    own.write_text("a\n3\n")
    run("GHA", given=[f"levels={own}"])
    folder = made.with_name("GHA")
    assert verify(folder).same
    own.unlink()
    found = verify(folder)
    assert found.changed == ("file of levels",) and "FileNotFoundError" in found.failure and not found.same


def test_a_notebook_that_was_changed(made, project):
    project.study(FIGURE, FILE, "page.text('more')", parameters=PARAMETERS)
    found = verify(made)
    assert found.changed == ("notebook",) and "report.html" in found.differing


def test_a_report_that_was_edited(made):
    (made / "report.html").write_text((made / "report.html").read_text().replace("Report of MDA", "Report of XXX"))
    (made / "figures/line.svg").unlink()
    (made / "tables").mkdir()
    (made / "tables/slipped-in.csv").write_text("a\n")
    found = verify(made)
    expected = {"report.html": "other content", "figures/line.svg": "not there", "tables/slipped-in.csv": "not in the manifest"}
    assert found.edited == expected and not found.differing and not found.changed and not found.same


def test_verifying_changes_nothing(made, project):
    before = {path: path.stat().st_mtime_ns for path in project.outputs.rglob("*")}
    verify(made)
    assert {path: path.stat().st_mtime_ns for path in project.outputs.rglob("*")} == before


MANIFEST = {
    "study": "small", "unit": "MDA", "lang": "en", "engine": "migof", "parameters": {"country": "MDA"}, "inputs": {}, "files": {},
}  # fmt: skip


def manifest(folder, **changes):
    found = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(found | changes))


FAULTS = {
    "none": (lambda folder: (folder / "manifest.json").unlink(), "no manifest.json"),
    "empty": (lambda folder: (folder / "manifest.json").write_text(""), "cannot be read"),
    "not text": (lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe\x00"), "cannot be read"),
    "a list": (lambda folder: (folder / "manifest.json").write_text("[]"), "not the manifest"),
    "no files": (lambda folder: manifest(folder, files=None), "wrong or missing: files"),
    "a unit that is a path": (lambda folder: manifest(folder, unit="../../x"), "cannot be the name of a folder"),
    "another unit": (lambda folder: manifest(folder, unit="GHA"), "contradicts itself"),
    "a study that is gone": (lambda folder: manifest(folder, study="smaller"), "Did you mean small?"),
    "a parameter that is gone": (lambda folder: manifest(folder, parameters={"m": 1}), "no parameter 'm'"),
    "an engine that is none": (lambda folder: manifest(folder, engine="os.system"), "contradicts itself"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_manifest_that_does_not_say(fault, project):
    project.study(parameters=PARAMETERS)
    project.outputs.mkdir()
    (project.outputs / "manifest.json").write_text(json.dumps(MANIFEST))
    spoil, told = FAULTS[fault]
    spoil(project.outputs)
    with pytest.raises(InputError, match=told):
        verify(project.outputs)


def test_the_command_says_it_and_its_exit_status_too(made, project):
    def migof(*arguments):
        return CliRunner().invoke(app, ["verify", *map(str, arguments)])

    done = migof(made)
    assert done.exit_code == 0 and "the same in all 5 files" in done.output
    (project.root / "data/raw/a.csv").write_text("a\n2\n")
    (made / "report.json").write_text("{}")
    done = migof(made)
    assert done.exit_code == 1
    assert "edited after it was made: report.json" in done.output and "input changed since: data" in done.output
    assert isinstance(migof(made / "nowhere").exception, InputError)
