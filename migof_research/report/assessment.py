"""What the assessment report shows: the figures and tables of one case, ready for ``page.figure(**...)`` and ``page.table(**...)``."""

from typing import Any

import pandas as pd

from migof_research.analysis.assessment import Assessment
from migof_research.frameworks import load
from migof_research.report import figures
from migof_research.report import words_assessment as words
from migof_research.report.wording import Language

Shown = dict[str, Any]
CLIP = 80  # characters of a source or note that are shown


def profile(case: Assessment, _: Language) -> Shown:
    """Figure: score or range of each domain on the bands."""
    data = case.scores, case.bands, case.framework, _
    return {
        "fig": figures.domain_profile(*data),
        "alt": figures.domain_profile_alt(*data),
        "name": "domains",
        "caption": _("Score and band of each {node}, {year} (n = {n} items)").format(
            node=case.framework.node_word.get(_.code), year=case.year, n=_.number(len(case.items))
        ),
    }


def standing(case: Assessment, _: Language) -> Shown:
    """Table: band, score, coverage and margins of every node, and bounds where answers are missing."""
    bounds = {"lower": _("lowest"), "upper": _("highest")} if len(case.unknown) else {}
    return {
        "df": words.standing(case, _),
        "name": "standing",
        "caption": _("Score, bounds, coverage and margins, {year}").format(year=case.year),
        "columns": {
            "name": case.framework.node_word.get(_.code).capitalize(), "band": _("Band"), "score": _("by the rule"), **bounds,
            "answered": _("Answered"), "gain": _("gain"), "lose": _("lose"),
        },
        "spanners": {_("Score"): ["score", *bounds], _("Answers to a band"): ["gain", "lose"]},
        "formats": {"score": "number:1", "lower": "number:1", "upper": "number:1"},
        "notes": [words.standing_note(_)],
    }  # fmt: skip


def _clipped(text: str) -> str:
    """The beginning of a long source or note; the download has all of it."""
    return text if len(text) <= CLIP else text[: CLIP - 1] + "…"


def _items(case: Assessment, items: pd.DataFrame, name: str, caption: str, columns: dict[str, str], _: Language) -> Shown:
    table = words.areas(case, items, _)
    texts = {key: heading for key, heading in {"source": _("Source"), "note": _("Note")}.items() if (table[key] != "").any()}
    return {
        "df": table,
        "name": name,
        "caption": caption,
        "columns": {"text": _("Item"), "domain": _("Part")} | columns | texts,
        "formats": dict.fromkeys(texts, _clipped),
    }


def well_developed(case: Assessment, _: Language) -> Shown:
    """Table: the items with the best answer."""
    caption = _("Well-developed areas, {year} (n = {n})").format(year=case.year, n=_.number(len(case.well_developed)))
    return _items(case, case.well_developed, "well-developed", caption, {"answer": _("Answer")}, _)


def potential(case: Assessment, _: Language) -> Shown:
    """Table: the items with any other answer, and what the best one would be."""
    caption = _("Areas with potential for further development, {year} (n = {n})").format(
        year=case.year, n=_.number(len(case.potential))
    )
    return _items(case, case.potential, "potential", caption, {"answer": _("Answer"), "best": _("Best answer")}, _)


def unknown(case: Assessment, _: Language) -> Shown:
    """Table: the items without an answer, and why."""
    caption = _("Items without an answer, {year} (n = {n})").format(year=case.year, n=_.number(len(case.unknown)))
    return _items(case, case.unknown, "no-answer", caption, {"answer": _("Why missing")}, _)


def change(case: Assessment, _: Language) -> Shown:
    """Figure: scores on the items answered both times."""
    data = case.progress, case.framework, _
    n = (case.basket["missing"] == "none").sum() // 2
    return {
        "fig": figures.change(*data),
        "alt": figures.change_alt(*data),
        "name": "change",
        "caption": _("Scores in {start} and {end} on the {n} items answered both times").format(
            start=case.earlier, end=case.year, n=_.number(n)
        ),
    }


def changed(case: Assessment, _: Language) -> Shown:
    """Table: every item whose answer rose or fell."""
    table = words.changed(case, _)
    return {
        "df": table,
        "name": "changed",
        "caption": _("Items that changed from {start} to {end}: {n} of those answered both times").format(
            start=case.earlier, end=case.year, n=_.number(len(table))
        ),
        "columns": {
            "text": _("Item"), "domain": _("Part"), "start": str(case.earlier), "end": str(case.year),
            "direction": _("Change"),
        },
    }  # fmt: skip


def mapped(case: Assessment, view: str, _: Language) -> Shown:
    """Table: what is in place for each node of another framework."""
    other = load(view)
    return {
        "df": words.mapped(case, view, _),
        "name": f"by-{view.replace('_', '-')}",
        "caption": _("The assessment by {framework}").format(framework=other.title.get(_.code)),
        "columns": {
            "name": other.node_word.get(_.code).capitalize(), "share": _("Score, 0 to 100"), "in_place": _("in place"),
            "answered": _("answered"), "items": _("that apply"), "how": _("Basis of the link"),
        },
        "spanners": {_("Items"): ["in_place", "answered", "items"]},
    }  # fmt: skip


def side_by_side(case: Assessment, _: Language) -> Shown:
    """Table: national and local units by MiGOF element."""
    table = words.side_by_side(case, _)
    return {
        "df": table,
        "name": "side-by-side",
        "caption": _("National and local side by side: what is in place of 100, by MiGOF element"),
        "columns": {"element": _("MiGOF element")} | {unit: unit for unit in table.columns[1:]},
        "notes": [words.side_by_side_note(case, _)],
    }  # fmt: skip


def results(case: Assessment, _: Language) -> Shown:
    """Table for planning and reporting."""
    start = case.year if case.earlier is None else case.earlier
    measured = _("Measured in {year}").format(year=case.year) if case.earlier else _("Measured next")
    return {
        "df": words.results(case, _),
        "name": "results",
        "caption": _("Results for planning and reporting: baseline, what is measured, target and progress"),
        "columns": {
            "name": _("Result"), "what": _("What is measured"), "baseline": _("Baseline {year}").format(year=start), "measured": measured,
            "target": _("Target"), "by": _("By"), "progress": _("Progress"),
        },
        "formats": {"target": "number:0", "progress": "percent:0"},
        "notes": [words.results_note(_)],
    }  # fmt: skip
