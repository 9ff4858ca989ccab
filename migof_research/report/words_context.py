"""The words of the context report, written from its figures. The word is association, and weak is called weak."""

from typing import Any

import pandas as pd

from migof_research.analysis.context import WEAK, Context
from migof_research.indicators import units
from migof_research.indicators.variables import label
from migof_research.report import words_country, words_practices
from migof_research.report.figures.scale import node_name
from migof_research.report.wording import Language
from migof_research.report.words_insights import or_higher

LITTLE = 0.1  # McFadden's pseudo-R² below this is called little
FEW = 50  # units, below which a weak correlation says nothing
FEWER = 10  # units on the smaller side of a cut, below which Brant's check has little power


def title(case: Context, _: Language) -> str:
    return _("What goes with higher bands")


def subtitle(case: Context, _: Language) -> str:
    return words_practices.subtitle(case.evidence, _)


def card(case: Context, _: Language) -> dict[str, Any]:
    return {"name": title(case, _), "year": case.evidence.years[-1], "summary": summary(case, _)[-1]}


def node(case: Context, _: Language) -> str:
    return node_name(case.framework, case.node, _)


def band(case: Context, id: str, _: Language) -> str:
    return case.framework.bands.label(id, _.code)


def goal(case: Context, _: Language) -> str:
    return or_higher(case.framework, case.goal, _)


def variable(id: str, _: Language) -> str:
    known = {
        "income": _("Income group"),
        "ldc": units.area_name(199, _.code),
        "lldc": units.area_name(432, _.code),
        "sids": units.area_name(722, _.code),
        "developed": units.area_name(514, _.code),
    }
    plain = id.removeprefix("log:")
    name = known.get(plain) or label(plain, _.code)
    return _("{name} (logarithm)").format(name=name) if plain != id else name


def step(case: Context, id: str, _: Language) -> str:
    """By how much a covariate rises, after its name."""
    name = variable(id, _)
    if set(case.model_covariates[id].dropna().unique()) <= {0.0, 1.0}:
        return name
    if case.steps[id] == 1:
        return _("{name}: one step higher").format(name=name)
    return _("{name}: one standard deviation higher").format(name=name)


def group(kind: str, id: Any, _: Language) -> str:
    if kind == "income":
        return words_country.income(id, _).capitalize()
    return units.area_name(int(id), _.code) if kind == "sdg_region" else variable(kind, _)


def kind(id: str, _: Language) -> str:
    return {"income": _("Income group"), "sdg_region": _("SDG region")}.get(id, _("Groups of States"))


def range_words(lower: float, upper: float, digits: int, _: Language) -> str:
    return _("{lower} to {upper}").format(lower=_.signed(lower, digits), upper=_.signed(upper, digits))


def summary(case: Context, _: Language) -> list[str]:
    sentences = [*([selection(case, _)] if case.evidence.from_levels else []), correlations(case, _)]
    return [*sentences, model(case, _), association(_)]


def selection(case: Context, _: Language) -> str:
    groups = case.selection[case.selection["universe"] >= 5].sort_values("share", kind="stable")
    low, high = groups.iloc[0], groups.iloc[-1]
    return _("{n} of {universe} countries answered ({share}); most often in {high} ({k} of {m}), least often in {low} ({i} of {j}).").format(
        n=_.number(len(case.bands)), universe=_.number(len(case.universe)), share=_.percent(100 * len(case.bands) / len(case.universe)),
        high=group(high["kind"], high["group"], _), k=_.number(high["n"]), m=_.number(high["universe"]),
        low=group(low["kind"], low["group"], _), i=_.number(low["n"]), j=_.number(low["universe"]),
    )  # fmt: skip


def answering(case: Context, _: Language) -> str:
    """What goes with answering at all, and what that means for the rest."""
    said = _(
        "What is said below holds for the countries that answered. If those that did not are otherwise than they, it does not hold for the world."
    )
    if case.answering is None:
        return said
    table = case.answering.coefficients.sort_values("p", kind="stable")
    strongest = table.iloc[0]
    found = _("In a logit of answering on {variables} (n = {n}), the clearest association is with “{variable}”: odds ratio {ratio} (95% interval {lower} to {upper}).").format(
        variables=_.join(variable(id, _) for id in case.covariates), n=_.number(case.answering.n), variable=variable(strongest["variable"], _),
        ratio=_.number(strongest["odds_ratio"], 2), lower=_.number(strongest["lower"], 2), upper=_.number(strongest["upper"], 2),
    )  # fmt: skip
    return f"{found} {said}"


def correlations(case: Context, _: Language) -> str:
    table = case.correlations
    if table.empty:
        return _("No context variable can be compared: too few units have one.")
    first = table.iloc[0]
    facts = _("{variable} ({rho}, 95% interval {range}, n = {n})").format(
        variable=variable(first["variable"], _),
        rho=_.signed(first["rho"], 2),
        range=range_words(first["lower"], first["upper"], 2, _),
        n=_.number(first["n"]),
    )
    if first["n"] < FEW:
        return _(
            "With {n} units even a strong association could be missed or made up by chance. Of {k} variables the one that goes most with the band is {facts} (Spearman's rank correlation)."
        ).format(n=_.number(first["n"]), k=_.number(len(table)), facts=facts)
    if abs(first["rho"]) < WEAK:
        return _(
            "Context says little: of {k} variables none goes with the band at more than {most} (Spearman's rank correlation). The largest is {facts}."
        ).format(k=_.number(len(table)), most=_.number(abs(first["rho"]), 2), facts=facts)
    return _("Of {k} variables the one that goes most with the band is {facts} (Spearman's rank correlation).").format(
        k=_.number(len(table)), facts=facts
    )


def model(case: Context, _: Language) -> str:
    if case.fitted is None:
        return _("No model was fitted: {reasons}").format(reasons=" ".join(case.refused))
    row = case.effects.sort_values("permutation_p", kind="stable").iloc[0]
    found = _("With {variables} in one model (ordered logit, n = {n}), the clearest association is with “{step}”: {effect} percentage points on being at {goal} (95% interval {range}; permutation p {p}).").format(
        variables=_.join(variable(id, _) for id in case.covariates), n=_.number(case.fitted.n), step=step(case, row["variable"], _),
        effect=_.signed(row["effect"]), goal=goal(case, _), range=range_words(row["lower"], row["upper"], 0, _),
        p=words_practices.probability(row["permutation_p"], _),
    )  # fmt: skip
    r2 = _.number(case.fitted.pseudo_r2, 2)
    if case.fitted.pseudo_r2 < LITTLE:
        return found + " " + _("The model accounts for little: pseudo-R² {r2}.").format(r2=r2)
    return found + " " + _("Pseudo-R²: {r2}.").format(r2=r2)


def association(_: Language) -> str:
    return _(
        "This is association among countries that answered, not cause: nothing here says that changing a country's context would change its band."
    )


def check(case: Context, _: Language) -> str:
    """Does one odds ratio hold at every cut?"""
    found = case.check
    if found is None:
        return _("Whether one odds ratio holds at every cut cannot be checked: too few units lie beyond all cuts but one.")
    verdict = (
        _("The data do not speak against one odds ratio for every cut")
        if found.p >= 0.05
        else _("One odds ratio does not hold at every cut, so read the odds ratios as averages")
    )
    weak = " " + _("With so few units beyond a cut the check has little power.") if found.fewest < FEWER else ""
    return (
        _("{verdict} (Brant's check of proportional odds: chi-squared {statistic}, {freedom} degrees of freedom, p {p}; cuts below {cuts}, at least {fewest} units on either side).").format(
            verdict=verdict, statistic=_.number(found.statistic, 1), freedom=_.number(found.freedom), p=words_practices.probability(found.p, _),
            cuts=_.join(band(case, id, _) for id in found.cuts), fewest=_.number(found.fewest),
        ) + weak
    )  # fmt: skip


def panel(case: Context, _: Language) -> str:
    up, same, down = ((case.moved > 0).sum(), (case.moved == 0).sum(), (case.moved < 0).sum())
    sentence = _("Of {n} units with answers in {first} and {last}, {up} rose a band or more, {same} stayed and {down} fell.").format(
        n=_.number(len(case.moved)),
        first=case.evidence.years[0],
        last=case.evidence.years[-1],
        up=_.number(up),
        same=_.number(same),
        down=_.number(down),
    )
    if case.change_correlations.empty:
        return sentence
    first = case.change_correlations.iloc[0]
    found = _("Of {k} variables the one that goes most with rising is {variable} ({rho}, 95% interval {range}, n = {n}).").format(
        k=_.number(len(case.change_correlations)), variable=variable(first["variable"], _), rho=_.signed(first["rho"], 2),
        range=range_words(first["lower"], first["upper"], 2, _), n=_.number(first["n"]),
    )  # fmt: skip
    if first["lower"] <= 0 <= first["upper"]:
        found += " " + _("The interval holds 0: who rose cannot be told from context.")
    return f"{sentence} {found}"


def method(case: Context, _: Language) -> dict[str, str]:
    return {
        _("Context"): _("Income group and groups of States from the units table (today's classification); other variables as fetched or given, each unit's last value not after the year of the figures."),
        _("Rank correlation"): _("Spearman's, with the interval of Bonett and Wright. Bands are ordered, not measured."),
        _("Ordered logit"): _("Proportional odds, at most four covariates, refused where a covariate separates the bands. Average marginal effects in percentage points, intervals by the delta method; odds ratios with Wald intervals."),
        _("Permutation"): _("The bands are shuffled among the units 9,999 times; p is the share of shuffles in which a covariate, freed from the others, goes with them as closely."),
        _("Many looks"): _("Nothing is adjusted for the number of variables: of twenty, one or so lies outside its interval by chance."),
        _("Limits"): _("Countries choose whether to answer. The figures tell the existence of policies as reported or written in law, not their implementation."),
    }  # fmt: skip


def sources(case: Context, _: Language) -> list[dict[str, str]]:
    return words_practices.sources(case.evidence, _)


def income_rows(case: Context, _: Language) -> pd.DataFrame:
    return case.moves_by_income.assign(name=[group("income", id, _) for id in case.moves_by_income["income"]])
