"""What several reports share: intervals, points of a series, the trend verdict, coverage."""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any


def plain(value: Any) -> Any:
    """Dataclasses as dicts, tuples as lists, days and moments as ISO 8601, enums by value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


class Plain:
    """A dataclass that can be handed on as plain data."""

    def as_dict(self) -> dict[str, Any]:
        """The whole report as JSON-ready data."""
        result: dict[str, Any] = plain(self)
        return result


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, as fractions."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One day, week or month, named by its first day. Accuracy is None without a question.

    In a class's series `accuracy` is the class accuracy over `students` students with at least 10
    questions in that period.
    """

    start: date
    accuracy: float | None
    questions: int
    interval: Interval | None = None
    class_accuracy: float | None = None
    students: int | None = None


IMPROVING, DECLINING, STEADY = "improving", "declining", "steady"
TOO_LITTLE = "too little to tell"


@dataclass(frozen=True, slots=True)
class Trend:
    """The verdict on a student's weeks: `improving`, `declining`, `steady`, `too little to tell`.

    It rests on `weeks` usable weeks, `span` calendar weeks from the first to the last of them.
    `slope` is the average change of accuracy a week, `p` its significance, `start` and `end` the
    ends of the fitted line; None where there is no line.
    """

    direction: str
    weeks: int
    span: int = 0
    slope: float | None = None
    p: float | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the data reach: through when, and the first and last local days with practice.

    `silent_days` counts the school days since then that are over, where the source has stopped.
    """

    data_through: datetime | None
    first_day: date | None
    last_day: date | None
    silent_days: int = 0
