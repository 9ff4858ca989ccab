"""``migof``: the command line. Each command imports what it needs when it runs, so that ``migof --help`` is quick."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from migof_research.commands import assess, data, frameworks, verify
from migof_research.errors import InputError
from migof_research.languages import Lang

app = typer.Typer(
    help="Research on migration governance: MiGOF, SDG indicator 10.7.2, MGI.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for topic in (frameworks, assess, verify, data):
    app.add_typer(topic.app)


class Format(StrEnum):
    html = "html"
    pdf = "pdf"


class Engine(StrEnum):
    migof = "migof"
    plain = "plain"


@app.command()
def studies() -> None:
    """List the studies, their parameters, types and defaults, as the notebooks state them."""
    from migof_research.batch.studies import studies as all_studies

    for study in all_studies():
        typer.echo(f"{study.name}: {study.title}" + (f" - {study.about}" if study.about else ""))
        unit = f"one report for each {study.unit}" if study.unit else "one report for the whole world"
        typer.echo(f"    {unit}; {study.path}")
        for parameter in study.parameters.values():
            role = " (the unit)" if parameter.name == study.unit else ""
            typer.echo(f"    {f'{parameter.name}: {parameter.type} = {parameter.default!r}':<40} {parameter.about}{role}")
        typer.echo()


RUN_HELP = """Make the reports of a study.

STUDY is a notebook of `notebooks/` (see `migof studies`), UNIT a country by code or name. Reports go to
`outputs/STUDY/UNIT/`, the list of all of them to `outputs/index.html`. A report whose inputs have not changed is kept.

**Examples**

- `migof run country-benchmark MDA "Costa Rica" sénégal` - three countries
- `migof run country-benchmark --all --lang fr` - every country with data, in French
- `migof run country-benchmark MDA --set year=2019` - with another parameter
- `migof run country-benchmark --all --shard 3/20` - the third of twenty parts, for array jobs
- `migof run country-benchmark --all --cluster tcp://10.0.0.1:8786` - on a Dask cluster
"""


@app.command(help=RUN_HELP)
def run(
    study: Annotated[str, typer.Argument(help="The study's name.")],
    units: Annotated[list[str] | None, typer.Argument(metavar="[UNIT]...", help="Countries (or other units), by code or name.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every unit the study has data for.")] = False,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter of the study.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of the reports.")] = Lang.en,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Reports made at a time; as many as there are cores.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Make unchanged reports again too.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the reports, instead of outputs/.")] = None,
    engine: Annotated[Engine, typer.Option(help="migof: in a forked process; plain: an ordinary kernel a report.")] = Engine.migof,
    form: Annotated[Format, typer.Option("--format", help="pdf: also report.pdf (needs the extra [pdf]).")] = Format.html,
    timeout: Annotated[float | None, typer.Option(min=0.001, metavar="SECONDS", help="Give a report up after so long.")] = None,
    cluster: Annotated[str | None, typer.Option(metavar="ADDRESS|local", help="Make them on a Dask cluster.")] = None,
    shard: Annotated[str | None, typer.Option(metavar="K/N", help="Only the K-th of N parts of the units.")] = None,
) -> None:
    from migof_research.batch.warm import one_thread

    one_thread()
    from migof_research import paths
    from migof_research.batch import plan
    from migof_research.batch.progress import Progress
    from migof_research.batch.runner import run as run_batch
    from migof_research.batch.studies import find

    chosen = find(study)
    given = plan.settings(settings or [])
    selected = plan.shard(plan.select(chosen, units or [], everything, given), shard)
    outputs = (out or paths.outputs()).resolve()
    tasks = plan.tasks(chosen, selected, given, lang.value, engine.value, outputs, form is Format.pdf)
    with Progress(chosen.name, len(tasks)) as progress:
        try:
            results = run_batch(chosen, tasks, outputs, jobs=jobs, timeout=timeout, force=force, cluster=cluster, tell=progress.tell)
        except KeyboardInterrupt:
            progress.interrupted()
            raise typer.Exit(130) from None
    progress.summary(outputs)
    if any(outcome.status == "failed" for outcome in results):
        raise typer.Exit(1)


def main() -> None:
    """The command; what is wrong with the input is said in a sentence, with exit status 2; what the machine refuses too, with 1."""
    try:
        app()
    except InputError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror or error}.", file=sys.stderr)
        sys.exit(1)
