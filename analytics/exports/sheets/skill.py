"""The sheet of how a class stands with one skill."""

from collections.abc import Sequence
from datetime import date, datetime

from analytics.exports.blocks import (
    RIGHT,
    Bar,
    Block,
    Column,
    Figure,
    Figures,
    Heading,
    Row,
    Sheet,
    Table,
    Words,
)
from analytics.exports.sheets import series, shared
from analytics.reports.data import Prerequisite, SkillReport, SkillStudent
from analytics.thresholds import JUDGED_STUDENTS
from analytics.wording import (
    MISSING,
    class_accuracy,
    count,
    day_words,
    interval_words,
    percent,
    plural,
)

MEDIAN = "until half of them are there"
MOST_STUDENTS, MOST_SKILLS = 8, 3
"""So many are named; the tables have them all."""


def skill_sheet(report: SkillReport, now: datetime) -> Sheet:
    """Everything of a skill's report, the most important first; absent parts are absent."""
    today = shared.today_of(now, report.timezone)
    return Sheet(
        title=report.skill,
        subtitle=shared.subtitle(
            [report.class_title], report.range, report.coverage, report.timezone
        ),
        footer=shared.footer(f"{report.skill} · {report.class_title}", now, report.timezone),
        blocks=(
            Words(report.finding, bold=True),
            *shared.replaying(report),
            _figures(report),
            *shared.titled("What stands out", _standing_out(report)),
            *_distribution(report),
            *_over_time(report, today),
            *_students(report, today),
            *_prerequisites(report),
            *shared.reading_notes(),
        ),
    )


def _figures(report: SkillReport) -> Figures:
    time = report.survival
    reached = f"{time.mastered} of {time.started} are there"
    interval = f"95 % interval {interval_words(report.interval)}" if report.interval else None
    return Figures(
        (
            Figure(
                "Accuracy",
                class_accuracy(report.accuracy, report.judged),
                shared.notes(
                    interval,
                    _over(report.judged),
                    f"all questions together {percent(report.pooled)}",
                ),
            ),
            Figure("Questions", count(report.questions)),
            Figure(
                "Questions to mastery",
                _half(time.median_questions),
                shared.notes(MEDIAN, reached),
            ),
            Figure("School days to mastery", _half(time.median_days), (MEDIAN,)),
        )
    )


def _over(judged: int) -> str:
    """What the class accuracy rests on."""
    return f"over {judged} students" if judged >= JUDGED_STUDENTS else "too little to judge"


def _half(median: float | None) -> str:
    """A median, which may lie between two numbers; none while fewer than half are there."""
    if median is None:
        return MISSING
    return count(median) if median == int(median) else f"{median:.1f}"


def _standing_out(report: SkillReport) -> Sequence[Block]:
    causes = [f"{cause} ({plural(number, 'student')})" for cause, number in report.root_causes]
    focus = [f"{one.skill} (would help {plural(one.students, 'student')})" for one in report.focus]
    return shared.points(
        ("Struggling:", [_struggling(one) for one in report.struggling], MOST_STUDENTS),
        ("Stuck on:", causes, MOST_SKILLS),
        ("Focus next:", focus, MOST_SKILLS),
        ("Later skills that wait on this one:", report.later, MOST_SKILLS),
    )


def _struggling(one: SkillStudent) -> str:
    """A name with the reason, as in the message."""
    return f"{one.student} ({one.reason})" if one.reason else one.student


def _distribution(report: SkillReport) -> Sequence[Block]:
    """Today's students by state, a bar each."""
    everyone = sum(number for _state, number in report.distribution)
    if not everyone:
        return []
    columns = (
        Column("State"),
        Column("Students", RIGHT, strong=True),
        Column("Of all of them", share=1),
    )
    rows: tuple[Row, ...] = tuple(
        (state.capitalize(), count(number), Bar(number / everyone))
        for state, number in report.distribution
    )
    return [Heading("Students by state"), Table(columns, rows)]


def _over_time(report: SkillReport, today: date) -> Sequence[Block]:
    if not report.questions:
        return []
    return series.class_accuracy(report.trends, report.trends_by, today)


def _students(report: SkillReport, today: date) -> Sequence[Block]:
    causes = any(one.root_cause for one in report.students)
    columns = [
        Column("Student", share=3),
        Column("Right", RIGHT, strong=True),
        Column("95 % interval", RIGHT),
        Column("Questions", RIGHT),
        Column("State", strong=True),
        Column("Last practised", RIGHT),
        *([Column("Stuck on", share=2)] if causes else []),
    ]
    rows = tuple(_student(one, today, causes=causes) for one in report.students)
    return [Heading("Students"), Table(tuple(columns), rows)] if rows else []


def _student(one: SkillStudent, today: date, *, causes: bool) -> Row:
    return (
        one.student,
        percent(one.accuracy),
        interval_words(one.interval),
        count(one.questions),
        one.mastery,
        day_words(one.last_practised, today),
        *([one.root_cause or MISSING] if causes else []),
    )


def _prerequisites(report: SkillReport) -> Sequence[Block]:
    columns = (
        Column("Comes before", share=1),
        Column("Steps before", RIGHT),
        Column("Mastered", RIGHT),
        Column("In progress", RIGHT),
        Column("Needs work", RIGHT, strong=True),
        Column("Too little practice", RIGHT),
    )
    rows = tuple(_prerequisite(one) for one in report.prerequisites)
    return [Heading("Prerequisites"), Table(columns, rows)] if rows else []


def _prerequisite(one: Prerequisite) -> Row:
    states = (one.mastered, one.in_progress, one.needs_work, one.too_little)
    return (one.skill, count(one.depth), *map(count, states))
