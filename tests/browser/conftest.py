"""A browser, and real reports to look at: every study of the project in every language."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from migof_research.batch import index
from migof_research.report.publish import publish
from tests.report.sample import sample

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
ROOT = Path(__file__).parents[2]
EVIL = "<img src=x onerror=alert(1)>"


def _executable() -> str | None:
    names = (os.environ.get("MIGOF_BROWSER", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser():
    executable = _executable()
    if not executable:
        pytest.skip("no Chromium on this machine (set MIGOF_BROWSER to one)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def made_up(tmp_path_factory) -> Path:
    """Reports of a made-up study: one piece of each kind; one about a unit whose name is an attack; and in the index,
    nine more of another band and region."""
    outputs = tmp_path_factory.mktemp("made-up")
    for unit, lang, name in [("MDA", "en", "Republic of Moldova"), ("MDA", "fr", "République de Moldova"), ("XXX", "en", EVIL)]:
        folder = outputs / "country-benchmark" / unit / (lang if lang != "en" else "")
        page = publish(sample(unit, lang, name), folder, {"version": "0.1.0", "inputs": {EVIL: EVIL}})
        _write_manifest(folder, page)
    bands = {node: {"id": "3", "label": "Meets", "colour": "#2b6a9b"} for node in page["card"]["bands"]}
    for i in range(9):
        card = page["card"] | {"name": f"Country {i}", "region": "Oceania", "bands": bands}
        folder = outputs / "country-benchmark" / f"X0{i}"
        shutil.copytree(outputs / "country-benchmark" / "XXX", folder)
        _write_manifest(folder, page | {"unit": folder.name, "card": card})
    index.build(outputs)
    return outputs


@pytest.fixture(scope="session")
def real(browser, tmp_path_factory) -> Path:
    """Every study of the project in every language. Made only where there is a browser."""
    outputs = tmp_path_factory.mktemp("real")
    subprocess.run([sys.executable, "-m", "tests.browser.make_reports", str(outputs)], check=True, cwd=ROOT)
    return outputs


def _write_manifest(folder: Path, page: dict) -> None:
    from migof_research.batch.place import to_json

    (folder / "manifest.json").write_text(to_json({"page": page, "files": {"notebook.ipynb": "", "tables.xlsx": ""}}))
