"""The same bad tables at every door that takes a CSV file: how a good table is spoilt, and what each door makes of it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from migof_research import frameworks, paths
from migof_research.analysis import context, targets
from migof_research.frameworks import crosswalk
from migof_research.indicators import answers, sdg_10_7_2


class Door(NamedTuple):
    """What takes a table: its name for the page, a good table and how it is read."""

    name: str
    good: str
    read: Callable[[Path], pd.DataFrame]


def _levels() -> str:
    lines = (paths.raw() / "sdg_10_7_2.csv").read_text(encoding="utf-8").splitlines()
    return "\n".join(lines[:1] + [line for line in lines if line.startswith(("MDA", "NAM"))]) + "\n"


def _crosswalk() -> str:
    lines = [line for line in crosswalk.SHIPPED.read_text(encoding="utf-8").splitlines() if '"' not in line and ", " not in line]
    return "\n".join(lines[:6]) + "\n"


ANSWERS = "unit,year,item,answer\nNAM,2024,D2a,yes\nMDA,2024,D2b,no\n"
TARGETS = "node,target,by\noverall,80,2030\nD2a,yes,\n"
CONTEXT = "unit,year,variable,value\nNAM,2019,gdp,12.5\nMDA,2019,gdp,3\n"
DOORS = [
    Door("levels of one's own", _levels(), sdg_10_7_2.levels),
    Door("answers", ANSWERS, lambda path: answers.read(path, frameworks.load("sdg_10_7_2"))),
    Door("targets", TARGETS, lambda path: targets.read_targets(path, frameworks.load("sdg_10_7_2"))),
    Door("crosswalk of one's own", _crosswalk(), crosswalk.table),
    Door("context of one's own", CONTEXT, lambda path: context.own_figures(str(path))),
]


class Spoilt(NamedTuple):
    """A way to spoil a table; ``told`` is what every door's message says, empty where each gives the right result.
    ``but`` names doors that tell otherwise."""

    how: str
    bytes_of: Callable[[str], bytes]
    told: str = ""
    but: dict[str, str] = {}


def _rows(text: str) -> list[str]:
    return text.splitlines()


def _body(text: str, change: Callable[[list[str]], list[str]]) -> bytes:
    head, *body = _rows(text)
    return "\n".join([head, *(",".join(change(row.split(","))) for row in body)]).encode()


def _all(text: str, change: Callable[[list[str]], list[str]]) -> bytes:
    return "\n".join(",".join(change(row.split(","))) for row in _rows(text)).encode()


def _swapped(row: list[str]) -> list[str]:
    return [row[1], row[0], *row[2:]]


SPOILT = [
    Spoilt("UTF-8 with a byte-order mark", lambda t: t.encode("utf-8-sig")),
    Spoilt("UTF-16", lambda t: t.encode("utf-16"), "not UTF-8 text (byte 0); save it as CSV UTF-8"),
    Spoilt("UTF-16 without a mark", lambda t: t.encode("utf-16-le"), "it may be UTF-16"),
    Spoilt("Latin-1", lambda t: (t + "é,é,é\n").encode("latin-1"), "save it as CSV UTF-8"),
    Spoilt("separated by semicolons", lambda t: t.replace(",", ";").encode()),
    Spoilt("separated by tabs", lambda t: t.replace(",", "\t").encode()),
    Spoilt(
        "separated by bars", lambda t: t.replace(",", "|").encode(), "no column",
        {"answers": "no heading item or answer", "context": "no row has the headings"},
    ),  # fmt: skip
    Spoilt("line ends of Windows", lambda t: t.replace("\n", "\r\n").encode()),
    Spoilt("line ends of old Macs", lambda t: t.replace("\n", "\r").encode()),
    Spoilt("blank rows between", lambda t: t.replace("\n", "\n\n").encode()),
    Spoilt("empty columns at the end, as spreadsheets write them", lambda t: _all(t, lambda row: [*row, "", ""])),
    Spoilt("columns in another order", lambda t: _all(t, _swapped)),
    Spoilt("values of two columns swapped", lambda t: _body(t, _swapped), "row 2"),
    Spoilt("a row twice", lambda t: (t + _rows(t)[1] + "\n").encode(), "row"),
    Spoilt("the headings again in the middle", lambda t: (t + _rows(t)[0] + "\n").encode(), "row"),
    Spoilt("a heading twice", lambda t: _all(t, lambda row: [*row, row[0]]), "is given twice"),
    Spoilt("one cell more in a row", lambda t: (t + _rows(t)[1] + ",x\n").encode(), "more cells than the"),
    Spoilt("one cell more in every row", lambda t: _body(t, lambda row: ["1", *row]), "row 2: more cells than the"),
    Spoilt("a row that was cut off", lambda t: (t + "XYZ\n").encode(), "row"),
    Spoilt("a quote that never ends", lambda t: (t + '"MDA,2019\n').encode(), "unexpected end of data"),
    Spoilt("a formula in a cell", lambda t: _body(t, lambda row: ["=1+1", *row[1:]]), "'=1+1'"),
    Spoilt("HTML in a cell", lambda t: _body(t, lambda row: ["<script>", *row[1:]]), "'<script>'"),
    Spoilt("a path in a cell", lambda t: _body(t, lambda row: ["../../etc/passwd", *row[1:]]), "'../../etc/passwd'"),
    Spoilt("a control character", lambda t: _body(t, lambda row: ["\0", *row[1:]]), "'\\x00'"),
    Spoilt("nothing in the file", lambda t: b"", "the first row has no headings"),
    Spoilt("a web page", lambda t: b"<html><body>404</body></html>", "a web page, not a table"),
    Spoilt("bytes of a picture", lambda t: bytes(range(256)) * 4, "not UTF-8 text"),
]
