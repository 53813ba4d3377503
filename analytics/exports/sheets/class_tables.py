"""The tables of a class's sheet: students, skills, assignments, the leaderboard."""

from collections.abc import Sequence
from datetime import date

from analytics.exports.blocks import RIGHT, Block, Column, Heading, Row, Table, Words
from analytics.exports.sheets import series, shared
from analytics.reports.data import ClassReport, StudentLine
from analytics.wording import MISSING, count, day_words, percent, plural
from school.mastery import Mastery

NAMED_SKILLS = 3
MOST_PLACES = 10


def students(report: ClassReport, today: date) -> Sequence[Block]:
    """Everyone of today's class in the ranking's order."""
    columns = (
        Column("Place", RIGHT),
        Column("Student", share=2),
        Column("Right", RIGHT, strong=True),
        Column("Questions", RIGHT),
        Column("Mastered", RIGHT),
        Column("Needs work on", share=3),
        Column("Last practised", RIGHT),
    )
    rows = tuple(_student(line, today) for line in report.ranking)
    left = plural(report.left_since, "student")
    note = [Words(f"The figures also rest on {left} who left since.", quiet=True)]
    table: list[Block] = [Table(columns, rows)] if rows else []
    return shared.titled("Students", [*(note if report.left_since else []), *table])


def _student(line: StudentLine, today: date) -> Row:
    return (
        count(line.place),
        line.student,
        percent(line.accuracy),
        count(line.questions),
        count(line.skills_mastered),
        shared.named(line.needs_work, NAMED_SKILLS, ", ") or MISSING,
        day_words(line.last_practised, today),
    )


def skills(report: ClassReport) -> Sequence[Block]:
    """Every skill with how many students are in which state: the numbers of the whole grid."""
    heat = report.heatmap
    if not (heat.students and heat.skills):
        return []
    columns = (
        Column("Skill", share=1),
        *(Column(state.value.capitalize(), RIGHT) for state in Mastery),
    )
    rows: list[Row] = []
    for place, skill in enumerate(heat.skills):
        inside = [row[place] for row in heat.labels]
        rows.append((skill, *(count(inside.count(state.value)) for state in Mastery)))
    return [Heading("Students in each state, by skill"), Table(columns, tuple(rows))]


def assignments(report: ClassReport, today: date) -> Sequence[Block]:
    """Each assignment, and completion over time."""
    columns = (
        Column("Assignment", share=1),
        Column("Due", RIGHT),
        Column("Done", RIGHT),
        Column("Late", RIGHT),
        Column("Right", RIGHT, strong=True),
    )
    rows: list[Row] = [
        (
            line.title,
            day_words(line.due, today),
            f"{line.completed} of {line.assigned}",
            count(line.late),
            percent(line.accuracy),
        )
        for line in report.assignments
    ]
    blocks: list[Block] = [Table(columns, tuple(rows))] if rows else []
    return shared.titled("Assignments", [*blocks, *_completion(report, today)])


def _completion(report: ClassReport, today: date) -> Sequence[Block]:
    columns = (Column("Due in", share=1), Column("Done", RIGHT), Column("Share", RIGHT))
    rows: list[Row] = [
        (
            series.period(one.start, report.trends_by, today),
            f"{one.completed} of {one.assigned}",
            percent(one.rate),
        )
        for one in report.completion
        if one.assigned
    ]
    if not rows:
        return []
    return [Heading("Assignments done, over time", level=3), Table(columns, tuple(rows))]


def leaderboard(report: ClassReport) -> Sequence[Block]:
    """The first places by XP; those left out of leaderboards are in none."""
    columns = (Column("Place", RIGHT), Column("Student", share=1), Column("XP", RIGHT))
    first = report.leaderboard[:MOST_PLACES]
    rows: list[Row] = [(count(one.place), one.student, count(one.xp)) for one in first]
    everyone = len(report.leaderboard)
    of = f", the first {len(first)} of {everyone}" if everyone > len(first) else ""
    table: list[Block] = [Table(columns, tuple(rows))] if rows else []
    return shared.titled(f"Leaderboard by XP in these days{of}", table)
