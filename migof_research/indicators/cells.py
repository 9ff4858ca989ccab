"""Answer files as they are written: every cell as text with its place, before anything is understood.

A CSV file or a workbook becomes one table of text: ``sheet, row`` and the columns that were found. Cells that cannot be
taken as they stand (formulas, errors, merged cells) are faults, each with its cell.
"""

import datetime
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from migof_research import files
from migof_research.errors import InputError
from migof_research.indicators import words

NEEDED = ("item", "answer")
GIVEN_ONCE = ("unit", "year", "round", "date", "assessor")  # may stand on the sheet of instructions for all rows
LISTS = "_lists"  # the hidden sheet that holds the drop-down lists
HEADING_ROWS = 12  # headings are looked for in so many rows at the top of a sheet
MAX_COLUMNS, MAX_ROWS = 60, 100_000
MAX_BYTES, MAX_UNPACKED = 400_000_000, 60_000_000


@dataclass
class Cells:
    """``table``: ``sheet, row`` and text columns; ``letters``: the column letters of each sheet, none for a CSV file."""

    table: pd.DataFrame
    letters: dict[str, dict[str, str]] = field(default_factory=dict)
    framework: str = ""
    problems: list[str] = field(default_factory=list)

    @cached_property
    def rows(self) -> list[tuple[str, int]]:
        """The sheet and row of each line of the finished table."""
        return list(zip(self.table["sheet"], self.table["row"], strict=True))

    def place(self, index: Any, column: str) -> str:
        """Where a cell is, for a message."""
        sheet, row = self.rows[index]
        if sheet in self.letters:
            letter = self.letters[sheet].get(column)
            return f"sheet {sheet!r}, " + (f"cell {letter}{row}" if letter else f"row {row}, {column}")
        return f"row {row}, column {column}"


def read(path: Path) -> Cells:
    """The cells of an answer file, by its ending: .csv, .tsv, .txt or .xlsx."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    if size > MAX_BYTES:
        raise InputError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB; split it by year or unit.")
    match path.suffix.lower():
        case ".csv" | ".tsv" | ".txt":
            return _read_csv(path)
        case ".xlsx":
            return _read_workbook(path)
    raise InputError(f"{path}: answers are read from .csv or .xlsx; save it as one of them.")


def _read_csv(path: Path) -> Cells:
    table = files.read_csv(path)
    table.columns = [words.columns().get(words.plain(heading), str(heading)) for heading in table.columns]
    if problem := _headings_fault(list(table.columns)):
        raise InputError(f"{path}, row 1: {problem}")
    unknown = [heading for heading in table.columns if heading not in (*words.headings(), "value")]
    problems = [f"row 1: no column is headed {heading!r}; delete or rename it." for heading in unknown]
    table = table.drop(columns=unknown)
    given = table.ne("").any(axis=1)
    return Cells(table.assign(sheet="", row=table.index + 2)[given].reset_index(drop=True), problems=problems)


def _headings_fault(found: list[str]) -> str | None:
    if absent := [column for column in NEEDED if column not in found]:
        return f"no heading {' or '.join(absent)}; the headings are {', '.join(words.headings())}."
    if twice := [column for column, count in Counter(found).items() if count > 1 and column in words.headings()]:
        return f"the heading {', '.join(twice)} is given twice."
    return None


def _read_workbook(path: Path) -> Cells:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise InputError(f"{path}: unpacks to more than {MAX_UNPACKED // 1_000_000} MB; save the answers as CSV.")
        book = load_workbook(path, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError) as error:
        raise InputError(f"{path}: cannot be opened as an .xlsx workbook ({error}).") from error
    cells, parts = Cells(pd.DataFrame()), list[pd.DataFrame]()
    once: dict[str, str] = {}
    for sheet in book.worksheets:
        if sheet.title == LISTS or (sheet.max_row == 1 and sheet.max_column == 1 and sheet["A1"].value is None):
            continue
        if sheet.max_row > MAX_ROWS:
            cells.problems.append(f"sheet {sheet.title!r} reaches down to row {sheet.max_row}; {MAX_ROWS} rows are read at most.")
            continue
        top = list(sheet.iter_rows(max_row=HEADING_ROWS, max_col=min(sheet.max_column, MAX_COLUMNS)))
        if (headings := _heading_row(top)) is not None:
            parts.append(_read_sheet(sheet, *headings, cells))
        elif _is_cover(sheet):
            once |= _read_cover(sheet, cells)
        else:
            wanted = " and ".join(NEEDED)
            cells.problems.append(f"sheet {sheet.title!r}: no row with the headings {wanted}; delete the sheet or give it headings.")
    cells.framework = once.pop("framework", "")
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["sheet", "row", *NEEDED])
    table = table.fillna("").assign(sheet=table["sheet"], row=table["row"])
    touched = table.drop(columns=["sheet", "row", "item", "question", "part"], errors="ignore").ne("").any(axis=1)
    for column, value in once.items():
        table[column] = table[column].mask(table[column] == "", value) if column in table else value
    cells.table = table[touched | bool(once)].reset_index(drop=True)
    return cells


def _heading_row(rows: list[tuple[Any, ...]]) -> tuple[int, dict[str, int]] | None:
    """The number of the row that holds the headings, and the position of each column."""
    for row in rows:
        found = [words.columns().get(words.plain(str(cell.value)), "") if cell.value is not None else "" for cell in row]
        if set(NEEDED) <= set(found):
            return row[0].row, {name: position for position, name in reversed(list(enumerate(found))) if name}
    return None


def _read_sheet(sheet: Any, heading_row: int, positions: dict[str, int], cells: Cells) -> pd.DataFrame:
    letters = {name: get_column_letter(position + 1) for name, position in positions.items()}
    cells.letters[sheet.title] = letters
    for row in sheet.iter_rows(min_row=heading_row, max_row=heading_row, max_col=MAX_COLUMNS):
        known = [words.columns().get(words.plain(str(cell.value))) for cell in row if cell.value is not None]
        for name, count in Counter(known).items():
            if name and count > 1:
                cells.problems.append(f"sheet {sheet.title!r}, row {heading_row}: the heading {name} is given twice.")
        cells.problems += [
            f"sheet {sheet.title!r}, cell {cell.coordinate}: no column is headed {str(cell.value)!r}."
            for cell in row
            if cell.value is not None and words.plain(str(cell.value)) not in words.columns()
        ]
    for merged in sheet.merged_cells.ranges:
        if merged.max_row > heading_row:
            cells.problems.append(f"sheet {sheet.title!r}, cells {merged.coord} are merged: split them and fill in each.")
    lines = []
    for row in sheet.iter_rows(min_row=heading_row + 1, max_col=max(positions.values()) + 1):
        texts = {name: _text(row[position], sheet, cells) for name, position in positions.items()}
        if any(texts.values()):
            lines.append({"sheet": sheet.title, "row": row[0].row} | texts)
    return pd.DataFrame(lines, columns=["sheet", "row", *positions])


def _is_cover(sheet: Any) -> bool:
    return any(words.columns().get(words.plain(str(cell.value))) == "framework" for (cell,) in sheet.iter_rows(max_col=1, max_row=30))


def _read_cover(sheet: Any, cells: Cells) -> dict[str, str]:
    """What the sheet of instructions says of all rows: heading in column A, value in column B."""
    found = {}
    for name, value in sheet.iter_rows(max_col=2, max_row=30):
        column = words.columns().get(words.plain(str(name.value)))
        if column in (*GIVEN_ONCE, "framework") and (text := _text(value, sheet, cells)):
            found[column] = text
    return found


def _text(cell: Any, sheet: Any, cells: Cells) -> str:
    """A cell's value as text: whole numbers without decimals, dates as ISO; what is no plain value is a fault."""
    value = cell.value
    match getattr(cell, "data_type", "n"):
        case "f":
            cells.problems.append(f"sheet {sheet.title!r}, cell {cell.coordinate}: holds a formula; write its value instead.")
            return ""
        case "e":
            cells.problems.append(f"sheet {sheet.title!r}, cell {cell.coordinate}: holds the error {value}; write a value.")
            return ""
        case "b":
            return "TRUE" if value else "FALSE"
        case "d" if isinstance(value, datetime.datetime | datetime.date):
            return value.strftime("%Y-%m-%d")
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
