"""Files written beside, then renamed, so that each is wholly the old or the new one; and tables read as they stand."""

import csv
import hashlib
import os
from collections import Counter
from itertools import islice
from pathlib import Path

import pandas as pd

from migof_research.errors import InputError

MAX_BYTES, MAX_ROWS = 400_000_000, 2_000_000


def write(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of ``path``; InputError where that cannot be done, and the old file is as it was."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}).") from error


def to_csv(table: pd.DataFrame) -> bytes:
    """UTF-8, line feeds on every system, flags as true and false, missing as nothing: same table, same bytes."""
    flags = {name: table[name].map({True: "true", False: "false"}) for name in table.columns if table[name].dtype in ("bool", "boolean")}
    return str(table.assign(**flags).to_csv(index=False, lineterminator="\n")).encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_csv(path: Path) -> pd.DataFrame:
    """A CSV table in UTF-8, every cell a text as it stands, so that NA stays Namibia and 004 stays 004.

    The separator is the commonest of comma, semicolon and tab in the first line. The index is the row that a
    spreadsheet shows, less 2; blank rows are left out. Raises InputError for another encoding, a heading given twice and
    every row with more cells than there are headings: nothing is guessed, nothing moves to another column.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB.")
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            if head.lstrip().lower().startswith(("<!doctype", "<html")):
                raise InputError(f"{path}: a web page, not a table.")
            if "\0" in head:
                raise InputError(f"{path}: not UTF-8 text (it may be UTF-16); save it as CSV UTF-8.")
            file.seek(0)
            separator = max(",;\t", key=head.count)
            rows = list(islice(csv.reader(file, delimiter=separator, strict=True), MAX_ROWS + 1))
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start}); save it as CSV UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    except csv.Error as error:
        raise InputError(f"{path}: cannot be read as a CSV table ({error}).") from error
    if not rows or not any(rows[0]):
        raise InputError(f"{path}: cannot be read as a CSV table: the first row has no headings.")
    if len(rows) > MAX_ROWS:
        raise InputError(f"{path}: more than {MAX_ROWS} rows.")
    headings = [heading.strip() for heading in rows[0]]
    while not headings[-1]:  # separators that a spreadsheet writes after the last column
        headings.pop()
    problems = [f"row 1: the heading {name!r} is given twice." for name, n in Counter(headings).items() if n > 1]
    body = [(number, row) for number, row in enumerate(rows[1:]) if any(cell.strip() for cell in row)]
    long = [number for number, row in body if any(row[len(headings) :])]
    problems += [f"row {number + 2}: more cells than the {len(headings)} headings; check quotes and separators." for number in long]
    if problems:
        raise InputError(problems, f"{path}: {len(problems)} fault{'s' if len(problems) > 1 else ''}")
    width = len(headings)
    lines = [(row + [""] * width)[:width] for _, row in body]
    return pd.DataFrame(lines, columns=headings, index=[number for number, _ in body], dtype=str)
