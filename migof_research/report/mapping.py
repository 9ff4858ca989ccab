"""What the mapping report shows: the figure and tables, ready for ``page.figure(**...)`` and ``page.table(**...)``."""

from typing import Any

import pandas as pd

from migof_research.analysis.mapping import side_by_side as compare
from migof_research.frameworks import available, load
from migof_research.frameworks.crosswalk import NOT_COVERED, between
from migof_research.frameworks.crosswalk import table as all_links
from migof_research.report import words_mapping as words
from migof_research.report.figures.crosswalk import crosswalk, crosswalk_alt
from migof_research.report.wording import Language

Shown = dict[str, Any]
IN_FIGURE = ("sdg_10_7_2", "sdg_10_7_2_2016", "mgi_2016", "mgi", "mgi_local", "gcm", "sdg_targets")  # whose codes are short


def overview(table: pd.DataFrame, _: Language) -> Shown:
    """Figure: the codes of each framework by MiGOF element."""
    names = {id: words.short(id, _) for id in IN_FIGURE}
    return {
        "fig": crosswalk(table, names, _),
        "alt": crosswalk_alt(table, names, _),
        "name": "crosswalk",
        "caption": _("Which nodes of each framework serve each element of MiGOF"),
        "notes": [words.not_drawn(_)],
    }


def frameworks(_: Language) -> Shown:
    """Table: the frameworks there are."""
    return {
        "df": words.frameworks(available(), _),
        "name": "frameworks",
        "caption": _("The frameworks, their size and source"),
        "columns": {
            "title": _("Framework"), "version": _("Version"), "nodes": _("Nodes"), "items": _("Items"), "source": _("Source"),
            "basis": _("Link to MiGOF"),
        },
        "notes": [_("A dash: the framework comes without items, so nothing is scored by it.")],
    }  # fmt: skip


def between_two(one: str, other: str, file: str, _: Language) -> Shown:
    """Table: how one framework maps to another, down to items where that is known."""
    found, first, second = between(one, other, file or None), load(one), load(other)
    linked = (found["relation"] != NOT_COVERED).sum()
    return {
        "df": words.links(found, first, second, _),
        "name": "links",
        "caption": _("From {one} to {other}: {n} links, and what is not covered on either side").format(
            one=first.title.get(_.code), other=second.title.get(_.code), n=_.number(linked)
        ),
        "columns": {"from": _("From"), "to": _("To"), "relation": _("Relation"), "basis": _("Basis"), "source": _("Source")},
    }


def instruments(_: Language) -> Shown:
    """Table: related instruments beside the node they serve."""
    return {
        "df": words.instruments(_),
        "name": "instruments",
        "caption": _("Related instruments and the nodes they serve"),
        "columns": {"name": _("Instrument"), "about": _("What it is"), "serves": _("Serves"), "basis": _("Basis")},
    }


def elements_file(table: pd.DataFrame, _: Language) -> Shown:
    """For download: the frameworks side by side, with what is not covered."""
    return {"df": table, "name": "side-by-side", "about": _("Nodes of every framework by MiGOF element, with what is not covered")}


def links_file(file: str, _: Language) -> Shown:
    """For download: the whole table of links, to edit and give back."""
    about = _("All links between frameworks: edit it and give it back by the parameter crosswalk")
    return {"df": all_links(file or None), "name": "crosswalk", "about": about}


__all__ = ["between_two", "compare", "elements_file", "frameworks", "instruments", "links_file", "overview"]
