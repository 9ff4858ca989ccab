"""Tables as sources publish them: CSV in any usual encoding and separator, a workbook, a ZIP file of CSV files.

Headings are looked for, not counted.

Every cell is a text as it stands in the file, so that NA stays Namibia and 004 stays 004.
"""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Sequence
from pathlib import Path

import pandas as pd

from migof_research.errors import InputError

ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # by byte-order mark
HEADINGS_WITHIN = 40  # rows of preamble at most
MAX_BYTES = 500_000_000
WORKBOOK = (".xlsx", ".xlsm")
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"

Rows = list[list[str]]


def sheets(path: Path) -> dict[str, Rows]:
    """The rows of each sheet of a workbook or CSV file in a ZIP file; a text file is one sheet without a name.

    InputError where it is none of these.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path}: larger than {MAX_BYTES // 1_000_000} MB.")
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    if not content.strip():
        raise InputError(f"{path}: the file is empty.")
    if content[:500].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise InputError(f"{path}: a web page, not a table; the service answered with a page or the link was saved instead of the file.")
    if content.startswith(OLD_WORKBOOK):
        raise InputError(f"{path}: a workbook of the old kind (.xls); save it as .xlsx or CSV.")
    if content.startswith(b"PK") or path.suffix.lower() in WORKBOOK:
        return _archive(path, content)
    return {"": _text(path, content)}


def find(path: Path, needs: Sequence[Collection[str]]) -> pd.DataFrame:
    """The table of the first sheet that has the headings: see ``table``."""
    problems = []
    for name, rows in sheets(path).items():
        try:
            return table(rows, needs, f"{path} {name}".strip())
        except InputError as error:
            problems += error.problems
    raise InputError(problems)


def table(rows: Rows, needs: Sequence[Collection[str]], where: str) -> pd.DataFrame:
    """The rows under the headings: text columns named as published, the index the row that a spreadsheet shows.

    The headings are the first row that has, for each of ``needs``, one of its names (as ``plain`` writes them).
    """
    for number, row in enumerate(rows[:HEADINGS_WITHIN]):
        names = {plain(cell) for cell in row}
        if all(names & set(need) for need in needs):
            body = [(at, line) for at, line in enumerate(rows[number + 1 :], number + 2) if any(cell.strip() for cell in line)]
            width = len(row)
            lines = [(line + [""] * width)[:width] for _, line in body]
            return pd.DataFrame(lines, columns=_unique(row), index=[at for at, _ in body], dtype=str)
    wanted = ", ".join(" or ".join(sorted(need)) for need in needs)
    seen = ", ".join(cell for cell in max(rows[:HEADINGS_WITHIN], key=len, default=[])[:12] if cell)
    raise InputError(f"{where}: no row has the headings {wanted}; found {seen or 'nothing'}. The layout of the source may have changed.")


def column(frame: pd.DataFrame, *names: str) -> str | None:
    """The first column whose heading is one of ``names``, in the order of the names."""
    headings = {plain(heading): heading for heading in reversed(list(frame.columns))}
    return next((headings[name] for name in names if name in headings), None)


def plain(heading: str) -> str:
    """Letters and digits alone, lower case, no accents: ``[Policy Domains]`` is ``policydomains``."""
    folded = unicodedata.normalize("NFKD", heading).casefold()
    return re.sub(r"[^a-z0-9]", "", folded)


def numbers(texts: pd.Series) -> pd.Series:
    """Texts as floats: blanks, ``..``, ``-``, ``*``, ``N``, ``n/a`` are missing; thousands may be parted by commas or spaces.

    InputError with each text that is neither, and its row.
    """
    bare = texts.str.strip().str.replace(r"(?<=\d)[,\s\u00a0](?=\d{3}\b)", "", regex=True)
    bare = bare.mask(bare.str.fullmatch(r"|\.\.+|-+|–|\*|n|nan|null|none|n/?a|not available", case=False))
    values = pd.to_numeric(bare, errors="coerce")
    if len(odd := texts[bare.notna() & values.isna()]):
        shown = [f"row {row}: {text!r} is not a number." for row, text in odd.head(20).items()]
        raise InputError(shown, f"{len(odd)} cells are no numbers")
    return values.astype(float)


def _unique(names: list[str]) -> list[str]:
    """Headings without repetition: the second ``2020`` is ``2020#2``."""
    counted: dict[str, int] = {}
    result = []
    for name in names:
        counted[name] = counted.get(name, 0) + 1
        result.append(name if counted[name] == 1 else f"{name}#{counted[name]}")
    return result


def _text(path: Path, content: bytes) -> Rows:
    mark = next((name for bom, name in ENCODINGS.items() if content.startswith(bom)), None)
    try:
        text = content.decode(mark or "utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what spreadsheets write in western offices
    head = text[:20_000]
    separator = max(",\t;", key=head.count)
    csv.field_size_limit(10_000_000)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: cannot be read as a table of text ({error}); it may have been cut off.") from error


def _archive(path: Path, content: bytes) -> dict[str, Rows]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_BYTES:
                raise InputError(f"{path}: unpacks to more than {MAX_BYTES // 1_000_000} MB.")
            if broken := archive.testzip():
                raise zipfile.BadZipFile(f"{broken} is damaged")
            texts = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            if texts and "[Content_Types].xml" not in archive.namelist():
                return {name: _text(path, archive.read(name)) for name in texts}
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return {sheet.title: [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError, EOFError) as error:
        raise InputError(
            f"{path}: cannot be opened as a workbook or ZIP file of CSV files ({error}); the download may be damaged: fetch it again."
        ) from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
