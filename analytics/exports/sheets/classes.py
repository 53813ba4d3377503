"""A class's sheet."""

from collections.abc import Sequence
from datetime import date, datetime

from analytics.charts.fonts import shorten
from analytics.exports.blocks import (
    Block,
    Figure,
    Figures,
    Heading,
    Sheet,
    States,
    Words,
)
from analytics.exports.sheets import class_tables as tables
from analytics.exports.sheets import series, shared
from analytics.reports.data import (
    ClassOverall,
    ClassReport,
    FocusSkill,
    StudentConcerns,
)
from analytics.thresholds import JUDGED_STUDENTS
from analytics.wording import (
    MISSING,
    class_accuracy,
    count,
    days_a_week,
    hours,
    interval_words,
    percent,
    plural,
)
from analytics.wording.formats import points as point_change
from analytics.wording.praised import doing_well
from school.mastery import Mastery

MOST_SKILLS = 12
"""Columns of the grid: as many as the picture has; the table of skills counts them all."""
NAMED_SKILLS = 3
MOST_STUDENTS, MOST_REASONS = 8, 2
"""Students who stand out by name, and the reasons why they do."""
CLASS_ACCURACY = (
    "Class accuracy:",
    "the mean over students with at least 10 questions in these days",
)
HEAD_ROOM, HEAD_SIZE = 185, 8
"""Points of two lines above the grid, with a margin for where they break, and of their letters."""
LETTERS = {
    Mastery.MASTERED: "M",
    Mastery.IN_PROGRESS: "P",
    Mastery.NEEDS_WORK: "W",
    Mastery.TOO_LITTLE: MISSING,
}


def class_sheet(report: ClassReport, now: datetime) -> Sheet:
    """Everything of a class's report, the most important first; absent parts are absent."""
    today = shared.today_of(now, report.timezone)
    students = plural(len(report.ranking), "student")
    return Sheet(
        title=report.title,
        subtitle=shared.subtitle([students], report.range, report.coverage, report.timezone),
        footer=shared.footer(report.title, now, report.timezone),
        blocks=(
            Words(report.finding, bold=True),
            *shared.replaying(report),
            *([_figures(report)] if report.overall.questions else []),
            *shared.titled("What stands out", _standing_out(report)),
            *_grid(report),
            *_over_time(report, today),
            *tables.students(report, today),
            *tables.skills(report),
            *tables.assignments(report, today),
            *tables.leaderboard(report),
            *(shared.reading_notes(CLASS_ACCURACY) if report.overall.questions else []),
        ),
    )


def _figures(report: ClassReport) -> Figures:
    now = report.overall
    done = f"{now.completed} of {now.assigned} due" if now.assigned else None
    return Figures(
        (
            Figure(
                "Accuracy",
                class_accuracy(now.accuracy, now.judged),
                shared.notes(
                    f"95 % interval {interval_words(now.interval)}" if now.interval else None,
                    _over(now),
                    _since(report),
                    f"all questions together {percent(now.pooled)}",
                ),
            ),
            Figure(
                "Engagement", percent(now.engagement), shared.notes(days_a_week(now.days_a_week))
            ),
            Figure(
                "Questions",
                count(now.questions),
                shared.notes(
                    f"by {plural(now.active_students, 'student')}", f"in {hours(now.time)}"
                ),
            ),
            Figure("Assignments done", percent(now.completion), shared.notes(done)),
        )[: 4 if now.assigned else 3]
    )


def _over(now: ClassOverall) -> str:
    """What the class accuracy rests on."""
    if now.judged < JUDGED_STUDENTS:
        return "too little to judge"
    return f"over {now.judged} of {plural(now.students, 'student')}"


def _since(report: ClassReport) -> str | None:
    """The change of the accuracy on the range before, where both can be said."""
    before = report.previous
    if before is None or min(before.judged, report.overall.judged) < JUDGED_STUDENTS:
        return None
    return shared.since(point_change(report.overall.accuracy, before.accuracy), report.range)


def _standing_out(report: ClassReport) -> Sequence[Block]:
    """How many are on track, who needs somebody, who does well, what to work on next."""
    track = []
    if report.on_track is not None:
        track = [f"{report.on_track} of {plural(len(report.ranking), 'student')}"]
    return shared.points(
        ("On track:", track, 1),
        ("Need you:", _needing(report), MOST_STUDENTS),
        ("Doing well:", [f"{name} ({why})" for name, why in doing_well(report)], MOST_STUDENTS),
        ("Focus next:", [_focus(one) for one in report.focus], NAMED_SKILLS),
    )


def _needing(report: ClassReport) -> list[str]:
    """Those with concerns; where none were looked for, those whom the ranking names."""
    concerned = [f"{one.student} ({_reasons(one)})" for one in report.concerns if one.concerns]
    if concerned or report.on_track is not None:
        return concerned
    return [f"{one.student} ({one.reason})" for one in report.struggling if one.reason]


def _reasons(one: StudentConcerns) -> str:
    return shared.named([each.reason for each in one.concerns], MOST_REASONS, ", ")


def _focus(one: FocusSkill) -> str:
    opens = f", opens {plural(one.opens, 'later skill')}" if one.opens else ""
    return f"{one.skill} (would help {plural(one.students, 'student')}{opens})"


def _grid(report: ClassReport) -> Sequence[Block]:
    """Everyone's state on the skills that matter most."""
    heat = report.heatmap
    if not (heat.students and heat.skills):
        return []
    shown, letters = [_head(name) for name in heat.skills[:MOST_SKILLS]], []
    for row in heat.labels:
        letters.append(tuple(LETTERS[Mastery(label)] for label in row[:MOST_SKILLS]))
    left_out = len(heat.skills) - len(shown)
    more = f" The first {len(shown)} of {len(heat.skills)} skills." if left_out else ""
    key = ", ".join(f"{letter} {state.value}" for state, letter in LETTERS.items())
    return [
        Heading("Where everyone stands at the end of these days"),
        Words(f"{key}. What most need work on comes first.{more}", quiet=True),
        States(heat.students, tuple(shown), tuple(letters)),
    ]


def _head(skill: str) -> str:
    """A name as long as two lines take; the table of skills has all of it."""
    return shorten(skill, HEAD_ROOM, HEAD_SIZE)


def _over_time(report: ClassReport, today: date) -> Sequence[Block]:
    """How accuracies are spread, and the class's weeks or months."""
    if not report.overall.questions:
        return []
    return [
        Heading("Students by accuracy"),
        *series.spread_chart(report.distribution),
        *series.class_accuracy(report.trends, report.trends_by, today),
    ]
