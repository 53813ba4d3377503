"""A student's sheet for the student's parents (promise 1 of docs/privacy.md).

It speaks of their child alone: of nobody else, with no rank, percentile or place, and with a class
figure only where it is one of at least 10 students. So it starts from a report out of which all
else is taken, and writes its own sentences: the teacher's may compare.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from analytics.exports.blocks import Block, Figure, Figures, Heading, Points, Sheet, Words
from analytics.exports.sheets import own, shared
from analytics.reports.data import (
    DECLINING,
    IMPROVING,
    Comparison,
    ConcernKind,
    StudentReport,
    TrendPoint,
)
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.wording import (
    count,
    day_words,
    percent,
    percent_span,
    period_words,
    plural,
    skill_words,
)
from school.mastery import Mastery

LEAST_CLASS = 10
"""Students over whom a class figure that parents see has to be, at least."""
NAMED_SKILLS = 5

MEANINGS = (
    ("Mastered:", "can do this reliably; about 8 of the last 10 answers are right"),
    ("In progress:", "is on the way"),
    ("Needs work:", "more practice would help here"),
    ("Too little practice:", "too few answers so far to say"),
)


def parent_sheet(report: StudentReport, now: datetime) -> Sheet:
    """What parents get: their child's own figures in plain words."""
    today = shared.today_of(now, report.timezone)
    alone = alone_of(report)
    return Sheet(
        title=alone.student,
        subtitle=shared.subtitle([alone.class_title], alone.range, alone.coverage, alone.timezone),
        footer=shared.footer(alone.student, now, alone.timezone),
        blocks=(
            Words(finding(alone, today), bold=True),
            *([_figures(alone)] if alone.overall.questions else []),
            *shared.titled("At a glance", _glance(alone)),
            *own.over_time(alone.progress, alone.progress_by, today, name="Right answers"),
            *own.skills_table(alone, today),
            *own.assignments(alone.assignments, today),
            *own.motivation(alone, today),
            *_meanings(alone),
        ),
    )


def alone_of(report: StudentReport) -> StudentReport:
    """The report without anybody else in it."""
    mates = report.comparison
    average = mates.class_average if mates.students >= LEAST_CLASS else None
    return replace(
        report,
        comparison=Comparison(average, None, mates.students, None, False),
        progress=tuple(_alone(point) for point in report.progress),
        trends=tuple(_alone(point) for point in report.trends),
        finding="",
        strengths=(),
        weaknesses=(),
        praise=(),
        concerns=tuple(replace(one, reason="", shared=False) for one in report.concerns),
        motivation=report.motivation
        and replace(report.motivation, place=None, placed=0, left_out=False),
    )


def _alone(point: TrendPoint) -> TrendPoint:
    """A period without the class, unless it is known to rest on enough students."""
    if point.students is not None and point.students >= LEAST_CLASS:
        return point
    return replace(point, class_accuracy=None, students=None)


def finding(report: StudentReport, today: date) -> str:
    """What matters most, in words for parents; nothing is judged on fewer than 10 questions."""
    overall, when = report.overall, period_words(report.range)
    if not overall.questions:
        return f"{report.student} has not practised {when}.{_last(report, today)}"
    asked = plural(overall.questions, "question")
    if overall.questions < JUDGED_QUESTIONS:
        return f"{report.student} answered {asked} {when}: too few to say how it goes."
    said = f"{report.student} answered {asked} {when} and got {percent(overall.accuracy)} right."
    return f"{said}{_trend(report)}"


def _last(report: StudentReport, today: date) -> str:
    last = report.coverage.last_day
    return f" Last practice: {day_words(last, today)}." if last else ""


def _trend(report: StudentReport) -> str:
    """Where the weeks go, where they clearly do."""
    trend = report.trend
    if trend is None or trend.direction not in (IMPROVING, DECLINING):
        return ""
    way = "up" if trend.direction == IMPROVING else "down"
    ends = percent_span(trend.start, trend.end)
    return f" Right answers went {way}, from {ends} in {plural(trend.span, 'week')}."


def _figures(report: StudentReport) -> Figures:
    overall, average = report.overall, report.comparison.class_average
    beside = None if average is None else f"class average {percent(average)}"
    days = plural(overall.active_days, "day")
    return Figures(
        (
            Figure("Right answers", percent(overall.accuracy), shared.notes(beside)),
            Figure("Questions", count(overall.questions), (f"on {days}",)),
            Figure("Time", own.time_words(overall)),
            Figure("Skills mastered", f"{overall.skills_mastered} of {overall.skills_total}"),
        )
    )


def _glance(report: StudentReport) -> Sequence[Block]:
    """What goes well, what needs practice, and what is late."""
    late = report.assignments.overdue if report.assignments else ()
    idle = [one for one in report.concerns if one.kind is ConcernKind.INACTIVE and one.days]
    return shared.points(
        ("Goes well:", _skills(report, Mastery.MASTERED), NAMED_SKILLS),
        ("Needs more practice:", _skills(report, Mastery.NEEDS_WORK), NAMED_SKILLS),
        ("Not handed in yet:", [one.title for one in late], NAMED_SKILLS),
        ("No practice for:", [plural(one.days or 0, "school day") for one in idle], 1),
    )


def _skills(report: StudentReport, state: Mastery) -> list[str]:
    """The skills in a state, what matters most first."""
    ordered = sorted(report.skills, key=lambda one: one.rank)
    return [skill_words(one.skill) for one in ordered if one.mastery == state]


def _meanings(report: StudentReport) -> Sequence[Block]:
    """What the words mean, where any of them stands above."""
    if not (report.skills or report.overall.questions):
        return []
    interval = (
        "95 % interval:",
        "with few questions chance plays a part; the true share most likely lies in between",
    )
    return [Heading("What the words mean"), Points((*MEANINGS, interval))]
