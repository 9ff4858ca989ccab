"""Context from files: the real ones beside the project where they are there, other editions in their layouts."""

import json
import zipfile

import pandas as pd
import pytest

from migof_research import paths
from migof_research.errors import InputError
from migof_research.indicators import compiled, hdr, mgi_2016, treaties, undesa, unhcr, units, worldbank
from migof_research.indicators.figures import CONTEXT
from tests.indicators.made_up import text, workbook

SHARED = paths.root().parent / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data, real files that are never committed, is not there")


def value(figures, unit, year, variable):
    table = figures.table
    (found,) = table.loc[(table["unit"] == unit) & (table["year"] == year) & (table["variable"] == variable), "value"]
    return found


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


@needs_shared
class TestRealFiles:
    def test_migrant_stock_of_2020(self):
        found = undesa.read(SHARED / "samples/undesa_pd_2020_ims_stock_by_sex_and_destination.xlsx")
        assert found.vintage == "2020"
        assert set(found.table["unit"]) == set(units.units()["unit"])
        assert sorted(found.table["year"].unique()) == [1990, 1995, 2000, 2005, 2010, 2015, 2020]
        assert value(found, "KEN", 2020, "migrant_stock") == 1050147  # both sexes, not the males beside them
        assert value(found, "NAM", 2020, "migrant_share") == pytest.approx(4.305, abs=0.001)
        assert "344 China, Hong Kong SAR" in found.notes[0]

    def test_remittances_of_the_world_development_indicators(self):
        found = worldbank.read(SHARED / "samples/wdi_BX.TRF.PWKR.DT.GD.ZS_2022-09-16.csv")
        assert found.vintage == "2022-09-16"
        assert set(found.table["variable"]) == {"remittances"}
        assert value(found, "AFG", 2008, "remittances") == pytest.approx(0.8857229486)
        assert "AFE" in found.notes[0] and "NAM" in set(found.table["unit"])

    def test_refugees_by_country_of_asylum(self):
        found = unhcr.read(SHARED / "samples/unhcr_population_by_asylum_country_1951_2025.csv")
        assert value(found, "DEU", 1951, "refugees_hosted") == 265000
        assert value(found, "ZWE", 2025, "asylum_seekers_hosted") == 9495
        assert found.vintage == "figures to 2025"

    def test_convention_on_migrant_workers(self, tmp_path):
        found = treaties.read(SHARED / "samples/hr_status_icmw.csv")
        assert set(found.table["variable"]) == {"icmw"}
        last = found.table[found.table["year"] == found.table["year"].max()]
        assert last["value"].sum() == 57 and len(last) == 197
        assert (value(found, "ALB", 2006, "icmw"), value(found, "ALB", 2007, "icmw")) == (0, 1)
        assert "TLS" in set(last.loc[last["value"] == 1, "unit"])  # given as TP

    def test_compiled_context(self):
        found = compiled.read(SHARED / "context.csv")
        assert value(found, "NAM", 2019, "population") > 2e6
        assert found.table.loc[found.table["variable"] == "migrant_stock", "year"].unique().tolist() == [2020]
        assert any("AB9" in note for note in found.notes) and any("v2x_rule" in note for note in found.notes)
        assert not found.table["unit"].eq("").any()

    def test_refugees_of_the_compiled_table_are_those_of_unhcr(self):
        """Nearly all: the two are of different editions."""
        first = unhcr.read(SHARED / "samples/unhcr_population_by_asylum_country_1951_2025.csv").table
        both = first.merge(compiled.read(SHARED / "context.csv").table, on=["unit", "year", "variable"], suffixes=("", "_compiled"))
        refugees = both[(both["variable"] == "refugees_hosted") & (both["value_compiled"] > 0)]
        assert len(refugees) > 1000
        assert (refugees["value"] == refugees["value_compiled"]).mean() > 0.9


YEARS = [1990, 2000, 2010]


def stock_sheet(title, layout, scale=1):
    rows = [[""], ["", "", "", "", title], ["", "", "", "", "POP/DB/MIG/Stock/Rev." + layout]]
    areas = [("WORLD", 900), ("  Africa", 903), ("   Namibia", 516), ("   China, Hong Kong SAR*", 344), ("   Kenya", 404)]
    figures = [[scale * (code + n) for n in range(9)] for _, code in areas]
    figures[3] = [".."] * 9
    sexes = ["International migrant stock at mid-year, both sexes combined", "", "", "males", "", "", "females", "", ""]
    match layout:
        case "2019":
            head = ["Sort order", "Major area, region, country or area of destination", "Notes", "Code", "Type of data (a)"]
            rows += [[*head, *sexes], ["", "", "", "", "", *YEARS, *YEARS, *YEARS]]
            rows += [[n, name, "", code, "B", *line] for n, ((name, code), line) in enumerate(zip(areas, figures, strict=True))]
        case "2020":
            head = ["Index", "Region, development group, country or area", "Notes", "Location code", "Type of data"]
            rows += [["", "", "", "", "", *sexes], [*head, *YEARS, *YEARS, *YEARS]]
            rows += [[n, name, "", code, "B", *line] for n, ((name, code), line) in enumerate(zip(areas, figures, strict=True))]
        case "2024":
            head = ["Index", "Region, development group, country or area", "Coverage", "Data type", "Location code"]
            rows += [["", "", "", "", "", *sexes], [*head, *YEARS, *YEARS, *YEARS]]
            rows += [[n, name, "", "B", code, *line] for n, ((name, code), line) in enumerate(zip(areas, figures, strict=True))]
    return rows


def stock_book(layout):
    first = "Table 1: International migrant stock at mid-year by sex and by region, country or area of destination, 1990-2010"
    third = "Table 3: International migrant stock as a percentage of the total population by sex and by region"
    return workbook(
        {
            "Contents": [["", first], ["", third]],
            "Table 1": stock_sheet(first, layout),
            "Table 2": stock_sheet("Table 2: Total population at mid-year by sex and by region", layout),
            "Table 3": stock_sheet(third, layout, scale=0.01),
        }
    )


@pytest.mark.parametrize("layout", ["2019", "2020", "2024"])
def test_migrant_stock_in_the_layout_of_each_edition(tmp_path, layout):
    found = undesa.read(written(tmp_path, "stock.xlsx", stock_book(layout)))
    assert found.vintage == layout
    assert list(found.table.columns) == CONTEXT
    assert found.table[["unit", "variable", "year", "value"]].values.tolist() == [
        [unit, variable, year, pytest.approx(scale * (code + n))]
        for unit, code in (("KEN", 404), ("NAM", 516))
        for variable, scale in (("migrant_share", 0.01), ("migrant_stock", 1))
        for n, year in enumerate(YEARS)
    ]
    assert found.notes == ["Left out, not one of the 197 countries: 344 China, Hong Kong SAR*."]


def test_migrant_stock_whose_first_years_are_those_of_males(tmp_path):
    sheet = stock_sheet("International migrant stock at mid-year by sex and by region", "2020")
    sheet[3][5], sheet[3][8] = "International migrant stock at mid-year, males", "both sexes"
    with pytest.raises(InputError, match="not those of both sexes"):
        undesa.read(written(tmp_path, "stock.xlsx", workbook({"Table 1": sheet})))


def test_migrant_stock_without_location_codes(tmp_path):
    sheet = stock_sheet("International migrant stock at mid-year by sex and by region", "2020")
    sheet[4][3] = "Key"
    with pytest.raises(InputError, match="no column of location codes"):
        undesa.read(written(tmp_path, "stock.xlsx", workbook({"Table 1": sheet})))


def test_bulk_file_of_the_world_development_indicators_with_all_series(tmp_path):
    head = ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2018", "2019", ""]
    rows = [
        ["Namibia", "NAM", "Population, total", "SP.POP.TOTL", "2405680", "2446644", ""],
        ["Namibia", "NAM", "GDP per capita", "NY.GDP.PCAP.CD", "5588.1", "", ""],
        ["Namibia", "NAM", "Forest area", "AG.LND.FRST.ZS", "8.1", "8.0", ""],
        ["World", "WLD", "Population, total", "SP.POP.TOTL", "7.6E9", "7.7E9", ""],
        ["Zaire", "ZAR", "Population, total", "SP.POP.TOTL", "87087355", "", ""],
    ]
    found = worldbank.read(written(tmp_path, "WDICSV.csv", text([head, *rows])))
    assert found.table[["unit", "year", "variable", "value"]].values.tolist() == [
        ["COD", 2018, "population", 87087355.0],
        ["NAM", 2018, "gdp_per_head", 5588.1],
        ["NAM", 2018, "population", 2405680.0],
        ["NAM", 2019, "population", 2446644.0],
    ]
    assert found.vintage == "not known"


def test_databank_export_of_the_world_bank(tmp_path):
    head = ["Country Name", "Country Code", "Series Name", "Series Code", "2019 [YR2019]"]
    with pytest.raises(InputError, match="none of the indicators"):
        worldbank.read(written(tmp_path, "x.csv", text([head, ["Namibia", "NAM", "Forest", "AG.LND.FRST.ZS", "8"]])))
    found = worldbank.read(written(tmp_path, "y.csv", text([head, ["Namibia", "NAM", "Population", "SP.POP.TOTL", "2446644"]])))
    assert value(found, "NAM", 2019, "population") == 2446644


def test_a_download_as_a_zip_file_with_files_of_metadata(tmp_path):
    head = ["Country Name", "Country Code", "Indicator Name", "Indicator Code", "2019", ""]
    preamble = [["Data Source", "WDI"], [], ["Last Updated Date", "2025-07-01"], []]
    members = {
        "Metadata_Country_API_SP.POP.TOTL.csv": text([["Country Code", "Region"], ["NAM", "Sub-Saharan Africa"]]),
        "API_SP.POP.TOTL.csv": text([*preamble, head, ["Namibia", "NAM", "Population", "SP.POP.TOTL", "2446644", ""]]),
    }
    path = tmp_path / "API_SP.POP.TOTL.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    found = worldbank.read(path)
    assert value(found, "NAM", 2019, "population") == 2446644 and found.vintage == "2025-07-01"


def test_an_old_workbook_is_named(tmp_path):
    with pytest.raises(InputError, match=r"\.xls\); save it as \.xlsx"):
        worldbank.read(written(tmp_path, "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))


def test_a_year_that_is_none_is_named(tmp_path):
    with pytest.raises(InputError, match="NAM: '2019/20' is not a year"):
        compiled.read(written(tmp_path, "own.csv", text([["iso3", "year", "hdi"], ["NAM", "2019/20", "0.6"]])))


def test_answer_of_the_world_banks_service_saved_as_json(tmp_path):
    head = {"page": 1, "pages": 1, "per_page": 50, "total": 2, "lastupdated": "2025-07-01"}
    row = {"indicator": {"id": "SP.POP.TOTL"}, "countryiso3code": "NAM", "date": "2019", "value": 2446644}
    path = written(tmp_path, "answer.json", json.dumps([head, [row, row | {"countryiso3code": "", "value": 1}]]).encode())
    found = worldbank.read(path)
    assert value(found, "NAM", 2019, "population") == 2446644 and found.vintage == "2025-07-01"
    part = written(tmp_path, "part.json", json.dumps([head | {"pages": 40, "total": 2000}, [row]]).encode())
    with pytest.raises(InputError, match="page 1 of 40 alone"):
        worldbank.read(part)


def test_governance_indicators_in_long_form(tmp_path):
    rows = [["codeindyr", "code", "countryname", "year", "indicator", "estimate", "stddev"]]
    rows += [["NAMva2019", "NAM", "Namibia", 2019, "va", 0.52, 0.1], ["ROMge2019", "ROM", "Romania", 2019, "ge", "..", 0.1]]
    found = worldbank.read(written(tmp_path, "wgidataset.xlsx", workbook({"Sheet1": rows})))
    assert found.table[["unit", "year", "variable", "value"]].values.tolist() == [["NAM", 2019, "voice_accountability", 0.52]]


def test_refugees_from_the_data_finder_with_preamble_and_origins(tmp_path):
    rows = [["Extracted from the UNHCR Refugee Population Statistics Database"], [""], ["Data notes", "..."], [""]] * 3
    head = ["Year", "Country of origin (ISO)", "Country of asylum (ISO)", "Refugees under UNHCR's mandate", "Asylum-seekers"]
    rows += [head, ["2019", "AGO", "NAM", "1,251", "-"], ["2019", "COD", "NAM", "1000", "50"], ["2019", "SYR", "UNK", "5", "5"]]
    found = unhcr.read(written(tmp_path, "population.csv", text(rows)))
    assert found.table[["variable", "value"]].values.tolist() == [["asylum_seekers_hosted", 50], ["refugees_hosted", 2251]]
    assert found.notes == ["Left out, not one of the 197 countries: UNK."]


def test_human_development_index_of_any_report(tmp_path):
    rows = [["iso3", "country", "hdicode", "region", "hdi_rank_2022", "hdi_1990", "hdi_2022", "hdi_f_2022"]]
    rows += [["CIV", "Côte d'Ivoire", "Low", "SSA", "166", "0.4", "0.534", "0.5"], ["ZZK.WORLD", "World", "", "", "", "0.6", "0.739", ""]]
    for encoding in ("utf-8", "cp1252"):
        found = hdr.read(written(tmp_path, f"{encoding}.csv", text(rows, encoding=encoding)))
        assert found.table[["unit", "year", "value"]].values.tolist() == [["CIV", 1990, 0.4], ["CIV", 2022, 0.534]]
        assert "ZZK.WORLD" in found.notes[0] and found.vintage == "figures to 2022"
    rows[1][6] = "53.4"
    with pytest.raises(InputError, match="CIV 2022: 53.4 is not between 0 and 1"):
        hdr.read(written(tmp_path, "odd.csv", text(rows)))
    with pytest.raises(InputError, match="no column is called hdi_YEAR"):
        hdr.read(written(tmp_path, "other.csv", text([["iso3", "gii_2022"], ["CIV", "0.5"]])))


def status(rows, title="Protocol to Prevent, Suppress and Punish Trafficking in Persons"):
    body = "".join("<Row>" + "".join(f"<Entry>{cell}</Entry>" for cell in row) + "</Row>" for row in rows)
    return (
        f"<MTDSG><Treaty><Header><ExternalData><Titlesect>{title}</Titlesect></ExternalData></Header><Participants><Table><TGroup>"
        f"<Tbody>{body}</Tbody></TGroup></Table></Participants></Treaty></MTDSG>"
    ).encode()


def test_status_of_a_treaty_from_the_treaty_collection(tmp_path):
    note = "&lt;superscript&gt;1&lt;/superscript&gt;"
    rows = [["Namibia", "13 Dec 2000", "16 Aug 2002"], [f"Netherlands {note}", "12 Dec 2000", "27 Jul 2005 A"]]
    rows += [
        ["European Union", "", "6 Sep 2006 AA"],
        ["Republic of Korea", "13 Dec 2000", ""],
        ["Bolivia (Plurinational State of)", "", "18 May 2006 a"],
    ]
    found = treaties.read(written(tmp_path, "XVIII-12-a.xml", status(rows)))
    since = found.table[found.table["value"] == 1].groupby("unit")["year"].min()
    assert since.to_dict() == {"NAM": 2002, "NLD": 2005, "BOL": 2006}
    assert set(found.table["variable"]) == {"trafficking_protocol"} and found.table["unit"].nunique() == 197
    assert found.notes == ["trafficking_protocol: no country is called 'European Union'; left out."]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("V-2.xml", b"<Treaty/>", "no list of participants"),
        ("V-2.xml", b"<Treaty>", "cannot be read as XML"),
        ("V-2.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><Treaty/>', "declares no entities"),
        ("unknown.csv", text([["iso3", "date of accession"], ["NAM", "1995"]]), "of which treaty"),
        ("icmw.csv", text([["iso3", "year"], ["NAM", "1995"]]), "no column is headed as ratification or accession"),
        ("icmw.csv", text([["iso3", "ratification"], ["NAM", ""]]), "no country has a year of ratification"),
    ],
)
def test_a_status_list_that_cannot_be_read(tmp_path, name, content, said):
    with pytest.raises(InputError, match=said):
        treaties.read(written(tmp_path, name, content))


def test_status_of_a_treaty_by_names_and_dates(tmp_path):
    rows = [
        ["Participant", "Signature", "Ratification, Accession(a)"],
        ["Türkiye", "24 Aug 1951", "30 Mar 1962"],
        ["Monaco", "", "18 May 1954 a"],
    ]
    found = treaties.read(written(tmp_path, "V-2.csv", text(rows)))
    since = found.table[found.table["value"] == 1].groupby("unit")["year"].min()
    assert since.to_dict() == {"TUR": 1962, "MCO": 1954}
    assert set(found.table["variable"]) == {"refugee_convention"}


class TestMgi2016:
    def filled(self, **bands):
        table = mgi_2016.template()
        for place, band in bands.items():
            unit, node = place.split("_")
            table.loc[(table["unit"] == unit) & (table["node"] == node), "band"] = band
        return table

    def test_the_template_has_a_row_for_each_country_and_domain(self):
        table = mgi_2016.template()
        assert len(table) == 75 and table["unit"].nunique() == 15
        assert table.loc[table["node"] == "3", "domain"].unique().tolist() == ["Safe and orderly migration"]

    @pytest.mark.parametrize("ending", ["csv", "xlsx"])
    def test_what_is_filled_in_comes_back(self, tmp_path, ending):
        path = tmp_path / f"bands.{ending}"
        table = self.filled(PHL_1="Mature", PHL_2="developed", MDA_5="nascent")
        table.to_csv(path, index=False) if ending == "csv" else table.to_excel(path, index=False)
        found = mgi_2016.read(path)
        assert found.table[["unit", "year", "node", "band"]].values.tolist() == [
            ["MDA", 2016, "5", "nascent"],
            ["PHL", 2016, "1", "mature"],
            ["PHL", 2016, "2", "developed"],
        ]
        assert found.notes == ["72 of 75 bands are not filled in."]

    def test_all_faults_are_told_at_once(self, tmp_path):
        table = pd.DataFrame(
            [["Moldova", "1", "mature"], ["MDA", "1", "mature"], ["FRA", "2", "mature"], ["Bahrain", "6", "ripe"]],
            columns=["country", "node", "band"],
        )
        table.to_csv(tmp_path / "bands.csv", index=False)
        with pytest.raises(InputError) as error:
            mgi_2016.read(tmp_path / "bands.csv")
        assert all(
            said in str(error.value)
            for said in ("row 4: 'FRA' is not one", "row 5: '6' is no domain", "row 5: 'ripe' is no band", "row 3: MDA 1 is given twice")
        )

    def test_an_empty_template_has_no_band(self, tmp_path):
        mgi_2016.template().to_csv(tmp_path / "bands.csv", index=False)
        with pytest.raises(InputError, match="no band is filled in"):
            mgi_2016.read(tmp_path / "bands.csv")


def test_a_text_among_numbers_is_named_with_its_row(tmp_path):
    rows = [["iso3", "year", "population", "hdi"], ["NAM", "2019", "2 446 644", "0.6"], ["KEN", "2019", "about 50 million", "0.6"]]
    with pytest.raises(InputError, match="row 3: 'about 50 million' is not a number"):
        compiled.read(written(tmp_path, "own.csv", text(rows)))


def test_two_values_of_one_year_are_a_contradiction(tmp_path):
    rows = [["iso3", "year", "hdi"], ["NAM", "2019", "0.6"], ["NAM", "2019", "0.7"]]
    with pytest.raises(InputError, match="NAM 2019 has two values of hdi"):
        compiled.read(written(tmp_path, "own.csv", text(rows)))
