"""A small notebook with one piece of each kind, run in this process: what a study's report is made of."""

from collections.abc import Iterable

import matplotlib
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pandas as pd

from migof_research.report import Page
from migof_research.report.publish import localise

BANDS = {
    "overall": {"label": "Partially meets", "id": "2", "colour": "#f2c14e"},
    "D1": {"label": "Meets", "id": "3", "colour": "#4d9078"},
    "D2": {"label": "between Partially meets and Meets"},
}
CARD = {
    "name": "Republic of Moldova", "region": "Europe and Northern America", "income": "Upper middle income", "year": 2021,
    "bands": BANDS, "node_labels": {"overall": "Overall", "D1": "Migrant rights", "D2": "Whole-of-government approach"},
}  # fmt: skip


def drawing():
    fig, ax = plt.subplots(figsize=(7, 3.5), layout="constrained")
    ax.plot([2019, 2021], [54.05, 62.3], marker="o")
    ax.set(ylabel="Share (%)", xticks=[2019, 2021])
    return fig


def frame(rows: int = 4) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": [f"Country {i}" for i in range(rows)], "year": 2021, "share": [100 * i / 7 for i in range(rows)],
            "change": [None, *(float(1 - i) for i in range(1, rows))], "answered": [i % 2 == 0 for i in range(rows)],
        }
    )  # fmt: skip


COLUMNS = {"unit": "Country", "year": "Year", "share": "Share (%)", "change": "Change (points)", "answered": "Answered"}


def notebook(pieces: Iterable, lang: str = "en") -> nbformat.NotebookNode:
    """A notebook of markdown (texts) and of cells that show a piece, as if just executed."""
    cells = []
    for piece in pieces:
        if isinstance(piece, str):
            cells.append(new_markdown_cell(piece))
        else:
            output = new_output("execute_result", data=nbformat.from_dict(piece._repr_mimebundle_()), execution_count=1)
            cells.append(new_code_cell("page.piece()", outputs=[output], execution_count=1))
    about = {"title": "Country benchmark", "about": "Where a country stands.", "order": 1}
    return localise(new_notebook(cells=cells, metadata={"migof": about}), lang)


def sample(
    unit: str = "MDA", lang: str = "en", name: str = "Republic of Moldova", study: str = "country-benchmark"
) -> nbformat.NotebookNode:
    page = Page(study, unit, lang)
    return notebook(
        [
            "# Country benchmark",
            page.title(name, subtitle="Migration governance by SDG indicator 10.7.2", card={**CARD, "name": name}),
            page.summary([f"{name} partially meets the indicator in 2021, as 54.1% of 111 countries do.", "It rose since 2019."]),
            "## Results\n\nWhat the published levels say.",
            page.text("In 2021 it met two of six domains.", "In 2019, one."),
            page.figure(drawing(), "shares", "Share of countries that meet the indicator, per cent, 2019 and 2021.",
                        "Line from 54.1 per cent in 2019 to 62.3 per cent in 2021.", notes=["n = 111 and 138."]),
            "### By domain",
            page.table(frame(), "domains", "Shares by domain, 2021.", COLUMNS, notes=["n = 138 countries."],
                       formats={"share": "percent:1", "change": "signed:1"}),
            page.table(frame(40), "countries", "Shares of all the countries, 2021.", COLUMNS, formats={"share": "number:2"},
                       spanners={"Result": ["share", "change"]}),
            page.download(frame(), "shares", "Shares by area and year."),
            "## Method and limits",
            page.method({"Levels": "As published.", "Limits": "Existence of policies, not their implementation."}),
            "## Sources",
            page.sources([{"title": "SDG indicator 10.7.2", "publisher": "UN DESA and IOM", "licence": "Open", "url": "https://unstats.un.org/"}]),
            "## How to cite",
            page.cite(year=2021, note="Figures of UN DESA and IOM"),
        ],
        lang,
    )  # fmt: skip
