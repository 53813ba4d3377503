"""The columns of each report's CSV, in order (docs/exports.md), and how figures stand in them."""

from datetime import date

from analytics.reports.data import Interval, TrendPoint
from school.days import DateRange

Value = str | float | date | None
Cells = dict[str, Value]

_ACCURACY = ("questions", "accuracy_percent", "interval_low_percent", "interval_high_percent")

STUDENT = (
    "part",
    "student",
    "class",
    "skill",
    "assignment",
    "from",
    "to",
    *_ACCURACY,
    "class_accuracy_percent",
    "percentile",
    "state",
    "estimate_percent",
    "questions_so_far",
    "minutes",
    "active_days",
    "skills_mastered",
    "skills",
    "set_questions",
    "due",
    "done_on",
    "score",
    "xp",
    "streak_days",
    "last_practised",
    "note",
)
CLASS = (
    "part",
    "class",
    "student",
    "skill",
    "assignment",
    "from",
    "to",
    *_ACCURACY,
    "pooled_accuracy_percent",
    "students",
    "active_students",
    "place",
    "percentile",
    "state",
    "estimate_percent",
    "skills_mastered",
    "minutes",
    "engagement_percent",
    "days_a_week",
    "due",
    "assigned",
    "completed",
    "completed_late",
    "completion_percent",
    "xp",
    "last_practised",
    "note",
)
SKILL = (
    "part",
    "class",
    "skill",
    "student",
    "from",
    "to",
    *_ACCURACY,
    "pooled_accuracy_percent",
    "students",
    "state",
    "estimate_percent",
    "questions_so_far",
    "steps_before",
    "mastered",
    "in_progress",
    "needs_work",
    "too_little_practice",
    "median_questions_to_mastery",
    "median_school_days_to_mastery",
    "last_practised",
    "note",
)


def percentage(fraction: float | None) -> float | None:
    """A fraction as a percentage with two decimals."""
    return None if fraction is None else round(100 * fraction, 2)


def minutes(seconds: float) -> float:
    """Seconds as minutes with one decimal."""
    return round(seconds / 60, 1)


def accuracy(questions: int, fraction: float | None, interval: Interval | None) -> Cells:
    """The cells of an accuracy: what it rests on, it, and its 95 % interval."""
    return {
        "questions": questions,
        "accuracy_percent": percentage(fraction),
        "interval_low_percent": percentage(interval.low if interval else None),
        "interval_high_percent": percentage(interval.high if interval else None),
    }


def span(part: str, days: DateRange) -> Cells:
    """The cells of a row about a range of days, both ends in it."""
    return {"part": part, "from": days.start, "to": days.end}


def period(by: str, point: TrendPoint) -> Cells:
    """The cells of a `day`, `week` or `month`: its first day, and how it went."""
    return {
        "part": by,
        "from": point.start,
        **accuracy(point.questions, point.accuracy, point.interval),
    }
