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
from analytics.wording import MISSING, count, day_words, hours, percent
from analytics.wording.printed import EN, Printed
from school.mastery import Mastery


def time_words(overall: Overall, words: Printed = EN) -> str:
    """The time; said to be estimated where most of it is."""
    estimated = overall.time and overall.time_estimated * 2 > overall.time
    time = words.written.time(overall.time)
    return words.tables.about.format(time=time) if estimated else time


def mastered_words(overall: Overall, words: Printed = EN) -> str:
    """How many skills are mastered: `8 of 15`."""
    return _of(str(overall.skills_mastered), str(overall.skills_total), words)


def over_time(
    points: Sequence[TrendPoint],
    by: str,
    today: date,
    *,
    name: str = EN.series.accuracy,
    words: Printed = EN,
) -> Sequence[Block]:
    """Accuracy, under that `name`, and questions: two charts and one table of their numbers."""
    if not any(point.questions for point in points):
        return []
    said = words.series
    alt = series.over_time_alt(points, by, today, name=name, words=words)
    return [
        Heading(series.heading(name, by, words)),
        *series.accuracy_chart(points, by, alt, words),
        Heading(series.heading(said.questions, by, words)),
        *series.questions_chart(points, by, words),
        Heading(said.numbers.format(by=said.periods[by]), level=3),
        series.over_time_table(points, by, today, name=name, words=words),
    ]


def skills_table(report: StudentReport, today: date, words: Printed = EN) -> Sequence[Block]:
    """Every skill, what matters most first: a bar, its figure, its state in words."""
    said = words.tables
    skill, right, scale, questions, state, last = said.skill_columns
    columns = (
        Column(skill, share=3),
        Column(right, RIGHT, strong=True),
        Column(scale, share=1),
        Column(questions, RIGHT),
        Column(state, strong=True),
        Column(last, RIGHT),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            line.skill,
            percent(line.accuracy),
            Bar(line.accuracy or 0.0),
            count(line.questions),
            said.mastery[Mastery(line.mastery)],
            words.written.day(line.last_practised, today),
        )
        for line in sorted(report.skills, key=lambda one: one.rank)
    ]
    if not rows:
        return []
    note = Words(said.skills_note, quiet=True)
    return [Heading(said.skills), note, Table(columns, tuple(rows))]


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


def assignments(
    found: StudentAssignments | None, today: date, words: Printed = EN
) -> Sequence[Block]:
    """What was due in the range and what is open, with how far it is done."""
    if found is None or not (found.lines or found.assigned):
        return []
    said = words.tables
    late = said.done_late.format(late=found.late) if found.late else ""
    done = said.done.format(done=found.completed, due=found.assigned, late=late)
    head = [Words(done)] if found.assigned else []
    rows = [_assignment(line, today, words) for line in found.lines]
    title, due, state, answered, right = said.assignment_columns
    columns = (
        Column(title, share=3),
        Column(due, RIGHT),
        Column(state, strong=True),
        Column(answered, RIGHT),
        Column(right, RIGHT),
    )
    table = [Table(columns, tuple(rows))] if rows else []
    return [Heading(said.assignments), *head, *table]


def _assignment(line: OwnAssignment, today: date, words: Printed) -> tuple[str, ...]:
    state = words.tables.states[line.state]
    if line.overdue_days:
        days = words.written.counted(line.overdue_days, "school day")
        state = words.tables.overdue.format(state=state, days=days)
    due = words.written.day(line.due, today)
    return (line.title, due, state, _answered(line, words), percent(line.accuracy))


def _answered(line: OwnAssignment, words: Printed) -> str:
    """`12 of 15`; who went on beyond what was set is told with both: `40 (15 set)`."""
    answered, asked = count(line.questions), count(line.question_count)
    if line.questions > line.question_count:
        return words.tables.answered.format(answered=answered, set=asked)
    return _of(answered, asked, words)


def _of(part: str, whole: str, words: Printed) -> str:
    return words.tables.of.format(part=part, whole=whole)


def motivation(report: StudentReport, today: date, words: Printed = EN) -> Sequence[Block]:
    """XP, streaks and what was reached for the first time in the range; no place among others."""
    found = report.motivation
    if found is None or not (found.total_xp or found.achievements):
        return []
    xp = {"xp": count(found.xp), "total": count(found.total_xp)}
    said = words.tables.xp.format(**xp, streak=_streak(found, words))
    reached = _achievements(report, found, today, words)
    return [Heading(words.tables.motivation), Words(said), *reached]


def _streak(found: Motivation, words: Printed) -> str:
    said, counted = words.tables, words.written.counted
    longest, now = (counted(one, "school day") for one in (found.longest_streak, found.streak))
    if not found.streak:
        return said.longest.format(longest=longest)
    whole = said.streak if found.streak == found.longest_streak else said.streak_once
    return whole.format(now=now, longest=longest)


def _achievements(
    report: StudentReport, found: Motivation, today: date, words: Printed
) -> Sequence[Block]:
    name, day = words.tables.reached_columns
    columns = (Column(name, share=1), Column(day, RIGHT))
    written = words.written
    new = [one for one in found.achievements if one.day in report.range]
    rows = tuple((written.achievement(one), written.day(one.day, today)) for one in new)
    return [Table(columns, rows)] if rows else []
