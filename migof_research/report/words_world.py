"""The words of the global-indicator report, written from its figures: each sentence has its number and n."""

from typing import Any

import pandas as pd

from migof_research.analysis.world import World
from migof_research.frameworks import OVERALL
from migof_research.indicators.sdg_10_7_2 import UNIVERSE
from migof_research.report.wording import Language
from migof_research.report.words_country import cited, left_out, limits, sources

__all__ = ["basis", "card", "cited", "domain", "method", "sources", "subtitle", "summary"]


def basis(name: str, year: int, _: Language) -> str:
    """A basis as a reader's phrase."""
    words = {
        "latest": _("latest answers, as published"),
        "round": _("answers of the round of {year}"),
        "panel": _("panel of countries that answered every round, {year}"),
    }
    return words[name].format(year=year)


def domain(case: World, node: str, _: Language) -> str:
    return _("Overall") if node == OVERALL else case.framework.label(node, _.code)


def subtitle(case: World, _: Language) -> str:
    return _("SDG indicator 10.7.2, countries with policies for orderly, safe, regular and responsible migration; rounds of {years}").format(
        years=_.join(map(str, case.years))
    )


def card(case: World, _: Language) -> dict[str, Any]:
    return {"name": _("World"), "year": case.years[-1], "summary": summary(case, _)[0]}


def _world(case: World, basis: str, year: int) -> pd.Series:
    table = case.shares()
    found = table.query("m49 == 1 and basis == @basis and year == @year").set_index("node")
    return found.loc[OVERALL]


def summary(case: World, _: Language) -> list[str]:
    first, last = case.years[0], case.years[-1]
    now = _world(case, "latest", last)
    sentences = [
        _("{share} of {n} responding countries meet or fully meet the indicator overall (latest answers; {coverage} of the {universe} countries answered).").format(
            share=_.percent(now["share"], 1), n=_.number(now["n"]), coverage=_.percent(now["coverage"]), universe=_.number(UNIVERSE)
        ),
        _domains(case, _),
    ]
    if first == last:
        return sentences
    then, end = _world(case, "round", first), _world(case, "round", last)
    before, after = _world(case, "panel", first), _world(case, "panel", last)
    return [
        *sentences,
        _("By round, the share went from {start} ({first}, n = {n_start}) to {end} ({last}, n = {n_end}), but different countries answered.").format(
            start=_.percent(then["share"], 1), first=first, n_start=_.number(then["n"]),
            end=_.percent(end["share"], 1), last=last, n_end=_.number(end["n"]),
        ),
        _("Among the {n} countries that answered both times it went from {before} to {after}: {up} rose a level or more, {same} stayed, {down} fell.").format(
            n=_.number(before["n"]), before=_.percent(before["share"], 1), after=_.percent(after["share"], 1),
            up=_.number(case.moves["up"]), same=_.number(case.moves["same"]), down=_.number(case.moves["down"]),
        ),
    ]  # fmt: skip


def _domains(case: World, _: Language) -> str:
    table = case.shares().query("m49 == 1 and basis == 'latest' and node != 'overall'").sort_values("share", kind="stable")
    low, high = table.iloc[0], table.iloc[-1]
    return _("By domain, the share is highest in {high} ({high_share}) and lowest in {low} ({low_share}), n = {n} each.").format(
        high=domain(case, high["node"], _), high_share=_.percent(high["share"], 1),
        low=domain(case, low["node"], _), low_share=_.percent(low["share"], 1), n=_.number(low["n"]),
    )  # fmt: skip


def method(case: World, _: Language) -> dict[str, str]:
    entries = {
        _("Share"): _(
            "Unweighted share of the responding countries at level 3 (Meets) or 4 (Fully meets). Non-responders are in neither part of the fraction; nothing is imputed."
        ),
        _("Three bases"): _(
            "Latest: each country's latest answer, as published (the database's aggregate for 2021). Round: the countries that answered in one round. Panel: the countries that answered every round."
        ),
        _("Change"): _(
            "The change of the share is split into the change within the panel, the effect of countries that joined and that of countries that left; the parts add up exactly."
        ),
        _("Intervals"): _(
            "95% Wilson intervals are for the reader who treats the responders as a sample. They are no sample: countries choose to answer."
        ),
        _("Groups"): _(
            "Regions and groups follow M49 at the time of the rounds: 47 least developed, 32 landlocked developing and 40 small island developing States among the 197, and the developed / developing split still in use then."
        ),
        _("Limits"): limits(_),
    }
    return entries | left_out(case.contradicting, _)
