"""Tables as files: CSV for programs, one XLSX for people, both safe to open in a spreadsheet."""

import csv
import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from migof_research.report.wording import Language

Record = dict[str, Any]

_FORMULA = re.compile(r"[=+\-@]")
_BREAK = re.compile(r"\s*[\t\r\n]\s*")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula, made a text by a leading apostrophe, and on one line.

    Numbers stay numbers, also those that are texts (``"-12.5"``).
    """
    if not isinstance(value, str):
        return value
    line = _BREAK.sub(" ", value).strip()
    return "'" + line if _FORMULA.match(line) and not _NUMBER.fullmatch(line) else line


def to_csv(record: Record) -> bytes:
    """UTF-8, one header line of column ids, numbers in full precision, missing as nothing."""
    file = io.StringIO()
    write = csv.writer(file, lineterminator="\n").writerow
    write([safe(column["id"]) for column in record["columns"]])
    for row in record["rows"]:
        write([safe(value) for value in row])
    return file.getvalue().encode()


def to_xlsx(records: Sequence[Record], about: Sequence[str], _: Language) -> bytes:
    """A sheet of notes (what the report is, the tables, their columns and notes), then a sheet for each table."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # same input, same bytes: no clock
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})

    notes = book.add_worksheet(_("Notes")[:31])
    notes.set_column(0, 0, 34)
    notes.set_column(1, 1, 100, wrap)
    lines = [(text, "", bold if i == 0 else None) for i, text in enumerate(about)]
    for record in records:
        lines += [("", "", None), (record["name"], record["caption"], bold)]
        lines += [(column["id"], column["heading"], None) for column in record["columns"]]
        lines += [(_("Note"), note, None) for note in record["notes"]]
    for i, (term, said, style) in enumerate(lines):
        notes.write(i, 0, safe(term), style)
        notes.write(i, 1, safe(said))

    for record in records:
        sheet = book.add_worksheet(record["name"])
        sheet.freeze_panes(1, 1)
        for c, column in enumerate(record["columns"]):
            sheet.write(0, c, safe(column["heading"]), head)
            longest = max((len(str(row[c])) for row in record["rows"] if row[c] is not None), default=0)
            sheet.set_column(c, c, min(max(longest, len(column["heading"]) * 0.7, 8) + 2, 60))
        for r, row in enumerate(record["rows"], 1):
            for c, value in enumerate(row):
                sheet.write(r, c, safe(value))
        if record["rows"]:
            sheet.autofilter(0, 0, len(record["rows"]), len(record["columns"]) - 1)
    book.close()
    return file.getvalue()
