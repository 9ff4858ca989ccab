"""The in-process engine leaves the notebooks that papermill's own engine leaves, but for times and ids."""

import json
import os
import re
import subprocess
import sys

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError
from papermill.exceptions import PapermillExecutionError

from tests.batch.project import write_notebook

# a kernel reads what is written to the descriptors in a thread, and loses it if the cell ends first: hence the naps
CELLS = {
    "text": "print('out'); x",
    "streams": "import sys\nprint('a'); print('e', file=sys.stderr); print('b')",
    "flushed": "print('a', flush=True); print('b')",
    "logging": "import logging\nlogging.warning('careful')",
    "logging later": "logging.error('the same handler in a later cell')",
    "warning": "import warnings\nwarnings.warn('careful')",
    "descriptor": "import os, time\n_ = os.write(1, b'from C\\n'); time.sleep(0.5)",
    "subprocess": "import subprocess\nsubprocess.run(['echo', 'from a process']); time.sleep(0.5)",
    "shell escape": "!echo one; echo two >&2",
    "display": "from IPython.display import HTML, Image, Markdown, clear_output, display\ndisplay(HTML('<b>1</b>'), metadata={'text/html': {'isolated': True}})\nprint('after')",
    "several": "display('a', Markdown('*b*'), {'c': (1, 2)})",
    "update": "handle = display(HTML('old'), display_id='here')",
    "updated": "handle.update(HTML('new')); display(HTML('again'), display_id='here')",
    "clear": "print('gone'); display('gone'); clear_output(); print('stays')",
    "clear later": "print('gone'); clear_output(wait=True); print('stays')",
    "mimebundle": "class Piece:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n        return {'text/html': '<i>m</i>', 'text/plain': 'm', 'application/vnd.migof+json': {'a': (1, 2.5), 'b': None}}, {'text/html': {'k': 1}}\nPiece()",
    "silent": "3;",
    "nothing": "None",
    "last results": "_, Out[3]",
    "frame": "import pandas as pd\npd.DataFrame({'a': [1, 2.5, None], 'b': ['x', 'y', 'z']})",
    "figure": "import matplotlib.pyplot as plt\nplt.rcParams['svg.hashsalt'] = 's'\nplt.plot([1, 3, 2]);",
    "two figures": "fig, ax = plt.subplots(figsize=(2, 1)); fig2, ax2 = plt.subplots(figsize=(1, 1)); print('drawn')",
    "svg": "%config InlineBackend.figure_formats = ['svg']\nplt.rcParams['svg.fonttype'] = 'none'\nax.plot([1, 2]); print(type(ax.figure).__name__)",
    "figure object": "ax.figure",
    "seaborn": "import seaborn as sns\nsns.set_theme(); plt.rcParams['axes.facecolor']",
    "await": "import asyncio\nawait asyncio.sleep(0.001)\n'awaited'",
    "magic": "%%capture caught\nprint('caught'); display('too')",
    "captured": "caught.stdout, len(caught.outputs)",
    "count": "get_ipython().execution_count",
    "main": "__name__, '__file__' in globals(), 'ZMQInteractiveShell' in [c.__name__ for c in type(get_ipython()).__mro__]",
    "environment": "sorted(k for k in os.environ if k in ('TERM', 'CLICOLOR', 'FORCE_COLOR', 'PAGER', 'MPLBACKEND'))",
    "unicode": "print('ça, 漢字 \\U0001f600')",
    "help": "len?",
    "thread": "import threading\nt = threading.Thread(target=lambda: print('thread')); t.start(); t.join()",
    "image": "Image(data=b'\\x89PNG\\r\\n\\x1a\\n' + b'0' * 20)",
    "empty": "   ",
    "comment": "# only a comment",
}

ERRORS = {
    "broken repr": "class Broken:\n    def __repr__(self): return 'broken'\n    def _repr_html_(self): raise ValueError('no')\nBroken()",
    "raised": "def f(n):\n    return 1 / n\nprint('before'); f(0)",
    "syntax": "print('x'\n1 +",
    "indent": "if True:\nx = 1",
    "chained": "try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError('bad value') from error",
    "exit": "import sys\nsys.exit(2)",
    "keyboard": "raise KeyboardInterrupt",
    "assertion": "assert 1 == 2, 'not equal'",
    "import": "import no_such_module",
}


SCRIPT = """
import os, sys, papermill
from papermill.exceptions import PapermillExecutionError
for path in sys.argv[2:]:
    try:
        out = f"{path.removesuffix('.ipynb')}-{sys.argv[1]}.ipynb"
        papermill.execute_notebook(path, out, {"x": 5}, engine_name=sys.argv[1], progress_bar=False)
    except PapermillExecutionError:
        pass
"""


def executed(paths, engine):
    """The saved notebooks, failed or not: made in a process without pytest, one after the other."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "0"}  # read by matplotlib: no date of today in SVG
    environment.pop("PYTEST_CURRENT_TEST")  # a kernel that finds itself in pytest does not watch the file descriptors
    subprocess.run([sys.executable, "-c", SCRIPT, engine, *paths], check=True, capture_output=True, env=environment)
    return [comparable(nbformat.read(path.with_name(f"{path.stem}-{engine}.ipynb"), 4)) for path in paths]


def comparable(notebook):
    """Without what differs from one execution to the next by its nature; streams of one name that follow each other
    are one, since a kernel cuts them by the clock."""
    for key in ("start_time", "end_time", "duration", "output_path"):
        notebook.metadata.papermill.pop(key)
    for cell in notebook.cells:
        if "execution" in cell.metadata:
            assert set(cell.metadata["execution"]) in (
                {"iopub.status.busy", "iopub.execute_input", "iopub.status.idle", "shell.execute_reply"}, set(),
            )  # fmt: skip
            del cell.metadata["execution"]
        for key in ("start_time", "end_time", "duration"):
            cell.metadata.get("papermill", {}).pop(key, None)
        if cell.metadata.get("tags") in (["injected-parameters"], ["papermill-error-cell-tag"]):
            del cell["id"]
        if cell.cell_type == "code":
            merged = []
            for output in cell.outputs:
                if merged and output.output_type == "stream" == merged[-1].output_type and output.name == merged[-1].name:
                    merged[-1].text += output.text
                else:
                    merged.append(output)
            cell.outputs = merged
    text = json.dumps(notebook, indent=1, sort_keys=True)
    return re.sub(r"[^\s\"]*ipykernel_\d+/", "", text).splitlines()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """{name: (by the plain engine, by ours)} for each of the notebooks above."""
    folder = tmp_path_factory.mktemp("notebooks")
    cells = {"outputs": list(CELLS.values()), "tags": ["1 / 0", "print('skipped')", "print('reached')"]}
    cells |= {name: ["print('first')", cell, "print('never')"] for name, cell in ERRORS.items()}
    paths = [write_notebook(folder / f"{name}.ipynb", made, parameters="x: int = 1", migof={}) for name, made in cells.items()]
    tags = nbformat.read(folder / "tags.ipynb", 4)
    tags.cells[1].metadata["tags"], tags.cells[2].metadata["tags"] = ["raises-exception"], ["skip-execution"]
    nbformat.write(tags, folder / "tags.ipynb")
    return dict(zip(cells, zip(executed(paths, "nbclient"), executed(paths, "migof"), strict=True), strict=True))


def test_outputs_are_those_of_the_plain_engine(both):
    plain, ours = both["outputs"]
    assert ours == plain
    assert not any('"output_type": "error"' in line for line in plain)


@pytest.mark.parametrize("error", ERRORS)
def test_errors_are_those_of_the_plain_engine(both, error):
    plain, ours = both[error]
    assert ours == plain
    assert any("papermill-error-cell-tag" in line for line in plain)


def test_tags_work_as_in_the_plain_engine(both):
    plain, ours = both["tags"]
    assert ours == plain
    assert any("reached" in line for line in ours) and not any('"skipped' in line for line in ours)


@pytest.mark.parametrize("engine", [None, "migof"])
@pytest.mark.parametrize("cell", ["import time; print('begun'); time.sleep(30)", "while True:\n    try: time.sleep(30)\n    except Exception: pass"])
def test_a_cell_that_runs_too_long(tmp_path, engine, cell):
    path = write_notebook(tmp_path / "in.ipynb", ["import time", cell, "print('never')"], "x: int = 1", {})
    with pytest.raises(CellTimeoutError, match="2 seconds"):
        papermill.execute_notebook(path, tmp_path / "out.ipynb", engine_name=engine, progress_bar=False, execution_timeout=2)
    saved = nbformat.read(tmp_path / "out.ipynb", 4)
    assert saved.cells[2].outputs[-1].ename == "KeyboardInterrupt"
    assert saved.cells[3].outputs == []


def test_no_input_can_be_asked_for(tmp_path):
    path = write_notebook(tmp_path / "in.ipynb", ["input('?')"], "x: int = 1", {})
    for engine in (None, "migof"):
        with pytest.raises(PapermillExecutionError, match="(?s)StdinNotImplementedError.*does not support input requests"):
            papermill.execute_notebook(path, None, engine_name=engine, progress_bar=False)


def test_a_second_notebook_in_the_same_process_starts_afresh(tmp_path):
    spoil = write_notebook(tmp_path / "spoil.ipynb", [
        "import os, sys, warnings, numpy as np, pandas as pd, matplotlib.pyplot as plt",
        "leak = 1; os.environ['LEAK'] = '1'; os.chdir('/'); sys.path.insert(0, 'leak'); warnings.simplefilter('error')",
        "pd.options.display.max_rows = 3; plt.rcParams['font.size'] = 99; np.random.seed(1); import builtins; builtins.leak = 1",
        "sys.stdout = None",
    ], None, {})  # fmt: skip
    look = write_notebook(tmp_path / "look.ipynb", [
        "import os, sys, pandas as pd, matplotlib.pyplot as plt; plt.plot([1, 2])",
        "try: leak\nexcept NameError: print('no leak')",
        "assert 'LEAK' not in os.environ and os.getcwd() != '/' and 'leak' not in sys.path",
        "assert pd.options.display.max_rows == 60 and plt.rcParams['font.size'] == 10",
    ], None, {})  # fmt: skip
    papermill.execute_notebook(spoil, None, engine_name="migof", progress_bar=False)
    seen = papermill.execute_notebook(look, None, engine_name="migof", progress_bar=False)
    assert "image/png" in seen.cells[0].outputs[1].data
    assert seen.cells[1].outputs[0].text == "no leak\n"


def test_from_the_papermill_command(tmp_path):
    path = write_notebook(tmp_path / "in.ipynb", ["print('x is', x)"], "x: int = 1", {})
    command = [sys.executable, "-m", "papermill", "--engine", "migof", path, tmp_path / "out.ipynb", "-p", "x", "7"]
    subprocess.run(command, check=True, capture_output=True)
    assert nbformat.read(tmp_path / "out.ipynb", 4).cells[2].outputs[0].text == "x is 7\n"


def test_standard_output_of_the_caller_is_its_own_again(tmp_path, capfd):
    path = write_notebook(tmp_path / "in.ipynb", ["print('in the notebook')"], None, {})
    papermill.execute_notebook(path, None, engine_name="migof", progress_bar=False)
    os.write(1, b"mine")
    assert capfd.readouterr().out == "mine"
