"""Asylum Policies in Latin America: the real file beside the project, and its traps."""

import pandas as pd
import pytest

from migof_research.errors import InputError
from migof_research.frameworks import load
from migof_research.indicators import apla, fetch, sources
from migof_research.paths import root
from migof_research.scoring import scores_from_answers

FILE = root().parent / "shared" / "data" / "apla" / "APLA_Database.csv"
real = pytest.mark.skipif(not FILE.is_file(), reason="the APLA file is not beside the project (../shared/data/apla)")


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return apla.answers(FILE)


@real
def test_the_file_is_the_one_known_by_its_hash():
    assert fetch._hash(FILE) == apla.REMOTE.sha256 and FILE.stat().st_size == apla.REMOTE.size


@real
def test_588_country_years_of_19_countries(answers):
    years = answers.drop_duplicates(["unit", "year"])
    assert len(years) == 588 and years["unit"].nunique() == 19
    assert years.groupby("unit").size().drop("PER").eq(31).all() and len(answers) == 588 * 61


@real
def test_means_of_2000_with_missing_as_zero_and_without_missing(answers):
    framework = load("apla")
    year = answers[answers["year"] == 2000]
    whole = scores_from_answers(year, framework).query("node == 'overall'")
    assert len(whole) == 19 and round(whole["lower"].mean(), 1) == 24.1
    available = scores_from_answers(year, framework.model_copy(update={"missing": "available"})).query("node == 'overall'")
    assert round(available["score"].mean(), 1) == 72.1


@real
def test_means_of_2000_by_the_files_own_flags_on_all_65_items():
    flags = apla.flags(FILE).query("year == 2000")
    assert flags["item"].nunique() == 65
    assert round(100 * flags["open"].fillna(0).groupby(flags["unit"]).mean().mean(), 1) == 24.9
    assert round(100 * flags.groupby("unit")["open"].mean().mean(), 1) == 73.1


@real
def test_directions_agree_with_the_files_flags_where_it_has_both(answers):
    from migof_research.analysis.assessment import states

    flags = apla.flags(FILE).query("unit == 'MEX' and year == 2020").set_index("item")["open"]
    ours = states(answers.query("unit == 'MEX' and year == 2020"), load("apla")).set_index("item")["value"]
    assert (ours == flags[ours.index]).all()


@real
def test_texts_are_free_of_double_encoding(answers):
    texts = pd.concat([answers["note"], answers["source"]])
    assert not texts.str.contains("â€|Ã").any() and texts.str.contains("’").any()


@real
def test_the_file_itself_can_be_scored_by_name_or_path():
    table, framework = sources.open_answers(str(FILE))
    assert framework.id == "apla" and table["unit"].nunique() == 19


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("applicant\xc3\xa2\xe2\x82\xac\xe2\x84\xa2s", "applicant’s"), ("\xc2\xb0", "°"), ("caf\xe9", "café"), ("plain", "plain")],
)
def test_letters_are_mended(wrong, right):
    assert apla.mended(wrong) == right


def test_every_fault_of_the_file_is_told(tmp_path):
    items = [item.id for item in load("apla").items()]
    columns = ["Q1", "Q2", *(item + part for item in items for part in (apla.ANSWER, apla.FLAG, apla.SOURCE, apla.COMMENT))]
    rows = pd.DataFrame("", index=range(4), columns=columns)
    rows["Q1"], rows["Q2"] = ["which", "Mexico", "Mexico", "Peru"], ["which", "2000", "2000", "MM"]
    rows.loc[3, "Q5#1_1"], rows.loc[1, "Q9#2_1"] = "Maybe", "2"
    rows.to_csv(tmp_path / "apla.csv", index=False)
    with pytest.raises(InputError) as error:
        apla.answers(tmp_path / "apla.csv")
    told = str(error.value)
    assert len(error.value.problems) == 4
    assert all(place in told for place in ("row 5, column Q2", "row 4: Mexico 2000", "row 5, column Q5#1_1", "row 3, column Q9#2_1"))


def test_without_the_cache_the_way_to_fetch_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("MIGOF_CACHE", str(tmp_path))
    with pytest.raises(InputError, match="migof data fetch apla"):
        sources.open_answers("apla")


def remote(folder, content: bytes = b"hello", **other) -> fetch.Remote:
    import hashlib

    (folder / "file.csv").write_bytes(content)
    fields = {
        "name": "test", "url": (folder / "file.csv").as_uri(), "sha256": hashlib.sha256(b"hello").hexdigest(), "size": 5,
        "title": "Test", "licence": "none",
    }  # fmt: skip
    return fetch.Remote(**fields | other)


def test_a_file_is_fetched_once_and_known_by_its_hash(tmp_path, monkeypatch):
    monkeypatch.setenv("MIGOF_CACHE", str(tmp_path / "cache"))
    known = remote(tmp_path)
    assert fetch.cached(known) is None
    assert fetch.fetch(known).read_bytes() == b"hello"
    (tmp_path / "file.csv").unlink()  # the source is gone; the cache serves
    assert fetch.fetch(known) == fetch.cached(known) == tmp_path / "cache" / "file.csv"


@pytest.mark.parametrize("content", [b"hullo", b"hello" * 1000])
def test_another_file_is_refused_and_nothing_is_left(content, tmp_path, monkeypatch):
    monkeypatch.setenv("MIGOF_CACHE", str(tmp_path / "cache"))
    with pytest.raises(InputError, match="is not the file known"):
        fetch.fetch(remote(tmp_path, content))
    assert list((tmp_path / "cache").iterdir()) == []


def test_what_cannot_be_fetched_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("MIGOF_CACHE", str(tmp_path / "cache"))
    with pytest.raises(InputError, match="by hand"):
        fetch.fetch(remote(tmp_path, url=(tmp_path / "absent.csv").as_uri()))
