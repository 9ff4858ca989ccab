"""docs/sources.md names what there is, and its commands exist."""

import re

from typer.testing import CliRunner

from migof_research import paths
from migof_research.commands.data import app
from migof_research.indicators import catalogue
from migof_research.indicators.sources import REMOTES
from migof_research.indicators.variables import variables

TEXT = (paths.root() / "docs" / "sources.md").read_text(encoding="utf-8")


def test_every_source_and_variable_is_told_of():
    rows = re.findall(r"^\| `(\w+)`", TEXT, flags=re.MULTILINE)
    assert rows == [*catalogue.sources(), *REMOTES, *variables()]
    for name, known in variables().items():
        assert f"| `{name}` {known['en']} | {known['measured']} | `{known['from']}` |" in TEXT


def test_every_command_and_option_exists():
    commands = re.findall(r"^migof data (\w+)(.*)$", TEXT, flags=re.MULTILINE)
    assert {name for name, _ in commands} == {"list", "fetch", "build", "check", "template", "export"}
    for name, rest in commands:
        helped = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"})
        assert helped.exit_code == 0
        assert all(option in helped.output for option in re.findall(r"--\w+", rest))
