"""The 197 countries, their areas, and how people name them."""

import pandas as pd
import pytest

from migof_research import paths
from migof_research.errors import InputError
from migof_research.indicators import units


def test_the_committed_table_is_what_the_build_makes():
    built = units.build()
    committed = pd.read_csv(paths.processed() / "units.csv", keep_default_na=False, dtype={"unit": str, "iso2": str})
    pd.testing.assert_frame_equal(built.astype(committed.dtypes), committed)


def test_the_universe_and_its_groups():
    members = units.membership().groupby("m49").size()
    assert members[1] == 197
    assert (members[199], members[432], members[722]) == (47, 32, 40)
    assert members[514] + members[515] == 197
    assert members[[202, 747, 62, 753, 419, 9, 513]].sum() == 197  # the SDG regions share out the world
    assert members[53] + members[543] == members[9]


def test_codes_that_look_like_missing_values_survive():
    table = units.units().set_index("unit")
    assert table.at["NAM", "iso2"] == "NA" and table.at["NAM", "name_en"] == "Namibia"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MDA", "MDA"), ("mda", "MDA"), ("MD", "MDA"), ("498", "MDA"), ("Moldova", "MDA"), ("Republic of Moldova", "MDA"),
        ("République de Moldova", "MDA"), ("república de moldova", "MDA"), ("NA", "NAM"), ("024", "AGO"), ("24", "AGO"),
        ("Cote d'Ivoire", "CIV"), ("Côte d’Ivoire", "CIV"), ("Ivory Coast", "CIV"), ("Turkey", "TUR"), ("Türkiye", "TUR"),
        ("the Netherlands", "NLD"), ("South Korea", "KOR"), ("Viet Nam", "VNM"), ("Sénégal", "SEN"), ("Alemania", "DEU"),
        ("Congo", "COG"), ("Palestine", "PSE"), ("Guinea-Bissau", "GNB"), ("guinea bissau", "GNB"), ("UK", "GBR"),
    ],
)  # fmt: skip
def test_countries_are_found_as_people_name_them(text, code):
    assert units.find(text) == code


def test_every_name_in_every_language_finds_its_country():
    for lang in ("en", "fr", "es"):
        assert {units.find(name): code for code, name in units.units()[["unit", f"name_{lang}"]].values} == {
            code: code for code in units.units()["unit"]
        }


@pytest.mark.parametrize(("text", "near"), [("Moldava", "Republic of Moldova (MDA)"), ("Philipines", "Philippines (PHL)"), ("Meksiko", "Mexico (MEX)")])
def test_an_unknown_country_gets_the_nearest_names(text, near):
    with pytest.raises(InputError, match="No country is called") as caught:
        units.find(text)
    assert near in str(caught.value)


@pytest.mark.parametrize("text", ["", "  ", "../../etc", "<img src=x>", "\x00", "x" * 10_000])
def test_nonsense_is_no_country(text):
    with pytest.raises(InputError):
        units.find(text)
