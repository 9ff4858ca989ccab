"""How frameworks map to one another: directly where that is known, else through MiGOF, the hub.

Two kinds of links make one table: the MiGOF elements that the nodes and items of a definition file name, and the
direct links of ``crosswalks.csv``. Relations are SKOS mapping relations; every link carries its basis (stated in a
source, or inferred by us) and its source. A table of one's own, with the same columns, replaces it.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pandas as pd

from migof_research import files
from migof_research.errors import InputError
from migof_research.frameworks.load import available, load
from migof_research.frameworks.model import OVERALL, Framework, Relation

SHIPPED = Path(__file__).parent / "crosswalks.csv"
HUB = "migof"
NOT_COVERED = "not covered"
COLUMNS = ["from_framework", "from_node", "relation", "to_framework", "to_node", "basis", "source", "version"]
_INVERSE = {"broadMatch": "narrowMatch", "narrowMatch": "broadMatch"}
_MAX_BYTES = 5_000_000


class Link(NamedTuple):
    """``via`` names the MiGOF elements that a link goes through; empty for a direct one."""

    from_node: str
    relation: str
    to_node: str
    basis: str
    via: str
    source: str


def table(file: str | Path | None = None, frameworks: Iterable[Framework] = ()) -> pd.DataFrame:
    """Every link there is, in both directions of reading one row: the columns of `COLUMNS`, all text.

    ``file`` is a CSV of one's own that takes the place of the package's links; ``frameworks`` are further frameworks
    (one's own) whose links count. Raises InputError with every fault of the file and its row.
    """
    known = {id: load(id) for id in available()} | {framework.id: framework for framework in frameworks}
    own = [row for framework in known.values() for row in _own_links(framework)]
    if file is None:
        return pd.concat([pd.DataFrame(own, columns=COLUMNS), _read(SHIPPED, known)], ignore_index=True)
    given = _read(Path(file), known)
    extra = {framework.id for framework in frameworks} - set(available())  # what a framework of one's own says of itself stays
    return pd.concat([pd.DataFrame([row for row in own if row[0] in extra], columns=COLUMNS), given], ignore_index=True)


def between(one: str | Framework, other: str | Framework, file: str | Path | None = None) -> pd.DataFrame:
    """How one framework maps to another: ``from_node, relation, to_node, basis, via, source``.

    Nodes map by the direct links between the two frameworks' nodes where there are any, else through MiGOF (``via``
    names the elements; such a link is at most a closeMatch, and inferred unless both its parts are stated). A node
    without links of its own has those of the nearest node above it. Items are listed where they map directly. What has
    no counterpart, on either side, is a row whose relation is ``not covered`` and whose other side is empty.
    """
    one, other = _pair(one, other)
    links = table(file, [one, other])
    direct = _direct(links, one, other)
    nodes, items = {node.id for node in one.walk()}, {item.id for item in one.items()}
    ways = [link for link in direct if link.from_node in nodes] or _through_hub(links, one, other)
    rows: list[Link] = []
    for node in one.walk():
        rows += _nearest(one, node.id, ways) or [Link(node.id, NOT_COVERED, "", "", "", "")]
    rows += [link for link in direct if link.from_node in items]
    reached = {link.to_node for link in rows}
    reached |= {node.id for node in other.walk() if any(part.id in reached for part in (*node.walk(), *node.all_items()))}
    lost = [node.id for node in other.walk() if not reached & {node.id, *_above(other, node.id)}]
    rows += [Link("", NOT_COVERED, id, "", "", "") for id in lost]
    return pd.DataFrame(rows, columns=Link._fields)


def item_links(one: str | Framework, other: str | Framework, file: str | Path | None = None) -> pd.DataFrame:
    """What each item of one framework serves in another: ``item, relation, to_node, basis, via, source``.

    An item has its own direct links and those of the nodes above it; only where the two frameworks have no direct links
    does it go through the MiGOF elements named nearest to it. Without a counterpart it has one row, ``not covered``.
    """
    one, other = _pair(one, other)
    links = table(file, [one, other])
    direct = _direct(links, one, other)
    hub = direct if other.id == HUB else [] if direct else _through_hub(links, one, other)
    rows: list[Link] = []
    for item in one.items():
        line = {item.id, *_above(one, item.id)}
        found = _nearest(one, item.id, hub) or [] if hub else [link for link in direct if link.from_node in line]
        rows += [link._replace(from_node=item.id) for link in found] or [Link(item.id, NOT_COVERED, "", "", "", "")]
    return pd.DataFrame(rows, columns=Link._fields).rename(columns={"from_node": "item"})


def _pair(one: str | Framework, other: str | Framework) -> tuple[Framework, Framework]:
    one, other = load(one), load(other)
    if one.id == other.id:
        raise InputError(f"{one.id} is given twice; name two different frameworks.")
    return one, other


def _own_links(framework: Framework) -> Iterator[tuple[str, ...]]:
    """What a definition file says of its own nodes and items."""
    basis, source, version = framework.migof_basis, framework.migof_source, framework.version
    for part in (*framework.walk(), *framework.items()):
        for element in part.migof:
            yield framework.id, part.id, framework.migof_relation, HUB, element, basis, source, version


def _direct(links: pd.DataFrame, one: Framework, other: Framework) -> list[Link]:
    """The links between two frameworks, those given the other way round turned."""
    there = links[(links["from_framework"] == one.id) & (links["to_framework"] == other.id)]
    back = links[(links["from_framework"] == other.id) & (links["to_framework"] == one.id)]
    found = [Link(row.from_node, row.relation, row.to_node, row.basis, "", row.source) for row in there.itertuples()]
    turned = [Link(r.to_node, _INVERSE.get(r.relation, r.relation), r.from_node, r.basis, "", r.source) for r in back.itertuples()]
    return found + turned


def _through_hub(links: pd.DataFrame, one: Framework, other: Framework) -> list[Link]:
    """Links composed of one framework's links to MiGOF and the other's; a pair that meets in several elements is one."""
    hub = load(HUB)
    onward: dict[str, list[Link]] = {}
    for link in _direct(links, hub, other):
        onward.setdefault(link.from_node, []).append(link)
    composed: dict[tuple[str, str], list[tuple[Link, Link]]] = {}
    for first in _direct(links, one, hub):
        for second in onward.get(first.to_node, []):
            composed.setdefault((first.from_node, second.to_node), []).append((first, second))
    return [_compose(*ends, pairs) for ends, pairs in composed.items()]


def _compose(from_node: str, to_node: str, pairs: list[tuple[Link, Link]]) -> Link:
    parts = [link for pair in pairs for link in pair]
    near = any({first.relation, second.relation} <= {"exactMatch", "closeMatch"} for first, second in pairs)
    basis = "stated" if all(link.basis == "stated" for link in parts) else "inferred"
    via = " ".join(first.to_node for first, _ in pairs)
    source = "; ".join(dict.fromkeys(link.source for link in parts))
    return Link(from_node, "closeMatch" if near else "relatedMatch", to_node, basis, via, source)


def _above(framework: Framework, id: str) -> list[str]:
    """The nodes above a node or item, the nearest first."""
    above = []
    while (id := framework.parents.get(id, OVERALL)) != OVERALL:
        above.append(id)
    return above


def _nearest(framework: Framework, id: str, links: list[Link]) -> list[Link]:
    """The links of a node or item, or of the nearest node above it that has any."""
    for here in (id, *_above(framework, id)):
        if found := [link._replace(from_node=id) for link in links if link.from_node == here]:
            return found
    return []


def _read(path: Path, known: dict[str, Framework]) -> pd.DataFrame:
    if path.is_file() and path.stat().st_size > _MAX_BYTES:
        raise InputError(f"{path}: larger than {_MAX_BYTES // 1_000_000} MB; a crosswalk is not.")
    links = files.read_csv(path)
    if absent := [column for column in COLUMNS if column not in links.columns]:
        raise InputError(f"{path}: no column {', '.join(absent)}; a crosswalk has {', '.join(COLUMNS)}.")
    if problems := list(_faults(links, path.name, known)):
        raise InputError(problems, f"{path}: {len(problems)} faults")
    return links[COLUMNS]


def _faults(links: pd.DataFrame, file: str, known: dict[str, Framework]) -> Iterator[str]:
    """What is wrong in each row, by the number a spreadsheet shows (the header is row 1)."""
    parts = {id: {part.id for part in (*framework.walk(), *framework.items())} for id, framework in known.items()}
    for column, allowed in (("relation", get_args(Relation)), ("basis", ("stated", "inferred"))):
        for row in links.index[~links[column].isin(allowed)]:
            yield f"{file}, row {row + 2}, column {column}: {links.at[row, column]!r} is not one of {', '.join(allowed)}."
    for side in ("from", "to"):
        for row, framework, node in links[[f"{side}_framework", f"{side}_node"]].itertuples():
            if framework not in known:
                yield f"{file}, row {row + 2}, column {side}_framework: no framework {framework!r}; there are {', '.join(known)}."
            elif node not in parts[framework]:
                yield f"{file}, row {row + 2}, column {side}_node: {framework} has no node or item {node!r}."
    for column in ("source", "version"):
        for row in links.index[links[column].str.strip() == ""]:
            yield f"{file}, row {row + 2}, column {column}: is empty; every link says where it comes from."
    ends = ["from_framework", "from_node", "to_framework", "to_node"]
    for row in links.index[links.duplicated(ends)]:
        yield f"{file}, row {row + 2}: this pair of nodes is linked twice."
