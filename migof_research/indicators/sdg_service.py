"""SDG indicator 10.7.2 from the services of the United Nations: the database's own, page by page, or its SDMX service."""

import json
from pathlib import Path
from typing import Any

from migof_research.indicators.net import Net, Unavailable
from migof_research.indicators.sdg_formats import SERIES, read

URL = "https://unstats.un.org/sdgs/UNSDGAPIV5/v1/sdg/Series/Data"
PAGE = 1000  # records
AGENCY, FLOW = "IAEG-SDGs", "DF_SDG_GLH"
SDMX_URL = "https://data.un.org/ws/rest"
KEY = f"..{SERIES[0]}" + "." * 12  # 15 dimensions; the third is the series, the others are open

__all__ = ["download", "read"]


def download(net: Net, folder: Path) -> list[Path]:
    """The answers of the service as files in ``folder``; of the SDMX service where the first one fails."""
    try:
        return _records(net, folder)
    except Unavailable as error:
        net.tell(f"{error} Trying the SDMX service.")
        try:
            return _sdmx(net, folder)
        except Unavailable as second:
            raise Unavailable([*error.problems, *second.problems], "Both services failed") from second


def _records(net: Net, folder: Path) -> list[Path]:
    files: list[Path] = []
    total, pages = 0, 1
    while len(files) < pages:
        number = len(files) + 1
        asked = {"seriesCode": SERIES[0], "pageSize": PAGE, "page": number}
        files.append(net.save(URL, folder / f"page-{number:04}.json", "json", asked))
        answer = json.loads(files[-1].read_text(encoding="utf-8"))
        try:
            pages, expected, total = int(answer["totalPages"]), int(answer["totalElements"]), total + len(answer["data"])
        except (KeyError, TypeError, ValueError) as error:
            _forget(files)
            raise Unavailable(f"{URL}: page {number} is no page of records ({error} is missing or wrong).") from error
    if total != expected or not total:
        _forget(files)
        raise Unavailable(f"{URL}: {total} records came, {expected} were announced; the release may have changed meanwhile.")
    return files


def _sdmx(net: Net, folder: Path) -> list[Path]:
    """The version in force is asked of the dataflow; the figures then come as SDMX-CSV."""
    import sdmx

    flow = net.save(f"{SDMX_URL}/dataflow/{AGENCY}/{FLOW}/latest", folder / "dataflow.xml", "xml")
    try:
        message: Any = sdmx.read_sdmx(flow)
        version = str(message.dataflow[FLOW].version)
    except Exception as error:  # the library raises what its XML parser raises
        _forget([flow])
        raise Unavailable(f"{SDMX_URL}: the dataflow {FLOW} cannot be read ({error}).") from error
    url = f"{SDMX_URL}/data/{AGENCY},{FLOW},{version}/{KEY}/ALL/"
    return [net.save(url, folder / "sdmx.csv", "csv", {"detail": "full", "format": "csv"})]


def _forget(files: list[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)
