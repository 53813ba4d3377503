"""The parts of a student's sheet that speak of nobody else: for teachers and parents alike."""

from collections.abc import Sequence
from datetime import date

from analytics.exports.blocks import (
    RIGHT,
    Bar,
    Block,
    Cell,
    Column,
    Heading,
    Table,
    Words,
)
from analytics.exports.sheets import series, shared
from analytics.reports.data import (
    Motivation,
    Overall,
    OwnAssignment,
    StudentAssignments,
    StudentReport,
    TrendPoint,
)
from analytics.wording import MISSING, count, day_words, hours, percent, plural


def time_words(overall: Overall) -> str:
    """The time; said to be estimated where most of it is."""
    estimated = overall.time and overall.time_estimated * 2 > overall.time
    return f"{'about ' if estimated else ''}{hours(overall.time)}"


def over_time(
    points: Sequence[TrendPoint], by: str, today: date, *, name: str = "Accuracy"
) -> Sequence[Block]:
    """Accuracy, under that `name`, and questions: two charts and one table of their numbers."""
    if not any(point.questions for point in points):
        return []
    alt = series.over_time_alt(points, by, today, name=name)
    return [
        Heading(f"{name} by {by}"),
        *series.accuracy_chart(points, by, alt),
        Heading(f"Questions by {by}"),
        *series.questions_chart(points, by),
        Heading(f"The numbers by {by}", level=3),
        series.over_time_table(points, by, today, name=name),
    ]


def skills_table(report: StudentReport, today: date) -> Sequence[Block]:
    """Every skill, what matters most first: a bar, its figure, its state in words."""
    columns = (
        Column("Skill", share=3),
        Column("Right", RIGHT, strong=True),
        Column("0 to 100 %", share=1),
        Column("Questions", RIGHT),
        Column("State", strong=True),
        Column("Last practised", RIGHT),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            line.skill,
            percent(line.accuracy),
            Bar(line.accuracy or 0.0),
            count(line.questions),
            line.mastery,
            day_words(line.last_practised, today),
        )
        for line in sorted(report.skills, key=lambda one: one.rank)
    ]
    if not rows:
        return []
    note = Words("Right answers and questions in these days; states at their end.", quiet=True)
    return [Heading("Skills"), note, Table(columns, tuple(rows))]


def recent(report: StudentReport, today: date) -> Sequence[Block]:
    """The last sessions."""
    columns = (
        Column("Day"),
        Column("Mostly on", share=1),
        Column("Questions", RIGHT),
        Column("Right", RIGHT),
        Column("Time", RIGHT),
    )
    rows = [
        (
            day_words(one.day, today),
            one.skill or MISSING,
            count(one.questions),
            percent(one.accuracy),
            f"{'about ' if one.estimated else ''}{hours(60 * one.minutes)}",
        )
        for one in report.recent
    ]
    return shared.titled("Recent practice", [Table(columns, tuple(rows))] if rows else [])


def assignments(found: StudentAssignments | None, today: date) -> Sequence[Block]:
    """What was due in the range and what is open, with how far it is done."""
    if found is None or not (found.lines or found.assigned):
        return []
    late = f", {found.late} of them late" if found.late else ""
    done = f"{found.completed} of {found.assigned} due in these days are done{late}."
    head = [Words(done)] if found.assigned else []
    rows = [_assignment(line, today) for line in found.lines]
    columns = (
        Column("Assignment", share=3),
        Column("Due", RIGHT),
        Column("State", strong=True),
        Column("Answered", RIGHT),
        Column("Right", RIGHT),
    )
    return [Heading("Assignments"), *head, *([Table(columns, tuple(rows))] if rows else [])]


def _assignment(line: OwnAssignment, today: date) -> tuple[str, ...]:
    overdue = f" for {plural(line.overdue_days, 'school day')}" if line.overdue_days else ""
    return (
        line.title,
        day_words(line.due, today),
        f"{line.state}{overdue}",
        _answered(line),
        percent(line.accuracy),
    )


def _answered(line: OwnAssignment) -> str:
    """`12 of 15`; who went on beyond what was set is told with both: `40 (15 set)`."""
    if line.questions > line.question_count:
        return f"{count(line.questions)} ({count(line.question_count)} set)"
    return f"{count(line.questions)} of {count(line.question_count)}"


def motivation(report: StudentReport, today: date) -> Sequence[Block]:
    """XP, streaks and what was reached for the first time in the range; no place among others."""
    found = report.motivation
    if found is None or not (found.total_xp or found.achievements):
        return []
    said = f"{count(found.xp)} XP in these days, {count(found.total_xp)} so far. {_streak(found)}"
    return [Heading("XP, streak, achievements"), Words(said), *_achievements(report, found, today)]


def _streak(found: Motivation) -> str:
    longest = plural(found.longest_streak, "school day")
    if not found.streak:
        return f"The longest streak was {longest}."
    now = f"Practised {plural(found.streak, 'school day')} in a row at their end"
    return f"{now}." if found.streak == found.longest_streak else f"{now}, once {longest}."


def _achievements(report: StudentReport, found: Motivation, today: date) -> Sequence[Block]:
    columns = (Column("Reached for the first time in these days", share=1), Column("Day", RIGHT))
    new = [one for one in found.achievements if one.day in report.range]
    rows = tuple((one.name, day_words(one.day, today)) for one in new)
    return [Table(columns, rows)] if rows else []
