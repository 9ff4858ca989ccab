"""Runs from end to end: what is made, what is kept, what becomes of faults."""


def test_makes_one_report_a_unit(project, run):
    project.study("page.text(f'About {country}.')")
    results = run("MDA", "GHA")
    assert {unit: o.status for unit, o in results.items()} == {"MDA": "made", "GHA": "made"}
    for unit in results:
        folder = project.outputs / "small" / unit
        assert f"About {unit}." in (folder / "report.html").read_text()
        assert {"report.html", "notebook.ipynb"} <= set(project.manifest(unit)["files"])
        assert project.manifest(unit)["unit"] == unit
    assert sorted(p.name for p in (project.outputs / "small").iterdir()) == [".work", "GHA", "MDA"]
    assert list((project.outputs / "small" / ".work").iterdir()) == []
