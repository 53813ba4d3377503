"""What trend reports of students and of classes share (docs/metrics.md, "Trends")."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics import skills
from analytics.queries.mastery import SkillDay, SkillState
from analytics.queries.people import Member, first_practice
from analytics.reports.data.trends import (
    MasteryShare,
    Metric,
    MetricSeries,
    SeriesPoint,
    SkillMove,
)
from school.days import DateRange, last_days, local_day
from school.mastery import Mastery

LABELS = (Mastery.MASTERED, Mastery.IN_PROGRESS, Mastery.NEEDS_WORK, Mastery.TOO_LITTLE)
BESIDE = {
    Metric.ACCURACY: (Metric.QUESTIONS,),
    Metric.QUESTIONS: (Metric.ACCURACY, Metric.ACTIVE_DAYS),
    Metric.TIME: (Metric.QUESTIONS, Metric.ACTIVE_DAYS),
    Metric.XP: (Metric.QUESTIONS, Metric.ACTIVE_DAYS),
    Metric.ENGAGEMENT: (Metric.ACTIVE_DAYS, Metric.QUESTIONS),
}
"""Which other metrics stand beside the one asked for."""


def range_of(days: int | DateRange, now: datetime, zone: ZoneInfo) -> DateRange:
    """The days themselves, or the last so many up to today."""
    return last_days(days, local_day(now, zone)) if isinstance(days, int) else days


def reach(
    members: Iterable[Member], data_through: datetime | None, zone: ZoneInfo
) -> DateRange | None:
    """From the first practice of these students to the last day of the data; None without any."""
    first = first_practice(members)
    if first is None or data_through is None:
        return None
    return DateRange(first, max(first, local_day(data_through, zone)))


def beside(
    metric: Metric, by: str, points: Callable[[Metric, str], tuple[SeriesPoint, ...]]
) -> tuple[MetricSeries, ...]:
    """The series that stand beside one. Active days are counted by week at the shortest."""
    found = []
    for one in BESIDE.get(metric, (Metric.QUESTIONS,)):
        period = "week" if one is Metric.ACTIVE_DAYS and by == "day" else by
        found.append(MetricSeries(one, period, points(one, period)))
    return tuple(found)


def common(one: DateRange, other: DateRange) -> bool:
    """Whether two ranges have a day in common."""
    return one.start <= other.end and other.start <= one.end


def skill_moves(practised: Sequence[SkillDay], days: DateRange) -> tuple[SkillMove, ...]:
    """The skills practised in `days`: the estimate before them and at their end."""
    before = skills.latest(practised, days.start - timedelta(days=1))
    now = skills.latest(practised, days.end)
    return tuple(
        _move(before.get(line.skill_id), now[line.skill_id], line.questions)
        for line in skills.skill_lines(practised, days)
        if line.questions
    )


def _move(first: SkillDay | None, last: SkillDay, questions: int) -> SkillMove:
    known = first is not None and first.label != Mastery.TOO_LITTLE
    return SkillMove(
        skill_id=last.skill_id,
        skill=last.skill,
        before=first.estimate if first and known else None,
        now=last.estimate,
        mastery_before=first.label if first else Mastery.TOO_LITTLE.value,
        mastery=last.label,
        questions=questions,
    )


def mastery_share(
    states: Iterable[SkillState], students: Iterable[int], skill_ids: Iterable[int], by: date
) -> MasteryShare:
    """How many of all pairs of these students and skills stood at each label at the day's end.

    A pair without practice is too little practice, so that two days count the same pairs.
    """
    labels = {(one.student_id, one.skill_id): one.label for one in states}
    pairs = [(student, skill) for student in students for skill in skill_ids]
    found = [labels.get(pair, Mastery.TOO_LITTLE.value) for pair in pairs]
    return MasteryShare(by, tuple((label.value, found.count(label.value)) for label in LABELS))
