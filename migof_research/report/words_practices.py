"""The words and tables of the good-practices report, written from its figures: effect before p, each number with its n."""

from typing import Any

import pandas as pd

from migof_research.analysis import transitions
from migof_research.analysis.evidence import ALL, Evidence
from migof_research.analysis.practices import FEW
from migof_research.indicators import units
from migof_research.report import words_country
from migof_research.report.figures.scale import practice_name, score_words
from migof_research.report.wording import MISSING, Language
from migof_research.report.words_assessment import name

SURE = 0.05  # q at most this: more than chance would make
WORLD = 1  # M49


def practice(case: Evidence, id: str, _: Language) -> str:
    return practice_name(case.framework, id, _)


def where(case: Evidence, _: Language) -> str:
    """"overall", or "in" a domain."""
    return _("overall") if case.domain == ALL else _("in {domain}").format(domain=case.framework.label(case.domain, _.code))


def count(case: Evidence, n: int, _: Language) -> str:
    """"138 countries"; units where cities or regions are among them."""
    local = any(len(unit) > 3 for unit in case.units)
    return _.n("{n} unit", "{n} units", int(n)) if local else _.n("{n} country", "{n} countries", int(n))


def part(case: Evidence, _: Language) -> str:
    """What a caption adds where not all practices are listed."""
    if len(case.listed) == len(case.shown):
        return ""
    return " " + _("({shown} of {n} practices, those with the largest differences)").format(
        shown=_.number(len(case.listed)), n=_.number(len(case.shown))
    )


def title(case: Evidence, _: Language) -> str:
    what = _("all domains") if case.domain == ALL else case.framework.label(case.domain, _.code)
    return _("Good practices: {what}").format(what=what)


def subtitle(case: Evidence, _: Language) -> str:
    who = count(case, len(case.units), _)
    if case.area != WORLD:
        who = _("{units} in {area}").format(units=who, area=units.area_name(case.area, _.code))
    when = _("latest answers") if case.asked == "latest" else case.asked
    return _("{framework}; {who}, {when}").format(framework=case.framework.title.get(_.code), who=who, when=when)


def card(case: Evidence, _: Language) -> dict[str, Any]:
    return {"name": title(case, _), "year": None if case.asked == "latest" else int(case.asked), "summary": summary(case, _)[0]}


def top(case: Evidence, _: Language) -> str:
    """Who is at the top, as a phrase: a band, or the upper half."""
    cut = score_words(case.cut, case.cut, _)
    if case.top is None:
        return _("in the upper half (a score of {cut} or more)").format(cut=cut)
    return _("at {band} or higher (a score of {cut} or more)").format(band=case.framework.bands.label(case.top, _.code), cut=cut)


def strata(case: Evidence, _: Language) -> str:
    return {"region": _("SDG region"), "income": _("income group")}[case.strata]


def probability(value: float, _: Language) -> str:
    """"0.012", or "<0.001"."""
    if pd.isna(value):
        return MISSING
    return f"<{_.number(0.001, 3)}" if value < 0.001 else _.number(value, 3)


def summary(case: Evidence, _: Language) -> list[str]:
    own = case.found_listed[case.found_listed["practice"].isin(case.shown)]
    if own.empty:
        return [
            _("Nothing can be compared: there are not {units} on both sides of a score of {cut} (n = {n}).").format(
                units=count(case, 1, _), cut=score_words(case.cut, case.cut, _), n=_.number(len(case.units))
            )
        ]
    return [difference(case, own.iloc[0], _), typical(case, own.iloc[0], _), chance(case, _), *_adoptions(case, _)]


def difference(case: Evidence, row: pd.Series, _: Language) -> str:
    """The finding of one practice: shares with their n, the difference with its interval, then q."""
    return _(
        "{name}: {has_top} of the {n_top} that are {top} without it have it ({top_share}), and {has_rest} of the {n_rest} others ({rest_share}). The difference is {difference} percentage points (95% interval {lower} to {upper}; adjusted p: {q})."
    ).format(
        name=practice(case, row["practice"], _), top=top(case, _),
        has_top=_.number(row["has_top"]), n_top=_.number(row["n_top"]), top_share=_.percent(row["prevalence_top"]),
        has_rest=_.number(row["has_rest"]), n_rest=_.number(row["n_rest"]), rest_share=_.percent(row["prevalence_rest"]),
        difference=_.signed(row["risk_difference"]), lower=_.signed(row["lower"]), upper=_.signed(row["upper"]), q=probability(row["q"], _),
    )  # fmt: skip


def typical(case: Evidence, row: pd.Series, _: Language) -> str:
    return _("The typical practice (median of {n}) differs by {typical} points; this one lies {beyond} points from it.").format(
        n=_.number(len(case.found)), typical=_.signed(case.typical), beyond=_.signed(row["beyond_typical"])
    )


def chance(case: Evidence, _: Language) -> str:
    """How many practices differ beyond chance, over how many units."""
    table = case.found if case.domain == ALL else case.found_listed
    sure = int((table["q"] <= SURE).sum())
    said = _("Of {n} practices, {sure} differ by more than chance would make") if sure else _(
        "None of {n} practices differs by more than chance would make: the list tells where to look, and is no finding"
    )
    return said.format(n=_.number(len(table)), sure=_.number(sure)) + " " + _(
        "(Fisher's exact test, adjusted p at most {level}; {units}, of which up to {unsure} are left out because their side is open without the practice)."
    ).format(level=_.number(SURE, 2), units=count(case, len(case.units), _), unsure=_.number(table["unsure"].max()))


def _adoptions(case: Evidence, _: Language) -> list[str]:
    if len(case.years) < 2:
        return []
    changes = case.changes["change"].value_counts()
    more = case.held_ever.dropna(subset="has").groupby("unit")["year"].nunique().gt(1).sum()
    return [
        _("From {start} to {end}, {units} answered more than once; among them practices were adopted {adopted} times and dropped {dropped} times.").format(
            start=case.years[0], end=case.years[-1], units=count(case, more, _),
            adopted=_.number(changes.get("adopted", 0)), dropped=_.number(changes.get("dropped", 0)),
        )
    ]  # fmt: skip


def what_is_compared(case: Evidence, _: Language) -> str:
    """What a practice is here, and how its circle is cut."""
    if case.from_levels:
        reached = case.framework.bands.label(case.framework.bands.ids[2], _.code)
        return _("Only levels are published, so a practice here is a domain at {reached} or higher. Each country's side is decided by its five other domains alone: it is {top}, or below. Where these leave both open it is not counted.").format(
            reached=reached, top=top(case, _)
        )
    return _("A practice here is an item at its best answer. Each unit's side is decided by all its other items: it is {top}, or below. Where missing answers leave both open it is not counted.").format(
        top=top(case, _)
    )


def small_cells(case: Evidence, _: Language) -> list[str]:
    """A note that names the practices with a cell of fewer than five."""
    few = case.found_listed[case.found_listed["fewest"] < FEW]
    if few.empty:
        return []
    if len(few) > FEW:
        return [_("In {n} of {all} practices a group with or without it has fewer than {few} units: read these with care.").format(
            n=_.number(len(few)), all=_.number(len(case.found_listed)), few=_.number(FEW)
        )]  # fmt: skip
    named = _.join(f"{practice(case, row.practice, _)} ({_.number(row.fewest)})" for row in few.itertuples())
    return [_("Fewer than {few} units in the smallest group: {list}. Read these with care.").format(few=_.number(FEW), list=named)]


def small_bands(case: Evidence, _: Language) -> list[str]:
    """A note that names the bands with fewer than five units in some row."""
    few = case.prevalence.loc[case.prevalence["n"] < FEW, "band"].astype(str).unique()
    labels = [band.label.get(_.code) for band in case.framework.bands.bands if band.id in few]
    return [_("Fewer than {few} in some rows: {bands}.").format(few=_.number(FEW), bands=_.join(labels))] if labels else []


def movement(case: Evidence, _: Language) -> str:
    found = transitions.direction(case.transitions)
    return _("From {start} to {end}, of {units} with a sure band in both, {up} rose {where}, {same} stayed and {down} fell. If rises and falls were equally likely, so uneven a split would have a probability of {p} (exact sign test).").format(
        start=case.years[0], end=case.years[-1], where=where(case, _), units=count(case, sum(found[:3]), _),
        up=_.number(found.up), same=_.number(found.same), down=_.number(found.down), p=probability(found.p, _),
    )  # fmt: skip


def over_performers_text(case: Evidence, _: Language) -> str:
    n = int((case.over_performers["position"] == "surely above").sum())
    return _("Of {units}, {n} score {where} above what the others of their region and income group let expect (80% prediction interval); chance alone would put about one in ten there. It tells where a look is worthwhile, not why.").format(
        units=count(case, len(case.over_performers), _), n=_.number(n), where=where(case, _)
    )


def beside_peers(case: Evidence, _: Language) -> str:
    counts = case.strengths_and_gaps["kind"].value_counts()
    return _("{name} has {strengths} practices that fewer than a third of its {n} peers {group} have, and lacks {gaps} that more than half of them have.").format(
        name=name(case.unit, _), n=_.number(len(case.peers)), group=words_country.peer_group(case, _),
        strengths=_.number(counts.get("strength", 0)), gaps=_.number(counts.get("gap", 0)),
    )  # fmt: skip


def distances(case: Evidence, _: Language) -> str:
    """By what the distances are measured."""
    asked = case.asked_peers.split(":", 2)[2] if case.asked_peers.count(":") > 1 else _("region, income group, least developed, landlocked and small island States")
    return _("Distance of Gower from 0 (alike in everything) to 1, by: {variables}. Ties by code.").format(variables=asked)


def method(case: Evidence, _: Language) -> dict[str, str]:
    how = {"bh": _("Benjamini and Hochberg"), "by": _("Benjamini and Yekutieli")}[case.adjust]
    return {
        _("Without the circle"): _(
            "A practice is part of what makes a band, so it is more common in the top band even where answers are pure chance. Each unit is therefore placed by its score without the practice that is tested. On pure noise the naive test finds a practice in more than half of all runs, this one in about one in twenty or fewer."
        ),
        _("The top"): _(
            "The highest band that at least five, and a tenth of all, surely reach while as many are surely below; where no band has that, the upper half. Here: {top}."
        ).format(top=top(case, _)),
        _("Difference"): _("Percentage points between the two shares, with Newcombe's 95% interval. Beyond the typical: minus the median difference of the set."),
        _("Chance"): _("Fisher's exact test, two-sided; q is adjusted by {how} over all {n} practices of the framework.").format(
            how=how, n=_.number(len(case.found))
        ),
        _("Within strata"): _("Mantel-Haenszel odds ratio, units compared only with those of their own {strata}.").format(strata=strata(case, _)),
        _("Expected score"): _(
            "A linear model on region and income group; each unit is predicted from all others, and named only where its whole score range lies above the 80% prediction interval."
        ),
        _("Limits"): _(
            "Association, not effect: what marks the top need not have brought a unit there. The figures tell the existence of policies as reported or written in law, not their implementation."
        ),
    }


def sources(case: Evidence, _: Language) -> list[dict[str, str]]:
    if case.from_levels:
        return words_country.sources(_)
    return [
        {"title": s.title, "publisher": s.publisher or "", "year": s.date or "", "note": s.note.get(_.code).rstrip(".") if s.note else ""}
        for s in case.framework.sources
    ]
