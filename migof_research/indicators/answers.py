"""Answers to the items of a framework, from a CSV file or a workbook: checked whole, never guessed.

An answer is a code of the item's scale or its label in English, French or Spanish. A missing answer is typed:
not_answered (also an empty cell, or an item without a row), dont_know, not_applicable, no_framework.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from migof_research.errors import InputError
from migof_research.frameworks import Framework
from migof_research.indicators import cells, units, words

COLUMNS = ["unit", "year", "round", "framework", "item", "answer", "value", "missing", "source", "note", "date", "assessor"]
TEXTS = ("source", "note", "assessor")
YEARS = (1950, 2100)
LONGEST = 30_000  # characters a text may have; a spreadsheet's cell holds 32,767
SHOWN = 300  # problems listed at most
_LOCAL = re.compile(r"([A-Za-z]{3})-([A-Za-z0-9][A-Za-z0-9-]{0,40})")
_USER_ASSIGNED = re.compile(r"X[A-X][A-Z]")  # codes that ISO 3166 leaves to its users: made-up or unlisted units


def read(file: str | Path, framework: Framework) -> pd.DataFrame:
    """The answers in a file: ``unit, year, round, framework, item, answer, value, missing, source, note, date, assessor``.

    One row for every item of every unit and year in the file, in the order of the framework. ``answer`` is the code of
    the answer and ``value`` its points, both empty where ``missing`` is not ``none``; ``round`` may be <NA>. ``unit`` is
    an ISO code (countries are also found by name) or a local unit such as GHA-accra. Raises InputError with every
    problem and its sheet, row and column.
    """
    path = Path(file)
    found = cells.read(path)
    table = found.table
    if wrong := sorted(({found.framework} | set(table.get("framework", []))) - {"", framework.id}):
        raise InputError(f"{path.name}: made for the framework {', '.join(wrong)}, not for {framework.id}: score it by that one.")
    for column in ("unit", "year", "round", "item", "answer", "missing", "date", *TEXTS):
        table[column] = table[column].map(_clean) if column in table else ""
    problems = list(found.problems)
    if table.empty and not problems:
        problems.append("holds no answers.")
    try:
        problems += _check(found, framework)
    except InputError as error:
        raise InputError(error.problems, f"{path.name}, {error.summary}") from error
    if problems:
        more = len(problems) - SHOWN
        shown = problems[:SHOWN] + ([f"... and {more} more problems."] if more > 0 else [])
        raise InputError(shown, f"{path.name}: {len(problems)} problem{'s' if len(problems) > 1 else ''}")
    return _whole(table, framework)


def tidy(table: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """A table of answers with every item of every unit and year, values filled in, columns and order as `read` gives."""
    return _whole(table.assign(**{column: "" for column in ("source", "note", "date", "assessor") if column not in table}), framework)


def _clean(text: str) -> str:
    return text.replace("\u00a0", " ").strip()


def _check(found: cells.Cells, framework: Framework) -> list[str]:
    """Replaces every text by what it means, in place; the problems are returned."""
    table, problems = found.table, []
    items = {item.id: item for item in framework.items()}

    def convert(column: str, meaning: Callable[[str], object]) -> None:
        meanings, faults = {}, {}
        for text in table[column].unique():
            try:
                meanings[text] = meaning(text)
            except InputError as error:
                faults[text] = str(error)
            if len(faults) > SHOWN:
                told = [f"{column} {text[:60]!r}: {fault}" for text, fault in faults.items()]
                raise InputError(told, f"column {column}: more than {SHOWN} different texts that are none; is it the right column?")
        for index, text in table.loc[table[column].isin(faults), column].items():
            problems.append(f"{found.place(index, column)}: {faults[text]}")
        table[column] = table[column].map(meanings)

    def item(text: str) -> str:
        if text not in items:
            raise InputError(f"{framework.id} has no item {text!r}." if text else "no item code.")
        return text

    convert("unit", unit_code)
    convert("year", _year)
    convert("round", _round)
    convert("item", item)
    convert("missing", _reason)
    convert("date", _date)
    for column in TEXTS:
        convert(column, _free_text)
    problems += _answers(found, framework)
    problems += _repeated(found)
    return problems


def unit_code(text: str) -> str:
    """The code of a country by code or name, of a unit within one (GHA-accra), or one of ISO's user-assigned codes (XAA)."""
    if not text:
        raise InputError("no unit; give the country here or on the sheet of instructions.")
    local = _LOCAL.fullmatch(text)
    if local and (local[1].upper() in set(units.units()["unit"]) or _USER_ASSIGNED.fullmatch(local[1].upper())):
        return f"{local[1].upper()}-{local[2].lower()}"
    return text.upper() if _USER_ASSIGNED.fullmatch(text.upper()) else units.find(text)


def _year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text) or not YEARS[0] <= int(text) <= YEARS[1]:
        raise InputError(f"{text!r} is not a year from {YEARS[0]} to {YEARS[1]}." if text else "no year.")
    return int(text)


def _round(text: str) -> int | None:
    if text and not re.fullmatch(r"[1-9]\d?", text):
        raise InputError(f"{text!r} is not the number of a round, 1 to 99.")
    return int(text) if text else None


def _reason(text: str) -> str:
    if words.plain(text) in ("", "none"):
        return "none"
    try:
        return words.missing_words()[words.plain(text)]
    except KeyError:
        raise InputError(f"{text!r} is no reason; there are {', '.join(words.reasons())}.") from None


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise InputError(f"{text!r} is not a date such as 2025-03-31.") from None


def _free_text(text: str) -> str:
    if len(text) > LONGEST:
        raise InputError(f"longer than {LONGEST} characters.")
    if any(ord(letter) < 32 and letter not in "\n\r\t" for letter in text):
        raise InputError("holds control characters; retype the text.")
    return text


def _answers(found: cells.Cells, framework: Framework) -> list[str]:
    """Answers and reasons understood together: the words of each item's own scale, then those for a missing answer."""
    table, items = found.table, {item.id: item for item in framework.items()}
    scales = {item.scale: words.answer_words(framework, item) for item in items.values()}
    keys = [
        (items[id].scale if id in items else None, text, reason)
        for id, text, reason in zip(table["item"], table["answer"], table["missing"].fillna("none"), strict=True)
    ]
    meanings: dict[tuple[str | None, str, str], tuple[str, str]] = {}
    for key in set(keys):
        name, text, reason = key
        code = scales.get(name or "", {}).get(words.plain(text))
        why = words.missing_words().get(words.plain(text)) if code is None else None
        if code is not None and reason == "none":
            meanings[key] = (code, "none")
        elif not text or (why and reason in ("none", why)):
            meanings[key] = ("", why or (reason if reason != "none" else "not_answered"))
    problems = []
    for index, (name, text, reason), id in zip(table.index, keys, table["item"], strict=True):
        if (name, text, reason) in meanings or name is None:
            continue
        if words.plain(text) in scales[name] or words.plain(text) in words.missing_words():
            problems.append(f"{found.place(index, 'answer')}: answers {text!r} and is also said to be missing ({reason}).")
        else:
            allowed = [option.answer for option in framework.scales[name].options]
            problems.append(f"{found.place(index, 'answer')}: {text!r} is no answer to {id}; there are {', '.join(allowed)}.")
    table["answer"] = [meanings.get(key, ("", ""))[0] for key in keys]
    table["missing"] = [meanings.get(key, ("", ""))[1] for key in keys]
    return problems


def _repeated(found: cells.Cells) -> Iterator[str]:
    """Items answered twice, and one unit and year under two rounds."""
    table, keys = found.table.dropna(subset=["unit", "year", "item"]), ["unit", "year", "item"]
    repeated = table.loc[table.duplicated(keys, keep=False), keys]
    first: dict[tuple[str, int, str], int] = {}
    for index, unit, year, item in repeated.itertuples():
        before = first.setdefault((unit, int(year), item), index)
        if before != index:
            name, row = found.rows[before]
            sheet = f"sheet {name!r}, " if name else ""
            yield f"{found.place(index, 'item')}: {item} of {unit} {int(year)} is also in {sheet}row {row}."
    rounds = table.assign(round=table["round"].fillna(0)).groupby(["unit", "year"])["round"].unique()
    for (unit, year), numbers in rounds.items():
        if len(numbers) > 1:
            told = ", ".join(str(int(number)) if number else "none" for number in numbers)
            yield f"{unit} {int(year)}: rows give different rounds ({told}); a unit has one round a year."


def _whole(table: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    items = {item.id: item for item in framework.items()}
    answered = table.set_index(["unit", "year", "item"])
    rounds = table.drop_duplicates(["unit", "year"])[["unit", "year", "round"]].sort_values(["unit", "year"])
    every = rounds.merge(pd.DataFrame({"item": list(items)}), how="cross")
    whole = every.join(answered[["answer", "missing", "source", "note", "date", "assessor"]], on=["unit", "year", "item"])
    whole["missing"] = whole["missing"].fillna("not_answered")
    whole["framework"] = framework.id
    points = {(id, answer): float(p) for id, item in items.items() for answer, p in framework.scales[item.scale].points.items()}
    whole["value"] = [points.get(key, float("nan")) for key in zip(whole["item"], whole["answer"], strict=True)]
    texts = dict.fromkeys(["answer", *TEXTS, "date"], "")
    return whole.fillna(texts)[COLUMNS].astype({"year": int, "round": "Int64", "value": float})
