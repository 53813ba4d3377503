"""A student's sheet for the teacher."""

from collections.abc import Sequence
from datetime import date, datetime

from analytics.exports.blocks import Block, Figure, Figures, Sheet, Words
from analytics.exports.sheets import own, shared
from analytics.reports.data import Overall, Strength, StudentReport
from analytics.wording import count, hours, interval_words, percent, percentile_words, signed
from analytics.wording.formats import accuracy_change, class_beside, hours_change
from analytics.wording.praised import praises

MOST = 5
"""So many concerns, strengths and the like are named."""


def student_sheet(report: StudentReport, now: datetime) -> Sheet:
    """Everything of a student's report, the most important first; absent parts are absent."""
    today = shared.today_of(now, report.timezone)
    return Sheet(
        title=report.student,
        subtitle=shared.subtitle(
            [report.class_title], report.range, report.coverage, report.timezone
        ),
        footer=shared.footer(report.student, now, report.timezone),
        blocks=(
            Words(report.finding, bold=True),
            *shared.replaying(report),
            *_practised(report, today),
            *own.assignments(report.assignments, today),
            *own.motivation(report, today),
            *_place(report),
            *(shared.reading_notes() if report.skills or report.overall.questions else []),
        ),
    )


def _practised(report: StudentReport, today: date) -> Sequence[Block]:
    """What rests on practice: the figures, what stands out, the weeks, the skills."""
    return [
        *([_figures(report)] if report.overall.questions else []),
        *shared.titled("What stands out", _standing_out(report)),
        *own.over_time(report.progress, report.progress_by, today),
        *own.skills_table(report, today),
        *own.recent(report, today),
    ]


def _figures(report: StudentReport) -> Figures:
    """Accuracy, questions, time and skills mastered, beside the range before and the class."""
    now, mates, before = report.overall, report.comparison, _before(report)
    more = shared.since(signed(now.questions - before.questions), report.range) if before else None
    average = mates.average_skills_mastered
    return Figures(
        (
            Figure("Accuracy", percent(now.accuracy), _accuracy_notes(report, before)),
            Figure(
                "Questions",
                count(now.questions),
                shared.notes(more, _mates(mates.average_questions)),
            ),
            Figure("Time", own.time_words(now), _time_notes(report, before)),
            Figure(
                "Skills mastered",
                f"{now.skills_mastered} of {now.skills_total}",
                shared.notes(None if average is None else f"class {average:.1f} on average"),
            ),
        )
    )


def _before(report: StudentReport) -> Overall | None:
    """The figures of the range before; None where they hold no practice."""
    return report.previous if report.previous and report.previous.questions else None


def _accuracy_notes(report: StudentReport, before: Overall | None) -> tuple[str, ...]:
    now, mates = report.overall, report.comparison
    change = accuracy_change(now, before)
    return shared.notes(
        f"95 % interval {interval_words(now.interval)}" if now.interval else None,
        change and shared.since(change, report.range),
        class_beside(mates),
        percentile_words(mates),
    )


def _time_notes(report: StudentReport, before: Overall | None) -> tuple[str, ...]:
    average, change = report.comparison.average_time, None
    if before:
        longer = report.overall.time - before.time
        change = shared.since(hours_change(longer), report.range)
    return shared.notes(change, None if average is None else f"class {hours(average)} on average")


def _mates(average: float | None) -> str | None:
    return None if average is None else f"class {count(average)} on average"


def _standing_out(report: StudentReport) -> Sequence[Block]:
    """Concerns, praise, strengths, and which prerequisite a skill is stuck on."""
    fine = report.on_track and not report.concerns
    stuck = [f"{one.skill} is stuck on {one.cause}" for one in report.root_causes]
    return shared.points(
        ("On track:", ["no concern by the rules at the end of these days"] if fine else [], 1),
        ("Concerns:", [one.reason for one in report.concerns], MOST),
        ("Worth praising:", praises(report.praise), MOST),
        ("Relatively strong:", [_strength(one) for one in report.strengths], MOST),
        ("Relatively weak:", [_strength(one) for one in report.weaknesses], MOST),
        ("Prerequisites:", stuck, MOST),
    )


def _strength(one: Strength) -> str:
    beside = f"class {percent(one.class_accuracy)}"
    return f"{one.skill} {percent(one.accuracy)} of {count(one.questions)} ({beside})"


def _place(report: StudentReport) -> Sequence[Block]:
    found = report.motivation
    if found is None or found.place is None or found.placed < 2:
        return []
    return [Words(f"Place {found.place} of {found.placed} in the class by XP in these days.")]
