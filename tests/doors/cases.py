"""What was tried at the other doors, one case each: what was given, what is done with it, and what comes.

``came`` is a part of the message where the input is refused, and empty where it gives the right result, which ``does``
then asserts itself.
"""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from openpyxl import load_workbook
from typer.testing import CliRunner

from migof_research import frameworks, paths
from migof_research.cli import app
from migof_research.indicators import answers, workbook
from tests.frameworks import own


class Case(NamedTuple):
    door: str
    given: str
    does: Callable[[Path], Any]
    came: str = ""


# ---- the notebooks' parameters: the cells are run as a user would run them


def opened(study: str, cells: int = 2, **parameters: Any) -> dict[str, Any]:
    """The names that a notebook has after so many of its code cells, with parameters other than its own."""
    notebook = json.loads((paths.notebooks() / f"{study}.ipynb").read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, Any] = {"display": lambda *shown: None}
    exec(code[0], names)
    names.update(parameters)
    for cell in code[1:cells]:
        exec(cell, names)
    return names


UNKNOWN_FILE = "No such file"
WRONG = {
    "country-benchmark": {
        "country": {"": "No country", "Narnia": "Did you mean Armenia", "../../etc": "No country", "<b>": "No country", "X" * 9999: "..."},
        "year": {"2020": "one of 2019, 2021", "2019.0": "no figures for 2019.0", "９": "no figures", "": "no figures"},
        "peers": {"": "peers is one of", "ROU,ZZZ": "'ZZZ'", "nearest:0": "nearest:K", "nearest:x": "nearest:K"},
        "levels": {"absent.csv": UNKNOWN_FILE, ".": "cannot be read", "data/raw/datapackage.json": "row 5"},
        "lang": {"de": "choose one of en, fr, es"},
    },
    "global-indicator": {
        "basis": {"mean": "choose one of latest, round, panel"},
        "areas": {"": "No area", "202,x": "no area 'x'", "999": "no area '999'"},
        "answers": {"absent.csv": UNKNOWN_FILE, "data/raw/areas.csv": "no heading item"},
    },
    "assessment": {
        "answers": {"": "No answers", "absent.xlsx": UNKNOWN_FILE, ".": ".csv or .xlsx"},
        "unit": {"": "no unit", "MDA": "there are those of XAA", "../../x": "No country"},
        "round": {"first": "latest, a year", "99": "latest, a year"},
        "earlier": {"2010": "latest, a year"},
        "framework": {"mgi": "made for the framework sdg_10_7_2", "absent.yaml": UNKNOWN_FILE, "/etc": "No framework"},
        "targets": {"absent.csv": UNKNOWN_FILE, "data/raw/areas.csv": "no column node"},
        "beside": {"absent.csv": UNKNOWN_FILE},
    },
    "framework-mapping": {"crosswalk": {"absent.csv": UNKNOWN_FILE, "data/raw/areas.csv": "no column from_framework"}},
    "good-practices": {
        "domain": {"D9": "choose all or one of D1", "D1a": "choose all or one of D1"},
        "area": {"atlantis": "M49 code"},
        "within": {"town": "region or income"},
        "adjust": {"none": "bh or by"},
        "country": {"Narnia": "Did you mean"},
    },
    "robustness": {
        "draws": {0: "power of 2", 3: "power of 2", 2**24: "up to 65536"},
        "seed": {-1: "from 0 on"},
        "weights": {-1.0: "between 0 and 1", float("nan"): "between 0 and 1", float("inf"): "between 0 and 1"},
        "wrong": {2.0: "between 0 and 0.5"},
        "cuts": {1000.0: "between 0 and 20"},
        "aggregation": {"median": "none of mean"},
    },
    "coherence": {"framework": {"mgi": "No published levels of mgi"}, "year": {"2020": "2019, 2021"}},
    "context": {
        "variables": {"": "one to 4", "__import__('os')": "no context variable", "log:income": "no logarithm", "a,b,c,d,e": "one to 4"},
        "node": {"D9": "choose overall or one of D1"},
        "context": {"absent.csv": UNKNOWN_FILE},
    },
}


def parameters() -> Iterator[Case]:
    for study, wrong in WRONG.items():
        for name, values in wrong.items():
            for value, came in values.items():
                given = f"{name} = {value!r}" if len(str(value)) < 99 else f"{name} of {len(str(value))} letters"
                yield Case(f"parameters of {study}", given, lambda folder, s=study, n=name, v=value: opened(s, **{n: v}), came)


def _namibia(folder: Path) -> None:
    assert opened("country-benchmark", country="NA")["case"].unit == opened("country-benchmark", country="NAM")["case"].unit == "NAM"


# ---- commands


def migof(*arguments: Any) -> str:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def _row(*cells: str) -> str:
    return "unit,year,item,answer\n" + ",".join(cells) + "\n"


def _score(folder: Path, text: str) -> pd.DataFrame:
    (folder / "answers.csv").write_text(text, encoding="utf-8")
    migof("score", "sdg_10_7_2", folder / "answers.csv", "--out", folder / "out")
    return pd.read_csv(folder / "out" / "answers.csv", keep_default_na=False)


def _namibia_scored(folder: Path) -> None:
    assert set(_score(folder, _row("NA", "2024", "D2a", "yes"))["unit"]) == {"NAM"}


def _full_width(folder: Path) -> None:
    assert set(_score(folder, _row("MDA", "２０２４", "D2a", "yes"))["year"]) == {2024}


def _run(*arguments: str) -> Callable[[Path], str]:
    return lambda folder: migof("run", *arguments, "--out", folder / "out")


def _out(name: str, *arguments: str) -> Callable[[Path], str]:
    return lambda folder: migof(*arguments, "--out", folder / name)


def commands() -> Iterator[Case]:
    yield Case("`migof run`", "a study that is not there", _run("country-benchmrk", "MDA"), "Did you mean country-benchmark")
    yield Case("`migof run`", "a study that is a path", _run("../../etc/passwd", "MDA"), "No study")
    yield Case("`migof run`", "a unit that is a path", _run("country-benchmark", "../../etc"), "No country is called")
    yield Case("`migof run`", "a unit that is HTML", _run("country-benchmark", "<script>alert(1)</script>"), "No country is called")
    yield Case("`migof run`", "three units, two of them wrong", _run("country-benchmark", "MDA", "Narnia", "Oz"), "2 problems")
    yield Case("`migof run`", "a unit for a study of the world", _run("global-indicator", "MDA"), "takes no unit")
    yield Case("`migof run`", "a misspelt parameter", _run("country-benchmark", "MDA", "--set", "pears=region"), "Did you mean peers")
    yield Case("`migof run`", "code for a number", _run("robustness", "--set", "draws=__import__('os').getpid()"), "draws must be int")
    yield Case("`migof run`", "a word for yes or no", _run("country-benchmark", "MDA", "--set", "ranks=maybe"), "ranks must be bool")
    yield Case("`migof run`", "a parameter without value", _run("country-benchmark", "MDA", "--set", "year"), "name=value")
    yield Case("`migof run`", "a parameter twice", _run("country-benchmark", "MDA", "--set", "year=2019", "--set", "year=2021"), "twice")
    yield Case("`migof run`", "part 5 of 3", _run("country-benchmark", "--all", "--shard", "5/3"), "K from 1 to N")
    yield Case("`migof template`", "a file that is no workbook", _out("a.txt", "template", "mgi"), "ends in .xlsx")
    yield Case("`migof template`", "a unit without a year", _out("a.xlsx", "template", "mgi", "--unit", "MDA"), "or neither")
    path = _out("a.xlsx", "template", "mgi", "--unit", "../x", "--year", "2024")
    yield Case("`migof template`", "a unit that is a path", path, "No country")
    yield Case("`migof score`", "NA for Namibia", _namibia_scored)
    yield Case("`migof score`", "a year in full-width digits", _full_width)
    yield Case("`migof score`", "a folder", lambda f: migof("score", "mgi", f, "--out", f / "out"), ".csv or .xlsx")
    yield Case("`migof frameworks`", "a picture", lambda f: migof("frameworks", "docs/images/country-report.png"), "No framework is called")
    yield Case("`migof crosswalk`", "a framework and itself", lambda f: migof("crosswalk", "mgi", "mgi"), "given twice")
    yield Case("`migof data export`", "a table that is not there", _out("x.csv", "data", "export", "../x"), "no table '../x'")
    yield Case("`migof data export`", "a format that is not there", _out("x.doc", "data", "export", "areas"), ".doc")
    yield Case("`migof data fetch`", "a source that is not there", lambda f: migof("data", "fetch", "../x"), "no source '../x'")
    yield Case("`migof verify`", "a folder without manifest", lambda f: migof("verify", f), "no manifest.json")


# ---- one answer of a file of answers


ANSWERS = {
    "a country that is not there": (("Narnia", "2024", "D2a", "yes"), "row 2, column unit"),
    "a path for a unit": (("../../etc", "2024", "D2a", "yes"), "row 2, column unit"),
    "a path within a local unit": (("GHA-../x", "2024", "D2a", "yes"), "row 2, column unit"),
    "HTML for a unit": (("<b>MDA</b>", "2024", "D2a", "yes"), "row 2, column unit"),
    "a date for a year": (("MDA", "2024-01-31", "D2a", "yes"), "row 2, column year"),
    "a year of two digits": (("MDA", "24", "D2a", "yes"), "row 2, column year"),
    "an item of another framework": (("MDA", "2024", "1.1.1", "yes"), "row 2, column item"),
    "a number for an answer": (("MDA", "2024", "D2a", "1"), "row 2, column answer"),
    "a truth value for an answer": (("MDA", "2024", "D2a", "TRUE"), "row 2, column answer"),
    "a date for an answer": (("MDA", "2024", "D2a", "01/02/2024"), "row 2, column answer"),
    "a formula for an answer": (("MDA", "2024", "D2a", "=cmd|'/c calc'!A0"), "row 2, column answer"),
}  # fmt: skip


def one_answer() -> Iterator[Case]:
    for given, (cells, came) in ANSWERS.items():
        yield Case("a file of answers", given, lambda folder, c=cells: _score(folder, _row(*c)), came)


# ---- workbooks


def _filled(folder: Path, spoil: Callable[[Any], None]) -> pd.DataFrame:
    """The template answered for one country, then spoilt."""
    framework = frameworks.load("sdg_10_7_2")
    book = load_workbook(io.BytesIO(workbook.template(framework, "en", [("NAM", 2024)])))
    for sheet in book.worksheets[1:-1]:
        for row in sheet.iter_rows(min_row=4):
            row[5].value = "No"
    spoil(book)
    book.save(folder / "answers.xlsx")
    return answers.read(folder / "answers.xlsx", framework)


def _set(cell: str, value: Any) -> Callable[[Any], None]:
    return lambda book: book.worksheets[1].__setitem__(cell, value)


def _as_it_is(folder: Path) -> None:
    table = _filled(folder, lambda book: None)
    assert set(table["unit"]) == {"NAM"} and (table["answer"] == "no").sum() == 30


def workbooks() -> Iterator[Case]:
    door = "a workbook of answers"
    date = pd.Timestamp("2024-03-31").to_pydatetime()
    yield Case(door, "filled in for Namibia", _as_it_is)
    yield Case(door, "merged cells", lambda f: _filled(f, lambda book: book.worksheets[1].merge_cells("F4:F5")), "F4:F5 are merged")
    yield Case(door, "a formula", lambda f: _filled(f, _set("F4", "=1+1")), "cell F4: holds a formula")
    yield Case(door, "a date for an answer", lambda f: _filled(f, _set("F4", date)), "cell F4")
    yield Case(door, "a date for a year", lambda f: _filled(f, _set("B4", date)), "cell B4")
    yield Case(door, "a number for an answer", lambda f: _filled(f, _set("F4", 0.5)), "cell F4")
    yield Case(door, "an item twice", lambda f: _filled(f, _set("D5", "D1a")), "also in sheet")
    yield Case(door, "a heading renamed", lambda f: _filled(f, _set("F3", "Reply")), "no row with the headings")
    yield Case(door, "a sheet of notes", lambda f: _filled(f, lambda book: book.create_sheet("Notes").append(["x"])), "sheet 'Notes'")
    yield Case(door, "a cell in row 1,000,000", lambda f: _filled(f, _set("A1000000", "x")), "row 1000000")
    yield Case(door, "text named .xlsx", lambda f: _text_as_workbook(f), "cannot be opened as an .xlsx workbook")


def _text_as_workbook(folder: Path) -> pd.DataFrame:
    (folder / "answers.xlsx").write_text("unit,year\n")
    return answers.read(folder / "answers.xlsx", frameworks.load("sdg_10_7_2"))


# ---- framework files


def _framework(content: str | bytes) -> Callable[[Path], Any]:
    def load(folder: Path) -> Any:
        (folder / "own.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
        return frameworks.load(folder / "own.yaml")

    return load


def framework_files() -> Iterator[Case]:
    door, good = "a framework file", own.eight_blocks()
    yield Case(door, "not UTF-8", _framework(good.replace("Low", "Très bas").encode("latin-1")), "save it as UTF-8")
    yield Case(door, "not YAML", _framework(good + "\n  ]"), "line")
    yield Case(door, "empty", _framework(""), "mapping that starts with id")
    tagged = good.replace("title: A", "title: !!python/object/apply:os.system [echo] #")
    yield Case(door, "code in a tag", _framework(tagged), "not valid YAML")
    yield Case(door, "an alias", _framework(good.replace("[{title: Ours}]", "&a [{title: Ours}]") + "about: *a\n"), "aliases")
    yield Case(door, "a key twice", _framework(good + "version: 2\n"), "given twice")
    yield Case(door, "an id that is a path", _framework(good.replace("id: own", "id: ../../own")), "id")
    yield Case(door, "an item code that is a path", _framework(good.replace("id: B1.1", "id: ../x")), "line")
    yield Case(door, "a cut that is a date", _framework(good.replace("from: 50", "from: 2024-01-01")), "must be a number")
    yield Case(door, "points that are infinite", _framework(good.replace("points: 1/2", "points: .inf")), "line 7")
    yield Case(door, "an item code twice", _framework(good.replace("B1.2", "B1.1")), "used 2 times")
    yield Case(door, "50 levels deep", _framework(own.HEAD + _deep(50)), "more than 12 levels deep")
    yield Case(door, "5,000 levels deep", _framework(own.HEAD + _deep(5_000)), "not valid YAML")
    yield Case(door, "larger than 5 MB", _framework(good + "#" * 5_000_001), "larger than 5 MB")


def _deep(levels: int) -> str:
    opening = "".join(f"{{id: n{n}, label: n, nodes: [" for n in range(levels))
    return f"nodes: [{opening}{{id: a, label: a, items: [{{id: q, text: q}}]}}{']}' * levels}]\n"


CASES = [
    *commands(),
    *parameters(),
    Case("parameters of country-benchmark", "country = 'NA'", _namibia),
    *one_answer(),
    *workbooks(),
    *framework_files(),
]
