"""Ranking a class, and who does well or needs the teacher (docs/metrics.md, "Ranking")."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analytics import stats, totals
from analytics.reports.data import Concern, StudentLine
from analytics.thresholds import TOP_MOST
from analytics.totals import Totals


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


def reasons(concerns: Sequence[Concern]) -> str:
    """Why a student needs the teacher, in words: the gravest concern, and how many more."""
    more = len(concerns) - 1
    return f"{concerns[0].reason}; {more} more" if more else concerns[0].reason
