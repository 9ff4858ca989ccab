"""What a machine may do in the middle of a run: no room, no right to write, an end without warning, an odd clock, locale,
home and network. The report is whole and the same, or there is none; and what is said is a sentence.

Two runs at once, a report's process that is killed, a file limit and Ctrl-C are in tests/batch and tests/test_cli_run.py;
a missing browser only skips the tests that drive one; other versions of Python run the whole suite.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from migof_research.paths import root

RUN = ["run", "country-benchmark", "MDA"]
ODD_CLOCK = "import time; now = time.time; time.time = lambda: now() - 9e8; from migof_research.cli import main; main()"


def migof(*arguments, prefix=(), code=None, **environment):
    command = [*prefix, sys.executable, *(["-c", code] if code else ["-m", "migof_research"]), *map(str, arguments)]
    return subprocess.run(command, cwd=root(), env=os.environ | environment, capture_output=True, text=True, errors="replace", timeout=300)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def usual(tmp_path_factory) -> Path:
    """The outputs folder of an ordinary machine."""
    out = tmp_path_factory.mktemp("usual")
    done = migof(*RUN, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def without_network() -> list[str]:
    """What a command starts with to have no network; nothing where the system lets nobody do that."""
    ways = (["unshare", "--net"], ["unshare", "--map-root-user", "--net"])
    return next((way for way in ways if shutil.which("unshare") and not subprocess.run([*way, "true"], capture_output=True).returncode), [])


POOR = {
    "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",  # everything in ASCII
    "FONTCONFIG_FILE": "/dev/null", "HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null", "MPLCONFIGDIR": "/dev/null",  # no fonts, no home
}  # fmt: skip
FRENCH = {"LC_ALL": "fr_FR.UTF-8", "LANGUAGE": "fr", "TZ": "Pacific/Kiritimati"}


def test_the_same_bytes_without_fonts_home_network_and_letters_beyond_ascii(usual, tmp_path):
    done = migof(*RUN, "--out", tmp_path, prefix=without_network(), **POOR)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "country-benchmark") == contents(usual / "country-benchmark")


def test_the_same_bytes_in_another_locale_and_by_a_clock_28_years_back(usual, tmp_path):
    done = migof(*RUN, "--out", tmp_path, code=ODD_CLOCK, **FRENCH)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "country-benchmark") == contents(usual / "country-benchmark")


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder], capture_output=True).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk(tmp_path):
    with small_disk(tmp_path, "size=300k"):
        done = migof(*RUN, "--out", tmp_path)
        assert done.returncode == 1 and "No space left on device" in done.stderr and "Traceback" not in done.stderr + done.stdout
        left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
        assert left <= {"failed.ipynb", "run.jsonl"}


def test_a_disk_that_is_read_only(tmp_path):
    with small_disk(tmp_path, "ro,size=1m"):
        done = migof(*RUN, "--out", tmp_path / "out")
        assert done.returncode == 1 and "Read-only file system" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [RUN, ["score", "sdg_10_7_2", "data/examples/assessment.csv"]],
    ids=lambda command: command[0],
)
def test_a_file_where_the_folder_should_be(command, tmp_path):
    (tmp_path / "out").write_text("kept")
    done = migof(*command, "--out", tmp_path / "out")
    assert done.returncode in (1, 2) and str(tmp_path / "out") in done.stderr and "Traceback" not in done.stderr
    assert (tmp_path / "out").read_text() == "kept"


def test_an_end_without_warning_leaves_the_former_report_whole(usual, tmp_path):
    shutil.copytree(usual, tmp_path / "out")
    command = [sys.executable, "-m", "migof_research", *RUN, "--force", "--out", str(tmp_path / "out")]
    running = subprocess.Popen(command, cwd=root(), stderr=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + 60
    while not list((tmp_path / "out").glob("country-benchmark/.work/*/cells.jsonl")) and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert contents(tmp_path / "out" / "country-benchmark" / "MDA") == contents(usual / "country-benchmark" / "MDA")
