"""What the good-practices report shows, ready for ``page.figure(**...)``, ``page.table(**...)`` and ``page.download(**...)``."""

from typing import Any

import pandas as pd

from migof_research.analysis.evidence import Evidence
from migof_research.report import figures, words_country
from migof_research.report import words_practices as words
from migof_research.report.wording import MISSING, Language
from migof_research.report.words_assessment import name

Shown = dict[str, Any]
LONGEST = 400  # names in a table of holders; more are for the download


def _named(case: Evidence, table: pd.DataFrame, _: Language) -> pd.DataFrame:
    """The table with the names of its practices, in the order of the findings."""
    rank = {id: number for number, id in enumerate(dict.fromkeys([*case.found["practice"], *case.shown]))}
    table = table.assign(name=[words.practice(case, id, _) for id in table["practice"]])
    return table.sort_values("practice", key=lambda ids: ids.map(rank), kind="stable", ignore_index=True)


def differences(case: Evidence, _: Language) -> Shown:
    """Figure: the difference of each practice with its interval, beside the typical one."""
    table = case.found_listed
    return {
        "fig": figures.practices(table, case.framework, case.cut, _, typical=case.typical),
        "alt": figures.practices_alt(table, case.framework, case.cut, _, typical=case.typical),
        "name": "differences",
        "caption": _("How much more common each practice is {top} than in the rest").format(top=words.top(case, _)) + words.part(case, _),
    }


def evidence(case: Evidence, _: Language) -> Shown:
    """Table: the shares on both sides, and the difference."""
    return {
        "df": _named(case, case.found_listed, _),
        "name": "evidence",
        "caption": _("Who has each practice: those that are {top} without it, and the others").format(top=words.top(case, _))
        + words.part(case, _),
        "columns": {
            "name": _("Practice"), "prevalence_top": _("Share (%)"), "n_top": "n", "prevalence_rest": _("Share (%)"), "n_rest": "n",
            "risk_difference": _("points"), "lower": _("from"), "upper": _("to"), "beyond_typical": _("Beyond the typical"),
        },
        "spanners": {
            _("Top"): ["prevalence_top", "n_top"],
            _("Rest"): ["prevalence_rest", "n_rest"],
            _("Difference (95% interval)"): ["risk_difference", "lower", "upper"],
        },
        "formats": dict.fromkeys(["risk_difference", "lower", "upper", "beyond_typical"], "signed:1"),
        "notes": words.small_cells(case, _),
    }  # fmt: skip


def tests(case: Evidence, _: Language) -> Shown:
    """Table: lift, exact test, adjusted q, and the odds ratio within strata."""
    return {
        "df": _named(case, case.found_listed, _),
        "name": "tests",
        "caption": _("The same practices: lift, exact test, and what is left within each {strata}").format(strata=words.strata(case, _)),
        "columns": {
            "name": _("Practice"), "lift": _("Lift"), "p": "p", "q": "q", "odds_ratio": _("Odds ratio"), "or_lower": _("from"),
            "or_upper": _("to"), "or_strata": _("Strata"), "unsure": _("Left out (n)"),
        },
        "spanners": {_("Within strata (95% interval)"): ["odds_ratio", "or_lower", "or_upper", "or_strata"]},
        "formats": {"p": lambda p: words.probability(p, _), "q": lambda q: words.probability(q, _), "lift": "number:2"},
        "notes": [
            _("Lift: the share at the top over that of all. Odds ratio: a dash where no stratum has units of both kinds on both sides."),
            _("q: p adjusted for the number of practices. Left out: on which side a unit is without the practice is open."),
        ],
    }  # fmt: skip


def naive(case: Evidence, _: Language) -> Shown:
    """Table, on request only: the circular test, with the practice inside the score, beside ours."""
    table = case.naive.merge(case.found_listed[["practice", "risk_difference", "q"]], on="practice", suffixes=("", "_rest"))
    return {
        "df": _named(case, table, _),
        "name": "naive",
        "caption": _("The naive test, on request: not evidence, because the practice is part of the score"),
        "columns": {
            "name": _("Practice"), "risk_difference": _("Difference"), "q": "q", "risk_difference_rest": _("Difference"), "q_rest": "q",
        },
        "spanners": {_("Naive, circular"): ["risk_difference", "q"], _("Without the practice"): ["risk_difference_rest", "q_rest"]},
        "formats": {
            "risk_difference": "signed:1", "risk_difference_rest": "signed:1",
            "q": lambda q: words.probability(q, _), "q_rest": lambda q: words.probability(q, _),
        },
    }  # fmt: skip


def prevalence(case: Evidence, _: Language) -> Shown:
    """Table: how common each practice is in each band."""
    table = case.prevalence.assign(band=case.prevalence["band"].astype(str))
    wide = table.pivot(index="practice", columns="band", values=["share", "n"])
    wide.columns = [f"{what} {band}" for what, band in wide.columns]
    wide = wide.astype({column: int if column.startswith("n ") else float for column in wide})
    columns, spanners = {"name": _("Practice")}, {}
    for band in case.framework.bands.bands:
        columns |= {f"share {band.id}": _("Share (%)"), f"n {band.id}": "n"}
        spanners[band.label.get(_.code)] = [f"share {band.id}", f"n {band.id}"]
    return {
        "df": _named(case, wide.reset_index(), _),
        "name": "prevalence",
        "caption": _("Share that has each practice, by the band without it"),
        "columns": columns,
        "spanners": spanners,
        "formats": {f"share {band.id}": "number:0" for band in case.framework.bands.bands},
        "notes": [_("Units whose band without the practice is open are not counted."), *words.small_bands(case, _)],
    }


def who(case: Evidence, _: Language) -> Shown:
    """Table: who has each practice, by name where the names can be read."""
    held = case.held[case.held["practice"].isin(case.listed)].dropna(subset="has")
    having = held[held["has"].astype(bool)].groupby("practice")["unit"]
    names = having.apply(lambda found: ", ".join(sorted((name(u, _) for u in found), key=_.key)))
    table = held.groupby("practice")["has"].agg(having="sum", n="size").reset_index()
    readable = table["having"].sum() <= LONGEST
    columns = {"name": _("Practice"), "having": _("Have it"), "n": _("of (n)")}
    return {
        "df": _named(case, table.assign(who=table["practice"].map(names).fillna(MISSING)), _),
        "name": "holders",
        "caption": _("Who has each practice"),
        "columns": columns | ({"who": _("Who")} if readable else {}),
        "notes": [] if readable else [_("The names are in the report of each domain and in the data for download.")],
    }


def adopters(case: Evidence, _: Language) -> Shown:
    """Table: who adopted each practice and when it was first seen, the latest first."""
    rows, when = [], "{name} ({year})" if len(case.years) > 2 else "{name}"  # of two rounds, all in the second
    for id, group in case.changes[case.changes["practice"].isin(case.listed)].groupby("practice", sort=False):
        new = group[group["change"] == "adopted"]
        found = [(year, name(unit, _)) for unit, year in new[["unit", "year_end"]].itertuples(index=False)]
        said = ", ".join(when.format(name=who, year=year) for year, who in sorted(found, key=lambda one: (-one[0], _.key(one[1]))))
        rows.append((id, len(new), len(group) - len(new), said or MISSING))
    return {
        "df": _named(case, pd.DataFrame(rows, columns=["practice", "adopted", "dropped", "who"]), _),
        "name": "adopters",
        "caption": _("Practices adopted and dropped from {start} to {end}").format(start=case.years[0], end=case.years[-1]),
        "columns": {"name": _("Practice"), "adopted": _("Adopted (n)"), "dropped": _("Dropped (n)"), "who": _("Who adopted it")},
        "notes": [_("In brackets the year in which it is first seen.")] if len(case.years) > 2 else [],
    }


def movement(case: Evidence, _: Language) -> Shown:
    """Figure: from which band to which, between the first and the last year."""
    years = case.years[0], case.years[-1]
    return {
        "fig": figures.transitions(case.transitions, years, case.framework.bands, _),
        "alt": figures.transitions_alt(case.transitions, years, case.framework.bands, _),
        "name": "movement",
        "caption": _("Bands in {start} and {end}, {where}, {units} with both").format(
            start=years[0], end=years[1], where=words.where(case, _), units=words.count(case, case.transitions["n"].sum(), _)
        ),
    }


def over_performers(case: Evidence, _: Language) -> Shown:
    """Table: units above what their region and income group let expect, by name."""
    table = case.over_performers.query("position == 'surely above'")
    table = table.assign(name=[name(unit, _) for unit in table["unit"]])
    return {
        "df": table.sort_values("name", key=lambda names: names.map(_.key), ignore_index=True),
        "name": "over-performers",
        "caption": _("Above what region and income group predict, {where}, by name").format(where=words.where(case, _)),
        "columns": {
            "name": _("Country"), "lower": _("lowest"), "upper": _("highest"),
            "expected": _("predicted"), "expected_lower": _("from"), "expected_upper": _("to"),
        },
        "spanners": {_("Score"): ["lower", "upper"], _("Predicted (80% interval)"): ["expected", "expected_lower", "expected_upper"]},
    }  # fmt: skip


def strengths_and_gaps(case: Evidence, _: Language) -> Shown:
    """Table: what the reader's country has and few peers have, and what it lacks and most peers have."""
    having = case.held[case.held["unit"].isin(case.peers) & case.held["has"].fillna(False)]
    names = having.groupby("practice")["unit"].apply(lambda found: ", ".join(sorted((name(u, _) for u in found), key=_.key)))
    kinds = {"strength": _("has it, few peers do"), "gap": _("lacks it, most peers have it")}
    table = case.strengths_and_gaps
    table = table.assign(kind=table["kind"].astype(str).map(kinds), who=table["practice"].map(names).fillna(MISSING))
    return {
        "df": table.assign(name=[words.practice(case, id, _) for id in table["practice"]]),
        "name": "strengths-and-gaps",
        "caption": _("{name} beside its peers").format(name=name(case.unit, _)),
        "columns": {
            "name": _("Practice"), "kind": _("The country"), "having": _("Peers that have it"), "n": _("of (n)"), "who": _("Which peers"),
        },
        "notes": [_("Few: less than a third of the peers. Most: more than half. A practice is never both.")],
    }  # fmt: skip


def alike(case: Evidence, _: Language) -> Shown:
    """Table: the nearest units one band higher, and the peers where they were chosen by nearness, with their distances."""
    table, scheme = case.alike, case.framework.bands
    return {
        "df": table.assign(
            name=[name(unit, _) for unit in table["peer"]],
            level=[MISSING if pd.isna(band) else scheme.label(band, _.code) for band in table["band"]],
            kind=table["higher"].map({True: _("one band higher"), False: _("peer")}),
        ),
        "name": "alike",
        "caption": _("Who is like {name}, and one band higher {where}").format(name=name(case.unit, _), where=words.where(case, _)),
        "columns": {"name": _("Country"), "kind": _("Chosen as"), "level": _("Band"), "distance": _("Distance")},
        "formats": {"distance": "number:2"},
        "notes": [words.distances(case, _)],
    }


def movers(case: Evidence, _: Language) -> Shown:
    """Table: who rose above the reader's country where it lags, by domain and step."""
    return {
        "df": words_country.movers(case, _),
        "name": "movers",
        "caption": _("Who rose where {name} lags behind more than half of its peers").format(name=name(case.unit, _)),
        "columns": {"name": _("Domain"), "from": _("From"), "to": _("To"), "n": _("Countries (n)"), "countries": _("Who")},
        "notes": [_("From one of a country's answers to its next, to a band above that of {name}.").format(name=name(case.unit, _))],
    }


def downloads(case: Evidence, _: Language) -> list[Shown]:
    """Data: every practice's evidence, who has what, and every adoption."""
    held = case.held.merge(case.rest(), on=["unit", "year", "practice"])
    tables = {
        "all-practices": (case.found, _("Evidence for all practices of the framework, unrounded")),
        "held": (held, _("Who has which practice, and the score without it (lowest and highest)")),
        "changes": (case.changes, _("Every practice adopted or dropped, unit by unit")),
    }
    return [{"df": table, "name": id, "about": about} for id, (table, about) in tables.items() if len(table)]
