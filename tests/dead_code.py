"""What nobody uses: code of the package that neither the package itself, nor a notebook, nor a template names.

    .venv/bin/python -m tests.dead_code      # a part of `make check`; tests do not count as use
"""

import json
import keyword
import re
import sys

from vulture import Vulture

from migof_research import paths

# Used all the same: by a library that finds it by name, or by whoever works with the package in a notebook of their own.
ALLOWED = {
    "batch/engine.py": {"execute_managed_notebook", "execute_cell", "clear_before_next_output", "code_cells_executed"},  # papermill, nbclient
    "batch/porter.py": {"teardown"},  # distributed
    "batch/shell.py": {"get_code_name", "enable_gui", "active_eventloop", "current_backend", "ident", "stream", "prompt"},  # IPython
    "batch/progress.py": {"exc"},
    "batch/streams.py": {"encoding", "writable"},  # io
    "commands/data.py": {"list_"},  # typer
    "frameworks/model.py": {"model_config", "_plain", "_some", "_list", "_distinct", "_either", "_ascending"},  # pydantic
    "indicators/worldbank.py": {"endpoint", "get_options", "per_page"},  # wbgapi
    "report/document.py": {"export_from_notebook", "output_mimetype"},  # nbconvert
    "report/piece.py": {"_repr_mimebundle_", "include", "exclude"},  # IPython
    "batch/index.py": {"filters"},  # jinja
    "analysis/benefit.py": {"benefit_of_the_doubt"},  # the classic result, checked against published figures
    "analysis/ordered_logit.py": {"log_likelihood", "probabilities"},  # of a fitted model
    "analysis/choices.py": {"interval"},  # read by dataclasses.fields
    "analysis/association.py": {"odds_ratio"},  # a column, by _fields
}


def code_of_notebooks() -> str:
    cells = (cell for path in sorted(paths.notebooks().glob("*.ipynb")) for cell in json.loads(path.read_text("utf-8"))["cells"])
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def words_of_templates() -> str:
    """Every word of the templates, as code that uses it."""
    texts = [path.read_text("utf-8") for path in (paths.root() / "migof_research").rglob("*.j2")]
    words = set(re.findall(r"\b[a-z_]\w*\b", " ".join(texts)))
    return "\n".join(sorted(word for word in words if not keyword.iskeyword(word)))


def main() -> None:
    package = paths.root() / "migof_research"
    finder = Vulture()
    finder.scavenge([package])
    finder.scan(code_of_notebooks(), filename="notebooks")
    finder.scan(words_of_templates(), filename="templates")
    found = [
        f"{item.filename}:{item.first_lineno}: {item.typ} {item.name}"
        for item in finder.get_unused_code()
        if str(item.filename).startswith(str(package))
        and item.name not in ALLOWED.get(item.filename.relative_to(package).as_posix(), set())
    ]
    sys.exit("\n".join(found) or None)


if __name__ == "__main__":
    main()
