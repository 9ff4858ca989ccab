"""What a run shows while it goes on: a line a report and a bar; a summary that names what failed."""

import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from migof_research.batch.plan import Outcome

MARKS = {"made": "[green]made[/]  ", "kept": "[dim]kept[/]  ", "failed": "[red]failed[/]"}


class Progress:
    """Passed each outcome by ``tell``. Refreshed only then: a thread must not be there when the runner forks."""

    def __init__(self, study: str, total: int, console: Console | None = None):
        self.study, self.total, self.outcomes = study, total, list[Outcome]()
        self.console = console or Console(stderr=True, highlight=False, soft_wrap=True)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        self.bar = Bar(*columns, console=self.console, auto_refresh=False, transient=True)

    def __enter__(self) -> "Progress":
        self.started = time.monotonic()
        self.bar.start()
        self.task = self.bar.add_task(self.study, total=self.total)
        self.bar.refresh()
        return self

    def __exit__(self, *exc: object) -> None:
        self.bar.stop()

    def tell(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        if outcome.status != "kept" or self.total <= 10:
            took = "" if outcome.status == "kept" else f" {outcome.seconds:6.2f} s"
            reason = f"  {escape(outcome.error)}" if outcome.error else ""
            self.bar.console.print(f"{MARKS[outcome.status]} {escape(outcome.task.label):<12}{took}{reason}")
        self.bar.advance(self.task)
        self.bar.refresh()

    def interrupted(self) -> None:
        self.bar.stop()
        self.console.print(f"Interrupted after {len(self.outcomes)} of {self.total}; the same command goes on from here.")

    def summary(self, outputs: Path) -> None:
        failed = [o for o in self.outcomes if o.status == "failed"]
        count = {status: sum(o.status == status for o in self.outcomes) for status in MARKS}
        for outcome in failed:
            self.console.print(f"\n[red]{self.study} {escape(outcome.task.label)}[/]: {escape(outcome.error)}")
            if outcome.traceback:
                self.console.print(escape(_tail(outcome.traceback)), style="dim")
            notebook = outcome.task.folder / "failed.ipynb"
            if notebook.exists():
                self.console.print(f"As far as it got: {notebook}")
        took = time.monotonic() - self.started
        counted = ", ".join(f"{number} {status}" for status, number in count.items())
        self.console.print(f"{counted} in {took:.1f} s: {outputs / 'index.html'}")
        if failed:
            self.console.print(f"Failed: {', '.join(escape(o.task.label) for o in failed)}. Details: {outputs / 'run.jsonl'}")


def _tail(trace: str, lines: int = 12) -> str:
    return "\n".join(trace.rstrip().splitlines()[-lines:])
