"""The words of the mapping report: what frameworks there are, how they map, what is not covered."""

from collections.abc import Sequence

import pandas as pd

from migof_research.analysis.mapping import coverage
from migof_research.frameworks import OVERALL, Framework, load
from migof_research.frameworks.crosswalk import NOT_COVERED
from migof_research.frameworks.instruments import table as instruments_table
from migof_research.report.wording import MISSING, Language
from migof_research.report.words_assessment import doubt


def short(id: str, _: Language) -> str:
    """A framework's short name, for the head of a column."""
    names = {
        "sdg_10_7_2": _("SDG 10.7.2"),
        "sdg_10_7_2_2016": _("10.7.2 list of 2016"),
        "mgi_2016": _("MGI 2016"),
        "mgi": _("MGI"),
        "mgi_local": _("Local MGI"),
        "gcm": _("GCM"),
        "sdg_targets": _("SDG targets"),
    }
    return names.get(id, load(id).title.get(_.code))


def name(framework: Framework, id: str, _: Language) -> str:
    """Code and name of a node or item, with what is doubtful about it; empty for none."""
    if not id:
        return _("not covered")
    parts = {part.id: part for part in (*framework.walk(), *framework.items())}
    return f"{id} {framework.label(id, _.code)}" + doubt(parts[id].basis, _)




def relation(code: str, _: Language) -> str:
    said = {
        "exactMatch": _("exact match"),
        "closeMatch": _("close match"),
        "broadMatch": _("broader there"),
        "narrowMatch": _("narrower there"),
        "relatedMatch": _("related"),
    }
    return said.get(code, MISSING)


def basis(code: str, via: str, _: Language) -> str:
    said = {"stated": _("stated"), "inferred": _("inferred")}.get(code, MISSING)
    return _("{basis}, through {elements}").format(basis=said, elements=via) if via else said


def summary(table: pd.DataFrame, _: Language) -> list[str]:
    """How many frameworks, links and gaps."""
    counts = coverage(table)
    partly = counts[counts["elements"] < 6]
    return [
        _("{n} frameworks are mapped to the six elements of MiGOF by {links} links of their main nodes; {stated} are stated in a source, the rest inferred.").format(
            n=_.number(len(counts)), links=_.number(counts["links"].sum()), stated=_.number(counts["stated"].sum())
        ),
        _("{n} of them leave an element uncovered: {list}.").format(
            n=_.number(len(partly)),
            list=_.join(f"{load(row.framework).title.get(_.code)} ({_.join(_gaps(table, row.framework))})" for row in partly.itertuples()),
        ),
        _("Not covered is not zero: it says that a framework does not ask, not that a country does not act."),
    ]


def not_drawn(_: Language) -> str:
    return _("Not drawn: the Migration Crisis Operational Framework, which serves O2 as a whole, and APLA, a data set; see the download.")


def _gaps(table: pd.DataFrame, framework: str) -> list[str]:
    own = table[(table["framework"] == framework) & (table["relation"] == NOT_COVERED) & (table["element"] != "")]
    return own["element"].tolist()


def frameworks(ids: Sequence[str], _: Language) -> pd.DataFrame:
    """A row a framework: ``title, version, nodes, items, source, basis``."""
    rows = []
    for one in map(load, ids):
        source = one.sources[0]
        rows.append((one.title.get(_.code), one.version, len(list(one.walk())), len(one.items()) or None, source.title, basis(one.migof_basis, "", _)))
    return pd.DataFrame(rows, columns=["title", "version", "nodes", "items", "source", "basis"]).astype({"items": "Int64"})


def links(found: pd.DataFrame, one: Framework, other: Framework, _: Language) -> pd.DataFrame:
    """A row a link: ``from, to, relation, basis, source``."""
    return found.assign(
        **{"from": [name(one, id, _) for id in found["from_node"]]},
        to=[name(other, id, _) for id in found["to_node"]],
        relation=[relation(code, _) for code in found["relation"]],
        basis=[basis(row.basis, row.via, _) for row in found.itertuples()],
    )[["from", "to", "relation", "basis", "source"]]


def instruments(_: Language) -> pd.DataFrame:
    """A row an instrument and node: ``name, about, serves, basis``."""
    table = instruments_table(_.code)
    serves = []
    for row in table.itertuples():
        framework = load(row.framework)
        node = framework.title.get(_.code) if row.node == OVERALL else f"{row.node} {framework.label(row.node, _.code)}"
        serves.append(node)
    return table.assign(serves=serves, basis=[basis(code, "", _) for code in table["basis"]])[["name", "about", "serves", "basis"]]


def method(_: Language) -> dict[str, str]:
    return {
        _("Hub"): _("MiGOF is the hub: two frameworks are linked directly where that is known, else through the elements that both serve."),
        _("Relations"): _("SKOS mapping relations. A link through MiGOF is at most a close match, and stated only if both its parts are."),
        _("Basis"): _("Stated: a source says so. Inferred: by name or subject, by this project; replace the table by your own (parameter crosswalk)."),
        _("Unverified"): _("Names that were not read in a source are marked so."),
        _("Versions"): _("Frameworks move their parts: bilateral agreements were in domain 5 of the index of 2016 and are in dimension 1 of the indicators; every link carries a version."),
    }


def sources(ids: Sequence[str], _: Language) -> list[dict[str, str]]:
    found = [(one, source) for one in map(load, ids) for source in one.sources]
    return [{"title": source.title, "publisher": source.publisher or "", "year": source.date or ""} for _one, source in found]
