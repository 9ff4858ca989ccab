"""What the coherence report shows, ready for ``page.figure(**...)``, ``page.table(**...)`` and ``page.download(**...)``."""

from typing import Any

import numpy as np
import pandas as pd

from migof_research.analysis.coherence import Coherence
from migof_research.report import figures
from migof_research.report import words_coherence as words
from migof_research.report.wording import Language

Shown = dict[str, Any]
MOST = 12  # items in the figure: those that go least with the rest


def sets(case: Coherence, _: Language) -> Shown:
    """Table: alpha with its interval, ordinal alpha and omega, of the whole and each domain."""
    values = ["alpha", "lower", "upper", "ordinal_alpha", "omega", "ordinal_omega"]
    return {
        "df": case.sets.assign(name=[words.node(case, node, _) for node in case.sets["node"]]),
        "name": "sets",
        "caption": _("How the whole hangs together") if len(case.sets) == 1 else _("How the whole and each domain hang together"),
        "columns": {
            "name": _("Set"), "items": _("Items"), "n": _("Units (n)"), "alpha": _("alpha"), "lower": _("from"), "upper": _("to"),
            "omega": _("omega"), "ordinal_alpha": _("alpha"), "ordinal_omega": _("omega"),
        },
        "spanners": {_("Answers as numbers"): ["alpha", "lower", "upper", "omega"], _("Polychoric"): ["ordinal_alpha", "ordinal_omega"]},
        "formats": dict.fromkeys(values, "number:2"),
        "notes": [_("From and to: 95% bootstrap interval of alpha. A dash: the correlations of so few units allow no factor.")],
    }  # fmt: skip


def item_rest(case: Coherence, _: Language) -> Shown:
    """Figure: the items that go least with the rest."""
    table = case.items.head(MOST)
    rows = pd.DataFrame(
        {
            "name": [words.item(case, id, _) for id in table["item"]],
            "estimate": table["item_rest"],
            "lower": table["lower"],
            "upper": table["upper"],
            "hollow": table["lower"] <= 0,
            "bold": [f"{words.r(row.item_rest, _)} ({words.r(row.lower, _)}; {words.r(row.upper, _)})" for row in table.itertuples()],
            "plain": [_("n = {n}").format(n=_.number(n)) for n in table["n"]],
        }
    )
    step = 0.25 if table["lower"].min() > -0.25 else 0.5
    least = min(0.0, step * np.floor(table["lower"].min() / step))
    ticks = {tick: _.number(tick, 2) for tick in np.arange(least, 1.01, step)}
    note = _("Correlation of each with the mean of all others; line: 95% interval (Fisher). Hollow: the interval reaches 0.")
    caption = (
        _("How the {n} that go least with the rest go with it, of {items}")
        if len(case.items) > MOST
        else _("How each goes with the rest: {items}")
    )
    return {
        "fig": figures.intervals(rows, ticks, note, reference=0.0 if least < 0 else None),
        "alt": figures.intervals_alt(rows, _("Correlation of each item with the rest."), _),
        "name": "item-rest",
        "caption": caption.format(n=_.number(len(table)), items=words.what(case, len(case.items), _)),
    }


def items(case: Coherence, _: Language) -> Shown:
    """Table: every item's part."""
    table = case.items.assign(name=[words.item(case, id, _) for id in case.items["item"]], code=case.items["item"])
    mean = _("Mean level") if case.evidence.from_levels else _("Mean (0 to 1)")
    return {
        "df": table,
        "name": "items",
        "caption": _("Each item's part, from the one that goes least with the rest"),
        "columns": {
            "name": _("Item"), "code": _("Code"), "n": "n", "mean": mean, "item_rest": _("With the rest"), "lower": _("from"),
            "upper": _("to"), "alpha_without": _("Alpha without it"),
        },
        "formats": dict.fromkeys(["mean", "item_rest", "lower", "upper", "alpha_without"], "number:2"),
    }  # fmt: skip


def scree(case: Coherence, _: Language) -> Shown:
    """Figure: components beside chance."""
    return {
        "fig": figures.scree(case.parallel, _),
        "alt": figures.scree_alt(case.parallel, _),
        "name": "components",
        "caption": _("Components of {items} beside shuffled answers, n = {n}").format(
            items=words.what(case, len(case.parallel), _), n=_.number(len(case.complete))
        ),
    }


def between(case: Coherence, _: Language) -> Shown:
    """Table: how the domains go with one another."""
    matrix = case.between.where(np.tril(np.ones(case.between.shape, bool), -1))
    codes = {node: node if len(node) <= 3 else str(place) for place, node in enumerate(matrix.index, 1)}
    table = matrix.assign(name=[f"{codes[node]} {words.node(case, node, _)}" for node in matrix.index])
    how = _("polychoric correlations of their levels") if case.evidence.from_levels else _("correlations of the means of their items")
    return {
        "df": table,
        "name": "between",
        "caption": _("How the domains go with one another: {how}, n = {n}").format(how=how, n=_.number(len(case.values))),
        "columns": {"name": _("Domain"), **{node: codes[node] for node in matrix.index[:-1]}},
        "formats": dict.fromkeys(matrix.index, "number:2"),
    }


def misplaced(case: Coherence, _: Language) -> Shown:
    """Table: the items that go better with another domain."""
    table = case.placement[case.placement["misplaced"]]
    names = {"name": "item", "home": "domain", "there": "other"}
    table = table.assign(
        **{new: [words.item(case, id, _) if new == "name" else words.node(case, id, _) for id in table[old]] for new, old in names.items()}
    )
    return {
        "df": table,
        "name": "misplaced",
        "caption": _("Items that go better with another domain than with their own"),
        "columns": {
            "name": _("Item"),
            "home": _("Domain"),
            "own": _("with its rest"),
            "there": _("Goes better with"),
            "best_other": _("with it"),
        },
        "formats": dict.fromkeys(["own", "best_other"], "number:2"),
        "notes": [_("A hint to look at the wording, no verdict.")],
    }


def ladder(case: Coherence, _: Language) -> Shown:
    """Table: the measures from the commonest to the rarest, and how well each fits the order."""
    table = case.ladder.assign(name=[words.item(case, id, _) for id in case.ladder["item"]])
    columns = {"name": _("Item"), "n": "n", "share": _("Units (%)"), "h": _("H"), "difficulty": _("Difficulty (logits)")}
    return {
        "df": table,
        "name": "ladder",
        "caption": _("From the commonest to the rarest, and how well each fits the order"),
        "columns": {column: heading for column, heading in columns.items() if column in table},
        "formats": {"h": "number:2", "difficulty": "signed:2"} if "difficulty" in table else {"h": "number:2"},
        "notes": [_("Difficulty: height on the ladder by Rasch's model, mean 0.")] * ("difficulty" in table),
    }


def correlations_file(case: Coherence, _: Language) -> Shown:
    """Data: all polychoric correlations."""
    return {
        "df": case.correlations.rename_axis("item").reset_index(),
        "name": "polychoric",
        "about": _("Polychoric correlations of all pairs of items"),
    }
