"""The HTML of a report: nbconvert with a small template of our own (``template/report.html.j2``)."""

import base64
import copy
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from migof_research.errors import InputError
from migof_research.report.piece import MIME
from migof_research.report.record import pieces
from migof_research.report.wording import Language, language

TEMPLATE = Path(__file__).parent / "template"
_HEADING = re.compile(r"<h([1-6])(?: id=\"([^\"]*)\")?>(.*?)</h\1>", re.DOTALL)


class ReportExporter(TemplateExporter):
    """Notebook to report. Only what a Page made is shown, and the markdown: no code, no stray print, no warning."""

    export_from_notebook = None  # type: ignore[assignment]  # not offered in Jupyter's menus: it needs the facts that ``html`` hands it
    output_mimetype = "text/html"

    def default_filters(self) -> Iterator[tuple[str, Callable[..., Any]]]:
        yield from super().default_filters()
        yield "markdown", _markdown
        yield "outline", outline


@cache
def exporter() -> ReportExporter:
    """One exporter a process, so that the template is compiled once."""
    return ReportExporter(
        template_name=TEMPLATE.name, template_file="report.html.j2", extra_template_basedirs=[str(TEMPLATE.parent)],
        default_preprocessors=[],  # none is needed, and each would copy and validate the notebook
    )


def html(notebook: NotebookNode, page: Mapping[str, Any], provenance: Mapping[str, Any]) -> str:
    """The report as one file that asks nothing of any network."""
    found, lang = pieces(notebook), language(page["lang"])
    first = {record["kind"]: Markup(data["text/html"]) for record, data in reversed(found)}
    resources = {
        "page": page, "made": _made(provenance, lang), "_": lang, "words": script_words(lang), "mime": MIME,
        "head": first["page"], "summary": first.get("summary", ""), "assets": assets("report"),
        "figures": [record for record, _ in found if record["kind"] == "figure"],
        "tables": [record for record, _ in found if record["kind"] in ("table", "data")],
    }  # fmt: skip
    return exporter().from_notebook_node(told(notebook), {"report": resources})[0]


def told(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what its reader needs and the report's does not: the cell with the notebook's own title, and
    sections whose cells had nothing to show for this unit."""
    sections: list[list[NotebookNode]] = [[]]
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.lstrip().startswith("# "):
            continue
        if cell.cell_type == "markdown" and cell.source.lstrip().startswith("## "):
            sections.append([])
        sections[-1].append(cell)
    kept = copy.copy(notebook)
    kept.cells = [cell for section in sections if _says_something(section) for cell in section]
    return kept


def _says_something(section: list[NotebookNode]) -> bool:
    code = [cell for cell in section if cell.cell_type == "code"]
    return not code or any(MIME in output.get("data", {}) for cell in code for output in cell.outputs)


def _made(provenance: Mapping[str, Any], _: Language) -> dict[str, Any]:
    """How the report was made, under headings in the reader's language; further facts under their own names."""
    known = {
        "version": _("Version of migof_research"), "engine": _("Engine"),
        "inputs": _("Inputs and their hashes"), "versions": _("Libraries"),
    }  # fmt: skip
    return {known.get(key, key): said for key, said in provenance.items()}


def script_words(_: Language) -> str:
    """What the script says, as JSON."""
    return json.dumps({"search": _("Search"), "all": _("All"), "count": _("{shown} of {total} rows")}, ensure_ascii=False)


@cache
def assets(name: str) -> dict[str, str]:
    """The style sheet and the script of a page, and the policy that lets this one script run and nothing be fetched."""
    css = "\n".join((TEMPLATE / f"{sheet}.css").read_text("utf-8") for sheet in ("base", name))
    script = (TEMPLATE / "page.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = {"default-src": "'none'", "img-src": "data:", "style-src": "'unsafe-inline'", "script-src": f"'sha256-{digest}'"}
    policy |= {"base-uri": "'none'", "form-action": "'none'"}
    return {"css": css, "script": script, "policy": "; ".join(f"{what} {allowed}" for what, allowed in policy.items())}


def outline(story: str) -> tuple[str, list[dict[str, Any]]]:
    """Give each heading an address; return the story and its contents: ``level``, ``id``, ``text`` (HTML) of each.

    A first-level heading is the notebook's own title: it goes, because the report has its one h1 already. A level
    left out (h2, then h4) is refused: who listens to a page finds the way by them.
    """
    contents: list[dict[str, Any]] = []
    used: dict[str, int] = {}

    def address(found: re.Match[str]) -> str:
        level, given, text = int(found[1]), found[2], found[3].strip()
        if level == 1:
            return ""
        before = contents[-1]["level"] if contents else 1
        if level > before + 1:
            raise InputError(f"The heading {text!r} is of level {level} after one of level {before}: a level is left out.")
        slug = given or _slug(text)
        used[slug] = used.get(slug, 0) + 1
        slug += f"-{used[slug]}" if used[slug] > 1 else ""
        contents.append({"level": level, "id": slug, "text": text})
        return f'<h{level} id="{slug}">{text}</h{level}>'

    return _HEADING.sub(address, story), contents


def _slug(text: str) -> str:
    words = unicodedata.normalize("NFKD", Markup(text).striptags()).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-") or "section"


def _markdown(source: str) -> str:
    # escape=False: the author of a notebook may write HTML and MathML; data never comes this way
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True)).render(source)


def to_pdf(report: bytes) -> bytes:
    """The report on A4 by WeasyPrint, which comes with the extra ``[pdf]``."""
    try:
        from weasyprint import HTML
    except ImportError:
        raise InputError("A PDF needs WeasyPrint: pip install 'migof-research[pdf]'.") from None
    return HTML(string=report.decode()).write_pdf()
