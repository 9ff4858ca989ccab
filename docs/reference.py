"""The documentation as pages: ``make docs``, or ``python docs/reference.py [FOLDER]``, writes them to outputs/docs/.

The pages of docs/, one for each layer of the package from its docstrings, one for each definition file. Nothing of it is
kept in git: it says what the code and the files say.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from nbconvert.filters import markdown2html
from typer import Context
from typer.main import get_command
from typer.testing import CliRunner

import migof_research
from migof_research import files, frameworks, paths
from migof_research.cli import app
from migof_research.report.document import TEMPLATE

HERE, PACKAGE = Path(__file__).resolve().parent, Path(migof_research.__file__).parent
LAYERS = ("frameworks", "indicators", "scoring", "analysis", "report", "report/figures", "batch", "")


@dataclass
class Part:
    """A module, class, function or method, and what is public in it."""

    name: str
    signature: str
    doc: Markup
    fields: list[str]
    parts: list["Part"] = field(default_factory=list)


def build(folder: Path) -> Path:
    """Write all pages into a folder; returns the path of their index."""
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template, css = environment.get_template("reference.html.j2"), Markup((TEMPLATE / "base.css").read_text(encoding="utf-8"))

    def page(name: str, title: str, **content: Any) -> tuple[str, str]:
        files.write(folder / name, template.render(title=title, css=css, **content).encode())
        return name, title

    parts = {
        "To read": [page(f"{path.stem}.html", **_guide(path)) for path in sorted(HERE.glob("*.md"))],
        "Commands": [page("commands.html", "Commands", commands=list(_commands()))],
        "The package": [page(f"package-{_slug(layer)}.html", layer, modules=modules) for layer, modules in _layers()],
        "Definition files": [
            page(f"framework-{one.id}.html", one.title.get("en"), one=one) for one in map(frameworks.load, frameworks.available())
        ],
    }
    page("index.html", "Documentation", parts=parts)
    return folder / "index.html"


def _guide(path: Path) -> dict[str, Any]:
    """A page of docs/: its ``title`` and its HTML ``body``, with links to the other pages."""
    text = path.read_text(encoding="utf-8")
    linked = re.sub(r"\]\(([\w-]+)\.md", r"](\1.html", text)
    return {"title": text.splitlines()[0].removeprefix("# "), "body": Markup(markdown2html(linked))}


def _slug(title: str) -> str:
    return re.sub(r"\W+", "-", title)


def _commands() -> Iterator[tuple[str, str]]:
    """Each command and what its ``--help`` prints."""
    group = get_command(app)
    with Context(group) as context:
        for name in group.list_commands(context):
            below = group.get_command(context, name)
            names = [[name, inner] for inner in getattr(below, "commands", {})] or [[name]]
            for words in names:
                said = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "100", "TERM": "dumb"}, prog_name="migof")
                yield " ".join(["migof", *words]), said.output.strip()


def _layers() -> Iterator[tuple[str, list[Part]]]:
    """The modules of each layer, in the order in which data flow, and those that every layer uses."""
    for layer in LAYERS:
        modules = sorted((PACKAGE / layer).glob("*.py")) if layer else sorted(PACKAGE.glob("[!_c]*.py"))
        yield layer or "what all layers use", [_module(path) for path in modules]


def _module(path: Path) -> Part:
    """A module, read and not imported: signatures stand as they are written."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    return Part(name, "", _html(tree), [], list(_members(tree)))


def _members(owner: ast.Module | ast.ClassDef) -> Iterator[Part]:
    for node in owner.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            fields = [ast.unparse(line) for line in node.body if isinstance(line, ast.AnnAssign)]
            bases = ", ".join(map(ast.unparse, node.bases))
            yield Part(f"class {node.name}", f"({bases})" if bases else "", _html(node), fields, list(_members(node)))
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            attribute = any("property" in ast.unparse(decorator) for decorator in node.decorator_list)
            given = "" if attribute else f"({ast.unparse(node.args)})"
            yield Part(node.name, given + (f" -> {ast.unparse(node.returns)}" if node.returns else ""), _html(node), [])


def _html(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> Markup:
    """A docstring: paragraphs, with what stands between backquotes as code."""
    paragraphs = (ast.get_docstring(node) or "").split("\n\n")
    coded = (re.sub(r"``?(.+?)``?", r"<code>\1</code>", str(escape(text)), flags=re.DOTALL) for text in paragraphs if text.strip())
    return Markup("\n").join(Markup('<p style="white-space: pre-line">{}</p>').format(Markup(text)) for text in coded)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else paths.outputs() / "docs"))
