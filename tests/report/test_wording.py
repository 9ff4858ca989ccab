import numpy as np
import pandas as pd
import pytest
from babel.messages.catalog import Catalog

from migof_research.errors import InputError
from migof_research.report import messages, wording
from migof_research.report.wording import language

NB, NNB = "\u00a0", "\u202f"  # the spaces that stand before a per cent sign and, in French, between thousands


@pytest.mark.parametrize(
    ("lang", "percent", "thousands", "three"),
    [
        ("en", "54.1%", "12,345.7", "a, b and c"),
        ("fr", f"54,1{NB}%", f"12{NNB}345,7", "a, b et c"),
        ("es", f"54,1{NB}%", "12.345,7", "a, b y c"),
    ],
)
def test_numbers_and_lists_in_each_language(lang, percent, thousands, three):
    _ = language(lang)
    assert (_.percent(54.05, 1), _.number(12345.678, 1), _.join(["a", "b", "c"])) == (percent, thousands, three)


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (0.5, 0, "1"),  # half up, not half to even
        (2.5, 0, "3"),
        (1.005, 2, "1.01"),  # on the decimal digits, not on the binary ones
        (-0.04, 1, "0.0"),  # no minus on nought
        (-3.25, 1, "−3.3"),
        (np.int64(7), 0, "7"),
        (True, 0, "1"),
        (None, 1, "–"),
        (float("nan"), 1, "–"),
        (pd.NA, 0, "–"),
    ],
)
def test_rounding_and_missing(value, digits, written):
    assert language("en").number(value, digits) == written


def test_signs_and_ranges():
    _ = language("en")
    assert [_.signed(v, 1) for v in (3.2, -3.2, 0.04, None)] == ["+3.2", "−3.2", "0.0", "–"]
    assert [_.range(61.7, 72.5, 1), _.range(80, 80.0, 0)] == ["61.7–72.5", "80"]


def test_plural_takes_the_number_in_the_reader_s_way():
    assert [language("en").n("{n} country", "{n} countries", n) for n in (0, 1, 1234)] == [
        "0 countries", "1 country", "1,234 countries",
    ]  # fmt: skip


def test_catalogues_are_read_at_run_time(tmp_path, monkeypatch):
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "fr" / "LC_MESSAGES" / "migof.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        'msgid "Summary"\nmsgstr "Résumé"\n\nmsgid "{n} country"\nmsgid_plural "{n} countries"\n'
        'msgstr[0] "{n} pays seul"\nmsgstr[1] "{n} pays"\n',
        "utf-8",
    )
    monkeypatch.setattr(wording, "CATALOGUES", tmp_path)
    language.cache_clear()
    try:
        _ = language("fr")
        assert (_("Summary"), _("Unknown words"), _("")) == ("Résumé", "Unknown words", "")
        assert [_.n("{n} country", "{n} countries", n) for n in (0, 2)] == ["0 pays seul", "2 pays"]
    finally:
        language.cache_clear()


def test_unknown_language_names_the_known_ones():
    with pytest.raises(InputError, match="en, fr, es"):
        language("de")


@pytest.mark.parametrize("lang", messages.TRANSLATED)
def test_every_sentence_is_translated_with_its_own_placeholders(lang):
    assert messages.problems(lang) == []


@pytest.mark.parametrize(
    ("string", "flags", "fault"),
    [
        ("", (), "not translated"),
        ("{name} a répondu", ("fuzzy",), "fuzzy"),
        ("{nom} a répondu", (), "placeholders"),
        ("A répondu", (), "placeholders"),
        ("{name} a répondu", (), None),
    ],
)
def test_faults_of_a_catalogue_are_found(monkeypatch, string, flags, fault):
    asked, known = Catalog(), Catalog(locale="fr")
    asked.add("{name} answered")
    known.add("{name} answered", string, flags=flags)
    monkeypatch.setattr(messages, "sentences", lambda: asked)
    monkeypatch.setattr(messages, "_read", lambda code: known)
    found = messages.problems("fr")
    assert (fault is None and not found) or (fault and fault in found[0])


def test_sentences_of_code_templates_and_notebooks_are_found():
    found = {message.id for message in messages.sentences()}
    assert {"Summary", "Downloads"} <= found  # blocks.py; report.html.j2
    assert ("{n} report", "{n} reports") in found
