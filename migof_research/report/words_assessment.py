"""The words and tables of the assessment report, written from its figures: each sentence has its number and n."""

from typing import Any

import pandas as pd

from migof_research.analysis.assessment import Assessment
from migof_research.frameworks import OVERALL, Framework, load
from migof_research.indicators import units
from migof_research.indicators import words as answer_words
from migof_research.report.figures.scale import band_name, score_words
from migof_research.report.wording import MISSING, Language


def name(unit: str, _: Language) -> str:
    """A country's name; a local unit's code with its country."""
    country = units.name(unit[:3], _.code)
    return country if len(unit) == 3 else f"{unit[4:].replace('-', ' ').capitalize()} ({country})"


def node_name(framework: Framework, node: str, _: Language) -> str:
    return _("Overall") if node == OVERALL else framework.label(node, _.code)


def doubt(basis: str | None, _: Language) -> str:
    """What is said after a name that was not read in a source."""
    said = {"unverified": _("unverified"), "own": _("our own wording")}.get(basis or "", "")
    return f" ({said})" if said else ""


def item_name(framework: Framework, item: str, _: Language) -> str:
    found = next(one for one in framework.items() if one.id == item)
    return found.text.get(_.code) + doubt(found.basis, _)


def answer_name(framework: Framework, item: str, answer: str, _: Language) -> str:
    """The label of an answer, in the reader's language."""
    if not answer:
        return MISSING
    scale = framework.scales[next(one.scale for one in framework.items() if one.id == item)]
    option = next(option for option in scale.options if option.answer == answer)
    return option.label.get(_.code) if option.label else option.answer


def best_answer(framework: Framework, item: str, _: Language) -> str:
    found = next(one for one in framework.items() if one.id == item)
    points = framework.scales[found.scale].points
    best = (max if found.yes_is == "good" else min)(points, key=lambda answer: points[answer])
    return answer_name(framework, item, best, _)


def subtitle(case: Assessment, _: Language) -> str:
    return _("Assessed by {framework}, {year}").format(framework=case.framework.title.get(_.code), year=case.year)


def card(case: Assessment, _: Language) -> dict[str, Any]:
    """What the index lists of this report."""
    scheme, bands = case.framework.bands, case.bands.set_index("node")["band"]
    shown = {node: bands[node] for node in (OVERALL, *case.framework.domains) if pd.notna(bands[node])}
    return {
        "name": name(case.unit, _),
        "year": case.year,
        "bands": {node: {"id": id, "label": scheme.label(id, _.code), "colour": scheme.colour(id)} for node, id in shown.items()},
        "node_labels": {node: node_name(case.framework, node, _) for node in shown},
    }


def summary(case: Assessment, _: Language) -> list[str]:
    """Overall, coverage, areas, change: four sentences."""
    whole = case.scores.set_index("node").loc[OVERALL]
    counts = [len(table) for table in (case.well_developed, case.potential, case.unknown)]
    applicable = sum(counts)
    sentences = [
        _("{name} scores {score} of 100 overall in {year}: {band}. {answered} of {items} items that apply were answered.").format(
            name=name(case.unit, _), score=score(whole, _), year=case.year, band=band(case, OVERALL, _),
            answered=_.number(whole["answered"]), items=_.number(whole["items"]),
        ),
        _("Of {n} items, {good} are well developed and {open} have potential for further development; without an answer: {unknown}.").format(
            n=_.number(applicable), good=_.number(counts[0]), open=_.number(counts[1]), unknown=_.number(counts[2])
        ),
    ]  # fmt: skip
    return [*sentences, *_extremes(case, _), _change(case, _)]


def score(row: pd.Series, _: Language) -> str:
    """The score by the framework's rule where there is one, else the range in which it lies."""
    if pd.notna(row["score"]):
        return score_words(row["score"], row["score"], _)
    return score_words(row["lower"], row["upper"], _)


def band(case: Assessment, node: str, _: Language) -> str:
    return band_name(case.bands.set_index("node").loc[node], case.framework.bands, _)


def _extremes(case: Assessment, _: Language) -> list[str]:
    """The domains with the highest and lowest share in place; nothing where all are alike or bounds overlap."""
    scores = case.scores[case.scores["node"].isin(case.framework.domains)].dropna(subset="lower")
    high, low = scores[scores["lower"] == scores["lower"].max()], scores[scores["upper"] == scores["upper"].min()]
    if high.empty or high["lower"].iloc[0] <= low["upper"].iloc[0]:
        return []

    def told(rows: pd.DataFrame) -> str:
        return _.join(f"{node_name(case.framework, row.node, _)} ({score_words(row.lower, row.upper, _)})" for row in rows.itertuples())

    return [_("Highest: {high}; lowest: {low}.").format(high=told(high), low=told(low))]


def _change(case: Assessment, _: Language) -> str:
    if case.earlier is None:
        return _("There is no earlier assessment, so nothing is said about change.")
    n = (case.basket.query("year == @case.year")["missing"] == "none").sum()
    changes = case.changed_items["change"]
    return _("Since {year}, {up} of {n} items answered both times rose and {down} fell.").format(
        year=case.earlier, n=_.number(n), up=_.number((changes > 0).sum()), down=_.number((changes < 0).sum())
    )


def standing(case: Assessment, _: Language) -> pd.DataFrame:
    """A row a node: ``name, band, score, lower, upper, answered, gain, lose``."""
    table = case.scores.merge(case.bands.drop(columns=["unit", "year", "framework"]), on="node")
    return table.assign(
        name=[f"{MISSING} " * (depth(case, node) - 1) + node_name(case.framework, node, _) for node in table["node"]],
        band=[band_name(row, case.framework.bands, _) if pd.notna(row["lower"]) else MISSING for _i, row in table.iterrows()],
        answered=[_("{n} of {items}").format(n=_.number(row.answered), items=_.number(row.items)) for row in table.itertuples()],
        gain=[_range(low, high, _) for low, high in zip(table["to_gain_min"], table["to_gain_max"], strict=True)],
        lose=[_range(low, high, _) for low, high in zip(table["to_lose_min"], table["to_lose_max"], strict=True)],
    )[["name", "band", "score", "lower", "upper", "answered", "gain", "lose"]]


def depth(case: Assessment, node: str) -> int:
    return 1 if node == OVERALL else case.framework.depth(case.framework.node(node))


def _range(low: Any, high: Any, _: Language) -> str:
    return MISSING if pd.isna(low) else _.range(int(low), int(high))


def areas(case: Assessment, items: pd.DataFrame, _: Language) -> pd.DataFrame:
    """A row an item: ``text, domain, answer, best, source, note``; a missing answer is given with its reason."""
    reasons = answer_words.reasons()
    said = [
        answer_name(case.framework, row.item, row.answer, _) if row.missing == "none" else reasons[row.missing].get(_.code)
        for row in items.itertuples()
    ]
    return items.assign(
        domain=[node_name(case.framework, node, _) for node in items["node"]],
        text=[f"{item} {item_name(case.framework, item, _)}" for item in items["item"]],
        answer=said,
        best=[best_answer(case.framework, item, _) for item in items["item"]],
    )[["text", "domain", "answer", "best", "source", "note"]]


def changed(case: Assessment, _: Language) -> pd.DataFrame:
    """A row an item that changed: ``text, domain, start, end, direction``."""
    table = case.changed_items
    return table.assign(
        domain=[node_name(case.framework, node, _) for node in table["node"]],
        text=[f"{item} {item_name(case.framework, item, _)}" for item in table["item"]],
        start=[answer_name(case.framework, *pair, _) for pair in zip(table["item"], table["answer_start"], strict=True)],
        end=[answer_name(case.framework, *pair, _) for pair in zip(table["item"], table["answer_end"], strict=True)],
        direction=[_("rose") if change > 0 else _("fell") for change in table["change"]],
    )[["text", "domain", "start", "end", "direction"]]


def mapped(case: Assessment, view: str, _: Language) -> pd.DataFrame:
    """A row a node of the other framework: ``name, share, in_place, answered, items, how, codes``."""
    table, other = case.mapped(view), load(view)
    counts = table[["in_place", "answered", "items"]].astype("Int64").where(table["items"] > 0)
    bases = {"stated": _("stated"), "inferred": _("inferred"), "": MISSING}
    return table.assign(
        name=[f"{node} {other.label(node, _.code)}" + doubt(other.node(node).basis, _) for node in table["node"]],
        share=[_("not covered") if not row.items else score_words(row.lower, row.upper, _) for row in table.itertuples()],
        how=[_how(bases[row.basis], row.via, _) for row in table.itertuples()],
    ).assign(**counts)[["name", "share", "in_place", "answered", "items", "how", "codes"]]


def _how(basis: str, via: str, _: Language) -> str:
    return _("{basis}, through {elements}").format(basis=basis, elements=via) if via else basis


def side_by_side(case: Assessment, _: Language) -> pd.DataFrame:
    """A row a MiGOF element, a column a unit: what is in place, as a share or range, with how many items."""
    table, migof = case.side_by_side.sort_values("unit", kind="stable"), load("migof")
    table["unit"] = [f"{name(row.unit, _)} {row.year}" for row in table.itertuples()]
    table["said"] = [
        _("{score} (n = {n})").format(score=score_words(row.lower, row.upper, _), n=_.number(row.items)) if row.items else _("not covered")
        for row in table.itertuples()
    ]
    wide = table.pivot(index="node", columns="unit", values="said").loc[migof.domains, table["unit"].unique()]
    wide.insert(0, "element", [f"{node} {migof.label(node, _.code)}" for node in wide.index])
    return wide.reset_index(drop=True).rename_axis(columns=None)


def results(case: Assessment, _: Language) -> pd.DataFrame:
    """A row a node or item: ``name, what, baseline, measured, target, by, progress``."""
    table, items = case.results, {item.id for item in case.framework.items()}
    sizes = case.scores.set_index("node")["items"]

    def what(node: str) -> str:
        if node in items:
            return _("the answer to this item, in points of 0 to 100")
        return _.n("score of 0 to 100 over {n} item", "score of 0 to 100 over {n} items", int(sizes[node]))

    return table.assign(
        name=[item_name(case.framework, node, _) if node in items else node_name(case.framework, node, _) for node in table["node"]],
        what=[what(node) for node in table["node"]],
        baseline=[score_words(row.baseline_lower, row.baseline_upper, _) for row in table.itertuples()],
        measured=[MISSING if pd.isna(row.lower) else score_words(row.lower, row.upper, _) for row in table.itertuples()],
        by=table["by"].fillna(""),
    )[["node", "name", "what", "baseline", "measured", "target", "by", "progress"]]


def standing_note(_: Language) -> str:
    return _(
        "Lowest and highest: every missing answer at its worst, and at its best. A dash under answers: no band above or below, or the range lies in more than one band."
    )


def side_by_side_note(case: Assessment, _: Language) -> str:
    return _("Each unit by its latest assessment up to {year}; n: items that apply. Units may answer different items.").format(
        year=case.year
    )


def results_note(_: Language) -> str:
    return _(
        "Progress: the part of the way from the baseline to the target that is done; below 0 where the result moved away. Targets are set by the user (parameter targets); a dash: none set, or a score not known exactly."
    )


def mapping_text(case: Assessment, _: Language) -> str:
    return _(
        "The items of this assessment, counted again by what they serve in other frameworks: 100 where all items that serve a node are in place. This is a reading aid and not the other framework's score. Not covered means that no item here serves the node; it says nothing about {name}."
    ).format(name=name(case.unit, _))


def method(case: Assessment, _: Language) -> dict[str, str]:
    """Method and limits, in terms of this report."""
    rules = {
        "zero": _("A missing answer counts as the worst one."),
        "available": _("A missing answer is left out of the mean."),
        "bounds": _("Where answers are missing, the score is given as a range: all of them at their worst, and at their best."),
    }
    scheme, framework = case.framework.bands, case.framework
    own = _("The cuts are a default of this project, not of the framework's authors.") if scheme.basis == "own" else ""
    entries = {
        _("Scores"): _("{n} items in {domains} domains; each item from 0 (worst answer) to 1 (best), exact until it is rounded here.").format(
            n=_.number(len(framework.items())), domains=_.number(len(framework.domains))
        ),
        _("Missing answers"): rules[framework.missing] + " " + _("Not applicable leaves the count."),
        _("Bands"): " ".join(
            part for part in (_("{cuts}, closed on the left.").format(cuts=_cuts(case, _)), own, scheme.note.get(_.code) if scheme.note else "") if part
        ),
        _("Areas"): _("Well developed: the best answer. Potential for further development: any other answer. No answer: neither."),
        _("Change"): _("Only items answered both times are compared, so that the same basket is measured."),
        _("Mapping"): _("Links between frameworks are SKOS relations, each stated in a source or inferred by this project; they can be replaced."),
        _("Limits"): _("An assessment tells which laws, policies and institutions exist, as its assessors found them, not how they are carried out."),
    }
    if framework.about:
        entries = {framework.title.get(_.code): framework.about.get(_.code)} | entries
    return entries


def _cuts(case: Assessment, _: Language) -> str:
    bands = case.framework.bands.bands
    return _.join(_("{band} from {cut}").format(band=band.label.get(_.code), cut=score_words(float(band.from_), float(band.from_), _)) for band in bands)


def sources(case: Assessment, _: Language) -> list[dict[str, str]]:
    """The framework's sources, and the crosswalk."""
    found = []
    for source in case.framework.sources:
        note = source.note.get(_.code) if source.note else ""
        found.append({"title": source.title, "publisher": source.publisher or "", "year": source.date or "", "note": note.rstrip(".")})
    return [*found, {"title": _("Answers as given in the assessment's file"), "publisher": name(case.unit, _), "year": str(case.year)}]
