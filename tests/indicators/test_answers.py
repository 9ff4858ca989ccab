"""Answer files: taken whole or refused with every problem and its cell; typed missing values; nothing guessed."""

import io
import zipfile

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from migof_research.errors import InputError
from migof_research.frameworks import load
from migof_research.indicators import answers, cells, workbook

FRAMEWORK = load("sdg_10_7_2")
HEAD = "unit,year,item,answer\n"


def read(folder, text: str, name: str = "answers.csv", encoding: str = "utf-8") -> pd.DataFrame:
    (folder / name).write_bytes(text.encode(encoding))
    return answers.read(folder / name, FRAMEWORK)


def problems(folder, text: str, **how) -> list[str]:
    with pytest.raises(InputError) as error:
        read(folder, text, **how)
    return error.value.problems


def test_answers_are_codes_or_labels_in_any_language(tmp_path):
    lines = ["MDA,2024,D2a,yes", "Moldova,2024,D2b,Oui", "MDA,2024,D2c,SÍ", 'MDA,2024,D1a,"Oui, quel que soit le statut migratoire"']
    table = read(tmp_path, HEAD + "\n".join(lines))
    found = table.set_index("item")["answer"]
    assert found[["D2a", "D2b", "D2c", "D1a"]].tolist() == ["yes", "yes", "yes", "yes_all"]
    assert set(table["unit"]) == {"MDA"} and len(table) == 30


def test_missing_answers_are_typed_and_absent_items_are_not_answered(tmp_path):
    given = {"D2a": "", "D2b": "Ne sait pas", "D2c": "no procede", "D2d": "no_framework", "D2e": "no"}
    table = read(tmp_path, HEAD + "\n".join(f"MDA,2024,{item},{answer}" for item, answer in given.items()))
    found = table.set_index("item")["missing"]
    expected = ["not_answered", "dont_know", "not_applicable", "no_framework", "none", "not_answered"]
    assert found[["D2a", "D2b", "D2c", "D2d", "D2e", "D3a"]].tolist() == expected
    assert table.set_index("item").loc["D2a", ["answer"]].tolist() == [""] and pd.isna(table.set_index("item").at["D2a", "value"])


def test_value_is_the_points_of_the_answer(tmp_path):
    table = read(tmp_path, HEAD + "MDA,2024,D1a,yes_legal\nMDA,2024,D1b,yes_all\n").set_index("item")
    assert table.loc[["D1a", "D1b"], "value"].tolist() == [0.5, 1.0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_byte_order_mark(separator, tmp_path):
    text = (HEAD + "NAM,2024,D2a,yes\n").replace(",", separator)
    table = read(tmp_path, text, encoding="utf-8-sig")
    assert table.loc[table["item"] == "D2a", ["unit", "answer"]].values.tolist() == [["NAM", "yes"]]


def test_two_letter_na_is_namibia(tmp_path):
    assert set(read(tmp_path, HEAD + "NA,2024,D2a,yes\n")["unit"]) == {"NAM"}


def test_local_units_and_codes_left_to_users(tmp_path):
    table = read(tmp_path, HEAD + "GHA-Accra,2024,D2a,yes\nXAA,2024,D2a,no\n")
    assert set(table["unit"]) == {"GHA-accra", "XAA"}


def test_what_read_gives_can_be_written_and_read_again(tmp_path):
    head, *lines = "unit,year,round,item,answer,missing,source", 'MDA,2024,2,D2a,yes,none,"Law 1, Art. 2"', "MDA,2024,2,D2b,,dont_know,"
    first = read(tmp_path, "\n".join([head, *lines]))
    first.to_csv(tmp_path / "again.csv", index=False)
    pd.testing.assert_frame_equal(answers.read(tmp_path / "again.csv", FRAMEWORK), first)


LINES = {
    "an unknown unit": ("Moldovia,2024,D2a,yes", "row 2, column unit", "Moldova"),
    "a path as unit": ("../../etc,2024,D2a,yes", "row 2, column unit", "No country"),
    "no unit": (",2024,D2a,yes", "row 2, column unit", "no unit"),
    "a date as year": ("MDA,2024-01-01,D2a,yes", "row 2, column year", "not a year"),
    "a year far off": ("MDA,24,D2a,yes", "row 2, column year", "not a year"),
    "no year": ("MDA,,D2a,yes", "row 2, column year", "no year"),
    "an unknown item": ("MDA,2024,D7a,yes", "row 2, column item", "no item 'D7a'"),
    "another case of an item": ("MDA,2024,d2a,yes", "row 2, column item", "no item"),
    "no such answer": ("MDA,2024,D2a,perhaps", "row 2, column answer", "there are yes, no"),
    "an answer of another scale": ("MDA,2024,D2a,yes_all", "row 2, column answer", "no answer to D2a"),
    "a truth value": ("MDA,2024,D2a,TRUE", "row 2, column answer", "no answer"),
    "points in place of an answer": ("MDA,2024,D1a,0.5", "row 2, column answer", "no answer"),
    "a formula": ("MDA,2024,D2a,=1+1", "row 2, column answer", "no answer"),
}


@pytest.mark.parametrize("fault", LINES)
def test_a_fault_of_a_csv_file_has_its_place(fault, tmp_path):
    line, place, told = LINES[fault]
    (problem,) = problems(tmp_path, HEAD + line + "\n")
    assert place in problem and told in problem


def test_an_item_twice_and_two_rounds(tmp_path):
    told = problems(tmp_path, "unit,year,round,item,answer\nMDA,2024,1,D2a,yes\nMDA,2024,1,D2a,no\nMDA,2024,2,D2b,yes\n")
    assert any("row 3" in problem and "also in row 2" in problem for problem in told)
    assert any("different rounds (1, 2)" in problem for problem in told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "cannot be read"),
        ("unit,year\nMDA,2024\n", "no heading item"),
        (HEAD, "holds no answers"),
        ("unit,year,item,answer,anser\nMDA,2024,D2a,yes,x\n", "no column is headed 'anser'"),
        ("unit,year,item,answer,Réponse\nMDA,2024,D2a,yes,no\n", "given twice"),
        (HEAD + "MDA,2024,D2a,yes,more,and more\n", "cells"),
        ("unit,year,framework,item,answer\nMDA,2024,mgi,D2a,yes\n", "made for the framework mgi"),
    ],
)
def test_a_file_that_is_no_table_of_answers(text, told, tmp_path):
    assert told in "\n".join(problems(tmp_path, text))


def test_other_encodings_are_refused_not_garbled(tmp_path):
    assert "save it as CSV UTF-8" in problems(tmp_path, "unit,year,item,answer,note\nMDA,2024,D2a,yes,é\n", encoding="latin-1")[0]


def test_many_faults_are_counted_and_the_first_are_listed(tmp_path):
    told = problems(tmp_path, HEAD + "".join(f"MDA,{1951 + n % 100},D9x,yes\n" for n in range(1000)))
    assert len(told) == answers.SHOWN + 1 and "more problems" in told[-1]


def filled() -> Workbook:
    """A workbook made by the template, answered for one country."""
    book = load_workbook(io.BytesIO(workbook.template(FRAMEWORK, "en")))
    cover = book.worksheets[0]
    for name, value in cover.iter_rows(max_col=2):
        if name.value in ("Country or unit", "Year"):
            value.value = {"Country or unit": "MDA", "Year": 2024}[name.value]
    for sheet in book.worksheets[1:-1]:
        for row in sheet.iter_rows(min_row=4):
            row[5].value = "No"
    return book


def test_a_workbook_with_twenty_faults_gets_one_message_that_lists_them_with_their_cells(tmp_path):
    book = filled()
    d1, d2, d3, d4, d5, d6 = book.worksheets[1:-1]
    # columns: A unit, B year, C round, D code, E question, F answer, G source, H note, I date, J assessor
    d1["F4"] = "=1+1"
    d1["F5"] = True
    d1["F6"] = "Maybe"
    d1["F7"] = 0.5
    d1["A8"] = "Moldovia"
    d2["B4"] = "twenty"
    d2["B5"] = 1066
    d2["C6"] = "second"
    d2["D7"] = "D9z"
    d2["D8"] = None
    d3["I4"] = "31/03/2024"
    d3["F5"] = "#REF!"
    d3["F5"].data_type = "e"
    d3["D6"] = "D3b"  # twice
    d3["F7"] = pd.Timestamp("2024-03-31").to_pydatetime()
    d4["H4"] = "long " * 7000
    d4.merge_cells("F6:F7")
    d4["G3"] = "Sources"
    d5["A4"] = "<script>"
    d5["F5"] = "yes_all"
    d6["A5"] = "=HYPERLINK(\"x\")"
    book.create_sheet("Notes of the team")["A1"] = "call the ministry"
    book.save(tmp_path / "faults.xlsx")
    with pytest.raises(InputError) as error:
        answers.read(tmp_path / "faults.xlsx", FRAMEWORK)
    told = str(error.value)
    cells_named = {
        "D1": ["F4", "F5", "F6", "F7", "A8"], "D2": ["B4", "B5", "C6", "D7", "D8"], "D3": ["I4", "F5", "D6", "F7"],
        "D4": ["H4", "F6:F7", "G3"], "D5": ["A4", "F5"], "D6": ["A5"],
    }  # fmt: skip
    assert sum(map(len, cells_named.values())) == 20
    for sheet, places in cells_named.items():
        for place in places:
            lines = [line for line in error.value.problems if f"sheet '{sheet} " in line and f" {place}" in line]
            assert lines, (sheet, place, told)
    assert any("Notes of the team" in line for line in error.value.problems)


def test_rows_of_several_units_and_rounds_in_one_workbook(tmp_path):
    content = workbook.template(FRAMEWORK, "en", [("MDA", 2021), ("MDA", 2024), ("GHA-accra", 2024)])
    book = load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[1:-1]:
        for row in sheet.iter_rows(min_row=4):
            row[5].value = "Yes" if row[1].value == 2024 and not sheet.title.startswith("D1") else None
            row[2].value = {2021: 1, 2024: 2}[row[1].value]
    book.save(tmp_path / "several.xlsx")
    table = answers.read(tmp_path / "several.xlsx", FRAMEWORK)
    counts = table.groupby(["unit", "year", "round"])["answer"].apply(lambda a: (a == "yes").sum())
    assert counts.to_dict() == {("GHA-accra", 2024, 2): 25, ("MDA", 2021, 1): 0, ("MDA", 2024, 2): 25}


def test_sources_notes_and_dates_come_back(tmp_path):
    book = filled()
    sheet = book.worksheets[1]
    sheet["G4"], sheet["H4"], sheet["J4"] = "Law 5/2020, Art. 3", "@home =not a formula", "A. B."
    sheet["H4"].data_type = "s"
    sheet["I4"] = pd.Timestamp("2025-03-31").to_pydatetime()
    book.save(tmp_path / "notes.xlsx")
    row = answers.read(tmp_path / "notes.xlsx", FRAMEWORK).set_index("item").loc["D1a"]
    assert row[["source", "note", "date", "assessor"]].tolist() == ["Law 5/2020, Art. 3", "@home =not a formula", "2025-03-31", "A. B."]


def test_an_archive_that_unpacks_beyond_measure_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(cells, "MAX_UNPACKED", 1_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    with pytest.raises(InputError, match="unpacks to more"):
        answers.read(tmp_path / "bomb.xlsx", FRAMEWORK)


@pytest.mark.parametrize("name", ["text.xlsx", "answers.pdf", "absent.csv"])
def test_files_of_other_kinds(name, tmp_path):
    if name != "absent.csv":
        (tmp_path / name).write_text("hello")
    with pytest.raises(InputError, match=name):
        answers.read(tmp_path / name, FRAMEWORK)


def test_a_stray_cell_far_down_does_not_stop_the_machine(tmp_path):
    book = filled()
    book.worksheets[1]["A1000000"] = "x"
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(InputError, match="reaches down to row 1000000"):
        answers.read(tmp_path / "far.xlsx", FRAMEWORK)
