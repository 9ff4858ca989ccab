"""From an executed notebook to the files a reader gets: a pure function of the notebook, then their writing."""

import base64
import copy
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from migof_research.report import document, exports, images, markdown
from migof_research.report.record import check, pieces, stripped
from migof_research.report.wording import language


def localise(notebook: NotebookNode, lang: str) -> NotebookNode:
    """A copy whose markdown cells, title and one-line description are in ``lang``, as far as the catalogue has them."""
    translate, made = language(lang), copy.deepcopy(notebook)
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = markdown.translated(cell.source, translate)
    study = made.metadata.get("migof", {})
    study.update({key: translate(study[key]) for key in ("title", "about") if key in study})
    return made


def publish(
    notebook: NotebookNode, folder: Path, provenance: Mapping[str, Any], formats: Sequence[str] = ("html",)
) -> dict[str, Any]:
    """Write the report of an executed notebook into ``folder``, a fresh one that the batch then renames; return its page record.

    Files: report.html, report.json (the same for programs), notebook.ipynb (without times and random ids), figures/
    (SVG, PNG), tables/ (CSV), tables.xlsx; with "pdf" among the formats, report.pdf (needs the extra ``[pdf]``).
    ``provenance`` (versions, engine, hashes of inputs; values are texts or mappings of texts) is shown in the foot.
    The page record holds study, unit, lang, title, card and, of the notebook, study_title, about, order.

    Raises InputError for a notebook that failed, has no title, or shows things that did not come from a Page.
    """
    files, page = render(notebook, provenance)
    if "pdf" in formats:
        files["report.pdf"] = document.to_pdf(files["report.html"])
    for path, content in files.items():
        target = Path(folder) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return page


def render(notebook: NotebookNode, provenance: Mapping[str, Any]) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The report's files, {path: bytes}, and its page record. Same notebook and provenance, same bytes."""
    check(notebook)
    notebook = stripped(notebook)
    found = pieces(notebook)
    page = _page(notebook)
    tables = [record for record, _ in found if record["kind"] in ("table", "data")]

    files = {"notebook.ipynb": nbformat.writes(notebook).encode() + b"\n"}
    for record, data in found:
        if record["kind"] == "figure":
            files[f"figures/{record['name']}.svg"] = images.svg_of(data["text/html"])
            files[f"figures/{record['name']}.png"] = base64.b64decode(data["image/png"])
    files |= {f"tables/{record['name']}.csv": exports.to_csv(record) for record in tables}
    if tables:
        about = [page["title"], page["study_title"], *(f"{k}: {v}" for k, v in provenance.items() if isinstance(v, str))]
        files["tables.xlsx"] = exports.to_xlsx(tables, about, language(page["lang"]))
    twin = {"page": page, "provenance": provenance, "pieces": [record for record, _ in found if record["kind"] != "page"]}
    files["report.json"] = json.dumps(twin, ensure_ascii=False, indent=1).encode() + b"\n"
    files["report.html"] = document.html(notebook, page, provenance).encode()
    return files, page


def _page(notebook: NotebookNode) -> dict[str, Any]:
    study = notebook.metadata.get("migof", {})
    page = next(record for record, _ in pieces(notebook) if record["kind"] == "page")
    return {
        **{key: page[key] for key in ("study", "unit", "lang", "title", "subtitle", "card")},
        "study_title": study.get("title", page["study"]), "about": study.get("about", ""), "order": study.get("order", 99),
    }  # fmt: skip
