import importlib.util
import json
import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from migof_research.errors import InputError
from migof_research.report import Page
from migof_research.report.publish import localise, publish, render
from tests.report.sample import notebook, sample

PROVENANCE = {"version": "0.1.0", "engine": "migof", "inputs": {"data/raw/x.csv": "ab" * 32}}


def report(made) -> str:
    return render(made, PROVENANCE)[0]["report.html"].decode()


def test_files_of_a_report(tmp_path):
    page = publish(sample(), tmp_path, PROVENANCE)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {
        "report.html", "report.json", "notebook.ipynb", "tables.xlsx", "figures/shares.svg", "figures/shares.png",
        "tables/domains.csv", "tables/countries.csv", "tables/shares.csv",
    }  # fmt: skip
    assert (page["study"], page["unit"], page["lang"], page["title"]) == ("country-benchmark", "MDA", "en", "Republic of Moldova")
    assert (page["study_title"], page["order"], page["card"]["year"]) == ("Country benchmark", 1, 2021)
    nbformat.validate(nbformat.read(tmp_path / "notebook.ipynb", as_version=4))
    assert (tmp_path / "figures/shares.svg").read_text().lstrip().startswith("<?xml")
    assert json.loads((tmp_path / "report.json").read_text())["provenance"] == PROVENANCE


def test_the_report_asks_nothing_of_any_network_and_is_small():
    html = report(sample())
    assert len(html) < 2_000_000
    sources = re.findall(r'(?:src|srcset|poster|data)="([^"]*)"|<link[^>]*>|@import|url\(([^)]*)\)', html)
    assert [a or b for a, b in sources if not (a or b).startswith("data:")] == []


def test_one_h1_addresses_and_contents():
    html = report(sample())
    assert len(re.findall("<h1", html)) == 1
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    addresses = re.findall(r'href="#([^"]+)"', html)
    assert set(addresses) <= set(ids) and {"results", "method-and-limits", "sources", "how-to-cite"} <= set(addresses)


def test_language_of_the_page():
    assert '<html lang="es">' in report(sample(lang="es"))


def test_code_prints_and_warnings_do_not_reach_the_reader():
    made = sample()
    made.cells.append(
        new_code_cell("secret_code()", outputs=[new_output("stream", name=n, text=f"from {n}") for n in ("stdout", "stderr")])
    )
    html = report(made)
    assert not [word for word in ("secret_code", "page.piece", "from stdout", "from stderr") if word in html]


def bad(output) -> nbformat.NotebookNode:
    made = sample()
    made.cells.append(new_code_cell("x", outputs=[output]))
    return made


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (lambda: bad(new_output("error", ename="KeyError", evalue="'D7'", traceback=[])), "failed: KeyError: 'D7'"),
        (lambda: bad(new_output("display_data", {"image/png": "x"})), "without caption"),
        (lambda: bad(new_output("execute_result", {"text/html": "<table>"})), "without caption"),
        (lambda: notebook([Page("s").text("No title.")]), "exactly one page.title"),
        (lambda: notebook([*[Page("s").title("A")] * 2]), "this has 2"),
        (lambda: notebook([Page("s").title("A"), "## B", "#### D"]), "a level is left out"),
        (lambda: notebook([Page("s").title("A"), *[Page("s").table(sample_frame(), "t", "A table of shares")] * 2]), "two of table 't'"),
    ],
)
def test_an_unfit_notebook_is_refused(made, fault, tmp_path):
    with pytest.raises(InputError, match=re.escape(fault)):
        publish(made(), tmp_path, {})
    assert not list(tmp_path.iterdir())


def sample_frame():
    from tests.report.sample import frame

    return frame()


def test_a_run_that_papermill_marked_as_failed_is_refused():
    made = sample()
    made.metadata["papermill"] = {"exception": True}
    with pytest.raises(InputError, match="broken off"):
        render(made, {})


def test_chance_does_not_reach_the_files():
    one, two = sample(), sample()
    for i, cell in enumerate(two.cells):
        cell.id = f"random{i}"
        cell.metadata["papermill"] = {"duration": 0.1 * i, "start_time": "2026-01-01T00:00:00"}
        cell.metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
        if cell.cell_type == "code":
            cell.execution_count = i + 40
            cell.outputs.append(new_output("stream", name="stderr", text="/tmp/ipykernel_123/4.py: Warning"))
    two.metadata["papermill"] = {"start_time": "now", "output_path": "/tmp/x.ipynb", "exception": None}
    two.metadata["language_info"] = {"name": "python", "version": "3.99"}
    assert render(one, PROVENANCE)[0] == render(two, PROVENANCE)[0]


def test_two_processes_write_the_same_bytes():
    code = (
        "import hashlib, tests.report.sample as s; from migof_research.report.publish import render;"
        "files = render(s.sample(), {})[0];"
        "print({k: hashlib.sha256(v).hexdigest() for k, v in sorted(files.items())})"
    )
    made = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in range(2)}
    assert len(made) == 1


def test_a_unit_s_name_does_no_harm_anywhere():
    files, _ = render(sample(name="<img src=x onerror=alert(1)>", study="<script>alert(1)</script>"), {"<b>": {"<i>": "<u>"}})
    html = files["report.html"].decode()
    assert "<img src=x" not in html and "<script>alert" not in html and "<i>" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_localise_translates_by_block_and_leaves_the_source_alone(monkeypatch):
    from migof_research.report import publish as module

    words = {"Results": "Résultats", "One long paragraph.": "Un long paragraphe.", "Country benchmark": "Le pays"}
    made = notebook(["## Results\n\nOne long\nparagraph.\n\n- a list\n- stays"])
    monkeypatch.setattr(module, "language", lambda code: lambda text: words.get(text, text))
    done = localise(made, "fr")
    assert done.cells[0].source == "## Résultats\n\nUn long paragraphe.\n\n- a list\n- stays"
    assert done.metadata.migof.title == "Le pays" and made.metadata.migof.title == "Country benchmark"


def test_a_pdf_without_weasyprint_says_what_to_install(tmp_path):
    if importlib.util.find_spec("weasyprint"):
        pytest.skip("WeasyPrint is installed")
    with pytest.raises(InputError, match=r"migof-research\[pdf\]"):
        publish(sample(), tmp_path, {}, formats=("html", "pdf"))
    assert not list(tmp_path.iterdir())
