"""Services that answer in their own format, page by page, and what goes wrong with them: right tables or a clear error."""

import json

import pandas as pd
import pytest

from migof_research import files
from migof_research.errors import InputError
from migof_research.indicators import catalogue, datapackage, treaties, worldbank
from migof_research.indicators.catalogue import fetch
from migof_research.indicators.net import Net, Unavailable
from migof_research.indicators.undesa import URL as STOCK_URL
from tests.indicators import made_up
from tests.indicators.conftest import Answer
from tests.indicators.test_context_sources import status, stock_book

STOCK = STOCK_URL.removeprefix("https:/")
UNHCR = "/api.unhcr.org/population/v1/population/"
HDR = "/hdr.undp.org/sites/default/files/2025_HDR/HDR25_Composite_indices_complete_time_series.csv"
PAGE = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>We are back soon.</body></html>"


def raw(project, name):
    return project / "data" / "raw" / f"{name}.csv"


def stored(project, name):
    return pd.read_csv(raw(project, name), keep_default_na=False)


class TestSdg:
    def serve(self, service, rows=None):
        records = made_up.records(rows)
        service.answers[made_up.API] = lambda query, before: made_up.page(records, query)

    def test_the_same_figures_change_nothing(self, project, service, net):
        before = raw(project, "sdg_10_7_2").read_bytes()
        self.serve(service)
        fetched = fetch("sdg_10_7_2", net=net)
        assert fetched.counts == {"new": 0, "changed": 0, "vanished": 0} and fetched.listed is None
        assert raw(project, "sdg_10_7_2").read_bytes() == before
        assert [query["page"] for _, query, _ in service.asked] == ["1", "2"]
        assert {query["seriesCode"] for _, query, _ in service.asked} == {"SG_CPA_MIGRS"}

    def test_what_is_new_changed_and_vanished_is_listed(self, project, service, net):
        rows = made_up.levels()
        gone, changed = rows[0], rows[1]
        fourth = 4 if changed.level != 4 else 3
        added = changed._replace(year=2023, level=2)
        self.serve(service, [changed._replace(level=fourth), *rows[2:], added])
        fetched = fetch("sdg_10_7_2", net=net)
        assert fetched.counts == {"new": 1, "changed": 1, "vanished": 1}
        listed = pd.read_csv(fetched.listed, keep_default_na=False, dtype=str)
        kinds = listed[listed["column"] == "level"].set_index("change")
        assert kinds.loc["vanished", ["unit", "node"]].tolist() == [gone.unit, gone.node]
        assert kinds.loc["changed", ["old", "new"]].tolist() == [str(changed.level), str(fourth)]
        assert kinds.loc["new", ["unit", "year", "new"]].tolist() == [added.unit, "2023", "2"]
        table = stored(project, "sdg_10_7_2")
        assert len(table) == 1400 and set(table["year"]) == {2019, 2021, 2023}
        described = datapackage.read(project / "data" / "raw")["sdg_10_7_2"]
        assert described["hash"] == f"sha256:{files.sha256(raw(project, 'sdg_10_7_2').read_bytes())}"
        assert described["vintage"] == "years 2019, 2021, 2023" and described["retrieved"]

    def test_half_of_the_figures_vanished_is_a_fault_unless_accepted(self, project, service, net):
        before = raw(project, "sdg_10_7_2").read_bytes()
        self.serve(service, [row for row in made_up.levels() if row.year == 2021])
        with pytest.raises(InputError, match="777 of 1400 rows vanished.*--accept"):
            fetch("sdg_10_7_2", net=net)
        assert raw(project, "sdg_10_7_2").read_bytes() == before
        assert len(pd.read_csv(project / "data" / "changes" / "sdg_10_7_2.csv")) >= 777
        assert fetch("sdg_10_7_2", net=net, accept=True).counts["vanished"] == 777

    def test_an_error_in_the_middle_is_tried_again(self, project, service, net):
        records = made_up.records()

        def answer(query, before):
            return Answer(b"busy", status=503) if query["page"] == "2" and before < 2 else made_up.page(records, query)

        service.answers[made_up.API] = answer
        assert fetch("sdg_10_7_2", net=net).counts == {"new": 0, "changed": 0, "vanished": 0}
        assert [query["page"] for _, query, _ in service.asked] == ["1", "2", "2", "2"]

    def test_a_fetch_that_broke_off_goes_on_with_the_missing_page(self, project, service, net):
        records = made_up.records()
        service.answers[made_up.API] = lambda query, before: Answer(status=500) if query["page"] == "2" else made_up.page(records, query)
        with pytest.raises(Unavailable, match="status 500.*tried 3 times"):
            fetch("sdg_10_7_2", net=net)
        service.asked.clear()
        self.serve(service)
        fetch("sdg_10_7_2", net=net)
        assert [query["page"] for _, query, _ in service.asked] == ["2"]

    def test_the_sdmx_service_is_the_second_way_with_the_version_it_tells(self, project, service, net):
        before = raw(project, "sdg_10_7_2").read_bytes()
        service.answers[f"{made_up.SDMX}/dataflow/IAEG-SDGs/DF_SDG_GLH/latest"] = made_up.flow("1.37")
        data = f"{made_up.SDMX}/data/IAEG-SDGs,DF_SDG_GLH,1.37/..SG_CPA_MIGRS............/ALL/"
        service.answers[data] = made_up.text(made_up.sdmx_csv())
        fetched = fetch("sdg_10_7_2", net=net)
        assert fetched.counts == {"new": 0, "changed": 0, "vanished": 0}
        assert raw(project, "sdg_10_7_2").read_bytes() == before
        assert data in service.paths_asked()
        assert data.split("/")[-3].count(".") == 14  # a key of 15 parts
        assert catalogue.against_last_copy("sdg_10_7_2") == []

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (Answer(PAGE), "a web page instead of data"),
            (Answer(b""), "an empty answer"),
            (Answer(b'{"data": ['), "no JSON"),
            (Answer(b'{"message": "no"}'), "no page of records"),
            (Answer(b'{"totalElements": 0, "totalPages": 0, "data": []}'), "0 records came"),
            (Answer(b'{"totalElements": 9, "totalPages": 1, "data": [{}]}'), "1 records came, 9 were announced"),
            (Answer(b"gone", status=410), "status 410"),
            (Answer(b"{}", delay=2), "no answer within 0.3 s"),
        ],
        ids=["page", "empty", "cut", "message", "none", "fewer", "gone", "slow"],
    )
    def test_nonsense_leaves_the_last_good_copy(self, project, service, answer, said):
        before = raw(project, "sdg_10_7_2").read_bytes()
        descriptor = (project / "data/raw/datapackage.json").read_bytes()
        service.answers[made_up.API] = answer
        with pytest.raises(Unavailable) as error:
            fetch("sdg_10_7_2", net=Net(tries=2, timeout=(1, 0.3), wait=0, pause=0))
        assert said in str(error.value)
        assert "data/raw/sdg_10_7_2.csv stays as it was" in str(error.value)
        assert raw(project, "sdg_10_7_2").read_bytes() == before
        assert (project / "data/raw/datapackage.json").read_bytes() == descriptor

    def test_changed_names_are_said_and_asked_for_anew_the_next_time(self, project, service, net):
        before = raw(project, "sdg_10_7_2").read_bytes()
        renamed = [{("area" if key == "geoAreaCode" else key): value for key, value in record.items()} for record in made_up.records()]
        service.answers[made_up.API] = lambda query, before: made_up.page(renamed, query)
        with pytest.raises(InputError, match="no column for area"):
            fetch("sdg_10_7_2", net=net)
        assert raw(project, "sdg_10_7_2").read_bytes() == before
        self.serve(service)
        assert fetch("sdg_10_7_2", net=net).counts["changed"] == 0


class TestFiles:
    def test_a_workbook(self, project, service, net):
        service.answers[STOCK] = stock_book("2024")
        assert fetch("undesa", net=net).counts["new"] == 12
        assert datapackage.read(project / "data" / "raw")["undesa"]["vintage"] == "2024"

    def test_a_damaged_workbook_is_asked_for_again(self, project, service, net):
        good = stock_book("2024")
        service.answers[STOCK] = lambda query, before: made_up.damaged(good) if before == 0 else good
        assert fetch("undesa", net=net).counts["new"] == 12

    def test_a_workbook_that_stays_damaged(self, project, service, net):
        service.answers[STOCK] = made_up.damaged(stock_book("2024"))
        with pytest.raises(Unavailable, match="workbook.*there was no copy before|there was no copy before(.|\n)*workbook"):
            fetch("undesa", net=net)
        assert not raw(project, "undesa").exists()

    @pytest.mark.parametrize("ranges", [True, False])
    def test_a_download_that_breaks_off_goes_on_where_it_stopped(self, service, net, tmp_path, ranges):
        whole = b"".join(b"%d,%d\n" % (n, n * n) for n in range(30_000))
        service.answers["/host/table.csv"] = lambda query, before: Answer(whole, cut=200_000 if before == 0 else None, ranges=ranges)
        assert net.save("https://host/table.csv", tmp_path / "table.csv", "csv").read_bytes() == whole
        first, second = (headers.get("Range") for _, _, headers in service.asked)
        assert first is None and 150_000 < int(second.removeprefix("bytes=").removesuffix("-")) <= 200_000

    def test_a_changed_layout_is_named_and_the_last_copy_stays(self, project, service, net):
        head = ["iso3", "country", "hdi_2021", "hdi_2022"]
        service.answers[HDR] = made_up.text([head, ["NAM", "Namibia", "0.6", "0.61"]])
        fetch("hdr", net=net)
        before = raw(project, "hdr").read_bytes()
        service.answers[HDR] = made_up.text([["code", "index"], ["NAM", "0.6"]])
        with pytest.raises(InputError, match="no row has the headings iso3"):
            fetch("hdr", net=net)
        assert raw(project, "hdr").read_bytes() == before

    def test_a_disk_that_is_full_is_not_the_services_fault(self, service, net, tmp_path, monkeypatch):
        def full(*_):
            raise OSError(28, "No space left on device")

        service.answers["/host/file"] = b"a,b"
        monkeypatch.setattr("migof_research.indicators.net.os.replace", full)
        with pytest.raises(InputError, match=r"cannot be saved \(No space left"):
            net.save("https://host/file", tmp_path / "file", "csv")
        assert len(service.asked) == 1

    def test_an_answer_that_takes_too_long_is_given_up(self, service, tmp_path):
        service.answers["/host/file"] = b"a,b" * 100_000
        with pytest.raises(Unavailable, match="not done after 0 s"):
            Net(tries=2, deadline=0, wait=0, pause=0).save("https://host/file", tmp_path / "file", "csv")
        assert not (tmp_path / "file").exists()

    def test_the_service_says_when_to_come_back(self, service, net, tmp_path, monkeypatch):
        waited = []
        monkeypatch.setattr("migof_research.indicators.net.time.sleep", waited.append)
        service.answers["/host/file"] = lambda query, before: (
            Answer(status=429, headers={"Retry-After": "7"}) if before == 0 else Answer(b"a,b")
        )
        assert net.save("https://host/file", tmp_path / "file", "csv").read_bytes() == b"a,b"
        assert 7 in waited

    def test_waiting_grows_and_requests_keep_their_distance(self, service, tmp_path, monkeypatch):
        waited = []
        monkeypatch.setattr("migof_research.indicators.net.time.sleep", waited.append)
        service.answers["/host/file"] = Answer(status=500)
        with pytest.raises(Unavailable):
            Net(tries=4, wait=1, pause=0.25).save("https://host/file", tmp_path / "file", "csv")
        assert [pause for pause in waited if pause >= 1] == [1, 2, 4]
        assert sum(0.1 < pause <= 0.25 for pause in waited) == 3

    def test_treaties_one_file_each(self, project, service, net):
        for variable, number in treaties.TREATIES.items():
            volume = "I" if number[0] != "X" else "II"
            path = f"/treaties.un.org/doc/Publication/MTDSG/Volume%20{volume}/Chapter%20{number.partition('-')[0]}/{number}.en.xml"
            service.answers[path] = status([["Namibia", "", "16 Aug 2002 a"]], title=variable)
        fetch("treaties", net=net)
        table = stored(project, "treaties")
        assert set(table["variable"]) == set(treaties.TREATIES)
        assert table.loc[table["unit"] == "NAM"].groupby("variable")["value"].sum().to_dict() == dict.fromkeys(treaties.TREATIES, 1.0)


class TestUnhcr:
    def serve(self, service, pages=3):
        def answer(query, before):
            number = int(query["page"])
            items = [{"year": 2015 + number, "coa_iso": "NAM", "refugees": 100 * number, "asylum_seekers": "-", "idps": 0}]
            return json.dumps({"page": number, "maxPages": pages, "items": items}).encode()

        service.answers[UNHCR] = answer

    def test_all_pages(self, project, service, net):
        self.serve(service)
        fetch("unhcr", net=net)
        assert stored(project, "unhcr")[["unit", "year", "variable", "value"]].values.tolist() == [
            ["NAM", 2015 + n, "refugees_hosted", 100 * n] for n in (1, 2, 3)
        ]

    def test_a_page_without_items(self, project, service, net):
        service.answers[UNHCR] = b'{"page": 1, "maxPages": 3, "items": []}'
        with pytest.raises(Unavailable, match="no page of figures"):
            fetch("unhcr", net=net)


class TestWorldBank:
    """wbgapi asks for the database, its concepts, the aggregates and then, page by page, the figures."""

    BASE = "/api.worldbank.org/v2/en"

    def serve(self, service, broken=None):
        def listed(rows):
            return lambda query, before: json.dumps([{"page": 1, "pages": 1, "per_page": "5000", "total": len(rows)}, rows]).encode()

        for db in (2, 3):
            base = f"{self.BASE}/sources/{db}"
            service.answers[base] = listed([{"id": str(db), "lastupdated": f"2025-0{db}-01", "name": "x"}])
            concepts = [{"id": name, "value": name, "variable": []} for name in ("Country", "Series", "Time")]
            everything = {"page": 1, "pages": 1, "per_page": "5000", "total": 3, "source": [{"id": str(db), "concept": concepts}]}
            service.answers[f"{base}/concepts"] = json.dumps(everything).encode()
            for concept, ids in {"country": ["NAM", "WLD"], "time": ["YR2018", "YR2019"], "series": list(worldbank.CODES)}.items():
                variable = [{"id": id, "value": id.removeprefix("YR")} for id in ids]
                answer = {"page": 1, "pages": 1, "per_page": "5000", "total": len(ids), "source": [{"concept": [{"variable": variable}]}]}
                service.answers[f"{base}/{concept}/all"] = json.dumps(answer).encode()
        service.answers[f"{self.BASE}/region"] = listed([{"id": "8", "code": "SSF", "iso2code": "ZG", "name": "Sub-Saharan Africa"}])
        for kind in ("incomelevel", "lendingtype"):
            service.answers[f"{self.BASE}/{kind}"] = listed([{"id": "X", "iso2code": "XX", "value": "x"}])
        classes = {kind: {"id": "X"} for kind in ("adminregion", "lendingType", "incomeLevel")}
        where = {"capitalCity": "", "longitude": "", "latitude": ""}
        countries = {"NAM": ("NA", "SSF"), "USA": ("US", "NAC"), "WLD": ("1W", "NA")}
        service.answers[f"{self.BASE}/country/all"] = listed(
            [{"id": id, "iso2Code": iso2, "region": {"id": region}, **classes, **where} for id, (iso2, region) in countries.items()]
        )
        for code, name in worldbank.CODES.items():
            db = worldbank.variables()[name]["db"]
            path = f"{self.BASE}/sources/{db}/series/{code}/country/all/time/all"
            service.answers[path] = broken if broken and code == "NY.GDP.PCAP.CD" else self.figures(code)
        return service

    @staticmethod
    def figures(code):
        def answer(query, before):
            number = int(query["page"])
            economy = ("NAM", "WLD")[number - 1]
            rows = [
                {
                    "variable": [
                        {"concept": "Country", "id": economy, "value": economy},
                        {"concept": "Series", "id": code, "value": code},
                        {"concept": "Time", "id": f"YR{year}", "value": str(year)},
                    ],
                    "value": year / 1000 if year == 2019 else None,
                }
                for year in (2018, 2019)
            ]
            return json.dumps({"page": number, "pages": 2, "per_page": 2, "total": 4, "source": {"data": rows}}).encode()

        return answer

    @pytest.fixture(autouse=True)
    def fresh(self, monkeypatch):
        import wbgapi

        for name in ("endpoint", "get_options", "per_page"):
            monkeypatch.setattr(wbgapi, name, getattr(wbgapi, name))
        monkeypatch.setattr(wbgapi.source, "_concepts", {})
        monkeypatch.setattr(wbgapi.economy, "_localized_metadata", {})
        monkeypatch.setattr(wbgapi.economy, "_class_data", None)
        monkeypatch.setattr(wbgapi.time, "_time_values", {})

    def test_all_variables_of_both_databases(self, project, service, net):
        self.serve(service)
        fetch("worldbank", net=net)
        table = stored(project, "worldbank")
        assert set(table["variable"]) == set(worldbank.CODES.values())
        assert table[["unit", "year", "value"]].drop_duplicates().values.tolist() == [["NAM", 2019, 2.019]]
        assert datapackage.read(project / "data" / "raw")["worldbank"]["vintage"] == "2025-03-01"

    @pytest.mark.parametrize("broken", [Answer(PAGE), Answer(b"[]"), Answer(b"", status=502)], ids=["page", "empty", "error"])
    def test_one_variable_that_fails_is_all_that_is_asked_for_again(self, project, service, net, broken):
        self.serve(service, broken)
        with pytest.raises(Unavailable, match=r"NY.GDP.PCAP.CD.*tried 3 times"):
            fetch("worldbank", net=net)
        assert not raw(project, "worldbank").exists()
        service.asked.clear()
        self.serve(service)
        fetch("worldbank", net=net)
        assert not any("SP.POP.TOTL" in path for path in service.paths_asked())
        assert len(stored(project, "worldbank")) == len(worldbank.CODES)


def test_the_copy_last_fetched_tells_of_later_edits(project, service, net):
    service.answers[HDR] = made_up.text([["iso3", "hdi_2021", "hdi_2022"], ["NAM", "0.6", "0.61"], ["KEN", "0.6", "0.6"]])
    fetch("hdr", net=net)
    assert catalogue.against_last_copy("hdr") == []
    table = raw(project, "hdr")
    table.write_text(table.read_text().replace("0.61", "0.91"))
    assert catalogue.against_last_copy("hdr") == [
        "raw/hdr.csv differs from the copy last fetched: rows 1 changed; fetch it again or find out who edited it."
    ]
