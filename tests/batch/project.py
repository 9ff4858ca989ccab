"""A project of its own for each test: a folder with data/ and small notebooks, made the current project."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python"}}
PARAMETERS = 'country: str = "MDA"  # ISO 3166 alpha-3 code or a name\nlang: str = "en"  # en, fr or es'
PAGE = 'from migof_research.report import Page\npage = Page(study="small", unit=country, lang=lang)\npage.title(f"Report of {country}")'


def write_notebook(
    path: Path, cells: Sequence[str], parameters: str | None = PARAMETERS, migof: Mapping[str, object] | None = None
) -> Path:
    """A notebook of code cells, the first of them the parameters; a cell that begins with # and a blank is markdown."""
    made = [new_markdown_cell(c) if c.startswith("## ") else new_code_cell(c) for c in cells]
    if parameters is not None:
        made.insert(0, new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    for index, cell in enumerate(made):
        cell["id"] = f"cell-{index}"
    nbformat.write(new_notebook(cells=made, metadata=KERNEL | {"migof": dict({"unit": "country"} if migof is None else migof)}), path)
    return path


class Project:
    def __init__(self, root: Path):
        self.root, self.outputs = root, root / "outputs"
        for folder in ("notebooks", "data/raw", "data/processed"):
            (root / folder).mkdir(parents=True)
        (root / "data/raw/datapackage.json").write_text("{}")

    def study(self, *cells: str, name: str = "small", **kwargs) -> Path:
        """Add a study that makes a page of its unit, then runs the cells."""
        page = PAGE.replace('"small"', repr(name))
        return write_notebook(self.root / "notebooks" / f"{name}.ipynb", [page, *cells], **kwargs)

    def manifest(self, unit: str, study: str = "small") -> dict:
        return json.loads((self.outputs / study / unit / "manifest.json").read_text())

    def log(self) -> list[dict]:
        return [json.loads(line) for line in (self.outputs / "run.jsonl").read_text().splitlines()]
