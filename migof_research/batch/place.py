"""Write beside, then rename: a report's folder is always wholly the old or wholly the new one."""

import json
import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from migof_research.languages import LOCALES

if sys.platform == "win32":  # two runs at once into one folder are not kept apart there
    LOCK_EX = LOCK_NB = 0

    def flock(fd: int, how: int) -> None: ...

else:
    from fcntl import LOCK_EX, LOCK_NB, flock

LANGUAGE_FOLDERS = tuple(code for code in LOCALES if code != "en")
WORK = ".work"


def folder_of(outputs: Path, study: str, unit: str, lang: str) -> Path:
    """outputs/<study>/<unit>, and a folder in it for a language other than English."""
    return outputs / study / unit / (lang if lang in LANGUAGE_FOLDERS else "")


def new_workspace(study_folder: Path) -> Path:
    """A path, on the same file system as the reports, at which one attempt may make its files."""
    return study_folder / WORK / uuid.uuid4().hex


@contextmanager
def owned(folder: Path) -> Iterator[None]:
    """Create a workspace and hold it while this process lives: ``sweep`` of another run leaves it alone."""
    folder.mkdir(parents=True)
    with _lock(folder, LOCK_EX):
        yield


def sweep(study_folder: Path) -> None:
    """Remove workspaces whose process is gone."""
    for folder in (study_folder / WORK).glob("*"):
        try:
            with _lock(folder, LOCK_EX | LOCK_NB):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # at work in another run


def put_in_place(workspace: Path, folder: Path) -> None:
    """Make ``workspace`` the report's ``folder``, instead of what is there; the languages beside it stay."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _lock(workspace.parent, LOCK_EX):
        old = workspace.with_name(workspace.name + ".old")
        if folder.exists():
            for lang in LANGUAGE_FOLDERS:
                if (folder / lang).exists():
                    (folder / lang).rename(workspace / lang)
            folder.rename(old)
        workspace.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def write(path: Path, text: str) -> None:
    """Write a text file beside its place, then rename it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)  # of a write that went wrong half-way


def to_json(value: object) -> str:
    """The same text for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@contextmanager
def _lock(folder: Path, how: int) -> Iterator[None]:
    if not LOCK_EX:
        yield
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        flock(fd, how)
        yield
    finally:
        os.close(fd)
