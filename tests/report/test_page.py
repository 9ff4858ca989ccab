import base64
import json
import re

import matplotlib.pyplot as plt
import pytest
from markupsafe import Markup

from migof_research.errors import InputError
from migof_research.report import Page, band
from migof_research.report.piece import MIME
from tests.report.sample import CARD, drawing, frame

WORDS = {"caption": "Shares in two years.", "alt": "Line from 54 to 62 per cent."}


def shown(piece) -> str:
    return piece._repr_mimebundle_()["text/html"]


def record(piece) -> dict:
    made = piece._repr_mimebundle_()[MIME]
    assert json.loads(json.dumps(made)) == made  # plain JSON, as the notebook keeps it
    return made


def test_title_carries_what_the_index_needs():
    made = record(Page("country-benchmark", "MDA", "fr").title("Moldova", "10.7.2", CARD))
    assert {key: made[key] for key in ("kind", "study", "unit", "lang", "title", "subtitle")} == {
        "kind": "page", "study": "country-benchmark", "unit": "MDA", "lang": "fr", "title": "Moldova", "subtitle": "10.7.2",
    }  # fmt: skip
    assert made["card"] == CARD
    assert record(Page("global", lang="en").title("The world"))["unit"] == "world"


def test_the_title_tells_bands_in_words_not_only_in_colour():
    html = shown(Page("s").title("Moldova", card=CARD))
    assert "Partially meets" in html and "--band:#f2c14e" in html and "between Partially meets and Meets" in html


@pytest.mark.parametrize(
    "make",
    [
        lambda page, evil: page.title(evil, evil, {"name": evil, "region": evil, "bands": {"D1": {"label": evil}}}),
        lambda page, evil: page.summary([evil]),
        lambda page, evil: page.text(evil),
        lambda page, evil: page.figure(drawing(), "f", f"Caption with {evil}", f'Alt "text" with {evil}', notes=[evil]),
        lambda page, evil: page.table(frame().assign(unit=evil), "t", f"Caption with {evil}", {"unit": evil, "share": evil}),
        lambda page, evil: page.table(frame(), "t", "A table of shares", notes=[evil], spanners={evil: ["share"]}),
        lambda page, evil: page.table(frame(40).assign(unit=evil), "t", "A long table here", formats={"year": lambda year: evil}),
        lambda page, evil: page.method({evil: evil}),
        lambda page, evil: page.method([evil]),
        lambda page, evil: page.sources([evil, {"title": evil, "publisher": evil, "licence": evil}]),
        lambda page, evil: page.cite(evil, evil),
    ],
)  # fmt: skip
def test_text_from_data_does_no_harm(make):
    evil = "<img src=x onerror=alert(1)>"
    html = shown(make(Page("s"), evil))
    assert "<img src=x" not in html and "&lt;img src=x" in html


def test_own_markup_stays():
    assert "<b>6</b>" in shown(Page("s").text(Markup("<b>6</b> of 6")))


def test_a_colour_cannot_smuggle_style():
    with pytest.raises(InputError, match="#rrggbb"):
        band("Meets", "red;background:url(https://example.org)")


def test_figure_is_one_image_with_words_and_closed():
    fig = drawing()
    piece = Page("s").figure(fig, "shares", **WORDS)
    html = shown(piece)
    assert len(re.findall("<img ", html)) == 1 and 'alt="Line from 54 to 62 per cent."' in html
    assert "Figure 1.</b> Shares in two years." in html
    assert not plt.fignum_exists(fig.number)
    png = base64.b64decode(piece._repr_mimebundle_()["image/png"])
    assert png.startswith(b"\x89PNG") and b"Software" not in png
    assert record(piece)["alt"] == WORDS["alt"]


def test_same_figure_same_bytes_and_its_own_size():
    one, two = (Page("s").figure(drawing(), "shares", **WORDS)._repr_mimebundle_() for _ in range(2))
    assert one == two
    svg = base64.b64decode(re.search(r"base64,([^\"]+)", one["text/html"])[1]).decode()
    assert 'width="504pt" height="252pt"' in svg  # 7 x 3.5 inches, not cut to its contents
    assert "<dc:date>" not in svg and "Matplotlib v" not in svg


@pytest.mark.parametrize("words", [{"caption": "", "alt": WORDS["alt"]}, {"caption": WORDS["caption"], "alt": "chart"}])
def test_a_figure_without_words_is_refused(words):
    with pytest.raises(InputError, match="says nothing"):
        Page("s").figure(drawing(), "shares", **words)


def test_numbers_run_by_kind_and_stay_when_a_cell_runs_again():
    page = Page("s")
    names = [("figure", "a"), ("figure", "b"), ("figure", "a")]
    assert [record(page.figure(drawing(), name, **WORDS))["number"] for _, name in names] == [1, 2, 1]
    assert record(page.table(frame(), "a", "A table of shares"))["number"] == 1
    assert "Tableau 1." not in shown(page.table(frame(), "a", "A table of shares"))


@pytest.mark.parametrize("name", ["../x", "A b", "", "notes", "a" * 32, "1st"])
def test_names_are_fit_for_files_and_sheets(name):
    with pytest.raises(InputError, match="cannot be used"):
        Page("s").table(frame(), name, "A table of shares")


def test_a_table_and_a_download_cannot_share_a_file():
    page = Page("s")
    page.table(frame(), "shares", "A table of shares")
    with pytest.raises(InputError, match="two names"):
        page.download(frame(), "shares", "The shares for download")


@pytest.mark.parametrize(
    ("source", "fault"),
    [({"title": "X", "link": "https://a"}, "has link"), ({"title": "X", "url": "javascript:alert(1)"}, "https://")],
)
def test_sources_are_checked(source, fault):
    with pytest.raises(InputError, match=fault):
        Page("s").sources([source])


def test_citation_names_version_and_escapes_tex():
    made = record(Page("s", "MDA").cite(2021, "UN & IOM"))
    assert "migof_research 0.1.0" in made["text"] and "@techreport{migof-s-mda-2021," in made["bibtex"]
    assert "{UN \\& IOM}" in made["bibtex"]
