"""The main line as a user runs it: the command, the notebooks, the HTML and the files beside it."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pandas as pd
import papermill
import pytest

from migof_research import frameworks, paths
from migof_research.indicators import sdg_10_7_2

ROOT = Path(__file__).parent.parent


def migof(*arguments):
    return subprocess.run([sys.executable, "-m", "migof_research", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300)


class Page(HTMLParser):
    """What the tests look at: headings, text, links to other hosts, alternative texts."""

    def __init__(self, html):
        super().__init__()
        self.headings, self.text, self.fetched, self._open = [], [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self._open = tag
        self.fetched += [attrs[key] for key in ("src", "srcset") if key in attrs] + ([attrs.get("href")] if tag == "link" else [])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([tag, ""])

    def handle_data(self, data):
        self.text.append(data)
        if self._open and re.fullmatch("h[1-6]", self._open) and self.headings:
            self.headings[-1][1] += data

    def handle_endtag(self, tag):
        self._open = None


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    out = tmp_path_factory.mktemp("outputs")
    country = migof("run", "country-benchmark", "MDA", "Afghanistan", "USA", "AUS", "--out", str(out))
    assert country.returncode == 0, country.stderr + country.stdout
    world = migof("run", "global-indicator", "--out", str(out))
    assert world.returncode == 0, world.stderr + world.stdout
    return out


def page(outputs, unit, study="country-benchmark"):
    return Page((outputs / study / unit / "report.html").read_text(encoding="utf-8"))


def headings(found):
    return [text.strip() for tag, text in found.headings if tag == "h2"]


def test_a_rich_report_tells_the_whole_story(outputs):
    found = page(outputs, "MDA")
    assert [text for tag, text in found.headings if tag == "h1"] == ["Republic of Moldova"]
    story = ["Where the country stands", "What that means in answers", "Beside its peers", "How it changed", "Whose practice to look at"]
    assert [heading for heading in headings(found) if heading in story] == story
    text = " ".join("".join(found.text).split())
    assert "score lies at 80–88.3 of 100" in text
    assert "of its peers in Europe and Northern America (n = 38), it is surely above 10 and surely below 12" in text


def test_files_beside_the_report_carry_the_exact_figures(outputs):
    folder = outputs / "country-benchmark" / "MDA"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"report.html", "notebook.ipynb", "manifest.json", "tables.xlsx", "figures/domains.svg", "figures/domains.png", "tables/standing.csv"} <= names
    standing = pd.read_csv(folder / "tables" / "standing.csv")
    assert standing.iloc[0].tolist()[3:5] == pytest.approx([80.0, 100 * 53 / 60], abs=1e-12)
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["unit"] == "MDA"


def test_one_round_leaves_out_change(outputs):
    found = page(outputs, "AFG")
    assert "How it changed" not in headings(found)
    assert "It answered one round only (2021)" in "".join(found.text)


def test_no_figures_make_a_clear_page_about_the_region(outputs):
    found = page(outputs, "USA")
    text = "".join(found.text)
    assert "There is no published figure for United States of America" in text and "138 of 197" in text
    assert "The countries around it" in headings(found) and "Where the country stands" not in headings(found)


def test_nonresponse_is_said_where_it_was_flagged(outputs):
    out = outputs / "year"
    done = migof("run", "country-benchmark", "AUS", "--set", "year=2019", "--out", str(out))
    assert done.returncode == 0, done.stderr
    text = " ".join("".join(page(out, "AUS").text).split())
    assert "10 per cent or more of the items were not answered in: Overall, Migrant rights and Mobility dimensions of crises" in text


def test_reports_ask_nothing_of_any_network(outputs):
    pages = list(outputs.rglob("*.html"))
    assert len(pages) >= 6
    for html in pages:
        for address in Page(html.read_text(encoding="utf-8")).fetched:
            assert not re.match(r"(?:https?:)?//", address or ""), f"{html}: {address}"


def test_the_shares_of_the_world(outputs):
    shares = pd.read_csv(outputs / "global-indicator" / "world" / "tables" / "shares.csv")
    assert shares.columns.tolist() == ["m49", "area", "basis", "year", "node", "n", "share"]
    assert set(shares["basis"]) == {"latest", "round", "panel"} and set(shares["year"]) == {2019, 2021}
    assert {1, 202, 747, 62, 753, 419, 9, 53, 543, 513, 199, 432, 722, 514, 515} <= set(shares["m49"])
    world = shares.query("m49 == 1 and node == 'overall'").set_index(["basis", "year"])["share"]
    assert world["latest", 2021] == pytest.approx(100 * 86 / 138, abs=1e-12)  # unrounded


def test_the_index_lists_every_report_with_its_bands(outputs):
    text = "".join(Page((outputs / "index.html").read_text(encoding="utf-8")).text)
    for name in ("Republic of Moldova", "Afghanistan", "United States of America", "Australia"):
        assert name in text
    assert frameworks.load("sdg_10_7_2").bands.label("3") in text


def test_an_unknown_country_is_told_the_nearest_names():
    done = migof("run", "country-benchmark", "Moldava")
    assert done.returncode == 2 and "Republic of Moldova (MDA)" in done.stderr and "Traceback" not in done.stderr


def test_contradicting_figures_fail_that_country_alone(tmp_path):
    table = pd.read_csv(paths.raw() / "sdg_10_7_2.csv", keep_default_na=False, dtype=str)
    table.loc[(table["unit"] == "MDA") & (table["node"] == "overall"), "level"] = "1"
    table.to_csv(tmp_path / "levels.csv", index=False)
    done = migof("run", "country-benchmark", "MDA", "ROU", "--set", f"levels={tmp_path / 'levels.csv'}", "--out", str(tmp_path / "out"))
    assert done.returncode == 1 and "MDA 2019" in done.stdout + done.stderr
    assert "MDA 2021" in "".join(page(tmp_path / "out", "ROU").text)  # said where it was left out


def test_plain_papermill_works_too(tmp_path):
    notebook = paths.notebooks() / "country-benchmark.ipynb"
    done = papermill.execute_notebook(notebook, tmp_path / "out.ipynb", parameters={"country": "MDA"}, cwd=ROOT, progress_bar=False)
    shown = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("Republic of Moldova" in str(output.get("data", {})) for output in shown)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_thin_and_clean(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in code) == 1
    for cell in code:
        assert not cell.outputs and cell.execution_count is None
        assert not re.search(r"^\s*(def|class|lambda)\b", cell.source, flags=re.MULTILINE)
    assert {"title", "about", "order"} <= set(notebook.metadata["migof"])


def test_every_country_with_data_is_a_unit_of_the_batch():
    assert len(sdg_10_7_2.units_with_data()) == 138
