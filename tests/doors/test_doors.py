"""Every door, every bad input: the right result, or a sentence that names the place; and the page that says so is true."""

import pandas as pd
import pytest

from migof_research.errors import InputError
from migof_research.paths import root
from tests.doors.cases import CASES
from tests.doors.page import page
from tests.doors.tables import DOORS, SPOILT


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda spoilt: spoilt.how)
def test_a_spoilt_table(door, spoilt, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(door.good, encoding="utf-8")
    bad.write_bytes(spoilt.bytes_of(door.good))
    told = spoilt.but.get(door.name.split()[0], spoilt.told)
    if not told:
        pd.testing.assert_frame_equal(door.read(bad).reset_index(drop=True), door.read(good).reset_index(drop=True))
    else:
        with pytest.raises(InputError) as error:
            door.read(bad)
        assert told in str(error.value) and "bad.csv" in str(error.value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.door}: {case.given}")
def test_a_door(case, tmp_path, monkeypatch):
    monkeypatch.chdir(root())
    if not case.came:
        case.does(tmp_path)
    else:
        with pytest.raises(InputError) as error:
            case.does(tmp_path)
        assert case.came in str(error.value)
        assert len(str(error.value)) < 3000 and "Traceback" not in str(error.value)
        assert not (tmp_path / "out").exists()  # refused before anything is written


def test_the_page_says_what_came():
    assert (root() / "docs" / "doors.md").read_text(encoding="utf-8") == page()


MILLION = 1_000_000
LARGE = {
    "levels": (lambda n: "x,x,x,x,x,x\n", "1000000 rows; 197 countries have at most"),
    "answers": (lambda n: f"x{n},x{n},x{n},x{n}\n", "large.csv, column unit: more than 300 different texts that are none; is it the right column?"),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_million_rows_of_nonsense_come_to_an_end(name, tmp_path):
    """Each wrong text looked up among the names of countries, or each told with its place, this would take hours."""
    row, told = LARGE[name]
    door = next(door for door in DOORS if door.name.startswith(name))
    (tmp_path / "large.csv").write_text(door.good.splitlines()[0] + "\n" + "".join(map(row, range(MILLION))))
    with pytest.raises(InputError) as error:
        door.read(tmp_path / "large.csv")
    assert told in str(error.value)
