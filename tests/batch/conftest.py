import sys
from types import SimpleNamespace

import pytest

import migof_research.batch
from migof_research.batch import plan, runner
from tests.batch.project import Project

CODES = ["MDA", "GHA", "CRI", "SEN", "NAM"]


@pytest.fixture
def project(tmp_path, monkeypatch) -> Project:
    """The current project: empty, in a temporary folder, and with five countries."""
    made = Project(tmp_path / "project")
    monkeypatch.setenv("MIGOF_HOME", str(made.root))
    monkeypatch.chdir(made.root)
    monkeypatch.setitem(plan.UNITS, "country", plan.Kind(lambda text, given: text, lambda given: CODES))
    index = SimpleNamespace(build=lambda outputs: (outputs / "index.html").write_text("index"))
    monkeypatch.setattr(migof_research.batch, "index", index, raising=False)
    monkeypatch.setitem(sys.modules, "migof_research.batch.index", index)
    return made


@pytest.fixture
def run(project):
    """Run a study of the project on some units; returns {unit: outcome}."""
    from migof_research.batch.studies import find

    def run(*units, study="small", given=(), lang="en", engine="migof", **options):
        chosen = find(study)
        given = plan.settings(given)
        tasks = plan.tasks(chosen, plan.select(chosen, units, not units, given), given, lang, engine, project.outputs)
        return {o.task.unit: o for o in runner.run(chosen, tasks, project.outputs, **options)}

    return run
