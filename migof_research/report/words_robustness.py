"""The words of the robustness report, written from its figures: each sentence has its number and n."""

from typing import Any

import pandas as pd

from migof_research.analysis.goal import goal
from migof_research.analysis.robustness import FIRM, MOST, OPEN, Robustness
from migof_research.report import words_practices
from migof_research.report.figures.scale import node_name
from migof_research.report.wording import MISSING, Language
from migof_research.report.words_assessment import name
from migof_research.report.words_country import left_out

__all__ = ["name", "node_name"]


def choice(id: str, _: Language) -> str:
    """The name of a choice."""
    return {
        "weights": _("Weights of the domains"),
        "aggregation": _("How the domains are put together"),
        "missing": _("What a missing answer counts"),
        "answers": _("Wrong answers"),
        "cuts": _("Cuts between the bands"),
        "left_out": _("A domain left out"),
        "interval": _("Place in the score range"),
    }[id]


def varies(case: Robustness, id: str, _: Language) -> str:
    """How far a choice varies, as a reader's phrase."""
    given, scheme = (
        case.choices,
        {"mean": _("weighted mean"), "geometric": _("geometric mean"), "harmonic": _("harmonic mean"), "minimum": _("lowest domain")},
    )
    rules = {"zero": _("the worst answer"), "available": _("nothing: it is left out")}
    return {
        "weights": _("around the framework's own, with a standard deviation of {share} of a domain's weight").format(
            share=_.percent(100 * given.weights)
        ),
        "aggregation": _.join([scheme[how] for how in case.draws.aggregations], style="or"),
        "missing": _.join([rules[rule] for rule in case.draws.rules], style="or"),
        "answers": _("{share} of the answers are another one of their scale").format(share=_.percent(100 * given.answers)),
        "cuts": _("up to {points} points higher or lower, all together").format(
            points=_.number(given.cuts, 0 if float(given.cuts).is_integer() else 1)
        ),
        "left_out": _("one of the {n} domains, or none").format(n=_.number(len(case.framework.domains))),
        "interval": _("anywhere that the published levels allow"),
    }[id]


def title(case: Robustness, _: Language) -> str:
    return _("How firm the bands are")


def subtitle(case: Robustness, _: Language) -> str:
    return words_practices.subtitle(case.evidence, _)


def card(case: Robustness, _: Language) -> dict[str, Any]:
    return {"name": title(case, _), "year": case.evidence.years[-1], "summary": summary(case, _)[0]}


def band(case: Robustness, id: str, _: Language) -> str:
    return case.framework.bands.label(id, _.code)


def index(value: float, lower: float, upper: float, noise: bool, _: Language) -> str:
    """ "0.54 (0.50–0.58)", or that it is noise; a dash where the outcome does not vary."""
    if pd.isna(value):
        return MISSING
    if noise:
        return _("noise")
    return _("{value} ({lower}–{upper})").format(value=_.number(value, 2), lower=_.number(lower, 2), upper=_.number(upper, 2))


def summary(case: Robustness, _: Language) -> list[str]:
    table, n = case.results, len(case.results)
    firm, unsure = (table["changed"] <= FIRM).sum(), (table["changed"] >= OPEN).sum()
    sentences = [
        _(
            "{firm} of {n} units keep their band in at least {share} of {draws} draws of other choices; {open} are in another band at least as often as in their own."
        ).format(
            firm=_.number(firm), n=_.number(n), share=_.percent(100 * (1 - FIRM)), draws=_.number(2 * case.draws.n), open=_.number(unsure)
        )
    ]
    if len(case.largest):
        first = case.deciding.iloc[0]
        most = case.deciding.sort_values("largest", kind="stable").iloc[-1]
        sentences.append(
            _(
                "What most often decides whether the band changes is: {choice}. It is the most decisive choice in {k} of the {m} units whose band changes at all (median total index {total})."
            ).format(
                choice=choice(most["choice"], _).lower(),
                k=_.number(most["largest"]),
                m=_.number(first["n"]),
                total=_.number(most["changed"], 2),
            )
        )
    return [*sentences, removed_text(case, _), own_weights_text(case, _)]


def removed_text(case: Robustness, _: Language) -> str:
    moved = (
        case.removed.assign(surely=case.removed["surely up"] + case.removed["surely down"]).sort_values("surely", kind="stable").iloc[-1]
    )
    return _("Leaving out {domain} moves the most units surely: {up} up and {down} down, of {n}.").format(
        domain=node_name(case.framework, moved["element"], _),
        up=_.number(moved["surely up"]),
        down=_.number(moved["surely down"]),
        n=_.number(moved["n"]),
    )


def own_weights_text(case: Robustness, _: Language) -> str:
    """How many keep their band, and how many stay below the highest band that does not ask for everything."""
    table, reach = case.own_weights, goal(case.framework)
    below = table[table["band"] < reach]
    return _("Whatever the weights between {low} and {high} of the usual, {same} of {n} units keep their band; {firm} of the {m} below {goal} stay below it even under the weights that suit them best.").format(
        low=_.percent(100 / MOST), high=_.percent(100 * MOST), same=_.number((table["band_lower"] == table["band_upper"]).sum()),
        n=_.number(len(table)), firm=_.number((below["band_upper"] < reach).sum()), m=_.number(len(below)), goal=band(case, reach, _),
    )  # fmt: skip


def reading(case: Robustness, _: Language) -> list[str]:
    """How to read the indices, and what follows."""
    first = case.deciding.iloc[0]
    return [
        _(
            "The total index is the share of the variance that would go if this choice alone were settled last, its interplay with the others included; totals can add up to more than 1. The index alone is the share that goes with the choice by itself."
        ),
        _("For whether the band changes, the median over {n} units is highest for: {choice} ({total}).").format(
            n=_.number(first["n"]), choice=choice(first["choice"], _).lower(), total=_.number(first["changed"], 2)
        ),
    ]


def unit_text(case: Robustness, _: Language) -> str:
    row = case.results[case.results["unit"] == case.unit]
    if row.empty:
        return _("{name} has no band of its own, so there is none to change.").format(name=name(case.unit, _))
    row = row.iloc[0]
    shares = [(id, row[f"in_{id}"]) for id in case.framework.bands.ids if row[f"in_{id}"] >= 0.005]
    told = _.join(_("{band} in {share}").format(band=band(case, id, _), share=_.percent(100 * share)) for id, share in shares)
    return _("{name} is in {band} ({year}). Over {draws} draws its score lies between {lower} and {upper} in nine of ten (median {median}), and it is in {told} of them.").format(
        name=name(case.unit, _), band=band(case, row["band"], _), year=row["year"], draws=_.number(row["n"]),
        lower=_.number(row["lower"], 1), upper=_.number(row["upper"], 1), median=_.number(row["median"], 1), told=told,
    )  # fmt: skip


def method(case: Robustness, _: Language) -> dict[str, str]:
    runs = (len(case.draws.names) + 2) * case.draws.n
    entries = {
        _("What varies"): "; ".join(_("{choice}: {how}").format(choice=choice(id, _), how=varies(case, id, _)) for id in case.draws.names) + ".",
        _("Draws"): _("Each unit is scored {runs} times: {n} draws twice over from a scrambled Sobol sequence (seed {seed}), and once more for each choice with that choice alone exchanged. Shares and ranges are over the {draws} independent draws.").format(
            runs=_.number(runs), n=_.number(case.draws.n), seed=case.draws.seed, draws=_.number(2 * case.draws.n)
        ),
        _("Indices"): _("First order after Saltelli, centred; total order after Jansen; 95% bootstrap intervals. A first-order index whose interval holds 0 is shown as noise."),
        _("Other means"): _("In a mean that is not the framework's own, a domain counts at least 1 of 100, so that a single 0 does not wipe out all others."),
        _("Own weights"): _("Each unit is judged by the weights that suit it best and those that suit it worst, each domain's weight from {low} to {high} of the usual, together 100% (benefit of the doubt, with bounds).").format(
            low=_.percent(100 / MOST), high=_.percent(100 * MOST)
        ),
        _("Limits"): _("How far a choice may reasonably vary is itself a judgement: change the parameters and run again. Robust does not mean right: all draws share the same answers, as reported or written in law."),
    }  # fmt: skip
    if "answers" in case.draws.names and case.framework.missing == "bounds":
        entries[_("Own band")] = _(
            "The framework gives no score where answers are missing; the band that may change is that of the lower bound."
        )
    return entries | left_out(case.evidence.contradicting, _)


def sources(case: Robustness, _: Language) -> list[dict[str, str]]:
    return words_practices.sources(case.evidence, _)
