"""Figures in the forms in which services give them, made from small tables of our own."""

import csv
import io
import json
import zipfile

import openpyxl

from migof_research.indicators import sdg_10_7_2, units

DOMAINS = {"overall": "ALLDOMAINS"} | {f"D{n}": f"DOMAIN{n}" for n in range(1, 7)}
SDMX_DOMAINS = {"overall": "_T"} | {f"D{n}": f"PD_{n}" for n in range(1, 7)}
NOTE = "Item non-response of 10 per cent or more."
API = "/unstats.un.org/sdgs/UNSDGAPIV5/v1/sdg/Series/Data"
SDMX = "/data.un.org/ws/rest"


def levels():
    """The published levels with M49 codes and names, one tuple a value."""
    table = sdg_10_7_2.levels().merge(units.units()[["unit", "m49", "name_en"]], on="unit")
    table["note"] = table["item_nonresponse"].map({True: NOTE}).fillna("")
    return list(table.itertuples(index=False))


def records(rows=None):
    """As the database's service gives them."""
    return [
        {
            "goal": ["10"], "target": ["10.7"], "indicator": ["10.7.2"], "series": "SG_CPA_MIGRS", "geoAreaCode": str(row.m49),
            "geoAreaName": row.name_en, "timePeriodStart": float(row.year), "value": f"{row.level}.0", "valueType": "Float",
            "footnotes": [row.note], "attributes": {"Nature": "C", "Units": "NUMBER"},
            "dimensions": {"Policy Domains": DOMAINS[row.node], "Reporting Type": "G"},
        }
        for row in rows or levels()
    ]  # fmt: skip


def page(everything, query):
    """A page of the service."""
    number, size = int(query["page"]), int(query["pageSize"])
    part = everything[(number - 1) * size : number * size]
    pages = -(-len(everything) // size)
    return json.dumps({"size": size, "totalElements": len(everything), "totalPages": pages, "pageNumber": number, "data": part}).encode()


def text(rows, delimiter=",", encoding="utf-8"):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return file.getvalue().encode(encoding)


def export(heading="[Policy Domains]", rows=None):
    """As the database's portal exports them: rows of a CSV file or sheet."""
    head = [
        "Goal",
        "Target",
        "Indicator",
        "SeriesCode",
        "SeriesDescription",
        "GeoAreaCode",
        "GeoAreaName",
        "TimePeriod",
        "Value",
        "FootNote",
    ]
    body = [
        ["10", "10.7", "10.7.2", "SG_CPA_MIGRS", "Countries with migration policies", row.m49, row.name_en, row.year, row.level]
        + [row.note, DOMAINS[row.node], "G"]
        for row in rows or levels()
    ]
    return [[*head, heading, heading.replace("Policy Domains", "Reporting Type")], *body]


def release(series="SG_CPA_MIGR"):
    """As the tab-separated release files gave them when there was but one round."""
    head = [
        "seriesCode",
        "geoAreaCode",
        "geoAreaName",
        "ISO3",
        "policyDomainsCode",
        "value_2019",
        "value_latest_year",
        "latest_year",
        "footnotes",
    ]
    body = [
        [series, f"{row.m49:03}", row.name_en, row.unit, DOMAINS[row.node], row.level, row.level, 2019] + [row.note]
        for row in levels()
        if row.year == 2019
    ]
    return [head, *body]


def sdmx_csv():
    head = ["DATAFLOW", "FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "COMPOSITE_BREAKDOWN", "TIME_PERIOD", "OBS_VALUE", "COMMENT_OBS"]
    body = [
        ["IAEG-SDGs:DF_SDG_GLH(1.21)", "A", "G", "SG_CPA_MIGRS", row.m49, SDMX_DOMAINS[row.node], row.year, f"{row.level}.0"] + [row.note]
        for row in levels()
    ]
    return [head, *body]


def workbook(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def damaged(content):
    """A workbook with some bytes of its first sheet turned over."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    at = member.header_offset + 30 + len(member.filename) + 40
    return content[:at] + bytes(byte ^ 255 for byte in content[at : at + 60]) + content[at + 60 :]


NAMESPACES = " ".join(
    f'xmlns:{short}="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/{name}"'
    for short, name in {"mes": "message", "str": "structure", "com": "common", "gen": "data/generic"}.items()
)
HEADER = '<mes:ID>x</mes:ID><mes:Test>false</mes:Test><mes:Prepared>2025-01-01T00:00:00</mes:Prepared><mes:Sender id="UNSD"/>'


def flow(version):
    """What the SDMX service says of its dataflow."""
    structure = f'<Ref id="SDG" version="{version}" agencyID="IAEG-SDGs" package="datastructure" class="DataStructure"/>'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mes:Structure {NAMESPACES}><mes:Header>{HEADER}</mes:Header><mes:Structures><str:Dataflows>
  <str:Dataflow agencyID="IAEG-SDGs" id="DF_SDG_GLH" version="{version}" isFinal="true">
    <com:Name xml:lang="en">SDG harmonised global dataflow</com:Name><str:Structure>{structure}</str:Structure>
  </str:Dataflow></str:Dataflows></mes:Structures></mes:Structure>""".encode()


def sdmx_xml(rows=None):
    """A generic data message, a series an area and domain."""
    series: dict[tuple[int, str], list[str]] = {}
    for row in rows or levels():
        values = series.setdefault((row.m49, SDMX_DOMAINS[row.node]), [])
        note = f'<gen:Attributes><gen:Value id="COMMENT_OBS" value="{NOTE}"/></gen:Attributes>' if row.note else ""
        values.append(f'<gen:Obs><gen:ObsDimension value="{row.year}"/><gen:ObsValue value="{row.level}"/>{note}</gen:Obs>')
    body = ""
    for (area, domain), values in series.items():
        key = {"REPORTING_TYPE": "G", "SERIES": "SG_CPA_MIGRS", "REF_AREA": area, "COMPOSITE_BREAKDOWN": domain}
        cells = "".join(f'<gen:Value id="{name}" value="{value}"/>' for name, value in key.items())
        body += f"<gen:Series><gen:SeriesKey>{cells}</gen:SeriesKey>{''.join(values)}</gen:Series>"
    structure = '<com:Structure><Ref agencyID="IAEG-SDGs" id="SDG" version="1.21"/></com:Structure>'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<mes:GenericData {NAMESPACES}><mes:Header>{HEADER}
  <mes:Structure structureID="SDG" dimensionAtObservation="TIME_PERIOD">{structure}</mes:Structure></mes:Header>
  <mes:DataSet structureRef="SDG">{body}</mes:DataSet></mes:GenericData>""".encode()
