"""What the insights report shows, ready for ``page.figure(**...)``, ``page.table(**...)`` and ``page.download(**...)``."""

from typing import Any

import pandas as pd

from migof_research.analysis.insights import Insights
from migof_research.report import figures
from migof_research.report import words_insights as words
from migof_research.report.wording import Language

Shown = dict[str, Any]
MOST = 12  # measures in a figure


def _percents(_: Language) -> dict[float, str]:
    return {tick: _.percent(tick) for tick in range(0, 101, 20)}


def distribution(case: Insights, _: Language) -> Shown:
    """Table: how many units are in each band, by domain."""
    ids = case.framework.bands.ids
    return {
        "df": case.distribution.assign(name=[words.node(case, node, _) for node in case.distribution["node"]]),
        "name": "bands",
        "caption": _("Units in each band, overall and by domain"),
        "columns": {"name": _("Domain"), "n": "n", **{id: words.band(case, id, _) for id in ids}, "share": _("{goal} (%)").format(
            goal=words.goal(case, _))},
        "spanners": {_("Units in the band"): ids},
        "notes": [_("n: units with a band; where answers are missing a unit may have none.")] * (not case.evidence.from_levels),
    }  # fmt: skip


def grid(case: Insights, kind: str, _: Language) -> Shown:
    """Figure: the share at the goal or above by domain and region, or income group."""
    table, names, goal = case.by(kind), words.groups(case, kind, _), words.goal(case, _)
    note = _("Share at {goal} in per cent, below it n. Groups of fewer than five are not coloured.").format(goal=goal)
    caption = {
        "region": _("Share at {goal} by domain and region, n = {n}"),
        "income": _("Share at {goal} by domain and income group, n = {n}"),
    }
    return {
        "fig": figures.share_grid(table, case.framework, names, note, _),
        "alt": figures.share_grid_alt(table, case.framework, names, _("Share at {goal}.").format(goal=goal), _),
        "name": f"by-{kind}",
        "caption": caption[kind].format(goal=goal, n=_.number(table.query("node == 'overall'")["n"].sum())),
    }


def regions(case: Insights, _: Language) -> Shown:
    """Table: each region's strongest and weakest domain."""
    table = case.regions.assign(
        name=[words.group("region", id, _) for id in case.regions["group"]],
        high=[words.node(case, id, _) for id in case.regions["best"]],
        low=[words.node(case, id, _) for id in case.regions["worst"]],
    )
    return {
        "df": table,
        "name": "regions",
        "caption": _("Each region's strongest and weakest domain, by share at {goal}").format(goal=words.goal(case, _)),
        "columns": {
            "name": _("Region"), "n": "n", "share": _("Overall (%)"), "high": _("Strongest domain"), "best_share": "%",
            "low": _("Weakest domain"), "worst_share": "%",
        },
        "formats": dict.fromkeys(["share", "best_share", "worst_share"], "number"),
        "notes": [_("With few units in a region one of them moves a share by many points. Of equal domains one is named.")],
    }  # fmt: skip


def rarest(case: Insights, _: Language) -> Shown:
    """Figure: the measures that fewest units have."""
    table = case.measures.head(MOST)
    rows = pd.DataFrame(
        {
            "name": [words.measure(case, id, _) for id in table["practice"]],
            "estimate": table["share"],
            "lower": table["lower"],
            "upper": table["upper"],
            "bold": [_.percent(share) for share in table["share"]],
            "plain": [_("{k} of {n}").format(k=_.number(k), n=_.number(n)) for k, n in zip(table["having"], table["n"], strict=True)],
        }
    )
    note = _("Share of the units that have the measure, with its 95% interval (Wilson). {what}").format(what=words.what(case, _))
    return {
        "fig": figures.intervals(rows, _percents(_), note),
        "alt": figures.intervals_alt(rows, _("The measures that fewest units have."), _),
        "name": "rarest",
        "caption": _("The rarest measures, {shown} of {n}").format(shown=_.number(len(table)), n=_.number(len(case.measures))),
    }


def measures(case: Insights, _: Language) -> Shown:
    """Table: how common every measure is."""
    table = words.named(case, case.measures, _)
    columns = {
        "name": _("Measure"),
        "domain": _("Domain"),
        "having": _("Have it"),
        "n": "n",
        "share": _("Share (%)"),
        "lower": _("from"),
        "upper": _("to"),
    }
    if case.evidence.from_levels:
        del columns["domain"]
    return {
        "df": table,
        "name": "measures",
        "caption": _("How common each measure is, the rarest first"),
        "columns": columns,
        "notes": [_("From and to: 95% Wilson interval.")],
    }


def change(case: Insights, _: Language) -> Shown:
    """Figure: the share of each measure in the first and the last year, the largest changes first."""
    known = case.change[case.change["n"] >= words.FEW]
    shown = known.reindex(known["change"].abs().sort_values(ascending=False, kind="stable").index).head(MOST)
    table, (first, last) = shown.sort_values("change", ascending=False, kind="stable"), case.spread
    rows = pd.DataFrame(
        {
            "name": [words.measure(case, id, _) for id in table["practice"]],
            "estimate": table["end"],
            "mark": table["start"],
            "lower": table[["start", "end"]].min(axis=1),
            "upper": table[["start", "end"]].max(axis=1),
            "bold": [_("{change} points").format(change=_.signed(change)) for change in table["change"]],
            "plain": [
                _("{start} to {end}, n = {n}").format(start=_.percent(r.start), end=_.percent(r.end), n=_.number(r.n))
                for r in table.itertuples()
            ],
        }
    )
    note = _("Diamond: share in {first}; dot: in {last}, in the units whose answer is known in both (five or more).").format(
        first=first, last=last
    )
    return {
        "fig": figures.intervals(rows, _percents(_), note),
        "alt": figures.intervals_alt(
            rows, _("How the share of each measure changed from {first} to {last}.").format(first=first, last=last), _
        ),
        "name": "change",
        "caption": _("Where most changed from {first} to {last}: {shown} of {n} measures").format(
            first=first, last=last, shown=_.number(len(table)), n=_.number(len(known))
        ),
    }


def changes(case: Insights, _: Language) -> Shown:
    """Table: every measure's change."""
    first, last = case.spread
    return {
        "df": words.named(case, case.change, _),
        "name": "changes",
        "caption": _("Change of each measure from {first} to {last}, among units known in both").format(first=first, last=last),
        "columns": {
            "name": _("Measure"), "n": "n",
            "start": _("Share {year} (%)").format(year=first), "end": _("Share {year} (%)").format(year=last),
            "change": _("Change (points)"), "adopted": _("gained it"), "dropped": _("lost it"),
        },
        "formats": {"change": "signed:1"},
    }  # fmt: skip


def groups_file(case: Insights, _: Language) -> Shown:
    """Data: all shares by region and income."""
    table = pd.concat(
        [case.by(kind).astype({"group": str, "node": str}).assign(kind=kind) for kind in ("region", "income")], ignore_index=True
    )
    return {
        "df": table[["kind", "group", "node", "n", "reached", "share"]],
        "name": "groups",
        "about": _("Shares at {goal} by region (M49 code), income group and domain").format(goal=words.goal(case, _)),
    }
