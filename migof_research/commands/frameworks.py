"""``migof frameworks`` and ``migof crosswalk``: what is asked, and how it maps."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from migof_research.languages import Lang

if TYPE_CHECKING:
    from migof_research.frameworks import Framework, Item, Node

app = typer.Typer()


@app.command()
def frameworks(
    framework: Annotated[str | None, typer.Argument(metavar="[ID]", help="A framework's id, or the path of a framework file.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of the names.")] = Lang.en,
) -> None:
    """List the frameworks, or show one: its nodes, items, scales and bands.

    **Examples**

    - `migof frameworks` - what there is

    - `migof frameworks mgi --lang fr` - one of them, in French

    - `migof frameworks my-questionnaire.yaml` - checks a file of your own and lists every fault
    """
    from migof_research.frameworks import available, load

    if framework is None:
        for id in available():
            one = load(id)
            counts = f"{len(list(one.walk()))} nodes" + (f", {len(one.items())} items" if one.items() else "")
            typer.echo(f"{id:<16} {one.version:<9} {counts:<20} {one.title.get(lang)}")
        return
    for line in _described(load(framework), lang):
        typer.echo(line)


def _described(one: "Framework", lang: str) -> list[str]:
    lines = [f"{one.id}, version {one.version}: {one.title.get(lang)}"]
    lines += [one.about.get(lang)] if one.about else []
    for source in one.sources:
        said = [source.title, source.publisher, source.date, source.note and source.note.get(lang)]
        lines.append(f"Source ({source.basis}): " + ". ".join(part.rstrip(".") for part in said if part) + ".")
    lines.append(f"MiGOF: {one.migof_relation}, {one.migof_basis}. {one.migof_source}.")
    for name, scale in one.scales.items():
        options = (f"{o.answer} = {o.points}" + (f" ({o.label.get(lang)})" if o.label else "") for o in scale.options)
        lines.append(f"Scale {name}: " + "; ".join(options))
    if one.own_bands:
        bands = (f"{band.label.get(lang)} from {band.from_}" for band in one.bands.bands)
        lines.append(f"Bands ({one.bands.basis}): " + "; ".join(bands))
        lines += [one.bands.note.get(lang)] if one.bands.note else []
    if one.items():
        lines.append(f"Aggregation: {', '.join(one.aggregation)}; missing answers: {one.missing}")
    for node in one.nodes:
        lines += _tree(node, lang, "")
    return lines


def _tree(node: "Node", lang: str, indent: str) -> list[str]:
    lines = [f"{indent}{node.id}  {node.label.get(lang)}{_marks(node)}"]
    for child in node.nodes:
        lines += _tree(child, lang, indent + "    ")
    return lines + [f"{indent}    {item.id}  {item.text.get(lang)}{_marks(item)}" for item in node.items]


def _marks(part: "Node | Item") -> str:
    """What a reader must know of a node or item: MiGOF elements, a doubtful basis, a turned direction."""
    marks = [" ".join(part.migof), part.basis or "", "yes is bad" if getattr(part, "yes_is", "good") == "bad" else ""]
    told = "; ".join(mark for mark in marks if mark)
    return f"  [{told}]" if told else ""


@app.command()
def crosswalk(
    from_: Annotated[str, typer.Argument(metavar="FROM", help="A framework's id or file.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="A framework's id or file.")],
    table: Annotated[Path | None, typer.Option(help="A crosswalk of your own (CSV) in place of the package's.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of the names.")] = Lang.en,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV instead of lines to read.")] = False,
    export: Annotated[bool, typer.Option("--export", help="Print all links as CSV: edit it, give it back by --table.")] = False,
) -> None:
    """Show how one framework maps to another, directly or through MiGOF, and what has no counterpart.

    **Examples**

    - `migof crosswalk sdg_10_7_2 gcm` - down to items

    - `migof crosswalk mgi_2016 sdg_10_7_2` - crises are not covered

    - `migof crosswalk mgi gcm --export > mine.csv`, then `migof crosswalk mgi gcm --table mine.csv`
    """
    from migof_research.frameworks import load
    from migof_research.frameworks.crosswalk import NOT_COVERED, between
    from migof_research.frameworks.crosswalk import table as links

    if export:
        typer.echo(links(table).to_csv(index=False, lineterminator="\n"), nl=False)
        return
    one, other = load(from_), load(to)
    found = between(one, other, table)
    if csv:
        typer.echo(found.to_csv(index=False, lineterminator="\n"), nl=False)
        return
    for row in found.itertuples():
        left = f"{row.from_node} {one.label(row.from_node, lang)}" if row.from_node else NOT_COVERED
        right = f"{row.to_node} {other.label(row.to_node, lang)}" if row.to_node else NOT_COVERED
        how = f" [{row.relation}, {row.basis}{', through ' + row.via if row.via else ''}]" if row.basis else ""
        typer.echo(f"{left} -> {right}{how}")
