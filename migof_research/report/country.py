"""What the country report shows: the figures and tables of one case, ready for ``page.figure(**...)`` and ``page.table(**...)``."""

from typing import Any

import pandas as pd

from migof_research.analysis.benchmark import ranks as ranks_of
from migof_research.analysis.country import Country
from migof_research.analysis.firmness import LEAST
from migof_research.analysis.shares import shares
from migof_research.frameworks import OVERALL
from migof_research.indicators import units
from migof_research.report import figures
from migof_research.report import words_country as words
from migof_research.report.wording import Language

Shown = dict[str, Any]


def profile(case: Country, _: Language) -> Shown:
    """Figure: score and level in each domain, with the number of peers in each band."""
    data = case.own(case.scores_then), case.own(case.bands_then), case.framework, _
    peers = case.of_peers(case.bands_then) if case.peers else None
    return {
        "fig": figures.domain_profile(*data, peers=peers),
        "alt": figures.domain_profile_alt(*data, peers=peers),
        "name": "domains",
        "caption": _("Score and level in each domain, {year}; peers {group} (n = {n})").format(
            year=case.year, group=words.peer_group(case, _), n=_.number(len(case.peers))
        ),
    }


def standing(case: Country, _: Language) -> Shown:
    """Table: level, score range and non-response of each domain, with its MiGOF element."""
    return {
        "df": words.standing(case, _),
        "name": "standing",
        "caption": _("Level and score of each domain, {year}").format(year=case.year),
        "columns": {
            "name": _("Domain"),
            "migof": _("MiGOF element"),
            "level": _("Level"),
            "lower": _("lowest"),
            "upper": _("highest"),
            "nonresponse": _("Item non-response"),
        },
        "spanners": {_("Score"): ["lower", "upper"]},
        "notes": [_("Scores in points of 0 to 100; five items a domain, 30 in all."), words.nonresponse(case, _)],
    }


def answers(case: Country, _: Language) -> Shown:
    """Table: how many answers a domain is from the next level, and from losing this one."""
    return {
        "df": words.answers(case, _),
        "name": "answers",
        "caption": _("Answers to the next level, and answers to lose the present one, {year}").format(year=case.year),
        "columns": {
            "name": _("Domain"),
            "level": _("Level"),
            "next": _("Next level"),
            "to_gain_min": _("fewest"),
            "to_gain_max": _("most"),
            "to_lose_min": _("fewest"),
            "to_lose_max": _("most"),
        },
        "spanners": {
            _("Answers to gain it"): ["to_gain_min", "to_gain_max"],
            _("Answers to lose the present one"): ["to_lose_min", "to_lose_max"],
        },
        "notes": [_("Fewest and most: over all sets of answers that fit the published levels. A dash: no next level, or none to lose.")],
    }


def heatmap(case: Country, _: Language) -> Shown:
    """Figure: the levels of the country and its peers in each domain."""
    codes = [case.unit, *case.peers] if case.answered else list(case.peers)
    bands = case.bands_then[case.bands_then["unit"].isin(codes)]
    names = {code: units.name(code, _.code) for code in codes}
    unit = case.unit if case.answered else None
    return {
        "fig": figures.band_heatmap(bands, case.framework, names, _, unit=unit),
        "alt": figures.band_heatmap_alt(bands, case.framework, names, _, unit=unit),
        "name": "peers",
        "caption": _("Levels by domain {group}, by name (n = {n})").format(
            n=_.number(len(codes)), group=words.peer_group(case, _)
        ),
        "notes": [_years(case, bands, _)],
    }


def _years(case: Country, bands: pd.DataFrame, _: Language) -> str:
    counts = bands.drop_duplicates("unit")["year"].value_counts().sort_index()
    told = _.join(_("{n} from {year}").format(n=_.number(n), year=year) for year, n in counts.items())
    sentence = _("Each country's latest answer: {list}.") if case.asked == "latest" else _("Answers: {list}.")
    return sentence.format(list=told)


def gaps(case: Country, _: Language) -> Shown:
    """Table: the country beside the median of its peers."""
    return {
        "df": words.beside_peers(case, _),
        "name": "gaps",
        "caption": _("Score beside the median of the peers {group} (n = {n})").format(
            n=_.number(len(case.peers)), group=words.peer_group(case, _)
        ),
        "columns": {
            "name": _("Domain"),
            "lower": _("lowest"),
            "upper": _("highest"),
            "median_lower": _("lowest"),
            "median_upper": _("highest"),
            "position": _("To the median"),
            "gap_min": _("smallest"),
            "gap_max": _("largest"),
        },
        "spanners": {
            _("Score"): ["lower", "upper"],
            _("Median of the peers"): ["median_lower", "median_upper"],
            _("Gap"): ["gap_min", "gap_max"],
        },
        "formats": {"gap_min": "signed:1", "gap_max": "signed:1"},
        "notes": [_("Scores and gaps in points of 0 to 100."), *words.few_peers(case, _)],
    }


def positions(case: Country, _: Language) -> Shown:
    """Table: how many peers the country is surely above, surely below, and cannot be told apart from."""
    return {
        "df": words.beside_peers(case, _),
        "name": "positions",
        "caption": _("Number of peers that the country is surely above, or below"),
        "columns": {
            "name": _("Domain"),
            "above": _("surely above"),
            "below": _("surely below"),
            "not_separable": _("not separable"),
            "n": _("Peers (n)"),
        },
    }


def rank_range(case: Country, _: Language) -> Shown:
    """Table, on request only: the best and the worst rank that the score ranges allow."""
    codes = [case.unit, *case.peers]
    table = ranks_of(case.scores_then[case.scores_then["unit"].isin(codes)], OVERALL)
    table["name"] = [units.name(code, _.code) for code in table["unit"]]
    return {
        "df": table.sort_values("name", key=lambda names: names.map(_.key)),
        "name": "ranks",
        "caption": _("Range of ranks overall, on request (n = {n})").format(n=_.number(len(table))),
        "columns": {"name": _("Country"), "best": _("Best rank"), "worst": _("Worst rank"), "n": _("Countries (n)")},
        "notes": [_("1 is the highest score. Countries that cannot be told apart share their ranks; the indicator is no league table.")],
    }


def change(case: Country, _: Language) -> Shown:
    """Figure: the score ranges of the first and the last round."""
    table = case.progress
    return {
        "fig": figures.change(table, case.framework, _),
        "alt": figures.change_alt(table, case.framework, _),
        "name": "change",
        "caption": _("Scores in {start} and {end}").format(start=table["year_start"].iloc[0], end=table["year_end"].iloc[0]),
    }


def changes(case: Country, _: Language) -> Shown:
    """Table: level and score range in both rounds and the change between them."""
    table = case.progress
    start, end = (str(table[column].iloc[0]) for column in ("year_start", "year_end"))
    return {
        "df": words.changes(case, _),
        "name": "progress",
        "caption": _("Change from {start} to {end}").format(start=start, end=end),
        "columns": {
            "name": _("Domain"),
            "band_start": _("Level {year}").format(year=start),
            "band_end": _("Level {year}").format(year=end),
            "direction": _("Change of the score"),
            "change_min": _("smallest"),
            "change_max": _("largest"),
        },
        "formats": {"change_min": "signed:1", "change_max": "signed:1"},
        "notes": [_("Change in points of 0 to 100. The same 30 items were asked in both rounds.")],
    }


def leaders(case: Country, _: Language) -> Shown:
    """Table: the peers in a higher band, by domain."""
    return {
        "df": words.leaders(case, _),
        "name": "leaders",
        "caption": _("Peers at a higher level, by domain; peers {group} (n = {n})").format(
            n=_.number(len(case.peers)), group=words.peer_group(case, _)
        ),
        "columns": {"name": _("Domain"), "level": _("Their level"), "n": _("Countries (n)"), "countries": _("Who")},
    }


def firmness(case: Country, _: Language) -> Shown:
    """Figure: the probability of each level of each domain."""
    data = case.firmness, case.framework, _
    return {
        "fig": figures.firmness(*data, least=LEAST),
        "alt": figures.firmness_alt(*data, least=LEAST),
        "name": "firmness",
        "caption": _("Probability of each level, {year}").format(year=case.year),
        "notes": [words.firmness_note(_)],
    }


def movers(case: Country, _: Language) -> Shown:
    """Table: countries that rose between rounds in the domains where this one lags."""
    return {
        "df": words.movers(case, _),
        "name": "movers",
        "caption": _("Countries of the world that rose between rounds in these domains"),
        "columns": {
            "name": _("Domain"),
            "from": _("From"),
            "to": _("To"),
            "n": _("Countries (n)"),
            "countries": _("Who"),
        },
        "notes": [
            _("Domains in which more than half of the peers are at a higher level."),
            _("Only countries that answered both rounds can be seen to rise."),
        ],
    }


def region(case: Country, _: Language) -> Shown:
    """Figure for a country without an answer: the shares of its region beside the world's."""
    table = _region_and_world(case, _)
    return {
        "fig": figures.shares(table, OVERALL, _),
        "alt": figures.shares_alt(table, OVERALL, _),
        "name": "region",
        "caption": _("Share of responding countries that meet or fully meet the indicator overall"),
    }


def _region_and_world(case: Country, _: Language) -> pd.DataFrame:
    area = units.units().set_index("unit").at[case.unit, "sdg_region"]
    table = shares(case.levels, _.code)
    return table[table["m49"].isin([1, area])]


def region_domains(case: Country, _: Language) -> Shown:
    """Table for a country without an answer: the latest shares of its region and the world by domain."""
    table = _region_and_world(case, _).query("basis == 'latest'")
    table = case.in_order(table)
    table["name"] = [words.node_name(case, node, _) for node in table["node"]]
    return {
        "df": table,
        "name": "region-domains",
        "caption": _("Share that meets or fully meets, by domain, latest answers"),
        "columns": {
            "name": _("Domain"),
            "area": _("Area"),
            "share": _("Share (%)"),
            "n": _("Countries (n)"),
            "coverage": _("Coverage (%)"),
        },
        "notes": [_("Coverage: countries that answered, of all countries of the area among the 197.")],
    }
