import csv
import io
import zipfile

import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from migof_research.errors import InputError
from migof_research.report import Page, exports, language
from migof_research.report.piece import MIME
from tests.report.sample import COLUMNS, frame


def html(df, lang="en", **more):
    piece = Page("s", lang=lang).table(df, "t", "Shares by country", **more)
    return BeautifulSoup(str(piece.html), "html.parser")


def record(df, **more):
    return Page("s").table(df, "t", "Shares by country", **more)._repr_mimebundle_()[MIME]


def test_a_table_can_be_read_aloud():
    table = html(frame(), columns=COLUMNS, spanners={"Result": ["share", "change"]}).table
    assert table.caption.get_text() == "Table 1. Shares by country"
    headers = table.thead.find_all("th")
    assert all(th["scope"] in ("col", "colgroup") and th.get_text(strip=True) for th in headers)
    assert [th.get_text(strip=True) for th in table.tbody.find_all("th", scope="row")] == [f"Country {i}" for i in range(4)]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", ["2021", "14.3%", "0.0", "no"]), ("fr", ["2021", "14,3\u00a0%", "0,0", "non"])],
)
def test_cells_are_written_in_the_reader_s_way(lang, expected):
    cells = html(frame(), lang, columns=COLUMNS, formats={"share": "percent:1", "change": "signed:1"}).tbody.find_all("tr")[1]
    assert [td.get_text() for td in cells.find_all("td")] == expected


def test_numbers_stand_right_and_missing_is_a_dash():
    first = html(frame(), columns=COLUMNS).tbody.tr.find_all("td")
    assert [("gt_right" in td["class"]) for td in first] == [True, True, True, False]
    assert first[2].get_text() == "–"


def test_a_long_table_carries_exact_values_for_sorting():
    soup = html(frame(40), columns=COLUMNS)
    assert soup.div["class"] == ["table", "long"]
    assert soup.tbody.find_all("tr")[1].find_all("td")[1].data["value"] == str(100 / 7)
    assert html(frame(4)).find("data") is None


def test_the_record_is_exact_and_typed():
    made = record(frame(2).assign(band=pd.Categorical(["1", None])), columns={**COLUMNS, "band": "Band"})
    assert [c["id"] for c in made["columns"]] == [*COLUMNS, "band"]
    assert made["rows"] == [["Country 0", 2021, 0.0, None, True, "1"], ["Country 1", 2021, 100 / 7, 0.0, False, None]]


@pytest.mark.parametrize(
    ("columns", "fault"), [({"nix": "X"}, "no column nix"), ({"unit": " "}, "no heading for unit"), ({}, "no column at all")]
)
def test_columns_are_checked(columns, fault):
    with pytest.raises(InputError, match=fault):
        html(frame(), columns=columns)


def test_an_unknown_format_is_named():
    with pytest.raises(InputError, match="share.*'euro:2'"):
        html(frame(), formats={"share": "euro:2"})


EVIL = ['=HYPERLINK("https://example.org","x")', "+1+cmd|' /C calc'!A0", "-1+2", "@SUM(A1)", "\t=1", "\r@x"]


def test_no_text_is_a_formula_in_exports_and_numbers_stay_numbers():
    made = record(pd.DataFrame({"note": [*EVIL, "-12.5", "a = b"], "=x": [-1.5] * 8}))
    rows = list(csv.reader(io.StringIO(exports.to_csv(made).decode(), newline="")))
    assert rows[0] == ["note", "'=x"]
    assert [row[0] for row in rows[1:]] == ["'" + text.strip() for text in EVIL] + ["-12.5", "a = b"]
    assert {row[1] for row in rows[1:]} == {"-1.5"}

    book = openpyxl.load_workbook(io.BytesIO(exports.to_xlsx([made], ["=1+1"], language("en"))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [c for c in cells if c.data_type == "f" or (isinstance(c.value, str) and c.value[0] in "=@")]
    assert book["t"]["B2"].value == -1.5
    assert "<f>" not in "".join(_parts(exports.to_xlsx([made], [], language("en"))))


def _parts(book: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if "worksheets" in name]


def test_csv_keeps_every_digit():
    values = [100 / 7, 1e-17, 2**53 + 1.0]
    made = exports.to_csv(record(pd.DataFrame({"unit": list("abc"), "x": values})))
    assert pd.read_csv(io.BytesIO(made))["x"].tolist() == values


def test_workbook_tells_what_the_columns_are_and_is_the_same_each_time():
    made = record(frame(), columns=COLUMNS, notes=["n = 138."])
    one, two = (exports.to_xlsx([made], ["Moldova"], language("fr")) for _ in range(2))
    assert one == two
    book = openpyxl.load_workbook(io.BytesIO(one))
    notes = [tuple(c.value for c in row) for row in book.worksheets[0].iter_rows()]
    assert ("share", "Share (%)") in notes and any(row[1] == "n = 138." for row in notes)
    assert [c.value for c in book["t"][1]] == list(COLUMNS.values()) and book["t"]["C3"].value == pytest.approx(100 / 7, rel=1e-15)
