"""The reference is made from the code and the definition files: nothing public is left out, nothing points nowhere."""

import ast
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from migof_research import frameworks
from migof_research.paths import root


class Page(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.text, self.links, self.tags = "", [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Page]:
    folder = tmp_path_factory.mktemp("docs")
    done = subprocess.run([sys.executable, "docs/reference.py", folder], cwd=root(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()) == folder / "index.html"
    return {path.name: Page(path.read_text(encoding="utf-8")) for path in folder.glob("*.html")}


def test_every_page_is_reached_and_no_link_is_dead(pages):
    reached = {link for link in pages["index.html"].links}
    assert reached | {"index.html"} == set(pages)
    for name, page in pages.items():
        for link in page.links:
            assert link.startswith("http") or link.split("#")[0] in {*pages, ""}, f"{name}: {link}"


def test_every_public_function_is_there_with_its_docstring(pages):
    text = " ".join("".join(page.text for name, page in pages.items() if name.startswith("package-")).split())
    for path in (root() / "migof_research").rglob("[!_c]*.py"):
        if path.parent.name == "commands":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                said = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].replace("`", "").split())
                assert node.name in text and said in text, f"{path}: {node.name}"


def test_every_command_is_there(pages):
    text = pages["commands.html"].text
    for command in ("run", "studies", "frameworks", "crosswalk", "template", "score", "verify", "data fetch", "data check"):
        assert re.search(rf"^migof {command}$", text, flags=re.MULTILINE), command


@pytest.mark.parametrize("id", frameworks.available())
def test_a_definition_file_is_there_whole(id, pages):
    one, text = frameworks.load(id), pages[f"framework-{id}.html"].text
    assert one.title.get("en") in text and all(f"{node.id} {node.label.get('en')}" in text for node in one.walk())
    assert all(f"{item.id} {item.text.get('en')}" in text for item in one.items())
    assert all(source.title in text for source in one.sources)


def test_texts_are_escaped_and_nothing_is_fetched(pages):
    assert set.union(*(page.tags for page in pages.values())).isdisjoint({"na", "id", "study", "script", "iframe"})
