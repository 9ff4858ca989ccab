"""One table in four formats: what is read back is what was written."""

import zipfile

import fastparquet
import pandas as pd
import pytest

from migof_research.errors import InputError
from migof_research.report.formats import save


@pytest.fixture
def table():
    return pd.DataFrame(
        {
            "unit": ["NAM", "CIV", "MDA"],
            "name": ["Namibia", "Côte d'Ivoire", None],
            "year": [2019, 2021, 2021],
            "flag": pd.array([True, False, pd.NA], dtype="boolean"),
            "count": pd.array([1, None, 3], dtype="Int64"),
            "share": [1 / 3, None, 100.0],
            "band": pd.Categorical(["2", None, "4"], ["1", "2", "3", "4"], ordered=True),
            "note": ["=1+1", "+41", "-12.5"],
        }
    )


def test_csv(table, tmp_path):
    back = pd.read_csv(save(table, tmp_path / "t.csv"), keep_default_na=False, dtype=str)
    assert back["flag"].tolist() == ["true", "false", ""]
    assert back["unit"].tolist() == ["NAM", "CIV", "MDA"]
    assert float(back["share"][0]) == 1 / 3
    assert back["note"].tolist() == ["'=1+1", "+41", "-12.5"]


def test_excel(table, tmp_path):
    path = save(table, tmp_path / "t.xlsx", "A title")
    back = pd.read_excel(path, keep_default_na=False)
    assert back["note"].tolist()[0] == "'=1+1"
    assert back["name"].tolist() == ["Namibia", "Côte d'Ivoire", ""]
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert b"A title" in archive.read("docProps/core.xml")


def test_parquet(table, tmp_path):
    back = fastparquet.ParquetFile(str(save(table, tmp_path / "t.parquet"))).to_pandas()
    assert back["flag"].tolist() == [True, False, pd.NA]
    assert back["count"].tolist() == [1, pd.NA, 3]
    assert back["share"].tolist()[0] == 1 / 3 and pd.isna(back["share"][1])
    assert back["band"].tolist() == ["2", None, "4"]
    assert back["note"].tolist() == ["=1+1", "+41", "-12.5"]


def test_stata(table, tmp_path):
    long = table.rename(columns={"share": "share of countries, per cent"})
    path = save(long, tmp_path / "t.dta", "A title")
    back = pd.read_stata(path)
    assert back["flag"].tolist()[:2] == [1, 0] and pd.isna(back["flag"][2])
    assert back["name"].tolist() == ["Namibia", "Côte d'Ivoire", ""]
    assert back["share_of_countries__per_cent"].tolist()[2] == 100
    with pd.io.stata.StataReader(path) as reader:
        assert reader.variable_labels()["share_of_countries__per_cent"] == "share of countries, per cent"
        assert reader.data_label == "A title"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "dta"])
def test_the_same_table_gives_the_same_bytes(table, tmp_path, ending):
    assert save(table, tmp_path / f"a.{ending}").read_bytes() == save(table, tmp_path / f"b.{ending}").read_bytes()


def test_another_ending_is_refused(table, tmp_path):
    with pytest.raises(InputError, match=r"\.csv, \.xlsx, \.parquet, \.dta"):
        save(table, tmp_path / "t.ods")


def test_names_that_stata_cannot_tell_apart(tmp_path):
    with pytest.raises(InputError, match="Stata cannot tell apart"):
        save(pd.DataFrame({"a" * 32 + "1": [1], "a" * 32 + "2": [2]}), tmp_path / "t.dta")
