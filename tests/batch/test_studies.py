"""Studies as read from notebooks: parameters, their types, and what is refused before anything runs."""

import json

import nbformat
import pytest

from migof_research.batch import plan, studies
from migof_research.errors import InputError

PARAMETERS = '''# what a study may be told
country: str = "MDA"  # ISO 3166 alpha-3 code or a name
year: str | None = None  # a year
peers: list[str] = []  # codes
weight: float = 0.5
ranks: bool = False  # also ranks
n = 3  # no annotation
lang: str = "en"'''


@pytest.fixture
def study(project):
    project.study(parameters=PARAMETERS, migof={"unit": "country", "title": "Small", "about": "A study", "order": 7})
    return studies.find("small")


def test_parameters_are_read_from_the_notebook(study):
    read = [(p.name, p.type, p.default, p.about) for p in study.parameters.values()]
    assert read == [
        ("country", "str", "MDA", "ISO 3166 alpha-3 code or a name"),
        ("year", "str | None", None, "a year"),
        ("peers", "list[str]", [], "codes"),
        ("weight", "float", 0.5, ""),
        ("ranks", "bool", False, "also ranks"),
        ("n", "int", 3, "no annotation"),
        ("lang", "str", "en", ""),
    ]
    assert (study.title, study.about, study.unit, study.order) == ("Small", "A study", "country", 7)


@pytest.mark.parametrize(
    "name, text, value",
    [
        ("year", "2019", "2019"), ("year", "None", None), ("peers", "ROU,UKR", ["ROU", "UKR"]), ("peers", "['ROU']", ["ROU"]),
        ("weight", "1", 1.0), ("weight", "0.25", 0.25), ("ranks", "yes", True), ("ranks", "False", False), ("n", "5", 5),
        ("country", "5", "5"), ("n", 5, 5), ("peers", ["ROU"], ["ROU"]),
    ],
)  # fmt: skip
def test_values_are_read_by_type(study, name, text, value):
    assert study.values({name: text}) == {name: value}


@pytest.mark.parametrize("name, text", [("n", "5.5"), ("n", "many"), ("weight", "half"), ("ranks", "maybe"), ("country", 5), ("n", True), ("peers", [1])])
def test_values_of_another_type_are_refused(study, name, text):
    with pytest.raises(InputError, match=f"small: {name} must be "):
        study.values({name: text})


def test_every_problem_is_told_at_once(study):
    with pytest.raises(InputError) as caught:
        study.values({"yaer": "2019", "n": "x", "lang": "fr"})
    assert len(caught.value.problems) == 2
    assert "no parameter 'yaer'. Did you mean year?" in caught.value.problems[0]


def test_an_unknown_study_gets_the_nearest_names(study):
    with pytest.raises(InputError, match="No study 'smal'. Did you mean small?"):
        studies.find("smal")


def test_studies_come_in_their_order(study, project):
    project.study(name="zebra", migof={"unit": "country", "order": 1})
    assert [s.name for s in studies.studies()] == ["zebra", "small"]


@pytest.mark.parametrize("cell", ["country: str = 5", "country = ", "country: str = other", "import os", "a, b = 1, 2", "x: Path = 'a'"])
def test_a_parameters_cell_that_cannot_be_read(project, cell):
    project.study(parameters=cell, migof={})
    with pytest.raises(InputError, match="small.ipynb"):
        studies.find("small")


def test_a_file_that_is_no_notebook(project):
    (project.root / "notebooks" / "small.ipynb").write_text("{")
    with pytest.raises(InputError, match="not a notebook that can be read"):
        studies.find("small")


def test_a_unit_that_is_no_parameter(project):
    project.study(migof={"unit": "city"})
    with pytest.raises(InputError, match="'city' is not in the cell tagged parameters"):
        studies.find("small")


# ---- the plan


def test_the_unit_is_not_a_setting(study, project):
    with pytest.raises(InputError, match="name units after the study"):
        plan.tasks(study, ["MDA"], {"country": "GHA"}, "en", "migof", project.outputs)


def test_a_study_without_lang_is_in_english_only(project):
    project.study(parameters='country: str = "MDA"')
    with pytest.raises(InputError, match="no parameter lang"):
        plan.tasks(studies.find("small"), ["MDA"], {}, "fr", "migof", project.outputs)


def test_units_must_be_named(study):
    with pytest.raises(InputError, match="name one unit or more"):
        plan.select(study, [], False, {})
    assert plan.select(study, [], True, {}) == ["MDA", "GHA", "CRI", "SEN", "NAM"]


def test_the_same_unit_twice_is_one_report(study, project):
    assert len(plan.tasks(study, ["MDA", "GHA", "MDA"], {}, "en", "migof", project.outputs)) == 2


@pytest.mark.parametrize("n", [1, 2, 3, 5, 7])
def test_shards_share_the_units_out(n):
    units = [f"U{i}" for i in range(11)]
    parts = [plan.shard(units, f"{k}/{n}") for k in range(1, n + 1)]
    assert sorted(sum(parts, [])) == sorted(units)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize("part", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
def test_shards_that_make_no_sense(part):
    with pytest.raises(InputError, match="--shard"):
        plan.shard(["MDA"], part)


@pytest.mark.parametrize("texts", [["year"], ["=5"], ["a b=1"], ["year=1", "year=2"]])
def test_settings_that_make_no_sense(texts):
    with pytest.raises(InputError, match="--set"):
        plan.settings(texts)


def test_settings_may_hold_equals_signs():
    assert plan.settings(["a=b=c", "d="]) == {"a": "b=c", "d": ""}


def test_the_studies_of_this_project_can_be_read(request, monkeypatch):
    for path in (request.config.rootpath / "notebooks").glob("*.ipynb"):
        study = studies.read(path)
        assert study.title and study.about, path
        assert not any(cell.get("outputs") for cell in nbformat.read(path, 4).cells), f"{path} holds outputs"


def test_a_pdf_without_its_library_is_a_sentence(monkeypatch, study, project):
    monkeypatch.setattr(plan, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"migof-research\[pdf\]"):
        plan.tasks(study, ["MDA"], {}, "en", "migof", project.outputs, pdf=True)


def test_a_report_without_a_pdf_is_not_kept_when_one_is_asked_for(monkeypatch, study, project):
    monkeypatch.setattr(plan, "find_spec", lambda name: object())
    html, pdf = (plan.tasks(study, ["MDA"], {}, "en", "migof", project.outputs, pdf=asked)[0] for asked in (False, True))
    html.folder.mkdir(parents=True)
    manifest = {"parameters": html.parameters, "inputs": html.inputs, "files": {}}
    (html.folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert html.is_kept() and not pdf.is_kept()
