"""Asylum Policies in Latin America: what the asylum law of 19 countries says, 1990-2020, item by item.

Traps of the file: Latin-1 that holds double-encoded UTF-8; a second row that repeats the questions; four columns an
item (answer, flag, source, comment); in its flags 0 is open and 1 restrictive, the reverse of its documentation; an
empty answer means that no law is in force or that the question does not apply, and the file does not tell which.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from migof_research.errors import InputError
from migof_research.frameworks import load
from migof_research.indicators import answers as table
from migof_research.indicators import units
from migof_research.indicators.fetch import Remote, cached

FRAMEWORK = "apla"
REMOTE = Remote(
    name="apla",
    url="https://raw.githubusercontent.com/HammoudG/APLA_Dataset/eaa8692c8d76b05674df2eda25ce4007f823c4e9/data-raw/APLA_Database.csv",
    sha256="da7dffc11e5af0d6ca023e9ff5286998ede8629665b5afc7e047e94c4993eb9f",
    size=1_989_120,
    title="Asylum Policies in Latin America, item answers 1990-2020",
    licence="CC BY 4.0",
)
COUNTRY, YEAR = "Q1", "Q2"
ANSWER, FLAG, SOURCE, COMMENT = "#1_1", "#2_1", "#3_1_1", "#4_1_1"


def answers(file: str | Path | None = None) -> pd.DataFrame:
    """The answers to the 61 items of clear direction, as `migof_research.indicators.answers.read` gives them.

    ``file`` is the data set's CSV; without it, the one that ``migof data fetch apla`` put into the cache. An empty
    answer is ``no_framework``; ``source`` is the legal source and ``note`` the coder's comment.
    """
    framework, wide = load(FRAMEWORK), _read(file)
    parts = []
    for item in framework.items():
        answer = wide[item.id + ANSWER].str.lower()
        parts.append(
            pd.DataFrame(
                {
                    "unit": wide["unit"],
                    "year": wide["year"],
                    "round": pd.NA,
                    "item": item.id,
                    "answer": answer,
                    "missing": answer.map({"": "no_framework"}).fillna("none"),
                    "source": wide[item.id + SOURCE].map(mended),
                    "note": wide[item.id + COMMENT].map(mended),
                }
            )
        )
    return table.tidy(pd.concat(parts, ignore_index=True), framework)


def is_data_set(path: Path) -> bool:
    """Whether a file is the data set itself, by the codes in its first row."""
    with path.open("rb") as file:
        return file.read(6) == b"Q1,Q2,"


def flags(file: str | Path | None = None) -> pd.DataFrame:
    """The file's own flags for all its 65 items: ``unit, year, item, open`` (1 open, 0 restrictive, missing if empty)."""
    wide = _read(file)
    items = [column.removesuffix(FLAG) for column in wide if column.endswith(FLAG)]
    long = wide.melt(["unit", "year"], [item + FLAG for item in items], var_name="item", value_name="open")
    long["item"] = long["item"].str.removesuffix(FLAG)
    long["open"] = 1 - pd.to_numeric(long["open"].replace("", None))
    return long.sort_values(["unit", "year"], kind="stable", ignore_index=True)


@cache
def mended(text: str) -> str:
    """A text whose UTF-8 was taken for Windows letters and encoded again, set right; plain Latin-1 stays as it is."""
    return re.sub(r"[^\x00-\x7f]+", lambda run: _mended(run[0]), text).strip()


def _mended(run: str) -> str:
    while True:
        try:
            run = b"".join(map(_windows, run)).decode("utf-8")
        except UnicodeError:
            return run


def _windows(letter: str) -> bytes:
    """A letter's byte in Windows-1252; the five that it leaves undefined are those of Latin-1."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _read(file: str | Path | None) -> pd.DataFrame:
    path = Path(file) if file else cached(REMOTE)
    if path is None:
        raise InputError("The APLA data are not in the cache: run `migof data fetch apla` once, or name the file.")
    try:
        wide = pd.read_csv(path, encoding="latin-1", dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as the APLA table ({error}).") from error
    items = [item.id for item in load(FRAMEWORK).items()]
    needed = [COUNTRY, YEAR, *(item + part for item in items for part in (ANSWER, FLAG, SOURCE, COMMENT))]
    if absent := [column for column in needed if column not in wide]:
        raise InputError(f"{path}: not the APLA table, it has no column {', '.join(absent[:5])}.")
    wide = wide.iloc[1:].reset_index(drop=True)  # the first row repeats the questions
    if problems := list(_faults(wide, items, path.name)):
        raise InputError(problems, f"{path}: {len(problems)} faults")
    return wide.assign(unit=wide[COUNTRY].map(units.find), year=wide[YEAR].astype(int)).copy()


def _faults(wide: pd.DataFrame, items: list[str], file: str) -> Iterator[str]:
    for row in wide.index[~wide[YEAR].str.fullmatch(r"\d{4}")]:
        yield f"{file}, row {row + 3}, column {YEAR}: {wide.at[row, YEAR]!r} is not a year."
    for row in wide.index[wide.duplicated([COUNTRY, YEAR])]:
        yield f"{file}, row {row + 3}: {wide.at[row, COUNTRY]} {wide.at[row, YEAR]} is given twice."
    for item in items:
        for column, allowed in ((item + ANSWER, ("Yes", "No", "")), (item + FLAG, ("0", "1", ""))):
            for row in wide.index[~wide[column].isin(allowed)]:
                yield f"{file}, row {row + 3}, column {column}: {wide.at[row, column]!r} is not one of Yes, No, 0, 1 or empty."
