"""What the global-indicator report shows, ready for ``page.figure(**...)``, ``page.table(**...)`` and ``page.download(**...)``."""

from typing import Any

import pandas as pd

from migof_research.analysis.world import World
from migof_research.frameworks import OVERALL
from migof_research.indicators import units
from migof_research.indicators.tiles import tiles as grid
from migof_research.report import figures
from migof_research.report import words_world as words
from migof_research.report.wording import Language

Shown = dict[str, Any]


def tiles(case: World, _: Language) -> Shown:
    """Figure: the overall level of every country, a tile each."""
    bands = case.bands_shown[case.bands_shown["node"] == OVERALL]
    names = dict(units.units()[["unit", f"name_{_.code}"]].values)
    return {
        "fig": figures.tile_map(bands, grid(), case.framework.bands, _),
        "alt": figures.tile_map_alt(bands, grid(), case.framework.bands, _, names=names),
        "name": "world",
        "caption": _("Overall level of {n} countries, {basis}").format(
            n=_.number(len(bands)), basis=words.basis(case.basis, case.years[-1], _)
        ),
    }


def areas(case: World, _: Language) -> Shown:
    """Figure: the overall share of each area, by round and latest."""
    table = case.shown(_.code)
    return {
        "fig": figures.shares(table, OVERALL, _),
        "alt": figures.shares_alt(table, OVERALL, _),
        "name": "areas",
        "caption": _("Share of responding countries that meet or fully meet overall, by area"),
    }


def _overall(case: World, _: Language, basis: str, year: int) -> pd.DataFrame:
    """The overall row of each area on one basis and year, by area."""
    table = case.shown(_.code).query("node == 'overall' and basis == @basis and year == @year")
    return table.set_index("area")[["share", "n", "coverage"]].add_suffix(f" {basis} {year}")


def areas_table(case: World, _: Language) -> Shown:
    """Table: the overall share of each area, latest and in each round, with n and coverage."""
    last = case.years[-1]
    parts = [_overall(case, _, "latest", last), *(_overall(case, _, "round", year) for year in case.years)]
    columns = {"area": _("Area"), f"share latest {last}": _("Share (%)"), f"n latest {last}": "n"}
    columns[f"coverage latest {last}"] = _("Coverage (%)")
    spanners = {_("Latest"): list(columns)[1:]}
    for year in case.years:
        spanners[_("Round {year}").format(year=year)] = [f"share round {year}", f"n round {year}"]
        columns |= {f"share round {year}": _("Share (%)"), f"n round {year}": "n"}
    return {
        "df": pd.concat(parts, axis=1).reset_index(),
        "name": "areas",
        "caption": _("Overall share by area: latest answers, and each round"),
        "columns": columns,
        "spanners": spanners,
        "notes": [_("n: countries that answered. Coverage: of all countries of the area among the 197. A dash: no country answered.")],
    }


def panel_table(case: World, _: Language) -> Shown:
    """Table: the overall share of each area in the panel, in every round."""
    table = pd.concat([_overall(case, _, "panel", year) for year in case.years], axis=1).reset_index()
    first, last = (f"share panel {year}" for year in (case.years[0], case.years[-1]))
    table["change"] = table[last] - table[first]
    years = {f"share panel {year}": _("Share {year} (%)").format(year=year) for year in case.years}
    return {
        "df": table,
        "name": "panel",
        "caption": _("Overall share in the panel of countries that answered every round, by area"),
        "columns": {"area": _("Area"), f"n panel {case.years[-1]}": _("Countries (n)"), **years, "change": _("Change (points)")},
        "formats": {"change": "signed:1"},
        "notes": [_("Change in percentage points. With few countries, one of them moves the share by many points.")],
    }


def domains_table(case: World, _: Language) -> Shown:
    """Table: the share of each area in each domain, on the basis chosen."""
    table = case.on_basis(case.shown(_.code))
    wide = table.pivot(index="area", columns="node", values="share").reindex(table["area"].drop_duplicates())
    wide = wide.reset_index().merge(table.drop_duplicates("area")[["area", "n"]], on="area")
    nodes = [OVERALL, *case.framework.domains]
    codes = {node: case.framework.node(node).migof[0] for node in case.framework.domains}
    return {
        "df": wide,
        "name": "domains",
        "caption": _("Share that meets or fully meets, by area and domain: {basis}").format(
            basis=words.basis(case.basis, case.years[-1], _)
        ),
        "columns": {"area": _("Area"), "n": _("Countries (n)"), OVERALL: _("Overall"), **codes},
        "formats": dict.fromkeys(nodes, "percent:1"),
        "notes": ["; ".join(f"{code} {words.domain(case, node, _)}" for node, code in codes.items()) + "."],
    }


def _world_change(case: World, node: str, basis: str) -> pd.Series:
    return case.change.query("node == @node and basis == @basis").iloc[0]


def composition(case: World, _: Language) -> Shown:
    """Figure: the change of the world's share from the first to the last round, step by step."""
    change, years = _world_change(case, OVERALL, "round"), (case.years[0], case.years[-1])
    return {
        "fig": figures.decomposition(change, years, _),
        "alt": figures.decomposition_alt(change, years, _),
        "name": "composition",
        "caption": _("Change of the overall share of the world from {start} to {end}, by round").format(start=years[0], end=years[1]),
    }


def composition_table(case: World, _: Language) -> Shown:
    """Table: the change and its parts, by domain and basis."""
    kinds = {"latest": _("latest"), "round": _("round")}
    table = case.change.assign(
        name=[words.domain(case, node, _) for node in case.change["node"]], basis=case.change["basis"].map(kinds)
    )
    order = {node: place for place, node in enumerate([OVERALL, *case.framework.domains])}
    parts = ["change", "within", "joined", "left"]
    return {
        "df": table.sort_values(["basis", "node"], key=lambda c: c.map(order) if c.name == "node" else c, kind="stable"),
        "name": "composition",
        "caption": _("Change of the share of the world from {start} to {end} and its parts, in percentage points").format(
            start=case.years[0], end=case.years[-1]
        ),
        "columns": {
            "name": _("Domain"),
            "basis": _("Basis"),
            "start": _("Share {year} (%)").format(year=case.years[0]),
            "end": _("Share {year} (%)").format(year=case.years[-1]),
            "change": _("Change"),
            "within": _("within the panel"),
            "joined": _("joined"),
            "left": _("left"),
        },
        "spanners": {_("of which"): ["within", "joined", "left"]},
        "formats": dict.fromkeys(parts, "signed:1"),
        "notes": [
            _("n: {start} countries in {first}, {end} in {last}, {panel} in both.").format(
                start=_.number(_world_change(case, OVERALL, "round")["n_start"]), first=case.years[0],
                end=_.number(_world_change(case, OVERALL, "round")["n_end"]), last=case.years[-1],
                panel=_.number(len(case.panel)),
            )
        ],
    }  # fmt: skip


def shares_file(case: World, _: Language) -> Shown:
    """Data: every area, basis, year and node: the indicator as the database publishes it, and the two other bases."""
    return {
        "df": case.shares(_.code)[["m49", "area", "basis", "year", "node", "n", "share"]],
        "name": "shares",
        "about": _("Shares of all areas of M49, all bases, years and domains (per cent, unrounded)"),
    }


def coverage_file(case: World, _: Language) -> Shown:
    """Data: the same rows with counts, intervals and coverage."""
    return {
        "df": case.shares(_.code).drop(columns="share"),
        "name": "coverage",
        "about": _("Counts, Wilson intervals and coverage of the same shares"),
    }
