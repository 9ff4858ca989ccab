"""``migof verify``: is a report still what its manifest says, and does it come out the same again?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from migof_research.batch.verify import Verdict

app = typer.Typer()


@app.command()
def verify(
    report: Annotated[Path, typer.Argument(help="A report's folder, or its report.html.")],
    timeout: Annotated[float | None, typer.Option(min=0.001, metavar="SECONDS", help="Give up after so long.")] = None,
) -> None:
    """Make a report again from its manifest and say whether it is the same; if not, which input changed.

    Exit status 0 if it is the same, 1 if not, 2 if there is nothing to verify.

    **Example:** `migof verify outputs/country-benchmark/MDA`
    """
    from migof_research.batch.warm import one_thread

    one_thread()
    from migof_research.batch.verify import verify as verify_report

    verdict = verify_report(report, timeout)
    for line in _told(verdict):
        typer.echo(line)
    if not verdict.same:
        raise typer.Exit(1)


def _told(found: "Verdict") -> list[str]:
    lines = [f"edited after it was made: {name} ({how})" for name, how in found.edited.items()]
    if found.failure:
        lines.append(f"cannot be made again: {found.failure}")
    lines += [f"comes out different: {name} ({how})" for name, how in found.differing.items()]
    lines += [f"input changed since: {name}" for name in found.changed]
    if found.same:
        also = ", although inputs changed" if found.changed else ""
        return [*lines, f"{found.folder}: the same in all {found.files} files{also}."]
    if not found.changed and (found.differing or found.failure):
        lines.append("no input that the manifest knows of changed: something outside the project did, such as fonts or a system library")
    return [*lines, f"{found.folder}: not the same."]
