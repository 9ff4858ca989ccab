"""The words of the insights report, written from its figures: each sentence has its number and n."""

from typing import Any

import pandas as pd

from migof_research.analysis.insights import Insights
from migof_research.frameworks import OVERALL, Framework
from migof_research.indicators import units
from migof_research.report import words_country, words_practices
from migof_research.report.figures.scale import node_name, practice_name
from migof_research.report.wording import Language

FEW = 5  # groups of fewer units are not named as highest or lowest


def title(case: Insights, _: Language) -> str:
    return _("How migration is governed: {area}").format(area=units.area_name(case.evidence.area, _.code))


def subtitle(case: Insights, _: Language) -> str:
    return words_practices.subtitle(case.evidence, _)


def card(case: Insights, _: Language) -> dict[str, Any]:
    return {"name": title(case, _), "year": case.evidence.years[-1], "summary": summary(case, _)[0]}


def node(case: Insights, id: str, _: Language) -> str:
    return node_name(case.framework, id, _)


def measure(case: Insights, id: str, _: Language) -> str:
    return practice_name(case.framework, id, _)


def band(case: Insights, id: str, _: Language) -> str:
    return case.framework.bands.label(id, _.code)


def goal(case: Insights, _: Language) -> str:
    """ "Meets or higher"; the name alone where there is nothing higher."""
    return or_higher(case.framework, case.goal, _)


def or_higher(framework: Framework, id: str, _: Language) -> str:
    name = framework.bands.label(id, _.code)
    return name if id == framework.bands.ids[-1] else _("{band} or higher").format(band=name)


def group(kind: str, id: Any, _: Language) -> str:
    return units.area_name(int(id), _.code) if kind == "region" else words_country.income(id, _).capitalize()


def groups(case: Insights, kind: str, _: Language) -> dict[Any, str]:
    return {id: group(kind, id, _) for id in case.by(kind)["group"].cat.categories}


def count(case: Insights, n: int, _: Language) -> str:
    return words_practices.count(case.evidence, n, _)


def what(case: Insights, _: Language) -> str:
    """What having a measure means here."""
    if case.evidence.from_levels:
        return _("Only levels are published, so a measure here is a domain at {goal}.").format(goal=goal(case, _))
    return _("A measure here is an item at its best answer; an item without an answer is not counted.")


def summary(case: Insights, _: Language) -> list[str]:
    whole = case.distribution.set_index("node").loc[OVERALL]
    first = _("{k} of {units} are at {goal} overall ({share}).").format(
        k=_.number((case.bands.query("node == 'overall'")["reached"]).sum()), units=count(case, whole["n"], _), goal=goal(case, _),
        share=_.percent(whole["share"]),
    )  # fmt: skip
    return [first, measures(case, _), *_regions(case, _), *_change(case, _)]


def measures(case: Insights, _: Language) -> str:
    low, high = case.measures.iloc[0], case.measures.iloc[-1]
    sentence = (
        _("By domain, fewest are at {goal} in {low} ({low_share}, n = {low_n}), most in {high} ({high_share}, n = {high_n}).")
        if case.evidence.from_levels
        else _("The rarest measure is “{low}” ({low_share}, n = {low_n}), the commonest “{high}” ({high_share}, n = {high_n}).")
    )
    return sentence.format(
        goal=goal(case, _), low=measure(case, low["practice"], _), low_share=_.percent(low["share"]), low_n=_.number(low["n"]),
        high=measure(case, high["practice"], _), high_share=_.percent(high["share"]), high_n=_.number(high["n"]),
    )  # fmt: skip


def _regions(case: Insights, _: Language) -> list[str]:
    table = case.regions[case.regions["n"] >= FEW].dropna(subset="share").sort_values("share", kind="stable")
    if len(table) < 2:
        return []
    low, high = table.iloc[0], table.iloc[-1]
    return [
        _("By region the share at {goal} overall goes from {low_share} in {low} (n = {low_n}) to {high_share} in {high} (n = {high_n}); regions with fewer than {few} answers are not named.").format(
            goal=goal(case, _), low_share=_.percent(low["share"]), low=group("region", low["group"], _), low_n=_.number(low["n"]),
            high_share=_.percent(high["share"]), high=group("region", high["group"], _), high_n=_.number(high["n"]), few=_.number(FEW),
        )
    ]  # fmt: skip


def _change(case: Insights, _: Language) -> list[str]:
    table = case.change[case.change["n"] >= FEW]
    if table.empty:
        return []
    first, last = case.spread
    high, low = table.iloc[0], table.iloc[-1]
    sentence = (
        _(
            "From {first} to {last}, among the {n} with figures of both years, more are at {goal} in {k} of {all} domains: most of all in {high} ({high_change} points), least in {low} ({low_change})."
        )
        if case.evidence.from_levels
        else _(
            "From {first} to {last}, among the {n} with figures of both years, {k} of {all} measures became more common: most “{high}” ({high_change} points), least “{low}” ({low_change})."
        )
    )
    return [
        sentence.format(
            first=first, last=last, n=count(case, case.panel, _), goal=goal(case, _), k=_.number((table["change"] > 0).sum()), all=_.number(len(table)),
            high=measure(case, high["practice"], _), high_change=_.signed(high["change"]),
            low=measure(case, low["practice"], _), low_change=_.signed(low["change"]),
        )
    ]  # fmt: skip


def lagging(case: Insights, _: Language) -> str:
    """The measures that fewer than half of the units have, or the rarest three."""
    rare = case.measures[case.measures["share"] < 50]
    if rare.empty:
        three = case.measures.head(3)
        listed = _.join(
            _("{name} ({share})").format(name=measure(case, r.practice, _), share=_.percent(r.share)) for r in three.itertuples()
        )
        return _("None of the {all} is reached by fewer than half of those that answered. The rarest: {list}.").format(
            all=_.number(len(case.measures)), list=listed
        )
    return _("{k} of {all} measures are in place in fewer than half of those that answered.").format(
        k=_.number(len(rare)), all=_.number(len(case.measures))
    )


def by_income(case: Insights, _: Language) -> str:
    """Whether the share rises with income."""
    table = case.by("income").query("node == 'overall'").dropna(subset="group")
    if len(table) < 2:
        return _("The units lie in one income group only.")
    listed = _.join(
        _("{name} {share} (n = {n})").format(name=group("income", r.group, _), share=_.percent(r.share), n=_.number(r.n))
        for r in table.itertuples()
    )
    if (table["n"] < FEW).any():
        return _("By income group, with too few for more than a look: {list}.").format(list=listed)
    rising = table["share"].is_monotonic_increasing
    told = _("The share rises from each income group to the next") if rising else _("The share does not rise steadily with income")
    return _("{told}: {list}. How much that says is in the study of what goes with higher bands.").format(told=told, list=listed)


def method(case: Insights, _: Language) -> dict[str, str]:
    entries = {
        _("Measures"): what(case, _),
        _("Shares"): _("Unweighted shares of those that answered; 95% Wilson intervals for the reader who treats them as a sample. Groups of fewer than five units are shown without colour."),
        _("Change"): _("Only units whose answer is known in the first and the last year are compared, so that who answered plays no part."),
        _("Groups"): _("SDG regions and World Bank income groups (today's classification)."),
        _("Limits"): _("The figures tell the existence of policies as reported or written in law, not their implementation. Countries choose to answer; those that do may differ from the others."),
    }  # fmt: skip
    return entries | words_country.left_out(case.evidence.contradicting, _)


def sources(case: Insights, _: Language) -> list[dict[str, str]]:
    return words_practices.sources(case.evidence, _)


def named(case: Insights, table: pd.DataFrame, _: Language) -> pd.DataFrame:
    """A table of measures with their names and domains."""
    return table.assign(
        name=[measure(case, id, _) for id in table["practice"]], domain=[node(case, case.domain_of(id), _) for id in table["practice"]]
    )
