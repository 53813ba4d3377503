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
from analytics.wording import count, percent, skill_words
from analytics.wording.printed import EN, Printed
from school.mastery import Mastery

LEAST_CLASS = 10
"""Students over whom a class figure that parents see has to be, at least."""
NAMED_SKILLS = 5


def parent_sheet(report: StudentReport, now: datetime, words: Printed = EN) -> Sheet:
    """What parents get: their child's own figures in plain words, in their language."""
    today = shared.today_of(now, report.timezone)
    alone = alone_of(report)
    days, zone = alone.range, alone.timezone
    right = words.family.right
    return Sheet(
        title=alone.student,
        subtitle=shared.subtitle([alone.class_title], days, alone.coverage, zone, words),
        footer=shared.footer(alone.student, now, zone, words),
        language=words.language,
        pages=words.around.pages,
        blocks=(
            Words(finding(alone, today, words), bold=True),
            *([_figures(alone, words)] if alone.overall.questions else []),
            *shared.titled(words.family.glance, _glance(alone, words)),
            *own.over_time(alone.progress, alone.progress_by, today, name=right, words=words),
            *own.skills_table(alone, today, words),
            *own.assignments(alone.assignments, today, words),
            *own.motivation(alone, today, words),
            *_meanings(alone, words),
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


def finding(report: StudentReport, today: date, words: Printed = EN) -> str:
    """What matters most, in words for parents; nothing is judged on fewer than 10 questions."""
    overall, said = report.overall, words.family
    names = {"name": report.student, "when": words.written.period(report.range)}
    if not overall.questions:
        return f"{said.none.format(**names)}{_last(report, today, words)}"
    asked = words.written.counted(overall.questions, "question")
    if overall.questions < JUDGED_QUESTIONS:
        return said.few.format(**names, asked=asked)
    right = percent(overall.accuracy)
    return f"{said.said.format(**names, asked=asked, right=right)}{_trend(report, words)}"


def _last(report: StudentReport, today: date, words: Printed) -> str:
    last = report.coverage.last_day
    return words.family.last.format(day=words.written.said_day(last, today)) if last else ""


def _trend(report: StudentReport, words: Printed) -> str:
    """Where the weeks go, where they clearly do."""
    trend = report.trend
    if trend is None or trend.direction not in (IMPROVING, DECLINING):
        return ""
    way = words.family.up if trend.direction == IMPROVING else words.family.down
    ends = words.written.span(trend.start, trend.end)
    return way.format(ends=ends, weeks=words.written.counted(trend.span, "week"))


def _figures(report: StudentReport, words: Printed) -> Figures:
    overall, average, said = report.overall, report.comparison.class_average, words.family
    beside = None if average is None else said.class_average.format(share=percent(average))
    days = words.written.counted(overall.active_days, "day")
    return Figures(
        (
            Figure(said.right, percent(overall.accuracy), shared.notes(beside)),
            Figure(said.questions, count(overall.questions), (said.on_days.format(days=days),)),
            Figure(said.time, own.time_words(overall, words)),
            Figure(said.mastered, own.mastered_words(overall, words)),
        )
    )


def _glance(report: StudentReport, words: Printed) -> Sequence[Block]:
    """What goes well, what needs practice, and what is late."""
    late = report.assignments.overdue if report.assignments else ()
    idle = [one.days for one in report.concerns if one.kind is ConcernKind.INACTIVE and one.days]
    said, counted = words.family, words.written.counted
    return shared.points(
        (f"{said.well}:", _skills(report, Mastery.MASTERED), NAMED_SKILLS),
        (f"{said.needs}:", _skills(report, Mastery.NEEDS_WORK), NAMED_SKILLS),
        (f"{said.late}:", [one.title for one in late], NAMED_SKILLS),
        (f"{said.idle}:", [counted(days, "school day") for days in idle], 1),
        more=words.around.more,
    )


def _skills(report: StudentReport, state: Mastery) -> list[str]:
    """The skills in a state, what matters most first."""
    ordered = sorted(report.skills, key=lambda one: one.rank)
    return [skill_words(one.skill) for one in ordered if one.mastery == state]


def _meanings(report: StudentReport, words: Printed) -> Sequence[Block]:
    """What the words mean, where any of them stands above."""
    if not (report.skills or report.overall.questions):
        return []
    return [Heading(words.family.meaning), Points(words.family.meanings)]
