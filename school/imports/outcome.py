"""What an import did, and what was wrong with its rows."""

from dataclasses import dataclass, field
from enum import StrEnum

from school.bulk import Progress as Progress

PROBLEMS_KEPT = 1000
"""So many problems are told in full; the rest are counted, so that memory stays constant."""
VALUE_SHOWN = 40


class Severity(StrEnum):
    """Whether a row was refused (error) or taken with something left out (warning)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: `line` counts from 1, `field` is the column's name."""

    file: str
    line: int
    field: str
    reason: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import read, what of it was new, and what was wrong.

    `rows` counts data rows read, `new` those that brought something not known before, `refused`
    those with an error. `problems` holds the first of them; `problems_total` counts all.
    `stopped` says that a strict import refused the whole file and wrote nothing.
    """

    rows: int
    new: int
    refused: int
    problems: tuple[Problem, ...] = ()
    problems_total: int = 0
    warnings: int = 0
    stopped: bool = False


@dataclass(slots=True)
class Problems:
    """Collects problems of one file, the first ones in full."""

    file: str
    kept: list[Problem] = field(default_factory=list)
    errors: int = 0
    warnings: int = 0

    def error(self, line: int, name: str, reason: str) -> None:
        """A row that is refused."""
        self.errors += 1
        self._keep(Problem(self.file, line, name, reason))

    def warn(self, line: int, name: str, reason: str) -> None:
        """A row that is taken, with something left out."""
        self.warnings += 1
        self._keep(Problem(self.file, line, name, reason, Severity.WARNING))

    def _keep(self, problem: Problem) -> None:
        if len(self.kept) < PROBLEMS_KEPT:
            self.kept.append(problem)

    def outcome(self, *, rows: int, new: int, stopped: bool = False) -> ImportOutcome:
        """The outcome of an import that met these problems."""
        total = self.errors + self.warnings
        return ImportOutcome(
            rows, new, self.errors, tuple(self.kept), total, self.warnings, stopped
        )


def shown(value: str) -> str:
    """A bad value as it may be quoted to the person at the terminal: shortened, on one line."""
    text = " ".join(value.split())
    return f"“{text[: VALUE_SHOWN - 1]}…”" if len(text) > VALUE_SHOWN else f"“{text}”"
