"""The workbook that a country team fills in: one sheet a domain, drop-downs of the allowed answers, instructions."""

import datetime
import io
import os
import re
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from migof_research.errors import InputError
from migof_research.frameworks import Framework, Node
from migof_research.indicators import words
from migof_research.indicators.cells import LISTS

COLUMNS = ("unit", "year", "round", "part", "item", "question", "answer", "source", "note", "date", "assessor")
WIDTHS = {"unit": 14, "year": 7, "round": 7, "part": 24, "item": 8, "question": 56, "answer": 30, "source": 32, "note": 32, "date": 12}
ROWS = 5000  # the drop-downs reach down so far, for rows that are copied
_FIXED = datetime.datetime(2000, 1, 1)  # same framework, same bytes: no clock


def template(framework: Framework, lang: str = "en", assessments: Sequence[tuple[str, int]] = ()) -> bytes:
    """The workbook of a framework, empty: XLSX as bytes.

    ``assessments`` are (unit, year) pairs, each of which gets its own rows; without any, the unit and the year are
    filled in once on the sheet of instructions.
    """
    if not framework.items():
        raise InputError(f"{framework.id} has no items, so there is nothing to answer.")
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": framework.title.get(lang), "created": _FIXED})
    fill = {"bg_color": "#fff6d6", "border": 1, "border_color": "#8a949e", "text_wrap": True, "valign": "top"}
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#d9e8f3"}),
        "fill": book.add_format(fill),
        "date": book.add_format(fill | {"num_format": "yyyy-mm-dd"}),
    }
    _cover(book.add_worksheet(words.sheet().get(lang)[:31]), framework, lang, styles)
    sheets = [(node, book.add_worksheet(_sheet_name(node, lang))) for node in framework.nodes]
    ranges = _lists(book.add_worksheet(LISTS), framework, lang)
    for node, sheet in sheets:
        _domain(sheet, framework, node, lang, assessments or [("", 0)], styles, ranges)
    book.close()
    return file.getvalue()


def write(content: bytes, path: Path) -> None:
    """The file, written beside its place and then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.write_bytes(content)
    os.replace(beside, path)


def _sheet_name(node: Node, lang: str) -> str:
    """Code and name, without the characters that a sheet name cannot have; the code keeps it unique."""
    return re.sub(r"[\[\]:*?/\\']", " ", f"{node.id} {node.label.get(lang)}")[:31].strip()


def _cover(sheet: Worksheet, framework: Framework, lang: str, styles: dict[str, Format]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, framework.title.get(lang), styles["title"])
    row = 2
    for text in words.instructions():
        sheet.merge_range(row, 0, row, 1, "", styles["text"])
        sheet.write_string(row, 0, text.get(lang), styles["text"])
        sheet.set_row(row, 32)
        row += 1
    row += 1
    for column in ("framework", "version", "unit", "year", "round", "date", "assessor"):
        sheet.write_string(row, 0, words.headings()[column].get(lang), styles["head"])
        given = {"framework": framework.id, "version": framework.version}.get(column)
        if given is not None:
            sheet.write_string(row, 1, given, styles["text"])
        else:
            sheet.write_blank(row, 1, None, styles["date" if column == "date" else "fill"])
        row += 1


def _lists(sheet: Worksheet, framework: Framework, lang: str) -> dict[str, str]:
    """The drop-down list of each scale, on a hidden sheet: inline lists may not pass 255 characters. Returns its range."""
    sheet.hide()
    ranges = {}
    reasons = [reason.get(lang) for reason in words.reasons().values()]
    for column, (name, scale) in enumerate(framework.scales.items()):
        labels = [option.label.get(lang) if option.label else option.answer for option in scale.options] + reasons
        for row, label in enumerate(labels):
            sheet.write_string(row, column, label)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        ranges[name] = f"={LISTS}!${letter}$1:${letter}${len(labels)}"
    return ranges


def _domain(
    sheet: Worksheet, framework: Framework, node: Node, lang: str, assessments: Sequence[tuple[str, int]],
    styles: dict[str, Format], ranges: dict[str, str],
) -> None:  # fmt: skip
    columns = [column for column in COLUMNS if column != "part" or node.nodes]
    at = {column: position for position, column in enumerate(columns)}
    sheet.write_string(0, 0, f"{node.id}. {node.label.get(lang)}", styles["title"])
    sheet.write_string(1, 0, node.question.get(lang) if node.question else "")
    for column, position in at.items():
        sheet.write_string(2, position, words.headings()[column].get(lang), styles["head"])
        sheet.set_column(position, position, WIDTHS.get(column, 16))
    sheet.freeze_panes(3, at["question"] + 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    lines = [(unit, year, part, item) for unit, year in assessments for part in node.walk() for item in part.items]
    for row, (unit, year, part, item) in enumerate(lines, 3):
        for column in ("unit", "year", "round", "answer", "source", "note", "assessor"):
            sheet.write_blank(row, at[column], None, styles["fill"])
        sheet.write_blank(row, at["date"], None, styles["date"])
        if unit:
            sheet.write_string(row, at["unit"], unit, styles["fill"])
            sheet.write_number(row, at["year"], year, styles["fill"])
        if "part" in at:
            sheet.write_string(row, at["part"], f"{part.id} {part.label.get(lang)}", styles["text"])
        sheet.write_string(row, at["item"], item.id, styles["text"])
        sheet.write_string(row, at["question"], item.text.get(lang), styles["text"])
    _drop_downs(sheet, at["answer"], [item.scale for *_, item in lines], ranges)


def _drop_downs(sheet: Worksheet, column: int, scales: list[str], ranges: dict[str, str]) -> None:
    """One rule a run of rows with the same scale; the last one reaches further down where the sheet has one scale."""
    start = 0
    for row in range(1, len(scales) + 1):
        if row < len(scales) and scales[row] == scales[start]:
            continue
        last = ROWS if start == 0 and row == len(scales) else row + 2
        sheet.data_validation(3 + start, column, last, column, {"validate": "list", "source": ranges[scales[start]]})
        start = row
