"""The rules of the house: data flows one way, heavy libraries stay out of `migof --help`, the notebooks only call."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "migof_research"
ORDER = ["frameworks", "indicators", "scoring", "analysis", "report", "batch", "commands"]
ANYONE = {"errors", "files", "languages", "paths"}  # what every layer may use


def layer(module):
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports(path):
    """The modules of this package that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in getattr(node, "names", ())]
        if isinstance(node, ast.ImportFrom) and node.module == "migof_research":
            names = [f"migof_research.{alias.name}" for alias in node.names]
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (name for name in names if name.startswith("migof_research"))


FILES = [path for name in ORDER for path in sorted((PACKAGE / name).rglob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_imports_back(path):
    own = ORDER.index(path.relative_to(PACKAGE).parts[0])
    for module in imports(path):
        name = layer(module)
        assert name in ANYONE or name == "__version__" or not name or ORDER.index(name) <= own, f"{path} imports {module}"


def test_batch_knows_notebooks_and_files_never_an_analysis():
    used = {layer(module) for path in (PACKAGE / "batch").rglob("*.py") for module in imports(path)}
    assert not used & {"analysis", "scoring"}


def test_analysis_knows_tables_never_a_figure():
    for path in (PACKAGE / "analysis").rglob("*.py"):
        assert not any(word in path.read_text(encoding="utf-8") for word in ("import matplotlib", "import seaborn")), path


def test_help_is_quick_because_nothing_heavy_is_imported():
    code = "import sys, migof_research.cli; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"pandas", "numpy", "matplotlib", "papermill", "nbconvert", "scipy"}
