"""The words of the coherence report, written from its figures: interval first, and what n allows."""

from typing import Any

import pandas as pd

from migof_research.analysis.adoption import GOOD, LEAST
from migof_research.analysis.coherence import KNOWN, Coherence
from migof_research.analysis.reliability import FEW
from migof_research.report import words_practices
from migof_research.report.figures.scale import node_name, practice_name
from migof_research.report.wording import MISSING, Language


def title(case: Coherence, _: Language) -> str:
    return _("Do the items hang together?")


def subtitle(case: Coherence, _: Language) -> str:
    return words_practices.subtitle(case.evidence, _)


def card(case: Coherence, _: Language) -> dict[str, Any]:
    return {"name": title(case, _), "year": case.evidence.years[-1], "summary": summary(case, _)[0]}


def node(case: Coherence, id: str, _: Language) -> str:
    return node_name(case.framework, id, _)


def item(case: Coherence, id: str, _: Language) -> str:
    return practice_name(case.framework, id, _)


def what(case: Coherence, n: int, _: Language) -> str:
    """ "6 domains", where only their levels are published; else "30 items"."""
    return _.n("{n} domain", "{n} domains", n) if case.evidence.from_levels else _.n("{n} item", "{n} items", n)


def coefficient(case: Coherence, _: Language) -> str:
    return _("alpha (here KR-20)") if case.yes_no else _("alpha")


def r(value: float, _: Language) -> str:
    return MISSING if pd.isna(value) else _.number(value, 2)


def summary(case: Coherence, _: Language) -> list[str]:
    whole = case.sets.iloc[0]
    low = case.items.iloc[0]
    sentences = [
        _("The {items} hang together with an {alpha} between {lower} and {upper} (95% bootstrap interval; estimate {value}, {units}).").format(
            items=what(case, int(whole["items"]), _), alpha=coefficient(case, _), lower=r(whole["lower"], _), upper=r(whole["upper"], _),
            value=r(whole["alpha"], _), units=words_practices.count(case.evidence, len(case.values), _),
        ),
        _("From polychoric correlations alpha is {ordinal}; omega of one common factor is {omega}.").format(
            ordinal=r(whole["ordinal_alpha"], _), omega=r(whole["omega"], _)
        ) if pd.notna(whole["omega"]) else _("From polychoric correlations alpha is {ordinal}; omega cannot be computed, because there are too few units for so many items.").format(
            ordinal=r(whole["ordinal_alpha"], _)
        ),
        _("Least at one with the rest is “{item}”: its correlation with the mean of the others is {value} (95% interval {lower} to {upper}, n = {n}).").format(
            item=item(case, low["item"], _), value=r(low["item_rest"], _), lower=r(low["lower"], _), upper=r(low["upper"], _), n=_.number(low["n"])
        ),
    ]  # fmt: skip
    return [*sentences, formative(_)]


def formative(_: Language) -> str:
    return _(
        "These measures suppose that all answers reflect one thing behind them. The parts of a policy index partly make up what it measures: a country may do one and not another for good reasons, so a low value does not condemn the index."
    )


def warnings(case: Coherence, _: Language) -> list[str]:
    """What so few units do not allow."""
    n, k = case.values.shape
    told = []
    if n < FEW:
        told.append(
            _(
                "Only {n} units: every number here is unsteady. Read the intervals; a single country more or less moves the estimates."
            ).format(n=_.number(n))
        )
    if n < 5 * k:
        told.append(
            _(
                "There are {ratio} units to an item ({n} units, {k} items); results on factors want at least five, and polychoric correlations of so few units are rough."
            ).format(ratio=_.number(n / k, 1), n=_.number(n), k=_.number(k))
        )
    if case.left_out:
        told.append(
            _("Left out, because all units answered alike or fewer than {share} answered: {list}.").format(
                share=_.percent(100 * KNOWN), list=_.join(case.left_out)
            )
        )
    return told  # fmt: skip


def components(case: Coherence, _: Language) -> str:
    if case.parallel.empty:
        return _("Too few units have answered every item for a parallel analysis (n = {n}).").format(n=_.number(len(case.complete)))
    kept, first = int(case.parallel["kept"].sum()), case.parallel.iloc[0]
    counted = _.n("{n} component carries", "{n} components carry", kept)
    share = 100 * first["eigenvalue"] / len(case.parallel)
    return _(
        "{counted} more than shuffled answers do (parallel analysis, {items}, n = {n}); the first holds {share} of all variance."
    ).format(counted=counted, items=what(case, len(case.parallel), _), n=_.number(len(case.complete)), share=_.percent(share))


def misplaced(case: Coherence, _: Language) -> str:
    table = case.placement
    if not table["misplaced"].any():
        return _("None of {n} items goes clearly better with another domain than with its own.").format(n=_.number(len(table)))
    return _(
        "{k} of {n} items go clearly better with another domain than with their own. With {n} items looked at, one in forty or so does by chance alone."
    ).format(k=_.number(table["misplaced"].sum()), n=_.number(len(table)))


def ladder(case: Coherence, _: Language) -> str:
    h = case.scalability
    strength = _("no ladder to speak of") if h < LEAST else _("a weak ladder") if h < GOOD else _("a strong ladder")
    thing = _("level that meets") if case.evidence.from_levels else _("best answer")
    return _(
        "If all units took the same steps in the same order, whoever has a rare one would have all common ones, and Loevinger's H would be 1; it would be 0 if they went together by chance only. Here it is {h}: {strength} (n = {n}; a step is the {thing})."
    ).format(h=r(h, _), strength=strength, n=_.number(len(case.adopted)), thing=thing)


def method(case: Coherence, _: Language) -> dict[str, str]:
    return {
        _("Items"): _("Only levels are published, so each domain's level from 1 to 4 is taken as one item.") if case.evidence.from_levels
        else _("Item answers from 0 to 1, the better one higher; a missing answer is left out of the pairs that it would be in."),
        _("Alpha, omega"): _("Alpha after Cronbach (KR-20 for yes/no items), interval from 1,000 bootstrap samples of the units; omega total of one factor by maximum likelihood."),
        _("Polychoric correlations"): _("Two steps, maximum likelihood, all pairs; an empty cell of a fourfold table counts half a unit."),
        _("Item and rest"): _("Pearson's correlation of the item with the mean of all others; Fisher's interval."),
        _("Components"): _("Horn's parallel analysis: eigenvalues against those of 500 shuffles of each item's answers among the units."),
        _("Misplaced"): _("An item that goes better with another domain's mean than with the rest of its own by more than 1.96 standard errors of the difference."),
        _("Limits"): _("Coherence is not validity: answers can agree because one person filled in the form. The figures tell the existence of policies as reported or written in law."),
    }  # fmt: skip


def sources(case: Coherence, _: Language) -> list[dict[str, str]]:
    return words_practices.sources(case.evidence, _)
