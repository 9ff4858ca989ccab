"""Units: the 197 countries of the indicator's universe, the areas they lie in, and how people name them.

``data/processed/units.csv`` is built once by ``migof data build`` from hdx-python-country (official United Nations
names, M49 regions, World Bank income group), because importing that library costs over a second. Membership of the
least developed, landlocked and small island groups and the developed / developing split are those of M49 at the time
of the 2019 and 2021 rounds (``data/raw/m49_groups.csv``).
"""

import difflib
import unicodedata
from functools import cache
from pathlib import Path

import pandas as pd

from migof_research import paths
from migof_research.errors import InputError
from migof_research.languages import LOCALES

# Group areas of M49: the column of the units table and the value that makes a unit a member.
GROUPS = {199: ("ldc", True), 432: ("lldc", True), 722: ("sids", True), 514: ("developed", True), 515: ("developed", False)}
INCOME = ("low", "lower_middle", "upper_middle", "high")
_FLAGS = ("ldc", "lldc", "sids", "developed")
# Names that people still use and neither the United Nations nor CLDR lists for these countries.
USUAL_NAMES = {
    "CIV": "Ivory Coast", "COD": "DRC|DR Congo|RDC", "COG": "Republic of the Congo", "GBR": "UK|Great Britain", "MKD": "Macedonia",
    "MMR": "Burma", "PRK": "DPRK", "PSE": "Palestine", "SWZ": "Swaziland", "TLS": "East Timor", "TUR": "Turkey", "VAT": "Vatican",
    "USA": "US|USA",
}  # fmt: skip


@cache
def _read_units(path: Path) -> pd.DataFrame:
    codes = {"unit": str, "iso2": str, "income": str, "aliases": str}
    table = pd.read_csv(path, keep_default_na=False, dtype=codes | dict.fromkeys(_FLAGS, bool))
    table["income"] = pd.Categorical(table["income"].replace("", None), INCOME, ordered=True)
    return _named(table)


def units() -> pd.DataFrame:
    """The 197 countries: ``unit, iso2, name_en, name_fr, name_es, m49, region, subregion, sdg_region, income, ldc, lldc,
    sids, developed, aliases``.

    Regions are M49 codes (``subregion`` the finest one); ``income`` is an ordered categorical, missing where the World
    Bank does not classify the country.
    """
    return _read_units(paths.processed() / "units.csv").copy()


@cache
def _read_areas(path: Path) -> pd.DataFrame:
    return _named(pd.read_csv(path, keep_default_na=False, dtype={"within": str}))


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """With names in every language: the English ones where the table has none of a language yet."""
    return table.assign(**{name: table["name_en"] for lang in LOCALES if (name := f"name_{lang}") not in table})


def areas() -> pd.DataFrame:
    """The areas of M49 that results are given for: ``m49, kind, within, name_en, name_fr, name_es``."""
    return _read_areas(paths.raw() / "areas.csv").copy()


def membership() -> pd.DataFrame:
    """Which unit lies in which area: ``m49, unit``, one row a pair; the World (1) holds all 197."""
    above = {int(area): [int(code) for code in within.split("|") if code] for area, within in areas()[["m49", "within"]].values}

    def ancestors(area: int) -> set[int]:
        return {area}.union(*(ancestors(code) for code in above[area]))

    table = units()
    pairs = [(area, unit) for unit, subregion in table[["unit", "subregion"]].values for area in ancestors(int(subregion))]
    for area, (column, value) in GROUPS.items():
        pairs += [(area, unit) for unit in table.loc[table[column] == value, "unit"]]
    return pd.DataFrame(sorted(pairs), columns=["m49", "unit"])


def name(unit: str, lang: str = "en") -> str:
    """A country's official United Nations name in a language; a unit that is no country keeps its code."""
    return _names(lang).get(unit, unit)


def area_name(m49: int, lang: str = "en") -> str:
    table = areas().set_index("m49")
    return table.at[m49, f"name_{lang}"]


@cache
def _names(lang: str) -> dict[str, str]:
    return dict(units()[["unit", f"name_{lang}"]].values)


def find(text: str) -> str:
    """The alpha-3 code of a country named as people name it: MDA, MD, 498, Moldova, République de Moldova.

    Case and accents do not matter. Raises InputError with the nearest names where nothing fits.
    """
    index = _index()
    key = _fold(text)
    if key in index:
        return index[key]
    near = difflib.get_close_matches(key, index, n=8, cutoff=0.6) or [k for k in index if len(key) > 2 and key in k][:8]
    codes = list(dict.fromkeys(index[k] for k in near))[:5]
    hint = f" Did you mean {', '.join(f'{name(code)} ({code})' for code in codes)}?" if codes else ""
    shown = text if len(text) <= 60 else f"{text[:60]}..."
    raise InputError(f"No country is called {shown!r}.{hint} Countries are given by ISO code (MDA) or name (Moldova).")


@cache
def _index() -> dict[str, str]:
    table = units()
    found: dict[str, str] = {}
    for row in table.itertuples():
        names = [row.unit, row.iso2, str(row.m49), f"{row.m49:03}", row.name_en, row.name_fr, row.name_es, *row.aliases.split("|")]
        for text in names:
            if text:
                found.setdefault(_fold(text), row.unit)
    return found


def _fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes, single spaces, no leading article."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("-", " "))
    words = "".join(c for c in plain if not unicodedata.combining(c)).casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def build() -> pd.DataFrame:
    """The units table made anew from hdx-python-country and ``data/raw/m49_groups.csv``."""
    from babel import Locale
    from hdx.location.country import Country

    everyday = [Locale(lang).territories for lang in ("en", "fr", "es")]
    groups = pd.read_csv(paths.raw() / "m49_groups.csv", keep_default_na=False, dtype={"unit": str})
    records = Country.countriesdata(use_live=False)["countries"]
    universe = sorted(code for code, record in records.items() if record["Independent"] == "Y")
    if universe != sorted(groups["unit"]):
        odd = sorted(set(universe) ^ set(groups["unit"]))
        raise InputError(f"hdx-python-country and data/raw/m49_groups.csv differ on the universe: {', '.join(odd)}.")
    within = dict(areas()[["m49", "within"]].values)
    kinds = dict(areas()[["m49", "kind"]].values)
    rows = []
    for code in universe:
        record = records[code]
        subregion = int(record["Intermediate Region Code"] or record["Sub-region Code"])
        rows.append(
            {
                "unit": code,
                "iso2": record["ISO 3166-1 Alpha 2-Codes"],
                "name_en": record["M49 English"],
                "name_fr": record["M49 French"],
                "name_es": record["M49 Spanish"],
                "m49": int(record["m49 numerical code"]),
                "region": int(record["Region Code"]),
                "subregion": subregion,
                "sdg_region": _sdg_region(subregion, within, kinds),
                "income": (record["World Bank Income Level"] or "").lower().replace(" ", "_"),
                "aliases": _aliases(record, [names.get(record["ISO 3166-1 Alpha 2-Codes"]) for names in everyday]),
            }
        )
    table = pd.DataFrame(rows).merge(groups, on="unit", validate="one_to_one")
    order = ["unit", "iso2", "name_en", "name_fr", "name_es", "m49", "region", "subregion", "sdg_region", "income", *_FLAGS]
    return table[[*order, "aliases"]]


def _sdg_region(area: int, within: dict[int, str], kinds: dict[int, str]) -> int:
    if kinds[area] == "sdg_region":
        return area
    return next(region for code in within[area].split("|") if (region := _sdg_region(int(code), within, kinds)))


def _aliases(record: dict[str, str], everyday: list[str | None]) -> str:
    fields = [
        "Preferred Term", "ISO Alt Term", "DGACM Alt Term", "HPC Tools Alt Term", "RW Short Name", "RW API Alt Term",
        "English Short", "French Short", "Spanish Short", "English Formal",
    ]  # fmt: skip
    official = {record["M49 English"], record["M49 French"], record["M49 Spanish"]}
    usual = USUAL_NAMES.get(record["ISO 3166-1 Alpha 3-Codes"], "").split("|")
    names = [record.get(field) for field in fields] + everyday + usual
    return "|".join(dict.fromkeys(text for text in names if text and text not in official and "|" not in text))
