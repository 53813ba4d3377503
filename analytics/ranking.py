"""Ranking a class, and who does well or needs the teacher (docs/metrics.md, "Ranking")."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from analytics import stats, totals
from analytics.reports.data import StudentLine
from analytics.thresholds import (
    INACTIVE_DAYS,
    INACTIVE_DAYS_HIGH,
    LOW_ACCURACY,
    LOW_ACCURACY_HIGH,
    TOP_MOST,
)
from analytics.totals import Totals
from analytics.wording.formats import percent, plural


@dataclass(frozen=True, slots=True)
class Pupil:
    """What a ranking needs of one student. `missed`: school days since the last practice."""

    student_id: int
    student: str
    total: Totals
    skills_mastered: int
    needs_work: tuple[str, ...]
    last_practised: date | None
    missed: int


def ranking(pupils: Sequence[Pupil]) -> list[StudentLine]:
    """Judged students by accuracy, then the others by questions; equal accuracy shares a place.

    Among equals those with more questions come first, then by name.
    """
    everyone = [one.total for one in pupils]
    accuracies = totals.judged_accuracies(everyone)
    return [_line(one, accuracies, everyone) for one in sorted(pupils, key=_order)]


def _order(one: Pupil) -> tuple[bool, float, int, str, int]:
    accuracy = one.total.accuracy if one.total.judged else None
    return (
        accuracy is None,
        -(accuracy or 0.0),
        -one.total.questions,
        one.student,
        one.student_id,
    )


def _line(one: Pupil, accuracies: Sequence[float], everyone: Sequence[Totals]) -> StudentLine:
    own = one.total.accuracy
    return StudentLine(
        student_id=one.student_id,
        student=one.student,
        accuracy=own,
        questions=one.total.questions,
        place=_place(one.total, accuracies),
        percentile=totals.standing(one.total, everyone),
        skills_mastered=one.skills_mastered,
        needs_work=one.needs_work,
        last_practised=one.last_practised,
        missed_school_days=one.missed,
    )


def _place(own: Totals, accuracies: Sequence[float]) -> int | None:
    if not own.judged:
        return None
    return 1 + sum(other > own.correct / own.questions for other in accuracies)


def top(lines: Iterable[StudentLine], weak: Collection[int]) -> tuple[StudentLine, ...]:
    """The top quarter of the class, at most five, none of whom is among the struggling."""
    best = [
        line
        for line in lines
        if line.percentile is not None
        and stats.quarter(line.percentile) == "top quarter"
        and line.student_id not in weak
    ]
    return tuple(best[:TOP_MOST])


def struggling(pupils: Iterable[Pupil], lines: Iterable[StudentLine]) -> tuple[StudentLine, ...]:
    """Who has not practised for 5 school days, or is clearly below 70 %, each with the reason.

    Those from 10 school days on, or clearly below 60 %, come first; within each group the lowest
    accuracy first. "Clearly": the upper end of the 95 % Wilson interval lies below.
    """
    by_id = {line.student_id: line for line in lines}
    found = [(one, reason) for one in pupils if (reason := _reason(one))]
    found.sort(key=lambda pair: _severity(pair[0]))
    return tuple(replace(by_id[one.student_id], reason=reason) for one, reason in found)


def _upper(one: Pupil) -> float:
    """The upper end of the accuracy's interval; 1 where it is not judged."""
    interval = stats.wilson(one.total.correct, one.total.questions)
    return interval.high if interval and one.total.judged else 1.0


def _reason(one: Pupil) -> str:
    reasons = []
    if one.missed >= INACTIVE_DAYS:
        since = plural(one.missed, "school day")
        reasons.append(
            f"no practice for {since}" if one.last_practised else f"no practice yet, in {since}"
        )
    if _upper(one) < LOW_ACCURACY:
        questions = plural(one.total.questions, "question")
        reasons.append(f"{percent(one.total.accuracy)} of {questions}")
    return "; ".join(reasons)


def _severity(one: Pupil) -> tuple[bool, float, int, str]:
    high = one.missed >= INACTIVE_DAYS_HIGH or _upper(one) < LOW_ACCURACY_HIGH
    accuracy = one.total.accuracy if one.total.judged else None
    return not high, 1.0 if accuracy is None else accuracy, -one.missed, one.student
