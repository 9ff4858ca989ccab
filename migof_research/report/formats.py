"""A table as a file of the reader's own program: CSV, Excel, Parquet or Stata, chosen by the file's ending."""

import datetime
import io
import re
from pathlib import Path

import pandas as pd

from migof_research import files
from migof_research.errors import InputError
from migof_research.report.exports import safe

STATA_NAME = 32  # characters of a variable's name at most
_FIXED = datetime.datetime(2000, 1, 1)  # same table, same bytes: no clock


def save(table: pd.DataFrame, path: Path, title: str = "") -> Path:
    """Write ``table`` to ``path`` (.csv, .xlsx, .parquet, .dta); ``title`` is kept where the format has a place for it.

    Texts that a spreadsheet would take for formulas are made texts in CSV and Excel. Stata gets numbers in place of flags
    (1, 0) and names of at most 32 letters, digits and underscores. InputError for another ending, or where two columns
    would get the same name.
    """
    writers = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet, ".dta": _stata}
    if path.suffix.lower() not in writers:
        raise InputError(f"{path}: tables are written as {', '.join(writers)}; choose one of these endings.")
    files.write(path, writers[path.suffix.lower()](table, title))
    return path


def _csv(table: pd.DataFrame, title: str) -> bytes:
    return files.to_csv(_texts(table).map(safe))


def _xlsx(table: pd.DataFrame, title: str) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with pd.ExcelWriter(file, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        writer.book.set_properties({"title": title, "created": _FIXED})
        _texts(table).map(safe).to_excel(writer, sheet_name="table", index=False, freeze_panes=(1, 0))
    return file.getvalue()


def _parquet(table: pd.DataFrame, title: str) -> bytes:
    import fastparquet

    class Kept(io.BytesIO):
        def close(self) -> None:  # the writer closes what it has written; its bytes are still wanted
            pass

    file = Kept()
    fastparquet.write("table.parquet", _texts(table), open_with=lambda *_: file, write_index=False, compression="GZIP")
    return file.getvalue()


def _stata(table: pd.DataFrame, title: str) -> bytes:
    named = table.rename(columns=lambda name: re.sub(r"^(?=\d)|\W", "_", str(name))[:STATA_NAME])
    if len(twice := sorted(set(named.columns[named.columns.duplicated()]))):
        raise InputError(f"Stata cannot tell apart the columns {', '.join(twice)}: their first {STATA_NAME} letters are the same.")
    labels = {new: str(old)[:80] for new, old in zip(named.columns, table.columns, strict=True)}
    plain = named.assign(**{name: _number(named[name]) for name in named if pd.api.types.is_numeric_dtype(named[name])})
    plain = _texts(plain)
    texts = {name: plain[name].astype(object).where(plain[name].notna(), "") for name in plain if plain[name].dtype in ("str", object)}
    file = io.BytesIO()
    plain.assign(**texts).to_stata(
        file, write_index=False, version=118, time_stamp=_FIXED, data_label=title[:80] or None, variable_labels=labels
    )
    return file.getvalue()


def _number(values: pd.Series) -> pd.Series:
    """Flags and nullable whole numbers as numbers that Stata knows."""
    return values.astype(float) if values.isna().any() else values.astype("int32" if values.dtype in ("bool", "boolean") else values.dtype)


def _texts(table: pd.DataFrame) -> pd.DataFrame:
    """Categories as the texts they stand for."""
    kinds = [name for name in table if isinstance(table[name].dtype, pd.CategoricalDtype)]
    return table.assign(**{name: table[name].astype(object) for name in kinds})
