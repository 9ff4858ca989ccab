"""``migof data``: the figures, where they come from, how fresh and how sound they are."""

import typer

app = typer.Typer(name="data", help="The figures: build.", no_args_is_help=True)


@app.command()
def build() -> None:
    """Make data/processed anew from data/raw and the packages that know countries. The same inputs give the same bytes."""
    from migof_research import paths
    from migof_research.indicators.build import build as build_all

    for path in build_all():
        typer.echo(path.relative_to(paths.root()).as_posix())
