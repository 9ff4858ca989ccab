"""Random input at the doors: whatever comes, it is the right thing or an InputError, and never a name that is a path."""

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migof_research import frameworks
from migof_research.batch import plan
from migof_research.batch.studies import studies
from migof_research.errors import InputError
from migof_research.files import read_csv
from migof_research.indicators import answers, units
from tests.doors.tables import DOORS
from tests.frameworks import own

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
CODES = set(units.units()["unit"])
HOSTILE = st.sampled_from(["../../x", "/etc/passwd", "<b>", "=1+1", "NA", "nan", "\0", "C:\\x", "CON", "yes", "1e9", "2024-01-31", "é", ""])


@quick
@given(st.text() | HOSTILE)
def test_a_country_is_one_of_those_there_are(text):
    try:
        assert units.find(text) in CODES
    except InputError:
        pass


@quick
@given(st.text() | st.from_regex(r"[A-Za-z]{3}-.{0,20}", fullmatch=True) | HOSTILE)
def test_a_unit_is_a_name_that_is_safe_as_a_folder(text):
    try:
        assert re.fullmatch(r"[A-Z]{3}(-[a-z0-9][a-z0-9-]*)?", answers.unit_code(text))
    except InputError:
        pass


@quick
@given(st.data())
def test_parameters_are_of_their_type_or_refused(data):
    study = data.draw(st.sampled_from(studies()))
    name = data.draw(st.sampled_from(sorted(study.parameters)))
    try:
        value = study.values({name: data.draw(st.text() | HOSTILE)})[name]
    except InputError:
        return
    assert type(value).__name__ == study.parameters[name].type


@quick
@given(st.lists(st.text() | HOSTILE))
def test_settings_are_names_and_values_or_refused(texts):
    try:
        assert all(name.isidentifier() for name in plan.settings(texts))
    except InputError:
        pass


@quick
@given(content=st.binary() | st.text().map(str.encode) | st.lists(st.lists(HOSTILE)).map(lambda t: "\n".join(map(",".join, t)).encode()))
def test_a_table_is_read_as_it_stands_or_refused(content, tmp_path):
    (tmp_path / "table.csv").write_bytes(content)
    try:
        table = read_csv(tmp_path / "table.csv")
    except InputError:
        return
    assert all(isinstance(cell, str) for cell in table.to_numpy().ravel())


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
@settings(quick, max_examples=25)
@given(data=st.data())
def test_one_cell_that_is_something_else(door, data, tmp_path):
    rows = [line.split(",") for line in door.good.splitlines()]
    row, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(rows[0]) - 1))
    rows[row][column] = data.draw(st.text(st.characters(exclude_characters=',;\t"\n\r')) | HOSTILE)
    (tmp_path / "table.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8", errors="surrogatepass")
    try:
        door.read(tmp_path / "table.csv")
    except InputError as error:
        assert "table.csv" in str(error)


def _places(part, place=()):
    """Every place in a definition file, the file itself left out."""
    below = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in below:
        yield (*place, key)
        yield from _places(value, (*place, key))


GOOD = yaml.load(own.weighted_and_bad(), yaml.BaseLoader)
PLACES = list(_places(GOOD))
VALUES = HOSTILE | st.none() | st.booleans() | st.integers() | st.floats() | st.lists(HOSTILE, max_size=2) | st.dictionaries(HOSTILE, HOSTILE)


@settings(quick, max_examples=150)
@given(place=st.sampled_from(PLACES), value=VALUES, gone=st.booleans())
def test_a_framework_file_is_whole_or_refused(place, value, gone, tmp_path):
    content = yaml.load(own.weighted_and_bad(), yaml.BaseLoader)
    part = content
    for step in place[:-1]:
        part = part[step]
    if gone:
        del part[place[-1]]
    else:
        part[place[-1]] = value
    path: Path = own.write(tmp_path, yaml.safe_dump(content, allow_unicode=True))
    try:
        framework = frameworks.load(path)
    except InputError as error:
        assert "own.yaml" in str(error)
        return
    assert all(re.fullmatch(r"[A-Za-z0-9][\w.-]*", part.id) for part in (*framework.walk(), *framework.items()))
