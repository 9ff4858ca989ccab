"""The template: what a team gets, fills in, and hands back."""

import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from migof_research.frameworks import LANGUAGES, available, load
from migof_research.indicators import answers, words, workbook
from migof_research.scoring import scores_from_answers
from tests.frameworks import own

WITH_ITEMS = [id for id in available() if load(id).items()]


def headings(sheet) -> dict[str, int]:
    return {words.columns()[words.plain(cell.value)]: cell.column - 1 for cell in sheet[3]}


def fill(content: bytes, path, framework, lang: str, seed: int):
    """Answer every item at random, by labels as the drop-downs give them or by codes; returns the expected answers."""
    book, chance, expected = load_workbook(io.BytesIO(content)), random.Random(seed), {}
    items = {item.id: item for item in framework.items()}
    for sheet in book.worksheets[1:-1]:
        at = headings(sheet)
        for row in sheet.iter_rows(min_row=4):
            item = items[row[at["item"]].value]
            options = [*framework.scales[item.scale].options, *words.reasons().items()]
            choice = chance.choice(options)
            if isinstance(choice, tuple):
                text, expected[item.id] = choice[1].get(lang), ("", choice[0])
            else:
                label = choice.label.get(lang) if choice.label and chance.random() < 0.8 else choice.answer
                text, expected[item.id] = label, (choice.answer, "none")
            row[at["answer"]].value = text
    book.save(path)
    return expected


@pytest.mark.parametrize("id", WITH_ITEMS)
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), lang=st.sampled_from(LANGUAGES))
def test_every_template_fills_loads_back_and_scores_to_the_same_values(id, seed, lang, tmp_path):
    framework = load(id)
    expected = fill(workbook.template(framework, lang, [("MDA", 2024)]), tmp_path / "filled.xlsx", framework, lang, seed)
    table = answers.read(tmp_path / "filled.xlsx", framework)
    assert {row.item: (row.answer, row.missing) for row in table.itertuples()} == expected
    direct = table[["item"]].assign(unit="MDA", year=2024)
    direct[["answer", "missing"]] = [expected[item] for item in direct["item"]]
    ours, theirs = scores_from_answers(table, framework), scores_from_answers(direct, framework)
    assert ours.equals(theirs)


def test_a_framework_of_ones_own_four_levels_deep_has_its_parts_named(tmp_path):
    framework = load(own.write(tmp_path, own.depth_four()))
    content = workbook.template(framework, "en", [("MDA", 2024)])
    sheet = load_workbook(io.BytesIO(content)).worksheets[1]
    parts = [row[headings(sheet)["part"]].value for row in sheet.iter_rows(min_row=4)]
    assert parts == ["A1a1 deep", "A1a1 deep", "A1b A1b"]
    fill(content, tmp_path / "filled.xlsx", framework, "en", 1)
    assert len(answers.read(tmp_path / "filled.xlsx", framework)) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_sheet_a_domain_with_texts_and_drop_downs_in_the_language(lang):
    framework = load("sdg_10_7_2")
    book = load_workbook(io.BytesIO(workbook.template(framework, lang)))
    assert len(book.worksheets) == 1 + 6 + 1 and book.worksheets[-1].sheet_state == "hidden"
    sheet = book.worksheets[1]
    at = headings(sheet)
    assert sheet.cell(4, at["question"] + 1).value == framework.items()[0].text.get(lang)
    (rule,) = sheet.data_validations.dataValidation
    assert rule.type == "list" and "F4:F" in str(rule.sqref)
    allowed = [cell.value for (cell,) in book.worksheets[-1][rule.formula1.split("!")[1].replace("$", "")]]
    scale = framework.scales["by_status"].options
    assert allowed == [option.label.get(lang) for option in scale] + [reason.get(lang) for reason in words.reasons().values()]


def test_the_same_framework_makes_the_same_bytes():
    assert workbook.template(load("mgi"), "fr") == workbook.template(load("mgi"), "fr")


def test_no_text_of_a_framework_becomes_a_formula(tmp_path):
    content = own.HEAD + "nodes:\n  - {id: A, label: \"=1+1\", items: [{id: q1, text: \"=HYPERLINK(1)\"}, {id: q2, text: \"http://x\"}]}\n"
    book = load_workbook(io.BytesIO(workbook.template(load(own.write(tmp_path, content)))))
    types = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "f" not in types


def test_headings_of_all_columns_differ_in_every_language():
    for lang in LANGUAGES:
        texts = [words.plain(text.get(lang)) for text in words.headings().values()]
        assert len(set(texts)) == len(texts)
    for id, text in words.headings().items():
        assert {words.columns()[words.plain(word)] for word in (id, text.en, text.fr, text.es)} == {id}
