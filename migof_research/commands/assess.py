"""``migof template`` and ``migof score``: a country team's own assessment."""

from pathlib import Path
from typing import Annotated

import typer

from migof_research.languages import Lang

app = typer.Typer()


@app.command()
def template(
    framework: Annotated[str, typer.Argument(help="A framework's id or file.")],
    out: Annotated[Path, typer.Option(help="The workbook to write (.xlsx).")],
    units: Annotated[list[str] | None, typer.Option("--unit", help="A country or local unit to prepare rows for; may be repeated.")] = None,
    years: Annotated[list[int] | None, typer.Option("--year", help="A year to prepare rows for; may be repeated.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of the workbook.")] = Lang.en,
) -> None:
    """Write the workbook in which a team answers a framework's items.

    **Examples**

    - `migof template sdg_10_7_2 --out answers.xlsx --lang fr` - unit and year are filled in once, on the first sheet

    - `migof template mgi --out answers.xlsx --unit GHA --unit GHA-accra --year 2022 --year 2025` - rows for each of the four
    """
    from migof_research.errors import InputError
    from migof_research.frameworks import load
    from migof_research.indicators import answers, workbook

    if out.suffix.lower() != ".xlsx":
        raise InputError(f"--out {out}: name a workbook that ends in .xlsx.")
    if bool(units) != bool(years):
        raise InputError("Give --unit and --year together, or neither.")
    pairs = [(answers.unit_code(unit), year) for unit in units or [] for year in years or []]
    workbook.write(workbook.template(load(framework), lang.value, pairs), out)
    typer.echo(f"{out}: fill it in, then `migof score {framework} {out} --out DIR`.")


@app.command()
def score(
    framework: Annotated[str, typer.Argument(help="A framework's id or file.")],
    answers: Annotated[str, typer.Argument(help="The answers: a workbook or CSV file, or a data set (apla).")],
    out: Annotated[Path, typer.Option(help="Folder for answers.csv, scores.csv and bands.csv.")],
) -> None:
    """Check the answers in a file, score them and write answers, scores and bands as CSV.

    **Examples**

    - `migof score sdg_10_7_2 answers.xlsx --out results`

    - `migof score my-questionnaire.yaml answers.csv --out results`
    """
    from migof_research import scoring
    from migof_research.indicators.sources import open_answers
    from migof_research.indicators.workbook import write
    from migof_research.report.exports import safe

    given, chosen = open_answers(answers, framework)
    tables = {
        "answers": given,
        "scores": scoring.scores_from_answers(given, chosen),
        "bands": scoring.bands_from_answers(given, chosen),
    }
    for name, table in tables.items():
        text = table.map(safe).to_csv(index=False, lineterminator="\n")
        write(text.encode(), out / f"{name}.csv")
    units = given.drop_duplicates(["unit", "year"])
    answered = (given["missing"] == "none").sum()
    typer.echo(f"{out}: {len(units)} assessments, {answered} of {len(given)} answers given; answers.csv, scores.csv, bands.csv")
