"""Which files of this package some source imports, directly or through one another; read, not executed."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def files_used(sources: Iterable[str], modules: Iterable[str] = ()) -> set[Path]:
    """The package's Python files that ``sources`` and ``modules`` reach by import, wherever in a file it stands."""
    waiting = [name for source in sources for name in imported(source)] + list(modules)
    found: set[Path] = set()
    while waiting:
        for path in _files_of(waiting.pop()):
            if path not in found:
                found.add(path)
                waiting += _imported_by(path)
    return found


def imported(source: str) -> list[str]:
    """Names of modules a piece of Python may import; ``from a import b`` gives ``a`` and ``a.b``."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        return []  # markdown, or a cell with magics
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


@cache
def _imported_by(path: Path) -> list[str]:
    return imported(path.read_text(encoding="utf-8"))


def _files_of(module: str) -> Iterator[Path]:
    """The file of a module of this package and the ``__init__`` of each package it lies in."""
    root, *parts = module.split(".")
    if root != PACKAGE.name:
        return
    folder = PACKAGE
    for part in [None, *parts]:
        folder = folder / part if part else folder
        for path in (folder / "__init__.py", folder.with_suffix(".py")):
            if path.is_file():
                yield path
