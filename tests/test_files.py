"""A file is wholly the old one or wholly the new one."""

import pandas as pd
import pytest

from migof_research import files
from migof_research.errors import InputError


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    files.write(path, b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("migof_research.files.os.replace", full)
    with pytest.raises(InputError, match=r"a\.csv: cannot be written \(No space left on device\)"):
        files.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        files.write(tmp_path / "data" / "a.csv", b"")


def test_csv_is_the_same_on_every_system():
    table = pd.DataFrame({"unit": ["NAM", "CIV"], "flag": pd.array([True, pd.NA], dtype="boolean"), "share": [1 / 3, None]})
    assert files.to_csv(table) == b"unit,flag,share\nNAM,true,0.3333333333333333\nCIV,,\n"
