"""``migof data``: the figures, where they come from, how fresh and how sound they are."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from migof_research.indicators.catalogue import Fetched

app = typer.Typer(name="data", help="The figures: list, fetch, build, check, export.", no_args_is_help=True, rich_markup_mode="markdown")


@app.command("list")
def list_() -> None:
    """List the tables: rows, years, date of retrieval, edition, licence, hash; and how to get those that are not there."""
    from migof_research.indicators import catalogue
    from migof_research.indicators.fetch import cached
    from migof_research.indicators.sources import REMOTES

    sources, service = catalogue.sources(), catalogue.with_service()
    for row in catalogue.listing().itertuples():
        typer.echo(f"{row.name}: {row.title}")
        if row.hash:
            said = {"rows": row.rows, "years": row.years, "retrieved": row.retrieved, "edition": row.vintage, "licence": row.licence}
            typer.echo("    " + "; ".join(f"{key} {value}" for key, value in said.items() if value) + f"; sha256 {row.hash}")
        else:
            typer.echo(f"    never fetched: migof data fetch {row.name}{'' if row.name in service else ' --file FILE'}")
        if row.name in sources:
            typer.echo(f"    by hand: {sources[row.name]['fetch']['by_hand']}")
    for name, remote in REMOTES.items():
        typer.echo(f"{name}: {remote.title}")
        there = "in the cache" if cached(remote) else f"never fetched: migof data fetch {name}"
        typer.echo(f"    {there}; sha256 {remote.sha256[:12]}; licence {remote.licence}")


@app.command()
def fetch(
    names: Annotated[list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Without any, all that have a service.")] = None,
    file: Annotated[
        list[Path] | None, typer.Option(help="Read this file, downloaded by hand, instead of the service; may be repeated.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Replace the table even if many of its rows vanished.")] = False,
    tries: Annotated[int, typer.Option(min=1, help="How often to ask a service that fails.")] = 4,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for a service that is silent.")] = 60,
) -> None:
    """Bring tables of data/raw up to date. What is new, what changed and what vanished is listed in data/changes first.

    A source that fails or answers nonsense leaves its table as it was.

    **Examples**

    - `migof data fetch sdg_10_7_2` - a new round, if there is one

    - `migof data fetch undesa --file undesa_pd_2020_ims_stock_by_sex_and_destination.xlsx` - from a file

    - `migof data fetch` - all sources that have a service
    """
    from migof_research.errors import InputError
    from migof_research.indicators import catalogue
    from migof_research.indicators.fetch import fetch as fetch_known
    from migof_research.indicators.net import Net
    from migof_research.indicators.sources import REMOTES

    chosen = names or catalogue.with_service()
    if unknown := [name for name in chosen if name not in {**catalogue.sources(), **REMOTES}]:
        there_are = ", ".join([*catalogue.sources(), *REMOTES])
        raise InputError([f"There is no source {name!r}; there are {there_are}." for name in unknown])
    if file and (len(chosen) != 1 or chosen[0] in REMOTES):
        raise InputError(f"With --file name the one source the files are of: {', '.join(catalogue.sources())}.")
    net = Net(tries=tries, timeout=(min(timeout, 10), timeout), tell=lambda text: typer.echo(f"  {text}", err=True))
    failed = []
    for name in chosen:
        try:
            if name in REMOTES:
                typer.echo(f"{name}: {fetch_known(REMOTES[name])}")
            else:
                _tell(catalogue.fetch(name, file, net, accept))
        except InputError as error:
            failed.append(name)
            typer.echo(error, err=True)
    if failed:
        typer.echo(f"{len(failed)} of {len(chosen)} failed: {', '.join(failed)}.", err=True)
        raise typer.Exit(1)


def _tell(fetched: "Fetched") -> None:
    counts = ", ".join(f"{count} {kind}" for kind, count in fetched.counts.items())
    typer.echo(f"{fetched.name}: rows {counts}" + (f"; listed in {fetched.listed}" if fetched.listed else "; nothing differs"))
    for note in fetched.notes:
        typer.echo(f"  {note}")


@app.command()
def build() -> None:
    """Make data/processed anew from data/raw and the packages that know countries. The same inputs give the same bytes."""
    from migof_research import paths
    from migof_research.indicators.build import build as build_all

    for path in build_all():
        typer.echo(path.relative_to(paths.root()).as_posix())


@app.command()
def check() -> None:
    """Check the tables: schemas, ranges, duplicates, unknown countries, hashes, levels that contradict each other.

    All findings are listed at once; exit status 1 if there are any.
    """
    from migof_research.errors import InputError
    from migof_research.frameworks import load
    from migof_research.indicators import sdg_10_7_2
    from migof_research.indicators.check import check as check_all
    from migof_research.scoring.levels import contradictions

    findings = check_all()
    try:
        against = contradictions(sdg_10_7_2.levels(), load(sdg_10_7_2.FRAMEWORK))
        findings += [f"raw/sdg_10_7_2.csv: {problem}" for problem in against["problem"]]
    except InputError as error:
        findings += error.problems
    for finding in findings:
        typer.echo(finding)
    typer.echo(f"{len(findings)} findings." if findings else "All tables are sound.")
    if findings:
        raise typer.Exit(1)


@app.command()
def export(
    name: Annotated[str, typer.Argument(help="A table of data/raw or data/processed, or `context`: all context in one.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write: .csv, .xlsx, .parquet or .dta (Stata).")],
) -> None:
    """Write a table as CSV, Excel, Parquet or Stata.

    **Example:** `migof data export sdg_10_7_2 --out levels.dta`
    """
    from migof_research.indicators import catalogue
    from migof_research.report.formats import save

    typer.echo(save(catalogue.table(name), out, name))


@app.command()
def template(
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write: .csv or .xlsx.")],
) -> None:
    """Write the empty table for the bands of the Migration Governance Index 2016, to be copied out of the report.

    Filled in, it comes back by `migof data fetch mgi_2016 --file FILE`.
    """
    from migof_research.indicators import mgi_2016
    from migof_research.report.formats import save

    typer.echo(save(mgi_2016.template(), out, "Migration Governance Index 2016"))
