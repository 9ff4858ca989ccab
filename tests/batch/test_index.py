import json
import re

import pytest
from bs4 import BeautifulSoup

from migof_research.batch.index import build
from migof_research.errors import InputError
from tests.report.sample import CARD

EVIL = "<img src=x onerror=alert(1)>"


def add(outputs, study, unit, lang="en", **page):
    folder = outputs / study / unit / ("" if lang == "en" else lang)
    folder.mkdir(parents=True, exist_ok=True)
    names = {"study": study, "unit": unit, "lang": lang, "title": unit, "study_title": study.title()}
    page = names | {"about": "", "order": 1, "card": CARD} | page
    manifest = {"page": page, "files": {"notebook.ipynb": "", "tables.xlsx": ""}}
    (folder / "manifest.json").write_text(json.dumps(manifest, sort_keys=True))  # as the batch writes it


@pytest.fixture
def outputs(tmp_path):
    add(tmp_path, "country-benchmark", "MDA")
    add(tmp_path, "country-benchmark", "MDA", "fr", card={**CARD, "name": "République de Moldova"})
    evil = {"label": EVIL, "colour": EVIL, "id": EVIL}
    add(tmp_path, "country-benchmark", "ALB", card={**CARD, "name": EVIL, "region": EVIL, "bands": {"overall": evil}})
    add(tmp_path, "country-benchmark", "NAM", card={"name": "Åland", "node_labels": CARD["node_labels"]})  # no data
    add(tmp_path, "global-indicator", "world", order=2, card={"name": "The world", "summary": "62.3% of 138 countries."})
    return tmp_path


def soup(path):
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def test_every_report_is_listed_with_its_bands_and_its_link_leads_to_it(outputs):
    page = soup(build(outputs))
    row = next(row for row in page.select("tbody tr") if "MDA" in row.th.get_text())
    assert [cell.get_text(" ", strip=True) for cell in row.select("td")][:6] == [
        "Europe and Northern America", "Upper middle income", "2021", "2 Partially meets", "3 Meets", "between Partially meets and Meets",
    ]  # fmt: skip
    linked = {a["href"] for a in page.select("tbody a, .plain a")}
    assert {f"{a.parent.relative_to(outputs).as_posix()}/report.html" for a in outputs.rglob("manifest.json")} <= linked
    assert "62.3% of 138 countries." in page.get_text()


def test_units_are_in_alphabetical_order_with_or_without_accents(outputs):
    names = [th.a.get_text() for th in soup(build(outputs)).select("tbody th")]
    assert names == [EVIL, "Åland", "Republic of Moldova"]


def test_languages_where_there_are_reports(outputs):
    build(outputs)
    assert sorted(path.name for path in outputs.glob("*.html")) == ["index.fr.html", "index.html"]
    page = soup(outputs / "index.fr.html")
    assert page.html["lang"] == "fr"
    names = {a.get_text(): a.get("lang") for a in page.select("tbody th > a")}
    assert names == {"République de Moldova": None, EVIL: "en", "Åland": "en"}  # the others are marked as English
    assert {a["href"] for a in page.select(".languages a")} == {"index.html", "index.fr.html"}


def test_a_page_for_each_study_with_links_from_where_it_lies(outputs):
    build(outputs)
    page = soup(outputs / "country-benchmark" / "index.html")
    assert "../country-benchmark/MDA/report.html" in {a["href"] for a in page.select("tbody a")}
    assert "The world" not in page.get_text()


def test_names_that_hold_markup_do_no_harm(outputs):
    html = build(outputs).read_text("utf-8")
    assert "<img" not in html and EVIL not in html and not re.search(r'style="[^"]*(img|onerror)', html)


def test_the_map_shows_each_country_once_and_is_a_shortcut_only(outputs):
    page = soup(build(outputs))
    tiles = page.select(".map > *")
    assert len(tiles) == len({tile["style"].split(";")[0] for tile in tiles}) == 197
    linked = page.select(".map a")
    assert {a.contents[0] for a in linked} == {"MDA", "ALB"}  # Namibia's report has no bands
    assert all(a["tabindex"] == "-1" for a in linked)


def test_a_manifest_that_is_none_is_named(outputs):
    (outputs / "country-benchmark" / "MDA" / "manifest.json").write_text("{")
    with pytest.raises(InputError, match="MDA.manifest.json is no report's manifest"):
        build(outputs)


def test_no_report_yet_and_same_bytes(tmp_path, outputs):
    first = build(outputs).read_bytes()
    assert build(outputs).read_bytes() == first
    assert "no report yet" in build(tmp_path / "nothing").read_text()
