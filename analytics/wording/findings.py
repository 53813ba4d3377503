"""The one sentence that opens a report, by the rules of docs/metrics.md, "The first sentence".

It claims no more than the figures carry: little data is called little, a difference from the class
is named only where the interval is clear of it, and a trend only where the verdict is one.
"""

from collections.abc import Sequence
from datetime import date

from analytics.reports.data import (
    DECLINING,
    IMPROVING,
    ClassReport,
    Heatmap,
    StudentReport,
    Trend,
)
from analytics.thresholds import (
    COMPARED_STUDENTS,
    INACTIVE_DAYS,
    JUDGED_QUESTIONS,
    JUDGED_STUDENTS,
    SHARED_BY,
)
from analytics.wording.formats import (
    day_words,
    interval_words,
    joined,
    percent,
    percent_span,
    period_words,
    plural,
    skill_words,
)
from school.mastery import Mastery

NAMED_SKILLS = 2
"""How many skills a sentence names before it counts the rest."""


def student_finding(
    report: StudentReport, given_name: str | None = None, *, as_of: date | None = None
) -> str:
    """What matters most about a student; `given_name` is what the sentence calls them.

    `as_of` is the day up to which missed days are counted, where that is not about today.
    """
    name = given_name or report.student
    if report.overall.questions < JUDGED_QUESTIONS:
        return _little_practice(report, name)
    weak = [line.skill for line in report.skills if line.mastery == Mastery.NEEDS_WORK]
    head, well = _standing(report, name, as_of)
    tail = _skills_clause(report, weak)
    if not tail:
        return f"{head.removesuffix(',')}."
    return f"{head} {'but' if well and weak else 'and'} {tail}."


def _standing(report: StudentReport, name: str, as_of: date | None) -> tuple[str, bool]:
    """The first clause, with its comma, and whether it is good news: no practice, trend, class."""
    idle, trend = report.missed_school_days or 0, report.trend
    if idle >= INACTIVE_DAYS:
        return f"{name} {_not_practised('has', plural(idle, 'school day'), as_of)}", False
    if trend is not None and trend.direction in (IMPROVING, DECLINING):
        return _trend(trend, name, as_of), trend.direction == IMPROVING
    beside, above = _beside_class(report)
    return f"{name} gets {percent(report.overall.accuracy)} right{beside}", above


def _trend(trend: Trend, name: str, as_of: date | None) -> str:
    """`Maya is improving: 61 to 74 % in 8 weeks`, the ends of the fitted line."""
    ends = percent_span(trend.start, trend.end)
    verb = "is" if as_of is None else "was"
    return f"{name} {verb} {trend.direction}: {ends} in {plural(trend.span, 'week')},"


def _not_practised(has: str, days: str, as_of: date | None) -> str:
    """`has not practised for 7 school days`; where it is past, as of which day."""
    if as_of is None:
        return f"{has} not practised for {days}"
    return f"had not practised for {days} by {day_words(as_of, as_of)}"


def _little_practice(report: StudentReport, name: str) -> str:
    last, period = report.coverage.last_day, period_words(report.range)
    if last is None:
        return f"{name} has not practised yet."
    seen = f"Last practice {day_words(last, report.range.end)}."
    if not report.overall.questions:
        return f"No practice {period}. {seen}"
    questions = plural(report.overall.questions, "question")
    return f"Only {questions} {period}: too little to judge. {seen}"


def _beside_class(report: StudentReport) -> tuple[str, bool]:
    """The accuracy beside the class's, in words, and whether it is clearly above."""
    average, interval = report.comparison.class_average, report.overall.interval
    if average is None or interval is None or report.comparison.students < COMPARED_STUDENTS:
        return "", False
    above, below = interval.low > average, interval.high < average
    side = "above" if above else "below" if below else "not clearly different from"
    return f", {side} the class’s {percent(average)},", above


def _skills_clause(report: StudentReport, weak: Sequence[str]) -> str:
    if weak:
        return f"needs work on {_named(weak)}"
    if report.overall.skills_mastered:
        return f"has mastered {report.overall.skills_mastered} of {_total(report)}"
    return ""


def _total(report: StudentReport) -> str:
    return plural(report.overall.skills_total, "skill")


def _named(names: Sequence[str]) -> str:
    shown = [skill_words(name) for name in names[:NAMED_SKILLS]]
    more = len(names) - len(shown)
    return joined([*shown, plural(more, "more skill")] if more else shown)


def class_finding(report: ClassReport, *, as_of: date | None = None) -> str:
    """What matters most about a class. `as_of` as in `student_finding`."""
    overall, period = report.overall, period_words(report.range)
    if not overall.students:
        return f"Nobody is enrolled {period}."
    if not overall.questions:
        return _no_practice(report, period)
    if overall.judged < JUDGED_STUDENTS:
        few = f"{_few(overall.judged)} of {plural(overall.students, 'student')}"
        return f"{few} answered {JUDGED_QUESTIONS} questions {period}: too little to judge."
    accuracy = f"class accuracy is {percent(overall.accuracy)} ({interval_words(overall.interval)})"
    need = _shared_need(report, as_of)
    if need:
        return f"{need}; {accuracy}."
    return f"C{accuracy[1:]}, over {overall.judged} of {plural(overall.students, 'student')}."


def _few(number: int) -> str:
    return f"Only {number}" if number else "None"


def _no_practice(report: ClassReport, period: str) -> str:
    last = report.coverage.last_day
    if last is None:
        return "Nobody has practised yet."
    return f"No practice {period}. Last practice {day_words(last, report.range.end)}."


def _shared_need(report: ClassReport, as_of: date | None) -> str:
    """What most students of today's class share: a skill that needs work, or no practice."""
    of = f"of {len(report.ranking)}"
    idle = sum((line.missed_school_days or 0) >= INACTIVE_DAYS for line in report.ranking)
    needing = _needing(report.heatmap)
    if max(idle, needing) < SHARED_BY:
        return ""
    if idle > needing:
        days = f"{INACTIVE_DAYS} school days or more"
        return f"{idle} {of} {_not_practised('have', days, as_of)}"
    return f"{needing} {of} need work on {skill_words(report.heatmap.skills[0])}"


def _needing(heatmap: Heatmap) -> int:
    """How many students need work on the first skill, which is the one that most need."""
    return sum(row[:1] == (Mastery.NEEDS_WORK.value,) for row in heatmap.labels)
