"""Small tables with the columns of the contracts, and looks into what a figure drew."""

import io
from collections.abc import Iterator

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from migof_research.frameworks import load
from migof_research.report import style

FRAMEWORK = load("sdg_10_7_2")
NODES = ["overall", *FRAMEWORK.domains]
BAND = pd.CategoricalDtype(FRAMEWORK.bands.ids, ordered=True)
NAMES = {"MDA": "Republic of Moldova", "ETH": "Éthiopie", "ZMB": "Zambia", "GBR": "United Kingdom of Great Britain and Northern Ireland"}


def scores(unit: str, year: int, intervals: list[tuple[float, float]]) -> pd.DataFrame:
    table = pd.DataFrame(intervals, columns=["lower", "upper"])
    return table.assign(unit=unit, year=year, node=NODES, score=table["lower"].where(table["lower"] == table["upper"]))


def bands(unit: str, year: int, ids: str) -> pd.DataFrame:
    """``ids`` has one band a node; "-" is no band: somewhere between 2 and 3."""
    lower, upper = ids.replace("-", "2"), ids.replace("-", "3")
    table = pd.DataFrame({"unit": unit, "year": year, "node": NODES, "band": [None if id == "-" else id for id in ids]})
    table = table.assign(band_lower=list(lower), band_upper=list(upper))
    return table.astype(dict.fromkeys(["band", "band_lower", "band_upper"], BAND))


SCORES = scores("MDA", 2021, [(80, 88.3), (40, 70), (100, 100), (100, 100), (60, 60), (0, 20), (60, 80)])
BEFORE = scores("MDA", 2019, [(60, 75), (80, 90), (100, 100), (80, 80), (60, 60), (0, 20), (100, 100)])
BANDS = bands("MDA", 2021, "324421-")
PEERS = pd.concat([bands("ETH", 2021, "3344123"), bands("ZMB", 2021, "2344123"), bands("GBR", 2021, "43441-3")])
PROGRESS = pd.DataFrame(
    {
        "node": NODES, "year_start": 2019, "year_end": 2021, "band_start": list("2344214"), "band_end": list("324421") + [None],
        "lower_start": BEFORE["lower"], "upper_start": BEFORE["upper"], "lower_end": SCORES["lower"], "upper_end": SCORES["upper"],
        "direction": ["surely up", "surely down", "unchanged", "surely up", "unchanged", "not separable", "surely down"],
    }
)  # fmt: skip
SHARES = pd.DataFrame(
    [
        ("World", "round", 2019, 111, 54.054, 44.8, 63.0), ("World", "round", 2021, 89, 69.663, 59.5, 78.2),
        ("World", "latest", 2021, 138, 62.319, 54.0, 70.0), ("World", "panel", 2019, 62, 58.1, 45.7, 69.5),
        ("Oceania", "round", 2019, 9, 33.333, 12.1, 64.6), ("Oceania", "round", 2021, 0, None, None, None),
        ("Oceania", "latest", 2021, 9, 44.444, 18.9, 73.3),
    ],
    columns=["area", "basis", "year", "n", "share", "lower", "upper"],
).assign(node="overall")  # fmt: skip
CHANGE = pd.Series(
    {"basis": "round", "start": 54.0, "end": 69.7, "left": 4.0, "within": 13.6, "joined": -1.9, "n_start": 111, "n_end": 89, "n_panel": 62}
)
PRACTICES = pd.DataFrame(
    {
        "practice": ["D4a", "D2c"], "n_top": [41, 40], "n_rest": [97, 96], "prevalence_top": [90.2, 50.0], "prevalence_rest": [40.2, 45.8],
        "risk_difference": [50.0, 4.2], "lower": [33.0, -13.0], "upper": [62.0, 22.0], "q": [0.0001, 0.71],
    }
)  # fmt: skip
FIRMNESS = pd.DataFrame(
    [("overall", "2", 0.25), ("overall", "3", 0.75), ("D2", "1", 0.4), ("D2", "2", 0.3), ("D2", "3", 0.3)],
    columns=["node", "band", "probability"],
)
TRANSITIONS = pd.DataFrame(
    [("1", "3", 1), ("2", "2", 8), ("2", "3", 15), ("3", "2", 5), ("3", "3", 28), ("3", "4", 2), ("4", "4", 1)],
    columns=["band_from", "band_to", "n"],
)
PATHS = pd.DataFrame(
    [
        ("3", "smallest", 1, "D1c", 1.667, 81.667), ("3", "smallest", 1, "D4a", 3.333, 81.667), ("3", "smallest", 2, "D6a", 3.333, 80.0),
        ("3", "usual", 1, "D4a", 3.333, 80.0), ("3", "cheapest", 1, "D4a", 3.333, 80.0),
        ("3", "robust", 1, "D1c", 1.667, 85.0), ("3", "robust", 1, "D4a", 3.333, 85.0), ("3", "robust", 1, "D5b", 3.333, 85.0),
    ],
    columns=["band", "kind", "rank", "item", "gain", "score"],
)  # fmt: skip
TILES = pd.DataFrame({"unit": ["ETH", "GBR", "MDA", "ZMB"], "column": [2, 0, 1, 2], "row": [1, 0, 0, 2]})
WORLD = pd.DataFrame({"unit": ["ETH", "GBR", "MDA"], "band": pd.Categorical(["3", "4", "3"], dtype=BAND)})


def svg(figure: Figure) -> bytes:
    file = io.BytesIO()
    with mpl.rc_context(style.RC):
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()


def texts(figure: Figure) -> Iterator[Text]:
    return (text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip())


def words(figure: Figure) -> str:
    """Everything that is written in a figure, line breaks taken out."""
    return " | ".join(text.get_text().replace("\n", " ") for text in texts(figure))


def outside(figure: Figure) -> list[str]:
    """The texts that stick out of the figure."""
    with mpl.rc_context(style.RC):
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in texts(figure)]
    page = figure.bbox
    return [text for text, box in boxes if box.x0 < page.x0 - 1 or box.x1 > page.x1 + 1 or box.y0 < page.y0 - 1 or box.y1 > page.y1 + 1]
