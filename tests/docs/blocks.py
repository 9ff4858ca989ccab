"""The pages of docs/ as something to run: their code blocks, and a copy of the project to run them in."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from migof_research.paths import root

PARTS = ("migof_research", "notebooks", "data", "docs", "pyproject.toml", "Makefile", "environment.yml")


def copy_of_project(folder: Path) -> Path:
    """The project without environment, outputs and history; ``python -m migof_research`` in it runs the copy."""
    for name in PARTS:
        place = root() / name
        copy = shutil.copytree if place.is_dir() else shutil.copy
        copy(place, folder / name, **({"ignore": shutil.ignore_patterns("__pycache__")} if place.is_dir() else {}))
    return folder


def blocks(page: str, section: str = "") -> Iterator[tuple[str, str, str]]:
    """The code blocks of a page or one section: language, the file to save it as (named in the line before), content."""
    text = (root() / "docs" / page).read_text(encoding="utf-8")
    if section:
        text = re.split(r"^## .*$", text.split(f"\n## {section}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    for found in re.finditer(r"(?:^`([\w./-]+)`:\n\n)?^```(\w+)\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE):
        yield found[2], found[1] or "", found[3]


def commands(block: str) -> list[list[str]]:
    return [shlex.split(line, comments=True) for line in block.splitlines() if line.strip()]


def run(command: list[str], folder: Path, seconds: float = 120) -> str:
    """What a command prints; ``migof`` and ``python`` are those of the copy in ``folder``."""
    programs = {"migof": [sys.executable, "-m", "migof_research"], "python": [sys.executable]}
    environment = {name: value for name, value in os.environ.items() if name != "MIGOF_HOME"} | {"PYTHONPATH": str(folder)}
    done = subprocess.run(
        [*programs.get(command[0], [command[0]]), *command[1:]],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=seconds,
    )  # fmt: skip
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout
