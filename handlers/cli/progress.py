"""A progress bar for imports, and their outcome in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from school.imports.outcome import ImportOutcome, Severity
from school.imports.outcome import Progress as Report

SHOWN = 20
"""How many problems are listed; the rest is counted."""


@contextmanager
def progress_bar() -> Iterator[Report]:
    """A bar on standard error; calling what it yields moves it."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    # Where nobody watches, a bar would only leave stray lines in a log.
    silent = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=silent) as bar:
        task = bar.add_task("Opening", total=None)

        def report(done: int, whole: int, phase: str) -> None:
            bar.update(task, completed=done, total=whole, description=phase)

        yield report


def outcome_lines(name: str, outcome: ImportOutcome) -> Iterator[str]:
    """What came of the import of what goes by `name`: a summary, then its problems."""
    yield summary(name, outcome)
    for problem in outcome.problems[:SHOWN]:
        mark = "warning" if problem.severity is Severity.WARNING else "error"
        yield f"  {problem.file}, line {problem.line}, {problem.field}: {problem.reason} [{mark}]"
    rest = outcome.problems_total - min(len(outcome.problems), SHOWN)
    if rest:
        yield f"  and {rest:,} more"


def summary(name: str, outcome: ImportOutcome) -> str:
    """One line: what was read, what was new, what was refused."""
    if outcome.stopped:
        return (
            f"{name}: refused as a whole, nothing was written (--strict): "
            f"{counted(outcome.refused, 'row')} of {outcome.rows:,} cannot be used."
        )
    parts = [f"{counted(outcome.rows, 'row')} read", f"{outcome.new:,} new"]
    if outcome.refused:
        parts.append(f"{outcome.refused:,} refused")
    if outcome.warnings:
        parts.append(counted(outcome.warnings, "warning"))
    return f"{name}: {', '.join(parts)}."


def counted(number: int, noun: str) -> str:
    """A number and its noun, such as `1 row` or `2 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
